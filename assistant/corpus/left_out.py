"""The pages that an approval leaves out, found again in another reading of the same file."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from assistant.corpus.fit import turns_between
from assistant.corpus.model import Source
from assistant.errors import Conflict
from assistant.store.readings import load_sentences, reading_row
from assistant.store.schema import page
from guardrails.citations import bare
from ingestion.model import NUMBERED_BY_THE_FILE
from ingestion.text import fold


def pages_left_out(connection: Connection, found: Source, newer: str) -> list[int]:
    """The numbers that the reading `newer` has for what the source leaves out.

    Times are looked up anew. Where the reader itself counts the pages (turns, parts of a document), a page is the one, or
    those, with the same text; where it was cut anew, see `_sharing`. Raises Conflict where one of its sentences is nowhere:
    what was left out must never come in by a new count.
    """
    form = reading_row(connection, newer)["format"]
    if not found.excluded_pages or form in NUMBERED_BY_THE_FILE:
        return sorted(found.excluded_pages)
    of_times = set(turns_between(connection, found.excluded_times, found.reading_id, found.file_name))
    again = set(turns_between(connection, found.excluded_times, newer, found.file_name))
    before = _texts(connection, found.reading_id)
    after = _texts(connection, newer)
    cut_anew = []
    for number in sorted(found.excluded_pages - of_times):
        text = before.get(number)
        # Where the older reading had nothing under that number, what may stand there now stays out.
        same = {number} if text is None else {other for other, said in after.items() if said == text}
        again |= same
        if not same:
            cut_anew.append(number)
    if cut_anew:
        again |= _sharing(connection, found, newer, cut_anew)
    return sorted(again)


def _sharing(connection: Connection, found: Source, newer: str, numbers: Sequence[int]) -> set[int]:
    """The pages of the newer reading that have these pages' sentences in a row, or else those that no other page has.

    "Thank you." at the end of every turn takes no other turn out: it may be quoted from there as before. Headings say
    nothing alone. Raises Conflict where a sentence is nowhere, or none is told apart from those of other pages.
    """
    before = [one for one in load_sentences(connection, found.reading_id).values() if one.kind != "heading"]
    after = [one for one in load_sentences(connection, newer).values() if one.kind != "heading"]
    texts = [bare(one.text) for one in after]
    elsewhere = {bare(one.text) for one in before if all(part.page not in numbers for part in one.parts)}
    sharing: set[int] = set()
    for number in numbers:
        said = [bare(one.text) for one in before if any(part.page == number for part in one.parts)]
        if not said or not set(said).issubset(texts):
            raise _not_found(found, number)
        at = [
            first + step
            for first in range(len(texts) - len(said) + 1)
            if texts[first : first + len(said)] == said
            for step in range(len(said))
        ]
        if not at:
            at = [place for place, text in enumerate(texts) if text in set(said) - elsewhere]
        if not at:
            raise _not_found(found, number)
        sharing |= {part.page for place in at for part in after[place].parts}
    return sharing


def _not_found(found: Source, number: int) -> Conflict:
    return Conflict(
        f"{number}, which the approval of {found.title} leaves out, is not found in the newer reading.",
        help="The source stays as it is. To have it read anew, save the file anew, so that it is another file, register "
        "that as a version that replaces this one, and name there the pages that are left out.",
        source=found.id,
        page=number,
    )


def _texts(connection: Connection, identity: str) -> dict[int, str]:
    rows = connection.execute(select(page.c.number, page.c.text).where(page.c.reading_id == identity))
    return {row.number: " ".join(fold(row.text).text.split()) for row in rows}
