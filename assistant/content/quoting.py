"""Finding, for a sentence that somebody wrote, the whole unit of the approved sources that could carry it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.content.request import Wanted
from assistant.retrieval.looked import Query
from assistant.retrieval.names import names_of
from assistant.store.words import stems
from guardrails.citations import bare, cite
from guardrails.model import Citation, Evidence, EvidenceSentence
from guardrails.names import foreign_names
from guardrails.numbers import missing

HITS = 10
LEAST_SHARED = 0.34
"""Share of a sentence's stems that a quote in its language must hold to be proposed for it."""
LEAST_APART = 3.9
"""By how many standard deviations of the others a unit of another language must come nearer than they do to be proposed.
Of strangers' free translations and the sample's own the sentence that was translated stands so far apart in 95 of 100, and
in nearly all nearest; so does the nearest of an unrelated label in 40 of 100, which a reviewer then reads.
"""
_FEWEST = 5
_COMPARED_WITH = 300
"""Units, evenly spread over the sources, that say how near sentences are that have nothing to do with each other."""


class PassageFinder(Protocol):
    """Finds passages that may be used now."""

    def find(self, query: Query) -> Sequence[Evidence]:
        """Best first."""


class SentenceEmbedder(Protocol):
    """Turns sentences into vectors in which a translation comes near its original."""

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """One unit row a text."""


@dataclass(frozen=True, slots=True)
class Means:
    """What quotes are found by."""

    passages: PassageFinder
    sentences: SentenceEmbedder


@dataclass(frozen=True, slots=True)
class _Proposal:
    lacking: int
    """Numbers and names of the sentence that it does not hold."""
    nearness: float
    citation: Citation


class QuoteFinder:
    """The evidence, by what each whole unit says, and the search over it."""

    def __init__(self, means: Means, wanted: Wanted, evidence: Sequence[Evidence]) -> None:
        """`evidence` is all that the piece may rest on."""
        self._means = means
        self._wanted = wanted
        self._evidence = evidence
        self._rows: dict[str, NDArray[np.float32]] = {}
        self._exact: dict[str, Citation] = {}
        for item, unit in _units(evidence):
            self._exact.setdefault(bare(unit.text), cite(item, unit.start, unit.end))

    def quote_for(self, text: str) -> Citation | None:
        """The unit that says exactly this, else the one that comes nearest; None where none comes near enough."""
        if (exact := self._exact.get(bare(text))) is not None:
            return exact
        hits = self._means.passages.find(self._query(text))
        told = self._in_its_language(text, hits)
        if told is None or told.lacking:
            translated = self._in_another(text, hits)
            if translated is not None and (told is None or translated.lacking < told.lacking):
                return translated.citation
        return told.citation if told else None

    def _query(self, text: str) -> Query:
        wanted = self._wanted
        sources = tuple(used.id for used in wanted.sources)
        return Query(text, wanted.product.id, wanted.market, wanted.audience, wanted.use, None, HITS, sources)

    def _in_its_language(self, text: str, hits: Sequence[Evidence]) -> _Proposal | None:
        """First by the numbers and names it holds, then by shared words."""
        language = self._wanted.language
        if not (own := set(stems(text, language))):
            return None
        units = [(item, unit) for item, unit in _units(hits) if item.language == language]
        shares = [len(own.intersection(stems(unit.text, language))) / len(own) for _, unit in units]
        found = [
            self._proposal(text, item, unit, share)
            for (item, unit), share in zip(units, shares, strict=True)
            if share >= LEAST_SHARED
        ]
        return max(found, key=lambda p: (-p.lacking, p.nearness), default=None)

    def _in_another(self, text: str, hits: Sequence[Evidence]) -> _Proposal | None:
        """The nearest in meaning, where it stands out."""
        units = [(item, unit) for item, unit in _units(hits) if item.language != self._wanted.language]
        if not units or len(self._others) < _FEWEST:
            return None
        vector, *rows = self._vectors([text, *(unit.text for _, unit in units)])
        usual = np.sort(self._others @ vector)[:-1]  # without the nearest, which may be the one
        apart = (np.array(rows) @ vector - usual.mean()) / max(float(usual.std()), 1e-6)
        best = int(apart.argmax())
        return self._proposal(text, *units[best], float(apart[best])) if apart[best] >= LEAST_APART else None

    @cached_property
    def _others(self) -> NDArray[np.float32]:
        texts = [unit.text for item, unit in _units(self._evidence) if item.language != self._wanted.language]
        return self._means.sentences.embed(texts[:: max(1, len(texts) // _COMPARED_WITH)])

    def _vectors(self, texts: list[str]) -> list[NDArray[np.float32]]:
        """Each made once for all sentences: the same units are found again and again."""
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        self._rows.update(zip(new, self._means.sentences.embed(new), strict=True))
        return [self._rows[text] for text in texts]

    def _proposal(self, text: str, item: Evidence, unit: EvidenceSentence, nearness: float) -> _Proposal:
        language = self._wanted.language
        around = (unit.text, item.heading, item.title, *self._names)
        names = set(foreign_names(text, around, same_language=item.language == language))
        lacking = len(missing(text, language, [(unit.text, item.language)])) + len(names)
        return _Proposal(lacking, nearness, cite(item, unit.start, unit.end))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        product = self._wanted.product
        return names_of(product.name, product.sheet)


def _units(evidence: Sequence[Evidence]) -> list[tuple[Evidence, EvidenceSentence]]:
    return [(item, unit) for item in evidence for unit in item.sentences if unit.kind != "heading"]
