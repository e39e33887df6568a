"""The title that a PDF prints on its first page: of a label, the medicine's name as its section 1 tells it."""

from collections.abc import Sequence

from ingestion.assembly import Block, PageDraft
from ingestion.formats.label_name import NUMBERED, medicine_named

_TITLE_WORDS = 4
"""A shorter line in large type is the masthead of a journal."""
_LARGE_TYPE = 20
"""Levels below it are of headings in larger type than the body."""
_LONGEST = 300
_PAGES_OF_A_NAME = 3
"""A label's first page may say “Annex I” and no more."""


def printed_title(drafts: Sequence[PageDraft]) -> str | None:
    """A label's name of the medicine; elsewhere the highest heading of the first page, with the lines that go on with it, if it is in larger type than the body.

    Every label is headed “Summary of product characteristics”, which tells none from another.
    """
    begin = [block for draft in drafts[:_PAGES_OF_A_NAME] for block in draft.blocks]
    headings = [block for draft in drafts[:1] for block in draft.blocks if block.kind == "heading"]
    return medicine_named(begin) or _highest(headings)


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
