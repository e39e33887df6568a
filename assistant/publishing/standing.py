"""Whether what a publication quotes of a superseded source still stands in the newer version."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from assistant.corpus.loading import load_source
from assistant.corpus.model import Source
from assistant.review.model import Piece
from assistant.review.pieces import load_revision
from assistant.store.schema import passage as passage_table
from ingestion.text import find_quote, fold


def covers(source: Source, piece: Piece) -> bool:
    """Whether the source is approved for the piece's market, audience and use."""
    return (
        piece.market in source.markets
        and piece.audience in source.audiences
        and piece.qualification in source.uses
    )


def quotes_stand(connection: Connection, revision_id: str, old_sources: Collection[str], newer: str) -> bool:
    """Whether every quote that the revision takes from `old_sources` is found, exactly, in the version `newer`."""
    revision = load_revision(connection, revision_id)
    quotes = {
        cited.quote
        for segment in revision.document.segments
        for cited in segment.citations
        if cited.source in old_sources
    }
    return all_found(sorted(quotes), citable_texts(connection, newer))


def citable_texts(connection: Connection, source_id: str) -> list[str]:
    """The texts of the source's passages in order, without the pages and notes that its approval leaves out."""
    found = load_source(connection, source_id)
    rows = connection.execute(
        select(passage_table.c.text, passage_table.c.layer, passage_table.c.parts)
        .where(passage_table.c.reading_id == found.reading_id)
        .order_by(passage_table.c.ordinal)
    )
    return [
        row.text
        for row in rows
        if row.layer not in found.layers_left_out
        and found.excluded_pages.isdisjoint(part[1] for part in row.parts)
    ]


def all_found(quotes: Sequence[str], passages: Sequence[str]) -> bool:
    """Whether each quote stands in a passage, or runs over from one passage into the next."""
    folded = [fold(passage).text for passage in passages]
    return all(_found(quote, passages, folded) for quote in quotes)


def _found(quote: str, passages: Sequence[str], folded: Sequence[str]) -> bool:
    """Plain search first, since it is fast; token boundaries are judged where it hits."""
    wanted = fold(quote).text.strip()
    for at, text in enumerate(folded):
        if wanted in text and find_quote(quote, passages[at]) is not None:
            return True
        if at and wanted in f"{folded[at - 1]} {text}":
            return find_quote(quote, f"{passages[at - 1]} {passages[at]}") is not None
    return False
