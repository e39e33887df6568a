"""Texts that stand for a picture, chart or table where it cannot be seen."""

import re
from typing import Any

from ingestion.formats.office import A, P, tidy

_MADE_BY_PROGRAM = re.compile(
    r"\A(?:[A-Z]:\\|\\\\|(?:https?|file)://)|\.(?:png|jpe?g|gif|bmp|wmf|emf|svg|tiff?)\Z"
    r"|\A(?:image result for|r[ée]sultat de recherche d.images)",
    re.IGNORECASE,
)
"""A picture's own path, address or search: nobody wrote it to describe the picture."""
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


def transform(item: Any) -> Any:
    """The place of a picture, frame or shape, where it says one."""
    found = item.find(f"{P}xfrm")
    return found if found is not None else item.find(f"{P}spPr/{A}xfrm")


def alternative(item: Any) -> str:
    """The alternative text of a picture, chart, table or shape; a decorative one has none."""
    properties = item.find(f"./*/{P}cNvPr")
    if properties is None or any(e.get("val") in {"1", "true"} for e in properties.iter(_DECORATIVE)):
        return ""
    text = tidy(properties.get("descr") or "").replace("\n", " ")
    return "" if _MADE_BY_PROGRAM.search(text) else text
