"""Figures that must hold. A gate that found no figure does not hold: a suite that measured nothing has shown nothing."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Row = Mapping[str, Any]
_SHOWN = ("dataset", "split", "system", "metric", "value", "low", "high", "n")


@dataclass(frozen=True, slots=True)
class Gate:
    """A figure that must hold, and whether it does."""

    row: Row
    """With `value` None where nothing was measured."""
    least: float | None
    most: float | None

    @property
    def measured(self) -> bool:
        """Whether the report has the figure."""
        return self.row.get("value") is not None

    @property
    def holds(self) -> bool:
        """Whether the figure is there and lies within the bounds."""
        if not self.measured:
            return False
        value = float(self.row["value"])
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def as_json(self) -> dict[str, Any]:
        """The figure with its bounds, for a report."""
        return {
            "row": {name: self.row.get(name) for name in _SHOWN},
            "least": self.least,
            "most": self.most,
            "measured": self.measured,
            "holds": self.holds,
        }


def gates(report: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> list[Gate]:
    """The suite's gates, each with the figures that it is about, or with none.

    A gate with `where` is asked only where that variable of the environment is set, one with `unless` only where it is
    not: of two databases, the one that is named is measured.
    """
    found: list[Gate] = []
    for gate in _bounds().get(report["suite"], ()):
        if gate.get("where") and not environment.get(gate["where"]):
            continue
        if gate.get("unless") and environment.get(gate["unless"]):
            continue
        about = [
            row
            for row in report["results"]
            if "x" not in row and all(row.get(name) == value for name, value in gate["of"].items())
        ]
        found += [
            Gate(row, gate.get("least"), gate.get("most"))
            for row in about or [dict.fromkeys(_SHOWN) | gate["of"]]
        ]
    return found


@cache
def _bounds() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "gates.yaml").read_text("utf-8"))
    return loaded
