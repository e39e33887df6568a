"""The styles of a Word document: what a style says, and what it takes from the one that it is based on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingestion.formats.office import attribute

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_STYLE = re.compile(r"(?:heading|titre|überschrift)\s*([1-9])\Z", re.IGNORECASE)
_CAPTION_STYLE = re.compile(r"caption|légende", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"title|titre\Z|titre du document", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"toc \d\Z|table of figures\Z", re.IGNORECASE)
"""Word's own names of them, in every language of the program."""
_OFF = {"0", "false", "none", "off"}
_LEVELS = 9
_LIFTED = 4
"""Half points: above the line, and not only moved to look better."""
_LONGEST_LINE = 20
"""Styles that are based on each other: more are a circle."""


@dataclass(slots=True)
class Style:
    """What a style says: the depth of a heading (1 to 9), or a role; what it leaves open is None."""

    level: int | None = None
    is_caption: bool = False
    is_title: bool = False
    is_list: bool = False
    is_hidden: bool = False
    is_struck: bool = False
    is_struck_twice: bool = False
    """By a double line, which is no switch that a second style turns off."""
    is_contents: bool = False
    """Of an entry in a table of contents or of figures."""
    is_raised: bool = False
    numbered: tuple[str, int] | None = None
    """The list that numbers its paragraphs, and the level in it."""


def read_styles(root: Any) -> dict[str, Style]:
    """The styles by their ids. Hidden and struck words are so in the styles based on theirs, too, unless these say otherwise."""
    items = {item.get(f"{W}styleId") or "": item for item in root.iter(f"{W}style")}
    return {name: _style(item, items) for name, item in items.items()}


def _style(item: Any, items: Mapping[str, Any]) -> Style:
    name = value(item, "name") or ""
    heading = _HEADING_STYLE.match(name)
    outline = value(item, "pPr", "outlineLvl")
    level = int(heading[1]) if heading else int(outline) + 1 if outline and outline.isdigit() else None
    listed = "list" in name.lower() or item.find(f"{W}pPr/{W}numPr") is not None
    is_title = level is None and bool(_TITLE_STYLE.match(name))
    return Style(
        level if level is None or level <= _LEVELS else None,
        bool(_CAPTION_STYLE.search(name)),
        is_title,
        listed and level is None,
        _says(item, items, "vanish"),
        _says(item, items, "strike"),
        _says(item, items, "dstrike"),
        bool(_CONTENTS_STYLE.match(name)),
        is_raised(_nearest(item, items, "rPr", "vertAlign"), _nearest(item, items, "rPr", "position")),
        _numbering(item),
    )


def is_raised(alignment: Any, position: Any) -> bool:
    """Whether words are set as a superscript, or lifted above their line by hand."""
    if alignment is not None and alignment.get(f"{W}val") != "baseline":
        return bool(alignment.get(f"{W}val") == "superscript")
    return position is not None and attribute(position.get(f"{W}val")) >= _LIFTED


def _says(item: Any, items: Mapping[str, Any], switch: str) -> bool:
    """Whether a style turns a switch of its words on, itself or through what it is based on."""
    return is_on(_nearest(item, items, "rPr", switch))


def _nearest(item: Any, items: Mapping[str, Any], *path: str) -> Any:
    """What a style says of something, itself or through what it is based on; None where nothing."""
    named = "/".join(f"{W}{name}" for name in path)
    found = (one.find(named) for one in _line(item, items))
    return next((said for said in found if said is not None), None)


def _line(item: Any, items: Mapping[str, Any]) -> Iterator[Any]:
    """A style, then those that it is based on, each on the next."""
    for _ in range(_LONGEST_LINE):
        yield item
        item = items.get(value(item, "basedOn") or "")
        if item is None:
            return


def _numbering(item: Any) -> tuple[str, int] | None:
    listed = value(item, "pPr", "numPr", "numId")
    return (listed, int(attribute(value(item, "pPr", "numPr", "ilvl")))) if listed else None


def value(parent: Any, *path: str) -> str | None:
    """The `val` attribute of a descendant."""
    if parent is None:
        return None
    item = parent.find("/".join(f"{W}{name}" for name in path))
    return item.get(f"{W}val") if item is not None else None


def is_on(item: Any) -> bool:
    """Whether a switch such as `w:vanish` is there and not turned off."""
    return item is not None and (item.get(f"{W}val") or "1").lower() not in _OFF
