"""Suites: each measures one thing and answers with the rows of its report."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
"""dataset, split, system, metric, value, low, high, n."""


def run_suite(name: str, data: Path, out: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """Run a suite over the sets in `data` and write `out/<name>.json`. Returns the report."""
    from eval.suites import abstention, extraction, grounding, retrieval, robustness, speed, weights

    suites: dict[str, Callable[[Path, Callable[[str], None]], list[Row]]] = {
        "abstention": abstention.run,
        "extraction": extraction.run,
        "grounding": grounding.run,
        "retrieval": retrieval.run,
        "robustness": robustness.measure,
        "speed": speed.run,
        "weights": weights.run,
    }
    report = {"suite": name, "commit": _commit(), "results": suites[name](data, say)}
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return report


def _commit() -> str:
    """The commit that was measured, with a plus sign where the work tree differs; empty outside a checkout."""
    here = Path(__file__).parent
    words = ("git", "-C", str(here), "describe", "--always", "--dirty=+", "--abbrev=40", "--exclude=*")
    answer = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  fixed words
    return answer.stdout.strip()
