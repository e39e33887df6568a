"""The title that a PDF prints on its first page: of a label, the medicine's name as its section 1 tells it."""

from collections import Counter
from collections.abc import Sequence

from ingestion.assembly import Block, PageDraft
from ingestion.formats.label_name import NUMBERED, medicine_named

_TITLE_WORDS = 4
"""A shorter line in large type is the masthead of a journal."""
_LARGE_TYPE = 20
"""Levels below it are of headings in larger type than the body."""
_LARGER = 1.25
"""Times as high as the prose."""
_LONGEST = 300
_PAGES_OF_A_NAME = 3
"""A label's first page may say “Annex I” and no more."""


def printed_title(drafts: Sequence[PageDraft]) -> str | None:
    """A label's name of the medicine; elsewhere the highest heading of the first page, with the lines that go on with it, if it is in larger type than the body,
    else what is set largest there.

    Every label is headed “Summary of product characteristics”, which tells none from another.
    """
    begin = [block for draft in drafts[:_PAGES_OF_A_NAME] for block in draft.blocks]
    headings = [block for draft in drafts[:1] for block in draft.blocks if block.kind == "heading"]
    return medicine_named(begin) or _highest(headings) or (_set_large(drafts[0]) if drafts else None)


def _set_large(page: PageDraft) -> str | None:
    """The longest text of the page's upper half that is set well above its prose: a title of four lines is taken for no heading.

    A journal's name may be set larger, and says less.
    """
    prose = [
        block for block in page.blocks if block.layer == "body" and block.kind == "sentence" and block.boxes
    ]
    usual = _usual_height(prose)
    large = [
        " ".join(block.text.split())
        for block in prose
        if _height(block) >= _LARGER * usual
        and block.boxes[0][2].y0 < page.height / 2
        and not NUMBERED.match(block.text)
    ]
    titles = [text for text in large if len(text.split()) >= _TITLE_WORDS and len(text) <= _LONGEST]
    return max(titles, key=len, default=None)


def _usual_height(blocks: Sequence[Block]) -> float:
    """Of the type in which most of the text is set."""
    counted: Counter[float] = Counter()
    for block in blocks:
        counted[round(_height(block))] += len(block.text)
    return max(counted, key=lambda height: counted[height], default=0.0)


def _height(block: Block) -> float:
    """Of its first word."""
    box = block.boxes[0][2]
    return box.y1 - box.y0


def _highest(headings: Sequence[Block]) -> str | None:
    worded = [
        block
        for block in headings
        if len(block.text.split()) >= _TITLE_WORDS and not NUMBERED.match(block.text)
    ]
    highest = min((block.level for block in worded if 1 < block.level < _LARGE_TYPE), default=None)
    longest = max(
        (block for block in worded if block.level == highest),
        key=lambda block: len(block.text),
        default=None,
    )
    if longest is None:
        return None
    lines = [longest.text]
    for block in headings[headings.index(longest) + 1 :]:
        if block.level != highest or NUMBERED.match(block.text):
            break
        lines.append(block.text)
    return " ".join(lines).replace("\n", " ")[:_LONGEST]
