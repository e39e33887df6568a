"""Pairs of a quote and statements that press the checks: read, judged, and told by kind.

`python -m eval.pressing FILE…` judges files of the form of `eval/adversarial`, for a set that nobody has read yet
(`--figures-only`: no statement is shown) or to see which check blocked a right statement and what let a wrong one through.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.judged import findings_on, verdict_of
from eval.pairs import Side, pairs
from guardrails.model import Finding, Language, Verdict


@dataclass(frozen=True, slots=True)
class Pressed:
    """A statement beside its quotes, and what the rules of grounding found on it."""

    kind: str
    side: Side
    language: Language
    statement: str
    quotes: Sequence[str]
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """What the findings make."""
        return verdict_of(self.findings)

    @property
    def blocked_by(self) -> tuple[str, ...]:
        """Rule and concept of meaning, or message, of each finding that blocks."""
        return tuple(
            f"{f.rule} {f.evidence.get('concept') or f.message('en')[:60]}"
            for f in self.findings
            if f.severity == "block"
        )

    @property
    def computed_only(self) -> bool:
        """Whether nothing blocks it but numbers that are computed from those of its quotes."""
        blocking = [f for f in self.findings if f.severity == "block"]
        return bool(blocking) and all(f.evidence.get("derived") == "computed" for f in blocking)


def pressed(file: Path) -> Iterator[Pressed]:
    """All statements of a file, judged."""
    for pair in pairs(file):
        found = findings_on(pair.statement, pair.language, pair.quotes, pair.quote_language)
        yield Pressed(pair.kind, pair.side, pair.language, pair.statement, pair.quotes, found)


def told(judged: Iterable[Pressed]) -> Iterator[str]:
    """The share blocked of each kind and of all, right and wrong; last, the blocked ones that are right but for computed numbers."""
    groups: dict[tuple[str, Side], list[bool]] = defaultdict(list)
    judged = list(judged)
    for item in judged:
        for kind in (item.kind, "~all"):
            groups[kind, item.side].append(item.verdict == "block")
    for kind in sorted({kind for kind, _ in groups}):
        right, wrong = groups[kind, "right"], groups[kind, "wrong"]
        yield f"{kind.strip('~'):24} right {_share(right)}   wrong {_share(wrong)}"
    computed = sum(item.computed_only for item in judged if item.side == "right")
    if computed:
        yield f"of the right ones, {computed} are blocked only for a number computed from those of their quotes (GR3)"


def _share(blocked: Sequence[bool]) -> str:
    return f"{sum(blocked) / len(blocked):6.1%} of {len(blocked):3}" if blocked else "     – of   0"


def main() -> None:
    """Judge the files and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--figures-only", action="store_true", help="show no statement: the set stays unread")
    options = parser.parse_args()
    judged = [item for file in options.files for item in pressed(file)]
    for line in told(judged):
        print(line)
    if options.figures_only:
        return
    for item in judged:
        if (item.side == "right") == (item.verdict == "block"):
            how = ", ".join(item.blocked_by) or "let through"
            print(
                f"\n{item.side} [{item.kind}] {how}\n  said  {item.statement}\n  quote {' | '.join(item.quotes)}"
            )
    reasons = Counter(reason for item in judged if item.side == "right" for reason in set(item.blocked_by))
    print("\nwhat blocked right ones:", sorted(reasons.items(), key=lambda of: (-of[1], of[0])))


if __name__ == "__main__":
    main()
