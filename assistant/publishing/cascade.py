"""What follows from a withdrawn or superseded source, piece by piece: resumable, each piece once.

That nothing is served is computed at every read (see `serving`) and needs none of this. The cascade rewrites states,
records the recalls and returns drafts and reviews to their writers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from assistant.audit.trail import record
from assistant.corpus.loading import load_source
from assistant.corpus.model import Source
from assistant.people.roles import Actor
from assistant.publishing.dependents import Dependent, affected_by_product, dependents
from assistant.publishing.model import Cause, Publication, Recalled
from assistant.publishing.recalls import stop_publication
from assistant.publishing.rows import find_recall, live_publication, recalls_for, save_recall
from assistant.publishing.standing import covers, quotes_stand
from assistant.review.checking import check_revision
from assistant.review.pieces import load_piece, lock_piece, newest_revision
from assistant.review.policy import load_policy
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
            change = _change(load_source(connection, source_id), cause)
            waiting = dependents(connection, [source_id])
        for done, dependent in enumerate(waiting, start=1):
            with db.write() as tx:
                carry_out(tx, actor, change, dependent)
            if on_progress is not None:
                on_progress(done, len(waiting), dependent.piece.title)
        with db.read() as connection:
            stopped += recalls_for(connection, cause, change.reason)
    return [recalled.as_json() for recalled in stopped]


def _change(source: Source, cause: Cause) -> _Change:
    if cause == "source_withdrawn":
        because = f": {source.withdrawn_reason}" if source.withdrawn_reason else "."
        return _Change(source, cause, f"The source {source.title} ({source.id}) was withdrawn{because}")
    return _Change(
        source, cause, f"The source {source.title} ({source.id}) was replaced by {source.replaced_by}."
    )


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
    if not find_recall(tx.connection, recalled):
        save_recall(tx, actor, recalled)
    action = "piece.recalled" if status == "recalled" else "piece.suspended"
    details = {"publication": publication.id, "cause": change.cause, "source": change.source.id}
    record(tx, actor, action, piece.id, details)


def _compare(tx: Transaction, actor: Actor, change: _Change, publication: Publication) -> None:
    """Suspend what the newer version no longer says or is not approved for; what stands waits live or suspended, as the policy says."""
    old, newer = change.source.id, change.source.replaced_by
    standing = publication.standing
    done = standing.get(old) == newer or find_recall(
        tx.connection, Recalled(publication.piece_id, publication.id, change.cause, change.reason)
    )
    if done or newer is None:
        return
    piece = load_piece(tx.connection, publication.piece_id)
    stands = quotes_stand(tx.connection, publication.revision_id, _origins(old, standing), newer)
    covered = covers(load_source(tx.connection, newer), piece)
    details = {"publication": publication.id, "source": old, "newer": newer}
    found = {"quotes_stand": stands, "approved_for_it": covered}
    record(tx, actor, "publication.compared", piece.id, details | found)
    if not (stands and covered) or load_policy().when_superseded(piece.market) == "suspended":
        _stop(tx, actor, change, publication, "suspended")
        return
    tx.execute(
        update(publication_table)
        .where(publication_table.c.id == publication.id)
        .values(release={**publication.release, "standing": {**standing, old: newer}})
    )


def _origins(source_id: str, standing: dict[str, str]) -> set[str]:
    """The source and all earlier versions that stood on it: their quotes are what must be found again."""
    origins = {source_id}
    while more := {old for old, newer in standing.items() if newer in origins} - origins:
        origins |= more
    return origins


def _return_to_writer(tx: Transaction, actor: Actor, change: _Change, piece_id: str) -> None:
    """Cancel its review, bring it back to draft, and keep the findings that now say why."""
    recalled = Recalled(piece_id, None, change.cause, change.reason)
    if find_recall(tx.connection, recalled):
        return
    piece = load_piece(tx.connection, piece_id)
    cancel_open_round(tx, actor, piece.id, change.cause, change.reason)
    if piece.status in {"in_review", "approved"}:
        move(tx, piece, "draft")
    check_revision(tx, piece, newest_revision(tx.connection, piece), "draft", actor)
    save_recall(tx, actor, recalled)
    details = {"cause": change.cause, "source": change.source.id, "before": piece.status}
    record(tx, actor, "piece.returned", piece.id, details)
