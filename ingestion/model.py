"""The vocabulary of reading: what a file says, and where each word of it stands."""

from dataclasses import dataclass, field
from typing import Literal

Layer = Literal[
    "title", "heading", "body", "table", "notes", "caption", "furniture",
    "footnote", "questions", "references", "alt", "comment",
]  # fmt: skip
"""`furniture`: running heads, page numbers and slide footers. `notes`: speaker notes, and `questions`: a recording's live
questions and their answers, each citable only when the approval says so. `references`: footnotes that name a publication.
`alt`: texts that stand for a picture. `comment`: remarks of reviewers."""

SILENT_LAYERS: frozenset[Layer] = frozenset({"furniture", "references", "alt", "comment"})
"""Kept in the page's text and shown, never in a sentence: so never found by search and never quoted."""
OPTIONAL_LAYERS: frozenset[Layer] = frozenset({"notes", "questions"})
"""Quoted only where the approval covers them."""


def layers_left_out(*, cite_notes: bool, cite_questions: bool) -> frozenset[Layer]:
    """The layers that may not be quoted of a source whose approval says so."""
    covered = {name for name, said in (("notes", cite_notes), ("questions", cite_questions)) if said}
    return OPTIONAL_LAYERS - covered


UNSEEN_LAYERS: frozenset[Layer] = frozenset({"notes", "alt", "comment"})
"""Not on the slide as it is shown."""

SentenceKind = Literal["sentence", "bullet", "row", "heading"]
Quality = Literal["good", "doubtful", "unreadable"]
FileFormat = Literal["pdf", "pptx", "docx", "transcript", "claims"]
NUMBERED_BY_THE_FILE: frozenset[FileFormat] = frozenset({"pdf", "pptx"})
"""Formats whose pages are the file's own: a page's number means the same to every reader."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box on a page: points (1/72 inch), origin at the top left, x0 < x1 and y0 < y1."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PageSpan:
    """Half-open code-point offsets `start:end` into the text of page `page` (counted from 1)."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """Where the characters `start:end` of a page's text stand: a word of a PDF, a paragraph's shape of a slide."""

    start: int
    end: int
    rectangle: Rectangle


@dataclass(frozen=True, slots=True)
class Region:
    """A block of a page's text, in reading order: its layer and its half-open code-point span."""

    layer: Layer
    start: int
    end: int


CellRole = Literal["header", "row_head", "group", "value"]
"""`header` stands over columns, `row_head` opens its row, `group` is a heading between rows (a system organ class)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `text` is the characters `start:end` of the page's text, one for one."""

    row: int
    column: int
    start: int
    end: int
    text: str
    role: CellRole = "value"
    row_span: int = 1
    column_span: int = 1
    rectangle: Rectangle | None = None
    marks: tuple[str, ...] = ()
    """Of footnotes: the signs that it carries and that a note of its table opens with."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over one column, outermost first; a table that goes on has it from the page where it began."""

    texts: tuple[str, ...] = ()
    spans: tuple[PageSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class TableNote:
    """A footnote. `mark` is empty where it belongs to the whole table: a list of abbreviations."""

    mark: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or what of it stands on one page. Rows and columns are counted from 0."""

    start: int
    end: int
    """Half-open offsets into the page's text: a line per row, cells parted by bars."""
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    heads: tuple[Head, ...] = ()
    """One for each column."""
    caption: str = ""
    notes: tuple[TableNote, ...] = ()
    rectangle: Rectangle | None = None
    continues: bool = False
    """It goes on with the last table of the page before."""
    reasons: tuple[str, ...] = ()
    """Why no value may be read out of it by row and column: `ragged`, `overlapping`, `merged_text`, `no_header`…"""

    @property
    def doubtful(self) -> bool:
        """Whether its rows and columns are uncertain."""
        return bool(self.reasons)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, a slide, or one speaker's turn of a transcript. `text` is everything on it, in reading order."""

    number: int
    text: str
    regions: tuple[Region, ...] = ()
    boxes: tuple[Box, ...] = ()
    width: float = 0.0
    height: float = 0.0
    quality: Quality = "good"
    reasons: tuple[str, ...] = ()
    """Why the quality is not good: codes such as `no_text`, `garbled`, `mixed_scripts`."""
    title: str | None = None
    """The slide's title."""
    starts: float | None = None
    ends: float | None = None
    """Seconds from the beginning, of a transcript's turn."""
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A citable unit: a whole sentence, a bullet, a table row; also a heading, which is never citable alone."""

    ordinal: int
    text: str
    """The text as folded for reading: the parts joined, line breaks turned into single spaces."""
    kind: SentenceKind
    layer: Layer
    parts: tuple[PageSpan, ...]
    section: tuple[str, ...] = ()
    """The headings above it, outermost first, for instance ("4. CLINICAL PARTICULARS", "4.2 Posology")."""
    page_title: str | None = None


@dataclass(frozen=True, slots=True)
class PassagePart:
    """The characters from `at` on of a passage's text are those of `span` on its page, one for one, except that
    a line break of the page stands as a space. Where the page has more white space, the part ends and a new one begins.
    """

    at: int
    span: PageSpan


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of whole sentences of one section or one slide, bounded by tokens: what search returns."""

    ordinal: int
    text: str
    """The sentences joined by single spaces (bullets and rows by line breaks)."""
    heading: str
    """Section path or slide title, carried along for search; not part of `text`, so never part of a quote."""
    section: tuple[str, ...]
    layer: Layer
    parts: tuple[PassagePart, ...]
    sentences: tuple[int, ...]
    """Ordinals of its sentences in the Reading."""
    tokens: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one version of the reader saw in one file. Immutable: a better reader makes a new Reading."""

    sha256: str
    reader_version: str
    format: FileFormat
    pages: tuple[Page, ...]
    sentences: tuple[Sentence, ...]
    title: str | None = None
    language: Literal["fr", "en"] | None = None
    """As detected from the text."""
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    """Things a librarian should know: `hidden_slides:3,7`, `attachments:1`, `tracked_changes_accepted`."""
