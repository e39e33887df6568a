"""A piece in the order in which it is read: each segment with its number, its verdict and what was found against it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from assistant.review.layout import FOOTER, HEAD
from assistant.review.reading import stops
from guardrails.model import Document, Segment

_GRAVITY = ("block", "needs_review", "warn", "info")


HEADINGS = frozenset({"theme", "section", "heading", "expected_question", "avoid_heading"})
"""Roles of `structure` that stand above what follows."""
_PLAIN = frozenset({"nature", "introduction", "avoid", "document", "to_know_handover", "to_read", "context"})
"""Roles whose text says well enough what it is."""


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose."""

    id: str
    letter: str
    text: str
    language: str
    right: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One segment on the screen."""

    segment: Segment
    number: int
    """Of a statement, counted from 1; 0 for anything else."""
    options: tuple[Option, ...]
    """Of a quiz question."""
    verdict: str | None
    findings: tuple[Mapping[str, Any], ...]
    attested: bool
    tokens: tuple[Segment, ...] = ()
    """Places on its line that the sending system fills."""
    places: tuple[str, ...] = ()
    """Lineages of the segment, its answers and its tokens: where its findings stand, and what is read with it."""
    vouched: frozenset[str] = frozenset()
    """Of these, the ones that somebody attested as they stand."""

    @property
    def needs_look(self) -> bool:
        """Whether something stands against it still that nobody has attested."""
        return any(found["severity"] != "info" for found in self.unsettled)

    @property
    def unsettled(self) -> tuple[Mapping[str, Any], ...]:
        """What was found and is not attested where it stands; no attestation settles what blocks."""
        return tuple(
            found
            for found in self.findings
            if found["severity"] == "block" or found["where"] not in self.vouched
        )

    def standing_at(self, place: str) -> str:
        """What stands against one of its texts, as a verdict's code; empty where there was nothing to judge."""
        if place == self.segment.id and self.verdict:
            return self.verdict
        found = {f["severity"] for f in self.unsettled if f["where"] == place} - {"info"}
        return "block" if "block" in found else "needs_review" if found else ""

    @property
    def carries(self) -> bool:
        """Whether it says something that a source has to carry."""
        return self.segment.kind == "statement"

    @property
    def is_heading(self) -> bool:
        """Whether it stands above what follows."""
        return self.segment.kind == "structure" and self.segment.role in HEADINGS

    @property
    def shape(self) -> str:
        """How its reader sees it: title, heading, question, foot or text."""
        if self.segment.role in HEAD:
            return "title" if self.segment.role != "preheader" else "text"
        if self.segment.role in FOOTER:
            return "foot"
        return "heading" if self.is_heading else "question" if self.segment.kind == "question" else "text"

    @property
    def is_named(self) -> bool:
        """Whether its role is said beside it."""
        return not self.is_heading and self.segment.role not in _PLAIN


def rows(
    document: Document,
    verdicts: Mapping[str, str],
    findings: Sequence[Mapping[str, Any]],
    attested: Iterable[str] = (),
) -> list[Row]:
    """Every segment in the order of the rendition, a quiz question with its options.

    `findings` have the shape of the JSON of `ancrage check`; those on an option show at its question.
    """
    vouched = frozenset(attested)
    read = stops(document.segments)
    numbers = {s.id: n for n, s in enumerate((s for s, *_ in read if s.kind == "statement"), start=1)}
    made: list[Row] = []
    for segment, *more in read:
        choices = [s for s in more if s.kind == "option"]
        places = (segment.id, *(s.id for s in more))
        made.append(
            Row(
                segment=segment,
                number=numbers.get(segment.id, 0),
                options=tuple(
                    Option(
                        option.id, ascii_uppercase[n % 26], option.text, option.language, option.role == "key"
                    )
                    for n, option in enumerate(choices)
                ),
                verdict=verdicts.get(segment.id),
                findings=tuple(f for f in findings if f["where"] in places),
                attested=segment.id in vouched,
                tokens=tuple(s for s in more if s.kind == "token"),
                places=places,
                vouched=vouched.intersection(places),
            )
        )
    return made


def by_gravity(findings: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The gravest first; otherwise as they came."""
    return sorted(findings, key=lambda found: _rank(found["severity"]))


def counts(findings: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """(severity, how many), the gravest first."""
    found = Counter(str(f["severity"]) for f in findings)
    return sorted(found.items(), key=lambda pair: _rank(pair[0]))


def _rank(severity: str) -> int:
    return _GRAVITY.index(severity) if severity in _GRAVITY else len(_GRAVITY)
