"""Building of the sample's PDFs: fonts, page furniture, outline, and the same bytes at every build.

Only the sample's builders import this module, so reportlab is loaded at the top here. Lengths are in
points (1/72 inch) on an A4 page.

The Vera fonts that come with reportlab cover French and the signs ≥ ≤ ± ® « » œ and the dashes, but neither ▼ nor
superscript digits above 3: write `BLACK_TRIANGLE`, and `<super>9</super>`. U+202F is missing too: write
U+00A0 for every space that must not break.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table, TableStyle

SANS = "Vera"
SANS_BOLD = "Vera-Bold"
BLACK_TRIANGLE = '<font name="ZapfDingbats">\u25bc</font>'
"""The ▼ of additional monitoring, as paragraph markup: Vera lacks the sign, ZapfDingbats has it."""

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 20 * mm

_RULE = HexColor("#8a8f98")
_HEADER_FILL = HexColor("#eef0f3")
_FACES = {
    SANS: "Vera.ttf",
    SANS_BOLD: "VeraBd.ttf",
    "Vera-Italic": "VeraIt.ttf",
    "Vera-BoldItalic": "VeraBI.ttf",
}


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a document says about itself, in its metadata and at the head and foot of every page.

    `language` is a BCP 47 tag; `dated` is the creation date written into the file, so that it does not
    depend on the day of the build; `running_head` stands top left and `reference` top right of each page.
    """

    title: str
    author: str
    subject: str
    language: str
    dated: date
    running_head: str
    reference: str = ""


class Heading(Paragraph):
    """A paragraph that also becomes an entry of the PDF's outline, at `level` 0, 1, ... (no level skipped)."""

    def __init__(self, markup: str, style: ParagraphStyle, level: int, outline_text: str) -> None:
        super().__init__(markup, style)
        self.level = level
        self.outline_text = outline_text


class SampleDocument(BaseDocTemplate):
    """A document of A4 pages with the sample's furniture; `frames` are the columns of a page."""

    def __init__(self, path: Path, furniture: Furniture, frames: Sequence[Frame] | None = None) -> None:
        register_fonts()
        super().__init__(
            str(path),
            pagesize=A4,
            title=furniture.title,
            author=furniture.author,
            subject=furniture.subject,
            creator="Ancrage sample dossier",
            lang=furniture.language,
            invariant=1,
            # Uncompressed: the bytes must not depend on the machine's build of zlib.
            pageCompression=0,
            initialFontName=SANS,
        )
        self.furniture = furniture
        self._headings = 0
        self.addPageTemplates(
            PageTemplate("page", list(frames or [full_page_frame()]), onPage=self._decorate)
        )

    def write(self, story: Sequence[Flowable]) -> None:
        """Lay the story out and write the file, with the bytes depending on the story and furniture alone."""
        self.build(list(story), canvasmaker=self._canvas)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - the name is reportlab's
        """Put each heading into the outline, at the place where it was laid out."""
        if isinstance(flowable, Heading):
            self._headings += 1
            key = f"h{self._headings}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.outline_text, key, level=flowable.level, closed=False)

    def _canvas(self, *args: Any, **kwargs: Any) -> Canvas:
        canvas = Canvas(*args, **kwargs)
        # reportlab has no public way to date a file other than the clock, the year 2000 or an environment
        # variable; the signature that becomes the file's ID has been fed with that date.
        document = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001
        document._timeStamp = _timestamp(self.furniture.dated)  # noqa: SLF001
        document.signature = hashlib.md5(usedforsecurity=False)
        return canvas

    def _decorate(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(SANS, 7.5)
        top = PAGE_HEIGHT - 12 * mm
        canvas.drawString(MARGIN, top, self.furniture.running_head)
        canvas.drawRightString(PAGE_WIDTH - MARGIN, top, self.furniture.reference)
        canvas.setStrokeColor(_RULE)
        canvas.setLineWidth(0.4)
        canvas.line(MARGIN, top - 2 * mm, PAGE_WIDTH - MARGIN, top - 2 * mm)
        canvas.drawCentredString(PAGE_WIDTH / 2, 10 * mm, str(canvas.getPageNumber()))
        canvas.restoreState()


def register_fonts() -> None:
    """Make the four Vera faces known to reportlab, with their bold and italic for `<b>` and `<i>`."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in _FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily(
        SANS, normal=SANS, bold=SANS_BOLD, italic="Vera-Italic", boldItalic="Vera-BoldItalic"
    )


def full_page_frame() -> Frame:
    """Return the single column between the margins, below the running head and above the page number."""
    return Frame(
        MARGIN,
        17 * mm,
        PAGE_WIDTH - 2 * MARGIN,
        PAGE_HEIGHT - 36 * mm,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )


def paragraph_style(name: str, size: float = 9, *, bold: bool = False, **options: Any) -> ParagraphStyle:
    """Return a style in Vera at `size` points; `options` are those of reportlab's ParagraphStyle."""
    register_fonts()
    defaults: dict[str, Any] = {
        "fontName": SANS_BOLD if bold else SANS,
        "fontSize": size,
        "leading": size * 1.4,
        "spaceAfter": size * 0.6,
        "alignment": TA_LEFT,
        "bulletFontName": SANS,
        "bulletFontSize": size,
    }
    return ParagraphStyle(name, **(defaults | options))


def ruled_table(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float = 8) -> Table:
    """Return a ruled table of paragraph markup; the first row is its header, repeated on every page.

    `widths` are the columns' widths in points, one per column. A row with a single cell is a group title
    and spans the table.
    """
    cell = paragraph_style("cell", size, spaceAfter=0)
    head = paragraph_style("cell-head", size, bold=True, spaceAfter=0)
    body: list[list[Paragraph | str]] = []
    commands: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.4, _RULE),
        ("BACKGROUND", (0, 0), (-1, 0), _HEADER_FILL),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
    for index, row in enumerate(rows):
        group_title = len(row) == 1 and len(widths) > 1
        style = head if index == 0 or group_title else cell
        body.append([Paragraph(text, style) for text in row] + [""] * (len(widths) - len(row)))
        if group_title:
            commands.append(("SPAN", (0, index), (-1, index)))
    return Table(body, colWidths=list(widths), repeatRows=1, style=TableStyle(commands), hAlign="LEFT")


def _timestamp(dated: date) -> TimeStamp:
    """Return reportlab's time stamp for noon UTC of a day, whatever the clock and the environment say."""
    noon = datetime.combine(dated, time(12), tzinfo=UTC)
    stamp = TimeStamp(invariant=1)
    stamp.t = noon.timestamp()
    stamp.lt = noon.timetuple()
    stamp.YMDhms = tuple(noon.timetuple())[:6]
    stamp.dhh = stamp.dmm = 0
    stamp.tzname = "UTC"
    return stamp
