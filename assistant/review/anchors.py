"""Where a comment on a range of words stands in a text that may have been edited since."""

import re
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

    White space counts as white space, whichever it is: what was copied over the end of a line stands there too.

    Raises InvalidInput where they do not stand in it, or several times with none of them named.
    """
    words = re.compile(r"\s+".join(map(re.escape, quoted.split())))
    if words.pattern and at is not None and at >= 0 and (there := words.match(text, at)):
        return there.span()
    places = [found.span() for found in words.finditer(text)] if words.pattern else []
    if not places:
        raise InvalidInput(
            "The statement does not hold these words.",
            help="Copy them from the statement as they stand, or leave the field empty.",
            field="quoted",
        )
    if len(places) > 1:
        raise InvalidInput(
            f"These words stand {len(places)} times in the statement.",
            help="Copy more of them.",
            field="quoted",
        )
    return places[0]


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
