"""Over all pieces: what an authority has to answer by when, and which visas and certificates end."""

from typing import Any

from sqlalchemy import select

from assistant.people.roles import Actor, Permission, require
from assistant.publishing.conditions.data import MARKETS, Condition, market_of
from assistant.publishing.conditions.records import ReleaseRecord, record_of
from assistant.publishing.conditions.standing import record_json
from assistant.review.policy import add_months
from assistant.review.shapes import Names
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import piece as piece_table
from assistant.store.schema import product as product_table
from assistant.store.schema import release_record as record_table

_MOST = 500


def deadlines_json(db: Database, actor: Actor) -> list[dict[str, Any]]:
    """Open requests with the day of their answer, permits and certificates with their end and reminder; soonest first."""
    require(actor, Permission.READ_PIECES)
    conditions = {one.id: one for market in MARKETS for one in market_of(market).conditions}
    with db.read() as connection:
        names = Names(connection)
        rows = connection.execute(
            select(record_table, piece_table.c.title, piece_table.c.market, product_table.c.name)
            .join(piece_table, piece_table.c.id == record_table.c.piece_id)
            .join(product_table, product_table.c.id == piece_table.c.product_id)
            .where(record_table.c.status.in_(("requested", "granted", "certified")))
            .order_by(record_table.c.recorded_at.desc(), record_table.c.id)
            .limit(_MOST)
        ).all()
        shown = []
        for row in rows:
            found = record_of(row)
            condition = conditions[found.condition]
            today = civil_date(db.clock.now(), row.market)
            due = _due(found, condition, found.state_on(today, condition))
            if due is None:
                continue
            about = {"title": row.title, "product": row.name, "market": row.market}
            shown.append({**about, **due, "record": record_json(connection, found, condition, names, today)})
    return sorted(shown, key=lambda one: (one["on"], one["title"]))


def _due(found: ReleaseRecord, condition: Condition, state: str) -> dict[str, Any] | None:
    """{"what": answer | ends, "on", "remind_on", "condition"}; nothing where no day is known or all is over."""
    title = {"condition": dict(condition.title), "state": state}
    if state == "requested":
        if found.answer_by is None:
            return None
        return {**title, "what": "answer", "on": found.answer_by.isoformat(), "remind_on": None}
    ends = found.ends_on(condition)
    if ends is None or state == "expired":
        return None
    remind = add_months(ends, -condition.remind_months) if condition.remind_months else None
    return {
        **title,
        "what": "ends",
        "on": ends.isoformat(),
        "remind_on": remind.isoformat() if remind else None,
    }
