"""A statement says what its quotes say, no more and no less (GR2).

A verbatim whole sentence carries itself. Anything else blocks where a word of meaning contradicts the quotes, and
otherwise waits for a named medical reviewer. Rule: design, "Grounding", points 2 to 4.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from guardrails.markers import MarkerClass, Markers, classes, markers
from guardrails.model import CheckContext, Document, Evidence, Finding, Language, Segment
from guardrails.numbers.patterns import alternatives
from guardrails.packs import Rule
from guardrails.tables import table
from guardrails.verbatim import is_verbatim
from ingestion.sentences import split
from ingestion.text import fold

How = Literal["added", "lost", "opposite"]
_NEAR = 0.8
"""Share of equal words from which two sentences count as the same one, edited."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A concept that the statement adds to its quotes, loses, or turns round."""

    marker_class: MarkerClass
    how: How
    concept: str
    words: tuple[str, ...]
    """As they stand where the concept stands."""

    @property
    def blocks(self) -> bool:
        """Whether it contradicts the quote."""
        policy = {"added": self.marker_class.added, "lost": self.marker_class.lost, "opposite": "block"}
        return policy[self.how] == "block"


def wording_agrees(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Judge every cited statement that is not verbatim."""
    evidence = {e.passage: e for e in context.evidence}
    for segment in document.segments:
        if segment.kind != "statement" or not segment.citations or is_verbatim(segment):
            continue
        both = (*differences(segment), *near_copy_differences(segment))
        found = list({(d.how, d.concept): d for d in reversed(both)}.values())
        for difference in found:
            if difference.blocks:
                yield _contradiction(rule, segment, difference)
        for name in _foreign_names(segment, evidence):
            yield rule.finding(segment.id, "name", name=name, quotes=[c.quote for c in segment.citations])
        if swapped := swapped_numbers(segment):
            yield rule.finding(segment.id, "swapped", numbers=list(swapped))
        doubts = [d.marker_class.labels["en"] for d in found if not d.blocks]
        wording = "translated" if _translated(segment) else "reworded"
        yield rule.finding(segment.id, wording, "needs_review", text=segment.text, differences=doubts)


def differences(segment: Segment) -> Iterator[Difference]:
    """What the statement's words of meaning say that its quotes do not, and the reverse."""
    said = markers(segment.text, segment.language)
    quoted = [
        markers(citation.quote[start:end], citation.quote_language)
        for citation in segment.citations
        for start, end in split(citation.quote, citation.quote_language)
    ]
    generic = bool(_generic(segment.language).search(segment.text))
    for marker_class in classes():
        for concept in marker_class.concepts:
            ever = [words for found in quoted if (words := found.get(concept))]
            always = bool(quoted) and len(ever) == len(quoted)
            if concept in said and not ever:
                reverse = marker_class.opposites and _turned(marker_class, concept, said, quoted)
                how: How = "opposite" if reverse else "added"
                yield Difference(marker_class, how, concept, said[concept])
            elif concept not in said and always:
                widened = marker_class.name == "population" and generic
                how = "opposite" if widened else "lost"
                yield Difference(marker_class, how, concept, ever[0])


def near_copy_differences(segment: Segment) -> Iterator[Difference]:
    """What was put in or taken out where the statement is nearly a sentence of its quotes.

    It sees what a comparison of the whole texts cannot: one "not" more in a sentence that holds another.
    """
    words = _words(segment.text)
    nearest: tuple[float, list[str]] = (_NEAR, [])
    for citation in segment.citations:
        if citation.quote_language != segment.language:
            continue
        for start, end in split(citation.quote, citation.quote_language):
            quoted = _words(citation.quote[start:end])
            nearest = max(nearest, (SequenceMatcher(None, quoted, words, autojunk=False).ratio(), quoted))
    if not nearest[1]:
        return
    added, lost = _changes(nearest[1], words, segment.language)
    for marker_class in classes():
        for concept in marker_class.concepts:
            if concept in added and concept not in lost:
                reverse = marker_class.opposites and any(c in lost for c in marker_class.concepts)
                how: How = "opposite" if reverse else "added"
                yield Difference(marker_class, how, concept, added[concept])
            elif concept in lost and concept not in added:
                yield Difference(marker_class, "lost", concept, lost[concept])


def swapped_numbers(segment: Segment) -> tuple[str, ...]:
    """The numbers that only changed places in a sentence of the quotes: the arms of a trial turned round."""
    said = _words(segment.text)
    for citation in segment.citations:
        for start, end in split(citation.quote, citation.quote_language):
            quoted = _words(citation.quote[start:end])
            if len(said) != len(quoted) or said == quoted or sorted(said) != sorted(quoted):
                continue
            moved = [word for word, other in zip(said, quoted, strict=True) if word != other]
            if all(word[0].isdigit() for word in moved):
                return tuple(moved)
    return ()


def _changes(quoted: list[str], said: list[str], language: Language) -> tuple[Markers, Markers]:
    """The concepts in the words that were put in, and in those that were taken out."""
    put, taken = [], []
    matcher = SequenceMatcher(None, quoted, said, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            taken.append(" ".join(quoted[i1:i2]))
            put.append(" ".join(said[j1:j2]))
    return markers(" | ".join(put), language), markers(" | ".join(taken), language)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w%]+(?:['’.,-]\w+)*", fold(text).text.lower())


def _turned(marker_class: MarkerClass, concept: str, said: Markers, quoted: list[Markers]) -> bool:
    """Whether the quotes hold only the opposite concept, and the statement does not."""
    others = [other for other in marker_class.concepts if other != concept and other not in said]
    return any(other in found for other in others for found in quoted)


def _contradiction(rule: Rule, segment: Segment, difference: Difference) -> Finding:
    labels = difference.marker_class.labels
    words = sorted(set(difference.words))
    return rule.finding(
        segment.id,
        difference.how,
        label=labels["en"],
        label_fr=labels["fr"],
        concept=difference.concept,
        words=words,
        quotes=[citation.quote for citation in segment.citations],
    )


def _foreign_names(segment: Segment, evidence: dict[str, Evidence]) -> list[str]:
    """Names of studies, enzymes and the like (PATHWAY-2, CYP3A4) that neither the quotes nor their titles hold."""
    around = " ".join(
        " ".join((c.quote, c.title, e.heading if (e := evidence.get(c.passage)) else ""))
        for c in segment.citations
    )
    known = re.sub("[‑–]", "-", around)
    names = {re.sub("[‑–]", "-", name) for name in _study_name().findall(segment.text)}
    return sorted(name for name in names if name not in known)


def _translated(segment: Segment) -> bool:
    return all(citation.quote_language != segment.language for citation in segment.citations)


@cache
def _generic(language: Language) -> re.Pattern[str]:
    words = table("wording.yaml")["generic_population"][language]
    return re.compile(rf"(?:{alternatives(words)})\b", re.IGNORECASE)


@cache
def _study_name() -> re.Pattern[str]:
    return re.compile(table("wording.yaml")["study_name"])
