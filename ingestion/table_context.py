"""What stands around a table: its caption, its footnotes, and the table on the page before that it goes on with."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingestion.model import Cell, Page, Region, Table, TableNote
from ingestion.text import raise_text

_CAPTION = re.compile(r"\s*(?:supplementa\w+ )?(?:tables?|tableaux?)\s*[A-Z]?\d*[IVX]*\b", re.IGNORECASE)
_NOTE = re.compile(r"\s*([*†‡§¶#∥]{1,3}|[⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉᶠᵍ]{1,2}|\(?[a-g1-9][).:]?(?=\s))\s*(?=\S)")
_NEXT_NOTE = re.compile(r"(?<=[.;]) (?=(?:[*†‡§¶#∥]{1,3}|[⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉᶠᵍ]{1,2}) ?[^\W_])")
"""Where the next note begins behind the end of one in the same line."""
_ABBREVIATIONS = re.compile(
    r"\S+(?: \S+){0,3}\s?[=:]\s?\S|(?:abbreviations?|abréviations?|notes?)\b", re.IGNORECASE
)
_MARKS = re.compile(r"[*†‡§¶#∥]{1,3}|[⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉᶠᵍ]{1,2}")
_QUIET = frozenset({"furniture", "caption", "notes"})
_RECOGNISED = frozenset({"ocr", "ocr_layer"})
"""Reasons of a page whose words were recognised in a picture: no value on it is sure."""
_MOST_NOTES = 12
_FEW_WORDS = 10


def with_context(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with the captions and notes of their tables, and with the heads of tables that began before."""
    found: list[Page] = []
    for page in pages:
        if not page.tables:
            found.append(page)
            continue
        tables: list[Table] = []
        for table in page.tables:
            table = _with_notes(replace(table, caption=table.caption or _caption(page, table)), page)  # noqa: PLW2901  the same table
            recognised = tuple(reason for reason in page.reasons if reason in _RECOGNISED)
            table = replace(table, reasons=(*table.reasons, *recognised))  # noqa: PLW2901
            begun = tables[-1] if tables else _last_table(found)
            if begun is not None and _goes_on(begun, table, page, same_page=bool(tables)):
                table = _continued(begun, table)  # noqa: PLW2901
            tables.append(table)
        found.append(replace(page, tables=tuple(tables)))
    return tuple(found)


def _caption(page: Page, table: Table) -> str:
    """The text just above that begins with "Table", over at most three regions."""
    above = [region for region in page.regions if region.end <= table.start][-3:]
    for region in reversed(above):
        text = page.text[region.start : region.end]
        if region.layer == "table":
            break
        if _CAPTION.match(text):
            return " ".join(page.text[region.start : table.start].split())
    return ""


def _with_notes(table: Table, page: Page) -> Table:
    notes = tuple(_as_in_cells(note, table) for note in _notes(page, table))
    known = {note.mark for note in notes if note.mark}
    cells = (
        tuple(replace(cell, marks=_marks_of(cell, known)) for cell in table.cells) if known else table.cells
    )
    return replace(table, notes=notes, cells=cells)


def _as_in_cells(note: TableNote, table: Table) -> TableNote:
    """The note with its mark raised where the cells have it so, and its own line does not."""
    raised = raise_text(note.mark)
    carried = raised != note.mark and any(raised in _MARKS.findall(cell.text) for cell in table.cells)
    return replace(note, mark=raised) if carried else note


def _marks_of(cell: Cell, known: set[str]) -> tuple[str, ...]:
    return tuple(mark for mark in dict.fromkeys(_MARKS.findall(cell.text)) if mark in known)


def _notes(page: Page, table: Table) -> Iterator[TableNote]:
    """The notes in the regions below, as long as each opens with a mark or explains abbreviations."""
    below = [region for region in page.regions if region.start >= table.end][:_MOST_NOTES]
    for region in below:
        if region.layer in {"table", "heading", "title"}:
            return
        taken = list(_notes_in(page, region))
        if not taken:
            return
        yield from taken


def _notes_in(page: Page, region: Region) -> Iterator[TableNote]:
    begun: tuple[str, int] | None = None
    at = region.start
    for line in _NEXT_NOTE.sub("\n", page.text[region.start : region.end]).split("\n"):
        mark = _NOTE.match(line)
        ended = begun is None or page.text[at - 2 : at - 1] in ".;"
        plain = ended and _ABBREVIATIONS.match(line.lstrip())
        if mark or plain:
            if begun is not None:
                yield _note(page, begun, at - 1)
            begun = (mark[1].strip("().:") if mark else "", at)
        elif begun is None:
            return
        at += len(line) + 1
    if begun is not None:
        yield _note(page, begun, region.end)


def _note(page: Page, begun: tuple[str, int], end: int) -> TableNote:
    mark, start = begun
    return TableNote(mark, " ".join(page.text[start:end].split()), start, end)


def _last_table(pages: Sequence[Page]) -> Table | None:
    """The table that ends the page before, if nothing but notes and furniture comes after it."""
    if not pages or not pages[-1].tables:
        return None
    page = pages[-1]
    last = page.tables[-1]
    noted = {note.start for note in last.notes}
    after = [
        r for r in page.regions if r.start >= last.end and r.layer not in _QUIET and r.start not in noted
    ]
    return None if after else last


def _goes_on(begun: Table, table: Table, page: Page, *, same_page: bool) -> bool:
    """Whether a table goes on with one that began before: as many columns at the same places, and little between them."""
    begins = begun.end if same_page else 0
    between = [
        r for r in page.regions if begins <= r.start and r.end <= table.start and r.layer != "furniture"
    ]
    words = sum(len(page.text[r.start : r.end].split()) for r in between)
    fresh = table.caption and not re.search(
        r"\bcont(?:inued|\.|inue|\b)|\bsuite\b", table.caption, re.IGNORECASE
    )
    if fresh or words > _FEW_WORDS or begun.columns != table.columns or not begun.heads:
        return False
    return _same_places(begun, table)


def _same_places(begun: Table, table: Table) -> bool:
    for column in range(table.columns):
        one, other = (_extent(t, column) for t in (begun, table))
        if one and other and (one[0] > other[1] or other[0] > one[1]):
            return False
    return True


def _extent(table: Table, column: int) -> tuple[float, float] | None:
    boxes = [c.rectangle for c in table.cells if c.column == column and c.column_span == 1 and c.rectangle]
    return (min(b.x0 for b in boxes), max(b.x1 for b in boxes)) if boxes else None


def _continued(begun: Table, table: Table) -> Table:
    """The table with the heads of where it began, unless it repeats them or has others of its own."""
    own = [head.texts for head in table.heads]
    if own == [head.texts for head in begun.heads]:
        return replace(table, continues=True, caption=table.caption or begun.caption)
    if any(own) or "no_header" not in table.reasons or not any(head.texts for head in begun.heads):
        return table
    reasons = tuple(dict.fromkeys([*(r for r in table.reasons if r != "no_header"), *begun.reasons]))
    return replace(
        table, continues=True, heads=begun.heads, reasons=reasons, caption=table.caption or begun.caption
    )
