"""From the shapes of a slide to its blocks: tables, also those aligned by tabs, list items, sentences, furniture."""

import re
from collections.abc import Iterator

from ingestion.assembly import Block, table_block
from ingestion.formats.pptx_shapes import (
    FOOTERS,
    Box,
    Shape,
    in_visual_order,
    opens_with_a_figure,
    pair_in,
    shares,
)
from ingestion.formats.tabbed import tables_among, without_tabs
from ingestion.model import Layer, Rectangle, SentenceKind
from ingestion.references import is_reference

_HEAD = 60
SENTENCE = re.compile(r"[.!?…][\"'”’»)\]⁰¹²³⁴-⁹]*\s*\Z")
"""How a sentence ends."""


def alternatives(shape: Shape) -> Iterator[Block]:
    """What stands for the pictures of a shape, which is not on the slide as it is shown."""
    if shape.alt:
        yield block_at(shape.alt, shape.box, "alt", "sentence")
    for child in shape.children:
        yield from alternatives(child)


def blocks_of(shape: Shape) -> Iterator[Block]:
    """The words of a shape, and of those it holds, as they stand."""
    pair = pair_in(shape) if shape.children else [shape, shape.counts] if shape.counts else None
    if pair is not None:
        yield _together(*pair)
        return
    if shape.children:
        for child in shape.children if shape.in_order else in_visual_order(shape.children):
            yield from blocks_of(child)
        return
    layer: Layer = "furniture" if shape.role in FOOTERS else "body"
    if shape.caption:
        yield block_at(shape.caption, shape.box, "caption", "sentence")
    if shape.table is not None:
        block = table_block(shape.table)
        block.boxes = block.boxes or block_at(block.text, shape.box, "table", "row").boxes
        yield block
    if shape.is_head:
        head = block_at(without_tabs(shape.paragraphs[0][0]), shape.box, "heading", "heading")
        head.level = _HEAD
        yield head
        return
    places = shares(shape)
    if layer == "body" and opens_with_a_figure(shape):
        parts = zip(shape.paragraphs, places, strict=True)
        yield _together(*(Shape(place, None, [paragraph]) for paragraph, place in parts))
        return
    texts = [text if layer == "body" else without_tabs(text) for text, _ in shape.paragraphs]
    for lines, written in tables_among(texts):
        left, top, right, _ = places[lines.start]
        if written is not None:
            block = table_block(written)
            box = left, top, right, places[lines.stop - 1][3]
            block.boxes = block_at(block.text, box, "table", "row").boxes
            yield block
            continue
        text, item = without_tabs(texts[lines.start]), shape.paragraphs[lines.start][1]
        kind: SentenceKind = "bullet" if item or not SENTENCE.search(text) else "sentence"
        is_source = layer == "body" and is_reference(text)
        yield block_at(text, places[lines.start], "references" if is_source else layer, kind)


def _together(first: Shape, second: Shape) -> Block:
    """A figure and what it counts, each in its own box."""
    block, below = (block_at(s.paragraphs[0][0], s.box, "body", "bullet") for s in (first, second))
    start = len(block.text) + 1
    block.boxes.extend((start + a, start + b, rectangle) for a, b, rectangle in below.boxes)
    block.text = f"{block.text}\n{below.text}"
    return block


def rectangle_of(box: Box) -> Rectangle:
    """The box to a tenth of a point."""
    return Rectangle(*(round(value, 1) for value in box))


def block_at(text: str, box: Box, layer: Layer, kind: SentenceKind) -> Block:
    """A block whose lines all stand in one box."""
    rectangle = rectangle_of(box)
    boxes = [(match.start(), match.end(), rectangle) for match in re.finditer(r"[^\n]*\S", text)]
    return Block(text, layer, kind, boxes)
