"""Formulas of Office Math in one line: "34/312", "10⁹"; what one line cannot say is shown as lost."""

from collections.abc import Callable, Mapping
from typing import Any

from ingestion.text import raise_text

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
LOST = "\ufffd"
_MAX_DEPTH = 20
_PLAIN = {"oMath", "oMathPara", "e", "num", "den", "sup", "sub", "r", "box"}
_ASIDE = {"rPr", "ctrlPr", "fPr", "sSupPr", "sSubPr", "dPr", "oMathParaPr", "boxPr", "argPr"}
"""How the formula looks."""


def formula(item: Any, depth: int = 0) -> str:
    """The words of a formula; a part of another kind than fractions, brackets, powers and indices is one lost sign."""
    name = item.tag.removeprefix(M) if isinstance(item.tag, str) else ""
    if name == "t":
        return item.text or ""
    if depth > _MAX_DEPTH:
        return LOST
    if name in _PLAIN:
        return "".join(formula(child, depth + 1) for child in item if _is_shown(child))
    write = _WRITTEN.get(name)
    return write(item, depth + 1) if write is not None else LOST


def _is_shown(item: Any) -> bool:
    """Whether a part has words: properties, also those of Word and of slides in a run, have none."""
    return isinstance(item.tag, str) and item.tag.startswith(M) and item.tag.removeprefix(M) not in _ASIDE


def _part(item: Any, name: str, depth: int) -> str:
    part = item.find(f"{M}{name}")
    return formula(part, depth) if part is not None else ""


def _fraction(item: Any, depth: int) -> str:
    return "/".join(_bracketed(_part(item, name, depth)) for name in ("num", "den"))


def _bracketed(text: str) -> str:
    text = text.strip()
    return text if all(c.isalnum() or c in ".," for c in text) else f"({text})"


def _power(item: Any, depth: int) -> str:
    raised = _part(item, "sup", depth).strip()
    written = raise_text(raised)
    return _part(item, "e", depth) + (f"^({raised})" if written == raised else written)


def _index(item: Any, depth: int) -> str:
    return _part(item, "e", depth) + _part(item, "sub", depth)


def _brackets(item: Any, depth: int) -> str:
    properties = item.find(f"{M}dPr")
    if properties is not None and any(
        properties.find(f"{M}{name}") is not None for name in ("begChr", "endChr", "sepChr")
    ):
        return LOST
    inner = [formula(child, depth) for child in item if child.tag == f"{M}e"]
    return f"({inner[0]})" if len(inner) == 1 else LOST


_WRITTEN: Mapping[str, Callable[[Any, int], str]] = {
    "f": _fraction,
    "sSup": _power,
    "sSub": _index,
    "d": _brackets,
}
