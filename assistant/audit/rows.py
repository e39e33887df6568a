"""Whether the rows that entries tell of still say what was entered: signatures, decisions, attestations, overrides,
certificates, publications, adopted policies; comments, delegations, tasks, sources with their approvals, windows of deposit.

The chain protects the entries. A row beside it that is changed, taken away or put in by hand is found here: an entry
names its row, what was written there, and as `row_sha256` the salted digest of the whole row, printed names included,
which no entry spells out. Signatures made before there was a digest are held to what their entries spell out.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import rfc8785
from sqlalchemy import Connection, Table, select

from assistant.audit.expected import is_text_of
from assistant.audit.followed import FOLLOWED, FollowedRows
from assistant.audit.plain import Body, plain
from assistant.store.batches import batches
from assistant.store.schema import (
    attestation,
    confirmation_signature,
    decision,
    kept_prompt,
    note,
    override,
    policy_adoption,
    release_record,
    review_policy,
    signature,
)

LATER = frozenset({"status", "decided_by", "decided_at", "decision_entry"})
"""Columns of a certificate that are written when it is made void: its digest leaves them out."""


def row_sha256(row: Mapping[str, Any], without: frozenset[str] = frozenset()) -> str:
    """Of a row that is written or was read: its salt, then, as JSON, all its other columns that hold something."""
    written = {
        name: plain(value)
        for name, value in row.items()
        if name != "salt" and name not in without and value is not None
    }
    return hashlib.sha256((row["salt"] or "").encode() + rfc8785.dumps(written)).hexdigest()


def new_salt() -> str:
    """For a row that is about to be written."""
    return secrets.token_hex(16)


def certificate_sha256(connection: Connection, record_id: str) -> str:
    """Of a certificate's row, but for what is written where it is made void."""
    query = select(release_record).where(release_record.c.id == record_id)
    return row_sha256(dict(connection.execute(query).mappings().one()), LATER)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A table of rows each of which one entry made and nothing changes."""

    name: str
    table: Table
    key: str
    """The column by which an entry finds its row."""
    of: Callable[[Body], str | int | None]
    """The key of the row that this entry made."""
    said: Callable[[Body], dict[str, Any]]
    """By column, what the entry spells out."""
    all_rows: bool = True
    """Whether every row of the table is of this kind."""
    without: frozenset[str] = frozenset()


def _made_by(*actions: str, name: str) -> Callable[[Body], str | int | None]:
    return lambda body: body["details"].get(name) if body["action"] in actions else None


def _signature(body: Body) -> dict[str, Any]:
    told = body["details"]
    spelled = {"revision_id": "revision", "manifest_hash": "manifest", "role": "role", "meaning": "meaning"}
    return {
        "piece_id": body["subject"],
        "user_id": body["actor"],
        "signed_at": body["at"],
        "on_behalf_of": told.get("for"),
        **{column: told[name] for column, name in spelled.items() if name in told},
    }


def _confirmation(body: Body) -> dict[str, Any]:
    told = body["details"]
    spelled = {"confirmation_id": "confirmation", "hash": "hash", "role": "role"}
    return {
        "user_id": body["actor"],
        "signed_at": body["at"],
        **{column: told[name] for column, name in spelled.items() if name in told},
    }


def _decision(body: Body) -> dict[str, Any]:
    told, outcome = body["details"], body["action"].removeprefix("piece.")
    return {
        "outcome": "approved" if outcome == "signed" else outcome,
        "decided_by": body["actor"],
        "decided_at": body["at"],
        **{column: told[name] for column, name in (("id", "decision"), ("seen", "seen")) if name in told},
    }


def _certificate(body: Body) -> dict[str, Any]:
    return {
        "piece_id": body["subject"],
        "manifest_hash": body["details"]["manifest"],
        "recorded_by": body["actor"],
    }


def _attestation(body: Body) -> dict[str, Any]:
    told = body["details"]
    return {
        "piece_id": body["subject"],
        "lineage": told["statement"],
        "fingerprint": told["fingerprint"],
        "user_id": body["actor"],
        "attested_at": body["at"],
    }


def _override(body: Body) -> dict[str, Any]:
    told = body["details"]
    return {
        "revision_id": told["revision"],
        "rule": told["rule"],
        "place": told["place"],
        "user_id": body["actor"],
        "given_at": body["at"],
    }


def _adopted(body: Body) -> int | None:
    return int(body["number"]) if body["action"] == "policy.adopted" else None


def _adoption(body: Body) -> dict[str, Any]:
    told = body["details"]
    return {
        "policy_hash": told.get("policy", body["subject"]),  # the first versions named it there
        "adopted_by": body["actor"],
        "adopted_at": body["at"],
        "proposal_id": told.get("proposal"),
    }


_KINDS = (
    _Kind("policy's adoption", policy_adoption, "audit_number", _adopted, _adoption),
    _Kind("signature", signature, "id", _made_by("piece.signed", name="signature"), _signature),
    _Kind(
        "confirmation",
        confirmation_signature,
        "id",
        _made_by("confirmation.signed", name="signature"),
        _confirmation,
    ),
    _Kind(
        "decision",
        decision,
        "task_id",
        _made_by(
            "piece.signed",
            "piece.approved_with_changes",
            "piece.changes_requested",
            "piece.rejected",
            name="task",
        ),
        _decision,
    ),
    _Kind("attestation", attestation, "id", _made_by("statement.attested", name="attestation"), _attestation),
    _Kind("override", override, "id", _made_by("finding.overridden", name="override"), _override),
    _Kind(
        "certificate",
        release_record,
        "id",
        _made_by("release.certificate_signed", name="record"),
        _certificate,
        all_rows=False,
        without=LATER,
    ),
)


@dataclass(slots=True)
class RecordedRows:
    """Told every entry in order, and asked at the end what lies beside the trail that no entry made."""

    connection: Connection
    _known: dict[str, set[str | int]] = field(default_factory=lambda: {kind.name: set() for kind in _KINDS})
    _followed: FollowedRows = field(init=False)

    def __post_init__(self) -> None:
        self._followed = FollowedRows(self.connection)

    def wrong(self, entries: Sequence[Any]) -> dict[int, str]:
        """By number of these entries: what is wrong with the row that it made."""
        bodies = [json.loads(entry.canonical) for entry in entries]
        found = self._made_wrong(bodies)
        for body in bodies:
            self._followed.follow(body)
        return found

    def made_wrong(self, entries: Sequence[Any]) -> dict[int, str]:
        """The same of entries that follow on others which were not told: only of rows that one entry makes."""
        return self._made_wrong([json.loads(entry.canonical) for entry in entries])

    def _made_wrong(self, bodies: Sequence[Body]) -> dict[int, str]:
        found: dict[int, str] = {}
        for kind in _KINDS:
            made = {key: body for body in bodies if (key := kind.of(body)) is not None}
            self._known[kind.name] |= made.keys()
            for number, reason in self._compared(kind, made):
                found.setdefault(number, reason)
        return found

    def _compared(self, kind: _Kind, made: Mapping[str | int, Body]) -> Iterator[tuple[int, str]]:
        rows: dict[str | int, dict[str, Any]] = {}
        for some in batches(made):
            query = select(kind.table).where(kind.table.c[kind.key].in_(some))
            rows |= {row[kind.key]: dict(row) for row in self.connection.execute(query).mappings()}
        for key, body in made.items():
            row = rows.get(key)
            if row is None:
                yield body["number"], f"the row of the {kind.name} is gone"
            elif not (_as_said(row, kind.said(body)) and _as_digested(row, body, kind)):
                yield body["number"], f"the row of the {kind.name} does not say what was entered"
            elif kind.table in (decision, policy_adoption) and row["note_id"] != self._note_of(body):
                yield body["number"], f"the row of the {kind.name} names another reason"
            elif kind.table in (attestation, override) and not is_text_of(
                self.connection, row["reason"], body["number"], body.get("note_sha256")
            ):
                yield body["number"], f"the row of the {kind.name} gives another reason"

    def _note_of(self, body: Body) -> str | None:
        found: str | None = self.connection.scalar(
            select(note.c.id).where(note.c.audit_number == body["number"])
        )
        return found if "note_sha256" in body else None

    def at_the_end(self) -> tuple[int | None, str] | None:
        """Once every entry was told: the first row that is not as they leave it, or one that none of them made, with the
        number of the entry, if there is one; then a policy that is kept under another's hash.
        """
        wrong = min(self._followed.wrong(), default=None)
        if wrong is not None:
            return wrong
        for kind in _KINDS:
            column = kind.table.c[kind.key]
            if kind.all_rows and set(self.connection.scalars(select(column))) - self._known[kind.name]:
                return None, f"the database holds a {kind.name} that no entry made"
        for name in FOLLOWED:
            if self._followed.strays(name):
                return None, f"the database holds a {name} that no entry made"
        return self._policies_wrong() or self._prompts_wrong()

    def _prompts_wrong(self) -> tuple[int | None, str] | None:
        """Manifests hash the provenance, which names prompts by the hash of their text."""
        for row in self.connection.execute(select(kept_prompt)):
            if hashlib.sha256(row.bytes).hexdigest() != row.sha256:
                return None, f"the text of the prompt {row.sha256[:16]}… is not the one that has this hash"
        return None

    def _policies_wrong(self) -> tuple[int | None, str] | None:
        """Entries name policies by the hash of their text, so that the text needs no entry of its own."""
        for row in self.connection.execute(select(review_policy)):
            if hashlib.sha256(row.canonical.encode()).hexdigest() != row.hash:
                return None, f"the text of the policy {row.hash[:16]}… is not the one that has this hash"
        return None


def _as_said(row: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    return all(plain(row[column]) == value for column, value in said.items())


def _as_digested(row: Mapping[str, Any], body: Body, kind: _Kind) -> bool:
    expected = body["details"].get("row_sha256") if "salt" in row else None
    return expected is None or row_sha256(row, kind.without) == expected
