"""Whether what a publication quotes of a superseded source still stands in the newer version."""

from collections.abc import Collection

from sqlalchemy import Connection

from assistant.corpus.model import Source
from assistant.retrieval.still_read import all_found, citable_texts
from assistant.review.model import Piece
from assistant.review.pieces import load_revision


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
