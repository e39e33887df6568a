"""The heads of a ruled table: what stands over several columns has a rule under itself and these columns alone."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingestion.layout import PlacedWord, Row

Rule = tuple[float, float, float]
"""A horizontal line: left end, right end, height; or a vertical one: upper end, lower end, place."""


@dataclass(slots=True)
class Placed:
    """A cell: its words in reading order."""

    row: int
    column: int
    words: list[PlacedWord]
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Heads:
    """Two levels of heads, the upper one first."""

    levels: list[list[Placed]] = field(default_factory=list)
    sure: bool = True


def two_levels(
    rows: Sequence[Row],
    lines: Sequence[list[Placed]],
    edges: Sequence[float],
    rules: Sequence[Rule],
    bars: Sequence[Rule],
) -> Heads | None:
    """The heads in these visual rows, or None where no rule stands under some of the columns only.

    `edges` part the columns. A column without such a rule has one head over both levels.
    """
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    places = [left - 2, *edges, right + 2]
    columns = list(pairwise(places))
    height, covered = _partial(rows, columns, rules)
    if not covered:
        return None
    upper = [cell for row, line in zip(rows, lines, strict=True) if row.base < height for cell in line]
    heads = Heads([[], []])
    spanned: set[int] = set()
    for run in _runs(covered, places, height, rows[0].base - 0.3 * rows[0].size, rules, bars):
        over = [
            c
            for c in upper
            if c.column <= run[-1] and c.column + c.column_span > run[0] and c.column in covered
        ]
        if not over:
            continue
        heads.sure = heads.sure and len({c.column for c in over}) == 1
        words = [word for cell in over for word in cell.words]
        heads.levels[0].append(Placed(0, run[0], words, 1, len(run)))
        spanned.update(id(word) for word in words)
    own: dict[int, list[PlacedWord]] = {}
    for row in rows:
        for word in row.words:
            if id(word) not in spanned:
                own.setdefault(sum(1 for edge in edges if (word.x0 + word.x1) / 2 > edge), []).append(word)
    for column, words in own.items():
        if column in covered:
            heads.levels[1].append(Placed(1, column, words))
        else:
            heads.levels[0].append(Placed(0, column, words, 2))
    for level in heads.levels:
        level.sort(key=lambda cell: cell.column)
    return heads if heads.levels[1] and spanned else None


def _partial(
    rows: Sequence[Row], columns: Sequence[tuple[float, float]], rules: Sequence[Rule]
) -> tuple[float, list[int]]:
    """The first height at which rules stand under some columns and not under others, and which."""
    top, bottom = rows[0].base + 0.5, rows[-1].base - 0.4 * rows[-1].size
    for height in sorted({y for _, _, y in rules if top <= y <= bottom}):
        level = [(x0, x1) for x0, x1, y in rules if height <= y < height + 2.5]
        covered = [at for at, column in enumerate(columns) if _covers(level, column)]
        if covered and len(covered) < len(columns):
            return height, covered
    return 0.0, []


def _covers(level: Sequence[tuple[float, float]], column: tuple[float, float]) -> bool:
    inset = 0.25 * (column[1] - column[0])
    x0, x1 = column[0] + inset, column[1] - inset
    return sum(max(0.0, min(b, x1) - max(a, x0)) for a, b in level) > 0.6 * (x1 - x0)


def _runs(
    covered: Sequence[int],
    places: Sequence[float],
    height: float,
    above: float,
    rules: Sequence[Rule],
    bars: Sequence[Rule],
) -> list[list[int]]:
    """Neighbouring covered columns under one rule, without a vertical line between them above it."""
    level = sorted((x0, x1) for x0, x1, y in rules if height <= y < height + 2.5)
    runs: list[list[int]] = []
    for column in covered:
        edge = places[column]
        parted = any(abs(x - edge) < 6 and y0 <= above <= y1 for y0, y1, x in bars)
        whole = any(x0 < edge - 4 and x1 > edge + 4 for x0, x1 in _joined(level))
        if runs and runs[-1][-1] == column - 1 and whole and not parted:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def _joined(level: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for x0, x1 in level:
        if joined and x0 <= joined[-1][1] + 2:
            joined[-1] = joined[-1][0], max(joined[-1][1], x1)
        else:
            joined.append((x0, x1))
    return joined
