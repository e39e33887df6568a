"""Shapes of a slide and where they stand, in points from the top left."""

import math
import re
from dataclasses import dataclass, field, replace
from typing import Any

from ingestion.formats.office import A, P, attribute
from ingestion.tables import WrittenTable

EMU = 12_700
"""English metric units per point."""
_BAND = 18.0
"""Points: shapes whose tops are nearer than this stand side by side."""
_TOUCH = 4.0
"""Points: shapes that stand on each other may overlap by as much."""
_FIGURE = re.compile(r"[<>≤≥±~+−-]?\s?\d[\d\s.,]{0,8}\s?[^\W\d_]{0,8}[%‰]?\*?")
_LARGE = 1.3
"""Times the type of its words: a figure that stands out."""
_UNDER = 54.0
"""Points: a list stands nearer than this under its head."""
FOOTERS = {"ftr", "dt", "sldNum", "hdr"}
"""Roles of what comes back on each slide."""
_LINE = 1.4
"""The height of a line in sizes of its type, with the space between paragraphs."""
_CHARACTER = 9.0
"""Points: the width of a character in type of 18 points."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""
Map = tuple[float, float, float, float]
"""From a group's own units to points: scale x, scale y, shift x, shift y."""
SLIDE: Map = (1 / EMU, 1 / EMU, 0.0, 0.0)


@dataclass(slots=True)
class Shape:
    """A shape with its place and its paragraphs; a group holds shapes."""

    box: Box
    role: str | None
    paragraphs: list[tuple[str, bool]] = field(default_factory=list)
    """Text, and whether it is a list item."""
    table: WrittenTable | None = None
    caption: str = ""
    children: list["Shape"] = field(default_factory=list)
    alt: str = ""
    """What stands for a picture where it cannot be seen."""
    sizes: list[float] = field(default_factory=list)
    """About the size of each paragraph's type in points, where it is known."""
    anchor: str = "t"
    is_head: bool = False
    """It stands over a list of its own, beside others."""
    counts: "Shape | None" = None
    """It is a figure, and this says what it counts."""
    in_order: bool = False
    """The children are in reading order already."""


def shares(shape: Shape) -> list[Box]:
    """About where each paragraph stands: by the size of its type where they all fit, else the shape's height shared out."""
    left, top, right, bottom = shape.box
    sizes = shape.sizes or [2 * _CHARACTER] * len(shape.paragraphs)
    heights = [
        sum(max(1, round(len(line) * size * 0.55 / max(right - left, 1.0) + 0.49)) for line in text.split("\n"))
        * size * _LINE
        for (text, _), size in zip(shape.paragraphs, sizes, strict=True)
    ]  # fmt: skip
    room, needed = bottom - top, sum(heights)
    if shape.sizes and needed <= room:
        top += {"ctr": (room - needed) / 2, "b": room - needed}.get(shape.anchor, 0.0)
        scale = 1.0
    else:
        scale = room / max(needed, 1.0)
    boxes: list[Box] = []
    for height in heights:
        boxes.append((left, top, right, top + height * scale))
        top += height * scale
    return boxes


def in_visual_order(shapes: list[Shape]) -> list[Shape]:
    """From top to bottom, and from left to right where shapes stand side by side; what is stacked there stays together.

    A head over a list is one of its section, unless more follows, which it is no head of.
    """
    bands: list[list[list[Shape]]] = []
    for stack in sorted(_stacks(shapes), key=lambda s: (s[0].box[1], s[0].box[0])):
        if bands and stack[0].box[1] - bands[-1][0][0].box[1] < _BAND:
            bands[-1].append(stack)
        else:
            bands.append([stack])
    ordered = [s for band in bands for stack in sorted(band, key=lambda s: s[0].box[0]) for s in stack]
    headed = [at for at, shape in enumerate(ordered) if shape.is_head]
    if headed and any(shape.role not in FOOTERS for shape in ordered[headed[-1] + 2 :]):
        for at in headed:
            ordered[at].is_head = False
    return ordered


def _stacks(shapes: list[Shape]) -> list[list[Shape]]:
    """Each shape, or a figure with what it counts under it, or a head with its list, beside others of their kind."""
    stacks: list[list[Shape]] = []
    texts = [shape for shape in shapes if shape.paragraphs]
    beside = {id(shape): _gap_beside(shape, texts) for shape in texts}
    for shape in sorted(shapes, key=lambda s: (s.box[1], s.box[0])):
        room = beside.get(id(shape))
        for stack in stacks if room is not None else ():
            above = beside.get(id(stack[-1]))
            gap = shape.box[1] - stack[-1].box[3]
            counts = (
                len(stack) == 1
                and stack[0].counts is None
                and _is_among_figures(stack[0], texts)
                and not is_figure(shape)
            )
            names = len(stack) == 1 and stack[0].counts is None and _names(stack[0], shape, texts)
            near = above is not None and -_TOUCH < gap < min(above, room or 0) / 2
            heads = (
                len(stack) == 1 and -_TOUCH < gap < _UNDER and _are_heads_and_lists(stack[0], shape, texts)
            )
            if (((counts or names) and near) or heads) and _aligned(stack[-1], shape):
                stack[0].is_head = heads
                if (counts or names) and not heads and is_short(shape):
                    stack[0].counts = shape
                else:
                    stack.append(shape)
                break
        else:
            stacks.append([shape])
    return stacks


def _are_heads_and_lists(above: Shape, below: Shape, texts: list[Shape]) -> bool:
    """Whether one of several heads side by side stands over one of as many texts, lists among them."""
    heads, lists = (
        [other for other in texts if abs(other.box[1] - shape.box[1]) < _BAND] for shape in (above, below)
    )
    single = all(len(shape.paragraphs) == 1 for shape in heads)
    return single and len(heads) == len(lists) > 1 and any(len(shape.paragraphs) > 1 for shape in lists)


def _names(above: Shape, below: Shape, texts: list[Shape]) -> bool:
    """Whether one of several names side by side stands over one of as many figures, under which nothing follows."""
    names, figures = (
        [other for other in texts if abs(other.box[1] - shape.box[1]) < _BAND] for shape in (above, below)
    )
    follows = any(
        -_TOUCH < other.box[1] - below.box[3] < _UNDER and _aligned(below, other)
        for other in texts
        if other is not below
    )
    short = all(is_short(shape) for shape in (*names, *figures))
    return (
        short
        and not follows
        and len(names) == len(figures) > 1
        and all(map(is_figure, figures))
        and not any(map(is_figure, names))
    )


def _is_among_figures(shape: Shape, texts: list[Shape]) -> bool:
    """Whether it is a figure and all that stands beside it are: of a grid of names and values it is read by row."""
    beside = [other for other in texts if abs(other.box[1] - shape.box[1]) < _BAND]
    return all(map(is_figure, beside))


def is_figure(shape: Shape) -> bool:
    """Whether a number with its unit is all that it says: "−12.4 %", "1 207"."""
    return _FIGURE.fullmatch(" ".join(text for text, _ in shape.paragraphs).strip()) is not None


def opens_with_a_figure(shape: Shape) -> bool:
    """Whether its first of two paragraphs is a figure in larger type, and the second says what that counts."""
    if len(shape.paragraphs) != 2 or len(shape.sizes) != 2 or shape.sizes[0] < _LARGE * shape.sizes[1]:  # noqa: PLR2004  a pair
        return False
    first, second = (text.strip() for text, _ in shape.paragraphs)
    return bool(_FIGURE.fullmatch(first)) and not _FIGURE.fullmatch(second)


def is_short(shape: Shape) -> bool:
    """Whether it is one paragraph of words."""
    return len(shape.paragraphs) == 1 and shape.table is None and "\t" not in shape.paragraphs[0][0]


def pair_in(group: Shape) -> list[Shape] | None:
    """A figure and its words where a group holds these two texts and no other, in visual order."""
    if group.in_order or any(child.children or child.table for child in group.children):
        return None
    texts = in_visual_order([child for child in group.children if child.paragraphs])
    both = len(texts) == 2 and all(map(is_short, texts))  # noqa: PLR2004  a pair
    return texts if both and sum(map(is_figure, texts)) == 1 else None


def stands_beside(shape: Shape, other: Shape) -> bool:
    """Whether the other one begins at the same height, at the side."""
    apart = other.box[0] >= shape.box[2] or other.box[2] <= shape.box[0]
    return other is not shape and apart and abs(other.box[1] - shape.box[1]) < _BAND


def _gap_beside(shape: Shape, others: list[Shape]) -> float | None:
    """How far it is to the nearest shape at the side, or None where there is none."""
    left, top, right, _ = shape.box
    gaps = [
        max(other.box[0] - right, left - other.box[2])
        for other in others
        if other is not shape and abs(other.box[1] - top) < _BAND
    ]
    return min((gap for gap in gaps if gap > 0), default=None)


def _aligned(above: Shape, below: Shape) -> bool:
    """Whether one stands in the column of the other: between the same edges, nearly."""
    widths = [s.box[2] - s.box[0] for s in (above, below)]
    reach = 0.15 * max(widths)
    return all(abs(above.box[side] - below.box[side]) < reach for side in (0, 2))


def on_slide(shape: Shape, width: float, height: float) -> Shape | None:
    """The shape as far as it is on the slide, however it is turned: what an author keeps beside it is shown to nobody."""
    if shape.children:
        kept = [c for child in shape.children if (c := on_slide(child, width, height)) is not None]
        return replace(shape, children=kept) if kept else None
    left, top, right, bottom = shape.box
    reach, x, y = math.hypot(right - left, bottom - top) / 2, (left + right) / 2, (top + bottom) / 2
    return shape if -reach < x < width + reach and -reach < y < height + reach else None


def texts_in(shape: Shape) -> int:
    """How many texts and tables a shape holds."""
    return bool(shape.paragraphs or shape.table) + sum(map(texts_in, shape.children))


def box_of(transform: Any, place: Map) -> Box | None:
    """The box of an `a:xfrm`, or None where there is none or it is not whole."""
    if transform is None:
        return None
    offset, extent = transform.find(f"{A}off"), transform.find(f"{A}ext")
    if offset is None or extent is None:
        return None
    x, y = attribute(offset.get("x")), attribute(offset.get("y"))
    width, height = attribute(extent.get("cx")), attribute(extent.get("cy"))
    scale_x, scale_y, shift_x, shift_y = place
    left, top = x * scale_x + shift_x, y * scale_y + shift_y
    return left, top, left + max(width * scale_x, 0.1), top + max(height * scale_y, 0.1)


def inside(group: Any, place: Map) -> Map:
    """The map for the children of a group."""
    transform = group.find(f"{P}grpSpPr/{A}xfrm")
    parts = (
        [transform.find(f"{A}{name}") for name in ("off", "ext", "chOff", "chExt")]
        if transform is not None
        else []
    )
    if len(parts) != 4 or any(part is None for part in parts):  # noqa: PLR2004  the four names above
        return place
    offset, extent, child_offset, child_extent = parts
    scale_x = attribute(extent.get("cx")) / (attribute(child_extent.get("cx")) or 1.0)
    scale_y = attribute(extent.get("cy")) / (attribute(child_extent.get("cy")) or 1.0)
    shift_x = attribute(offset.get("x")) - attribute(child_offset.get("x")) * scale_x
    shift_y = attribute(offset.get("y")) - attribute(child_offset.get("y")) * scale_y
    outer_x, outer_y, outer_shift_x, outer_shift_y = place
    return (
        scale_x * outer_x,
        scale_y * outer_y,
        shift_x * outer_x + outer_shift_x,
        shift_y * outer_y + outer_shift_y,
    )


def around(shapes: list[Shape]) -> Box:
    """The box around all shapes."""
    if not shapes:
        return 0.0, 0.0, 0.1, 0.1
    return (
        min(s.box[0] for s in shapes),
        min(s.box[1] for s in shapes),
        max(s.box[2] for s in shapes),
        max(s.box[3] for s in shapes),
    )
