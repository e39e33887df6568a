"""Two named reviewers, each with a reason, lift a block that its rule lets them lift."""

from sqlalchemy import insert, select

from assistant.audit.reasons import require_reason
from assistant.audit.trail import record
from assistant.errors import NotAllowed, NotFound
from assistant.people.roles import Actor, Permission, require
from assistant.review.checking import report_on
from assistant.review.gate import require_independent
from assistant.review.model import Piece, Revision
from assistant.review.pieces import lock_piece, newest_revision, require_active
from assistant.review.queue_facts import renew_lease
from assistant.review.states import wrong_state
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import finding as finding_table
from assistant.store.schema import override as override_table


def override(db: Database, actor: Actor, piece_id: str, rule: str, place: str, reason: str) -> str:
    """Give one of the two reasons; returns the override's id. The same person giving it again changes nothing.

    `place` is a statement's id or "piece". It holds for this revision alone. Raises NotFound where the checks find
    no such thing, NotAllowed where the rule is never overridden or the actor wrote the piece, WrongState.
    """
    require(actor, Permission.OVERRIDE)
    text = require_reason(reason, "An override")
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        require_active(tx.connection, piece.product_id)
        require_independent(tx.connection, actor, piece, "override a finding on it")
        if piece.status not in {"in_review", "approved"}:
            raise wrong_state(piece, "have a finding overridden")
        revision = newest_revision(tx.connection, piece)
        _require_overridable(tx, piece, revision, rule, place)
        existing: str | None = tx.execute(
            select(override_table.c.id).where(
                override_table.c.revision_id == revision.id,
                override_table.c.rule == rule,
                override_table.c.place == place,
                override_table.c.user_id == actor.id,
            )
        ).scalar()
        if existing is not None:
            return existing
        override_id = new_id("override")
        tx.execute(
            insert(override_table).values(
                id=override_id,
                revision_id=revision.id,
                rule=rule,
                place=place,
                user_id=actor.id,
                reason=text,
                given_at=tx.now,
            )
        )
        details = {"override": override_id, "revision": revision.id, "rule": rule, "place": place}
        renew_lease(tx, actor, piece.id)
        record(tx, actor, "finding.overridden", piece.id, details, free_text=text)
        return override_id


def _require_overridable(tx: Transaction, piece: Piece, revision: Revision, rule: str, place: str) -> None:
    """The finding must be there now, or stand among those of the last refused release."""
    now = [
        (f.rule, f.where, f.overridable)
        for f in report_on(tx.connection, tx.now, piece, revision, "approve").findings
    ]
    kept = [
        (row.rule, row.place, row.overridable)
        for row in tx.execute(select(finding_table).where(finding_table.c.revision_id == revision.id))
    ]
    matching = [overridable for name, where, overridable in (*now, *kept) if (name, where) == (rule, place)]
    if not matching:
        raise NotFound(
            f"The checks find nothing by {rule} at {place}.", help="`ancrage review show` lists the findings."
        )
    if not any(matching):
        raise NotAllowed(
            f"A finding of {rule} is never overridden.",
            help="The writer has to mend the text or the sources.",
        )
