"""A confirmation: what waits for signatures when a source was replaced and the quotes stand in its newer version.

The published bytes stay as they were signed, and a visa given on their hash stays valid: what is signed here is a record
of its own, in canonical JSON, that names the publication's manifest and, for each quote, its old and its new place.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import rfc8785
from sqlalchemy import Connection, Row, insert, select, update

from assistant.audit.trail import record
from assistant.corpus.model import Source
from assistant.errors import NotFound
from assistant.people.proof import proof_json
from assistant.people.roles import Actor
from assistant.publishing.model import Publication
from assistant.publishing.support import Carried
from assistant.review.model import Piece, Revision
from assistant.review.pieces import load_revision
from assistant.review.policy_register import policy_of_revision
from assistant.review.working_days import working_days_later
from assistant.store.clock import civil_date
from assistant.store.database import Transaction
from assistant.store.ids import new_id
from assistant.store.schema import confirmation as confirmation_table
from assistant.store.schema import confirmation_signature as signature_table

SCHEMA = "ancrage-confirmation/1"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One publication, one replaced source, and who has to say that the content still holds."""

    id: str
    piece_id: str
    publication_id: str
    old_source: str
    new_source: str
    status: str
    """open, confirmed, declined or cancelled."""
    meanwhile: str
    """live or suspended."""
    roles: tuple[str, ...]
    canonical: str
    hash: str
    due_on: date
    opened_at: datetime
    closed_at: datetime | None

    @property
    def content(self) -> dict[str, Any]:
        """What is signed."""
        found: dict[str, Any] = json.loads(self.canonical)
        return found


@dataclass(frozen=True, slots=True)
class ConfirmationSignature:
    """A person's signature on exactly one confirmation."""

    id: str
    user_id: str
    printed_name: str
    role: str
    meaning: str
    hash: str
    signed_at: datetime
    proof: Mapping[str, Any]


def confirmation_of(row: Row[Any]) -> Confirmation:
    """A row as a value."""
    return Confirmation(
        row.id,
        row.piece_id,
        row.publication_id,
        row.old_source,
        row.new_source,
        row.status,
        row.meanwhile,
        tuple(row.roles),
        row.canonical,
        row.hash,
        row.due_on,
        row.opened_at,
        row.closed_at,
    )


def load_confirmation(connection: Connection, confirmation_id: str) -> Confirmation:
    """The confirmation with that id. Raises NotFound."""
    row = connection.execute(
        select(confirmation_table).where(confirmation_table.c.id == confirmation_id)
    ).first()
    if row is None:
        raise NotFound(
            f"There is no confirmation {confirmation_id}.",
            help="`ancrage confirmation list` shows what waits.",
        )
    return confirmation_of(row)


def find_confirmation(connection: Connection, publication_id: str, old: str, new: str) -> Confirmation | None:
    """The confirmation of that publication for that replacement, whatever became of it."""
    row = connection.execute(
        select(confirmation_table).where(
            confirmation_table.c.publication_id == publication_id,
            confirmation_table.c.old_source == old,
            confirmation_table.c.new_source == new,
        )
    ).first()
    return None if row is None else confirmation_of(row)


def open_confirmations(connection: Connection, publication_id: str | None = None) -> list[Confirmation]:
    """Those that wait, of one publication or all, the soonest due first."""
    query = select(confirmation_table).where(confirmation_table.c.status == "open")
    if publication_id is not None:
        query = query.where(confirmation_table.c.publication_id == publication_id)
    ordered = query.order_by(
        confirmation_table.c.due_on, confirmation_table.c.opened_at, confirmation_table.c.id
    )
    return [confirmation_of(row) for row in connection.execute(ordered)]


def signatures_on(connection: Connection, confirmation_id: str) -> list[ConfirmationSignature]:
    """Its signatures, oldest first."""
    rows = connection.execute(
        select(signature_table)
        .where(signature_table.c.confirmation_id == confirmation_id)
        .order_by(signature_table.c.signed_at, signature_table.c.id)
    )
    return [
        ConfirmationSignature(
            r.id,
            r.user_id,
            r.printed_name,
            r.role,
            r.meaning,
            r.hash,
            r.signed_at,
            proof_json(r.proof, r.proof_issuer, r.proof_at),
        )
        for r in rows
    ]


def open_confirmation(
    tx: Transaction,
    actor: Actor,
    piece: Piece,
    publication: Publication,
    versions: tuple[Source, Source],
    carried: Sequence[Carried],
) -> Confirmation:
    """Keep what is to be signed and ask for the signatures that the policy of its last round names, with its audit entry."""
    old, new = versions
    policy = policy_of_revision(tx.connection, publication.revision_id, publication.published_at)
    roles, days = policy.confirmers(piece)
    revision = load_revision(tx.connection, publication.revision_id)
    canonical = _canonical(publication, versions, revision, carried)
    confirmation_id = new_id("confirmation")
    due = working_days_later(civil_date(tx.now, piece.market), days, piece.market)
    meanwhile = policy.when_superseded(piece.market)
    tx.execute(
        insert(confirmation_table).values(
            id=confirmation_id,
            piece_id=piece.id,
            publication_id=publication.id,
            old_source=old.id,
            new_source=new.id,
            status="open",
            meanwhile=meanwhile,
            roles=[str(role) for role in roles],
            canonical=canonical,
            hash=hashlib.sha256(canonical.encode()).hexdigest(),
            due_on=due,
            opened_at=tx.now,
        )
    )
    tx.failpoint("confirmation:row")
    details = {
        "confirmation": confirmation_id,
        "publication": publication.id,
        "old": old.id,
        "new": new.id,
        "due_on": due.isoformat(),
        "meanwhile": meanwhile,
        "roles": [str(role) for role in roles],
    }
    record(tx, actor, "confirmation.opened", piece.id, details)
    return load_confirmation(tx.connection, confirmation_id)


def close_confirmation(tx: Transaction, found: Confirmation, status: str) -> None:
    """It waits no longer; the caller writes the audit entry that says why."""
    tx.execute(
        update(confirmation_table)
        .where(confirmation_table.c.id == found.id)
        .values(status=status, closed_at=tx.now)
    )
    tx.failpoint("confirmation:closed")


def cancel_confirmations(
    tx: Transaction, actor: Actor, publication: Publication, why: str, sources: Collection[str] | None = None
) -> None:
    """Close what waits for the publication (against these newer versions, or all): it is decided otherwise."""
    for found in open_confirmations(tx.connection, publication.id):
        if sources is None or found.new_source in sources:
            close_confirmation(tx, found, "cancelled")
            record(
                tx, actor, "confirmation.cancelled", found.piece_id, {"confirmation": found.id, "why": why}
            )


def _canonical(
    publication: Publication,
    versions: tuple[Source, Source],
    revision: Revision,
    carried: Sequence[Carried],
) -> str:
    old, new = versions
    approved = None if new.approval is None else new.approval.reference
    return rfc8785.dumps(
        {
            "schema": SCHEMA,
            "piece": publication.piece_id,
            "publication": publication.id,
            "manifest": publication.manifest_hash,
            "revision": {"id": revision.id, "number": revision.number, "document_sha256": revision.hash},
            "old": {"id": old.id, "sha256": old.sha256, "reading": old.reading_id},
            "new": {"id": new.id, "sha256": new.sha256, "reading": new.reading_id, "approval": approved},
            "carried": [one.as_json() for one in carried],
        }
    ).decode()
