"""Figure 1 of the paper: the event curves, drawn with vector lines and live text."""

import math
from typing import Any, Literal

from reportlab.graphics.shapes import Drawing, Line, PolyLine, String
from reportlab.lib.colors import Color, HexColor

from eval.sample.pdf import SANS

Anchor = Literal["start", "middle", "end"]

_ARM_COLOURS = (HexColor("#0b5c8a"), HexColor("#b0532a"))
_YEARLY_RATES = (0.118, 0.153)
"""Events per patient-year with cardorelone and with placebo: the rates that the paper's text gives."""
_LAST_MONTH = 33
_HIGHEST_PERCENT = 40
_AT_RISK = {
    0: (1207, 1205),
    6: (1138, 1112),
    12: (1074, 1028),
    18: (983, 920),
    24: (591, 546),
    30: (232, 211),
}
_LEFT, _BOTTOM, _HEIGHT, _SIZE = 30.0, 62.0, 217.0, 6.5


def event_curves(words: dict[str, Any], language: str, width: float) -> Drawing:
    """Return the figure, `width` points wide, with the axis titles and arm names of `words`."""
    drawing = Drawing(width, _HEIGHT)
    plot_width, plot_height = width - _LEFT - 8, _HEIGHT - _BOTTOM - 20

    def x(month: float) -> float:
        return _LEFT + plot_width * month / _LAST_MONTH

    def y(percent: float) -> float:
        return _BOTTOM + plot_height * percent / _HIGHEST_PERCENT

    drawing.add(Line(x(0), y(0), x(_LAST_MONTH), y(0), strokeWidth=0.6))
    drawing.add(Line(x(0), y(0), x(0), y(_HIGHEST_PERCENT), strokeWidth=0.6))
    for percent in range(0, _HIGHEST_PERCENT + 1, 10):
        drawing.add(Line(x(0) - 3, y(percent), x(0), y(percent), strokeWidth=0.6))
        drawing.add(_text(x(0) - 5, y(percent) - 2, str(percent), anchor="end"))
    drawing.add(_text(2, _HEIGHT - 6, words["y_axis"]))
    drawing.add(_text(x(_LAST_MONTH / 2), _BOTTOM - 21, words["x_axis"], anchor="middle"))
    drawing.add(_text(2, _BOTTOM - 34, words["at_risk"]))
    for arm, (name, colour, rate) in enumerate(zip(words["arms"], _ARM_COLOURS, _YEARLY_RATES, strict=True)):
        points = [coordinate for month, percent in _steps(rate) for coordinate in (x(month), y(percent))]
        drawing.add(PolyLine(points, strokeColor=colour, strokeWidth=1.1))
        label = y(_incidence(rate, 26)) + (9 if arm else -13)
        drawing.add(_text(x(26), label, name, anchor="end" if arm else "start", colour=colour))
        for month, patients in _AT_RISK.items():
            count = _grouped(patients[arm], language)
            drawing.add(_text(x(month), _BOTTOM - 45 - 10 * arm, count, anchor="middle", colour=colour))
    for month in _AT_RISK:
        drawing.add(Line(x(month), y(0) - 3, x(month), y(0), strokeWidth=0.6))
        drawing.add(_text(x(month), y(0) - 10, str(month), anchor="middle"))
    return drawing


def _incidence(rate: float, month: float) -> float:
    """Return the percentage with an event by `month` under a constant `rate` a year: 100 (1 - exp(-rt))."""
    return 100 * (1 - math.exp(-rate * month / 12))


def _steps(rate: float) -> list[tuple[float, float]]:
    """Return the corners of the staircase: one step every third of a month."""
    corners = [(0.0, 0.0)]
    for third in range(1, 3 * _LAST_MONTH + 1):
        month = third / 3
        corners += [(month, corners[-1][1]), (month, _incidence(rate, month))]
    return corners


def _grouped(number: int, language: str) -> str:
    return f"{number:,}".replace(",", "\u00a0") if language == "fr" else f"{number:,}"


def _text(x: float, y: float, words: str, *, anchor: Anchor = "start", colour: Color | None = None) -> String:
    fill = colour or HexColor("#000000")
    return String(x, y, words, fontName=SANS, fontSize=_SIZE, textAnchor=anchor, fillColor=fill)
