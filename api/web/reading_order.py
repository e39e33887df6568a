"""A piece in the order in which it is read: each segment with its number, its verdict and what was found against it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

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
    places: tuple[str, ...] = ()
    """Lineages of the segment and of its answers: where its findings stand."""

    @property
    def to_judge(self) -> bool:
        """Whether a reviewer has something to judge in it: a statement, or any other text with a finding."""
        return self.carries or any(found["severity"] != "info" for found in self.findings)

    @property
    def carries(self) -> bool:
        """Whether it says something that a source has to carry."""
        return self.segment.kind == "statement"

    @property
    def is_heading(self) -> bool:
        """Whether it stands above what follows."""
        return self.segment.kind == "structure" and self.segment.role in HEADINGS

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
    """Every segment of the document in order, a quiz question with its options.

    `findings` have the shape of the JSON of `ancrage check`; those on an option show at its question.
    """
    vouched = frozenset(attested)
    shown = [s for s in document.segments if s.kind != "option"]
    numbers = {s.id: n for n, s in enumerate((s for s in shown if s.kind == "statement"), start=1)}
    made: list[Row] = []
    for segment in shown:
        choices = _options(document, segment)
        places = (segment.id, *(option.id for option in choices))
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
                places=places,
            )
        )
    return made


def _options(document: Document, segment: Segment) -> list[Segment]:
    if segment.kind != "question":
        return []
    return [s for s in document.group(segment.group) if s.kind == "option"]


def by_gravity(findings: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The gravest first; otherwise as they came."""
    return sorted(findings, key=lambda found: _rank(found["severity"]))


def counts(findings: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """(severity, how many), the gravest first."""
    found = Counter(str(f["severity"]) for f in findings)
    return sorted(found.items(), key=lambda pair: _rank(pair[0]))


def _rank(severity: str) -> int:
    return _GRAVITY.index(severity) if severity in _GRAVITY else len(_GRAVITY)
