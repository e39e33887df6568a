"""A page's text as blocks to be read, with a quote marked in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingestion.model import Page, Region


@dataclass(frozen=True, slots=True)
class Block:
    """A region of the page: runs of text, each marked or not."""

    layer: str
    runs: tuple[tuple[str, bool], ...]
    first_mark: bool
    """The first marked block of the page."""

    @property
    def first_mark_at(self) -> int:
        """Which run is the first marked one; -1 where none is."""
        return next((index for index, (_text, marked) in enumerate(self.runs) if marked), -1)


def runs(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Cut a text at half-open spans, which may overlap or reach beyond it: the pieces in order, marked or not."""
    inside = [(max(0, start), min(len(text), end)) for start, end in spans]
    edges = sorted({0, len(text), *(edge for span in inside if span[0] < span[1] for edge in span)})
    cut: list[tuple[str, bool]] = []
    for start, end in pairwise(edges):
        marked = any(s <= start and end <= e for s, e in inside if s < e)
        if cut and cut[-1][1] == marked:
            cut[-1] = (cut[-1][0] + text[start:end], marked)
        else:
            cut.append((text[start:end], marked))
    return tuple(cut)


def blocks(page: Page, spans: Sequence[tuple[int, int]] = ()) -> list[Block]:
    """The page's regions in reading order, with the spans (offsets into the page's text) marked.

    Text that no region holds is shown as body, so that nothing that was read is hidden.
    """
    found: list[Block] = []
    seen_mark = False
    for region in _covering(page):
        text = page.text[region.start : region.end]
        if not text.strip():
            continue
        shifted = [(start - region.start, end - region.start) for start, end in spans]
        pieces = runs(text.rstrip(), shifted)
        has_mark = any(marked for _text, marked in pieces)
        found.append(Block(region.layer, pieces, has_mark and not seen_mark))
        seen_mark = seen_mark or has_mark
    return found


def _covering(page: Page) -> Iterable[Region]:
    at = 0
    for region in sorted(page.regions, key=lambda r: r.start):
        if region.start > at:
            yield Region("body", at, region.start)
        yield region
        at = max(at, region.end)
    if at < len(page.text):
        yield Region("body", at, len(page.text))
