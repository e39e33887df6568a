"""The pages that an approval leaves out, found again in another reading of the same file."""

from sqlalchemy import Connection, select

from assistant.corpus.fit import turns_between
from assistant.corpus.model import Source
from assistant.errors import Conflict
from assistant.store.readings import reading_row
from assistant.store.schema import page
from ingestion.model import NUMBERED_BY_THE_FILE
from ingestion.text import fold


def pages_left_out(connection: Connection, found: Source, newer: str) -> list[int]:
    """The numbers that the reading `newer` has for what the source leaves out.

    Times are looked up anew. Where the reader itself counts the pages (turns, parts of a document), a page is the one, or
    those, with the same text. Raises Conflict where there is none: what was left out must never come in by a new count.
    """
    form = reading_row(connection, newer)["format"]
    if not found.excluded_pages or form in NUMBERED_BY_THE_FILE:
        return sorted(found.excluded_pages)
    of_times = set(turns_between(connection, found.excluded_times, found.reading_id, found.file_name))
    again = set(turns_between(connection, found.excluded_times, newer, found.file_name))
    before = _texts(connection, found.reading_id)
    after = _texts(connection, newer)
    for number in sorted(found.excluded_pages - of_times):
        again |= _same_text(number, before, after, found)
    return sorted(again)


def _same_text(number: int, before: dict[int, str], after: dict[int, str], found: Source) -> set[int]:
    text = before.get(number)
    if text is None:  # the older reading had nothing under that number: what may stand there now stays out
        return {number}
    same = {other for other, said in after.items() if said == text}
    if not same:
        raise Conflict(
            f"{number}, which the approval of {found.title} leaves out, is not found in the newer reading.",
            help="The source stays as it is. To have it read anew, register the file again as a version that replaces it, "
            "and say there what is left out.",
            source=found.id,
            page=number,
        )
    return same


def _texts(connection: Connection, identity: str) -> dict[int, str]:
    rows = connection.execute(select(page.c.number, page.c.text).where(page.c.reading_id == identity))
    return {row.number: " ".join(fold(row.text).text.split()) for row in rows}
