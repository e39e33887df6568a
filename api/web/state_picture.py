"""The states of a piece as a picture: boxes in columns by how many steps they are from a draft, arrows between them.

Steps back to draft are many and would hide the others: they are a mark in the box.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Table = Mapping[str, frozenset[str]]
_WIDE, _HIGH, _GAP, _APART, _EDGE = 224, 46, 64, 22, 8
_BOW = 34
"""How far an arrow within a column stands out."""


@dataclass(frozen=True, slots=True)
class Box:
    """A state."""

    state: str
    x: int
    y: int
    back: bool
    """Whether a new revision brings the piece back to its first state from here."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes, and paths of arrows between them."""

    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    width: int
    height: int
    box_width: int = _WIDE
    box_height: int = _HIGH


def picture_of(table: Table, first: str) -> Picture:
    """The picture of a table of states."""
    columns = _columns(table, first)
    tallest = max(map(len, columns))
    height = 2 * _EDGE + tallest * _HIGH + (tallest - 1) * _APART
    boxes: dict[str, Box] = {}
    for at, column in enumerate(columns):
        top = (height - len(column) * _HIGH - (len(column) - 1) * _APART) // 2
        for row, state in enumerate(column):
            x, y = _EDGE + at * (_WIDE + _GAP), top + row * (_HIGH + _APART)
            boxes[state] = Box(state, x, y, first in table[state])
    width = 2 * _EDGE + len(columns) * _WIDE + (len(columns) - 1) * _GAP + _BOW
    arrows = tuple(
        _arrow(boxes[state], boxes[to])
        for state, following in table.items()
        for to in sorted(following)
        if to != first
    )
    return Picture(tuple(boxes.values()), arrows, width, height)


def _columns(table: Table, first: str) -> list[list[str]]:
    """By the number of steps from the first state, each in the order of the table."""
    found, placed = [[first]], {first}
    while True:
        reached = {to for state in found[-1] for to in table[state]} - placed
        if not reached:
            return found
        found.append([state for state in table if state in reached])
        placed |= reached


def _arrow(one: Box, other: Box) -> str:
    """From side to side; backwards a little lower, so that two ways between two boxes are two arrows."""
    middle, to = one.y + _HIGH // 2, other.y + _HIGH // 2
    right = one.x + _WIDE
    if other.x > one.x:
        return f"M{right} {middle - 6} L{other.x - 2} {to - 6}"
    if other.x < one.x:
        return f"M{one.x} {middle + 8} L{other.x + _WIDE + 2} {to + 8}"
    return f"M{right} {middle} C{right + _BOW} {middle} {right + _BOW} {to} {right + 2} {to}"
