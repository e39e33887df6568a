"""Single questions on the XML of a Word document: what a run shows, and what stands in a table or a drawing."""

import re
from collections.abc import Iterator
from typing import Any

from ingestion.formats.docx_styles import W
from ingestion.formats.office import MC
from ingestion.symbol_font import is_symbol_font, signs_of

_MAX_DEPTH = 20


def text_boxes(item: Any) -> Iterator[Any]:
    """The contents of text boxes: of the two forms that a file keeps of one, the newer."""
    choices = [child for child in item if isinstance(child.tag, str) and child.tag == f"{MC}Choice"]
    within = choices[0] if choices and next(choices[0].iter(f"{W}txbxContent"), None) is not None else item
    for content in within.iter(f"{W}txbxContent"):
        if next(content.iterancestors(f"{W}txbxContent"), None) is None:
            yield content


def precedes_a_paragraph(item: Any) -> bool:
    """Whether the next thing is a paragraph too."""
    following = item.getnext()
    return following is not None and following.tag == f"{W}p"


def below(parent: Any, name: str, depth: int = 0) -> Iterator[Any]:
    """The rows, cells or paragraphs of one table, also in content controls, but not those of a table inside it."""
    for item in parent:
        if item.tag == f"{W}{name}":
            yield item
        elif item.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"} and depth < _MAX_DEPTH:
            yield from below(item, name, depth + 1)


def symbol_of(item: Any) -> str:
    """The sign that a `w:sym` shows."""
    code = item.get(f"{W}char") or ""
    if not re.fullmatch(r"[0-9A-Fa-f]{4}", code) or code.lower().startswith("d8"):
        return ""
    return signs_of(chr(int(code, 16))) if is_symbol_font(item.get(f"{W}font") or "") else chr(int(code, 16))


def in_symbol_font(properties: Any) -> bool:
    """Whether a run's letters are set in Symbol, so that its "m" shows µ."""
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return fonts is not None and is_symbol_font(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")
