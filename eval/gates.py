"""Figures that must hold. A gate that found no figure does not hold: a suite that measured nothing has shown nothing."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Row = Mapping[str, Any]
_ROUNDED = 0.0006
"""Figures are listed with three places."""
_SHOWN = ("dataset", "split", "system", "metric", "value", "low", "high", "n")


@dataclass(frozen=True, slots=True)
class Gate:
    """A figure that must hold, and whether it does."""

    row: Row
    """With `value` None where nothing was measured."""
    least: float | None
    most: float | None
    known: float | None = None
    """The figure with which it is known not to hold."""

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

    @property
    def as_known(self) -> bool:
        """Whether it holds, or fails as it is known to and no worse: one that begins to hold comes off the list."""
        if self.known is None or not self.measured or self.holds:
            return self.holds and self.known is None
        worse = (
            self.known - float(self.row["value"])
            if self.most is None
            else float(self.row["value"]) - self.known
        )
        return worse <= _ROUNDED

    @property
    def bound(self) -> str:
        """The bound, in signs."""
        return f">= {self.least}" if self.least is not None else f"<= {self.most}"

    @property
    def outcome(self) -> str:
        """Whether it holds, in words."""
        if not self.measured:
            return "not measured"
        if self.known is None:
            return "holds" if self.holds else "does not hold"
        if self.holds:
            return f"holds, though listed as failing with {self.known}: take it off the list"
        return f"does not hold, {'as known' if self.as_known else 'and is worse than known'} ({self.known})"

    def as_json(self) -> dict[str, Any]:
        """The figure with its bounds, for a report."""
        return {
            "row": {name: self.row.get(name) for name in _SHOWN},
            "least": self.least,
            "most": self.most,
            "known": self.known,
            "measured": self.measured,
            "holds": self.holds,
            "outcome": self.outcome,
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
            Gate(row, gate.get("least"), gate.get("most"), gate.get("known"))
            for row in about or [dict.fromkeys(_SHOWN) | gate["of"]]
        ]
    return found


def with_bounds() -> tuple[str, ...]:
    """The suites that have bounds."""
    return tuple(_bounds())


@cache
def _bounds() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "gates.yaml").read_text("utf-8"))
    return loaded
