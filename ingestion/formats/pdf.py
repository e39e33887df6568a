"""PDF: pypdf for the structure, PDFium for the text with its places."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from ingestion.assembly import Block, Content, PageDraft, own_title
from ingestion.columns import Gutters, flows
from ingestion.errors import EncryptedFile, FileTooLarge, UnreadableFile
from ingestion.formats.pdf_blocks import blocks_of, promote_headings
from ingestion.formats.pdf_furniture import facing_pages, find_furniture
from ingestion.formats.pdf_glyphs import Glyphs
from ingestion.formats.pdf_line_numbers import line_numbers
from ingestion.formats.pdf_lines import lines_block
from ingestion.formats.pdf_notes import part_off
from ingestion.formats.pdf_ocr import SCAN, Scans
from ingestion.formats.pdf_page import read_page
from ingestion.formats.pdf_structure import read_structure
from ingestion.formats.pdf_style import Style, style_of
from ingestion.formats.pdf_title import printed_title
from ingestion.formats.pdf_words import SLANTED, PageWords, Rule, Word, is_raised, join
from ingestion.grid_columns import split_at_bars
from ingestion.layout import Segment, segments
from ingestion.ocr import Ocr
from ingestion.paragraphs import paragraphs
from ingestion.quality import assess
from ingestion.text import raise_text
from ingestion.tiles import tiles_among, without_tiles

MAX_PAGES = 3_000
_LIGATURE_END = re.compile(r"(?:f[filt]|ff[il])\Z|[ﬀ-ﬆ]\Z")


@dataclass(slots=True)
class _Laid:
    """A page before reading order: its lines and cells, words that stand across, and what to report."""

    page: PageWords
    words: list[Word]
    """Those that are read from left to right."""
    across: list[Word]
    extra: tuple[str, ...]
    height: float
    """Of the page as it is read, turned upright."""
    bars: list[Rule] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    numbers: list[Segment] = field(default_factory=list)
    """Those of its lines."""


def read_pdf(path: Path, ocr: Ocr | None = None) -> Content:
    """Read a PDF page by page; with `ocr` also scanned pages. Raises EncryptedFile, FileTooLarge or UnreadableFile."""
    structure = read_structure(path)
    warnings = list(structure.warnings)
    laid = _lay_out_pages(path, layers_off=structure.layers_off, ocr=ocr)
    _put_lines_together(laid)
    furniture = find_furniture([page.segments for page in laid], [page.height for page in laid])
    if _takes_the_text(furniture, laid):
        furniture = set()
    bodies = [[s for s in page.segments if id(s) not in furniture] for page in laid]
    style = style_of(bodies, structure.outline)
    gutters = Gutters(bodies)
    drafts = [_draft(number, page, furniture, style, gutters) for number, page in enumerate(laid, start=1)]
    hidden = [str(n) for n, page in enumerate(laid, start=1) if page.page.hidden]
    if hidden:
        warnings.append("hidden_text:" + ",".join(hidden[:50]))
    crossed = [str(n) for n, page in enumerate(laid, start=1) if page.page.struck]
    if crossed:
        warnings.append("struck_text:" + ",".join(crossed[:50]))
    return Content(drafts, _title(own_title(structure.title), drafts), structure.metadata, warnings)


def _takes_the_text(furniture: set[int], laid: Sequence[_Laid]) -> bool:
    """Whether most pages have nothing but what comes back on them, as a label printed several times: then this is the text.

    It is none on pages that show something else: a stamp on pages that are pictures or drawn letters.
    """
    written = [page for page in laid if page.segments]
    emptied = [p for p in written if not p.page.is_drawn and all(id(s) in furniture for s in p.segments)]
    return len(emptied) > len(written) / 2


def _put_lines_together(laid: Sequence[_Laid]) -> None:
    """Join the words of each page to lines and cells, the numbers of its lines apart."""
    numbers = line_numbers([page.words for page in laid], [page.height for page in laid])
    for page in laid:
        counting = [word for word in page.words if id(word) in numbers]
        page.numbers = segments(counting)
        page.segments = split_at_bars(
            segments(word for word in page.words if id(word) not in numbers), page.bars
        )


def _title(own: str | None, drafts: Sequence[PageDraft]) -> str | None:
    """The title in the file's properties, but where it names a file and another is printed: "label-en", "Nalorel_I-03_May 2002"."""
    if own and len(own.split()) > 1 and "_" not in own:
        return own
    return printed_title(drafts) or own


def _lay_out_pages(path: Path, *, layers_off: bool, ocr: Ocr | None) -> list[_Laid]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedFile(
                f"{path.name} is protected by a password.",
                help="Save a copy without the password and add that one.",
                file=path.name,
            ) from error
        raise UnreadableFile(
            f"{path.name} is damaged: {error}",
            help="Open it in a PDF viewer, print it to a new PDF, and add that one.",
            file=path.name,
        ) from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise FileTooLarge(
                f"{path.name} has {count} pages; the limit is {MAX_PAGES}.",
                help="Split the file, or add the part that was approved.",
                file=path.name,
            )
        scans, glyphs = Scans(document, ocr), Glyphs(path)
        return [_lay_out(document, index, scans, glyphs, layers_off=layers_off) for index in range(count)]
    finally:
        document.close()


def _lay_out(document: Any, index: int, scans: Scans, glyphs: Glyphs, *, layers_off: bool) -> _Laid:
    try:
        page = read_page(document, index, glyphs, layers_off=layers_off)
    except ValueError:
        return _Laid(PageWords([], [], 0.0, 0.0, []), [], [], ("page_damaged",), 0.0)
    extra: list[str] = []
    words = page.words
    if not words and page.hidden and page.pictures > 0.5:
        # A scan with recognised text behind its picture: the text is what the reader sees, as far as it is right.
        page.words, page.hidden = page.hidden, []
        words = page.words
        extra.append("ocr_layer")
    elif not words and page.pictures > SCAN:
        extra.extend(scans.read(index, page))
        words = page.words
    turns = Counter[int]()
    for word in words:
        turns[word.turn] += len(word.text)
    turns.pop(SLANTED, None)
    main = turns.most_common(1)[0][0] if turns else 0
    upright = [word for word in words if word.turn == main]
    across = [word for word in words if word.turn != main]
    if main:
        extra.append("rotated")
        _turn_back(upright, main, page)
    upright = _mend(upright)
    height = page.width if main in {1, 3} else page.height
    return _Laid(page, upright, across, tuple(extra), height, [] if main else page.bars)


def _turn_back(words: list[Word], turn: int, page: PageWords) -> None:
    """Turn the words so that they read from left to right; where they are shown is kept."""
    width, height = page.width, page.height
    for word in words:
        box = word.shown = word.x0, word.y0, word.x1, word.y1
        if turn == 1:
            word.x0, word.y0, word.x1, word.y1 = box[1], width - box[2], box[3], width - box[0]
        elif turn == 2:
            word.x0, word.y0, word.x1, word.y1 = (
                width - box[2],
                height - box[3],
                width - box[0],
                height - box[1],
            )
        else:
            word.x0, word.y0, word.x1, word.y1 = height - box[3], box[0], height - box[1], box[2]
        word.base = word.y1 - 0.2 * (word.y1 - word.y0)


def _mend(words: list[Word]) -> list[Word]:
    """Join words that no visible space parts, such as after a ligature, and raise superscripts that stand apart."""
    mended: list[Word] = []
    for word in words:
        before = mended[-1] if mended else None
        if before and abs(before.base - word.base) < 0.7 * max(before.size, word.size):
            gap = word.x0 - before.x1
            if _belongs(before, word, gap):
                join(before, word)
                continue
            if is_raised(word, before) and gap < 0.5 * before.size:
                word.text = raise_text(word.text)
        mended.append(word)
    for word, following in pairwise(mended):
        gap = following.x0 - word.x1
        if is_raised(word, following) and -0.2 * following.size < gap < 0.5 * following.size:
            word.text = raise_text(word.text)
    return mended


def _belongs(before: Word, word: Word, gap: float) -> bool:
    """Whether a word goes on with the one before: torn behind a ligature, or touching it where the file has no space."""
    size = max(word.size, before.size)
    if gap < -0.2 * size:
        return False
    if before.size == word.size:
        torn = _LIGATURE_END.search(before.text) and word.text[:1].islower() and gap < 0.05 * size
        return bool(torn) or (gap < 0.02 * size and not word.spaced)
    return gap < 0.05 * size and not word.spaced and (is_raised(word, before) or is_raised(before, word))


def _draft(number: int, laid: _Laid, furniture: set[int], style: Style, gutters: Gutters) -> PageDraft:
    page = laid.page
    head: list[Block] = []
    body: list[Block] = []
    foot: list[Block] = []
    rest: list[Segment] = []
    for segment in laid.segments:
        if id(segment) in furniture:
            block = lines_block([cast("list[Word]", segment.words)], style, layer="furniture")
            (head if segment.base < laid.height / 2 else foot).append(block)
        else:
            rest.append(segment)
    turned = "rotated" in laid.extra
    fold = facing_pages(laid.segments, furniture, page.width, laid.height)
    sides = [rest] if fold is None else [[s for s in rest if (s.x0 < fold) is left] for left in (True, False)]
    rules, bars = ([], []) if turned else (page.rules, page.bars)
    for side in sides:
        tiles = [] if turned else tiles_among(page.boxes, side)
        top = min((tile.top for tile in tiles), default=0.0)
        others = without_tiles(side, tiles)
        for part in ([s for s in others if s.base < top], [s for s in others if s.base >= top]):
            body.extend(_blocks(part, style, gutters, (rules, bars)))
            body.extend(
                lines_block(cast("list[list[Word]]", tile.lines), style, kind="bullet") for tile in tiles
            )
            tiles = []
    promote_headings(body)
    foot.extend(lines_block([cast("list[Word]", s.words)], style, layer="furniture") for s in laid.numbers)
    if laid.across:
        foot.append(lines_block([laid.across], style, layer="furniture"))
    visible = "\n".join(block.text for block in body)
    quality, reasons = assess(visible, extra=laid.extra)
    return PageDraft(number, [*head, *body, *foot], page.width, page.height, quality, reasons)


def _blocks(
    found: list[Segment], style: Style, gutters: Gutters, drawn: tuple[list[Rule], list[Rule]]
) -> Iterator[Block]:
    """The blocks of a part of a page in reading order, notes apart. `drawn` are its level and its upright lines."""
    for flow in flows(found, gutters, *drawn):
        items, notes = part_off(paragraphs(flow, *drawn), style)
        for item in items:
            yield from blocks_of(item, style)
        for block in (block for note in notes for block in blocks_of(note, style)):
            block.layer = "footnote" if block.layer == "body" else block.layer
            yield block
