"""A bar chart as inline SVG: it needs no script, prints, and stands beside the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

_ROW, _BAR, _WIDTH = 42, 14, 400
_VALUE = 60
"""Room for the number behind the longest bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, laid out."""

    label: str
    value: str
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws."""

    bars: Sequence[Bar]
    height: int
    width: int = _WIDTH
    bar_height: int = _BAR


def chart(values: Sequence[tuple[str, float | None, str]], most: int = 12) -> Chart | None:
    """Bars of (label, value, the value as text), in the given order, at most `most`; None where there is nothing to draw."""
    known = [(label, value, text) for label, value, text in values if value is not None][:most]
    top = max((value for _, value, _ in known), default=0)
    if not known or top <= 0:
        return None
    room = _WIDTH - _VALUE
    bars = [
        Bar(label, text, at * _ROW, round(room * value / top, 1))
        for at, (label, value, text) in enumerate(known)
    ]
    return Chart(bars, len(known) * _ROW)
