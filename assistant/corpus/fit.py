"""Does what is asked of a source fit the file? It can only be known once the file was read."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from assistant.corpus.model import SourceRequest
from assistant.corpus.written import written_time
from assistant.errors import InvalidInput
from assistant.store.database import Transaction
from assistant.store.schema import page, reading
from ingestion.formats import require_kind


def fitting_language(tx: Transaction, request: SourceRequest, reading_id: str, file_name: str) -> str:
    """The language of the source: as asked, as detected in its text, or else that of its market.

    A few words, or a text in a third language, tell nothing: the source then says so among its warnings. Raises
    UnsupportedFormat where the kind and the format cannot go together, and InvalidInput where a page is to be excluded
    that the file does not have.
    """
    read = tx.execute(
        select(reading.c.format, reading.c.language, reading.c.warnings).where(reading.c.id == reading_id)
    ).one()
    require_kind(request.kind, read.format, file_name)
    last = tx.execute(select(func.max(page.c.number)).where(page.c.reading_id == reading_id)).scalar() or 0
    # Hidden slides have no page of their own, but their numbers count on.
    unread = [
        code.partition(":")[2].split(",")
        for code in read.warnings
        if code.startswith(("hidden_slides:", "slides_"))
    ]
    last = max(last, *(int(number) for numbers in unread for number in numbers), 0)
    _require_pages(request.excluded_pages, last, read.format, file_name)
    return str(request.language or read.language or ("fr" if "FR" in request.markets else "en"))


def turns_within(tx: Transaction, request: SourceRequest, reading_id: str, file_name: str) -> list[int]:
    """The numbers of the turns that touch a stretch of time that is left out.

    Raises InvalidInput where the file has no times, or where a stretch lies beyond its end: nothing would be left out.
    """
    return turns_between(tx.connection, request.excluded_times, reading_id, file_name)


def turns_between(
    connection: Connection, stretches: Sequence[tuple[float, float]], reading_id: str, file_name: str
) -> list[int]:
    """As `turns_within`, of stretches of time in seconds."""
    if not stretches:
        return []
    turns = connection.execute(
        select(page.c.number, page.c.starts, page.c.ends).where(
            page.c.reading_id == reading_id, page.c.starts.is_not(None)
        )
    ).all()
    if not turns:
        raise InvalidInput(
            f"{file_name} has no times.",
            help="Leave pages or slides out with --exclude-pages.",
            file=file_name,
        )
    found: set[int] = set()
    for start, end in stretches:
        within = {t.number for t in turns if t.starts < end and (t.ends or t.starts) >= start}
        if not within:
            raise InvalidInput(
                f"{file_name} has nothing between {written_time(start)} and {written_time(end)}.",
                help="Check the times; they are counted from the beginning of the recording.",
                file=file_name,
            )
        found |= within
    return sorted(found)


def _require_pages(excluded: tuple[int, ...], last: int, form: str, file_name: str) -> None:
    beyond = sorted({number for number in excluded if number > last})
    if not beyond:
        return
    named = ", ".join(str(number) for number in beyond)
    raise InvalidInput(
        f"{file_name} has no slide {named}: the last of its slides is {last}."
        if form == "pptx"
        else f"{file_name} has no turn {named}: the last of its turns is {last}."
        if form == "transcript"
        else f"{file_name} has no page {named}: the last of its pages is {last}.",
        help=f"Exclude only numbers from 1 to {last}.",
        file=file_name,
        pages=beyond,
        count=last,
    )
