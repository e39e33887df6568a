"""The job that sends what waits in the outbox: each once, again after a failure, given up after a day and a half."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select, update

from assistant.errors import NotFound
from assistant.notices.choices import choices_of
from assistant.notices.listing import notice_of
from assistant.notices.mail import Mailer
from assistant.notices.model import Choice, Notice
from assistant.notices.webhook import Poster
from assistant.notices.wording import say
from assistant.people.accounts import find_user
from assistant.store.database import Database
from assistant.store.schema import delivery, notice
from ingestion.errors import AncrageError

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))
"""Before each further try; after the last one a delivery has failed for good."""
LEASE = timedelta(minutes=10)
"""How long a sender may take. One that died in the middle is followed by another after that."""
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Senders:
    """The ways out."""

    mailer: Mailer
    poster: Poster


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What goes out in one message: one delivery, or a person's digest."""

    key: str
    channel: str
    user_id: str
    deliveries: tuple[str, ...]
    attempts: int
    notices: tuple[Notice, ...]


def deliver(db: Database, senders: Senders) -> dict[str, int]:
    """Send what is due; returns {"sent", "failed", "dropped", "waiting"} of this run.

    A parcel is leased before it is sent and ticked off after: two senders never send the same, and what a killed one
    had sent but not ticked off goes out again under the same Message-ID or Idempotency-Key. Who may see what is asked
    at this moment, not when it was noted.
    """
    told = {"sent": 0, "failed": 0, "dropped": 0, "waiting": 0}
    for parcel in _lease(db):
        outcome, problem = _send(db, senders, parcel)
        told[_tick_off(db, parcel, outcome, problem)] += len(parcel.deliveries)
    return told


def _lease(db: Database) -> list[_Parcel]:
    with db.write() as tx:
        rows = tx.execute(
            select(
                delivery.c.id.label("delivery_id"),
                delivery.c.channel,
                delivery.c.digest,
                delivery.c.attempts,
                notice,
            )
            .join(notice, notice.c.id == delivery.c.notice_id)
            .where(delivery.c.status == "waiting", delivery.c.next_at <= tx.now)
            .order_by(delivery.c.user_id, delivery.c.channel, delivery.c.digest, notice.c.at, delivery.c.id)
            .limit(_AT_ONCE)
        ).all()
        mine = [
            row
            for row in rows
            if tx.execute(
                update(delivery)
                .where(
                    delivery.c.id == row.delivery_id,
                    delivery.c.status == "waiting",
                    delivery.c.attempts == row.attempts,
                )
                .values(attempts=row.attempts + 1, next_at=tx.now + LEASE)
            ).rowcount
        ]
    return [_parcel(group) for group in _grouped(mine)]


def _grouped(rows: Sequence[Row[Any]]) -> list[list[Row[Any]]]:
    """A day's notices of a person together, everything else alone."""
    return [
        list(group)
        for _, group in groupby(
            rows, lambda row: (row.user_id, row.channel, "" if row.digest == "daily" else row.delivery_id)
        )
    ]


def _parcel(rows: list[Row[Any]]) -> _Parcel:
    first = rows[0]
    return _Parcel(
        first.delivery_id,
        first.channel,
        first.user_id,
        tuple(row.delivery_id for row in rows),
        max(row.attempts for row in rows) + 1,
        tuple(map(notice_of, rows)),
    )


def _send(db: Database, senders: Senders, parcel: _Parcel) -> tuple[str, str | None]:
    """`sent`, `dropped` where nobody is to be told any more, or `again` with the refusal's code."""
    with db.read() as connection:
        person = find_user(connection, parcel.user_id)
        if person is None or not person.active:
            return "dropped", "left"
        actor = person.actor()
        choice = choices_of(connection, [actor.id]).get(actor.id, Choice())
        said = say(connection, actor, parcel.notices)
    try:
        if parcel.channel == "email":
            if not choice.email:
                return "dropped", "no_address"
            _require_mail(senders.mailer)
            senders.mailer.send(parcel.key, choice.email, said, actor.language)
        else:
            if not choice.webhook:
                return "dropped", "no_address"
            senders.poster.send(parcel.key, choice.webhook, choice.form, said[0], actor.language)
    except AncrageError as error:
        return "again", error.code
    return "sent", None


def _require_mail(mailer: Mailer) -> None:
    if not mailer.ready:
        raise NotFound("No mail server is set up.", help="Set ANCRAGE_SMTP_URL and ANCRAGE_MAIL_FROM.")


def _tick_off(db: Database, parcel: _Parcel, outcome: str, problem: str | None) -> str:
    """Write what became of it; returns the new state."""
    status = outcome
    with db.write() as tx:
        values: dict[str, Any] = {"problem": problem}
        if outcome == "sent":
            values["sent_at"] = tx.now
        elif outcome == "again":
            status = "waiting" if parcel.attempts <= len(PAUSES) else "failed"
            if status == "waiting":
                values["next_at"] = tx.now + PAUSES[parcel.attempts - 1]
        tx.execute(
            update(delivery).where(delivery.c.id.in_(parcel.deliveries)).values(status=status, **values)
        )
    return status
