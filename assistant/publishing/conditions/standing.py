"""The release conditions of a piece as a person reads them: each with its state, who, when, and what to do next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from assistant.people.roles import Actor, Permission, require
from assistant.publishing.conditions.calendars import gaps, outlook_on
from assistant.publishing.conditions.data import Condition, conditions_of
from assistant.publishing.conditions.records import HOLDING, ReleaseRecord, holding, records_of
from assistant.publishing.conditions.target import Target, find_target
from assistant.publishing.conditions.wording import said
from assistant.review.model import Piece
from assistant.review.notes import note_of_entry, note_text
from assistant.review.pieces import load_piece, load_revision
from assistant.review.policy import add_months
from assistant.review.shapes import Names
from assistant.store.clock import civil_date, instant
from assistant.store.database import Database


@dataclass(frozen=True, slots=True)
class Standing:
    """How one condition stands for what would be released now."""

    condition: Condition
    state: str
    """missing, other_version, requested, refused, expired, tacit, granted, certified, submitted, not_signed."""
    met: bool
    next: str
    record: ReleaseRecord | None
    renewal: ReleaseRecord | None = None
    """The request for another permit that waits while this one holds."""


def release_json(db: Database, actor: Actor, piece_id: str) -> dict[str, Any]:
    """{"piece", "market", "manifest_hash", "ready", "conditions": […], "records": […]}. Raises NotAllowed, UnknownPiece."""
    require(actor, Permission.READ_PIECES)
    with db.read() as connection:
        piece = load_piece(connection, piece_id)
        names = Names(connection)
        target = find_target(connection, piece)
        records = records_of(connection, piece.id)
        today = civil_date(db.clock.now(), piece.market)
        shown = standings(connection, piece, target, records, today)
        conditions = [_condition_json(connection, piece, one, names, today) for one in shown]
        number = _number_line(connection, target, shown)
        by_id = {one.condition.id: one.condition for one in shown}
        return {
            "piece": piece.id,
            "market": piece.market,
            "manifest_hash": target.manifest_hash if target else None,
            "ready": bool(target) and all(one.met for one in shown),
            "conditions": [*number, *conditions],
            "records": [
                record_json(connection, one, by_id.get(one.condition), names, today) for one in records
            ],
        }


def next_step(connection: Connection, now: datetime, piece: Piece) -> str:
    """What to do about the first condition that is not met; nothing where all are."""
    found = standings(
        connection,
        piece,
        find_target(connection, piece),
        records_of(connection, piece.id),
        civil_date(now, piece.market),
    )
    return next((one.next for one in found if not one.met), "")


def standings(
    connection: Connection,
    piece: Piece,
    target: Target | None,
    records: Sequence[ReleaseRecord],
    today: date,
) -> list[Standing]:
    """How each condition of the piece stands today."""
    return [_standing(connection, piece, target, records, one, today) for one in conditions_of(piece)]


def _standing(
    connection: Connection,
    piece: Piece,
    target: Target | None,
    records: Sequence[ReleaseRecord],
    condition: Condition,
    today: date,
) -> Standing:
    own = [one for one in records if one.condition == condition.id and one.status != "void"]
    if target is None:
        return Standing(condition, "not_signed", met=False, next=said("not_signed"), record=None)
    same = [one for one in own if one.manifest_hash == target.manifest_hash]
    holds = holding(own, condition, target.manifest_hash, today)
    if holds is not None:
        state = holds.state_on(today, condition)
        waiting = next((one for one in same if one.state_on(today, condition) == "requested"), None)
        told = _in_force(condition, holds, state)
        return Standing(condition, state, met=True, next=told, record=holds, renewal=waiting)
    newest = next(iter(same), None)
    if newest is not None:
        state = newest.state_on(today, condition)
        return Standing(condition, state, met=False, next=_not_yet(condition, newest, state), record=newest)
    earlier = next((one for one in own if one.state_on(today, condition) in HOLDING), None)
    if earlier is not None:
        told = said("other_version", earlier.manifest_hash[:12])
        return Standing(condition, "other_version", met=False, next=told, record=earlier)
    return Standing(
        condition, "missing", met=False, next=_missing(connection, piece, condition, today), record=None
    )


def _in_force(condition: Condition, found: ReleaseRecord, state: str) -> str:
    ends = found.ends_on(condition)
    if ends is None:
        return said(state)
    return said(state, ends, add_months(ends, -(condition.remind_months or 0)))


def _not_yet(condition: Condition, found: ReleaseRecord, state: str) -> str:
    if state == "refused":
        return said("refused", found.decided_on)
    if state == "expired":
        return said("ended", found.ends_on(condition))
    if found.answer_by is None:
        return said("requested_open_end", condition.authority)
    return said("requested", condition.authority, found.answer_by, found.starts_on())


def _missing(connection: Connection, piece: Piece, condition: Condition, today: date) -> str:
    if condition.form == "certificate":
        return said("missing_certificate")
    if condition.form == "submission":
        return said("missing_submission", condition.authority)
    kind = condition.type_of(piece)
    if not kind:
        return said("missing_permit", condition.authority)
    known = outlook_on(connection, piece.market, kind, today)
    if known.is_open:
        return said("missing_open", known.is_open.closes_on)
    if known.following:
        return said("missing_closed", known.following.opens_on, known.following.closes_on)
    return said("missing_unknown", kind, known.missing, condition.authority)


def _number_line(
    connection: Connection, target: Target | None, shown: Sequence[Standing]
) -> list[dict[str, Any]]:
    """The internal number of a permit: it stands in the request or in the text (FR10)."""
    for one in shown:
        if not one.condition.number:
            continue
        number = one.record.number if one.record and one.state != "other_version" else None
        code = "number_in_request"
        if number is None and target is not None:
            text = "\n".join(s.text for s in load_revision(connection, target.revision_id).document.segments)
            found = re.search(rf"\b{one.condition.number['pattern']}\b", text.upper())
            number, code = (found[0] if found else None), "number_in_piece"
        told = said(code) if number else said("number_missing", one.condition.number["reads"])
        return [
            {
                "id": "internal_number",
                "form": "number",
                "title": {"en": "Internal number", "fr": "Numéro interne"},
                "authority": one.condition.authority,
                "rules": ["FR10"],
                "state": "given" if number else "missing",
                "met": number is not None,
                "next": told,
                "windows_missing": [],
                "number": number,
                "record": None,
                "renewal": None,
                "sources": {"asked": dict(one.condition.sources["number"])},
            }
        ]
    return []


def _windows_missing(
    connection: Connection, piece: Piece, one: Standing, today: date
) -> list[dict[str, Any]]:
    """The years whose windows should be recorded by now, and are not: a deposit in them is refused."""
    kind = one.condition.type_of(piece)
    missing = [] if one.met or not kind else gaps(connection, piece.market, today)
    return [{"market": piece.market, "type": kind, "year": year} for other, year in missing if other == kind]


def _condition_json(
    connection: Connection, piece: Piece, one: Standing, names: Names, today: date
) -> dict[str, Any]:
    condition = one.condition
    return {
        "id": condition.id,
        "form": condition.form,
        "title": dict(condition.title),
        "authority": condition.authority,
        "rules": list(condition.rules),
        "state": one.state,
        "met": one.met,
        "next": one.next,
        "windows_missing": _windows_missing(connection, piece, one, today),
        "number": one.record.number if one.record else None,
        "record": None
        if one.record is None
        else record_json(connection, one.record, condition, names, today),
        "renewal": None
        if one.renewal is None
        else record_json(connection, one.renewal, condition, names, today),
        "sources": {name: dict(text) for name, text in condition.sources.items()},
    }


def record_json(
    connection: Connection, one: ReleaseRecord, condition: Condition | None, names: Names, today: date
) -> dict[str, Any]:
    """A record as the command line, the API and the pages show it; a reason that was erased is null."""
    days = {
        "requested_on": one.requested_on,
        "window_closes_on": one.window_closes_on,
        "answer_by": one.answer_by,
        "decided_on": one.decided_on,
        "starts_on": one.starts_on(),
        "expires_on": one.expires_on if condition is None else one.ends_on(condition),
    }
    entry = one.decision_entry
    return {
        "id": one.id,
        "piece": one.piece_id,
        "condition": one.condition,
        "state": one.status if condition is None else one.state_on(today, condition),
        "status": one.status,
        "manifest_hash": one.manifest_hash,
        "number": one.number,
        "reference": one.reference,
        **{name: None if day is None else day.isoformat() for name, day in days.items()},
        "signatory": None
        if one.printed_name is None
        else {
            "name": one.printed_name,
            "qualification": one.qualification,
            "registration": one.registration,
            "meaning": one.meaning,
        },
        "recorded_by": names.person(one.recorded_by),
        "recorded_at": instant(one.recorded_at),
        "decided_by": names.person(one.decided_by),
        "decided_at": instant(one.decided_at) if one.decided_at else None,
        "reason": note_text(connection, note_of_entry(connection, entry)) if entry is not None else None,
    }
