"""Word documents, walked directly: tracked changes as if accepted, hidden and struck text and comments left out.

Text boxes stand after the paragraph that holds them, footnotes and endnotes at the end of their page, running heads and feet once.

A page ends at a page break, or where Word last laid one out; a paragraph stays whole on the page where it begins. A
document without any such mark is cut at its headings of the highest level.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ingestion.assembly import Block, Content, PageDraft, table_block
from ingestion.errors import IngestionError, UnreadableFile
from ingestion.formats.archive import Archive
from ingestion.formats.docx_numbering import read_numbering
from ingestion.formats.docx_parts import below, in_symbol_font, precedes_a_paragraph, symbol_of, text_boxes
from ingestion.formats.docx_sight import left_out
from ingestion.formats.docx_styles import Style, W, is_on, is_raised, read_styles, value
from ingestion.formats.label_name import medicine_named
from ingestion.formats.office import MC, attribute, office_table, tidy
from ingestion.formats.office_math import M, formula
from ingestion.formats.tabbed import tables_among, without_tabs
from ingestion.quality import assess
from ingestion.references import is_reference
from ingestion.symbol_font import signs_of
from ingestion.tables import GridCell
from ingestion.text import raise_text

_MAX_DEPTH = 20
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[A-ZÀ-Þ]")
_LONGEST_HEADING = 120


@dataclass(slots=True)
class _Paragraph:
    """The words of a paragraph, and what was met on the way."""

    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Ids of footnotes."""
    boxes: list[Any] = field(default_factory=list)
    """Contents of text boxes, which stand beside the paragraph."""
    bold: bool = True
    """All its words are."""
    breaks_before: bool = False
    breaks_after: bool = False


@dataclass(slots=True)
class _Beside:
    """What stands in the cells of a table beside their text."""

    boxes: list[Any] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)


def read_docx(path: Path) -> Content:
    """Read a document. Raises UnreadableFile, EncryptedFile or FileTooLarge."""
    with Archive(path) as archive:
        return _Document(archive).read()


class _Document:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._main = next(
            (t for kind, t in archive.related("").values() if kind == "officeDocument"), "word/document.xml"
        )
        self._styles = self._read_styles()
        self._changes = False
        self._hidden = False
        self._struck = False
        self._numbering = read_numbering(self._part("numbering"))
        self._footnotes = {**dict(self._read_notes("footnote")), **dict(self._read_notes("endnote"))}
        self._pages: list[PageDraft] = [PageDraft(1, [])]
        self._notes: list[str] = []
        self._tabbed: dict[int, str] = {}
        """The words of paragraphs with their tabs, by the id of the block."""
        self._open: _Paragraph | None = None
        """What goes on with the next paragraph, for the mark between them was deleted."""

    def read(self) -> Content:
        """The whole document."""
        try:
            body = self._archive.xml(self._main).find(f"{W}body")
        except KeyError as error:
            raise self._archive.unreadable("has no document in it") from error
        if body is None:
            raise self._archive.unreadable("has no document in it")
        self._walk(body, 0)
        self._end_page(last=True)
        pages = [page for page in self._pages if page.blocks]
        if pages:
            pages[0].blocks[:0] = self._furniture("header")
            pages[0].blocks.extend(self._furniture("footer"))
        if len(pages) == 1:
            pages = _cut_at_headings(pages[0])
        for number, page in enumerate(pages, start=1):
            page.number = number
            page.quality, page.reasons = assess("\n".join(b.text for b in page.blocks), prose=False)
        warnings = ["tracked_changes_accepted"] if self._changes else []
        if self._hidden:
            warnings.append("hidden_text")
        if self._struck:
            warnings.append("struck_text")
        blocks = [block for page in pages for block in page.blocks]
        title = medicine_named(blocks) or next((b.text for b in blocks if b.layer == "title"), None)
        return Content(pages, title, {}, warnings)

    def _walk(self, parent: Any, depth: int) -> None:
        for item in parent:
            if item.tag == f"{W}p":
                self._take(item, depth)
            elif item.tag == f"{W}tbl":
                self._table(item, depth)
            elif item.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"} and depth < _MAX_DEPTH:
                self._changes = self._changes or item.tag == f"{W}ins"
                self._walk(item, depth + 1)
            elif item.tag in {f"{W}del", f"{W}moveFrom"}:
                self._changes = True

    def _table(self, item: Any, depth: int, *, within: bool = False) -> None:
        """A table, then what stands in its cells beside their text. A table within a cell is in doubt, for what its rows
        are said of stands around it.
        """
        beside = _Beside()
        cells, headers = self._cells(item, beside)
        written = office_table(cells, headers)
        if written is not None:
            table = written.table
            reasons = ("nested", *table.reasons) if within else table.reasons
            self._pages[-1].blocks.append(
                table_block(replace(written, table=replace(table, reasons=reasons)))
            )
        if depth < _MAX_DEPTH:
            for content in beside.boxes:
                self._walk(content, depth + 1)
            for inner in beside.tables:
                self._table(inner, depth + 1, within=bool(cells) or within)

    def _take(self, item: Any, depth: int) -> None:
        paragraph, self._open = self._open or _Paragraph(), None
        self._runs(item, paragraph, 0, self._style(item))
        if item.find(f"{W}pPr/{W}rPr/{W}del") is not None and precedes_a_paragraph(item):
            self._changes = True
            self._open = paragraph
            return
        if paragraph.breaks_before or is_on(item.find(f"{W}pPr/{W}pageBreakBefore")):
            self._end_page()
        text = tidy("".join(paragraph.texts), tabs=True)
        if text:
            block = self._block(item, without_tabs(text), bold=paragraph.bold)
            if block.layer == "body" and block.kind == "sentence":
                self._tabbed[id(block)] = text
            self._pages[-1].blocks.append(block)
        for content in paragraph.boxes:
            self._walk(content, depth + 1)
        self._notes.extend(paragraph.notes)
        section = item.find(f"{W}pPr/{W}sectPr")
        if paragraph.breaks_after or (section is not None and value(section, "type") != "continuous"):
            self._end_page()

    def _end_page(self, *, last: bool = False) -> None:
        blocks = self._with_tables(self._pages[-1].blocks)
        self._pages[-1].blocks = blocks
        for note in self._notes:
            text = self._footnotes.get(note)
            if text:
                blocks.append(Block(text, "references" if is_reference(text) else "footnote", wraps=False))
        self._notes = []
        if blocks and not last:
            self._pages.append(PageDraft(len(self._pages) + 1, []))

    def _with_tables(self, blocks: list[Block]) -> list[Block]:
        """The blocks, with tables in place of the paragraphs that tabs align."""
        texts = [self._tabbed.get(id(block), "") for block in blocks]
        return [
            blocks[lines.start] if written is None else table_block(written)
            for lines, written in tables_among(texts)
        ]

    def _style(self, item: Any) -> Style:
        return self._styles.get(value(item.find(f"{W}pPr"), "pStyle") or "", Style())

    def _number(self, properties: Any, style: Style) -> str:
        """The number that Word prints before the paragraph; it counts even where it is not shown here."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        if own is None and style.numbered is None:
            return ""
        listed, depth = style.numbered or ("", 0)
        listed = value(own, "numId") or listed
        return self._numbering.next(listed, int(attribute(value(own, "ilvl"), depth)))

    def _block(self, item: Any, text: str, *, bold: bool) -> Block:
        properties = item.find(f"{W}pPr")
        style = self._style(item)
        number = self._number(properties, style)
        outline = value(properties, "outlineLvl")
        level = int(outline) + 1 if outline and outline.isdigit() and int(outline) < 9 else style.level  # noqa: PLR2004  Word has nine
        if style.is_title:
            return Block(text, "title", "heading")
        if level is not None:
            shown = f"{number} {text}" if number and not text.startswith(number) else text
            return Block(shown, "heading", "heading", level=10 * level)
        written = _NUMBERED.match(text)
        if bold and written and len(text) <= _LONGEST_HEADING and not text.endswith((".", ";", ":", ",")):
            return Block(text, "heading", "heading", level=10 * (written[1].count(".") + 1))
        if style.is_caption:
            return Block(text, "caption")
        if style.is_contents:
            return Block(text, "furniture")
        listed = style.is_list or (properties is not None and properties.find(f"{W}numPr") is not None)
        return Block(text, "body", "bullet" if listed else "sentence", wraps=False)

    def _runs(self, parent: Any, into: _Paragraph, depth: int, style: Style) -> None:
        """Collect the words below a paragraph, insertions in and deletions out."""
        for item in parent:
            if item.tag == f"{W}r":
                self._run(item, into, style)
            elif item.tag in {f"{W}del", f"{W}moveFrom"}:
                self._changes = True
            elif item.tag == f"{MC}AlternateContent":
                continue  # drawings and text boxes
            elif item.tag in {f"{M}oMath", f"{M}oMathPara"}:
                into.texts.append(formula(item))
            elif item.tag != f"{W}pPr" and depth < _MAX_DEPTH:
                self._changes = self._changes or item.tag in {f"{W}ins", f"{W}moveTo"}
                self._runs(item, into, depth + 1, style)

    def _run(self, run: Any, into: _Paragraph, style: Style) -> None:  # noqa: C901  one branch per kind of run content
        properties = run.find(f"{W}rPr")
        if self._is_left_out(run, style):
            return
        texts: list[str] = []
        for item in run:
            name = item.tag.rsplit("}", 1)[-1] if isinstance(item.tag, str) else ""
            if name == "t":
                texts.append(item.text or "")
            elif name in {"tab", "ptab"}:
                texts.append("\t")
            elif name == "noBreakHyphen":
                texts.append("\u2011")
            elif name == "sym":
                texts.append(symbol_of(item))
            elif name in {"drawing", "pict", "AlternateContent"}:
                into.boxes.extend(text_boxes(item))
            elif name in {"footnoteReference", "endnoteReference"}:
                into.notes.append(f"{name.removesuffix('Reference')}:{item.get(f'{W}id') or ''}")
            elif name == "lastRenderedPageBreak" or (name == "br" and item.get(f"{W}type") == "page"):
                started = bool("".join([*into.texts, *texts]).strip())
                into.breaks_before, into.breaks_after = (
                    into.breaks_before or not started,
                    into.breaks_after or started,
                )
            elif name in {"br", "cr"}:
                texts.append("\n")
        text = signs_of("".join(texts)) if in_symbol_font(properties) else "".join(texts)
        if self._is_raised(properties, style):
            text = raise_text(text)
        if text.strip():
            into.bold = into.bold and properties is not None and is_on(properties.find(f"{W}b"))
        into.texts.append(text)

    def _is_raised(self, properties: Any, style: Style) -> bool:
        """Whether a run is a superscript by its own word, or else by its style."""
        marks = [
            properties.find(f"{W}{name}") if properties is not None else None
            for name in ("vertAlign", "position")
        ]
        if any(mark is not None for mark in marks):
            return is_raised(*marks)
        styled = self._styles.get(value(properties, "rStyle") or "")
        return style.is_raised if styled is None else styled.is_raised

    def _is_left_out(self, run: Any, style: Style) -> bool:
        """Whether a run is not shown or struck through, which is noted where it has words."""
        why = left_out(run, style, self._styles)
        if (why.unseen or why.struck) and any(t.text and t.text.strip() for t in run.iter(f"{W}t")):
            self._hidden, self._struck = self._hidden or why.unseen, self._struck or why.struck
        return why.unseen or why.struck

    def _cells(self, table: Any, beside: _Beside) -> tuple[list[GridCell], int | None]:
        """The cells with their spans, and how many rows the file itself calls headers."""
        cells: list[GridCell] = []
        open_cells: dict[int, GridCell] = {}
        headers = 0
        row = 0
        for item in below(table, "tr"):
            if item.find(f"{W}trPr/{W}del") is not None:
                self._changes = True
                continue
            if is_on(item.find(f"{W}trPr/{W}hidden")):
                self._hidden = True
                continue
            column = int(attribute(value(item, "trPr", "gridBefore")))
            for cell in below(item, "tc"):
                width = max(1, int(attribute(value(cell, "tcPr", "gridSpan"), 1)))
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                if merged is not None and merged.get(f"{W}val") != "restart":
                    if column in open_cells:
                        open_cells[column].row_span = row - open_cells[column].row + 1
                else:
                    text = self._cell_text(cell, beside)
                    open_cells[column] = GridCell(row, column, text, column_span=width)
                    if text:
                        cells.append(open_cells[column])
                column += width
            if is_on(item.find(f"{W}trPr/{W}tblHeader")) and headers == row:
                headers = row + 1
            row += 1
        return cells, headers or None

    def _cell_text(self, cell: Any, beside: _Beside) -> str:
        texts: list[str] = []
        for item in below(cell, "p"):
            paragraph = _Paragraph()
            self._runs(item, paragraph, 0, self._style(item))
            texts.append(tidy("".join(paragraph.texts)).replace("\n", " "))
            self._notes.extend(paragraph.notes)
            beside.boxes.extend(paragraph.boxes)
        beside.tables.extend(below(cell, "tbl"))
        return " ".join(filter(None, texts))

    def _plain(self, paragraph: Any) -> str:
        into = _Paragraph()
        self._runs(paragraph, into, 0, self._style(paragraph))
        return tidy("".join(into.texts)).replace("\n", " ")

    def _read_styles(self) -> dict[str, Style]:
        part = next((t for kind, t in self._archive.related(self._main).values() if kind == "styles"), None)
        try:
            return read_styles(self._archive.xml(part or "word/styles.xml"))
        except (KeyError, IngestionError):
            return {}

    def _part(self, kind: str) -> Any:
        """The root of the document's part of a kind; None where there is none that can be read."""
        part = next((t for found, t in self._archive.related(self._main).values() if found == kind), None)
        try:
            return self._archive.xml(part) if part else None
        except (KeyError, UnreadableFile):
            return None

    def _furniture(self, kind: str) -> list[Block]:
        """The running heads or feet, each once."""
        texts: dict[str, None] = {}
        for found, part in self._archive.related(self._main).values():
            if found == kind:
                try:
                    root = self._archive.xml(part)
                except (KeyError, UnreadableFile):
                    continue
                texts |= dict.fromkeys(filter(None, (self._plain(p) for p in root.iter(f"{W}p"))))
        return [Block(text, "furniture") for text in texts]

    def _read_notes(self, kind: str) -> Iterator[tuple[str, str]]:
        root = self._part(f"{kind}s")
        if root is None:
            return
        for item in root.iter(f"{W}{kind}"):
            if item.get(f"{W}type") in {"separator", "continuationSeparator", "continuationNotice"}:
                continue
            text = "\n".join(filter(None, (self._plain(p) for p in item.iter(f"{W}p"))))
            yield f"{kind}:{item.get(f'{W}id') or ''}", text


def _cut_at_headings(page: PageDraft) -> list[PageDraft]:
    top = min((block.level for block in page.blocks if block.layer == "heading"), default=None)
    pages = [PageDraft(1, [])]
    for block in page.blocks:
        begun = any(known.layer != "furniture" for known in pages[-1].blocks)
        if block.layer == "heading" and block.level == top and begun:
            pages.append(PageDraft(len(pages) + 1, []))
        pages[-1].blocks.append(block)
    return pages
