"""What a person's own pieces wait for, and which approved ones they may release: expected of them besides their tasks."""

from typing import Any

from sqlalchemy import and_, or_, select

from assistant.people.roles import Actor, Permission, Role, require
from assistant.review.model import Piece
from assistant.review.pieces import editors, load_piece
from assistant.review.policy_register import policy_of_revision
from assistant.review.shapes import Names, piece_json
from assistant.store.database import Database
from assistant.store.schema import piece as piece_table

WAITS_FOR = {
    "draft": "submit",
    "changes_requested": "change",
    "in_review": "review",
    "approved": "release",
    "suspended": "renew",
}
"""By the state of a piece: what has to happen next."""
_BY_ITS_WRITER = frozenset({"submit", "change", "renew"})
MOST = 100


def expected_pieces(db: Database, actor: Actor, most: int = MOST) -> list[dict[str, Any]]:
    """[{"piece", "waits_for", "expected_of_me"}]: the actor's own pieces that are not done, and those that they may release.

    What is expected of the actor comes first, then the last changed. Raises NotAllowed.
    """
    require(actor, Permission.READ_PIECES)
    own = and_(piece_table.c.author_id == actor.id, piece_table.c.status.in_(sorted(WAITS_FOR)))
    releases = actor.may(Permission.PUBLISH) and Role.ADMIN not in actor.roles
    wanted = or_(own, piece_table.c.status == "approved") if releases else own
    query = select(piece_table.c.id).where(wanted, piece_table.c.revision_id.is_not(None))
    with db.read() as connection:
        names = Names(connection)
        found = []
        for piece_id in connection.scalars(
            query.order_by(piece_table.c.updated_at.desc(), piece_table.c.id).limit(most)
        ).all():
            piece = load_piece(connection, piece_id)
            waits_for = WAITS_FOR[piece.status]
            mine = _is_expected(actor, piece, waits_for)
            if waits_for == "release":
                wrote = editors(connection, piece)
                publishers = policy_of_revision(connection, piece.revision_id).publishers(piece)
                mine = releases and bool(set(publishers) & actor.roles) and actor.id not in wrote
            if mine or piece.author_id == actor.id:
                shown = piece_json(connection, piece, names)
                found.append({"piece": shown, "waits_for": waits_for, "expected_of_me": mine})
    return sorted(found, key=lambda one: not one["expected_of_me"])


def _is_expected(actor: Actor, piece: Piece, waits_for: str) -> bool:
    return piece.author_id == actor.id and waits_for in _BY_ITS_WRITER and actor.may(Permission.EDIT)
