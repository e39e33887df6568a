"""Rows that several entries make and change: replayed from the trail, then held to how the entries leave them.

Publications with what they say of their release, the register of permits, rounds of review, proposed policies; what
entries say of the desk and of sources is read beside.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import rfc8785
from sqlalchemy import Column, Connection, Table, select

from assistant.audit.expected import NoteOf, TextOf, is_expected
from assistant.audit.followed_desk import ROUND_ENDS, follow_comment, follow_delegation, follow_task
from assistant.audit.followed_sources import add_scopes, follow_calendar, follow_source
from assistant.audit.plain import Body, plain
from assistant.errors import IntegrityError
from assistant.store.batches import batches
from assistant.store.schema import (
    approval,
    audit_entry,
    comment,
    delegation,
    deposit_calendar,
    policy_proposal,
    publication,
    release_record,
    review_round,
    source,
    task,
)

_STANDING, _AWAITED = "standing", "confirm_by"
_STATES = {
    "piece.published": "published",
    "publication.resumed": "published",
    "piece.suspended": "suspended",
    "piece.recalled": "recalled",
    "publication.superseded": "superseded",
    "piece.expired": "expired",
}
_MOVED = ("publication.prolonged", "publication.shortened", "publication.release_updated")
_ENTERED = ("release.requested", "release.granted", "release.submitted", "release.certified")
_SETTLED = ("release.granted", "release.refused", "release.void")
NOT_SPELLED = ("meaning", "printed_name", "reference", "registration")
"""Columns of a release record that its entries leave out, but for a digest of all of them: names and wording."""
_UNSPELLED = "unspelled_sha256"
_CLOSED = {
    "policy.adopted": "adopted",
    "policy.proposal_refused": "refused",
    "policy.proposal_withdrawn": "withdrawn",
}


def facts_sha256(release: Mapping[str, Any]) -> str:
    """Of what a publication says of its release, but for the sources on whose newer versions it stands."""
    facts = {name: value for name, value in release.items() if name not in {_STANDING, _AWAITED}}
    return hashlib.sha256(rfc8785.dumps(facts)).hexdigest()


def unspelled(salt: str | None, row: Mapping[str, Any]) -> dict[str, str]:
    """For the entry of a release record: what holds the columns that it does not spell out."""
    written = {name: row[name] for name in NOT_SPELLED if row.get(name) is not None}
    return {_UNSPELLED: hashlib.sha256((salt or "").encode() + rfc8785.dumps(written)).hexdigest()}


@dataclass(frozen=True, slots=True)
class _Unspelled:
    """Salt and columns that give this digest."""

    digest: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What a publication says of its release, as far as entries tell."""

    digest: str | None
    """Of its facts; none where an older version moved its end without saying them."""
    known: Mapping[str, Any]
    """The facts that are known then, nevertheless."""
    standing: Mapping[str, str] = field(default_factory=dict)
    awaited: Mapping[str, str] = field(default_factory=dict)

    def holds(self, release: Any) -> bool:
        if not isinstance(release, dict):
            return False
        return (
            (self.digest is None or _digest_is(release, self.digest))
            and all(release.get(name) == value for name, value in self.known.items())
            and (release.get(_STANDING) or {}) == self.standing
            and (release.get(_AWAITED) or {}) == self.awaited
        )


def _digest_is(release: Mapping[str, Any], digest: str) -> bool:
    try:
        return facts_sha256(release) == digest
    except rfc8785.CanonicalizationError:
        return False  # no act of the product writes what has no canonical form


@dataclass(slots=True)
class FollowedRows:
    """Told entries in order, of all or of one subject; says at the end which rows are not as they leave them."""

    connection: Connection
    _rows: dict[str, dict[str, tuple[int, dict[str, Any]]]] = field(
        default_factory=lambda: {name: {} for name in FOLLOWED}
    )
    rounds: Counter[str] = field(default_factory=Counter)
    replaced: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By confirmation: the source that was replaced, and the newer version."""
    under_way: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By piece: the known tasks of its open round that are neither decided nor cancelled."""
    rounds_with_tasks: set[str] = field(default_factory=set)
    """Those whose entry names all their tasks."""
    _found: dict[str, dict[tuple[Hashable, ...], str]] = field(default_factory=dict)

    def follow(self, body: Body) -> None:
        """What the entries up to this one say of a row."""
        for one in _READ:
            one(self, body)

    def wrong(self, *names: str) -> Iterator[tuple[int, str]]:
        """The number of the entry that spoke last of a row that is gone or says something else, and what is wrong."""
        for name in names or FOLLOWED:
            table, told = FOLLOWED[name], self._rows[name]
            for some in batches(told):
                rows = self._load(table, some)
                for key in some:
                    number, said = told[key]
                    if key not in rows:
                        yield number, f"the row of the {name} is gone"
                    elif not all(self._holds(rows[key], column, value) for column, value in said.items()):
                        yield number, f"the row of the {name} does not say what was entered"

    def strays(self, name: str, piece_id: str | None = None) -> bool:
        """Whether the table, or the piece, has a row of which no entry told."""
        table, known = FOLLOWED[name], self._rows[name]
        if table is task:
            # Of a round whose entry does not name its tasks, one that nobody took is known to none.
            rows = self.connection.execute(select(task.c.id, task.c.round_id))
            return any(row.id not in known and row.round_id in self.rounds_with_tasks for row in rows)
        query = select(table.c.id)
        if piece_id is not None:
            query = query.where(table.c.piece_id == piece_id)
        return bool(set(self.connection.scalars(query)) - known.keys())

    def _load(self, table: Table, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        query = select(table).where(table.c.id.in_(keys))
        rows = {row["id"]: dict(row) for row in self.connection.execute(query).mappings()}
        if table is source:
            add_scopes(self.connection, rows)
        return rows

    def found(self, name: str, columns: Sequence[Column[Any]], values: tuple[Hashable, ...]) -> str:
        """The id of the row that has these values in these columns; of none, what no row has."""
        if name not in self._found:
            rows = self.connection.execute(select(FOLLOWED[name].c.id, *columns))
            self._found[name] = {tuple(map(plain, row[1:])): row[0] for row in rows}
        return self._found[name].get(values, f"of {values}")

    def said(self, name: str, key: str) -> dict[str, Any]:
        """By column, what is told of the row so far; nothing of an unknown one."""
        return dict(self._rows[name].get(key, (0, {}))[1])

    def say(self, name: str, key: str, body: Body, said: dict[str, Any]) -> None:
        """Let the row be as this entry leaves it."""
        self._rows[name][key] = (body["number"], said)

    def add(self, name: str, key: str, body: Body, said: dict[str, Any]) -> None:
        """Let this entry change that of the row."""
        self.say(name, key, body, self.said(name, key) | said)

    def _holds(self, row: Mapping[str, Any], column: str, value: Any) -> bool:
        if isinstance(value, _Said):
            return value.holds(row[column])
        if isinstance(value, _Unspelled):
            return unspelled(row["salt"], row)[_UNSPELLED] == value.digest
        return is_expected(self.connection, row, column, value)


def require_as_entered(connection: Connection, piece_id: str) -> None:
    """Before an act rests on what was recorded of the piece's release. Raises IntegrityError where it was changed since."""
    rows, name = FollowedRows(connection), "release record"
    query = select(audit_entry.c.canonical).where(
        audit_entry.c.subject == piece_id, audit_entry.c.action.startswith("release.")
    )
    for canonical in connection.scalars(query.order_by(audit_entry.c.number)):
        rows.follow(json.loads(canonical))
    if any(rows.wrong(name)) or rows.strays(name, piece_id):
        raise IntegrityError(
            "What is recorded of this piece's release is not what was entered.",
            help="Nothing was changed. Run `ancrage audit verify`, then correct the register by recording it anew.",
            piece=piece_id,
        )


def _publication(rows: FollowedRows, body: Body) -> None:
    told, action = body["details"], body["action"]
    key = told.get("publication")
    if key is None or (action not in _STATES and action not in _MOVED):
        return
    said = rows.said("publication", key)
    if action == "piece.published":
        said = {
            "piece_id": body["subject"],
            "revision_id": told.get("revision"),
            "manifest_hash": told.get("manifest"),
            "published_by": body["actor"],
            "published_at": body["at"],
        }
        if "release" in told:
            said["release"] = _Said(facts_sha256(told["release"]), {})
    said |= {"status": _STATES[action]} if action in _STATES else {}
    said |= {"expires_on": told["expires_on"]} if "expires_on" in told else {}
    rows.say("publication", key, body, said)


def _release(rows: FollowedRows, body: Body) -> None:
    """What changes of what a publication says of its release: its permit, and the sources that it stands on."""
    told, action = body["details"], body["action"]
    if action == "confirmation.opened":
        rows.replaced[told["confirmation"]] = (told["old"], told["new"])
    said = rows.said("publication", told.get("publication", ""))
    before = said.get("release")
    if before is None:
        return
    standing, awaited = dict(before.standing), dict(before.awaited)
    if action in _MOVED:
        digest = told.get("release_sha256")
        known = {} if digest else _facts_of(rows.said("release record", told["record"]))
        after = _Said(digest, known, standing, awaited)
    elif action == "confirmation.opened" and told["meanwhile"] == "live":
        standing[told["old"]] = told["new"]
        awaited = {old: day for old, day in awaited.items() if standing.get(old) != told["old"]}
        after = _Said(before.digest, before.known, standing, awaited | {told["old"]: told["due_on"]})
    elif action == "publication.confirmed":
        old, newer = rows.replaced[told["confirmation"]]
        awaited.pop(old, None)
        after = _Said(before.digest, before.known, standing | {old: newer}, awaited)
    else:
        return
    rows.add("publication", told["publication"], body, {"release": after})


def _facts_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a publication says for certain that rests on a record that is so far told like this."""
    prefix = "certificate" if said.get("status") == "certified" else "visa"
    number = {"visa_number": said["number"]} if said.get("number") else {}
    return number | ({f"{prefix}_expires_on": said["expires_on"]} if said.get("expires_on") else {})


def _record(rows: FollowedRows, body: Body) -> None:
    told, action, name = body["details"], body["action"], "release record"
    key = told.get("record")
    if key is None:
        return
    if "from" in told and action in _SETTLED:
        said = rows.said(name, key) | {"decided_by": body["actor"], "decided_at": body["at"]}
        said |= {"decision_entry": body["number"]}
    elif "from" not in told and action in _ENTERED:
        empty = {
            column.name: None for column in release_record.c if column.name not in (*NOT_SPELLED, "salt")
        }
        said = empty | {"id": key, "piece_id": body["subject"]}
        said |= {"recorded_by": body["actor"], "recorded_at": body["at"]}
    else:
        return
    if _UNSPELLED in told:  # not in entries of older versions
        said["salt"] = _Unspelled(told[_UNSPELLED])
    columns = release_record.c.keys()
    rows.say(name, key, body, said | {column: told[column] for column in told if column in columns})


def _round(rows: FollowedRows, body: Body) -> None:
    told, action, name = body["details"], body["action"], "round of review"
    key = told.get("round")
    if key is None:
        return
    if action == "piece.submitted":
        piece_id = body["subject"]
        rows.rounds[piece_id] += 1
        said = {
            "piece_id": piece_id,
            "revision_id": told["revision"],
            "number": rows.rounds[piece_id],
            "status": "open",
            "submitted_by": body["actor"],
            "submitted_at": body["at"],
            "override_request": TextOf(body["number"], body.get("note_sha256")),
            "closed_at": None,
        }
        if "plan" in told:
            said |= {"plan": told["plan"], "policy_hash": told["plan"]["policy"]}
        rows.say(name, key, body, said)
    elif action in ROUND_ENDS:
        rows.add(name, key, body, {"status": ROUND_ENDS[action], "closed_at": body["at"]})


def _proposal(rows: FollowedRows, body: Body) -> None:
    told, action, name = body["details"], body["action"], "proposed policy"
    key = told.get("proposal")
    if key is None:
        return
    if action == "policy.proposed":
        said = {
            "policy_hash": told["policy"],
            "before_hash": told["before"],
            "status": "open",
            "audit_number": body["number"],
            "proposed_by": body["actor"],
            "proposed_at": body["at"],
            "note_id": NoteOf(body["number"]),
            "closed_by": None,
            "closed_at": None,
            "closing_note_id": None,
        }
        rows.say(name, key, body, said)
    elif action in _CLOSED:
        closing = {
            "status": _CLOSED[action],
            "closed_by": body["actor"],
            "closed_at": body["at"],
            "closing_note_id": NoteOf(body["number"]),
        }
        rows.add(name, key, body, closing)


FOLLOWED: dict[str, Table] = {
    "publication": publication,
    "release record": release_record,
    "round of review": review_round,
    "proposed policy": policy_proposal,
    "comment": comment,
    "delegation": delegation,
    "task": task,
    "source": source,
    "approval": approval,
    "calendar of deposits": deposit_calendar,
}
"""By name: the tables whose every row is followed."""
_READ = (
    _publication,
    _release,
    _record,
    _round,
    _proposal,
    follow_comment,
    follow_delegation,
    follow_task,
    follow_source,
    follow_calendar,
)
