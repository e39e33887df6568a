"""What stands over a quoted table row: the heads of its columns and the group it belongs to, verbatim from their pages."""

from collections.abc import Callable, Iterator, Sequence

from guardrails.model import Citation, QuoteSpan, RowHeader
from ingestion.model import Page, PageSpan, Table
from ingestion.tables import as_sentence, row_path, values_in


def header_of(citation: Citation, page_at: Callable[[int], Page]) -> RowHeader | None:
    """The header of the rows that the citation quotes; None where it quotes no row, or all of it is in the quote.

    A doubtful table's heads are shown, but its rows are not put in words: which head stands over which value is unsure.
    """
    wanted: dict[PageSpan, None] = {}
    words: list[str] = []
    for page, table, row in _rows(citation, page_at):
        wanted |= dict.fromkeys(_over(page, table, row))
        words += filter(None, [as_sentence(table, row)])
    spans = [_quoted(page_at(place.page), place) for place in wanted if not _within(place, citation.spans)]
    return RowHeader(tuple(spans), tuple(dict.fromkeys(words))) if spans else None


def _rows(citation: Citation, page_at: Callable[[int], Page]) -> Iterator[tuple[int, Table, int]]:
    for span in citation.spans:
        for table in page_at(span.page).tables:
            for row in range(table.rows):
                own = [cell for cell in values_in(table, row) if cell.row == row]
                if any(cell.start < span.end and span.start < cell.end for cell in own):
                    yield span.page, table, row


def _over(page: int, table: Table, row: int) -> Iterator[PageSpan]:
    """The heads of all columns, from the left, then the group above the row and the row's own head from rows above."""
    for head in table.heads:
        yield from head.spans
    for cell in row_path(table, row):
        if cell.row != row:
            yield PageSpan(page, cell.start, cell.end)


def _within(place: PageSpan, spans: Sequence[QuoteSpan]) -> bool:
    return any(s.page == place.page and s.start <= place.start and place.end <= s.end for s in spans)


def _quoted(page: Page, place: PageSpan) -> QuoteSpan:
    return QuoteSpan(place.page, place.start, place.end, page.text[place.start : place.end])
