"""Publishing: exactly what was signed, by whoever the market's policy names, while everything it rests on holds."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, insert, select, update

from assistant.audit.trail import record
from assistant.errors import Blocked, IntegrityError, NotAllowed, WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.conditions.meeting import meet
from assistant.publishing.conditions.standing import next_step
from assistant.publishing.conditions.target import Target
from assistant.publishing.confirmation import cancel_confirmations
from assistant.publishing.ends import source_ends
from assistant.publishing.listing import publication_json
from assistant.publishing.model import Publication
from assistant.publishing.release import Release, end_of_use, read_release
from assistant.publishing.rows import live_publication, load_publication
from assistant.review.checking import context_for, save_report
from assistant.review.gate import Standing, require_independent, require_usable_sources, standing
from assistant.review.inviolable import missing_signatures
from assistant.review.manifest import verify_manifest
from assistant.review.model import Piece, Revision, Signature
from assistant.review.pieces import editors, lock_piece, newest_revision, require_active
from assistant.review.plan import complete, given_by, plan_from
from assistant.review.policy_register import policy_of_revision
from assistant.review.renditions import carries_mark
from assistant.review.rounds import last_round, signatures_of, tasks_of_round
from assistant.review.states import move, wrong_state
from assistant.store.clock import civil_date
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import manifest as manifest_table
from assistant.store.schema import publication as publication_table
from assistant.store.schema import rendition as rendition_table
from guardrails.runner import run

__all__ = ["publication_json", "publish", "require_signed"]


def publish(db: Database, actor: Actor, piece_id: str, release: dict[str, Any] | None = None) -> Publication:
    """Release the approved revision as the bytes that were signed; an earlier publication of the piece is superseded.

    What the market asks for is read from the register of its release conditions. `release` may give it instead, in one
    go: {"visa_number", "visa_granted_on", "visa_expires_on"} in France, {"form_2253"} in the US; it is entered then.
    Raises NotAllowed, WrongState, Blocked (the findings are kept and audited), SourceNotUsable, ProductFrozen,
    InvalidInput, IntegrityError.
    """
    require(actor, Permission.PUBLISH)
    given = read_release(release)
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        require_active(tx.connection, piece.product_id)
        _require_publisher(tx.connection, actor, piece)
        if piece.status != "approved":
            raise wrong_state(piece, "be published")
        revision = newest_revision(tx.connection, piece)
        signed = _signed_manifest(tx.connection, piece, revision)
        verify_manifest(tx.connection, signed)
        signatures = require_signed(tx.connection, piece, signed)
        require_usable_sources(tx.connection, tx.now, piece, revision.id)
        met = meet(tx, piece, Target(revision.id, signed), given)
        found = _release_check(tx, piece, revision, met.release, signatures)
        if not (found.blocks or found.undecided or found.unattested or found.comments):
            met.enter(tx, actor, piece)
            return _publish(tx, actor, piece, revision, signed, met.release)
        following = next_step(tx.connection, tx.now, piece)
        save_report(tx, actor, piece, revision, "release", found.report)
        record(tx, actor, "publication.refused", piece.id, {"rules": [f.rule for f in found.blocks]})
    raise _blocked(piece, found, following)


def _require_publisher(connection: Connection, actor: Actor, piece: Piece) -> None:
    roles = policy_of_revision(connection, piece.revision_id).publishers(piece)
    if not set(roles) & actor.roles:
        wanted = " or ".join(roles)
        raise NotAllowed(
            f"{actor.name} may not publish this piece.",
            help=f"In the market {piece.market} a {piece.qualification} piece is published by: {wanted}.",
            roles=wanted,
        )
    require_independent(connection, actor, piece, "publish it")


def _signed_manifest(connection: Connection, piece: Piece, revision: Revision) -> str:
    stored: str | None = connection.scalar(
        select(manifest_table.c.hash).where(manifest_table.c.revision_id == revision.id)
    )
    if stored is None:
        raise wrong_state(piece, "be published: its newest text was never submitted")
    return stored


def require_signed(connection: Connection, piece: Piece, manifest_hash: str) -> list[Signature]:
    """The signatures of the last round on exactly this manifest: all that its plan asks for and no policy may drop,
    by distinct independent people.

    The table of states leads here only when they are there; they are counted once more. Raises IntegrityError.
    """
    latest = last_round(connection, piece.id)
    signatures = [] if latest is None else signatures_of(connection, manifest_hash, latest)
    tasks = [] if latest is None else tasks_of_round(connection, latest.id)
    people = [signature.user_id for signature in signatures]
    hands = people + [s.on_behalf_of for s in signatures if s.on_behalf_of is not None]
    signed = {signature.task_id for signature in signatures}
    asked_for = (
        latest is not None
        and latest.status == "approved"
        and latest.revision_id == piece.revision_id
        and complete(plan_from(latest.plan, tasks), given_by([t for t in tasks if t.id in signed]))
    )
    lacking = missing_signatures({s.role for s in signatures}, people, piece.market)
    twice = len(set(hands)) != len(hands)
    if not asked_for or lacking or twice or editors(connection, piece) & set(hands):
        raise IntegrityError(
            f"The signatures of the piece {piece.id} do not carry its publication.",
            help="Nothing was published. Run `ancrage audit verify`, then send the piece to review again.",
            piece=piece.id,
        )
    return signatures


def _release_check(
    tx: Transaction, piece: Piece, revision: Revision, given: Release, signatures: Collection[Signature]
) -> Standing:
    signed = _signed_manifest(tx.connection, piece, revision)
    context = context_for(
        tx.connection,
        tx.now,
        piece,
        revision,
        "release",
        visa=given.visa(signed),
        extra={
            **given.other,
            "signed_roles": sorted({s.role for s in signatures}),
            "ai_mark": _is_marked(tx.connection, revision),
        },
    )
    report = run(revision.document, context)
    return standing(tx.connection, tx.now, piece, revision, "release", report)


def _is_marked(connection: Connection, revision: Revision) -> bool:
    """Whether the page that was signed says, for machines, how it was made."""
    page = connection.scalar(
        select(rendition_table.c.bytes).where(
            rendition_table.c.revision_id == revision.id, rendition_table.c.name == "html"
        )
    )
    return page is not None and carries_mark(bytes(page), revision.hash)


def _blocked(piece: Piece, found: Standing, following: str) -> Blocked:
    findings = (*found.blocks, *found.undecided)
    listed = "; ".join(f"{f.rule}: {f.message('en')}" for f in findings)
    still = [f"statements to attest: {len(found.unattested)}"] if found.unattested else []
    still += [f"open mandatory comments: {len(found.comments)}"] if found.comments else []
    return Blocked(
        f"The piece {piece.id} cannot be released. {'; '.join([listed, *still] if listed else still)}",
        help=following
        or "Give what the market asks for at release, or have two reviewers override what may be overridden.",
        piece=piece.id,
        findings=findings,
    )


def _publish(
    tx: Transaction, actor: Actor, piece: Piece, revision: Revision, manifest_hash: str, given: Release
) -> Publication:
    today = civil_date(tx.now, piece.market)
    months = policy_of_revision(tx.connection, revision.id).months_valid
    ends = end_of_use(today, months, given, source_ends(tx.connection, revision.id, today))
    if ends < today:
        raise WrongState(
            f"The time of use of the piece {piece.id} ended on {ends}.", help="Renew its visa or its sources."
        )
    _supersede_earlier(tx, actor, piece)
    publication_id = new_id("publication")
    tx.execute(
        insert(publication_table).values(
            id=publication_id,
            piece_id=piece.id,
            revision_id=revision.id,
            manifest_hash=manifest_hash,
            status="published",
            release=given.as_json(),
            published_by=actor.id,
            published_at=tx.now,
            expires_on=ends,
        )
    )
    tx.failpoint("publish:row")
    move(tx, piece, "published")
    details = {
        "publication": publication_id,
        "revision": revision.id,
        "manifest": manifest_hash,
        "expires_on": ends.isoformat(),
        "release": given.as_json(),
    }
    record(tx, actor, "piece.published", piece.id, details)
    return load_publication(tx.connection, publication_id)


def _supersede_earlier(tx: Transaction, actor: Actor, piece: Piece) -> None:
    earlier = live_publication(tx.connection, piece.id)
    if earlier is None:
        return
    tx.execute(
        update(publication_table).where(publication_table.c.id == earlier.id).values(status="superseded")
    )
    cancel_confirmations(tx, actor, earlier, "superseded")
    record(tx, actor, "publication.superseded", piece.id, {"publication": earlier.id})
