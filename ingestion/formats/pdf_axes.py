"""The figures along the upright axis of a chart on a slide: they stand beside its text and are none of it."""

import re
from collections.abc import Iterator, Sequence

from ingestion.layout import Segment

_TICK = re.compile(r"([-−–]?)\s?(\d{1,6}(?:[.,]\d{1,3})?)\s?%?\Z")
_FEWEST = 4
_PROSE = 5
"""Words of letters: a legend has fewer."""


def on_axes(page: Sequence[Segment]) -> set[int]:
    """Ids of the figures of an axis: four at least under each other, that fall by one step at even distances, most of them
    alone in their line and one beside prose, which it would be read with. Numbers of a list rise, and those of a table have
    something beside them; a chart that stands by itself is left as it is.
    """
    ticks = [(value, s) for s in page if (value := _value(s.text)) is not None]
    found: set[int] = set()
    for at_right in (True, False):
        columns: dict[int, list[tuple[float, Segment]]] = {}
        for value, segment in ticks:
            columns.setdefault(round((segment.x1 if at_right else segment.x0) / 3), []).append(
                (value, segment)
            )
        for column in columns.values():
            for run in _runs(sorted(column, key=lambda tick: tick[1].base)):
                beside = [_beside(s, page) for _, s in run]
                if 2 * sum(not others for others in beside) >= len(run) and any(map(_is_prose, beside)):
                    found.update(id(s) for _, s in run)
    return found


def _value(text: str) -> float | None:
    tick = _TICK.match(text)
    return None if tick is None else float(tick[2].replace(",", ".")) * (-1 if tick[1] else 1)


def _runs(column: Sequence[tuple[float, Segment]]) -> Iterator[list[tuple[float, Segment]]]:
    """The stretches in which both the values and the places step evenly, the values downwards."""
    run: list[tuple[float, Segment]] = []
    for tick in column:
        if len(run) > 1 and not _goes_on(run, tick):
            if len(run) >= _FEWEST:
                yield run
            run = run[-1:]
        run.append(tick)
    if len(run) >= _FEWEST:
        yield run


def _goes_on(run: Sequence[tuple[float, Segment]], tick: tuple[float, Segment]) -> bool:
    (first, one), (second, other) = run[-2:]
    step, gap = first - second, other.base - one.base
    even = abs((second - tick[0]) - step) < 0.001 * max(abs(step), 0.001)
    return step > 0 and even and abs((tick[1].base - other.base) - gap) < 0.06 * gap


def _beside(segment: Segment, page: Sequence[Segment]) -> list[Segment]:
    return [s for s in page if s is not segment and abs(s.base - segment.base) < 0.3 * segment.size]


def _is_prose(others: Sequence[Segment]) -> bool:
    return any(sum(word.text.isalpha() for word in s.words) >= _PROSE for s in others)
