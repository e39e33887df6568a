"""The numbers that Word puts before headings by itself: "4.2" stands in no run, and every reader sees it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    """The numbers of the levels: "%1.%2"."""
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of a document as it is walked."""

    lists: Mapping[str, tuple[str, dict[int, _Level]]]
    """By list id: its definition's id, which lists may share, and the levels."""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def next(self, list_id: str, level: int) -> str:
        """Count a paragraph; its number as it is printed, empty for bullets and unknown lists."""
        definition, levels = self.lists.get(list_id, ("", {}))
        if level not in levels or not 0 <= level < _LEVELS:
            return ""
        counts = self._counts.setdefault(definition, [None] * _LEVELS)
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            one = levels.get(at, _Level("decimal", "", 1))
            return _written(counts[at] if counts[at] is not None else one.start, one.form)

        return (
            "" if levels[level].form in {"bullet", "none"} else re.sub(r"%([1-9])", shown, levels[level].text)
        )


def read_numbering(root: Any) -> Numbering:
    """The lists of a numbering part; none where there is no part."""
    if root is None:
        return Numbering({})
    definitions = {
        item.get(f"{W}abstractNumId") or "": {
            int(level.get(f"{W}ilvl")): _Level(
                _val(level, "numFmt") or "decimal",
                _val(level, "lvlText") or "",
                _number(_val(level, "start"), 1),
            )
            for level in item.iter(f"{W}lvl")
            if (level.get(f"{W}ilvl") or "").isdigit()
        }
        for item in root.iter(f"{W}abstractNum")
    }
    lists = {}
    for item in root.iter(f"{W}num"):
        definition = _val(item, "abstractNumId") or ""
        if definition in definitions:
            lists[item.get(f"{W}numId") or ""] = (definition, definitions[definition])
    return Numbering(lists)


def _written(number: int | None, form: str) -> str:
    count = number or 0
    if form in {"lowerLetter", "upperLetter"} and count:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in {"lowerRoman", "upperRoman"} and count:
        roman = _roman(count)
        return roman if form == "lowerRoman" else roman.upper()
    return str(count)


def _roman(number: int) -> str:
    signs = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
             (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
    written = ""
    for value, sign in signs:
        written += sign * (number // value)
        number %= value
    return written


def _val(parent: Any, name: str) -> str | None:
    item = parent.find(f"{W}{name}")
    return item.get(f"{W}val") if item is not None else None


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default
