"""What every format's reading is held to before it is put together: its size, its characters, its boxes.

A database refuses zeros and halves of surrogate pairs, and a rectangle outside its page cannot be shown. Whatever a
hostile or damaged file made a parser say, it is put right or refused here, in one place.
"""

import math
import re

from ingestion.assembly import Block, Content, PageDraft
from ingestion.errors import FileTooLarge
from ingestion.model import Rectangle

MAX_CHARACTERS = 12_000_000
"""A label of 400 pages has about a million."""
MAX_BLOCKS = 300_000
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_POINT = 1.0


def require_bounded(content: Content, name: str) -> None:
    """Raise FileTooLarge where there is more text than any approved document has."""
    characters = sum(len(block.text) for draft in content.drafts for block in draft.blocks)
    blocks = sum(len(draft.blocks) for draft in content.drafts)
    if characters > MAX_CHARACTERS or blocks > MAX_BLOCKS:
        raise FileTooLarge(
            f"{name} holds {characters} characters in {blocks} paragraphs, more than an approved document has.",
            help="Check that it is the right file; add the part that was approved.",
            file=name,
        )


def put_right(content: Content) -> None:
    """Replace what cannot be stored by U+FFFD, one for one, so that offsets stand; and keep boxes on their pages."""
    content.title = None if content.title is None else storable(content.title)
    content.metadata = {storable(key): storable(value) for key, value in content.metadata.items()}
    content.warnings = [storable(warning) for warning in content.warnings]
    for draft in content.drafts:
        draft.title = None if draft.title is None else storable(draft.title)
        draft.section = tuple(storable(heading) for heading in draft.section)
        draft.width, draft.height = _size(draft.width), _size(draft.height)
        for block in draft.blocks:
            block.text = storable(block.text)
            _keep_on_page(block, draft)


def storable(text: str) -> str:
    """The text without zeros and lone surrogates, as long as before."""
    return _UNSTORABLE.sub("\ufffd", text)


def _size(points: float) -> float:
    return points if math.isfinite(points) and points > 0 else 0.0


def _keep_on_page(block: Block, draft: PageDraft) -> None:
    """Cut each box at the page's edge; what stands wholly outside has no box."""
    boxes = []
    for start, end, box in block.boxes:
        clipped = on_page(box, draft.width, draft.height)
        if clipped is not None and 0 <= start < end <= len(block.text):
            boxes.append((start, end, clipped))
    block.boxes = boxes


def on_page(box: Rectangle, width: float, height: float) -> Rectangle | None:
    """The part of a box that is on the page, at least a point wide and high; None where there is none."""
    if not all(map(math.isfinite, (box.x0, box.y0, box.x1, box.y1))):
        return None
    if 0 <= box.x0 < box.x1 <= width and 0 <= box.y0 < box.y1 <= height:
        return box
    x0, y0 = max(0.0, min(box.x0, width - _POINT)), max(0.0, min(box.y0, height - _POINT))
    x1, y1 = min(max(box.x1, x0 + _POINT), width), min(max(box.y1, y0 + _POINT), height)
    beyond = box.x1 < 0 or box.y1 < 0 or box.x0 > width or box.y0 > height
    return None if beyond or x0 >= x1 or y0 >= y1 else Rectangle(x0, y0, x1, y1)
