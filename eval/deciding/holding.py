"""After everybody has stopped: does the database hold exactly what was answered?"""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, select

from assistant.audit.verify import verify_trail
from assistant.bootstrap import App
from assistant.store.schema import audit_entry, decision, manifest, piece, review_round, signature, task
from eval.deciding.people import Accepted, Account


@dataclass(frozen=True, slots=True)
class Held:
    """Counts; all but the first must be 0."""

    decisions: int
    lost: int
    """Accepted, and not in the database as it was accepted."""
    doubled: int
    """Tasks whose decision was accepted more than once, or stands more than once, or was signed more than once."""
    unclaimed_for: int
    """In the database, and nobody was told yes."""
    unsigned: int
    """Approvals without their signature on the manifest of their revision, or signatures without an approval."""
    unaudited: int
    """Decisions without exactly one entry in the trail."""
    astray: int
    """Pieces whose state is not the one that their last round gives them."""
    trail_breaks: int


def hold_against(app: App, account: Account) -> Held:
    """Compare."""
    with app.db.read() as connection:
        stored = {
            row.task_id: Accepted(row.task_id, row.decided_by, row.outcome)
            for row in connection.execute(select(decision))
        }
        told = Counter(account.accepted)
        by_task = Counter(one.task for one in account.accepted)
        signed = Counter(
            connection.scalars(
                select(decision.c.task_id).join(signature, signature.c.decision_id == decision.c.id)
            )
        )
        return Held(
            decisions=len(stored),
            lost=sum(count for one, count in told.items() if stored.get(one.task) != one),
            doubled=len(
                {t for t, count in by_task.items() if count > 1}
                | {t for t, count in signed.items() if count > 1}
            ),
            unclaimed_for=len(set(stored) - set(by_task)),
            unsigned=_unsigned(connection, stored, signed),
            unaudited=_unaudited(connection, stored),
            astray=_astray(connection),
            trail_breaks=0 if verify_trail(app.db, app.settings.home)["ok"] else 1,
        )


def _unsigned(connection: Connection, stored: dict[str, Accepted], signed: Counter[str]) -> int:
    approved = {one.task for one in stored.values() if one.outcome == "approved"}
    foreign = connection.execute(
        select(signature.c.id)
        .outerjoin(
            manifest,
            (manifest.c.revision_id == signature.c.revision_id)
            & (manifest.c.hash == signature.c.manifest_hash),
        )
        .where(manifest.c.hash.is_(None))
    ).all()
    return len(approved ^ set(signed)) + len(foreign)


def _unaudited(connection: Connection, stored: dict[str, Accepted]) -> int:
    names = {"piece.signed", "piece.changes_requested", "piece.rejected"}
    written = Counter(
        connection.scalars(select(audit_entry.c.subject).where(audit_entry.c.action.in_(names)))
    )
    pieces = Counter(
        connection.scalars(select(task.c.piece_id).where(task.c.id.in_(select(decision.c.task_id))))
    )
    assert sum(pieces.values()) == len(stored)
    return sum((written - pieces).values()) + sum((pieces - written).values())


def _astray(connection: Connection) -> int:
    """A piece stands where its last round left it, and a closed round has no open task."""
    rounds = connection.execute(select(review_round).order_by(review_round.c.number)).all()
    last = {row.piece_id: row for row in rounds}
    tasks: dict[str, Counter[str]] = {}
    for row in connection.execute(select(task.c.round_id, task.c.status)):
        tasks.setdefault(row.round_id, Counter())[row.status] += 1
    wrong = 0
    for found in connection.execute(select(piece.c.id, piece.c.status)):
        ended = last[found.id]
        expected = "in_review" if ended.status == "open" else ended.status
        sent_back = expected == "changes_requested" and tasks[ended.id]["rejected"] > 0
        status = "rejected" if sent_back else expected
        undecided = tasks[ended.id]["open"] + tasks[ended.id]["claimed"]
        if found.status != status or (ended.status != "open" and undecided):
            wrong += 1
    return wrong + sum(1 for row in rounds if row.status == "open" and last[row.piece_id].id != row.id)
