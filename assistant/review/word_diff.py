"""What differs between two wordings, by words: what goes, what comes, what stays."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "removed", "added"]
_PIECES = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\s+|.", re.DOTALL)
"""A number is one word: 12.5 against 15 is no common 5."""


def word_diff(old: str, new: str) -> Sequence[tuple[Change, str]]:
    """Stretches in reading order. Without what was added they make the old text, without what was removed the new."""
    a, b = _PIECES.findall(old), _PIECES.findall(new)
    found: list[tuple[Change, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(a[i:j])))
            continue
        if i < j:
            found.append(("removed", "".join(a[i:j])))
        if k < m:
            found.append(("added", "".join(b[k:m])))
    return found
