"""Where a comment on a range of words stands in a text that may have been edited since."""

from dataclasses import dataclass
from typing import Literal

from assistant.errors import InvalidInput

Anchoring = Literal["here", "moved", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words as they were quoted, and their place (half-open code points) in the text of today."""

    quoted: str
    state: Anchoring
    """Where it was; elsewhere in the text; no longer there, or there several times; its statement is left out."""
    start: int | None
    end: int | None


def range_of(text: str, quoted: str, at: int | None = None) -> tuple[int, int]:
    """The place of the words in the text: at `at` where they stand there, else the only one.

    Raises InvalidInput where they do not stand in it, or several times with none of them named.
    """
    if quoted and at is not None and at >= 0 and text[at : at + len(quoted)] == quoted:
        return at, at + len(quoted)
    places = text.count(quoted)
    if not quoted or places == 0:
        raise InvalidInput(
            "The statement does not hold these words.",
            help="Copy them from the statement as they stand, or leave the field empty.",
            field="quoted",
        )
    if places > 1:
        raise InvalidInput(
            f"These words stand {places} times in the statement.", help="Copy more of them.", field="quoted"
        )
    start = text.index(quoted)
    return start, start + len(quoted)


def anchor(quoted: str, start: int, text: str | None) -> Anchor:
    """Find the words again: at their old place, else where they stand exactly once. Nothing is guessed."""
    if text is None:
        return Anchor(quoted, "gone", None, None)
    end = start + len(quoted)
    if text[start:end] == quoted:
        return Anchor(quoted, "here", start, end)
    if text.count(quoted) == 1:
        found = text.index(quoted)
        return Anchor(quoted, "moved", found, found + len(quoted))
    return Anchor(quoted, "changed", None, None)
