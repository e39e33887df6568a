"""Publications kept in step with the register of permits where nobody's act does it: when silence makes a permit."""

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.people.roles import SYSTEM, Actor
from assistant.publishing.conditions.data import Condition, market_of
from assistant.publishing.conditions.facts import with_facts
from assistant.publishing.conditions.moving_end import carried_by, follow_permits
from assistant.publishing.conditions.records import ReleaseRecord, holding, record_of
from assistant.publishing.errors import UNJUDGED
from assistant.publishing.model import LIVE, Publication
from assistant.publishing.rows import live_publication, publication_of
from assistant.review.pieces import lock_piece
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import piece as piece_table
from assistant.store.schema import publication as publication_table
from assistant.store.schema import release_record as record_table

_log = logging.getLogger(__name__)
OnProgress = Callable[[int, int, str], None]


def keep_up(
    db: Database, *, every: bool = False, actor: Actor = SYSTEM, on_progress: OnProgress | None = None
) -> list[str]:
    """Bring the last day of each live publication in step with its permits; returns the publications that changed.

    A second visa that silence has made lengthens a publication, as far as its 24 months and its sources allow. Each is a
    transaction of its own, with its audit entry; what was done is not done again, so that it may be interrupted at will.
    `every` looks at all that have a permit, also at those whose end seems right: older versions kept some too late.

    One that cannot be judged is logged and stops no other; `every` raises its refusal once the others are done.
    """
    with db.read() as connection:
        waiting = _in_question(connection, db, every=every)
    changed: list[str] = []
    refusals: list[Exception] = []
    for number, piece_id in enumerate(waiting, 1):
        try:
            changed += _follow(db, actor, piece_id)
        except UNJUDGED as refusal:
            _log.exception("The end of use of the piece %s could not be judged; it stays as it is", piece_id)
            refusals.append(refusal)
        if on_progress is not None:
            on_progress(number, len(waiting), "checking")
    if every and refusals:
        raise refusals[0]
    return changed


def _follow(db: Database, actor: Actor, piece_id: str) -> list[str]:
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        live = live_publication(tx.connection, piece.id)
        if live is None:
            return []
        return [live.id for one in _permits(piece.market) if follow_permits(tx, actor, piece, one, live)]


def _in_question(connection: Connection, db: Database, *, every: bool) -> list[str]:
    """The pieces whose publication may have another end: a look at rows alone, that costs a served house little."""
    publications = connection.execute(
        select(publication_table, piece_table.c.market)
        .join(piece_table, piece_table.c.id == publication_table.c.piece_id)
        .where(publication_table.c.status.in_(LIVE), piece_table.c.id.in_(select(record_table.c.piece_id)))
        .order_by(publication_table.c.published_at, publication_table.c.id)
    ).all()
    records: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(
        select(record_table)
        .join(publication_table, publication_table.c.piece_id == record_table.c.piece_id)
        .where(publication_table.c.status.in_(LIVE))
        .order_by(record_table.c.recorded_at.desc(), record_table.c.id)
    ):
        records[row.piece_id].append(row)
    return [row.piece_id for row in publications if every or _may_differ(db, row, records[row.piece_id])]


def _may_differ(db: Database, row: Row[Any], records: list[Row[Any]]) -> bool:
    """Whether a permit of its market says something else; what cannot be read is looked at, and refused by itself."""
    try:
        live, found = publication_of(row), [record_of(one) for one in records]
        today = civil_date(db.clock.now(), row.market)
        return any(_differs(live, condition, found, today) for condition in _permits(row.market))
    except UNJUDGED:
        return True


def _differs(live: Publication, condition: Condition, records: list[ReleaseRecord], today: date) -> bool:
    """Whether the register says something else of the permit, or ends it before the publication."""
    carrying = carried_by(live, condition, records)
    longest = holding(records, condition, live.manifest_hash, today)
    for one in (carrying, longest):
        if one is None:
            continue
        ends = one.ends_on(condition)
        if one is carrying and with_facts(live.release, condition, one) != dict(live.release):
            return True
        if live.expires_on is None or ends is None:
            continue
        if (one is carrying and ends < live.expires_on) or (one is not carrying and ends > live.expires_on):
            return True
    return False


def _permits(market: str) -> list[Condition]:
    return [one for one in market_of(market).conditions if one.form == "permit"]
