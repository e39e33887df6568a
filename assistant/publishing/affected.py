"""What a source or a piece has led to: pieces, publications, the people to tell, and who had received what."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select

from assistant.corpus.loading import load_source
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.dependents import ON_THE_WAY
from assistant.publishing.recipients import uses_of
from assistant.publishing.serving import served
from assistant.review.pieces import load_piece
from assistant.review.shapes import Names
from assistant.store.database import Database
from assistant.store.schema import citation as citation_table
from assistant.store.schema import piece as piece_table
from assistant.store.schema import publication as publication_table
from assistant.store.schema import revision as revision_table
from assistant.store.schema import signature as signature_table


def affected_items(
    db: Database, actor: Actor, *, source: str | None = None, piece: str | None = None
) -> dict[str, Any]:
    """The report, as JSON: of a source, every piece that cites it now or was ever published with it; or of one piece.

    Copies of what was replaced or recalled are still out there, so every publication counts, whatever became of it.
    Raises NotAllowed, UnknownSource, UnknownPiece, InvalidInput unless exactly one of the two is named.
    """
    require(actor, Permission.READ_PIECES)
    if (source is None) == (piece is None):
        raise InvalidInput("Name a source or a piece.", help="Give --source or --piece, one of them.")
    with db.read() as connection:
        names = Names(connection)
        if source is not None:
            registered = load_source(connection, source).registered_by
            revisions = _revisions_citing(connection, source)
            ids = _pieces_of(connection, revisions)
        else:
            registered, revisions, ids = None, None, {load_piece(connection, str(piece)).id}
        listed = [_item(connection, db, names, piece_id, revisions) for piece_id in sorted(ids)]
        people = _people_to_tell(names, listed, registered)
    return {
        "source": source,
        "piece": piece,
        "items": listed,
        "people": people,
        "counts": {
            "pieces": len(listed),
            "publications": sum(len(item["publications"]) for item in listed),
            "served": sum(one["served"] for item in listed for one in item["publications"]),
            "recipients": sum(len(one["uses"]) for item in listed for one in item["publications"]),
        },
    }


def _revisions_citing(connection: Connection, source_id: str) -> set[str]:
    return set(
        connection.scalars(
            select(citation_table.c.revision_id).where(citation_table.c.source_id == source_id).distinct()
        )
    )


def _pieces_of(connection: Connection, revisions: Collection[str]) -> set[str]:
    """The pieces whose newest revision is one of these and on its way, and those published with one of them."""
    on_the_way = connection.execute(
        select(piece_table.c.id, piece_table.c.revision_id).where(piece_table.c.status.in_(ON_THE_WAY))
    )
    published = connection.execute(select(publication_table.c.piece_id, publication_table.c.revision_id))
    return {row[0] for rows in (on_the_way, published) for row in rows if row[1] in revisions}


def _item(
    connection: Connection, db: Database, names: Names, piece_id: str, revisions: Collection[str] | None
) -> dict[str, Any]:
    piece = load_piece(connection, piece_id)
    rows = connection.execute(
        select(publication_table)
        .where(publication_table.c.piece_id == piece_id)
        .order_by(publication_table.c.published_at, publication_table.c.id)
    )
    publications = [row for row in rows if revisions is None or row.revision_id in revisions]
    uses = uses_of(connection, [row.id for row in publications])
    shown = []
    for row in publications:
        state = served(connection, row.id, db.clock.now())
        used = uses.get(row.id, [])
        shown.append(
            {
                "id": row.id,
                "status": row.status,
                "served": state.ok,
                "reason": state.reason,
                "manifest_hash": row.manifest_hash,
                "published_by": names.person(row.published_by),
                "first_used_on": used[0]["used_on"] if used else None,
                "uses": used,
            }
        )
    editors = connection.scalars(
        select(revision_table.c.created_by).where(revision_table.c.piece_id == piece_id).distinct()
    )
    signers = connection.scalars(
        select(signature_table.c.user_id).where(signature_table.c.piece_id == piece_id).distinct()
    )
    return {
        "piece": piece.id,
        "title": piece.title,
        "kind": piece.kind,
        "market": piece.market,
        "status": piece.status,
        "writers": [names.person(user) for user in sorted({piece.author_id, *editors})],
        "signers": [names.person(user) for user in sorted(signers)],
        "publications": shown,
    }


def _people_to_tell(
    names: Names, items: Collection[dict[str, Any]], registered_by: str | None
) -> list[dict[str, Any]]:
    """Each person once, with why: they registered the source, or wrote, signed or published something."""
    because: dict[str, set[str]] = {registered_by: {"registered"}} if registered_by else {}
    for item in items:
        groups = (
            ("wrote", item["writers"]),
            ("signed", item["signers"]),
            ("published", [one["published_by"] for one in item["publications"]]),
        )
        for what, people in groups:
            for person in people:
                because.setdefault(person["id"], set()).add(what)
    told = [{**(names.person(user) or {}), "because": sorted(why)} for user, why in because.items()]
    return sorted(told, key=lambda person: (person["name"], person["id"]))
