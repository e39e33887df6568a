"""Submission: the checks run, the renditions and the manifest are made, and the tasks are opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import insert, select, update

from assistant.audit.reasons import require_reason
from assistant.audit.trail import record
from assistant.errors import Blocked, Conflict, InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.review.checking import check_revision
from assistant.review.documents import document_to_json
from assistant.review.gate import require_usable_sources
from assistant.review.manifest import build_manifest, manifest_hash
from assistant.review.model import QUALIFICATIONS, Piece, Rendition, Revision, Task
from assistant.review.pieces import (
    add_revision,
    load_piece,
    lock_piece,
    newest_revision,
    require_active,
)
from assistant.review.plan import Plan, plan_for, plan_json
from assistant.review.policy import Facts
from assistant.review.policy_register import keep_policy, policy_in_force
from assistant.review.queue_facts import risk_of
from assistant.review.renditions import render, templates
from assistant.review.rounds import last_round, tasks_of_round
from assistant.review.states import may_move, move, wrong_state
from assistant.review.steps import open_tasks
from assistant.review.unchanged import is_unchanged
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import manifest as manifest_table
from assistant.store.schema import piece as piece_table
from assistant.store.schema import rendition as rendition_table
from assistant.store.schema import review_round as round_table
from guardrails.model import Finding, Qualification, Report

_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What is about to go to review."""

    terms: Piece
    """The piece with the qualification, audience and channel that are asked for."""
    revision: Revision
    made: tuple[Rendition, ...]
    report: Report
    request: str | None


@dataclass(frozen=True, slots=True)
class SubmitResult:
    """A piece in review: what is to be signed, by whom, and what the checks said."""

    piece_id: str
    round_id: str
    manifest_hash: str
    tasks: tuple[Task, ...]
    report: Report


def submit(
    db: Database,
    actor: Actor,
    piece_id: str,
    *,
    override_request: str | None = None,
    qualification: str | None = None,
    audience: str | None = None,
    channel: str | None = None,
) -> SubmitResult:
    """Send the newest revision to review; its qualification, audience and channel are fixed from here on.

    A block at this stage stops it, unless every block is of an overridable rule and the writer's `override_request`
    gives the reason; then legal reviews it too. The findings are kept either way.

    Raises Blocked, WrongState, Conflict where the piece changes meanwhile, SourceNotUsable, ProductFrozen,
    InvalidInput, NotAllowed.
    """
    require(actor, Permission.SUBMIT)
    request = None if override_request is None else require_reason(override_request, "A request for override")
    with db.read() as connection:
        before = load_piece(connection, piece_id)
        terms = _terms(before, qualification, audience, channel)
        require_active(connection, before.product_id)
        _require_submittable(before)
        revision = newest_revision(connection, before)
        made = render(connection, terms, revision)
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        if piece.revision_id != revision.id:
            raise Conflict(
                "The piece was edited while it was submitted.",
                help="Read its newest revision and submit that.",
            )
        _require_submittable(piece)
        require_active(tx.connection, piece.product_id)
        require_usable_sources(tx.connection, tx.now, piece, revision.id)
        report = check_revision(tx, terms, revision, "submit", actor)
        refused = _refused(report, request)
        if not refused:
            return _open(tx, actor, _Candidate(terms, revision, made, report, request))
        record(tx, actor, "piece.submission_refused", piece.id, {"rules": [f.rule for f in refused]})
    raise _blocked(piece, refused, request)


def _terms(piece: Piece, qualification: str | None, audience: str | None, channel: str | None) -> Piece:
    """The piece as it is to be submitted. Raises InvalidInput."""
    if qualification is not None and qualification not in QUALIFICATIONS:
        raise InvalidInput(
            f"There is no qualification {qualification}.",
            help=f"One of: {', '.join(sorted(QUALIFICATIONS))}.",
        )
    return replace(
        piece,
        qualification=cast("Qualification", qualification or piece.qualification),
        audience=_word(audience, piece.audience, "audience"),
        channel=_word(channel, piece.channel, "channel"),
    )


def _word(given: str | None, kept: str, what: str) -> str:
    word = (kept if given is None else given).strip()
    if not word or len(word) > _LONGEST_WORD:
        raise InvalidInput(
            f"A piece in review has an {what} of 1 to 40 characters.", help=f"Give the {what}."
        )
    return word


def _require_submittable(piece: Piece) -> None:
    if not may_move(piece.status, "in_review"):
        raise wrong_state(piece, "be submitted")


def _refused(report: Report, request: str | None) -> tuple[Finding, ...]:
    """The blocks that stop the submission: all of them without a request, with one those never overridden."""
    return tuple(f for f in report.blocks() if request is None or not f.overridable)


def _blocked(piece: Piece, refused: Sequence[Finding], request: str | None) -> Blocked:
    listed = "; ".join(f"{f.rule}: {f.message('en')}" for f in refused[:5])
    more = f"; and {len(refused) - 5} more" if len(refused) > 5 else ""  # noqa: PLR2004  enough to begin with
    may_be_lifted = request is None and all(f.overridable for f in refused)
    return Blocked(
        f"1 finding stops the submission. {listed}{more}"
        if len(refused) == 1
        else f"{len(refused)} findings stop the submission. {listed}{more}",
        help="Mend them, or submit again with a request for override that gives the reason."
        if may_be_lifted
        else "Mend them and submit again; some of them are never overridden.",
        piece=piece.id,
        findings=tuple(refused),
    )


def _open(tx: Transaction, actor: Actor, candidate: _Candidate) -> SubmitResult:
    """Fix the terms, keep what is to be signed, open the round and its tasks."""
    terms, request = candidate.terms, candidate.request
    revision, signed = _keep_manifest(tx, actor, candidate)
    tx.execute(
        update(piece_table)
        .where(piece_table.c.id == terms.id)
        .values(qualification=terms.qualification, audience=terms.audience, channel=terms.channel)
    )
    previous = last_round(tx.connection, terms.id)
    plan = _plan(tx, terms, revision, candidate)
    round_id = new_id("round")
    tx.execute(
        insert(round_table).values(
            id=round_id,
            piece_id=terms.id,
            revision_id=revision.id,
            number=1 if previous is None else previous.number + 1,
            status="open",
            override_request=request,
            submitted_by=actor.id,
            submitted_at=tx.now,
            policy_hash=plan.policy,
            plan=plan_json(plan),
        )
    )
    tx.failpoint("submit:round")
    shown = {"title": revision.document.title, "risk": risk_of(candidate.report)}
    opened = open_tasks(tx, terms, round_id, plan, shown)
    move(tx, terms, "in_review")
    details = {
        "round": round_id,
        "revision": revision.id,
        "manifest": signed,
        "roles": sorted({one.role for step in plan.steps for one in step.signatures}),
        "plan": plan_json(plan),
        "qualification": terms.qualification,
        "audience": terms.audience,
        "channel": terms.channel,
        "override_requested": request is not None,
        **opened,
    }
    record(tx, actor, "piece.submitted", terms.id, details, free_text=request)
    tasks = tuple(tasks_of_round(tx.connection, round_id))
    return SubmitResult(terms.id, round_id, signed, tasks, candidate.report)


def _plan(tx: Transaction, piece: Piece, revision: Revision, candidate: _Candidate) -> Plan:
    """What the policy in force asks for; its text is kept, so that its hash says something for good."""
    policy = policy_in_force(tx.connection)
    keep_policy(tx, policy)
    facts = Facts(
        kind=piece.kind,
        market=piece.market,
        qualification=piece.qualification,
        findings=frozenset(f.rule for f in candidate.report.findings if f.severity != "info"),
        override_requested=candidate.request is not None,
        unchanged=is_unchanged(tx.connection, piece, revision),
    )
    return plan_for(policy, facts)


def _keep_manifest(tx: Transaction, actor: Actor, candidate: _Candidate) -> tuple[Revision, str]:
    """Store renditions and manifest, and return the revision they are of, with the manifest's hash.

    A revision has one manifest for good. Where the same text comes back under other terms, rules or approvals, it
    becomes a new revision, so that nothing signed before stands for it.
    """
    canonical = _manifest(tx, candidate)
    existing: str | None = tx.execute(
        select(manifest_table.c.hash).where(manifest_table.c.revision_id == candidate.revision.id)
    ).scalar()
    if existing == manifest_hash(canonical):
        return candidate.revision, existing
    if existing is not None:
        candidate = _as_new_revision(tx, actor, candidate)
        canonical = _manifest(tx, candidate)
    tx.execute(
        insert(rendition_table),
        [
            {
                "revision_id": candidate.revision.id,
                "name": rendition.name,
                "media_type": rendition.media_type,
                "sha256": rendition.sha256,
                "bytes": rendition.data,
            }
            for rendition in candidate.made
        ],
    )
    tx.failpoint("submit:renditions")
    tx.execute(
        insert(manifest_table).values(
            hash=manifest_hash(canonical),
            revision_id=candidate.revision.id,
            canonical=canonical,
            created_at=tx.now,
        )
    )
    return candidate.revision, manifest_hash(canonical)


def _manifest(tx: Transaction, candidate: _Candidate) -> str:
    return build_manifest(
        tx.connection,
        candidate.terms,
        candidate.revision,
        candidate.made,
        templates(),
        candidate.report.pack_version,
    )


def _as_new_revision(tx: Transaction, actor: Actor, candidate: _Candidate) -> _Candidate:
    """The same text as the next revision, checked and rendered again."""
    old, terms = candidate.revision, candidate.terms
    provenance: Mapping[str, Any] = {**old.provenance, "same_text_as": old.id}
    text = document_to_json(old.document)
    revision = add_revision(tx, actor, terms, text, old.number + 1, provenance)
    report = check_revision(tx, terms, revision, "submit", actor)
    made = render(tx.connection, terms, revision)
    return replace(candidate, revision=revision, report=report, made=made)
