"""Suites: each measures one thing and answers with the rows of its report."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eval.report import gates, page, provenance

Row = dict[str, Any]
"""dataset, split, system, metric, value, low, high, n; a row with an `x` besides is a point of a curve."""


def run_suite(name: str, data: Path, out: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """Run a suite over the sets in `data` and write `out/<name>.json` and `out/<name>.html`. Returns the report."""
    from eval.suites import (
        abstention,
        desk,
        drafts,
        extraction,
        grounding,
        retrieval,
        robustness,
        safety,
        speed,
        weights,
    )

    suites: dict[str, Callable[[Path, Callable[[str], None]], list[Row]]] = {
        "abstention": abstention.run,
        "desk": desk.run,
        "drafts": drafts.run,
        "extraction": extraction.run,
        "grounding": grounding.run,
        "retrieval": retrieval.run,
        "robustness": robustness.measure,
        "safety": safety.run,
        "speed": speed.run,
        "weights": weights.run,
    }
    commit = _commit()
    results = suites[name](data, say)
    report = {
        "suite": name,
        "commit": commit,
        "provenance": provenance(name, data, commit),
        "results": results,
    }
    target = out / f"{name}.json"
    last = _last(target)
    out.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (out / f"{name}.html").write_text(page(report, last), encoding="utf-8")
    for gate in gates(report):
        if not gate.holds:
            row = gate.row
            say(f"Does not hold: {row['dataset']}, {row['split']}, {row['metric']} is {row['value']:.3f}.")
    return report


def _last(target: Path) -> dict[str, Any] | None:
    """The report that stands where the new one will, to compare with; None where there is none that can be read."""
    try:
        found = json.loads(target.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("results"), list) else None


def _commit() -> str:
    """The commit that was measured, with a plus sign where the work tree differs; empty outside a checkout."""
    here = Path(__file__).parent
    words = ("git", "-C", str(here), "describe", "--always", "--dirty=+", "--abbrev=40", "--exclude=*")
    answer = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  fixed words
    return answer.stdout.strip()
