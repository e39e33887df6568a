"""What was recorded of a release condition, to and from its rows, and how it stands on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from assistant.audit.followed import NOT_SPELLED, require_as_entered, unspelled
from assistant.audit.rows import new_salt
from assistant.audit.trail import record
from assistant.errors import AlreadyDecided, NotFound
from assistant.people.roles import Actor
from assistant.publishing.conditions.data import Condition
from assistant.review.model import Piece
from assistant.review.policy import add_months
from assistant.review.queue_words import save_numbers
from assistant.store.database import Transaction
from assistant.store.ids import new_id
from assistant.store.schema import release_record as record_table

State = Literal["requested", "tacit", "granted", "refused", "certified", "submitted", "expired", "void"]
HOLDING: frozenset[State] = frozenset({"tacit", "granted", "certified", "submitted"})


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """One permit from its request to its end, one certificate, or one submission; it holds for one manifest."""

    id: str
    piece_id: str
    revision_id: str
    manifest_hash: str
    condition: str
    status: str
    number: str | None
    reference: str | None
    requested_on: date | None
    window_closes_on: date | None
    answer_by: date | None
    decided_on: date | None
    expires_on: date | None
    printed_name: str | None
    qualification: str | None
    registration: str | None
    meaning: str | None
    recorded_by: str
    recorded_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decision_entry: int | None

    def state_on(self, today: date, condition: Condition) -> State:
        """As it stands on the day: silence may have granted it, time may have ended it."""
        ends = self.ends_on(condition)
        if self.status == "requested" and self.answer_by is not None and today > self.answer_by:
            return "expired" if ends is not None and today > ends else "tacit"
        if self.status in {"granted", "certified"} and ends is not None and today > ends:
            return "expired"
        return self.status  # type: ignore[return-value]  # the column holds nothing else

    def starts_on(self) -> date | None:
        """From when it holds: its grant, or the day after silence became one."""
        if self.status == "requested":
            return None if self.answer_by is None else self.answer_by + timedelta(days=1)
        return self.decided_on

    def ends_on(self, condition: Condition) -> date | None:
        """Its last day, whether granted, certified or made by silence; none where it does not end."""
        if self.expires_on is not None or condition.validity_months is None:
            return self.expires_on
        since = self.answer_by if self.status == "requested" else self.decided_on
        return None if since is None else add_months(since, condition.validity_months)


def records_of(connection: Connection, piece_id: str) -> list[ReleaseRecord]:
    """All that was recorded of a piece, the newest first."""
    rows = connection.execute(
        select(record_table)
        .where(record_table.c.piece_id == piece_id)
        .order_by(record_table.c.recorded_at.desc(), record_table.c.id)
    )
    return [record_of(row) for row in rows]


def load_record(connection: Connection, record_id: str) -> ReleaseRecord:
    """The record with that id. Raises NotFound."""
    row = connection.execute(select(record_table).where(record_table.c.id == record_id)).first()
    if row is None:
        raise NotFound(
            f"There is no release record {record_id}.", help="The piece's page lists what was recorded."
        )
    return record_of(row)


def record_with_number(connection: Connection, number: str) -> ReleaseRecord | None:
    """The permit with that number that is asked for or granted; there is at most one."""
    row = connection.execute(
        select(record_table).where(
            record_table.c.number == number, record_table.c.status.in_(("requested", "granted"))
        )
    ).first()
    return None if row is None else record_of(row)


def holding(
    records: Iterable[ReleaseRecord], condition: Condition, manifest_hash: str, today: date
) -> ReleaseRecord | None:
    """What meets the condition for these bytes today: of several, the one that holds longest."""
    found = [
        one
        for one in records
        if one.condition == condition.id
        and one.manifest_hash == manifest_hash
        and one.state_on(today, condition) in HOLDING
        and (one.starts_on() or today) <= today
    ]
    return max(found, key=lambda one: one.ends_on(condition) or date.max, default=None)


def save_record(tx: Transaction, actor: Actor, piece: Piece, action: str, **values: Any) -> str:
    """Write a record with its audit entry; returns its id."""
    record_id = new_id("release")
    row = {"id": record_id, "piece_id": piece.id, "recorded_by": actor.id, "recorded_at": tx.now, **values}
    row["salt"] = new_salt()
    tx.execute(insert(record_table).values(**row))
    save_numbers(tx, piece.id, values.get("number"), values.get("reference"))
    tx.failpoint("release:row")
    details = {"record": record_id, **_plain(values), **unspelled(row["salt"], values)}
    record(tx, actor, f"release.{action}", piece.id, details)
    return record_id


def settle_record(
    tx: Transaction, actor: Actor, found: ReleaseRecord, status: str, reason: str | None = None, **values: Any
) -> None:
    """Bring a record from the status in which it was read to the next. Raises AlreadyDecided where it has left it."""
    details = {"record": found.id, "from": found.status, "status": status, **_plain(values)}
    if values.keys() & set(NOT_SPELLED):
        require_as_entered(tx.connection, found.piece_id)  # else the new digest would vouch for an edited row
        query = select(record_table).where(record_table.c.id == found.id)
        left = dict(tx.execute(query).mappings().one()) | values
        values["salt"] = left["salt"] or new_salt()  # older versions salted certificates alone
        details |= unspelled(values["salt"], left)
    number = record(tx, actor, f"release.{status}", found.piece_id, details, free_text=reason)
    moved = tx.execute(
        update(record_table)
        .where(record_table.c.id == found.id, record_table.c.status == found.status)
        .values(
            status=status,
            decided_by=actor.id,
            decided_at=tx.now,
            decision_entry=number,
            **values,
        )
    )
    if not moved.rowcount:
        raise AlreadyDecided(
            "Somebody else has recorded the answer already.", help="Look again, then decide."
        )
    save_numbers(tx, found.piece_id, values.get("number"), values.get("reference"))
    tx.failpoint("release:settled")


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """What the audit entry says: days as text; no printed name, no wording."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if name not in (*NOT_SPELLED, "salt") and value is not None
    }


def record_of(row: Row[Any]) -> ReleaseRecord:
    """A row of `release_record` as a value."""
    return ReleaseRecord(**{name: getattr(row, name) for name in ReleaseRecord.__dataclass_fields__})
