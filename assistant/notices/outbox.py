"""The outbox: whoever is concerned by an act is noted in the act's own transaction."""

from datetime import datetime, timedelta

from sqlalchemy import insert, select

from assistant.notices.choices import choices_of
from assistant.notices.model import ALWAYS_SHOWN, Choice, Ways
from assistant.notices.recipients import EVENTS, people_of
from assistant.store.database import Entry, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import audit_entry, delivery, notice

DIGEST_HOUR = 6
"""UTC: seven or eight in the morning where the French and the German offices are."""


def note_for_people(tx: Transaction) -> None:
    """Write the notices of what the transaction has audited, and what is to be sent of them.

    It runs inside the transaction: an act that is undone tells nobody, and one that stands is told even if the process
    dies right after it.
    """
    for entry in tx.entries:
        if entry.action in EVENTS:
            _note(tx, entry)


def _note(tx: Transaction, entry: Entry) -> None:
    kind, find = EVENTS[entry.action]
    by = tx.execute(select(audit_entry.c.actor_id).where(audit_entry.c.number == entry.number)).scalar_one()
    told = find(tx.connection, entry.subject)
    people = people_of(tx.connection, told, but=by)
    if not people:
        return
    chosen = choices_of(tx.connection, people)
    notices, deliveries = [], []
    for person in people:
        choice = chosen.get(person, Choice())
        ways = choice.ways(kind)
        sent = _sendings(choice, ways, tx.now)
        shown = ways.app or kind in ALWAYS_SHOWN
        if not shown and not sent:
            continue
        identity = new_id("notice")
        notices.append(
            {
                "id": identity,
                "user_id": person,
                "kind": kind,
                "action": entry.action,
                "audit_number": entry.number,
                "subject": told.subject,
                "at": tx.now,
                "read_at": None if shown else tx.now,
            }
        )
        deliveries += [_delivery(identity, person, *sending) for sending in sent]
    if notices:
        tx.execute(insert(notice), notices)
    if deliveries:
        tx.execute(insert(delivery), deliveries)
    tx.failpoint("notices:noted")


def _sendings(choice: Choice, ways: Ways, now: datetime) -> list[tuple[str, str, datetime]]:
    """Channel, pace and first moment of each."""
    found = []
    if choice.email and ways.email == "once":
        found.append(("email", "once", now))
    if choice.email and ways.email == "daily":
        found.append(("email", "daily", next_digest(now)))
    if choice.webhook and ways.webhook:
        found.append(("webhook", "once", now))
    return found


def next_digest(now: datetime) -> datetime:
    """When the next daily digest goes out."""
    today = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if now < today else today + timedelta(days=1)


def _delivery(notice_id: str, person: str, channel: str, digest: str, at: datetime) -> dict[str, object]:
    return {
        "id": new_id("delivery"),
        "notice_id": notice_id,
        "user_id": person,
        "channel": channel,
        "digest": digest,
        "status": "waiting",
        "attempts": 0,
        "next_at": at,
    }


__all__ = ["DIGEST_HOUR", "next_digest", "note_for_people"]
