"""The JSON of each thing of review, as the command line, the API and the pages show it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from assistant.corpus.products import find_product
from assistant.retrieval.view import citation_json
from assistant.review.checking import plain
from assistant.review.model import Decision, Piece, Round, Signature, Task
from assistant.review.notes import note_text
from assistant.review.origins import origins_of
from assistant.review.pieces import editors
from assistant.review.plan import current_step, given_by, plan_from
from assistant.review.rounds import UNDECIDED, UNFINISHED
from assistant.store.clock import civil_date, instant
from assistant.store.schema import decision as decision_table
from assistant.store.schema import revision as revision_table
from assistant.store.schema import user as user_table
from guardrails.model import Finding, Segment


class Names:
    """Printed names of people, each read once."""

    def __init__(self, connection: Connection, known: Mapping[str, str] | None = None) -> None:
        """Read them through this connection, but for those that are known already."""
        self._connection = connection
        self._known = dict(known or {})

    def know(self, user_ids: Iterable[str | None]) -> None:
        """Read those that will be asked for at once."""
        missing = sorted({user_id for user_id in user_ids if user_id} - self._known.keys())
        if missing:
            rows = self._connection.execute(
                select(user_table.c.id, user_table.c.name).where(user_table.c.id.in_(missing))
            )
            self._known |= {user_id: user_id for user_id in missing} | {row.id: row.name for row in rows}

    def person(self, user_id: str | None) -> dict[str, str] | None:
        """{"id", "name"} of the person, or nothing for nobody."""
        if user_id is None:
            return None
        if user_id not in self._known:
            found = self._connection.scalar(select(user_table.c.name).where(user_table.c.id == user_id))
            self._known[user_id] = found or user_id
        return {"id": user_id, "name": self._known[user_id]}


def piece_json(
    connection: Connection, piece: Piece, names: Names, wrote: frozenset[str] | None = None
) -> dict[str, Any]:
    """The head of a piece: what it is, where it stands, which text is its newest. `wrote`: its `editors`, if known."""
    revision = connection.execute(
        select(revision_table.c.number, revision_table.c.hash).where(revision_table.c.id == piece.revision_id)
    ).first()
    return {
        "id": piece.id,
        "kind": piece.kind,
        "title": piece.title,
        "product": find_product(connection, piece.product_id).name,
        "market": piece.market,
        "language": piece.language,
        "audience": piece.audience,
        "channel": piece.channel,
        "qualification": piece.qualification,
        "engine": piece.engine,
        "revision": revision.number if revision else 0,
        "revision_id": piece.revision_id,
        "hash": revision.hash if revision else None,
        "status": piece.status,
        "author": names.person(piece.author_id),
        "editors": [
            names.person(user_id)
            for user_id in sorted(editors(connection, piece) if wrote is None else wrote)
        ],
        "created_at": instant(piece.created_at),
        "updated_at": instant(piece.updated_at),
    }


def task_json(task: Task, names: Names, now: datetime, market: str) -> dict[str, Any]:
    """A task; `overdue` on the market's date, `lapsed` once others may take it from its holder."""
    return {
        "id": task.id,
        "piece": task.piece_id,
        "role": task.role,
        "step": task.step + 1,
        "status": task.status,
        "assignee": names.person(task.assignee_id),
        "for": names.person(task.for_id),
        "claimed_at": instant(task.claimed_at),
        "created_at": instant(task.created_at),
        "due_on": task.due_on.isoformat(),
        "lease_until": instant(task.lease_until),
        "lapsed": task.status == "claimed" and task.lease_until is not None and task.lease_until <= now,
        "overdue": task.status in UNDECIDED and task.due_on < civil_date(now, market),
    }


def workflow_json(found: Round, tasks: Sequence[Task]) -> dict[str, Any]:
    """The order of a round: each step with what it asks for and has, and whose turn it is."""
    plan, given = plan_from(found.plan, tasks), given_by(tasks)
    now = current_step(plan, given)
    return {
        "policy": plan.policy,
        "name": plan.workflow,
        "steps": [
            {
                "number": number + 1,
                "state": _state(found, number, now),
                "due_on": max(
                    (t.due_on.isoformat() for t in tasks if t.step == number and t.status in UNFINISHED),
                    default=None,
                ),
                "signatures": [
                    {
                        "role": one.role,
                        "needed": one.needed,
                        "asked": one.asked,
                        "given": given[number, one.role],
                    }
                    for one in step.signatures
                ],
            }
            for number, step in enumerate(plan.steps)
        ],
        "skipped": [{"role": one.role, "why": dict(one.why)} for one in plan.skipped],
        "awaited": sorted({t.role for t in tasks if t.status in UNDECIDED}),
    }


def _state(found: Round, number: int, now: int) -> str:
    """done, now or later; closed where the round ended before it was signed."""
    if number < now:
        return "done"
    if found.status != "open":
        return "closed"
    return "now" if number == now else "later"


def decision_json(connection: Connection, decision: Decision, names: Names) -> dict[str, Any]:
    """A decision with its reason, while that has not been erased."""
    row = connection.execute(
        select(decision_table.c.note_id, decision_table.c.seen).where(decision_table.c.id == decision.id)
    ).one()
    return {
        "id": decision.id,
        "task": decision.task_id,
        "outcome": decision.outcome,
        "by": names.person(decision.decided_by),
        "at": instant(decision.decided_at),
        "reason": note_text(connection, row.note_id),
        "seen": row.seen,
    }


def signature_json(signature: Signature) -> dict[str, Any]:
    """A signature as it is shown: printed name, date and time, meaning (21 CFR 11.50), and what was signed."""
    return {
        "id": signature.id,
        "by": {"id": signature.user_id, "name": signature.printed_name},
        "role": signature.role,
        "meaning": signature.meaning,
        "at": instant(signature.signed_at),
        "manifest_hash": signature.manifest_hash,
        "revision_id": signature.revision_id,
        "policy": signature.policy_hash,
        "proof": dict(signature.proof),
        "for": None
        if signature.on_behalf_of is None
        else {"id": signature.on_behalf_of, "name": signature.behalf_name},
    }


def statements_json(
    segments: Iterable[Segment], verdicts: Mapping[str, str], written: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Every statement in order, with who wrote it; one that no check has judged needs review."""
    return [
        {
            "id": segment.id,
            "text": segment.text,
            "role": segment.role,
            "language": segment.language,
            "wording": segment.wording,
            "written": written.get(segment.id),
            "citations": [citation_json(cited) for cited in segment.citations],
            "verdict": verdicts.get(segment.id, "needs_review"),
        }
        for segment in segments
        if segment.kind == "statement"
    ]


def origins_json(connection: Connection, revision_id: str, names: Names) -> dict[str, dict[str, Any]]:
    """By lineage: {"kind", "by", "engine", "revision"}; the revision's number is that of its own piece."""
    found = origins_of(connection, revision_id)
    ids = sorted({origin.revision for origin in found.values()})
    numbers = {
        row.id: row.number
        for row in connection.execute(
            select(revision_table.c.id, revision_table.c.number).where(revision_table.c.id.in_(ids))
        )
    }
    return {
        lineage: {
            "kind": origin.kind,
            "by": names.person(origin.person),
            "engine": origin.engine,
            "revision": numbers.get(origin.revision),
        }
        for lineage, origin in found.items()
    }


def finding_json(found: Finding, language: str) -> dict[str, Any]:
    """A finding in the reader's language."""
    return {
        "rule": found.rule,
        "severity": found.severity,
        "where": found.where,
        "message": found.message(language),
        "evidence": plain(found.evidence),
        "stage": found.stage,
        "overridable": found.overridable,
        "source": found.source,
    }
