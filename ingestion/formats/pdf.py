"""PDF: pypdf for the structure, PDFium for the text with its places."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from ingestion.assembly import LIST_MARK, Block, Content, PageDraft
from ingestion.errors import EncryptedFile, FileTooLarge, UnreadableFile
from ingestion.formats.pdf_words import PageWords, Word, is_raised, read_page
from ingestion.layout import Gutters, Segment, flows, segments
from ingestion.model import Rectangle
from ingestion.paragraphs import Paragraph, Table, paragraphs
from ingestion.quality import assess
from ingestion.text import raise_text

MAX_PAGES = 3_000
_ZONE = 0.1
"""The share of a page's height, at its head and foot, in which running heads are looked for."""
_PAGE_NUMBER = re.compile(
    r"(?:page\s*|p\.\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of|de|sur)\s*\d{1,4})?\Z", re.IGNORECASE
)
_CAPTION = re.compile(
    r"(?:supplementa\w+ )?(?:tables?|tableaux?|figures?|fig\.|box|encadré|graphique|appendix table)\s*[A-Z]?\d*[IVX]*\d*(?:[.:–—|-]|\s|\Z)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[^\W\d_]")
_PART = re.compile(r"(?:ANNEX|ANNEXE|PART|PARTIE|CHAPTER|CHAPITRE)\s+[\dIVX]+\b|[A-F]\.\s+[A-ZÀ-Þ]{2}")
_ABSTRACT_LABEL = re.compile(
    r"(?:Background|Introduction|Context|Aims?|Objectives?|Purpose|Design|Setting|Participants|Patients|Interventions?|"
    r"Methods(?: and results)?|Measurements|Main outcome measures|Findings|Results|Interpretation|Conclusions?|Funding|"
    r"Trial registration(?: number)?|Registration|Keywords|Contexte|Objectifs?|Méthodes?|Matériel et méthodes|Résultats|"
    r"Financement|Mots[ -]clés)\b[:.]?(?= |\Z)",
    re.IGNORECASE,
)
_BACK_MATTER = re.compile(
    r"(?:references|bibliograph|références|acknowledg|remerciements|contribut|authors?\b|declaration|conflicts?\b|competing|"
    r"disclosure|funding|financement|liens d|data (?:availability|sharing)|supplementa|append|annexe|abbreviat|abréviat|"
    r"ethic|consent|footnotes?|notes\b|sources?\b|keywords?|mots)",
    re.IGNORECASE,
)
"""Headings that papers set in small type."""
_CONTENTS_LINE = re.compile(r"(?:\.{5}|(?:\. ){4}|…{2}).*\d\s*\Z", re.DOTALL)
"""An entry of a table of contents, with its dots and page number."""
_LIGATURE_END = re.compile(r"(?:f[filt]|ff[il])\Z|[ﬀ-ﬆ]\Z")
_SMALL_PRINT = 0.83
"""Of the body's size: footnotes, legends and addresses, which are kept apart from the body."""
_LONGEST_FRAGMENT = 12
"""Words: a shorter line that stands alone without a stop is an item of a list without marks."""
_PROSE_WORDS = 5
"""A line with as many words is prose, not a cell or a label."""
_LONG_PARAGRAPH = 90
_LONGEST_HEADING = 180


@dataclass(slots=True)
class _Laid:
    """A page before reading order: its lines and cells, words that stand across, and what to report."""

    page: PageWords
    segments: list[Segment]
    across: list[Word]
    extra: tuple[str, ...]
    height: float
    """Of the page as it is read, turned upright."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What the document's body looks like, against which headings stand out."""

    size: float
    bold: bool
    outline: frozenset[str]
    ranks: dict[tuple[float, bool, bool], int]
    hyphenates: bool
    vocabulary: frozenset[str]


def read_pdf(path: Path) -> Content:
    """Read a PDF page by page. Raises EncryptedFile, FileTooLarge or UnreadableFile."""
    title, metadata, warnings, outline = _structure(path)
    laid = _lay_out_pages(path)
    furniture = _find_furniture([page.segments for page in laid], [page.height for page in laid])
    style = _style(laid, furniture, outline)
    gutters = Gutters([s for s in page.segments if id(s) not in furniture] for page in laid)
    drafts = [_draft(number, page, furniture, style, gutters) for number, page in enumerate(laid, start=1)]
    hidden = [str(n) for n, page in enumerate(laid, start=1) if page.page.hidden]
    if hidden:
        warnings.append("hidden_text:" + ",".join(hidden[:50]))
    return Content(drafts, title, metadata, warnings)


def _structure(path: Path) -> tuple[str | None, dict[str, str], list[str], frozenset[str]]:
    """Title, metadata, warnings and outline entries by pypdf. A structure that it cannot follow is left out."""
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    warnings: list[str] = []
    metadata: dict[str, str] = {}
    title: str | None = None
    outline: frozenset[str] = frozenset()
    try:
        reader = pypdf.PdfReader(path, strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
        info: dict[str, Any] = dict(reader.metadata or {})
        for key in ("/Title", "/Author", "/Subject", "/Producer", "/CreationDate", "/ModDate"):
            value = str(info.get(key) or "").replace("\x00", "").strip()
            if value:
                metadata[key[1:].lower()] = value[:500]
        title = metadata.get("title")
        attachments = len(reader.attachments)
        if attachments:
            warnings.append(f"attachments:{attachments}")
        outline = frozenset(_outline_titles(reader.outline))
    except Exception as error:  # noqa: BLE001  pypdf raises anything on damaged files; PDFium decides on readability
        warnings.append(f"structure_unread:{type(error).__name__}")
    return title, metadata, warnings, outline


def _outline_titles(entries: Iterable[Any], depth: int = 0) -> Iterable[str]:
    for entry in entries:
        if isinstance(entry, list):
            if depth < 8:
                yield from _outline_titles(entry, depth + 1)
        else:
            yield _key(str(getattr(entry, "title", "") or ""))


def _key(text: str) -> str:
    """Text for comparison of headings: letters and digits alone."""
    return "".join(c for c in text.lower() if c.isalnum())


def _lay_out_pages(path: Path) -> list[_Laid]:
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
        return [_lay_out(document, index) for index in range(count)]
    finally:
        document.close()


def _lay_out(document: Any, index: int) -> _Laid:
    try:
        page = read_page(document, index)
    except ValueError:
        return _Laid(PageWords([], [], 0.0, 0.0, []), [], [], ("page_damaged",), 0.0)
    extra: list[str] = []
    words = page.words
    if not words and page.hidden and page.pictures > 0.5:
        # A scan with recognised text behind its picture: the text is what the reader sees, as far as it is right.
        page.words, page.hidden = page.hidden, []
        words = page.words
        extra.append("ocr_layer")
    turns = Counter[int]()
    for word in words:
        turns[word.turn] += len(word.text)
    main = turns.most_common(1)[0][0] if turns else 0
    upright = [word for word in words if word.turn == main]
    across = [word for word in words if word.turn != main]
    if main:
        extra.append("rotated")
        _turn_back(upright, main, page)
    upright = _mend(upright)
    height = page.width if main in {1, 3} else page.height
    return _Laid(page, segments(upright), across, tuple(extra), height)


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
            torn = _LIGATURE_END.search(before.text) and word.text[:1].islower() and gap < 0.05 * word.size
            if -0.2 * word.size < gap and (torn or gap < 0.02 * word.size) and before.size == word.size:
                before.text += word.text
                before.x1, before.y0, before.y1 = word.x1, min(before.y0, word.y0), max(before.y1, word.y1)
                continue
            if is_raised(word, before) and gap < 0.5 * before.size:
                word.text = raise_text(word.text)
        mended.append(word)
    return mended


def _find_furniture(pages: Sequence[Sequence[Segment]], heights: Sequence[float]) -> set[int]:
    """Ids of segments that are running heads or page numbers.

    One near the head or foot is furniture if it is only a page number, or if the same text (digits apart) stands at the
    same height on three pages and more, and on most pages or in lighter type than a heading has.
    """
    seen: dict[tuple[str, int], list[tuple[int, Segment]]] = {}
    found: set[int] = set()
    for number, (page, height) in enumerate(zip(pages, heights, strict=True)):
        near = [s for s in page if not _ZONE * height < s.base < (1 - _ZONE) * height]
        for segment in near:
            text = segment.text
            outermost = not any(
                other.base < segment.base - 2 if segment.base < height / 2 else other.base > segment.base + 2
                for other in near
            )
            if _PAGE_NUMBER.match(text) and outermost:
                found.add(id(segment))
            key = (re.sub(r"\d+", "#", text.lower()), round(segment.base / 3))
            seen.setdefault(key, []).append((number, segment))
    for (text, _), there in seen.items():
        numbers = {number for number, _ in there}
        if len(numbers) < 3:
            continue
        varies = "#" in text and len({s.text for _, s in there}) >= len(numbers) - 1
        share = len(numbers) / max(len(pages), 1)
        light = not all(word.bold for _, s in there for word in s.words)
        if varies or share >= 0.6 or (share >= 0.2 and light):
            found.update(id(s) for _, s in there)
    return found


def _style(laid: Sequence[_Laid], furniture: set[int], outline: frozenset[str]) -> _Style:
    sizes: Counter[tuple[float, bool]] = Counter()
    prose: Counter[tuple[float, bool]] = Counter()
    vocabulary: set[str] = set()
    line_ends: list[tuple[str, str]] = []
    for page in laid:
        before = ""
        for segment in page.segments:
            if id(segment) in furniture:
                continue
            words = segment.words
            counter = prose if len(words) >= _PROSE_WORDS else sizes
            for word in words:
                counter[round(word.size * 2) / 2, word.bold] += len(word.text)
            vocabulary.update(word.text.strip(".,;:()[]").lower() for word in words)
            if before:
                line_ends.append((before, words[0].text))
            before = words[-1].text if words[-1].text.endswith("-") else ""
    size, bold = _body_type(sizes, prose)
    joined = apart = 0
    for first, second in line_ends:
        head, tail = first.strip("(["), second.strip(".,;:()[]").lower()
        joined += (head[:-1] + tail).lower() in vocabulary
        apart += (head + tail).lower() in vocabulary
    larger = sorted({s for (s, _) in (*sizes, *prose) if s > size + 0.7}, reverse=True)
    ranks = {}
    for rank, value in enumerate(larger[:12]):
        for is_bold in (True, False):
            ranks[value, is_bold, False] = rank
    return _Style(size, bold, outline, ranks, joined > apart, frozenset(vocabulary))


def _body_type(sizes: Counter[tuple[float, bool]], prose: Counter[tuple[float, bool]]) -> tuple[float, bool]:
    """Size and weight of the body: the largest type in which much of the prose is set."""
    counted = prose or sizes
    if not counted:
        return 10.0, False
    most = max(counted.values())
    return max(
        ((size, not bold), (size, bold)) for (size, bold), count in counted.items() if count >= 0.4 * most
    )[1]


def _draft(number: int, laid: _Laid, furniture: set[int], style: _Style, gutters: Gutters) -> PageDraft:
    page = laid.page
    head: list[Block] = []
    body: list[Block] = []
    foot: list[Block] = []
    rest: list[Segment] = []
    for segment in laid.segments:
        if id(segment) in furniture:
            block = _block([cast("list[Word]", segment.words)], style, layer="furniture")
            (head if segment.base < laid.height / 2 else foot).append(block)
        else:
            rest.append(segment)
    for flow in flows(rest, gutters):
        for item in paragraphs(flow, [] if "rotated" in laid.extra else page.rules):
            body.extend(_blocks(item, style))
    _promote(body)
    if laid.across:
        foot.append(_block([laid.across], style, layer="furniture"))
    visible = "\n".join(block.text for block in body)
    quality, reasons = assess(visible, extra=laid.extra)
    return PageDraft(number, [*head, *body, *foot], page.width, page.height, quality, reasons)


def _promote(body: list[Block]) -> None:
    """Make headings of lines that stand alone without a mark or a stop above a paragraph of prose."""
    for block, following in pairwise(body):
        if (
            block.kind == "bullet"
            and following.kind == "sentence"
            and following.layer == "body"
            and len(following.text) > _LONG_PARAGRAPH
            and following.text[:1].isupper()
            and not LIST_MARK.match(block.text)
            and len(block.text) > 3
            and not re.fullmatch(r"[\d\W]+\w{0,6}", block.text)
        ):
            block.layer, block.kind, block.level = "heading", "heading", 75


def _blocks(item: Paragraph | Table, style: _Style) -> list[Block]:  # noqa: PLR0911  one return per kind of block
    if isinstance(item, Table):
        return [_table_block(item, style)]
    lines = cast("list[list[Word]]", item.lines)
    text = " ".join(word.text for line in lines for word in line)
    if _CONTENTS_LINE.search(text):
        return [_block(lines, style, layer="furniture")]
    if _CAPTION.match(text) and (len(text) < 600) and _looks_like_caption(lines, style):
        return [_block(lines, style, layer="caption", runs_on=item.runs_on)]
    small = max(word.size for line in lines for word in line) <= _SMALL_PRINT * style.size
    level = _heading_level(text, lines, style, is_item=item.is_item)
    if level is not None and small and not _BACK_MATTER.match(text):
        level = None
    if level is not None:
        return [_block(lines, style, layer="heading", kind="heading", level=level)]
    if small or sum(c.isalnum() for c in text) < 3:
        return [_block(lines, style, layer="caption", runs_on=item.runs_on)]
    fragment = len(lines) == 1 and len(lines[0]) <= _LONGEST_FRAGMENT and text.rstrip()[-1:] not in ".!?:;"
    if item.is_item or (fragment and not item.runs_on):
        return [_block(lines, style, kind="bullet", runs_on=item.runs_on)]
    run_in = _run_in_heading(lines, style)
    if run_in:
        first = lines[0][:run_in]
        rest = [line for line in [lines[0][run_in:], *lines[1:]] if line]
        return [
            _block(
                [first], style, layer="heading", kind="heading", level=_unnumbered_level(first, style) + 5
            ),
            _block(rest, style, runs_on=item.runs_on),
        ]
    return [_block(lines, style, runs_on=item.runs_on)]


def _looks_like_caption(lines: list[list[Word]], style: _Style) -> bool:
    """A caption begins in bold or italics, or has a stop or colon behind its number; a sentence does not."""
    first = lines[0][0]
    start = " ".join(word.text for word in lines[0][:3])
    return (
        (first.bold and not style.bold)
        or first.italic
        or first.size < style.size - 0.4
        or bool(re.match(r"\S+\s*[A-Z]?[\dIVX]*[.:–—|-]", start))
        or len(lines) == 1
    )


def _run_in_heading(lines: list[list[Word]], style: _Style) -> int:
    """How many words of heading open a paragraph that goes on in another type; 0 for none.

    Bold before the body's type; or, in another font than what follows, a label of a structured abstract.
    """
    first = lines[0]
    label = _ABSTRACT_LABEL.match(" ".join(word.text for word in first[:4]))
    count = label[0].count(" ") + 1 if label else 0
    if not label or count >= len(first) or first[count].font == first[count - 1].font:
        count = 0
        while count < len(first) and first[count].bold and not style.bold:
            count += 1
    if not 0 < count <= 8 or count == len(first):
        return 0
    follows = first[count].text
    letters = "".join(word.text for word in first[:count])
    begins = letters[:1].isupper() and (follows[:1].isupper() or follows[:1].isdigit())
    return count if begins and len(letters) > 3 and not letters.endswith(",") else 0


def _heading_level(  # noqa: PLR0911  one rule after the other, the strongest first
    text: str, lines: list[list[Word]], style: _Style, *, is_item: bool
) -> int | None:
    """The level of a heading, or None for prose. Numbered headings stand at ten times their depth."""
    if len(text) > _LONGEST_HEADING or len(lines) > 4 or sum(c.isalpha() for c in text) < 3:
        return None
    words = [word for line in lines for word in line]
    bold = all(word.bold for word in words) and not style.bold
    large = min(word.size for word in words) > style.size + 0.7
    listed = len(text) > 4 and _key(text) in style.outline
    ends = text.rstrip()[-1:]
    if _PART.match(text) and (bold or large or listed or text.isupper()):
        return 5 if text[1:2] == "." else 1
    numbered = _NUMBERED.match(text)
    if numbered and (bold or large or listed) and ends not in ";,":
        return 10 * (numbered[1].count(".") + 1) + (1 if is_item and not (large or listed) else 0)
    if is_item and not listed:
        return None
    if ends in ";," or (ends == "." and not listed):
        return None
    capitals = text.isupper() and len(text) > 3 and sum(c.isalpha() for c in text) > 0.6 * len(text)
    if large or listed or (bold and ends != ":") or (capitals and len(lines) <= 2):
        return _unnumbered_level(words, style)
    lettered = [word for word in words if any(c.isalpha() for c in word.text)]
    if ends != "." and len(lines) <= 2 and all(word.underlined for word in lettered):
        return 65
    italic = all(word.italic for word in words)
    if italic and len(lines) == 1 and len(words) <= 12 and text[:1].isupper():
        return 70
    if len(lines) == 1 and _stands_alone(text, words):
        return 75
    return None


def _stands_alone(text: str, words: list[Word]) -> bool:
    """A lone short line that begins in upper case and has no stop: a heading without a type of its own."""
    return len(words) <= 9 and text[:1].isupper() and text.rstrip()[-1:].isalpha() and len(words[0].text) > 1


def _unnumbered_level(words: list[Word], style: _Style) -> int:
    size = round(words[0].size * 2) / 2
    rank = style.ranks.get((size, words[0].bold, False))
    if rank is not None and size > style.size + 0.7:
        return 2 + rank
    if "".join(word.text for word in words).isupper():
        return 50
    return 60


def _table_block(table: Table, style: _Style) -> Block:
    texts: list[str] = []
    boxes: list[tuple[int, int, Rectangle]] = []
    at = 0
    for row in table.rows:
        for number, cell in enumerate(row):
            if number:
                texts.append(" | ")
                at += 3
            hyphen = None
            for index, word in enumerate(cast("list[Word]", cell)):
                if index and not hyphen:
                    texts.append(" ")
                    at += 1
                following = cell[index + 1] if index + 1 < len(cell) else None
                ends_line = following is not None and following.base > word.base + 0.5 * word.size
                hyphen = _parted(word.text, following.text, style) if following and ends_line else None
                text = word.text[:-1] if hyphen == "drop" else word.text
                boxes.append((at, at + len(text), _rectangle(word)))
                texts.append(text)
                at += len(text)
        texts.append("\n")
        at += 1
    text = "".join(texts).rstrip("\n")
    return Block(text, "table", "row", boxes)


def _block(
    lines: list[list[Word]],
    style: _Style,
    *,
    layer: Any = "body",
    kind: Any = "sentence",
    level: int = 0,
    runs_on: bool = False,
) -> Block:
    """Put lines together: a line break between lines, none where a hyphen parted a word."""
    texts: list[str] = []
    boxes: list[tuple[int, int, Rectangle]] = []
    at = 0
    last = len(lines) - 1
    for number, line in enumerate(lines):
        for index, word in enumerate(line):
            if index:
                texts.append(" ")
                at += 1
            text = word.text
            is_end = index == len(line) - 1 and number < last
            parted = _parted(text, lines[number + 1][0].text, style) if is_end else None
            if parted == "drop":
                text = text[:-1]
            boxes.append((at, at + len(text), _rectangle(word)))
            texts.append(text)
            at += len(text)
            if is_end and parted is None:
                texts.append("\n")
                at += 1
    return Block("".join(texts), layer, kind, boxes, level, runs_on)


def _parted(first: str, second: str, style: _Style) -> str | None:
    """What becomes of a hyphen at a line's end: "drop" it, "keep" it, both without the line break, or None for no hyphen.

    Never next to a digit. The document itself tells how it writes the word elsewhere.
    """
    if len(first) < 2 or first[-1] not in "-\u00ad‐" or not first[-2].isalpha() or not second[:1].isalpha():
        return None
    if first[-1] == "\u00ad":
        return "drop"
    head, tail = first.strip("([\"'“«").lower(), second.strip(".,;:()[]\"'”»").lower()
    if not second[0].islower():
        return "keep"
    if head[:-1] + tail in style.vocabulary:
        return "drop"
    if head + tail in style.vocabulary or not style.hyphenates or "-" in head[:-1]:
        return "keep"
    return "keep" if head in _PREFIXES else "drop"


_PREFIXES = frozenset(
    {
        *(
            "non-",
            "self-",
            "well-",
            "double-",
            "single-",
            "triple-",
            "placebo-",
            "open-",
            "long-",
            "short-",
            "high-",
        ),
        *(
            "low-",
            "beta-",
            "alpha-",
            "cross-",
            "follow-",
            "dose-",
            "evidence-",
            "drug-",
            "event-",
            "once-",
            "first-",
        ),
        *(
            "second-",
            "third-",
            "type-",
            "time-",
            "age-",
            "sex-",
            "end-",
            "post-",
            "pre-",
            "anti-",
            "mid-",
            "multi-",
        ),
        *(
            "co-",
            "intention-",
            "per-",
            "year-",
            "week-",
            "month-",
            "day-",
            "half-",
            "health-",
            "blood-",
            "heart-",
        ),
        *("st-", "ci-", "là-", "peut-", "est-", "a-"),
    }
)
"""Where the document does not tell, the hyphen behind these stays: "double-blind", "est-ce"."""


def _rectangle(word: Word) -> Rectangle:
    x0, y0, x1, y1 = word.shown or (word.x0, word.y0, word.x1, word.y1)
    return Rectangle(round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1))
