"""Search: words and vectors, fused, over what SQL says may be used now, and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Connection, select

from assistant.corpus.claims import claims_left_out
from assistant.corpus.eligibility import eligible_sources
from assistant.retrieval.abbreviations import Lexicons
from assistant.retrieval.collapse import Group, collapse
from assistant.retrieval.evidence import citable_sources, evidence_of, with_scores
from assistant.retrieval.extent import Extent, Extents
from assistant.retrieval.gathering import Asked, gather
from assistant.retrieval.hit import Hit, hits_of
from assistant.retrieval.language import spoken_language
from assistant.retrieval.names import other_names
from assistant.retrieval.nearness import Nearness
from assistant.retrieval.parts import DEPTH, Floats, RetrievalSettings
from assistant.retrieval.ranking import PartScores, Ranked, rank, spread_over
from assistant.retrieval.shorthand import written_out
from assistant.retrieval.words import WordScores, score_words
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import passage
from assistant.store.words import query_stems
from guardrails.model import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

_LOOKED_AT = 3
"""Passages read for each hit that is wanted, so that repeats can be told from what is new."""


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """The model's name and version, under which its vectors are stored."""

    def embed(self, texts: list[str]) -> "Vector":
        """One unit row a text."""


class QuestionEmbedder(Protocol):
    """The better model, which tells a question from a text."""

    @property
    def name(self) -> str:
        """The model's name and version, under which its vectors are stored."""

    def embed_question(self, text: str) -> "Vector":
        """The unit vector of a question."""


class VectorIndex(Protocol):
    """Finds the nearest passages of one product."""

    def query(self, vector: "Vector", n: int) -> list[tuple[str, float]]:
        """The n nearest passages, best first, with their cosine."""


class Reranker(Protocol):
    """Orders a few texts anew, for instance a language model behind an API."""

    def rerank(self, question: str, texts: Sequence[str]) -> list[int]:
        """The places of the texts, best first."""


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


class Memory:
    """What stays in memory between two searches: facts and vectors of readings, which never change."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self.extents = Extents()
        self.lexicons = Lexicons()
        self._nearness: dict[str, Nearness] = {}

    def nearness(self, model: str) -> Nearness:
        """The cosines of a model."""
        return self._nearness.setdefault(model, Nearness(model))


@dataclass(frozen=True, slots=True)
class Looked:
    """All that a search saw, for whoever decides whether it is enough."""

    evidence: tuple[Evidence, ...] = ()
    groups: tuple[Group, ...] = ()
    ranked: tuple[str, ...] = ()
    """The passages that were compared, best first; `groups` speak of their places."""
    words: WordScores | None = None
    extent: Extent | None = None
    parts: Mapping[str, Floats] = field(default_factory=dict)
    """Raw scores of the candidates, by part."""
    tier: str = "fast"


@dataclass(frozen=True, slots=True)
class Searcher:
    """Search over what may be used now. `indexes` opens the vector index of a product.

    `better` is the second model; it takes part in a search once all vectors of what is searched are there.
    """

    db: Database
    embedder: Embedder
    indexes: Callable[[str], VectorIndex]
    better: QuestionEmbedder | None = None
    settings: RetrievalSettings = field(default_factory=RetrievalSettings)
    reranker: Reranker | None = None
    memory: Memory = field(default_factory=Memory)

    def search(self, query: Query) -> list[Hit]:
        """The k best passages, best first, with their rectangles; the same texts give the same order every time.

        `scores` of each holds "words", "vectors" and the other parts (each normalised within this search) and "fused".
        """
        looked = self.look(query)
        asked = query.language or spoken_language(query.text)
        with self.db.read() as connection:
            hits = hits_of(connection, looked.evidence)
            repeats = self._repeats(connection, looked)
        return [
            replace(
                hit,
                cross_language=asked is not None and hit.language != asked,
                repeats=repeats.get(hit.passage, ()),
            )
            for hit in hits
        ]

    def find(self, query: Query) -> list[Evidence]:
        """As `search`, without the rectangles, which cost a page's boxes each."""
        return list(self.look(query).evidence)

    def look(self, query: Query) -> Looked:
        """As `find`, with what it rests on."""
        if not query.text.strip():
            return Looked()
        with self.db.read() as connection:
            extent = self._extent(connection, query)
            if extent is None:
                return Looked()
            return self._looked(connection, query, extent)

    def part_scores(self, query: Query) -> tuple[Extent, PartScores] | None:
        """What each part says of the candidates: for learning how much each counts. None where nothing may be used."""
        with self.db.read() as connection:
            extent = self._extent(connection, query)
            if extent is None:
                return None
            words = self._words(connection, query, extent)
            return extent, self._scores(connection, query, extent, words)

    def provenance(self, query: Query) -> dict[str, Any]:
        """Which models and weights a search of these sources rests on now: plain JSON for a draft."""
        from assistant.retrieval.parts import weights_file

        with self.db.read() as connection:
            extent = self._extent(connection, query)
            better = self._better(connection, extent) if extent is not None else None
        models = [self.embedder.name, *([better.name] if better else [])]
        return {
            "tier": "better" if better else "fast",
            "models": models,
            "weights": weights_file()["version"],
        }

    def _extent(self, connection: Connection, query: Query) -> Extent | None:
        today = civil_date(self.db.clock.now(), query.market)
        eligible = eligible_sources(
            connection, query.product_id, query.market, query.audience, query.use, today, query.language
        )
        ids = [source.id for source in eligible if not query.sources or source.id in query.sources]
        if not ids:
            return None
        left_out = claims_left_out(connection, ids, query.market, today)
        return self.memory.extents.of(connection, citable_sources(connection, ids, left_out))

    def _better(self, connection: Connection, extent: Extent) -> QuestionEmbedder | None:
        """The better model, where it is on and complete."""
        if self.better is None or not self.settings.better:
            return None
        nearness = self.memory.nearness(self.better.name)
        return self.better if nearness.complete(connection, extent) else None

    def _looked(self, connection: Connection, query: Query, extent: Extent) -> Looked:
        words = self._words(connection, query, extent)
        scores = self._scores(connection, query, extent, words)
        ranked = rank(scores, self.settings)
        order = self._reranked(connection, query, extent, ranked)
        ids = [extent.passage(ranked.numbers[i]) for i in order[: query.k * _LOOKED_AT + DEPTH // 8]]
        owners = [source.id for source in extent.sources]
        found: dict[str, Evidence] = {}
        for evidence in evidence_of(connection, ids, owners):
            found.setdefault(evidence.passage, evidence)
        scored = {extent.passage(ranked.numbers[i]): _shown(ranked, i) for i in order[: len(ids)]}
        compared = [with_scores(found[key], scored[key]) for key in ids if key in found]
        groups = self._groups(compared, query.k)
        return Looked(
            tuple(compared[group.shown] for group in groups),
            tuple(groups),
            tuple(item.passage for item in compared),
            words,
            extent,
            scores.raw,
            scores.tier,
        )

    def _words(self, connection: Connection, query: Query, extent: Extent) -> WordScores:
        """Scores by words; a word that stands nowhere is looked for as what it is shorthand for."""
        wanted = self._stems(connection, query, extent)
        words = score_words(connection, extent, wanted)
        if not self.settings.synonyms:
            return words
        unknown = [
            text
            for term, texts in written_out(query.text).items()
            if not any(words.found_in.get(stem) for stem in query_stems(term, query.language))
            for text in texts
        ]
        if not unknown:
            return words
        return score_words(connection, extent, [*wanted, *query_stems(" ".join(unknown), query.language)])

    def _stems(self, connection: Connection, query: Query, extent: Extent) -> list[str]:
        also = [text for texts in self._widened(connection, query, extent).values() for text in texts]
        return query_stems(" ".join([query.text, *also]), query.language)

    def _widened(self, connection: Connection, query: Query, extent: Extent) -> dict[str, tuple[str, ...]]:
        """What else is looked for, by the term of the question: the product's names, short and long forms."""
        found: dict[str, tuple[str, ...]] = {}
        if self.settings.synonyms and (names := other_names(connection, query.product_id, query.text)):
            found[""] = names
        if self.settings.abbreviations:
            found |= self.memory.lexicons.of(connection, extent.readings).widened(query.text)
        return found

    def _scores(self, connection: Connection, query: Query, extent: Extent, words: WordScores) -> PartScores:
        fast = better = None
        if self.settings.vectors:
            fast = Asked(self.memory.nearness(self.embedder.name), self.embedder.embed([query.text])[0])
        model = self._better(connection, extent)
        if model is not None:
            better = Asked(self.memory.nearness(model.name), model.embed_question(query.text))

        def nearest(vector: "Vector") -> list[str]:
            return [key for key, _ in self.indexes(query.product_id).query(vector, DEPTH)]

        return gather(connection, extent, words, self.settings, fast, better, nearest)

    def _reranked(self, connection: Connection, query: Query, extent: Extent, ranked: Ranked) -> list[int]:
        order = list(range(len(ranked.numbers)))
        if self.settings.spread and order:
            head = order[: max(query.k * _LOOKED_AT, DEPTH // 4)]
            sources = [extent.readings[extent.place(ranked.numbers[i])[0]] for i in head]
            order = spread_over(sources, [ranked.fused[i] for i in head], query.k) + order[len(head) :]
        if self.reranker is not None and order:
            head = order[: query.k * 2]
            ids = [extent.passage(ranked.numbers[i]) for i in head]
            texts = dict(
                connection.execute(select(passage.c.id, passage.c.text).where(passage.c.id.in_(ids))).all()
            )
            better = self.reranker.rerank(query.text, [texts[key] for key in ids])
            order = [head[i] for i in better] + order[len(head) :]
        return order

    def _groups(self, compared: Sequence[Evidence], k: int) -> list[Group]:
        if not self.settings.collapse:
            return [Group(place, ()) for place in range(min(k, len(compared)))]
        return collapse([item.text for item in compared], k)

    def _repeats(self, connection: Connection, looked: Looked) -> dict[str, tuple[Evidence, ...]]:
        again = [looked.ranked[place] for group in looked.groups for place in group.repeats]
        if not again or looked.extent is None:
            return {}
        owners = [source.id for source in looked.extent.sources]
        found = {item.passage: item for item in evidence_of(connection, again, owners)}
        return {
            looked.ranked[group.shown]: tuple(
                found[looked.ranked[place]] for place in group.repeats if looked.ranked[place] in found
            )
            for group in looked.groups
        }


def _shown(ranked: Ranked, place: int) -> dict[str, float]:
    return {"words": 0.0, "vectors": 0.0, **ranked.shares[place], "fused": ranked.fused[place]}
