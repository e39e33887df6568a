"""What a source or a piece has led to: pieces, publications, the people to tell, and who had received what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, and_, func, literal, or_, select, tuple_, union

from assistant.corpus.loading import load_source
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.alike import count_served
from assistant.publishing.dependents import ON_THE_WAY, citing, names_in_release
from assistant.publishing.judged import Judged, judge_all
from assistant.publishing.recipients import uses_of
from assistant.publishing.reread import read_otherwise
from assistant.publishing.rows import publication_of
from assistant.review.model import Piece
from assistant.review.pieces import load_piece, piece_of
from assistant.review.shapes import Names
from assistant.store.database import Database
from assistant.store.schema import piece as piece_table
from assistant.store.schema import publication as publication_table
from assistant.store.schema import publication_use as use_table
from assistant.store.schema import revision as revision_table
from assistant.store.schema import signature as signature_table

_Ids = Select[Any] | Sequence[str]


def affected_items(
    db: Database,
    actor: Actor,
    *,
    source: str | None = None,
    piece: str | None = None,
    after: str = "",
    limit: int | None = None,
) -> dict[str, Any]:
    """The report, as JSON: of a source, every piece that cites it now or was ever published with it; or of one piece.

    Copies of what was replaced or recalled are still out there, so every publication counts, whatever became of it.
    `limit` and `after` (the `next` of the page before) choose a page of the items; the counts and the people are of
    all of them on every page. The number of statements does not grow with the number of pieces.
    Raises NotAllowed, UnknownSource, UnknownPiece, InvalidInput unless exactly one of the two is named.
    """
    require(actor, Permission.READ_PIECES)
    if (source is None) == (piece is None):
        raise InvalidInput("Name a source or a piece.", help="Give --source or --piece, one of them.")
    with db.read() as connection:
        names, now = Names(connection), db.clock.now()
        if source is not None:
            registered = load_source(connection, source).registered_by
            wanted, published = _of_source(source)
        else:
            registered = None
            wanted, published = _of_piece(load_piece(connection, str(piece)).id)
        ids = wanted.with_only_columns(piece_table.c.id)
        shown, following = _page(connection, wanted, after, limit)
        on_it = ids if limit is None else [one.id for one in shown]
        of_them = published.where(publication_table.c.piece_id.in_(on_it))
        judged = _judged(connection, of_them, now, {one.id: one for one in shown})
        hands = _hands(connection, shown, on_it, judged)
        told = _because(connection, ids, published, registered)
        names.know([*told, *(user for these in hands.values() for users in these.values() for user in users)])
        gone = _read_otherwise(connection, source, shown, judged)
        uses = uses_of(connection, [one.publication.id for these in judged.values() for one in these])
        publications, served = count_served(connection, published, now)
        counts = {
            "pieces": _count(connection, ids),
            "publications": publications,
            "served": served,
            "recipients": _count(connection, _uses(published)),
        }
    return {
        "source": source,
        "piece": piece,
        "items": [
            {
                **_item(one, judged.get(one.id, ()), hands[one.id], uses, names),
                "read_otherwise": gone.get(one.id, []),
            }
            for one in shown
        ],
        "next": following,
        "people": _people_to_tell(names, told),
        "counts": counts,
    }


def _of_source(source_id: str) -> tuple[Select[Any], Select[Any]]:
    """The pieces whose newest revision cites it and is on its way, and those published with it; the publications."""
    cites = citing([source_id])
    rests = or_(publication_table.c.revision_id.in_(cites), names_in_release([source_id]))
    pieces = select(piece_table).where(
        or_(
            and_(piece_table.c.status.in_(ON_THE_WAY), piece_table.c.revision_id.in_(cites)),
            piece_table.c.id.in_(select(publication_table.c.piece_id).where(rests)),
        )
    )
    return pieces, select(publication_table).where(rests)


def _read_otherwise(
    connection: Connection,
    source_id: str | None,
    shown: Sequence[Piece],
    judged: Mapping[str, Sequence[Judged]],
) -> dict[str, list[str]]:
    """By piece, what its newest or a published text quotes of the source and a newer reader does not find in it."""
    if source_id is None:
        return {}
    texts = {
        one.id: {
            *([one.revision_id] if one.revision_id else []),
            *(each.publication.revision_id for each in judged.get(one.id, ())),
        }
        for one in shown
    }
    published = [each.publication for these in judged.values() for each in these]
    gone = read_otherwise(connection, source_id, sorted(set().union(*texts.values())), published)
    return {
        piece: list(dict.fromkeys(quote for each in sorted(these) for quote in gone.get(each, ())))
        for piece, these in texts.items()
    }


def _of_piece(piece_id: str) -> tuple[Select[Any], Select[Any]]:
    pieces = select(piece_table).where(piece_table.c.id == piece_id)
    return pieces, select(publication_table).where(publication_table.c.piece_id == piece_id)


def _judged(
    connection: Connection, published: Select[Any], now: datetime, pieces: Mapping[str, Piece]
) -> dict[str, list[Judged]]:
    """By piece: its publications with their state, the oldest first."""
    rows = connection.execute(published.order_by(publication_table.c.published_at, publication_table.c.id))
    found: dict[str, list[Judged]] = {}
    for one in judge_all(connection, [publication_of(row) for row in rows], now, pieces):
        found.setdefault(one.piece.id, []).append(one)
    return found


def _hands(
    connection: Connection, pieces: Sequence[Piece], ids: _Ids, judged: dict[str, list[Judged]]
) -> dict[str, dict[str, list[str]]]:
    """By piece: the ids of who wrote, signed and published it; `ids` selects the pieces, or is theirs."""
    wrote = _people_of(connection, revision_table.c.piece_id, revision_table.c.created_by, ids)
    signed = _people_of(connection, signature_table.c.piece_id, signature_table.c.user_id, ids)
    return {
        one.id: {
            "wrote": sorted({one.author_id, *wrote.get(one.id, ())}),
            "signed": sorted(signed.get(one.id, ())),
            "published": sorted({made.publication.published_by for made in judged.get(one.id, ())}),
        }
        for one in pieces
    }


def _people_of(
    connection: Connection, piece: Column[str], who: Column[str], ids: _Ids
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for piece_id, user_id in connection.execute(select(piece, who).where(piece.in_(ids)).distinct()):
        found.setdefault(piece_id, set()).add(user_id)
    return found


def _because(
    connection: Connection, ids: Select[Any], published: Select[Any], registered_by: str | None
) -> dict[str, set[str]]:
    """By person, of all pieces together: they registered the source, or wrote, signed or published something."""
    because: dict[str, set[str]] = {registered_by: {"registered"}} if registered_by else {}
    pieces = ids.cte("affected_pieces")
    these = select(pieces.c.id)
    asked = union(
        select(literal("wrote"), piece_table.c.author_id).where(piece_table.c.id.in_(these)),
        select(literal("wrote"), revision_table.c.created_by).where(revision_table.c.piece_id.in_(these)),
        select(literal("signed"), signature_table.c.user_id).where(signature_table.c.piece_id.in_(these)),
        published.with_only_columns(literal("published"), publication_table.c.published_by),
    )
    for what, user in connection.execute(asked):
        because.setdefault(user, set()).add(what)
    return because


def _page(
    connection: Connection, wanted: Select[Any], after: str, limit: int | None
) -> tuple[Sequence[Piece], str | None]:
    """The pieces of the page, and the `after` of the next one. Raises InvalidInput where `after` is not in the list."""
    place = tuple_(piece_table.c.title, piece_table.c.id)
    query = wanted.order_by(piece_table.c.title, piece_table.c.id)
    if after:
        last = connection.execute(wanted.where(piece_table.c.id == after)).first()
        if last is None:
            raise InvalidInput("That page is no longer there.", help="Begin again with the first page.")
        query = query.where(place > tuple_(last.title, last.id))
    if limit is not None:
        query = query.limit(limit + 1)
    found = [piece_of(row, row.id) for row in connection.execute(query)]
    shown = found[:limit]
    return shown, shown[-1].id if len(found) > len(shown) else None


def _uses(published: Select[Any]) -> Select[Any]:
    ids = published.with_only_columns(publication_table.c.id)
    return select(use_table.c.id).where(use_table.c.publication_id.in_(ids))


def _count(connection: Connection, wanted: Select[Any]) -> int:
    return connection.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def _item(
    piece: Piece,
    judged: Sequence[Judged],
    hands: dict[str, list[str]],
    uses: dict[str, list[dict[str, Any]]],
    names: Names,
) -> dict[str, Any]:
    return {
        "piece": piece.id,
        "title": piece.title,
        "kind": piece.kind,
        "market": piece.market,
        "status": piece.status,
        "writers": [names.person(user) for user in hands["wrote"]],
        "signers": [names.person(user) for user in hands["signed"]],
        "publications": [_publication(one, uses.get(one.publication.id, []), names) for one in judged],
    }


def _publication(one: Judged, used: list[dict[str, Any]], names: Names) -> dict[str, Any]:
    return {
        "id": one.publication.id,
        "status": one.publication.status,
        "served": one.state.ok,
        "reason": one.state.reason,
        "manifest_hash": one.publication.manifest_hash,
        "published_by": names.person(one.publication.published_by),
        "first_used_on": used[0]["used_on"] if used else None,
        "uses": used,
    }


def _people_to_tell(names: Names, because: Mapping[str, set[str]]) -> list[dict[str, Any]]:
    """Each person once, with why."""
    told = [{**(names.person(user) or {}), "because": sorted(why)} for user, why in because.items()]
    return sorted(told, key=lambda person: (person["name"], person["id"]))
