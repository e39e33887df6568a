"""Search: words and vectors, fused, over what SQL says may be used now, and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection, select

from assistant.corpus.claims import claims_left_out
from assistant.corpus.eligibility import eligible_sources
from assistant.corpus.model import Source
from assistant.retrieval.collapse import Group, collapse
from assistant.retrieval.evidence import citable_sources, evidence_in, with_scores
from assistant.retrieval.extent import Extent
from assistant.retrieval.gathering import Asked, Models, gather
from assistant.retrieval.hit import Hit, hits_of
from assistant.retrieval.language import spoken_language
from assistant.retrieval.looked import Found, Looked, Query
from assistant.retrieval.memory import Memory
from assistant.retrieval.names import known_names, other_names, without_names
from assistant.retrieval.nearness import ENGLISH
from assistant.retrieval.parts import DEPTH, RetrievalSettings
from assistant.retrieval.protocols import Embedder, QuestionEmbedder, Reranker, VectorIndex, WordRarity
from assistant.retrieval.ranking import PartScores, Ranked, rank, spread_over
from assistant.retrieval.shorthand import classes_of, written_out
from assistant.retrieval.surroundings import Around, surroundings
from assistant.retrieval.tokens import CloseReader, with_tokens
from assistant.retrieval.words import HEADING_WEIGHT, NO_WEIGHT, WordScores, carried, score_words
from assistant.retrieval.writings import with_writings
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import passage
from assistant.store.words import pieces, query_stems, word_forms
from guardrails.model import Evidence, Language

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

_LOOKED_AT = 3
"""Passages read for each hit that is wanted, so that repeats can be told from what is new."""


@dataclass(frozen=True, slots=True)
class Searcher:
    """Search over what may be used now. `indexes` opens the vector index of a product.

    `better` is the second model; it takes part in a search once all vectors of what is searched are there.
    """

    db: Database
    embedder: Embedder
    indexes: Callable[[str], VectorIndex]
    better: QuestionEmbedder | None = None
    english: QuestionEmbedder | None = None
    """A model for English, beside the better one: for questions in English, on sources in English."""
    reader: CloseReader | None = None
    """The better model, where it also reads the best passages word by word."""
    rarity: WordRarity | None = None
    """Handed on to whoever decides whether what was found is enough."""
    settings: RetrievalSettings = field(default_factory=RetrievalSettings)
    reranker: Reranker | None = None
    memory: Memory = field(default_factory=Memory)

    def search(self, query: Query) -> list[Hit]:
        """The k best passages, best first, with their rectangles; the same texts give the same order every time.

        `scores` of each holds "words", "vectors" and the other parts (each normalised within this search) and "fused".
        """
        return list(self.found(query).hits)

    def found(self, query: Query) -> Found:
        """As `search`, with what the search itself has to say."""
        looked = self.look(query)
        asked = query.language or spoken_language(query.text)
        with self.db.read() as connection:
            hits = hits_of(connection, looked.evidence)
            repeats = self._repeats(connection, looked)
            around = self._around(connection, query, looked)
            held_in = None if looked.extent else self._held_in(connection, query)
        shown = tuple(
            replace(
                hit,
                cross_language=asked is not None and hit.language != asked,
                repeats=repeats.get(hit.passage, ()),
                around=around.get(hit.passage, ()),
            )
            for hit in hits
        )
        language = cast("Language | None", asked)
        return Found(shown, looked.tier, language, looked.widened, looked.reranking, held_in)

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
            compared = self._compared(connection, query, extent)
        compared, note = self._reranked(
            query, compared
        )  # outside of any transaction: a model may take seconds
        groups = self._groups([item.text for item in compared.items], query.k)
        with self.db.read() as connection:
            evidence = _evidence(connection, extent, [compared.items[group.shown] for group in groups])
        return replace(
            compared.looked,
            evidence=evidence,
            groups=tuple(groups),
            ranked=tuple(item.passage for item in compared.items),
            reranking=note,
        )

    def part_scores(self, query: Query) -> tuple[Extent, PartScores] | None:
        """What each part says of the candidates: for learning how much each counts. None where nothing may be used."""
        with self.db.read() as connection:
            extent = self._extent(connection, query)
            if extent is None:
                return None
            widened = self._widened(connection, query, extent)
            names = known_names(connection, query.product_id)
            asked = self._on_its_subject(query, names)
            words = self._words(connection, asked, extent, widened, names)
            return extent, self._scores(connection, asked, extent, words)

    def provenance(self, query: Query) -> dict[str, Any]:
        """Which models and weights a search of these sources rests on now: plain JSON for a draft."""
        from assistant.retrieval.parts import weights_file

        with self.db.read() as connection:
            extent = self._extent(connection, query)
            better = self._better(connection, extent) if extent is not None else None
            english = self._english(connection, query, extent) if extent is not None and better else None
        models = [self.embedder.name, *(model.name for model in (better, english) if model)]
        return {
            "tier": "better" if better else "fast",
            "models": models,
            "weights": weights_file()["version"],
            **({"tokens": True} if better and self._reads_closely else {}),
        }

    def _eligible(self, connection: Connection, query: Query) -> list[Source]:
        today = civil_date(self.db.clock.now(), query.market)
        eligible = eligible_sources(
            connection, query.product_id, query.market, query.audience, query.use, today, query.language
        )
        return [source for source in eligible if not query.sources or source.id in query.sources]

    def _held_in(self, connection: Connection, query: Query) -> tuple[str, ...]:
        """The languages of the sources that may be used, whatever the language that is asked for."""
        return tuple(sorted({s.language for s in self._eligible(connection, replace(query, language=None))}))

    def _extent(self, connection: Connection, query: Query) -> Extent | None:
        ids = [source.id for source in self._eligible(connection, query)]
        if not ids:
            return None
        left_out = claims_left_out(
            connection, ids, query.market, civil_date(self.db.clock.now(), query.market)
        )
        return self.memory.extents.of(connection, citable_sources(connection, ids, left_out))

    def _better(self, connection: Connection, extent: Extent) -> QuestionEmbedder | None:
        """The better model, where it is on and complete."""
        if self.better is None or not self.settings.better:
            return None
        nearness = self.memory.nearness(self.better.name)
        return self.better if nearness.complete(connection, extent) else None

    def _english(self, connection: Connection, query: Query, extent: Extent) -> QuestionEmbedder | None:
        """The model for English, where it is on and complete, and the question is not in another language."""
        if self.english is None or not self.settings.english:
            return None
        languages = {source.language for source in extent.sources}
        asked = spoken_language(query.text)
        if "en" not in languages or (asked != "en" and (asked is not None or len(languages) > 1)):
            return None
        nearness = self.memory.nearness(self.english.name, ENGLISH)
        return self.english if nearness.complete(connection, extent) else None

    def _compared(self, connection: Connection, query: Query, extent: Extent) -> "_Compared":
        """The best passages as texts with their scores, and what the search saw."""
        widened = self._widened(connection, query, extent)
        names = known_names(connection, query.product_id)
        asked = self._on_its_subject(query, names)
        words, scores, ranked = self._weighed(connection, asked, extent, widened, names)
        if not ranked.numbers:  # where only the names stand in the documents, they are better than nothing
            words, scores, ranked = self._weighed(connection, query, extent, widened, names)
        order = self._spread(query, extent, ranked)[: query.k * _LOOKED_AT + DEPTH // 8]
        numbers = {extent.passage(ranked.numbers[i]): ranked.numbers[i] for i in order}
        query_texts = select(passage.c.id, passage.c.text).where(passage.c.id.in_(list(numbers)))
        texts = {row.id: row.text for row in connection.execute(query_texts)}
        scored = {extent.passage(ranked.numbers[i]): _shown(ranked, i) for i in order}
        looked = Looked(
            words=words,
            extent=extent,
            parts=scores.raw,
            tier=scores.tier,
            numbers=numbers,
            widened=widened,
            rarity=self.rarity,
            expanded=self.settings.expansion,
        )
        return _Compared([_Item(key, texts[key], scored[key]) for key in numbers], looked)

    def _weighed(
        self,
        connection: Connection,
        query: Query,
        extent: Extent,
        widened: Mapping[str, tuple[str, ...]],
        names: Sequence[str],
    ) -> tuple[WordScores, PartScores, Ranked]:
        words = self._words(connection, query, extent, widened, names)
        scores = self._scores(connection, query, extent, words)
        return words, scores, self._ranked(connection, query, extent, words, scores)

    def _reranked(self, query: Query, compared: "_Compared") -> tuple["_Compared", str | None]:
        if self.reranker is None or not self.settings.rerank or not query.may_leave or not compared.items:
            return compared, None
        head = compared.items[: self.reranker.most]
        order = self.reranker.rerank(query.text, [item.text for item in head])
        if order.note:
            return compared, order.note
        if sorted(order.places) != list(range(len(head))):
            raise ValueError("a reranker names each text once")
        anew = [
            replace(head[at], scores={**head[at].scores, "rerank": 1 - place / len(head)})
            for place, at in enumerate(order.places)
        ]
        return _Compared([*anew, *compared.items[len(head) :]], compared.looked), ""

    def _around(self, connection: Connection, query: Query, looked: Looked) -> dict[str, tuple[Around, ...]]:
        if looked.extent is None or not self.settings.expansion:
            return {}
        return surroundings(
            connection, looked.extent, looked.numbers, looked.evidence, query.text, looked.words
        )

    def _widened(self, connection: Connection, query: Query, extent: Extent) -> dict[str, tuple[str, ...]]:
        """How else the documents write what the question says short or long."""
        if not self.settings.abbreviations:
            return {}
        return self.memory.lexicons.of(connection, extent.readings).widened(query.text)

    def _on_its_subject(self, query: Query, names: Sequence[str]) -> Query:
        """The query without the names of its product, all of whose documents are about it."""
        if not self.settings.subject:
            return query
        return replace(query, text=without_names(query.text, names))

    def _words(
        self,
        connection: Connection,
        query: Query,
        extent: Extent,
        widened: Mapping[str, tuple[str, ...]],
        names: Sequence[str],
    ) -> WordScores:
        """Scores by words; a word that stands nowhere is looked for as what it is shorthand for."""
        wanted = self._stems(query, names)
        weight = HEADING_WEIGHT if self.settings.heading_words else NO_WEIGHT
        words = score_words(connection, extent, wanted, weight)
        if self.settings.synonyms and (unknown := self._unknown(query, words)):
            shorthand = query_stems(" ".join(unknown), query.language)
            words = score_words(connection, extent, [*wanted, *shorthand], weight)
        return with_writings(connection, extent, words, widened, query.language, weight)

    def _stems(self, query: Query, names: Sequence[str]) -> list[str]:
        text = query.text
        if self.settings.synonyms:
            text = " ".join([text, *other_names(names, query.text)])
        runs = pieces(text) if self.settings.pieces else []
        return [*query_stems(text, query.language), *runs]

    @staticmethod
    def _unknown(query: Query, words: WordScores) -> list[str]:
        """What the question's shorthand that stands in no document is short for; of such a medicine, its class."""
        return [
            text
            for term, texts in [*written_out(query.text).items(), *classes_of(query.text).items()]
            if not any(words.found_in.get(stem) for stem in query_stems(term, query.language))
            for text in texts
        ]

    def _scores(self, connection: Connection, query: Query, extent: Extent, words: WordScores) -> PartScores:
        fast = better = english = None
        if self.settings.vectors:
            fast = Asked(self.memory.nearness(self.embedder.name), self.embedder.embed([query.text])[0])
        if (model := self._better(connection, extent)) is not None:
            beside = self._english(connection, query, extent)
            vector, *more = _vectors(query.text, [model, beside] if beside else [model])
            better = Asked(self.memory.nearness(model.name), vector)
            if beside is not None:
                english = Asked(self.memory.nearness(beside.name, ENGLISH), more[0])

        def nearest(vector: "Vector") -> list[str]:
            return [key for key, _ in self.indexes(query.product_id).query(vector, DEPTH)]

        scores = gather(connection, extent, words, self.settings, Models(fast, better, english), nearest)
        if not self.settings.coverage:
            return scores
        return scores.weighed(carried(words, word_forms(query.text, query.language)))

    @property
    def _reads_closely(self) -> bool:
        return self.reader is not None and self.settings.tokens

    def _ranked(
        self, connection: Connection, query: Query, extent: Extent, words: WordScores, scores: PartScores
    ) -> Ranked:
        ranked = rank(scores, self.settings)
        if self.reader is None or not self._reads_closely or scores.tier != "better":
            return ranked
        asked = query.text, query.language
        return rank(with_tokens(connection, extent, self.reader, asked, words, scores, ranked), self.settings)

    def _spread(self, query: Query, extent: Extent, ranked: Ranked) -> list[int]:
        order = list(range(len(ranked.numbers)))
        if not self.settings.spread or not order:
            return order
        head = order[: max(query.k * _LOOKED_AT, DEPTH // 4)]
        readings = [extent.readings[extent.place(ranked.numbers[i])[0]] for i in head]
        return spread_over(readings, [ranked.fused[i] for i in head], query.k) + order[len(head) :]

    def _groups(self, texts: Sequence[str], k: int) -> list[Group]:
        if not self.settings.collapse:
            return [Group(place, ()) for place in range(min(k, len(texts)))]
        return collapse(texts, k)

    def _repeats(self, connection: Connection, looked: Looked) -> dict[str, tuple[Evidence, ...]]:
        again = [looked.ranked[place] for group in looked.groups for place in group.repeats]
        if not again or looked.extent is None:
            return {}
        found = {item.passage: item for item in evidence_in(connection, again, looked.extent.sources)}
        return {
            looked.ranked[group.shown]: tuple(
                found[looked.ranked[place]] for place in group.repeats if looked.ranked[place] in found
            )
            for group in looked.groups
        }


def _vectors(question: str, models: Sequence[QuestionEmbedder]) -> list["Vector"]:
    """The question's vector of each model; side by side, so that a second model costs next to no time."""
    if len(models) == 1:
        return [models[0].embed_question(question)]
    with ThreadPoolExecutor(len(models)) as pool:
        return list(pool.map(lambda model: model.embed_question(question), models))


@dataclass(frozen=True, slots=True)
class _Item:
    """A passage on its way to becoming evidence."""

    passage: str
    text: str
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Compared:
    items: list[_Item]
    looked: Looked


def _evidence(connection: Connection, extent: Extent, items: Sequence[_Item]) -> tuple[Evidence, ...]:
    """The passages as evidence, each of the first of its sources that lets it be seen."""
    found: dict[str, Evidence] = {}
    for evidence in evidence_in(connection, [item.passage for item in items], extent.sources):
        found.setdefault(evidence.passage, evidence)
    return tuple(with_scores(found[item.passage], item.scores) for item in items)


def _shown(ranked: Ranked, place: int) -> dict[str, float]:
    return {"words": 0.0, "vectors": 0.0, **ranked.shares[place], "fused": ranked.fused[place]}
