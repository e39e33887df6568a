"""What a release condition is recorded for: the condition, and the exact signed bytes."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from assistant.errors import InvalidInput
from assistant.publishing.conditions.data import Condition, Form, conditions_of
from assistant.publishing.rows import live_publication
from assistant.review.model import Piece
from assistant.review.states import wrong_state
from assistant.store.schema import manifest as manifest_table


@dataclass(frozen=True, slots=True)
class Target:
    """A signed revision."""

    revision_id: str
    manifest_hash: str


def condition_of(piece: Piece, form: Form) -> Condition:
    """The condition of that form that the piece has to meet. Raises InvalidInput where nothing of the kind is asked."""
    found = next((one for one in conditions_of(piece) if one.form == form), None)
    if found is None:
        names = {"permit": "visa", "certificate": "certificate", "submission": "submission"}
        raise InvalidInput(
            f"No {names[form]} is asked of this piece.",
            help="What is asked goes by market, kind and qualification; `ancrage release show` lists it.",
        )
    return found


def find_target(connection: Connection, piece: Piece) -> Target | None:
    """The bytes that wait for their release, else those that are published; none while the piece is being worked on."""
    if piece.status == "approved" and piece.revision_id is not None:
        found: str | None = connection.scalar(
            select(manifest_table.c.hash).where(manifest_table.c.revision_id == piece.revision_id)
        )
        if found is not None:
            return Target(piece.revision_id, found)
    live = live_publication(connection, piece.id)
    return None if live is None else Target(live.revision_id, live.manifest_hash)


def target_of(connection: Connection, piece: Piece, act: str) -> Target:
    """The same. Raises WrongState: release conditions are met for what was signed, not before."""
    found = find_target(connection, piece)
    if found is None:
        raise wrong_state(piece, act)
    return found
