"""The bounds of `gates.yaml` that can be asked without a data folder, on the shipped sets, in about two minutes: `make gates`.

Ends with 1 where a bound does not hold that held, where one that is known to fail (`known` in `gates.yaml`) is worse than it
was, and where such a one holds: then it comes off the list. Every other suite with bounds is named with what it needs.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.gates import Gate, gates, with_bounds
from eval.suites import abstention, drafts, grounding, safety
from eval.suites.corpora import add_sample
from eval.suites.house import fresh_house
from eval.suites.safety import FOLDER as TURNS

Say = Callable[[str], None]
Rows = list[dict[str, Any]]
SENTENCES, OF_KIND, DRAFTS, SEED = 200, 15, 16, 3
"""How much is drawn of what would take too long whole: true sentences a language, wrong statements of the second program
a kind and language, and drafts with the model that lies."""
NEEDS: Mapping[str, str] = {
    "retrieval": "the public sets (ancrage eval retrieval --data DIR)",
    "abstention": "the labels besides the shipped dossier (ancrage eval abstention --data DIR); asked here of the dossier alone",
    "extraction": "real documents (ancrage eval extraction --data DIR)",
    "robustness": "real documents (ancrage eval robustness --data DIR)",
    "speed": "a machine that does nothing else (ancrage eval speed --data DIR)",
    "desk": "a machine that does nothing else, and half an hour (ancrage eval desk --data DIR)",
    "deciding": "two minutes in which many decide at once (ancrage eval deciding --data DIR)",
}
"""The suites with bounds that are not asked here, and why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A part, its bounds with their figures, and how long it took."""

    name: str
    gates: Sequence[Gate]
    seconds: float


def _nothing() -> Path:
    """A folder that holds no public set."""
    return TURNS / "none"


def _safety(say: Say) -> Rows:
    return safety.run(_nothing(), say)


def _grounding(say: Say) -> Rows:
    return grounding.run(_nothing(), say, sentences=SENTENCES, of_kind=OF_KIND)


def _abstention(say: Say) -> Rows:
    """The rule with the fast model alone, on the shipped dossier."""
    with fresh_house() as (app, librarian):
        add_sample(app, librarian, abstention.PRODUCTS["sample"], say)
        rows: Rows = []
        for split in abstention.MEASURED:
            asked = [q for q in abstention.questions(split) if q["corpus"] == "sample"]
            if asked:
                rows += abstention.rows_of(split, [abstention.outcome(app, question) for question in asked])
    return rows


def _drafts(say: Say) -> Rows:
    return drafts.lying(DRAFTS, SEED, say)


PARTS: Mapping[str, Callable[[Say], Rows]] = {
    "safety": _safety,
    "grounding": _grounding,
    "abstention_sample": _abstention,
    "drafts": _drafts,
}
"""By the names that `gates.yaml` gives their bounds."""


def ask(say: Say, parts: Mapping[str, Callable[[Say], Rows]] = PARTS) -> list[Asked]:
    """Measure each part and hold its figures to their bounds."""
    asked = []
    for name, measure in parts.items():
        began = time.monotonic()
        found = gates({"suite": name, "results": measure(say)})
        asked.append(Asked(name, found, time.monotonic() - began))
    return asked


def unexpected(asked: Iterable[Asked]) -> list[Gate]:
    """The bounds that are not as they are known to be."""
    return [gate for part in asked for gate in part.gates if not gate.as_known]


def told(asked: Iterable[Asked]) -> list[str]:
    """A line a bound, then what was not asked."""
    lines = []
    for part in asked:
        for gate in part.gates:
            row = gate.row
            value = f"{row['value']:8.3f}" if gate.measured else f"{'–':>8}"
            where = f"{row['dataset']} {row.get('split') or ''}"
            lines.append(
                f"{part.name:18} {where:32} {row['metric']:28} {value} {gate.bound:8} {gate.outcome}"
            )
        lines.append(f"{part.name}: {len(part.gates)} bounds in {part.seconds:.0f} s")
    needed = [f"{suite}: not asked here, needs {NEEDS[suite]}" for suite in with_bounds() if suite in NEEDS]
    return [*lines, *needed]


def main() -> int:
    """Ask, tell, and say whether all is as known."""
    os.environ |= {"ANCRAGE_BETTER": "off", "ANCRAGE_SHIPPED_ONLY": "1"}
    with TemporaryDirectory(prefix="ancrage-gates-") as home:
        os.environ["ANCRAGE_HOME"] = home
        asked = ask(lambda _: None)
    wrong = unexpected(asked)
    for line in told(asked):
        sys.stdout.write(line + "\n")
    for gate in wrong:
        sys.stdout.write(
            f"NOT AS KNOWN: {gate.row['dataset']} {gate.row.get('split') or ''} {gate.row['metric']}: {gate.outcome}\n"
        )
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
