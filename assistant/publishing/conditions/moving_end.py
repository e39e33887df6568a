"""An answer or a certificate that comes in while the very same bytes are published moves the publication's last day.

So does a permit that silence makes: nobody records it, so that `keeping_up` looks for it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import update

from assistant.audit.followed import facts_sha256, require_as_entered
from assistant.audit.trail import record
from assistant.people.roles import Actor
from assistant.publishing.conditions.data import Condition
from assistant.publishing.conditions.facts import with_facts
from assistant.publishing.conditions.records import ReleaseRecord, holding, records_of
from assistant.publishing.ends import source_ends
from assistant.publishing.model import Publication
from assistant.publishing.release import end_of_use, stored_release
from assistant.publishing.rows import live_publication
from assistant.review.model import Piece
from assistant.review.policy import LONGEST_MONTHS
from assistant.review.policy_register import policy_of_revision
from assistant.store.clock import civil_date
from assistant.store.database import Transaction
from assistant.store.schema import publication as publication_table


@dataclass(frozen=True, slots=True)
class _Term:
    """What a publication would say, and its last day, if it rested on this record."""

    record: ReleaseRecord
    release: dict[str, Any]
    ends: date
    latest: date
    """Beyond it no policy lets it live: the permit, the sources and the 24 months (WF5) end it."""

    def moved(self, before: date | None) -> date:
        """The last day after `before`. Months that a policy asks for lengthen it no further, and take nothing away."""
        return self.ends if before is None else min(max(self.ends, before), self.latest)


def move_end(tx: Transaction, actor: Actor, piece: Piece, condition: Condition, found: ReleaseRecord) -> None:
    """Write what the publication of these bytes says of the condition, and its end, with its audit entry."""
    live = live_publication(tx.connection, piece.id)
    if live is None or live.manifest_hash != found.manifest_hash:
        return
    if condition.form == "permit":
        follow_permits(tx, actor, piece, condition, live)
        return
    today = civil_date(tx.now, piece.market)
    longest = holding(records_of(tx.connection, piece.id), condition, found.manifest_hash, today) or found
    if longest.id != found.id:
        return
    # It is signed after reading it all again, which begins the time anew.
    term = _term(tx, live, condition, longest, begins=today, today=today)
    if live.expires_on is None or term.ends > live.expires_on:
        _write(tx, actor, piece, live, term, term.ends)


def follow_permits(
    tx: Transaction, actor: Actor, piece: Piece, condition: Condition, live: Publication
) -> bool:
    """Bring what the publication says of its permit, and its end, in step with the register; whether that changed it.

    The permit that it rests on moves its end both ways, earlier too; months of a policy only later, since a publication
    keeps what it was given. Another permit counts where it holds longer.
    """
    today = civil_date(tx.now, piece.market)
    begins = civil_date(
        live.published_at, piece.market
    )  # a permit is one entry, and does not begin the time anew
    records = records_of(tx.connection, piece.id)
    carrying = carried_by(live, condition, records)
    longest = holding(records, condition, live.manifest_hash, today)
    terms = [
        _term(tx, live, condition, one, begins=begins, today=today)
        for one in (carrying, longest)
        if one is not None
    ]
    # Of equals the first: what it rests on.
    best = max(terms, key=lambda term: term.moved(live.expires_on), default=None)
    if best is None:
        return False
    ends = best.moved(live.expires_on)
    later = live.expires_on is None or ends > live.expires_on
    earlier = live.expires_on is not None and ends < live.expires_on
    says_else = best.release != dict(live.release)
    # Where nothing is known of what it rests on, another permit takes nothing away. And what lasts longer for another
    # reason (a source was approved anew) is released anew: no visa has changed.
    if not says_else and not earlier:
        return False
    if carrying is None and not later:
        return False
    _write(tx, actor, piece, live, best, ends)
    return True


def carried_by(live: Publication, condition: Condition, records: list[ReleaseRecord]) -> ReleaseRecord | None:
    """The record of the permit whose number the publication names."""
    return next(
        (
            one
            for one in records
            if one.condition == condition.id
            and one.manifest_hash == live.manifest_hash
            and one.status in {"requested", "granted"}
            and one.number == live.release.get("visa_number")
        ),
        None,
    )


def _term(
    tx: Transaction,
    live: Publication,
    condition: Condition,
    found: ReleaseRecord,
    *,
    begins: date,
    today: date,
) -> _Term:
    release = with_facts(live.release, condition, found)
    months = policy_of_revision(tx.connection, live.revision_id, live.published_at).months_valid
    sources = source_ends(tx.connection, live.revision_id, today)
    ends, latest = (
        end_of_use(begins, limit, stored_release(release), sources) for limit in (months, LONGEST_MONTHS)
    )
    return _Term(found, release, ends, latest)


def _write(tx: Transaction, actor: Actor, piece: Piece, live: Publication, term: _Term, ends: date) -> None:
    require_as_entered(tx.connection, piece.id)
    tx.execute(
        update(publication_table)
        .where(publication_table.c.id == live.id)
        .values(release=term.release, expires_on=ends)
    )
    tx.failpoint("ends:row")
    details = {
        "publication": live.id,
        "record": term.record.id,
        "from": live.expires_on.isoformat() if live.expires_on else None,
        "expires_on": ends.isoformat(),
        "release_sha256": facts_sha256(term.release),
    }
    record(tx, actor, _action(live.expires_on, ends), piece.id, details)


def _action(before: date | None, ends: date) -> str:
    if before is None or ends == before:
        return "publication.release_updated"
    return "publication.prolonged" if ends > before else "publication.shortened"
