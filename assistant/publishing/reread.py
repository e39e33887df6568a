"""What follows where a source is read again: what would change, and the pieces whose quotes are not found any more.

A signed text never changes, and a newer reader voids no signature: what is published stays, and is named. What is on its
way goes back to its writer where a quote is gone.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from assistant.corpus.loading import load_source
from assistant.corpus.model import Source
from assistant.corpus.rereading import reader_json
from assistant.corpus.rights import require_text
from assistant.errors import WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.cascade import Progress, origins_of, return_to_writer
from assistant.publishing.dependents import dependents
from assistant.publishing.model import Publication, Recalled
from assistant.publishing.versions import compared_json
from assistant.retrieval.read_elsewhere import in_another_place
from assistant.retrieval.still_read import not_found_now
from assistant.review.model import Revision
from assistant.review.pieces import load_piece, load_revisions, lock_piece
from assistant.store.batches import batches
from assistant.store.database import Database
from assistant.store.schema import citation as citation_table
from guardrails.model import Citation


def reread_diff(db: Database, actor: Actor, source_id: str) -> dict[str, Any]:
    """{"source", "reader": {…}, "diff": {…}, "affected": […]}: as `source_diff`, of a source and today's reading of it.

    Raises NotAllowed, UnknownSource, or WrongState where there is no newer reading to compare with.
    """
    require(actor, Permission.READ_SOURCES)
    with db.read() as connection:
        found = load_source(connection, source_id)
        require_text(actor, found)
        reader = reader_json(connection, found)
        if reader["today"] is None:
            raise WrongState(
                f"There is no newer reading of {found.title}.",
                help="Have it read again from its page, or with `ancrage source reread`."
                if reader["older"]
                else "What it has was read by today's reader.",
                source=source_id,
            )
        newer = replace(found, reading_id=reader["today"])
        return {
            "source": source_id,
            "reading": found.reading_id,
            "reader": reader,
            **compared_json(connection, actor, found, newer),
        }


def read_otherwise(
    connection: Connection,
    source_id: str,
    revision_ids: Collection[str],
    published: Iterable[Publication] = (),
) -> dict[str, list[str]]:
    """By revision, what it quotes of the source and a newer reader does not find in it, or finds in another place.

    A revision without any is not there. A place is told by its headings, not by its page: see `in_another_place`.
    Of `published`, those that stand on the source for a version before it are looked at with those quotes too.
    """
    found = load_source(connection, source_id)
    before = {
        one.revision_id: origins_of(source_id, one.standing) - {source_id}
        for one in published
        if source_id in one.standing.values()
    }
    citing = {*before, *_citing_earlier(connection, found, revision_ids)}
    if not citing:
        return {}
    quotes = {
        key: _quoted(found, revision, before.get(key, set()))
        for key, revision in load_revisions(connection, sorted(citing)).items()
    }
    gone = {
        one.quote
        for one in not_found_now(connection, [cited for these in quotes.values() for cited in these])
    }
    elsewhere = in_another_place(connection, [one for these in quotes.values() for one in these])
    told = {
        key: [one.quote for one in these if one.quote in gone or one in elsewhere]
        for key, these in quotes.items()
    }
    return {key: list(dict.fromkeys(said)) for key, said in told.items() if said}


def _citing_earlier(connection: Connection, found: Source, revision_ids: Collection[str]) -> list[str]:
    """Which of the revisions cite an earlier reading of the source."""
    return [
        key
        for some in batches(revision_ids)
        for key in connection.scalars(
            select(citation_table.c.revision_id)
            .where(
                citation_table.c.revision_id.in_(some),
                citation_table.c.source_id == found.id,
                citation_table.c.reading_id != found.reading_id,
            )
            .distinct()
        )
    ]


def _quoted(found: Source, revision: Revision, before: Collection[str]) -> list[Citation]:
    """What is to be found in the source: its own quotes of earlier readings, and those of versions before it."""
    return [
        replace(cited, source=found.id)
        for segment in revision.document.segments
        for cited in segment.citations
        if (cited.source == found.id and cited.reading != found.reading_id) or cited.source in before
    ]


def after_reread(
    db: Database, actor: Actor, source_id: str, on_progress: Progress | None = None
) -> dict[str, list[str]]:
    """Give back what is on its way and quotes what is not found there any more; returns {"returned", "published"}: pieces.

    Each piece is one transaction with its audit entry; doing it again gives nothing back twice. `published` are those
    whose published text quotes it: they stay as they were signed, for people to look at.
    """
    with db.read() as connection:
        found = load_source(connection, source_id)
        resting = dependents(connection, [source_id])
        live = [one.publication for one in resting if one.publication]
        gone = read_otherwise(connection, source_id, [one.revision_id for one in live], live)
    returned = []
    for done, dependent in enumerate(resting, start=1):
        if dependent.newest_cites and _give_back(db, actor, found, dependent.piece.id):
            returned.append(dependent.piece.id)
        if on_progress is not None:
            on_progress(done, len(resting), dependent.piece.title)
    return {"returned": returned, "published": [one.piece_id for one in live if one.revision_id in gone]}


def _give_back(db: Database, actor: Actor, found: Source, piece_id: str) -> bool:
    with db.write() as tx:
        lock_piece(tx, piece_id)
        revision_id = load_piece(tx.connection, piece_id).revision_id
        if revision_id is None or not read_otherwise(tx.connection, found.id, [revision_id]):
            return False
        reason = (
            f"The source {found.title} ({found.id}) was read again by a newer reader ({found.reading_id}), "
            "which does not find a quote of this content in it, or finds it in another place."
        )
        return_to_writer(tx, actor, Recalled(piece_id, None, "source_reread", reason), found.id)
        return True
