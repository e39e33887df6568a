"""One self-contained page of a suite's figures: for an auditor, who may run the command on it again."""

import hashlib
import platform
import shlex
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.published import published_figures

Row = Mapping[str, Any]
_HERE = Path(__file__).parent
_WIDTH, _HEIGHT = 460, 220
_LARGEST = 1 << 31
"""Bytes: a larger folder is named by its files' names and sizes alone."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A figure that must hold, and whether it does."""

    row: Row
    least: float | None
    most: float | None

    @property
    def holds(self) -> bool:
        """Whether the value lies within the bounds."""
        value = float(self.row["value"])
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def as_json(self) -> dict[str, Any]:
        """The figure with its bounds, for a report."""
        return {
            "row": {
                name: self.row.get(name)
                for name in ("dataset", "split", "system", "metric", "value", "low", "high", "n")
            },
            "least": self.least,
            "most": self.most,
            "holds": self.holds,
        }


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
            groups=dict(groups),
            gates=gates(report),
            curves=_curves(report["results"]),
            last=last,
        )
    )


def provenance(suite: str, data: Path, commit: str) -> Mapping[str, str]:
    """What was measured, on what, by which command."""
    return {
        "commit": commit,
        "data_sha256": folder_sha256(data),
        "command": f"ancrage eval {suite} --data {shlex.quote(data.name)}",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
    }


def folder_sha256(data: Path) -> str:
    """sha256 over names, sizes and contents of all files below the folder, in the order of their names."""
    digest = hashlib.sha256()
    files = sorted(file for file in data.rglob("*") if file.is_file())
    read = sum(file.stat().st_size for file in files) <= _LARGEST
    for file in files:
        digest.update(f"{file.relative_to(data)}\0{file.stat().st_size}\0".encode())
        if read:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def gates(report: Mapping[str, Any]) -> list[Gate]:
    """The suite's gates that the report has a figure for."""
    wanted = _data("gates.yaml").get(report["suite"], ())
    return [
        Gate(row, gate.get("least"), gate.get("most"))
        for gate in wanted
        for row in report["results"]
        if "x" not in row and all(row.get(name) == value for name, value in gate["of"].items())
    ]


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


def _curves(rows: Sequence[Row]) -> list[Mapping[str, Any]]:
    """Rows with an `x` are points of a curve: one figure a dataset and measure, one line a split and system."""
    figures: dict[tuple[str, str], dict[str, list[tuple[float, float]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows:
        if "x" in row:
            figures[row["dataset"], row["metric"]][f"{row['split']} {row['system']}"].append(
                (row["x"], row["value"])
            )
    return [
        {"dataset": dataset, "metric": metric, "lines": _lines(lines), "width": _WIDTH, "height": _HEIGHT}
        for (dataset, metric), lines in figures.items()
    ]


def _lines(lines: Mapping[str, Sequence[tuple[float, float]]]) -> list[Mapping[str, Any]]:
    points = [point for line in lines.values() for point in line]
    right, top = max(x for x, _ in points) or 1, max(1.0, *(y for _, y in points))
    return [
        {
            "name": name,
            "points": " ".join(
                f"{x / right * _WIDTH:.1f},{_HEIGHT - y / top * _HEIGHT:.1f}" for x, y in sorted(line)
            ),
            "table": sorted(line),
        }
        for name, line in lines.items()
    ]


@cache
def _data(name: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load((_HERE / name).read_text("utf-8"))
    return loaded


@cache
def environment() -> Environment:
    """The templates of the reports; what they are given is escaped."""
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"), undefined=StrictUndefined, autoescape=True
    )
