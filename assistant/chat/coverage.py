"""How far the passages and the sentences of the documents meet the needs of a question."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from assistant.chat.needs import Need
from assistant.chat.question import Concept
from assistant.chat.readable import section_of_label
from assistant.chat.wording import flat
from assistant.retrieval.extent import Extent
from assistant.store.postings import LONGEST_STEM, load_postings
from assistant.store.words import stems
from guardrails.model import Evidence

Floats = NDArray[np.float64]

_BY_HEADING = 0.85
_BY_SECTION = 0.9
"""What a need counts that the heading above a text meets, or its section in a label."""
_BESIDE = 0.7
"""What a need counts in a sentence that the rest of its passage meets."""
_ABOUT, _ABOUT_TOO, _ELSEWHERE = 0.12, 0.08, 0.1
"""A document is about what stands in so large a share of its passages, and in ten times fewer of the others in its language."""
_MOST_UNITS = 60


@dataclass(frozen=True, slots=True)
class Coverage:
    """Over an extent: `values` has a row a need and a column a passage."""

    needs: tuple[Need, ...]
    values: Floats
    about: NDArray[np.bool_]
    """Whether the passage's document is about the need as a whole: its medicine, for instance."""
    sources: NDArray[np.intp]
    """Which reading each passage is of."""

    @property
    def weights(self) -> Floats:
        """Of the needs."""
        return np.array([need.weight for need in self.needs], dtype=np.float64)

    @property
    def telling(self) -> Floats:
        """The weights, less what is everyday speech."""
        return self.weights * np.array([need.telling for need in self.needs], dtype=np.float64)

    @property
    def shares(self) -> Floats:
        """Of each passage, what part of the needs it meets."""
        total = self.weights.sum()
        if not total:
            return np.zeros(self.values.shape[1])
        return np.asarray(self.weights @ self.values / total, dtype=np.float64)


def cover(connection: Connection, extent: Extent, needs: Sequence[Need]) -> Coverage:
    """Measure the needs over every passage that may be seen."""
    sources = np.zeros(extent.size, dtype=np.intp)
    for at, reading in enumerate(extent.readings):
        sources[extent.starts[reading] :] = at
    present = _presence(connection, extent, needs)
    values = np.zeros((len(needs), extent.size))
    about = np.zeros((len(needs), extent.size), dtype=np.bool_)
    headings = [heading for facts in extent.facts for heading in facts.headings]
    for row, need in enumerate(needs):
        for form, worth in need.forms.items():
            values[row] = np.maximum(values[row], worth * _all_of(form, present, extent.size))
        about[row] = _documents_about(need, present, extent, sources)[sources]
        for concept in need.concepts:
            values[row] = np.maximum(values[row], _by_heading(concept, headings, extent, sources))
    return Coverage(tuple(needs), np.maximum(values, about) * extent.allowed, about, sources)


def _presence(connection: Connection, extent: Extent, needs: Sequence[Need]) -> dict[str, Floats]:
    wanted = {stem[:LONGEST_STEM] for need in needs for form in need.forms for stem in form}
    found: dict[str, Floats] = defaultdict(lambda: np.zeros(extent.size))
    for posting in load_postings(connection, extent.readings, sorted(wanted)):
        at = posting.ordinals.astype(np.intp) + extent.starts[posting.reading_id]
        found[posting.stem][at] = np.where(posting.in_text > 0, 1.0, _BY_HEADING)
    return found


def _all_of(form: frozenset[str], present: Mapping[str, Floats], size: int) -> Floats:
    columns = [present.get(stem[:LONGEST_STEM]) for stem in form]
    there = [column for column in columns if column is not None]
    return np.minimum.reduce(there) if there and len(there) == len(columns) else np.zeros(size)


def _documents_about(
    need: Need, present: Mapping[str, Floats], extent: Extent, sources: NDArray[np.intp]
) -> NDArray[np.bool_]:
    count = len(extent.readings)
    found = np.zeros(count, dtype=np.bool_)
    own = [
        column
        for form, worth in need.forms.items()
        if worth == 1.0
        and len(form) == 1
        and (column := present.get(next(iter(form))[:LONGEST_STEM])) is not None
    ]
    if need.number or not own:
        return found
    holding = np.bincount(sources[np.maximum.reduce(own) > 0], minlength=count)
    passages = np.maximum(1, np.bincount(sources, minlength=count))
    rates = holding / passages
    spoken = {source.reading_id: source.language for source in extent.sources}
    languages = np.array([spoken.get(reading, "") for reading in extent.readings])
    for language in set(languages.tolist()):
        its = languages == language
        highest = float(rates[its].max())
        high = its & (rates >= max(_ABOUT_TOO, highest / 4))
        low = its & ~high
        if highest < _ABOUT or not low.any():
            continue
        if holding[low].sum() / passages[low].sum() <= highest * _ELSEWHERE:
            found |= high
    return found


def _by_heading(
    concept: Concept, headings: Sequence[str], extent: Extent, sources: NDArray[np.intp]
) -> Floats:
    labels = {source.reading_id for source in extent.sources if source.kind == "label"}
    of_label = np.array([reading in labels for reading in extent.readings], dtype=np.bool_)[sources]
    said = np.array([_BY_HEADING * bool(concept.said.search(_flat(heading))) for heading in headings])
    reserved = np.array(
        [_BY_SECTION * (section_of_label(heading.split(" › ")) in concept.sections) for heading in headings]
    )
    if not headings:
        return np.zeros(extent.size)
    return np.asarray(np.maximum(said[extent.sections], reserved[extent.sections] * of_label))


@lru_cache(20_000)
def _flat(heading: str) -> str:
    """Headings are looked through for every question."""
    return flat(heading)


@dataclass(frozen=True, slots=True)
class Met:
    """A sentence, a row under its head or a bullet, and how far it meets each need: at all, and in the need's own words."""

    text: str
    place: int
    """Its passage's number in the extent."""
    values: Floats
    literal: Floats


def sentences_that_meet(coverage: Coverage, item: Evidence, place: int) -> list[Met]:
    """Every citable unit of a passage with what it meets: itself, under its heading, in its passage, in its document."""
    above = " ".join([*item.section, item.heading])
    over, over_flat = frozenset(stems(above, item.language)), flat(above)
    number = section_of_label(item.section) if item.source_kind == "label" else ""
    about = coverage.about[:, place]
    around = _BESIDE * coverage.values[:, place]
    found: list[Met] = []
    for text in _units(item):
        held, plain = frozenset(stems(text, item.language)), flat(text)
        values, literal = np.zeros(len(coverage.needs)), np.zeros(len(coverage.needs))
        for at, need in enumerate(coverage.needs):
            values[at], literal[at] = _by_words(need, held, held | over)
            for concept in need.concepts:
                worth, own = _by_concept(concept, plain, over_flat, number)
                values[at], literal[at] = max(values[at], worth), max(literal[at], own)
        values, literal = np.where(about, 1.0, np.maximum(values, around)), np.where(about, 1.0, literal)
        found.append(Met(text, place, values, literal))
    return found


def _units(item: Evidence) -> list[str]:
    sentences = item.sentences
    if len(sentences) > 1 and sentences[0].kind == "row":
        units = [f"{sentences[0].text}\n{sentence.text}" for sentence in sentences[1:]]
    else:
        units = [sentence.text for sentence in sentences] or [item.text]
    return units[:_MOST_UNITS]


def _by_words(need: Need, held: frozenset[str], with_heading: frozenset[str]) -> tuple[float, float]:
    best = own = 0.0
    for form, worth in need.forms.items():
        if form <= held:
            value = worth
        elif form <= with_heading:
            value = _BY_HEADING * worth
        else:
            continue
        best = max(best, value)
        if worth == 1.0:
            own = max(own, value)
    return best, own


def _by_concept(concept: Concept, text: str, above: str, number: str) -> tuple[float, float]:
    if concept.said.search(text):
        return 1.0, _BY_SECTION
    if (number and number in concept.sections) or concept.said.search(above):
        return _BY_HEADING, _BY_HEADING
    return 0.0, 0.0
