"""Comments on a piece or one of its statements; nobody approves while a mandatory one is open."""

from sqlalchemy import insert, select, update

from assistant.audit.expected import columns_sha256
from assistant.audit.reasons import require_reason
from assistant.audit.trail import record
from assistant.errors import NotFound
from assistant.people.roles import Actor, Permission, require
from assistant.review.anchors import range_of
from assistant.review.gate import require_independent
from assistant.review.model import Piece
from assistant.review.pieces import lock_piece, newest_revision
from assistant.review.queue_facts import renew_lease
from assistant.review.states import PIECE, no_statement, wrong_state
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import comment as comment_table


def comment(
    db: Database,
    actor: Actor,
    piece_id: str,
    text: str,
    *,
    lineage: str | None = None,
    mandatory: bool = False,
    parent: str | None = None,
    quoted: str | None = None,
    at: int | None = None,
) -> str:
    """Comment; returns the comment's id. Only an independent reviewer makes a mandatory one.

    `quoted` are the words of the statement that it is about, `at` where they begin in it (code points), for words that
    stand in it several times. An answer stands where its parent stands.

    Raises NotAllowed, NotFound for an unknown statement or parent, InvalidInput for no text, WrongState once the
    piece has ended.
    """
    require(actor, Permission.COMMENT)
    clean = require_reason(text, "A comment")
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        if not PIECE[piece.status]:
            raise wrong_state(piece, "be commented on")
        revision = newest_revision(tx.connection, piece)
        if parent is not None:
            parent, lineage = _thread(tx, piece, parent)
        segment = next((s for s in revision.document.segments if s.id == lineage), None)
        if lineage is not None and segment is None and parent is None:
            raise no_statement(piece, lineage)
        if mandatory:
            _require_reviewer(tx, actor, piece, "make a mandatory comment on it")
        words = (quoted or "").strip()
        place: tuple[int, int] | tuple[None, None] = (None, None)
        if words:
            text_of_it = segment.text if segment else ""
            place = range_of(text_of_it, words, at)
            words = text_of_it[slice(*place)]
        comment_id = new_id("comment")
        tx.execute(
            insert(comment_table).values(
                id=comment_id,
                piece_id=piece.id,
                revision_id=revision.id,
                lineage=lineage,
                parent_id=parent,
                author_id=actor.id,
                text=clean,
                quoted=words or None,
                range_start=place[0],
                range_end=place[1],
                mandatory=mandatory,
                created_at=tx.now,
            )
        )
        details = {
            "comment": comment_id,
            "revision": revision.id,
            "mandatory": mandatory,
            "statement": lineage,
            "answers": parent,
            "range": None if place[0] is None else list(place),
            "quoted_sha256": columns_sha256({"quoted": words or None}, ("quoted",)),
        }
        renew_lease(tx, actor, piece.id)
        record(tx, actor, "piece.commented", piece.id, details, free_text=clean)
        return comment_id


def resolve_comment(db: Database, actor: Actor, comment_id: str) -> str:
    """Mark a comment as resolved; returns the id of its piece. A resolved one stays as it is.

    A mandatory comment is resolved by any independent reviewer, as it is made: never by those who wrote, edited or
    submitted the piece, nor by an administrator.
    """
    require(actor, Permission.COMMENT)
    with db.write() as tx:
        row = tx.execute(select(comment_table).where(comment_table.c.id == comment_id)).first()
        if row is None:
            raise NotFound(f"There is no comment {comment_id}.", help="`ancrage review show` lists them.")
        piece = lock_piece(tx, row.piece_id)
        if row.resolved_at is not None:
            return piece.id
        if row.mandatory:
            _require_reviewer(tx, actor, piece, "resolve a mandatory comment on it")
        tx.execute(
            update(comment_table)
            .where(comment_table.c.id == comment_id)
            .values(resolved_by=actor.id, resolved_at=tx.now)
        )
        details = {"comment": comment_id, "mandatory": row.mandatory}
        record(tx, actor, "comment.resolved", piece.id, details)
        return piece.id


def _require_reviewer(tx: Transaction, actor: Actor, piece: Piece, act: str) -> None:
    require_independent(tx.connection, actor, piece, act)
    require(actor, Permission.REVIEW)


def _thread(tx: Transaction, piece: Piece, parent: str) -> tuple[str, str | None]:
    """The comment that began the thread, and the statement that it stands at."""
    found = tx.execute(
        select(comment_table.c.id, comment_table.c.parent_id, comment_table.c.lineage).where(
            comment_table.c.id == parent, comment_table.c.piece_id == piece.id
        )
    ).first()
    if found is None:
        raise NotFound(f"There is no comment {parent} on this piece.", help="Answer a comment of this piece.")
    return found.parent_id or found.id, found.lineage
