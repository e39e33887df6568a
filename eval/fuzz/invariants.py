"""What must hold of every reading, whatever the file was."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass

from ingestion.model import Page, Passage, Reading, Sentence

_SPACE = re.compile(r"\s+")
_SLACK = 1.0
"""Points by which a box may stand over the page's edge."""


def broken(reading: Reading, passages: Sequence[Passage]) -> list[str]:
    """What does not hold, in words; empty where all does. At most one of each kind is named."""
    pages = {page.number: page for page in reading.pages}
    found: dict[str, str] = {}
    for kind, detail in (
        *_unstorable(reading, "reading"),
        *_unstorable(tuple(passages), "passages"),
        *_pages(reading.pages),
        *_sentences(reading.sentences, pages),
        *_passages(passages, pages, len(reading.sentences)),
    ):
        found.setdefault(kind, detail)
    return [f"{kind}: {detail}" for kind, detail in found.items()]


def _unstorable(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Text that a database refuses: lone surrogates and zeros; and numbers that JSON has no form for."""
    if isinstance(value, str):
        if "\x00" in value:
            yield "a zero character", where
        if any("\ud800" <= character <= "\udfff" for character in value):
            yield "a lone surrogate", where
    elif isinstance(value, float) and not math.isfinite(value):
        yield "a number that is none", where
    else:
        for name, item in _within(value):
            yield from _unstorable(item, f"{where}{name}")


def _within(value: object) -> Iterator[tuple[str, object]]:
    """What a value holds, by where it stands in it."""
    if isinstance(value, dict):
        yield from (item for key, held in value.items() for item in ((" key", key), (f"[{key!r}]", held)))
    elif isinstance(value, tuple):
        yield from (("", item) for item in value)
    elif is_dataclass(value):
        yield from ((f".{field.name}", getattr(value, field.name)) for field in fields(value))


def _pages(pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    if not pages:
        yield "no page", "the reading"
    numbers = [page.number for page in pages]
    if numbers != sorted(set(numbers)) or (numbers and numbers[0] < 1):
        yield "page numbers not in order", str(numbers[:20])
    for page in pages:
        if page.width < 0 or page.height < 0:
            yield "a page of negative size", f"page {page.number}"
        last = 0
        for region in page.regions:
            if not last <= region.start <= region.end <= len(page.text):
                yield "a region outside the text or out of order", f"page {page.number} {region}"
            last = region.end
        yield from _boxes(page)


def _boxes(page: Page) -> Iterator[tuple[str, str]]:
    for box in page.boxes:
        it = box.rectangle
        if not 0 <= box.start < box.end <= len(page.text):
            yield "a box outside the text", f"page {page.number} {box} of {len(page.text)}"
        if not (it.x0 < it.x1 and it.y0 < it.y1):
            yield "a box without area", f"page {page.number} {box}"
        beyond = max(-it.x0, -it.y0, it.x1 - page.width, it.y1 - page.height)
        if beyond > _SLACK:
            yield "a box outside the page", f"page {page.number} {box} of {page.width} × {page.height}"


def _sentences(sentences: Sequence[Sentence], pages: dict[int, Page]) -> Iterator[tuple[str, str]]:
    if [sentence.ordinal for sentence in sentences] != list(range(len(sentences))):
        yield "sentences not numbered in order", str([s.ordinal for s in sentences[:20]])
    for sentence in sentences:
        where = f"sentence {sentence.ordinal}"
        if not sentence.parts or not sentence.text.strip():
            yield "a sentence without place or words", where
            continue
        if any(
            part.page not in pages or not 0 <= part.start < part.end <= len(pages[part.page].text)
            for part in sentence.parts
        ):
            yield "a sentence outside the page's text", f"{where} {sentence.parts}"
            continue
        told = "".join(pages[part.page].text[part.start : part.end] for part in sentence.parts)
        if _SPACE.sub("", told) != _SPACE.sub("", sentence.text):
            yield "a sentence that its pages do not say", f"{where}: {sentence.text[:80]!r} / {told[:80]!r}"


def _passages(
    passages: Sequence[Passage], pages: dict[int, Page], sentences: int
) -> Iterator[tuple[str, str]]:
    for number, passage in enumerate(passages):
        where = f"passage {number}"
        if passage.ordinal != number or not passage.sentences or passage.tokens < 0:
            yield "a passage without sentences or order", where
        if any(not 0 <= ordinal < sentences for ordinal in passage.sentences):
            yield "a passage of unknown sentences", where
        for part in passage.parts:
            span = part.span
            page = pages.get(span.page)
            if page is None or not 0 <= span.start < span.end <= len(page.text):
                yield "a passage outside the page's text", f"{where} {part}"
                continue
            told = page.text[span.start : span.end]
            if told.replace("\n", " ") != passage.text[part.at : part.at + len(told)].replace("\n", " "):
                yield "a passage that its pages do not say", f"{where}: {told[:60]!r}"
