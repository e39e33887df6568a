"""The register of recipients (rule WF7): how a publication was used, since when, and who received it."""

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select

from assistant.audit.trail import record
from assistant.corpus.written import civil_day
from assistant.errors import Conflict, InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.model import Publication
from assistant.publishing.rows import last_publication, load_publication
from assistant.review.pieces import load_piece
from assistant.store.batches import batches
from assistant.store.clock import civil_date
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import note as note_table
from assistant.store.schema import publication_use as use_table

_MODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_LONGEST_NAME = 200
_COLUMNS = ("publication", "mode", "used_on", "recipient")
MOST_LINES = 100_000


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a publication; `recipient` is a person's or a body's name, which may be erased later."""

    publication: str
    """Its id, or its piece's for the newest publication of the piece."""
    mode: str
    used_on: date
    recipient: str
    origin: tuple[str, int] | None = None
    """SHA-256 of the file that it stands in, and its line."""


def record_use(db: Database, actor: Actor, use: Use) -> dict[str, Any]:
    """Enter one use in the register. Raises NotAllowed, InvalidInput, UnknownPublication, UnknownPiece."""
    require(actor, Permission.PUBLISH)
    with db.write() as tx:
        return _enter(tx, actor, use)


def import_uses(db: Database, actor: Actor, data: bytes) -> int:
    """Enter every line of a CSV file (publication, mode, used_on, recipient), or none; returns how many.

    Raises InvalidInput that names the first line that cannot be, Conflict for a file that is in the register already.
    """
    require(actor, Permission.PUBLISH)
    uses = read_uses(data)
    with db.write() as tx:
        known = tx.execute(
            select(use_table.c.id).where(use_table.c.file_sha256 == hashlib.sha256(data).hexdigest()).limit(1)
        ).first()
        if known is not None:
            raise Conflict("This very file is in the register already.", help="Nothing was entered twice.")
        for use in uses:
            try:
                _enter(tx, actor, use)
            except InvalidInput as refusal:
                raise _at_line(use.origin[1] if use.origin else 0, str(refusal)) from refusal
    return len(uses)


def read_uses(data: bytes) -> list[Use]:
    """The lines of a CSV file, separated by commas or semicolons. Raises InvalidInput."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput("The file is not UTF-8 text.", help="Save it as CSV in UTF-8.") from error
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise InvalidInput(
            f"The file has no column {missing[0]}.", help=f"Its first line names: {', '.join(_COLUMNS)}."
        )
    uses: list[Use] = []
    for row in reader:
        if len(uses) == MOST_LINES:
            raise InvalidInput(f"The file has more than {MOST_LINES} lines.", help="Import it in parts.")
        values = {name: (row[name] or "").strip() for name in _COLUMNS}
        try:
            day = civil_day(values["used_on"], "used_on")
        except InvalidInput as refusal:
            raise _at_line(reader.line_num, str(refusal)) from refusal
        origin = (digest, reader.line_num)
        uses.append(Use(values["publication"], values["mode"], day, values["recipient"], origin))
    return uses


def uses_of(connection: Connection, publications: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """By publication: its uses, first ones first; a name that was erased is None."""
    found: dict[str, list[dict[str, Any]]] = {}
    for some in batches(publications):
        rows = connection.execute(
            select(use_table, note_table.c.text)
            .outerjoin(note_table, note_table.c.audit_number == use_table.c.audit_number)
            .where(use_table.c.publication_id.in_(some))
            .order_by(use_table.c.used_on, use_table.c.recorded_at, use_table.c.id)
        )
        for row in rows:
            one = {"mode": row.mode, "used_on": row.used_on.isoformat(), "recipient": row.text}
            found.setdefault(row.publication_id, []).append({"id": row.id, "entry": row.audit_number, **one})
    return found


def _enter(tx: Transaction, actor: Actor, use: Use) -> dict[str, Any]:
    publication = _meant(tx.connection, use.publication)
    _require_possible(tx, use, publication)
    use_id = new_id("use")
    day = use.used_on.isoformat()
    details = {"publication": publication.id, "use": use_id, "mode": use.mode, "used_on": day}
    number = record(tx, actor, "publication.used", publication.piece_id, details, free_text=use.recipient)
    tx.execute(
        insert(use_table).values(
            id=use_id,
            piece_id=publication.piece_id,
            publication_id=publication.id,
            mode=use.mode,
            used_on=use.used_on,
            audit_number=number,
            file_sha256=use.origin[0] if use.origin else None,
            file_line=use.origin[1] if use.origin else None,
            recorded_by=actor.id,
            recorded_at=tx.now,
        )
    )
    return {"id": use_id, "publication": publication.id, "mode": use.mode, "used_on": day, "entry": number}


def _meant(connection: Connection, named: str) -> Publication:
    if not named.startswith("piece_"):
        return load_publication(connection, named)
    found = last_publication(connection, load_piece(connection, named).id)
    if found is None:
        raise InvalidInput(f"The piece {named} was never published.", help="Only what was published is used.")
    return found


def _require_possible(tx: Transaction, use: Use, publication: Publication) -> None:
    if not _MODE.fullmatch(use.mode):
        raise InvalidInput(
            f"{use.mode[:60]} is no mode of use.",
            help="One word, for instance visit, email, hand-out, congress.",
        )
    if not use.recipient or len(use.recipient) > _LONGEST_NAME or not use.recipient.isprintable():
        raise InvalidInput(
            f"A recipient is named in at most {_LONGEST_NAME} characters.", help="Name a person or a body."
        )
    market = load_piece(tx.connection, publication.piece_id).market
    first, today = civil_date(publication.published_at, market), civil_date(tx.now, market)
    if not first <= use.used_on <= today:
        raise InvalidInput(
            f"It cannot have been used on {use.used_on}: it was published on {first}, and today is {today}.",
            help="Give the day of use.",
        )


def _at_line(line: int, what: str) -> InvalidInput:
    return InvalidInput(f"Line {line}: {what}", help="Mend the line; nothing was entered.", line=line)
