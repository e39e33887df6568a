"""What a reviewer sees, as JSON: the piece, its tasks and decisions, findings, comments and signatures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from assistant.people.roles import Actor, Permission, require
from assistant.review.adaptation import adaptation_json
from assistant.review.anchors import anchor
from assistant.review.delegation import stands_for
from assistant.review.gate import Standing, standing
from assistant.review.history import attestations_json, disputes_json, history_json, overrides_json
from assistant.review.model import Piece, Revision, Round, Task
from assistant.review.pieces import load_piece, newest_revision
from assistant.review.rounds import UNDECIDED, decisions_of_round, last_round, signatures_of, tasks_of_round
from assistant.review.shapes import (
    Names,
    decision_json,
    finding_json,
    origins_json,
    piece_json,
    signature_json,
    statements_json,
    task_json,
    workflow_json,
)
from assistant.store.clock import instant
from assistant.store.database import Database
from assistant.store.schema import comment as comment_table
from assistant.store.schema import manifest as manifest_table
from assistant.store.schema import revision as revision_table


@dataclass(frozen=True, slots=True)
class ReviewRead:
    """A piece's review, read once: what is shown of it, and what it was made from."""

    shown: Mapping[str, Any]
    piece: Piece
    revision: Revision
    standing: Standing


def review_json(db: Database, actor: Actor, piece_id: str, task: str | None = None) -> dict[str, Any]:
    """Everything about a piece's review, in the actor's language; the checks run as of now.

    `task` names the task that the answer is about; otherwise it is the actor's own, the first undecided, or the
    first of the last round. Raises NotAllowed, UnknownPiece.
    """
    require(actor, Permission.READ_PIECES)
    with db.read() as connection:
        return dict(read_review(connection, db.clock.now(), actor, piece_id, task).shown)


def read_review(
    connection: Connection, now: datetime, actor: Actor, piece_id: str, task: str | None = None
) -> ReviewRead:
    """The same as `review_json`, with what it was read from. The caller has checked the permission."""
    piece = load_piece(connection, piece_id)
    revision = newest_revision(connection, piece)
    found = standing(connection, now, piece, revision, "approve")
    latest = last_round(connection, piece.id)
    tasks = [] if latest is None else tasks_of_round(connection, latest.id)
    decisions = [] if latest is None else decisions_of_round(connection, latest.id)
    manifest = connection.execute(
        select(manifest_table).where(manifest_table.c.revision_id == revision.id)
    ).first()
    signatures = [] if manifest is None else signatures_of(connection, manifest.hash, latest)
    names = Names(connection)
    names.know([piece.author_id, *found.wrote, *(t.assignee_id for t in tasks)])
    written = origins_json(connection, revision.id, names)
    standing_for = stands_for(connection, actor, now, piece.market)
    about = _task_meant(tasks, task, actor, standing_for)
    decision = next((d for d in decisions if about is not None and d.task_id == about.id), None)
    overrides, disputes = (read(connection, piece.id, names) for read in (overrides_json, disputes_json))
    shown = {
        "piece": piece_json(connection, piece, names, found.wrote),
        "task": None if about is None else task_json(about, names, now, piece.market),
        "tasks": [task_json(t, names, now, piece.market) for t in tasks],
        "decision": None if decision is None else decision_json(connection, decision, names),
        "decisions": [decision_json(connection, d, names) for d in decisions],
        "signature": next(
            (signature_json(s) for s in signatures if decision is not None and s.decision_id == decision.id),
            None,
        ),
        "signatures": [signature_json(s) for s in signatures],
        "statements": statements_json(revision.document.segments, found.report.verdicts, written),
        "written": written,
        "adapted_from": adaptation_json(connection, piece.id),
        "findings": [finding_json(f, actor.language) for f in found.report.findings],
        "open": open_json(found),
        "comments": comments_json(connection, piece.id, names, revision),
        "overrides": [one for at, one in overrides if at == revision.id],
        "disputes": [one for at, one in disputes if at == revision.id],
        "attestations": attestations_json(connection, piece.id, names),
        "history": history_json(connection, piece.id, names, overrides, disputes),
        "standing_for": [
            {"role": role, **(names.person(one) or {})}
            for role, people in sorted(standing_for.items())
            for one in sorted(people)
        ],
        "workflow": None if latest is None else workflow_json(latest, tasks),
        "round": None if latest is None else _round_json(latest, names),
        "manifest": None
        if manifest is None
        else {"hash": manifest.hash, "content": json.loads(manifest.canonical)},
    }
    return ReviewRead(shown, piece, revision, found)


def tasks_json(db: Database, actor: Actor, tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """Each task with its piece, for the queue. The caller has listed them with `list_tasks`."""
    del actor
    with db.read() as connection:
        names = Names(connection)
        now = db.clock.now()
        pieces = {task.piece_id: load_piece(connection, task.piece_id) for task in tasks}
        shown = {piece.id: piece_json(connection, piece, names) for piece in pieces.values()}
        return [
            {
                "task": task_json(task, names, now, pieces[task.piece_id].market),
                "piece": shown[task.piece_id],
            }
            for task in tasks
        ]


def open_json(found: Standing) -> dict[str, Any]:
    """What still stands in the way of approval."""
    return {
        "blocks": [{"rule": f.rule, "where": f.where, "overridable": f.overridable} for f in found.blocks],
        "undecided": [{"rule": f.rule, "where": f.where} for f in found.undecided],
        "unattested": list(found.unattested),
        "comments": list(found.comments),
    }


def comments_json(
    connection: Connection, piece_id: str, names: Names, revision: Revision
) -> list[dict[str, Any]]:
    """The comments on a piece, oldest first, each with its place in the revision that is shown."""
    texts = {s.id: s.text for s in revision.document.segments}
    rows = connection.execute(
        select(comment_table, revision_table.c.number)
        .join(revision_table, revision_table.c.id == comment_table.c.revision_id)
        .where(comment_table.c.piece_id == piece_id)
        .order_by(comment_table.c.created_at, comment_table.c.id)
    ).all()
    names.know(person for row in rows for person in (row.author_id, row.resolved_by))
    return [
        {
            "id": row.id,
            "statement": row.lineage,
            "parent": row.parent_id,
            "by": names.person(row.author_id),
            "at": instant(row.created_at),
            "text": row.text,
            "words": None
            if row.quoted is None
            else asdict(anchor(row.quoted, row.range_start, texts.get(row.lineage))),
            "mandatory": row.mandatory,
            "revision": row.number,
            "resolved": row.resolved_at is not None,
            "resolved_by": names.person(row.resolved_by),
            "resolved_at": instant(row.resolved_at),
        }
        for row in rows
    ]


def _round_json(found: Round, names: Names) -> dict[str, Any]:
    return {
        "id": found.id,
        "number": found.number,
        "status": found.status,
        "override_request": found.override_request,
        "submitted_by": names.person(found.submitted_by),
        "submitted_at": instant(found.submitted_at),
        "closed_at": instant(found.closed_at),
    }


def _task_meant(
    tasks: Sequence[Task], task_id: str | None, actor: Actor, standing_for: Mapping[str, frozenset[str]]
) -> Task | None:
    order = (
        lambda t: t.id == task_id,
        lambda t: t.assignee_id == actor.id,
        lambda t: t.role in actor.roles and t.status == "open",
        lambda t: t.status in UNDECIDED and t.assignee_id in standing_for.get(t.role, ()),
        lambda t: t.role in actor.roles and t.status in UNDECIDED,
        lambda t: t.status in UNDECIDED,
        lambda _: True,
    )
    return next((task for chosen in order for task in tasks if chosen(task)), None)
