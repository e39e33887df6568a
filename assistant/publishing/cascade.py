"""What follows from a withdrawn or superseded source, piece by piece: resumable, each piece once.

That nothing is served is computed at every read (see `serving`) and needs none of this. The cascade rewrites states,
records the recalls and returns drafts and reviews to their writers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, update

from assistant.audit.trail import record
from assistant.corpus.diff import Diff
from assistant.corpus.diff.stored import diff_of
from assistant.corpus.loading import load_source
from assistant.corpus.model import Source
from assistant.people.roles import Actor
from assistant.publishing.confirmation import (
    Confirmation,
    cancel_confirmations,
    find_confirmation,
    open_confirmation,
    open_confirmations,
)
from assistant.publishing.dependents import Dependent, affected_by_product, dependents
from assistant.publishing.model import AWAITED, STANDING, Cause, Publication, Recalled
from assistant.publishing.recalls import stop_publication
from assistant.publishing.rows import find_recall, live_publication, recalls_for, save_recall
from assistant.publishing.standing import covers, quotes_stand
from assistant.publishing.support import support_of
from assistant.review.checking import check_revision
from assistant.review.pieces import load_piece, load_revision, lock_piece, newest_revision
from assistant.review.rounds import cancel_open_round
from assistant.review.states import move
from assistant.store.database import Database, Transaction
from assistant.store.schema import publication as publication_table

Progress = Callable[[int, int, str], None]
"""Told (done, total, what) after each piece."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What happened to one source, and the words that say so wherever it is recorded."""

    source: Source
    cause: Cause
    reason: str
    newer: Source | None = None
    diff: Diff | None = None
    """Of a superseded source: the newer version, and what changed."""


def cascade(
    db: Database,
    actor: Actor,
    cause: Cause,
    source_ids: Sequence[str] = (),
    product_id: str | None = None,
    on_progress: Progress | None = None,
) -> list[dict[str, Any]]:
    """Carry out what the cause asks of every piece that rests on the sources; returns all that was stopped, as JSON.

    Every piece is one transaction with its audit entry. Called again after a crash it goes on where it stopped, and
    returns what was stopped before the crash too; called on a finished cascade it changes nothing. A frozen product
    needs no rewriting: it comes back by itself, so its pieces are only listed.
    """
    if cause == "product_frozen":
        with db.read() as connection:
            listed = affected_by_product(connection, product_id or "")
        return [
            {"piece": d["piece"], "publication": d["publication"], "reason": "product_frozen", "cause": cause}
            for d in listed
        ]
    stopped: list[Recalled] = []
    for source_id in source_ids:
        with db.read() as connection:
            change = _change(connection, load_source(connection, source_id), cause)
            waiting = dependents(connection, [source_id])
        for done, dependent in enumerate(waiting, start=1):
            with db.write() as tx:
                carry_out(tx, actor, change, dependent)
            if on_progress is not None:
                on_progress(done, len(waiting), dependent.piece.title)
        with db.read() as connection:
            stopped += recalls_for(connection, cause, change.reason)
    return [recalled.as_json() for recalled in stopped]


def _change(connection: Connection, source: Source, cause: Cause) -> _Change:
    if cause == "source_withdrawn":
        because = f": {source.withdrawn_reason}" if source.withdrawn_reason else "."
        return _Change(source, cause, f"The source {source.title} ({source.id}) was withdrawn{because}")
    reason = f"The source {source.title} ({source.id}) was replaced by {source.replaced_by}."
    if source.replaced_by is None:
        return _Change(source, cause, reason)
    newer = load_source(connection, source.replaced_by)
    return _Change(source, cause, reason, newer, diff_of(connection, source, newer))


def carry_out(tx: Transaction, actor: Actor, change: _Change, dependent: Dependent) -> None:
    """Do for one piece what the change asks; a piece for which it is done already is left alone."""
    piece = lock_piece(tx, dependent.piece.id)
    publication = live_publication(tx.connection, piece.id)
    if dependent.publication is not None and publication is not None:
        if change.cause == "source_superseded":
            _compare(tx, actor, change, publication)
        else:
            _stop(tx, actor, change, publication, "recalled")
    if dependent.newest_cites:
        _return_to_writer(tx, actor, change, piece.id)


def _stop(tx: Transaction, actor: Actor, change: _Change, publication: Publication, status: str) -> None:
    recalled = Recalled(publication.piece_id, publication.id, change.cause, change.reason)
    piece = load_piece(tx.connection, publication.piece_id)
    stop_publication(tx, piece, publication, status)
    if status != "suspended":
        cancel_confirmations(tx, actor, publication, change.cause)
    if not find_recall(tx.connection, recalled):
        save_recall(tx, actor, recalled)
    action = "piece.recalled" if status == "recalled" else "piece.suspended"
    details = {"publication": publication.id, "cause": change.cause, "source": change.source.id}
    record(tx, actor, action, piece.id, details)


def _compare(tx: Transaction, actor: Actor, change: _Change, publication: Publication) -> None:
    """Suspend what the newer version no longer says or is not approved for; what stands waits for its confirmation,
    live or suspended, as the policy says.
    """
    newer, diff = change.newer, change.diff
    if newer is None or diff is None or _compared(tx.connection, change, publication):
        return
    old = change.source.id
    piece = load_piece(tx.connection, publication.piece_id)
    revision = load_revision(tx.connection, publication.revision_id)
    origins = origins_of(old, publication.standing)
    carried = support_of(revision, diff, change.source, origins)
    stands = all(one.outcome in {"unchanged", "moved"} for one in carried) and quotes_stand(
        tx.connection, publication.revision_id, origins, newer.id
    )
    covered = covers(newer, piece)
    details = {"publication": publication.id, "source": old, "newer": newer.id}
    found = {"quotes_stand": stands, "approved_for_it": covered}
    record(tx, actor, "publication.compared", piece.id, details | found)
    cancel_confirmations(tx, actor, publication, "replaced_again", {old})
    if not (stands and covered):
        _stop(tx, actor, change, publication, "suspended")
        return
    waiting = open_confirmation(tx, actor, piece, publication, (change.source, newer), carried)
    if waiting.meanwhile == "suspended":
        _stop(tx, actor, change, publication, "suspended")
        return
    _let_stand(tx, publication, waiting)


def _compared(connection: Connection, change: _Change, publication: Publication) -> bool:
    """Whether this replacement was dealt with: it stands, waits, was decided, or lost its quotes before."""
    old, newer = change.source.id, change.source.replaced_by or ""
    if publication.standing.get(old) == newer or find_confirmation(connection, publication.id, old, newer):
        return True
    waits = {one.new_source for one in open_confirmations(connection, publication.id)}
    return publication.status == "suspended" and old not in waits


def _let_stand(tx: Transaction, publication: Publication, waiting: Confirmation) -> None:
    """It is served on the newer version until the day by which people have to have confirmed it."""
    standing = {**publication.standing, waiting.old_source: waiting.new_source}
    kept = publication.release.get(AWAITED, {})
    awaited = {old: day for old, day in kept.items() if standing.get(old) != waiting.old_source}
    awaited[waiting.old_source] = waiting.due_on.isoformat()
    tx.execute(
        update(publication_table)
        .where(publication_table.c.id == publication.id)
        .values(release={**publication.release, STANDING: standing, AWAITED: awaited})
    )


def origins_of(source_id: str, standing: dict[str, str]) -> set[str]:
    """The source and all earlier versions that stood on it: their quotes are what must be found again."""
    origins = {source_id}
    while more := {old for old, newer in standing.items() if newer in origins} - origins:
        origins |= more
    return origins


def _return_to_writer(tx: Transaction, actor: Actor, change: _Change, piece_id: str) -> None:
    return_to_writer(tx, actor, Recalled(piece_id, None, change.cause, change.reason), change.source.id)


def return_to_writer(tx: Transaction, actor: Actor, why: Recalled, source_id: str) -> None:
    """Cancel its review, bring it back to draft, and keep the findings that now say why; for the same reason only once."""
    if find_recall(tx.connection, why):
        return
    piece = load_piece(tx.connection, why.piece_id)
    cancel_open_round(tx, actor, piece.id, why.cause, why.reason)
    if piece.status in {"in_review", "approved"}:
        move(tx, piece, "draft")
    check_revision(tx, piece, newest_revision(tx.connection, piece), "draft", actor)
    save_recall(tx, actor, why)
    details = {"cause": why.cause, "source": source_id, "before": piece.status}
    record(tx, actor, "piece.returned", piece.id, details)
