"""An answer or a certificate that comes in while the very same bytes are published moves the publication's last day."""

from datetime import date

from sqlalchemy import update

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
from assistant.review.policy_register import policy_of_revision
from assistant.store.clock import civil_date
from assistant.store.database import Transaction
from assistant.store.schema import publication as publication_table


def move_end(tx: Transaction, actor: Actor, piece: Piece, condition: Condition, found: ReleaseRecord) -> None:
    """Write what the publication of these bytes says of the condition, and its end, with its audit entry.

    What the publication rests on already moves its end both ways: later, and earlier too. Anything else only counts
    where it holds longest and brings a later end.
    """
    live = live_publication(tx.connection, piece.id)
    if live is None or live.manifest_hash != found.manifest_hash:
        return
    today = civil_date(tx.now, piece.market)
    longest = holding(records_of(tx.connection, piece.id), condition, found.manifest_hash, today) or found
    rests = _rests_on(live, condition, found)
    if not rests and longest.id != found.id:
        return
    release = with_facts(live.release, condition, longest)
    # A certificate is signed after reading it all again, which begins the time anew; a permit is one entry, and does not.
    begins = civil_date(live.published_at, piece.market) if condition.form == "permit" else today
    months = policy_of_revision(tx.connection, live.revision_id).months_valid
    ends = end_of_use(
        begins, months, stored_release(release), source_ends(tx.connection, live.revision_id, today)
    )
    if not rests and live.expires_on is not None and ends <= live.expires_on:
        return
    if (release, ends) == (dict(live.release), live.expires_on):
        return
    tx.execute(
        update(publication_table)
        .where(publication_table.c.id == live.id)
        .values(release=release, expires_on=ends)
    )
    details = {
        "publication": live.id,
        "record": longest.id,
        "from": live.expires_on.isoformat() if live.expires_on else None,
        "expires_on": ends.isoformat(),
    }
    record(tx, actor, _action(live.expires_on, ends), piece.id, details)


def _rests_on(live: Publication, condition: Condition, found: ReleaseRecord) -> bool:
    """A certificate is never answered later: each is a record of its own."""
    return condition.form == "permit" and live.release.get("visa_number") == found.number


def _action(before: date | None, ends: date) -> str:
    if before is None or ends == before:
        return "publication.release_updated"
    return "publication.prolonged" if ends > before else "publication.shortened"
