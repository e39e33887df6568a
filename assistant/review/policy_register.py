"""The policy in force, and every one that a piece was submitted under: kept for good, by hash."""

import hashlib
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, insert, select

from assistant.errors import IntegrityError, InvalidInput, NotFound
from assistant.review.policy import Policy, default_policy
from assistant.review.policy_reading import canonical, read_policy
from assistant.store.database import Transaction
from assistant.store.schema import policy_adoption as adoption_table
from assistant.store.schema import review_policy as policy_table
from assistant.store.schema import review_round as round_table
from assistant.store.schema import task as task_table


def policy_in_force(connection: Connection, at: datetime | None = None) -> Policy:
    """The one that was adopted last (until `at`), else the one that ships with the product. Raises IntegrityError."""
    adopted = (
        select(policy_table.c.hash, policy_table.c.canonical)
        .join(adoption_table, adoption_table.c.policy_hash == policy_table.c.hash)
        .order_by(adoption_table.c.audit_number.desc())
        .limit(1)
    )
    row = connection.execute(
        adopted if at is None else adopted.where(adoption_table.c.adopted_at <= at)
    ).first()
    return default_policy() if row is None else _read(row.hash, row.canonical)


def policy_of_revision(
    connection: Connection, revision_id: str | None, published_at: datetime | None = None
) -> Policy:
    """The one under which the revision was last submitted; before that, the one in force. Raises IntegrityError.

    Rounds of before policies were data name none. What was published after one of them keeps the policy that was in
    force when it was (`published_at`): one that is adopted later changes nothing of it.
    """
    policy_hash = connection.scalar(
        select(round_table.c.policy_hash)
        .where(round_table.c.revision_id == revision_id)
        .order_by(round_table.c.number.desc())
        .limit(1)
    )
    return _kept(connection, policy_hash, published_at)


def policy_of_task(connection: Connection, task_id: str) -> Policy:
    """The one under which the task's round began. Raises IntegrityError."""
    policy_hash = connection.scalar(
        select(round_table.c.policy_hash)
        .join(task_table, task_table.c.round_id == round_table.c.id)
        .where(task_table.c.id == task_id)
    )
    return _kept(connection, policy_hash)


def policies_of_open_rounds(connection: Connection) -> list[tuple[str | None, Policy]]:
    """Each policy that an open round began under, with the hash by which the rounds name it. Raises IntegrityError."""
    hashes = connection.scalars(
        select(round_table.c.policy_hash).where(round_table.c.status == "open").distinct()
    ).all()
    return [(found, _kept(connection, found)) for found in sorted(hashes, key=str)]


def _kept(connection: Connection, policy_hash: str | None, at: datetime | None = None) -> Policy:
    """The policy that a round names; the one in force for a piece never submitted, or before policies were data."""
    if policy_hash is None:
        return policy_in_force(connection, at)
    text = policy_text(connection, policy_hash)
    if text is None:
        raise IntegrityError(
            f"The policy {policy_hash[:16]}… of the last round of this piece is not kept.",
            help="Nothing is published under it. Run `ancrage audit verify`, then send the piece to review again.",
        )
    return _read(policy_hash, text)


@lru_cache(maxsize=8)
def _read(policy_hash: str, text: str) -> Policy:
    _require_own_text(policy_hash, text)
    try:
        return read_policy(text)
    except InvalidInput as error:
        raise IntegrityError(
            f"The policy in force may not be: {error.message}",
            help="Nothing is submitted, approved or published under it. Adopt one that may be.",
        ) from error


def _require_own_text(policy_hash: str, text: str) -> None:
    """Entries and rounds name a policy by its hash alone. Raises IntegrityError where the text is another."""
    if hashlib.sha256(text.encode()).hexdigest() != policy_hash:
        raise IntegrityError(
            f"The text of the policy {policy_hash[:16]}… was changed since it was kept.",
            help="Nothing is submitted, approved or published under it. Run `ancrage audit verify`.",
        )


def keep_policy(tx: Transaction, policy: Policy) -> None:
    """Let its text be found by its hash for good."""
    known = select(policy_table.c.hash).where(policy_table.c.hash == policy.hash)
    if tx.execute(known).first() is None:
        tx.execute(insert(policy_table).values(hash=policy.hash, canonical=canonical(policy), kept_at=tx.now))


def hash_in_force(connection: Connection) -> str:
    """Of the policy in force."""
    found: str | None = connection.scalar(
        select(adoption_table.c.policy_hash).order_by(adoption_table.c.audit_number.desc()).limit(1)
    )
    return found or default_policy().hash


def policy_text(connection: Connection, policy_hash: str | None) -> str | None:
    """The canonical JSON of the policy with that hash, if it was kept."""
    found: str | None = connection.scalar(
        select(policy_table.c.canonical).where(policy_table.c.hash == policy_hash)
    )
    return found


def policy_by_hash(connection: Connection, beginning: str) -> Policy:
    """The one kept policy whose hash begins so. Raises NotFound, InvalidInput for one that may not be, IntegrityError."""
    rows = connection.execute(
        select(policy_table.c.hash, policy_table.c.canonical)
        .where(policy_table.c.hash.startswith(beginning.lower(), autoescape=True))
        .limit(2)
    ).all()
    if default_policy().hash.startswith(beginning.lower()):
        return default_policy()
    if len(rows) != 1:
        raise NotFound(
            f"{'Several policies have' if rows else 'No policy has'} a hash that begins with {beginning[:64]}.",
            help="`ancrage policy show` lists those that were adopted.",
        )
    _require_own_text(rows[0].hash, rows[0].canonical)
    return read_policy(rows[0].canonical)
