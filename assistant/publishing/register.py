"""The register of recipients read, and how long its names are kept (rule WF7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from assistant.audit.reasons import require_reason
from assistant.audit.trail import record
from assistant.audit.verify import erase_text
from assistant.errors import NotFound, WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.conditions.data import market_of
from assistant.publishing.model import Publication
from assistant.publishing.recipients import uses_of
from assistant.publishing.rows import live_publication, load_publication, publication_of
from assistant.review.model import Piece
from assistant.review.pieces import load_piece
from assistant.review.policy import add_months
from assistant.review.shapes import Names
from assistant.store.clock import civil_date, instant
from assistant.store.database import Database
from assistant.store.schema import note as note_table
from assistant.store.schema import publication as publication_table
from assistant.store.schema import publication_use as use_table
from assistant.store.schema import recall as recall_table

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when the names of a publication's recipients have to be kept; no day while the piece may still be used."""

    until: date | None
    years: int

    def erasable(self, today: date) -> bool:
        """Whether the law asks for the names no longer."""
        return self.until is not None and today > self.until


def register_json(db: Database, actor: Actor, piece_id: str) -> dict[str, Any]:
    """{"piece", "title", "keep_years", "keep_source", "publications": [{…, "first_used_on", "kept_until", "uses"}]}.

    The newest publication first. Raises NotAllowed, UnknownPiece.
    """
    require(actor, Permission.READ_PIECES)
    with db.read() as connection:
        piece = load_piece(connection, piece_id)
        names = Names(connection)
        market = market_of(piece.market)
        today = civil_date(db.clock.now(), piece.market)
        rows = connection.execute(
            select(publication_table)
            .where(publication_table.c.piece_id == piece.id)
            .order_by(publication_table.c.published_at.desc(), publication_table.c.id)
        )
        publications = [publication_of(row) for row in rows]
        uses = uses_of(connection, [one.id for one in publications])
        return {
            "piece": piece.id,
            "title": piece.title,
            "market": piece.market,
            "keep_years": market.keep_years,
            "keep_source": dict(market.keep_source),
            "publications": [
                _publication_json(connection, piece, one, uses.get(one.id, []), names, today)
                for one in publications
            ],
        }


def erase_recipient(db: Database, actor: Actor, use_id: str, reason: str) -> dict[str, Any]:
    """Erase the name in one line; its mode, its day and its publication stay, and the audit trail stays whole.

    Raises NotAllowed, InvalidInput, NotFound for a line that is none or has no name any more, WrongState while the law
    asks for the name to be kept.
    """
    require(actor, Permission.ERASE_RECIPIENTS)
    text = require_reason(reason, "Erasing a recipient's name")
    with db.write() as tx:
        row = tx.execute(select(use_table).where(use_table.c.id == use_id)).first()
        if row is None:
            raise NotFound(f"The register has no line {use_id[:60]}.", help="See the register of the piece.")
        publication = load_publication(tx.connection, row.publication_id)
        piece = load_piece(tx.connection, row.piece_id)
        kept = kept_of(tx.connection, piece, publication)
        if not kept.erasable(civil_date(tx.now, piece.market)):
            when = f"until {kept.until}" if kept.until else f"{kept.years} years after its last use"
            raise WrongState(
                f"The law asks for this name to be kept {when}.",
                help="Erase it afterwards; a request to erase it is answered with that reason.",
            )
        erase_text(tx, actor, row.audit_number)
        details = {"use": use_id, "publication": publication.id, "entry": row.audit_number}
        record(tx, actor, "recipient.erased", piece.id, details, free_text=text)
        tx.failpoint("register:erased")
    return {"id": use_id, "publication": publication.id, "recipient": None}


def erase_due(db: Database, actor: Actor, reason: str) -> int:
    """Erase every name that the law no longer asks for, each in a transaction of its own; returns how many.

    Raises NotAllowed, InvalidInput.
    """
    require(actor, Permission.ERASE_RECIPIENTS)
    require_reason(reason, "Erasing recipients' names")
    due: list[str] = []
    with db.read() as connection:
        named = connection.execute(
            select(use_table.c.publication_id, use_table.c.id)
            .join(note_table, note_table.c.audit_number == use_table.c.audit_number)
            .where(note_table.c.text.is_not(None))
            .order_by(use_table.c.publication_id, use_table.c.id)
        )
        lines: dict[str, list[str]] = {}
        for row in named:
            lines.setdefault(row.publication_id, []).append(row.id)
        for publication_id, ids in lines.items():
            publication = load_publication(connection, publication_id)
            piece = load_piece(connection, publication.piece_id)
            today = civil_date(db.clock.now(), piece.market)
            if kept_of(connection, piece, publication).erasable(today):
                due += ids
    for use_id in due:
        erase_recipient(db, actor, use_id, reason)
    return len(due)


def kept_of(connection: Connection, piece: Piece, publication: Publication) -> Kept:
    """Counted from the last day on which it was, or could have been, used; not yet while any version is in use."""
    years = market_of(piece.market).keep_years
    if live_publication(connection, piece.id) is not None:
        return Kept(None, years)
    used = connection.scalars(
        select(use_table.c.used_on).where(use_table.c.publication_id == publication.id)
    ).all()
    stopped = connection.scalars(
        select(recall_table.c.recalled_at).where(recall_table.c.publication_id == publication.id)
    ).all()
    # A version that another replaced was served until that one was published; it has no recall of its own.
    replaced = connection.scalars(
        select(func.min(publication_table.c.published_at)).where(
            publication_table.c.piece_id == piece.id,
            publication_table.c.published_at > publication.published_at,
        )
    ).all()
    ended = [at for at in (*stopped, *replaced) if at is not None]
    days = [*used, *(civil_date(at, piece.market) for at in ended)]
    last = max(days, default=civil_date(publication.published_at, piece.market))
    return Kept(add_months(last, years * _MONTHS), years)


def _publication_json(
    connection: Connection,
    piece: Piece,
    publication: Publication,
    uses: Sequence[Mapping[str, Any]],
    names: Names,
    today: date,
) -> dict[str, Any]:
    kept = kept_of(connection, piece, publication)
    return {
        "id": publication.id,
        "status": publication.status,
        "manifest_hash": publication.manifest_hash,
        "published_by": names.person(publication.published_by),
        "published_at": instant(publication.published_at),
        "first_used_on": min((one["used_on"] for one in uses), default=None),
        "last_used_on": max((one["used_on"] for one in uses), default=None),
        "kept_until": kept.until.isoformat() if kept.until else None,
        "erasable": kept.erasable(today),
        "uses": list(uses),
    }
