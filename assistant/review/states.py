"""The one table of states, as data. A step that is not in it does not happen."""

from collections.abc import Mapping

from sqlalchemy import select, update

from assistant.errors import NotFound, UnknownPiece, WrongState
from assistant.review.model import Piece
from assistant.store.database import Transaction
from assistant.store.schema import piece as piece_table

PIECE: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"in_review"}),
    "in_review": frozenset({"approved", "changes_requested", "rejected", "draft"}),
    "changes_requested": frozenset({"draft", "in_review"}),
    "rejected": frozenset(),
    "approved": frozenset({"published", "draft"}),
    # To draft: the next revision is begun; what is published of the piece stays as it was signed.
    "published": frozenset({"superseded", "expired", "recalled", "suspended", "draft"}),
    "suspended": frozenset({"published", "superseded", "expired", "recalled", "draft"}),
    "expired": frozenset({"draft", "recalled"}),
    "superseded": frozenset(),
    "recalled": frozenset(),
}
"""From each state of a piece to those that may follow."""

TASK: Mapping[str, frozenset[str]] = {
    "waiting": frozenset({"open", "cancelled"}),
    "open": frozenset({"claimed", "cancelled"}),
    "claimed": frozenset(
        {"open", "approved", "approved_with_changes", "changes_requested", "rejected", "cancelled"}
    ),
    "approved": frozenset(),
    "approved_with_changes": frozenset(),
    "changes_requested": frozenset(),
    "rejected": frozenset(),
    "cancelled": frozenset(),
}
"""From each state of a task to those that may follow. What is decided stays decided."""

EDITABLE = frozenset(state for state, following in PIECE.items() if "draft" in following) | {"draft"}
"""States in which a new revision may be made; it brings the piece back to draft."""

_NEXT_STEP = {
    "draft": "Submit it for review.",
    "in_review": "It waits for its reviewers; `ancrage review show` says whose decision is missing.",
    "changes_requested": "Its writer changes it and submits it again.",
    "rejected": "It was rejected for good; draft a new piece.",
    "approved": "It can be published.",
    "published": "It is published; edit it to begin a new revision, or recall it.",
    "suspended": "A new revision, reviewed and signed, brings it back.",
    "expired": "A new revision, reviewed and signed, brings it back.",
    "superseded": "Work on the piece that replaced it.",
    "recalled": "It was recalled for good; draft a new piece.",
}


def may_move(status: str, to: str) -> bool:
    """Whether the table has the step."""
    return to in PIECE[status]


def wrong_state(piece: Piece, act: str) -> WrongState:
    """The refusal of an act that the piece's state does not permit; `act` is "be submitted"."""
    state = piece.status.replace("_", " ")
    return WrongState(
        f"The piece {piece.id} is {state} and cannot {act}.",
        help=_NEXT_STEP[piece.status],
        piece=piece.id,
        status=piece.status,
    )


def no_statement(piece: Piece, lineage: str | None) -> NotFound:
    """What to raise where the piece's newest text has no such statement: as a rule it was edited meanwhile."""
    return NotFound(
        f"The piece {piece.id} has no statement {lineage}.",
        help="Look at the piece again. `ancrage review show` lists them.",
        piece=piece.id,
    )


def move(tx: Transaction, piece: Piece, to: str) -> None:
    """Bring the piece from the state that it is in now (not the one it was in when read) to `to`.

    Raises WrongState where the table has no such step. Staying where it is changes nothing.
    """
    row = tx.execute(select(piece_table.c.status).where(piece_table.c.id == piece.id)).first()
    if row is None:
        raise UnknownPiece(f"There is no piece {piece.id}.", help="`ancrage review list` shows the pieces.")
    if row.status == to:
        return
    if not may_move(row.status, to):
        state = row.status.replace("_", " ")
        raise WrongState(
            f"The piece {piece.id} is {state} and cannot become {to.replace('_', ' ')}.",
            help=_NEXT_STEP[row.status],
            piece=piece.id,
            status=row.status,
        )
    tx.execute(update(piece_table).where(piece_table.c.id == piece.id).values(status=to, updated_at=tx.now))
