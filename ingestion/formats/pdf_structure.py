"""What a PDF says of itself besides its pages: title, outline, layers, attachments. By pypdf, which PDFium has not the calls for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingestion.formats.pdf_style import heading_key

_DEEPEST_OUTLINE = 8


@dataclass(slots=True)
class Structure:
    """A structure that cannot be followed is left out, with a warning."""

    title: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    outline: frozenset[str] = frozenset()
    """Keys of the headings that the outline names."""
    layers_off: bool = False
    """The file has layers that are not shown when it is opened."""


def read_structure(path: Path) -> Structure:
    """Read what the file says of itself. Never raises: PDFium decides whether a file can be read."""
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    found = Structure()
    try:
        reader = pypdf.PdfReader(path, strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
        info: dict[str, Any] = dict(reader.metadata or {})
        for key in ("/Title", "/Author", "/Subject", "/Producer", "/CreationDate", "/ModDate"):
            value = str(info.get(key) or "").replace("\x00", "").strip()
            if value:
                found.metadata[key[1:].lower()] = value[:500]
        found.title = found.metadata.get("title")
        attachments = len(reader.attachments)
        if attachments:
            found.warnings.append(f"attachments:{attachments}")
        found.layers_off = _has_layers_off(reader)
        found.outline = frozenset(_outline_titles(reader.outline))
    except Exception as error:  # noqa: BLE001  pypdf raises anything on damaged files; PDFium decides on readability
        found.warnings.append(f"structure_unread:{type(error).__name__}")
        found.layers_off = True  # not known: let the drawn page decide
    return found


def _has_layers_off(reader: Any) -> bool:
    layers = reader.trailer["/Root"].get("/OCProperties")
    if layers is None:
        return False
    usual = layers.get_object().get("/D")
    usual = usual.get_object() if usual is not None else {}
    return bool(usual.get("/OFF") or usual.get("/AS")) or usual.get("/BaseState", "/ON") != "/ON"


def _outline_titles(entries: Iterable[Any], depth: int = 0) -> Iterable[str]:
    for entry in entries:
        if isinstance(entry, list):
            if depth < _DEEPEST_OUTLINE:
                yield from _outline_titles(entry, depth + 1)
        else:
            yield heading_key(str(getattr(entry, "title", "") or ""))
