"""The bibliographic reference of a source: proposed by the document, confirmed by a person."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import rfc8785
from sqlalchemy import Connection, insert, select, update

from assistant.audit.trail import record
from assistant.corpus.loading import load_source
from assistant.corpus.model import Source
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database
from assistant.store.schema import page, reading, source, source_reference
from ingestion.bibliography.model import (
    Benefit,
    BibliographicReference,
    reference_from_json,
    reference_to_json,
)
from ingestion.bibliography.people import authors_in
from ingestion.bibliography.proposing import Opening, propose, read_reference

_FIRST_PAGES = 2
_SMR = ("important", "modéré", "faible", "insuffisant")
_ASMR = ("I", "II", "III", "IV", "V")
_YEARS = (1800, 2200)
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class KnownReference:
    """A source's reference, and who says so."""

    reference: BibliographicReference
    status: str
    """confirmed by a person field by field; stated as one text at registration; proposed by the document; none."""
    missing: tuple[str, ...]
    """The fields that a complete reference of this kind has and this one lacks."""


def known_reference(connection: Connection, found: Source) -> KnownReference:
    """What is known of it: the confirmed fields, else what was stated, completed by what the document proposes."""
    if found.bibliography is not None:
        return KnownReference(found.bibliography, "confirmed", found.bibliography.missing(found.kind))
    proposed = propose(_opening(connection, found))
    status = "proposed" if proposed.vancouver() else "none"
    if found.reference:
        stated = reference_to_json(read_reference(found.reference))
        proposed = reference_from_json({**reference_to_json(proposed), **stated})
        status = "stated"
    return KnownReference(proposed, status, proposed.missing(found.kind))


def confirm_reference(
    db: Database, actor: Actor, source_id: str, changes: Mapping[str, Any] | None = None
) -> Source:
    """Confirm the reference as it is known, with these fields changed; the same again changes nothing.

    Raises UnknownSource, InvalidInput for a field that cannot be, or where the title is not known.
    """
    require(actor, Permission.ADD_SOURCE)
    checked = _checked(changes or {})
    with db.write() as tx:
        tx.execute(select(source.c.id).where(source.c.id == source_id).with_for_update())
        found = load_source(tx.connection, source_id)
        known = known_reference(tx.connection, found)
        confirmed = replace(known.reference, **checked)
        if not confirmed.title:
            raise InvalidInput("A reference has a title.", help="Give it with --title.", field="title")
        if found.bibliography == confirmed:
            return found
        row = {
            "fields": reference_to_json(confirmed),
            "confirmed_by": actor.id,
            "confirmed_at": tx.now,
        }
        written = tx.execute(
            update(source_reference).where(source_reference.c.source_id == source_id).values(row)
        )
        if not written.rowcount:
            tx.execute(insert(source_reference).values(source_id=source_id, **row))
        tx.execute(update(source).where(source.c.id == source_id).values(reference=confirmed.vancouver()))
        details = {
            "before_sha256": _digest(found.bibliography),
            "after_sha256": _digest(confirmed),
            "changed": sorted(checked),
        }
        record(tx, actor, "source.reference_confirmed", source_id, details)
        return load_source(tx.connection, source_id)


def reference_json(connection: Connection, found: Source) -> dict[str, Any]:
    """The reference as the command line and the API show it."""
    known = known_reference(connection, found)
    return {
        "source": found.id,
        "title": found.title,
        "kind": found.kind,
        "status": known.status,
        "missing": list(known.missing),
        "vancouver": found.reference or known.reference.vancouver(),
        "fields": reference_to_json(known.reference),
    }


def _opening(connection: Connection, found: Source) -> Opening:
    head = connection.execute(
        select(reading.c.title, reading.c.meta).where(reading.c.id == found.reading_id)
    ).one()
    pages = connection.scalars(
        select(page.c.text)
        .where(page.c.reading_id == found.reading_id, page.c.number <= _FIRST_PAGES)
        .order_by(page.c.number)
    )
    return Opening(found.kind, head.title or found.title, list(pages), head.meta)


def _checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The fields in their types. Raises InvalidInput, naming the field."""
    known = {one.name for one in fields(BibliographicReference)}
    if unknown := set(changes) - known:
        raise InvalidInput(
            f"A reference has no field {min(unknown)}.",
            help=f"The fields are {', '.join(sorted(known))}.",
        )
    checked: dict[str, Any] = {}
    for name, value in changes.items():
        if name == "authors":
            checked[name] = _authors(value)
        elif name == "benefits":
            checked[name] = tuple(_benefit(one) for one in value)
        elif name in {"year", "dated_on"}:
            checked[name] = value
        else:
            checked[name] = " ".join(str(value).split())[:_LONGEST]
    year = checked.get("year")
    if year is not None and not _YEARS[0] <= year <= _YEARS[1]:
        raise InvalidInput(f"{year} is no year of a publication.", help="Write it as 2026.", field="year")
    return checked


def _authors(value: str | Iterable[str]) -> tuple[str, ...]:
    """Names as given; one text is split at its commas, and brought to the Vancouver form where it is not in it."""
    if not isinstance(value, str):
        return tuple(" ".join(name.split()) for name in value if name.strip())
    names = [name.strip() for name in value.replace(";", ",").split(",") if name.strip()]
    return tuple((authors_in(name) or (name,))[0] for name in names)


def _benefit(value: Mapping[str, str]) -> Benefit:
    smr, asmr = value.get("smr", "").strip().casefold(), value.get("asmr", "").strip().upper()
    if smr and smr not in _SMR:
        raise InvalidInput(f"{smr} is no SMR.", help=f"It is one of {', '.join(_SMR)}.", field="smr")
    if asmr and asmr not in _ASMR:
        raise InvalidInput(f"{asmr} is no ASMR.", help=f"It is one of {', '.join(_ASMR)}.", field="asmr")
    return Benefit(" ".join(value.get("indication", "").split())[:_LONGEST], smr, asmr)


def _digest(reference: BibliographicReference | None) -> str | None:
    if reference is None:
        return None
    return hashlib.sha256(rfc8785.dumps(reference_to_json(reference))).hexdigest()
