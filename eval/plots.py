"""Curves of a report as figures that can be read without their table: axes, ticks, and a legend."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
WIDTH, HEIGHT = 560, 260
_STYLES = ("", "7 4", "2 3", "9 3 2 3", "1 5", "12 4")
_FEW, _APART = 6, 12
"""As many values of x are each a tick, as many points of a line each a mark."""
_GROUPED = 1_000
_WIDE = 50.0
"""From this ratio of the largest value to the smallest, an axis is drawn by the logarithm; shares never are."""


def curves(rows: Sequence[Row]) -> list[Mapping[str, Any]]:
    """Rows with an `x` are points of a curve: one figure a dataset and measure, one line a split and system."""
    figures: dict[tuple[str, str], dict[str, list[tuple[float, float]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows:
        if "x" in row:
            line = f"{row['split']} {row['system']}"
            figures[row["dataset"], row["metric"]][line].append((float(row["x"]), float(row["value"])))
    return [
        {"dataset": dataset, "metric": metric, "width": WIDTH, "height": HEIGHT, **_drawn(lines)}
        for (dataset, metric), lines in figures.items()
    ]


def _drawn(lines: Mapping[str, Sequence[tuple[float, float]]]) -> Mapping[str, Any]:
    points = [point for line in lines.values() for point in line]
    xs, top = sorted({x for x, _ in points}), _ceiling(max(y for _, y in points))
    wide = xs[0] > 0 and xs[-1] / xs[0] >= _WIDE

    def across(x: float) -> float:
        if wide:
            return WIDTH * math.log(x / xs[0]) / math.log(xs[-1] / xs[0])
        low = min(0.0, xs[0])
        return WIDTH * (x - low) / ((xs[-1] - low) or 1.0)

    bottom = min(y for _, y in points)
    tall = bottom > 0 and top > 1 and top / bottom >= _WIDE
    decades = _decades(bottom, top) if tall else []

    def down(y: float) -> float:
        if tall:
            return HEIGHT - HEIGHT * math.log(y / decades[0]) / math.log(decades[-1] / decades[0])
        return HEIGHT - HEIGHT * y / top

    marked = xs if wide or len(xs) <= _FEW else _steps(xs[-1])
    return {
        "logarithmic": " and ".join(name for name, so in (("x", wide), ("y", tall)) if so),
        "x_ticks": [(round(across(x), 1), _number(x)) for x in marked],
        "y_ticks": [(round(down(y), 1), _number(y)) for y in decades or _steps(top)],
        "lines": [
            {
                "name": name,
                "number": number,
                "dashes": _STYLES[number % len(_STYLES)],
                "points": " ".join(f"{across(x):.1f},{down(y):.1f}" for x, y in sorted(line)),
                "marks": [(round(across(x), 1), round(down(y), 1)) for x, y in sorted(line)]
                if len(line) <= _APART
                else [],
                "table": sorted(line),
            }
            for number, (name, line) in enumerate(lines.items())
        ],
    }


def _ceiling(value: float) -> float:
    """The next round number at or above it; 1 for shares."""
    if value <= 1:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(value))
    return next(unit * step for step in (1, 2, 2.5, 5, 10) if unit * step >= value)


def _steps(top: float) -> list[float]:
    return [top * part / 5 for part in range(6)]


def _decades(bottom: float, top: float) -> list[float]:
    """Powers of ten, from at or below the smallest value to at or above the largest."""
    return [10.0**power for power in range(math.floor(math.log10(bottom)), math.ceil(math.log10(top)) + 1)]


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u202f") if value >= _GROUPED else f"{value:g}"
