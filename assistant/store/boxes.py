"""Word boxes as bytes: 24 a box before compression, so that 500 pages stay small."""

import struct
import zlib
from collections.abc import Sequence

from ingestion.model import Box, Rectangle

_ROW = struct.Struct("<IIffff")  # start, end, x0, y0, x1, y1


def pack_boxes(boxes: Sequence[Box]) -> bytes:
    """Pack boxes; coordinates keep single precision (a hundredth of a point on any page)."""
    rows = b"".join(
        _ROW.pack(b.start, b.end, b.rectangle.x0, b.rectangle.y0, b.rectangle.x1, b.rectangle.y1)
        for b in boxes
    )
    return zlib.compress(rows, level=3)


def unpack_boxes(packed: bytes) -> tuple[Box, ...]:
    """The boxes again, coordinates rounded to a hundredth of a point."""
    return tuple(
        Box(start, end, Rectangle(*(round(value, 2) for value in rectangle)))
        for start, end, *rectangle in _ROW.iter_unpack(zlib.decompress(packed))
    )
