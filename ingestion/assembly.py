"""From the blocks of pages to a Reading's pages and sentences: the same for every format.

A format says what blocks a page has and what each is; here their texts are put together, sentences are split and
numbered, and each is given the headings above it. Sentences may run over pages, never over a heading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingestion.language import detect, is_other
from ingestion.model import (
    SILENT_LAYERS,
    UNSEEN_LAYERS,
    Box,
    Layer,
    Page,
    PageSpan,
    Quality,
    Rectangle,
    Region,
    Sentence,
    SentenceKind,
    Table,
)
from ingestion.sentences import Language, split
from ingestion.table_context import with_context
from ingestion.tables import WrittenTable, moved

_TERMINATED = re.compile(r"[.!?…:;][\"'”’»)\]\s⁰¹²³⁴-⁹,–*†‡]*\Z")
_MADE_UP = re.compile(
    r"(?:(?:slide|diapositive|document|untitled|sans titre|présentation|presentation)\s*\d*|"
    r"(?:powerpoint presentation|présentation powerpoint|word document)|microsoft \w+ - .*|\((?:anonymous|unspecified|untitled|none)\)|"
    r".*\.(?:docx?|pptx?|od[tp]|indd|qxd|ai|eps|psd|pdf|tex|rtf)|[\w.-]*\d[\w.-]*)\Z",
    re.IGNORECASE,
)
_SHORTEST = 3
"""Words of the shortest sentence that a list item is split into."""
LIST_MARK = re.compile(
    r"\s*(?:[•◦▪‣●○■□➢➔✓·\uf0b7\uf0a7\uf0d8\uf076\uf0fc]+|[-–—*o](?=\s)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s))\s*"
)


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item, table or furniture of one page."""

    text: str
    """Lines, and rows of a table, end with a line break; there is no empty line."""
    layer: Layer = "body"
    kind: SentenceKind = "sentence"
    """`sentence` is prose to be split; `row` has one row per line; `heading` and `bullet` are what they say."""
    boxes: list[tuple[int, int, Rectangle]] = field(default_factory=list)
    """Half-open offsets into `text`, and where these characters stand."""
    level: int = 0
    """Of a heading: smaller stands higher."""
    runs_on: bool = False
    """The last line is full, so that the next block may go on with the sentence."""
    wraps: bool = True
    """Line breaks in the text are only those of the page's width, so that they never end a sentence."""
    whole: bool = False
    """It is quoted as a whole and never split: an approved claim."""
    table: Table | None = None
    """Of a block of rows: its cells, with offsets into `text`."""


def table_block(written: WrittenTable) -> Block:
    """The block of a table that was put together."""
    return Block(written.text, "table", "row", written.boxes, table=written.table)


@dataclass(slots=True)
class PageDraft:
    """A page on its way: its blocks in reading order and all that a Page has besides."""

    number: int
    blocks: list[Block]
    width: float = 0.0
    height: float = 0.0
    quality: Quality = "good"
    reasons: tuple[str, ...] = ()
    title: str | None = None
    starts: float | None = None
    ends: float | None = None
    crosses: bool = True
    """Sentences may run over to the next page: not from slides or speakers' turns."""
    section: tuple[str, ...] = ()
    """What the page stands under and does not say itself: the chapter of a speaker's turn."""


@dataclass(slots=True)
class Content:
    """What a format's reader found in a file."""

    drafts: list[PageDraft]
    title: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def own_title(title: str | None) -> str | None:
    """The title in a file's properties, unless a program made it up: "Slide 1", "Microsoft Word - EN.doc"."""
    if title is None or not title.strip() or _MADE_UP.match(title.strip()):
        return None
    return title.strip()


@dataclass(slots=True)
class _Chunk:
    """Prose of one kind in one section, waiting for its end: block texts and where they stand."""

    kind: SentenceKind
    layer: Layer
    section: tuple[str, ...]
    page_title: str | None
    texts: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    """(page, offset in the page's text) of each block."""
    runs_on: bool = False
    wraps: bool = True
    whole: bool = False


def assemble(drafts: Sequence[PageDraft]) -> tuple[tuple[Page, ...], tuple[Sentence, ...], Language | None]:
    """Put pages and sentences together; also the language, as detected from the text.

    Where a document has headings and furniture alone, these are its body. Pages in another language are doubtful.
    """
    text = "\n".join(block.text for draft in drafts for block in draft.blocks)
    body = "\n".join(block.text for draft in drafts for block in draft.blocks if block.layer == "body")
    language = detect(body) or detect(text)
    drafts = _judged_by_language(drafts, is_other(text))
    pages, sentences = _put_together(drafts, language)
    if not has_body(sentences):
        pages, sentences = _put_together(_taken_as_body(drafts), language)
    return pages, sentences, language


def has_body(sentences: Sequence[Sentence]) -> bool:
    """Whether anything can be found and quoted: a heading alone cannot."""
    return any(sentence.kind != "heading" for sentence in sentences)


def _put_together(
    drafts: Sequence[PageDraft], language: Language | None
) -> tuple[tuple[Page, ...], tuple[Sentence, ...]]:
    pages, starts = [], []
    for draft in drafts:
        page, offsets = _page(draft)
        pages.append(page)
        starts.append(offsets)
    sentences = sorted(
        _Splitter(language).run(drafts, starts), key=lambda s: (s.parts[0].page, s.parts[0].start)
    )
    numbered = tuple(replace(sentence, ordinal=ordinal) for ordinal, sentence in enumerate(sentences))
    return with_context(pages), numbered


def _judged_by_language(drafts: Sequence[PageDraft], mostly_other: bool) -> list[PageDraft]:
    """Pages that are neither French nor English are doubtful: nothing here understands them."""
    judged = []
    for draft in drafts:
        text = "\n".join(block.text for block in draft.blocks)
        other = is_other(text) or (mostly_other and detect(text) is None)
        if other and draft.quality != "unreadable":
            draft = replace(draft, quality="doubtful", reasons=(*draft.reasons, "other_language"))  # noqa: PLW2901  the same page
        judged.append(draft)
    return judged


def _taken_as_body(drafts: Sequence[PageDraft]) -> list[PageDraft]:
    """The pages with their headings, or else their furniture, as prose: all that they say."""

    def says(block: Block) -> bool:
        return re.search(r"[^\W\d_]{2}", block.text) is not None

    seen = [block for draft in drafts for block in draft.blocks if block.layer not in UNSEEN_LAYERS]
    blocks = [block for block in seen if says(block)]
    chosen = [block for block in blocks if block.kind == "heading"] or blocks
    found = {id(block) for block in chosen}
    return [
        replace(
            draft,
            blocks=[
                replace(block, kind="sentence", layer="body", level=0) if id(block) in found else block
                for block in draft.blocks
            ],
        )
        for draft in drafts
    ]


def _page(draft: PageDraft) -> tuple[Page, list[int]]:
    """The page, and where each block begins in its text."""
    texts: list[str] = []
    offsets: list[int] = []
    regions: list[Region] = []
    boxes: list[Box] = []
    tables: list[Table] = []
    at = 0
    for block in draft.blocks:
        offsets.append(at)
        texts.append(block.text)
        end = at + len(block.text)
        if block.text:
            regions.append(Region(block.layer, at, end))
        boxes.extend(Box(at + start, at + stop, rectangle) for start, stop, rectangle in block.boxes)
        if block.table is not None:
            tables.append(moved(block.table, at, draft.number))
        at = end + 2
    page = Page(
        number=draft.number,
        text="\n\n".join(texts),
        regions=tuple(regions),
        boxes=tuple(boxes),
        width=draft.width,
        height=draft.height,
        quality=draft.quality,
        reasons=draft.reasons,
        title=draft.title,
        starts=draft.starts,
        ends=draft.ends,
        tables=tuple(tables),
    )
    return page, offsets


class _Splitter:
    """Walks the blocks in reading order and keeps the headings and the unfinished prose."""

    def __init__(self, language: Language | None) -> None:
        self._language = language
        self._headings: list[tuple[int, str]] = []
        self._open: _Chunk | None = None

    def run(self, drafts: Sequence[PageDraft], starts: list[list[int]]) -> Iterator[Sentence]:
        """All sentences, without ordinals, nearly in order."""
        for draft, offsets in zip(drafts, starts, strict=True):
            if draft.quality != "unreadable":
                for block, offset in zip(draft.blocks, offsets, strict=True):
                    yield from self._block(draft, block, offset)
            if not draft.crosses or draft.quality == "unreadable":
                yield from self._close()
            if not draft.crosses:
                self._headings.clear()
        yield from self._close()

    def _block(self, draft: PageDraft, block: Block, offset: int) -> Iterator[Sentence]:
        if block.layer in SILENT_LAYERS or not block.text.strip():
            return
        if block.kind == "heading":
            yield from self._close()
            text = _flat(block.text)
            while self._headings and self._headings[-1][0] >= block.level:
                self._headings.pop()
            yield self._sentence(block, draft, (PageSpan(draft.number, offset, offset + len(block.text)),))
            if block.layer != "title":
                self._headings.append((block.level, text.strip()))
        elif block.kind == "row":
            yield from self._rows(draft, block, offset)
        elif self._open and self._goes_on(self._open, block):
            self._open.texts.append(block.text)
            self._open.places.append((draft.number, offset))
            self._open.runs_on = block.runs_on
        elif (
            self._open and block.layer in {"caption", "notes", "footnote"} and block.layer != self._open.layer
        ):
            yield from self._split(self._chunk(draft, block, offset))
        else:
            yield from self._close()
            self._open = self._chunk(draft, block, offset)

    def _chunk(self, draft: PageDraft, block: Block, offset: int) -> _Chunk:
        return _Chunk(
            block.kind,
            block.layer,
            self._section(draft, block),
            draft.title,
            [block.text],
            [(draft.number, offset)],
            block.runs_on,
            block.wraps,
            block.whole,
        )

    def _section(self, draft: PageDraft, block: Block) -> tuple[str, ...]:
        """The headings above a block; on a slide none is over what is not on it as it is shown, such as notes."""
        if not draft.crosses and block.layer in UNSEEN_LAYERS:
            return draft.section
        return (*draft.section, *(text for _, text in self._headings))

    def _goes_on(self, chunk: _Chunk, block: Block) -> bool:
        """Whether a block continues the sentence that the chunk left unfinished."""
        if block.layer != chunk.layer or block.kind != "sentence" or _TERMINATED.search(chunk.texts[-1]):
            return False
        if chunk.texts[-1].rstrip().endswith(",") and chunk.kind == "sentence":
            return True
        first = block.text.lstrip("(«“\"' ")[:1]
        if chunk.kind == "bullet":
            return first.islower() and chunk.runs_on
        likely = first.isalnum() or first in "<>≤≥=±+−–%["
        return first.islower() or (chunk.runs_on and likely and block.text.count(" ") >= _SHORTEST)

    def _rows(self, draft: PageDraft, block: Block, offset: int) -> Iterator[Sentence]:
        for match in re.finditer(r"[^\n]*\S[^\n]*", block.text):
            span = PageSpan(draft.number, offset + match.start(), offset + match.end())
            yield self._sentence(block, draft, (span,), match[0])

    def _sentence(
        self, block: Block, draft: PageDraft, parts: tuple[PageSpan, ...], text: str | None = None
    ) -> Sentence:
        section = self._section(draft, block)
        words = _flat(block.text if text is None else text)
        return Sentence(0, words, block.kind, block.layer, parts, section, draft.title)

    def _close(self) -> Iterator[Sentence]:
        if self._open is not None:
            chunk, self._open = self._open, None
            yield from self._split(chunk)

    def _split(self, chunk: _Chunk) -> Iterator[Sentence]:
        texts = [_flat(text) if chunk.wraps else text for text in chunk.texts]
        joined = " ".join(texts)
        ends: list[int] = []
        for text in texts:
            ends.append((ends[-1] + 1 if ends else 0) + len(text))
        begin = 0
        if chunk.kind == "bullet":
            marker = LIST_MARK.match(joined)
            begin = marker.end() if marker else 0
        spans = [(0, len(joined) - begin)] if chunk.whole else split(joined[begin:], self._language)
        if chunk.kind == "bullet" and len(spans) > 1 and not _are_sentences(joined[begin:], spans):
            spans = [(spans[0][0], spans[-1][1])]
        for start, end in spans:
            if not any(character.isalnum() for character in joined[begin + start : begin + end]):
                continue
            parts = tuple(_parts(begin + start, begin + end, texts, ends, chunk.places))
            text = _flat(joined[begin + start : begin + end])
            yield Sentence(0, text, chunk.kind, chunk.layer, parts, chunk.section, chunk.page_title)


def _parts(
    start: int, end: int, texts: list[str], ends: list[int], places: list[tuple[int, int]]
) -> Iterator[PageSpan]:
    """The spans on the pages under the span `start:end` of the joined texts."""
    for text, text_end, (page, offset) in zip(texts, ends, places, strict=True):
        text_start = text_end - len(text)
        a, b = max(start, text_start), min(end, text_end)
        if a < b:
            yield PageSpan(page, offset + a - text_start, offset + b - text_start)


def _are_sentences(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a list item is made of real sentences, so that each may be quoted: "Nb. Remb : …" is not."""
    return bool(_TERMINATED.search(text)) and all(len(text[a:b].split()) >= _SHORTEST for a, b in spans)


def _flat(text: str) -> str:
    return text.replace("\n", " ")
