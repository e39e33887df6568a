"""Search: words and vectors, fused, and every hit checked again in SQL before anybody sees it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Connection, select

from assistant.corpus.eligibility import eligible_sources
from assistant.retrieval.evidence import CitableSource, citable_sources, evidence_of, with_scores
from assistant.retrieval.fusion import fuse
from assistant.retrieval.hit import Hit, hits_of
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import passage
from assistant.store.vectors import load_vectors
from assistant.store.words import query_stems, search_words
from guardrails.model import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CANDIDATES = 60
"""How deep each ranking is read before the two are fused."""


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """The model's name and version, under which its vectors are stored."""

    def embed(self, texts: list[str]) -> "NDArray[np.float32]":
        """One unit row a text."""


class VectorIndex(Protocol):
    """Finds the nearest passages of one product."""

    def query(self, vector: "NDArray[np.float32]", n: int) -> list[tuple[str, float]]:
        """The n nearest passages, best first, with their cosine."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and what it is to be used for."""

    text: str
    product_id: str
    market: str
    audience: str
    use: str | None
    """Any, where it is None."""
    language: str | None = None
    k: int = 8
    sources: tuple[str, ...] = ()
    """Only in these sources, where any is named."""


@dataclass(frozen=True, slots=True)
class Searcher:
    """Search over what may be used now. `indexes` opens the vector index of a product."""

    db: Database
    embedder: Embedder
    indexes: Callable[[str], VectorIndex]

    def search(self, query: Query) -> list[Hit]:
        """The k best passages, best first, with their rectangles; the same texts give the same order every time.

        `scores` of each holds "words", "vectors" (each normalised within this search) and "fused".
        """
        found = self.find(query)
        with self.db.read() as connection:
            return hits_of(connection, found)

    def find(self, query: Query) -> list[Evidence]:
        """As `search`, without the rectangles, which cost a page's boxes each."""
        vector = self.embedder.embed([query.text])[0]
        with self.db.read() as connection:
            return self._found(connection, query, vector)

    def _found(self, connection: Connection, query: Query, vector: "NDArray[np.float32]") -> list[Evidence]:
        today = civil_date(self.db.clock.now(), query.market)
        eligible = eligible_sources(
            connection, query.product_id, query.market, query.audience, query.use, today, query.language
        )
        ids = [source.id for source in eligible if not query.sources or source.id in query.sources]
        if not ids or not query.text.strip():
            return []
        words = dict(search_words(connection, query_stems(query.text, query.language), ids, CANDIDATES))
        sources = citable_sources(connection, ids)
        vectors = self._nearest(connection, query, vector, sources)
        seen = _may_be_seen(connection, sources, [*words, *vectors])
        ranked = fuse(_only(words, seen), _only(vectors, seen))
        best = _distinct(ranked, seen, query.k)
        scores = dict(ranked)
        found: dict[str, Evidence] = {}
        for evidence in evidence_of(connection, best, ids):
            found.setdefault(evidence.passage, evidence)
        return [with_scores(found[key], asdict(scores[key])) for key in best if key in found]

    def _nearest(
        self,
        connection: Connection,
        query: Query,
        vector: "NDArray[np.float32]",
        sources: Sequence[CitableSource],
    ) -> dict[str, float]:
        near = dict(self.indexes(query.product_id).query(vector, CANDIDATES))
        if len(_may_be_seen(connection, sources, list(near))) >= query.k:
            return near
        # The filter left too few of the nearest (old versions, other markets): an exact scan over what it allows.
        allowed = list(
            connection.scalars(
                select(passage.c.id).where(passage.c.reading_id.in_({s.reading_id for s in sources}))
            )
        )
        keys, matrix = load_vectors(connection, self.embedder.name, allowed)
        if not keys:
            return {}
        cosines = matrix @ vector
        order = cosines.argsort()[::-1][:CANDIDATES]
        return {keys[i]: float(cosines[i]) for i in order}


def _only(scores: Mapping[str, float], seen: Mapping[str, str]) -> dict[str, float]:
    return {key: score for key, score in scores.items() if key in seen}


def _may_be_seen(
    connection: Connection, sources: Sequence[CitableSource], ids: Sequence[str]
) -> dict[str, str]:
    """Of these passages, those that a source allows now, with their text."""
    readings = {source.reading_id for source in sources}
    columns = (passage.c.id, passage.c.reading_id, passage.c.layer, passage.c.parts, passage.c.text)
    rows = connection.execute(
        select(*columns).where(passage.c.id.in_(list(dict.fromkeys(ids))))
        .where(passage.c.reading_id.in_(readings))
    )  # fmt: skip
    return {row.id: row.text for row in rows if _allowed(sources, row)}


def _allowed(sources: Sequence[CitableSource], row: Any) -> bool:
    pages = [part[1] for part in row.parts]
    return any(s.reading_id == row.reading_id and s.allows(row.layer, pages) for s in sources)


def _distinct(ranked: Sequence[tuple[str, object]], texts: Mapping[str, str], k: int) -> list[str]:
    """The k best of the ranked passages, without those that repeat the text of a better one."""
    kept: dict[str, str] = {}
    for key, _ in ranked:
        kept.setdefault(" ".join(texts[key].casefold().split()), key)
        if len(kept) == k:
            break
    return list(kept.values())
