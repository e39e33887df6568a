"""Sheets of approved claims, CSV or XLSX: one page per claim, and each claim is quoted whole."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import median

from ingestion.assembly import Block, Content, PageDraft
from ingestion.errors import EmptyFile, FileTooLarge, UnreadableFile, UnsupportedFormat
from ingestion.formats.archive import Archive
from ingestion.formats.office import tidy

MAX_CLAIMS = 3_000
MAX_COLUMNS = 200
CLAIMS_SHEET = "A claims sheet is a CSV, TSV or XLSX table with one approved claim a row, in a column named claim or text."
_FEWEST_WORDS = 4
"""A column whose values have fewer words, as the median, is not prose."""
_DELIMITERS = ";,\t|"
_TEXT_NAMES = (
    "claim",
    "text",
    "statement",
    "wording",
    "allégation",
    "allegation",
    "revendication",
    "énoncé",
    "texte",
)
_ID_NAMES = (
    "id",
    "claim id",
    "claim_id",
    "code",
    "identifier",
    "identifiant",
    "ref",
    "réf",
    "référence",
    "n°",
    "no",
)
_LONGEST_VALUE = 4000

_Table = list[list[str]]


def read_claims_csv(data: bytes, name: str) -> Content:
    """Read comma-, semicolon-, tab- or bar-separated claims in UTF-8 or cp1252. Raises UnreadableFile or EmptyFile."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
        rows = list(islice((row for row in reader if any(row)), MAX_CLAIMS + 2))
    except csv.Error as error:
        raise UnreadableFile(
            f"{name} is no sound table: {error}", help="Export it as CSV again.", file=name
        ) from error
    if any(len(row) > MAX_COLUMNS for row in rows):
        raise FileTooLarge(
            f"{name} has more than {MAX_COLUMNS} columns.",
            help="Keep the columns that a claims sheet needs.",
            file=name,
        )
    return _content([[cell.strip() for cell in row] for row in rows], name)


def read_claims_xlsx(path: Path) -> Content:
    """Read the first sheet that has rows. Raises UnreadableFile, EncryptedFile, FileTooLarge or EmptyFile."""
    with Archive(path) as archive:
        archive.refuse_entities()
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            for sheet in book.worksheets:
                rows = [
                    ["" if value is None else str(value).strip() for value in row]
                    for row in sheet.iter_rows(max_row=MAX_CLAIMS + 2, max_col=100, values_only=True)
                ]
                if sum(any(row) for row in rows) > 1:
                    return _content(rows, path.name)
        finally:
            book.close()
    except (KeyError, ValueError, TypeError, AttributeError, OSError, SyntaxError, IndexError) as error:
        raise UnreadableFile(
            f"{path.name} is a damaged workbook: {error}",
            help="Open it in its own program, save it again, and add that copy.",
            file=path.name,
        ) from error
    raise EmptyFile(
        f"{path.name} has no rows.", help="Give a header row and one row per claim.", file=path.name
    )


def _delimiter(text: str) -> str:
    """The separator that parts the first lines into the most columns, the same number in each."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) if usual > 1 else 0), usual

    return max(_DELIMITERS, key=score)


def _content(rows: _Table, name: str) -> Content:
    rows = [row for row in rows if any(row)]
    if len(rows) > MAX_CLAIMS + 1:
        raise FileTooLarge(f"{name} has more than {MAX_CLAIMS} claims.", help="Split the sheet.", file=name)
    header = [cell.lower() for cell in rows[0]] if rows else []
    text_at = _named(header, _TEXT_NAMES)
    body = rows[1:] if text_at is not None or _is_header(rows) else rows
    if text_at is None:
        text_at = _longest(body)
        _require_prose(rows[0], [row[text_at] for row in body if text_at < len(row)], name)
    id_at = _named(header, _ID_NAMES) if body is not rows else None
    if id_at == text_at:
        id_at = None
    claims = [
        (row, number) for number, row in enumerate(body, start=1) if text_at < len(row) and row[text_at]
    ]
    if not claims:
        raise EmptyFile(f"{name} has no claim.", help="Give a header row and one row per claim.", file=name)
    drafts: list[PageDraft] = []
    metadata: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for row, number in claims:
        title = row[id_at] if id_at is not None and id_at < len(row) and row[id_at] else f"{number}"
        seen[title] += 1
        if seen[title] > 1:  # two claims of one id: what is said of the one is not said of the other
            title = f"{title} ({seen[title]})"
        block = Block(tidy(row[text_at]), kind="sentence", whole=True)
        drafts.append(PageDraft(len(drafts) + 1, [block], title=title, crosses=False))
        for at, value in enumerate(row):
            if value and at not in {text_at, id_at}:
                column = (
                    rows[0][at] if body is not rows and at < len(rows[0]) and rows[0][at] else f"{at + 1}"
                )
                metadata[f"{title}.{column}"] = value[:_LONGEST_VALUE]
    return Content(drafts, None, metadata)


def _require_prose(header: Sequence[str], values: Sequence[str], name: str) -> None:
    """Where no column is named for the claim's text, the longest is taken for it, if it reads like sentences."""
    words = [len(value.split()) for value in values if value]
    if words and median(words) < _FEWEST_WORDS:
        columns = [cell[:40] for cell in header[:20] if cell]
        raise UnsupportedFormat(
            f"{name} is no claims sheet: no column is named for the claim's text, and none reads like sentences. "
            f"Its columns: {', '.join(columns)}.",
            help=CLAIMS_SHEET,
            file=name,
            columns=columns,
        )


def _named(header: Sequence[str], names: Sequence[str]) -> int | None:
    """The column whose name is one of these, or else begins with one."""
    exact = next((at for name in names for at, cell in enumerate(header) if cell == name), None)
    if exact is not None:
        return exact
    return next((at for name in names for at, cell in enumerate(header) if cell.startswith(f"{name} ")), None)


def _is_header(rows: _Table) -> bool:
    """Whether the first row only names columns: short words, shorter than what stands below."""
    if len(rows) < 2:  # noqa: PLR2004  a header needs a row below it
        return False
    return max(map(len, rows[0])) < min(40, max(len(cell) for row in rows[1:] for cell in row))


def _longest(rows: _Table) -> int:
    width = max((len(row) for row in rows), default=1)
    return max(range(width), key=lambda at: sum(len(row[at]) for row in rows if at < len(row)))
