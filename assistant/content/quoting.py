"""Finding, for a sentence that somebody wrote, the whole unit of the approved sources that could carry it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.content.request import Wanted
from assistant.corpus.sheet import names_of
from assistant.engines.label_tables import CELLS
from assistant.retrieval.looked import Query
from assistant.store.words import stems
from guardrails.citations import bare, cite
from guardrails.model import Citation, Evidence, EvidenceSentence, QuoteSpan, RowHeader
from guardrails.names import foreign_names
from guardrails.numbers import extract
from guardrails.table_rows import missing_from

HITS = 10
LEAST_SHARED = 0.34
"""Share of a sentence's stems that a quote in its language must hold to be proposed for it."""
LEAST_IN_PLACE = 0.6
"""The same where the heading over the quote counts, too, and the product's names do not: "contraindicated" stands in the heading alone."""
LEAST_APART = 3.9
"""By how many standard deviations of the others a unit of another language must come nearer than they do to be proposed.
Of strangers' free translations and the sample's own the sentence that was translated stands so far apart in 95 of 100, and
in nearly all nearest; so does the nearest of an unrelated label in 40 of 100, which a reviewer then reads.
"""
_TWO = 2
LEAST_APART_WITH_FIGURES = 2.0
_SEVERAL = 2
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
        names = {stem for name in self._names for stem in stems(name, language)}
        units = [(item, unit) for item, unit in _units(hits) if item.language == language]
        shares = [self._shares(own, own - names, item, unit) for item, unit in units]
        found = [
            self._proposal(text, item, unit, in_place)
            for (item, unit), (share, in_place) in zip(units, shares, strict=True)
            if share >= LEAST_SHARED or in_place >= LEAST_IN_PLACE
        ]
        return max(found, key=lambda p: (-p.lacking, p.nearness), default=None)

    def _shares(
        self, own: set[str], but_names: set[str], item: Evidence, unit: EvidenceSentence
    ) -> tuple[float, float]:
        """The share of its stems that a unit holds; and, but for the product's names, that it holds with what stands over it."""
        language = self._wanted.language
        held = set(stems(unit.text, language))
        over = held | set(stems(_over(item, unit), language))
        return len(own & held) / len(own), len(but_names & over) / max(1, len(but_names))

    def _in_another(self, text: str, hits: Sequence[Evidence]) -> _Proposal | None:
        """The nearest in meaning, where it stands out."""
        units = [(item, unit) for item, unit in _units(hits) if item.language != self._wanted.language]
        if not units or len(self._others) < _FEWEST:
            return None
        vector, *rows = self._vectors([text, *(unit.text for _, unit in units)])
        usual = np.sort(self._others @ vector)[:-1]  # without the nearest, which may be the one
        apart = (np.array(rows) @ vector - usual.mean()) / max(float(usual.std()), 1e-6)
        best = int(apart.argmax())
        if apart[best] >= LEAST_APART:
            return self._proposal(text, *units[best], float(apart[best]))
        return self._with_its_figures(text, units, apart)

    def _with_its_figures(
        self, text: str, units: Sequence[tuple[Evidence, EvidenceSentence]], apart: NDArray[np.float32]
    ) -> _Proposal | None:
        """The nearest of those that hold all its figures, where it has several: a coincidence is unlikely then."""
        if sum(q.is_fact() and not q.weak for q in extract(text, self._wanted.language)) < _SEVERAL:
            return None
        near = sorted(zip(apart.tolist(), units, strict=True), key=lambda pair: -pair[0])
        found = (
            self._proposal(text, item, unit, far)
            for far, (item, unit) in near
            if far >= LEAST_APART_WITH_FIGURES
        )
        return next((proposal for proposal in found if not proposal.lacking), None)

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
        citation = cite(item, unit.start, unit.end)
        told = replace(citation, header=_header(item, unit))
        lacking = len(missing_from(text, language, [told])) + len(names)
        return _Proposal(lacking, nearness, citation)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        product = self._wanted.product
        return names_of(product.name, product.sheet)


def _over(item: Evidence, unit: EvidenceSentence) -> str:
    """What stands over a unit and belongs to what it says: the heading of its section, the heads of its table."""
    heading = item.section[-1] if item.section else item.heading
    return f"{heading} {' '.join(_heads(item, unit))}"


def _heads(item: Evidence, unit: EvidenceSentence) -> list[str]:
    """The first row of the unit's table, which heads its columns; empty for what is no row below one."""
    first = item.text.partition("\n")[0]
    return first.split(CELLS) if item.layer == "table" and unit.start >= len(first) else []


def _header(item: Evidence, unit: EvidenceSentence) -> RowHeader | None:
    """What a row says column by column, as the passage's text gives it: enough to tell whether it holds a sentence's numbers."""
    heads, cells = _heads(item, unit), unit.text.split(CELLS)
    if len(heads) != len(cells) or len(cells) < _TWO:
        return None
    told = "; ".join(f"{head} = {cell}" for head, cell in zip(heads[1:], cells[1:], strict=True))
    over = QuoteSpan(item.locator.page or 0, 0, len(heads[0]), heads[0])
    return RowHeader((over,), (f"{cells[0]}: {told}",))


def _units(evidence: Sequence[Evidence]) -> list[tuple[Evidence, EvidenceSentence]]:
    return [(item, unit) for item in evidence for unit in item.sentences if unit.kind != "heading"]
