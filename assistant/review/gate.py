"""What still stands between a revision and its approval: one answer for those who sign and for the page that shows it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from assistant.corpus.eligibility import source_facts
from assistant.errors import Blocked, NotAllowed, SourceNotUsable
from assistant.people.roles import Actor, Role
from assistant.review.checking import attested_lineages, report_on
from assistant.review.model import Piece, Revision
from assistant.review.pieces import editors
from assistant.store.clock import civil_date
from assistant.store.schema import citation as citation_table
from assistant.store.schema import comment as comment_table
from assistant.store.schema import override as override_table
from guardrails.model import Finding, Report, Stage

NAMED_REVIEWERS_TO_OVERRIDE = 2
"""A block that may be overridden falls when two named reviewers give a reason (rules.md, "Never overridable")."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the checks say now, and what of it is settled by named people."""

    report: Report
    blocks: tuple[Finding, ...]
    """Blocks that two named reviewers have not overridden."""
    undecided: tuple[Finding, ...]
    """Checks that did not run or could not decide, and that nobody may attest: nothing is approved over them."""
    unattested: tuple[str, ...]
    """Lineages of statements that await a medical attestation."""
    comments: tuple[str, ...]
    """Ids of open mandatory comments."""
    attested: frozenset[str] = frozenset()
    """Lineages that a named medical reviewer attested as they stand."""
    wrote: frozenset[str] = frozenset()
    """Ids of the people whose piece it is: none of them decides."""

    def refusal(self, role: str) -> str:
        """Why a person with that role cannot approve now, or nothing."""
        reasons = []
        if self.blocks:
            reasons.append(f"blocking findings: {_rules(self.blocks)}")
        if self.undecided:
            reasons.append(f"checks that could not decide: {_rules(self.undecided)}")
        if self.comments:
            reasons.append(f"open mandatory comments: {len(self.comments)}")
        if self.unattested and role == Role.MEDICAL:
            reasons.append(f"statements that await a medical attestation: {', '.join(self.unattested)}")
        return "; ".join(reasons)


def _rules(findings: Collection[Finding]) -> str:
    counts = Counter(finding.rule for finding in findings)
    return ", ".join(rule if n == 1 else f"{rule} ({n})" for rule, n in counts.items())


def overridden(
    connection: Connection, piece: Piece, revision_id: str, wrote: frozenset[str] | None = None
) -> frozenset[tuple[str, str]]:
    """(rule, place) of the revision's findings that enough different people have overridden who did not write, edit
    or submit the piece, then or since. `wrote`: its `editors`, where they are known already.
    """
    rows = connection.execute(
        select(override_table.c.rule, override_table.c.place, override_table.c.user_id).where(
            override_table.c.revision_id == revision_id
        )
    )
    wrote = editors(connection, piece) if wrote is None else wrote
    people = Counter((row.rule, row.place) for row in rows if row.user_id not in wrote)
    return frozenset(key for key, count in people.items() if count >= NAMED_REVIEWERS_TO_OVERRIDE)


def open_mandatory_comments(connection: Connection, piece_id: str) -> tuple[str, ...]:
    """Ids of the piece's mandatory comments that nobody has resolved, oldest first."""
    return tuple(
        connection.scalars(
            select(comment_table.c.id)
            .where(
                comment_table.c.piece_id == piece_id,
                comment_table.c.mandatory,
                comment_table.c.resolved_at.is_(None),
            )
            .order_by(comment_table.c.created_at, comment_table.c.id)
        )
    )


def standing(
    connection: Connection,
    now: datetime,
    piece: Piece,
    revision: Revision,
    stage: Stage,
    report: Report | None = None,
) -> Standing:
    """Check the revision as the world is now (or take `report`), less what named people have settled."""
    wrote = editors(connection, piece)
    attested = attested_lineages(connection, piece, revision, wrote)
    found = report or report_on(connection, now, piece, revision, stage, attested)
    settled = overridden(connection, piece, revision.id, wrote)
    open_findings = [f for f in found.findings if not (f.overridable and (f.rule, f.where) in settled)]
    blocking = {id(f) for f in found.blocks()}
    waiting = [f for f in open_findings if f.severity == "needs_review"]
    lineages = [segment.id for segment in revision.document.segments]
    asked = {f.where for f in waiting if _attestable(f, lineages)} - attested
    return Standing(
        report=found,
        blocks=tuple(f for f in open_findings if id(f) in blocking),
        undecided=tuple(f for f in waiting if not _attestable(f, lineages)),
        unattested=tuple(lineage for lineage in lineages if lineage in asked),
        comments=open_mandatory_comments(connection, piece.id),
        attested=attested,
        wrote=wrote,
    )


def _attestable(found: Finding, lineages: Collection[str]) -> bool:
    """A person vouches for a statement; nobody vouches for a check that did not run."""
    return found.where in lineages and not found.evidence.get("did_not_run")


def require_open_gate(found: Standing, role: str, piece: Piece) -> None:
    """Raise Blocked, saying what is still open, unless a person with that role may approve."""
    refusal = found.refusal(role)
    if refusal:
        raise Blocked(
            f"The piece cannot be approved yet: {refusal}.",
            help="Findings are mended by the writer, or overridden by two reviewers where the rule permits; statements "
            "are attested by a medical reviewer; mandatory comments are resolved by a reviewer who did not write the piece.",
            piece=piece.id,
            findings=(*found.blocks, *found.undecided),
            unattested=found.unattested,
            comments=found.comments,
        )


def require_usable_sources(connection: Connection, now: datetime, piece: Piece, revision_id: str) -> None:
    """Raise SourceNotUsable, naming each source and why, unless all that the revision cites may be used today."""
    ids = connection.scalars(
        select(citation_table.c.source_id)
        .where(citation_table.c.revision_id == revision_id)
        .distinct()
        .order_by(citation_table.c.source_id)
    ).all()
    facts = source_facts(connection, list(ids), civil_date(now, piece.market))
    unusable = [fact for fact in facts.values() if fact.status != "approved"]
    if unusable:
        reasons = "; ".join(f"{fact.title} ({fact.id}) is {fact.status}" for fact in unusable)
        raise SourceNotUsable(
            f"The piece {piece.id} cites a source that may not be used: {reasons}.",
            help="Replace the statements that quote it, then submit the new revision.",
            piece=piece.id,
            sources=[fact.id for fact in unusable],
        )


def require_independent(connection: Connection, actor: Actor, piece: Piece, act: str) -> None:
    """Raise NotAllowed for an administrator, and for whoever wrote, edited or submitted the piece."""
    if Role.ADMIN in actor.roles:
        raise NotAllowed(
            f"{actor.name} is an administrator and cannot {act}.",
            help="Administrators run the system and sign nothing; a person without that role has to do it.",
        )
    if actor.id in editors(connection, piece):
        raise NotAllowed(
            f"{actor.name} wrote, edited or submitted the piece {piece.id} and cannot {act}.",
            help="Another person with the role has to do it.",
        )
