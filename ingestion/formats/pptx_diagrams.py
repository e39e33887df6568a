"""SmartArt: its words are in a data part, its places in a drawing part, and either may be missing or empty."""

import re
from collections.abc import Iterator
from typing import Any

from ingestion.errors import IngestionError
from ingestion.formats.archive import Archive
from ingestion.formats.office import DGM, A, R, runs_text
from ingestion.formats.pptx_shapes import SLIDE, Box, Shape, box_of, in_visual_order, shares

DSP = "{http://schemas.microsoft.com/office/drawing/2008/diagram}"
Related = dict[str, tuple[str, str]]
"""By relationship id: kind and part."""


def diagram(archive: Archive, ids: Any, related: Related, frame: Box) -> Shape | None:
    """The diagram as a group of list items, each with its place where the drawing has it."""
    data = _part(archive, related, ids.get(f"{R}dm"))
    said = list(_said(data)) if data is not None else []
    drawn = _drawn(archive, data, related, ids.get(f"{R}dm"), frame)
    if not said:
        children = in_visual_order(drawn)
    else:
        places = [
            (text, box)
            for shape in drawn
            for (text, _), box in zip(shape.paragraphs, shares(shape), strict=True)
        ]
        children = [Shape(_take(places, text) or frame, None, [(text, True)]) for text in said]
    if not children:
        return None
    return Shape(frame, None, children=children, in_order=True)


def _said(data: Any) -> Iterator[str]:
    for point in data.iter(f"{DGM}pt"):
        if (point.get("type") or "node") not in {"node", "asst"}:
            continue
        text = " ".join(filter(None, (runs_text(p) for p in point.iter(f"{A}p"))))
        if text:
            yield text


def _drawn(archive: Archive, data: Any, related: Related, data_id: str | None, frame: Box) -> list[Shape]:
    """The shapes of the drawing that have words, at their places on the slide."""
    root = _drawing(archive, data, related, data_id)
    if root is None:
        return []
    shapes = []
    for item in root.iter(f"{DSP}sp"):
        paragraphs = [(text, True) for p in item.iter(f"{A}p") if (text := runs_text(p))]
        box = box_of(item.find(f"{DSP}txXfrm"), SLIDE) or box_of(item.find(f"{DSP}spPr/{A}xfrm"), SLIDE)
        if paragraphs:
            shapes.append(Shape(_moved(box, frame) if box else frame, None, paragraphs))
    return shapes


def _drawing(archive: Archive, data: Any, related: Related, data_id: str | None) -> Any:
    """The drawing that the data names; else the one of the same number; else the slide's only one."""
    named = None
    if data is not None:
        named = next((item.get("relId") for item in data.iter(f"{DSP}dataModelExt")), None)
    if named is not None and related.get(named, ("", ""))[0] == "diagramDrawing":
        return _part(archive, related, named)
    drawings = {key: part for key, (kind, part) in related.items() if kind == "diagramDrawing"}
    number = re.search(r"(\d+)\.xml\Z", related.get(data_id or "", ("", ""))[1])
    same = [key for key, part in drawings.items() if number and part.endswith(f"drawing{number[1]}.xml")]
    chosen = same or (list(drawings) if len(drawings) == 1 else [])
    return _part(archive, related, chosen[0]) if chosen else None


def _part(archive: Archive, related: Related, key: str | None) -> Any:
    try:
        return archive.xml(related[key or ""][1])
    except (KeyError, IngestionError):
        return None


def _take(places: list[tuple[str, Box]], text: str) -> Box | None:
    """The place of the first shape with these words, which is then no other's."""
    for at, (words, box) in enumerate(places):
        if " ".join(words.split()) == " ".join(text.split()):
            del places[at]
            return box
    return None


def _moved(box: Box, frame: Box) -> Box:
    return box[0] + frame[0], box[1] + frame[1], box[2] + frame[0], box[3] + frame[1]
