"""Lays the trial paper out: a title block across the page, then two columns with one wide table at the top of a page."""

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from eval.sample.paper.content import Paper
from eval.sample.paper.figure import event_curves
from eval.sample.pdf import (
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Furniture,
    Heading,
    SampleDocument,
    paragraph_style,
    ruled_table,
)

_PUBLISHED = date(2024, 9, 16)
_GUTTER = 8 * mm
_TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
_COLUMN_WIDTH = (_TEXT_WIDTH - _GUTTER) / 2
_BOTTOM, _TOP = 17 * mm, PAGE_HEIGHT - 19 * mm
_FLOAT_GAP = 5 * mm
_WIDE_TABLES = {5: "results", 6: "subgroups"}
"""The tables that stand across both columns, by the page whose top they take."""
_MOST_PAGES = 12
_SUPERSCRIPTS = str.maketrans(
    {sign: f"<super>{digit}</super>" for digit, sign in enumerate("¹²³⁴⁵⁶⁷", start=1)}
)

_BODY = paragraph_style("body", 9.4, leading=13.6, spaceAfter=6)
_SECTION = paragraph_style("section", 11, bold=True, leading=14, spaceBefore=7, spaceAfter=4, keepWithNext=1)
_SUBSECTION = paragraph_style(
    "subsection", 9, bold=True, leading=12, spaceBefore=3, spaceAfter=3, keepWithNext=1
)
_CAPTION = paragraph_style("caption", 7.6, bold=True, leading=10, spaceAfter=3)
_NOTE = paragraph_style("note", 6.8, leading=9, spaceBefore=2, spaceAfter=8)
_SMALL = paragraph_style("small", 7.4, leading=10, spaceAfter=3)
_TITLE = paragraph_style("title", 16, bold=True, leading=20, spaceAfter=6)
_AUTHORS = paragraph_style("authors", 9, leading=12.5, spaceAfter=4)
_ABSTRACT = paragraph_style("abstract", 8.4, leading=11.8, spaceAfter=4)


def write_paper(paper: Paper, path: Path) -> None:
    """Write the paper as a PDF to `path`."""
    front = _front_matter(paper.front)
    document = _PaperDocument(path, paper, _height(front))
    document.write([*front, FrameBreak(), *_body(paper), *_back_matter(paper)])


class _PaperDocument(SampleDocument):
    """The pages: three frames on the first, two columns on the others, under the wide table where it stands."""

    def __init__(self, path: Path, paper: Paper, front_height: float) -> None:
        front = paper.front
        super().__init__(
            path,
            Furniture(
                title=front["title"],
                author="I. Vartesse, B. Okkerhuis, C. Aubrée et al.",
                subject=f"{front['journal']}, doi {front['doi']}",
                language=paper.language,
                dated=_PUBLISHED,
                running_head=front["running_head"],
                reference=front["citation"],
            ),
        )
        tables = front["tables"]
        self._wide = {page: _table(tables[name], _TEXT_WIDTH) for page, name in _WIDE_TABLES.items()}
        title_block = _frame("front", MARGIN, _TOP - front_height, _TEXT_WIDTH, front_height)
        first = PageTemplate("1", [title_block, *_columns(front_height + _FLOAT_GAP)], onPage=self._decorate)
        others = [self._page(number) for number in range(2, _MOST_PAGES + 1)]
        self.pageTemplates = [first, *others]

    def afterPage(self) -> None:  # noqa: N802 - the name is reportlab's
        """Turn to the next page's own template (reportlab's automatic turning keeps each for two pages)."""
        self.handle_nextPageTemplate(self.page)

    def _page(self, number: int) -> PageTemplate:
        wide = self._wide.get(number)
        columns = _columns(_height(wide) + _FLOAT_GAP if wide else 0)
        return PageTemplate(str(number), columns, onPage=self._decorate_with_wide_table)

    def _decorate_with_wide_table(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        self._decorate(canvas, document)
        if wide := self._wide.get(canvas.getPageNumber()):
            height = _height(wide)
            _frame("wide", MARGIN, _TOP - height, _TEXT_WIDTH, height).addFromList(list(wide), canvas)


def _frame(name: str, left: float, bottom: float, width: float, height: float) -> Frame:
    no_padding = {f"{side}Padding": 0 for side in ("left", "right", "top", "bottom")}
    return Frame(left, bottom, width, height, id=name, **no_padding)


def _columns(taken: float) -> list[Frame]:
    """Return the two columns of a page whose first `taken` points below the running head are occupied."""
    height = _TOP - _BOTTOM - taken
    right = MARGIN + _COLUMN_WIDTH + _GUTTER
    return [
        _frame("left", MARGIN, _BOTTOM, _COLUMN_WIDTH, height),
        _frame("right", right, _BOTTOM, _COLUMN_WIDTH, height),
    ]


def _height(flowables: Sequence[Flowable]) -> float:
    """Return the points that the flowables take at the full text width, one below the other."""
    total = 0.0
    for index, flowable in enumerate(flowables):
        before = flowable.getSpaceBefore() if index else 0
        total += flowable.wrap(_TEXT_WIDTH, PAGE_HEIGHT)[1] + before + flowable.getSpaceAfter()
    return total + 1


def _markup(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br/>")


def _front_matter(front: dict[str, Any]) -> list[Flowable]:
    flowables: list[Flowable] = [
        Paragraph(_markup(f"{front['journal']} · {front['article_type']} · doi {front['doi']}"), _SMALL),
        Paragraph(_markup(front["title"]), _TITLE),
        Paragraph(_markup(front["authors"]).translate(_SUPERSCRIPTS), _AUTHORS),
        Paragraph(_markup(front["affiliations"]).translate(_SUPERSCRIPTS), _SMALL),
        Paragraph(_markup(front["correspondence"]), _SMALL),
        Paragraph(_markup(front["history"]), _SMALL),
        Paragraph(f"<i>{_markup(front['disclaimer'])}</i>", _SMALL),
        Heading(_markup(front["abstract_heading"]), _SECTION, 0, front["abstract_heading"]),
    ]
    flowables += [
        Paragraph(f"<b>{_markup(part['heading'])}.</b> {_markup(part['text'])}", _ABSTRACT)
        for part in front["abstract"]
    ]
    flowables.append(Paragraph(_markup(front["keywords"]), _SMALL))
    return flowables


def _body(paper: Paper) -> list[Flowable]:
    flowables: list[Flowable] = []
    for block in paper.body:
        if block.kind == "section":
            flowables.append(Heading(_markup(block.text), _SECTION, 0, block.text))
        elif block.kind == "subsection":
            flowables.append(Heading(_markup(block.text), _SUBSECTION, 1, block.text))
        elif block.kind == "table":
            table = _table(paper.front["tables"][block.text], _COLUMN_WIDTH)
            flowables.append(KeepTogether([Spacer(1, 3), *table]))
        elif block.kind == "figure":
            flowables.append(_figure(paper))
        else:
            flowables.append(Paragraph(_markup(block.text), _BODY))
    return flowables


def _figure(paper: Paper) -> KeepTogether:
    words = paper.front["figure"]
    drawing = event_curves(words, paper.language, _COLUMN_WIDTH)
    return KeepTogether([Spacer(1, 3), drawing, Paragraph(_markup(words["caption"]), _CAPTION), Spacer(1, 5)])


def _table(table: dict[str, Any], width: float) -> list[Flowable]:
    """Return caption, ruled table and note; the table's `widths` are shares in percent of `width`."""
    rows = [[_markup(cell) for cell in row] for row in [table["columns"], *table["rows"]]]
    widths = [width * int(share) / 100 for share in table["widths"]]
    ruled: Table = ruled_table(rows, widths, size=7)
    return [
        Paragraph(_markup(table["caption"]), _CAPTION),
        ruled,
        Paragraph(_markup(table["note"]), _NOTE),
    ]


def _back_matter(paper: Paper) -> list[Flowable]:
    flowables: list[Flowable] = []
    for part in paper.front["back_matter"]:
        flowables.append(Heading(_markup(part["heading"]), _SUBSECTION, 0, part["heading"]))
        flowables.append(Paragraph(_markup(part["text"]), _BODY))
    heading = paper.front["references_heading"]
    flowables.append(Heading(_markup(heading), _SECTION, 0, heading))
    for number, reference in enumerate(paper.references, start=1):
        flowables.append(Paragraph(f"{number}. {_markup(reference)}", _SMALL))
    return flowables
