"""The paragraphs of a shape: their words, whether they are list items, and about how large their type is."""

from collections.abc import Iterator
from typing import Any

from ingestion.formats.office import A, attribute, runs_text

_USUAL, _USUAL_TITLE = 18.0, 32.0
"""Points, where the type's size is inherited from a design."""


def paragraphs(body: Any, *, listed: bool) -> Iterator[tuple[str, bool]]:
    """The paragraphs that have words, with their tabs; whether each is a list item. A line of a title stands on its own line."""
    for paragraph in body.iter(f"{A}p"):
        text = runs_text(paragraph, tabs=True)
        if not text:
            continue
        properties = paragraph.find(f"{A}pPr")
        item = listed
        if properties is not None:
            if properties.find(f"{A}buNone") is not None:
                item = False
            elif any(properties.find(f"{A}{kind}") is not None for kind in ("buChar", "buAutoNum", "buBlip")):
                item = True
        yield text, item


def sizes(body: Any, *, title: bool = False) -> Iterator[float]:
    """About the size of type of each paragraph that has words, in points."""
    fitted = body.find(f"{A}bodyPr/{A}normAutofit")
    scale = attribute(fitted.get("fontScale"), 100_000) / 100_000 if fitted is not None else 1.0
    styled = body.find(f"{A}lstStyle")
    usual = _USUAL_TITLE if title else _USUAL
    for paragraph in body.iter(f"{A}p"):
        if not runs_text(paragraph):
            continue
        level = paragraph.find(f"{A}pPr")
        depth = int(attribute(level.get("lvl"))) if level is not None else 0
        own = next((r.get("sz") for r in paragraph.iter(f"{A}rPr") if r.get("sz")), None)
        if own is None and styled is not None:
            style = styled.find(f"{A}lvl{depth + 1}pPr/{A}defRPr")
            own = style.get("sz") if style is not None else None
        size = attribute(own) / 100 if own else max(usual - 2 * depth, 10.0)
        yield max(size, 1.0) * (scale if 0 < scale <= 1 else 1.0)


def anchor(body: Any) -> str:
    """Where the text hangs in its shape: t (top), ctr or b."""
    properties = body.find(f"{A}bodyPr")
    return (properties.get("anchor") if properties is not None else None) or "t"
