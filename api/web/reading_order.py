"""A piece in the order in which it is read: each segment with its number, its verdict and what was found against it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from guardrails.model import Document, Segment

_GRAVITY = ("block", "needs_review", "warn", "info")


@dataclass(frozen=True, slots=True)
class Row:
    """One segment on the screen."""

    segment: Segment
    number: int
    """Of a statement, counted from 1; 0 for anything else."""
    letter: str
    """Of a quiz option."""
    verdict: str | None
    findings: tuple[Mapping[str, Any], ...]
    attested: bool

    @property
    def carries(self) -> bool:
        """Whether it says something that a source has to carry."""
        return self.segment.kind == "statement"


def rows(
    document: Document,
    verdicts: Mapping[str, str],
    findings: Sequence[Mapping[str, Any]],
    attested: Iterable[str] = (),
) -> list[Row]:
    """Every segment of the document, in order. `findings` have the shape of the JSON of `ancrage check`."""
    vouched = frozenset(attested)
    numbers: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    made: list[Row] = []
    for segment in document.segments:
        numbers[segment.kind] += 1
        letters[segment.group] += segment.kind == "option"
        made.append(
            Row(
                segment=segment,
                number=numbers["statement"] if segment.kind == "statement" else 0,
                letter=ascii_uppercase[(letters[segment.group] - 1) % 26] if segment.kind == "option" else "",
                verdict=verdicts.get(segment.id),
                findings=tuple(f for f in findings if f["where"] == segment.id),
                attested=segment.id in vouched,
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
