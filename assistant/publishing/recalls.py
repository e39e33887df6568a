"""A person takes a piece back."""

from typing import Any

from sqlalchemy import update

from assistant.audit.reasons import require_reason
from assistant.audit.trail import record
from assistant.errors import WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.confirmation import cancel_confirmations
from assistant.publishing.model import Publication, Recalled
from assistant.publishing.rows import last_publication, live_publication, save_recall
from assistant.review.model import Piece
from assistant.review.pieces import load_piece, lock_piece
from assistant.review.states import may_move, move
from assistant.store.database import Database, Transaction
from assistant.store.schema import publication as publication_table


def recall_piece(db: Database, actor: Actor, piece_id: str, reason: str) -> list[dict[str, Any]]:
    """Stop serving what is published of the piece, at once; returns the recall as a list of one, as JSON.

    A next revision that is on its way stays on its way. Raises WrongState where nothing is published.
    """
    require(actor, Permission.RECALL)
    text = require_reason(reason, "A recall")
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        publication = live_publication(tx.connection, piece.id)
        if publication is None:
            last = last_publication(tx.connection, piece.id)
            gone = "was never published" if last is None else f"is {last.status} already"
            raise WrongState(
                f"The piece {piece.id} {gone}.",
                help="Only what is published can be recalled.",
                piece=piece.id,
            )
        recalled = Recalled(piece.id, publication.id, "recalled", text)
        stop_publication(tx, piece, publication, "recalled")
        cancel_confirmations(tx, actor, publication, "recalled")
        save_recall(tx, actor, recalled)
        details = {"publication": publication.id, "cause": "recalled"}
        record(tx, actor, "piece.recalled", piece.id, details, free_text=text)
        return [recalled.as_json()]


def stop_publication(tx: Transaction, piece: Piece, publication: Publication, status: str) -> None:
    """Set the publication's state, and the piece's where its newest revision is the one that was published."""
    tx.execute(
        update(publication_table).where(publication_table.c.id == publication.id).values(status=status)
    )
    tx.failpoint("recall:publication")
    if publication.revision_id == piece.revision_id and may_move(
        load_piece(tx.connection, piece.id).status, status
    ):
        move(tx, piece, status)
