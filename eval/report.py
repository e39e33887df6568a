"""One self-contained page of a suite's figures: for an auditor, who may run the command on it again."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.gates import gates
from eval.plots import curves
from eval.published import published_figures
from eval.suites import SUITES

Row = Mapping[str, Any]
_HERE = Path(__file__).parent


def page(report: Mapping[str, Any], last: Mapping[str, Any] | None = None) -> str:
    """The page as HTML: every row with its interval, what changed since `last`, published figures, gates, curves."""
    before = {_key(row): row["value"] for row in (last or {}).get("results", ())}
    rows = [row for row in report["results"] if "x" not in row]
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["dataset"]].append(
            {**row, "before": before.get(_key(row)), "published": published(row), "bar": _bar(row)}
        )
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            about=SUITES.get(report["suite"], ""),
            groups=dict(groups),
            gates=gates(report),
            curves=curves(report["results"]),
            last=last,
        )
    )


def published(row: Row) -> list[Mapping[str, Any]]:
    """Figures that others published for the same set and measure."""
    return [
        entry
        for entry in published_figures()
        if entry["dataset"] == row["dataset"] and entry["metric"] == row["metric"]
    ]


def _key(row: Row) -> tuple[str, ...]:
    return tuple(str(row.get(name)) for name in ("dataset", "split", "system", "metric", "x"))


def _bar(row: Row) -> Mapping[str, float] | None:
    """Where the value and its interval stand on a scale from 0 to 1, in per cent; None for another scale."""
    value = row["value"]
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        return None
    low, high = (value if row.get(name) is None else row[name] for name in ("low", "high"))
    return {"value": 100 * value, "low": 100 * low, "width": max(0.5, 100 * (high - low))}


@cache
def environment() -> Environment:
    """The templates of the reports; what they are given is escaped."""
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"), undefined=StrictUndefined, autoescape=True
    )
