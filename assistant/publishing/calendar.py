"""The calendar of what runs out: approvals of sources, publications, visas; and the reminders of it."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, insert, select

from assistant.audit.trail import record
from assistant.corpus.loading import load_sources
from assistant.corpus.products import Product, find_product, load_products
from assistant.people.roles import SYSTEM, Actor, Permission, require
from assistant.publishing.conditions.data import conditions_of
from assistant.publishing.conditions.deadlines import reminder_days
from assistant.publishing.errors import UNJUDGED
from assistant.publishing.model import LIVE, Publication
from assistant.publishing.rows import publication_of
from assistant.review.model import Piece
from assistant.review.pieces import load_pieces
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.ids import new_id
from assistant.store.schema import piece as piece_table
from assistant.store.schema import publication as publication_table
from assistant.store.schema import reminder, source

_log = logging.getLogger(__name__)
THRESHOLDS = (180, 90, 30, 7)
"""Days before the last day of use at which somebody is reminded; of a visa or certificate the first as its market says."""
Kind = Literal["source", "publication", "visa", "certificate"]

KINDS: tuple[Kind, ...] = ("source", "publication", "visa", "certificate")


@dataclass(frozen=True, slots=True)
class Expiry:
    """Something that runs out; its last day is still valid."""

    kind: Kind
    id: str
    """Of the source, or of the publication."""
    title: str
    product_id: str
    product: str
    markets: tuple[str, ...]
    expires_on: date
    days_left: int
    """On the wall of its market; below zero once it is over."""
    thresholds: tuple[int, ...] = THRESHOLDS

    @property
    def threshold(self) -> int | None:
        """The narrowest threshold that is passed; None before the first and once it is over."""
        if self.days_left < 0:
            return None
        return min((days for days in self.thresholds if self.days_left <= days), default=None)


def calendar(db: Database, actor: Actor, product: str | None = None, days: int | None = None) -> list[Expiry]:
    """What runs out, first things first: of one product or all, within so many days or ever. Raises UnknownProduct."""
    require(actor, Permission.READ_SOURCES)
    with db.read() as connection:
        product_id = find_product(connection, product).id if product else None
        found = _expiries(connection, db, product_id)
    return [one for one in found if days is None or one.days_left <= days]


def make_reminders(db: Database, actor: Actor = SYSTEM) -> int:
    """Make the reminders that are due, each once for its item, its date and its threshold; returns how many were made.

    What a publication says and cannot be read is logged and keeps nobody from being reminded of the rest.
    """
    with db.write() as tx:
        known = {(row.kind, row.item_id, row.expires_on, row.days) for row in tx.execute(select(reminder))}
        due = [
            one
            for one in _expiries(tx.connection, db, None)
            if one.threshold is not None and (one.kind, one.id, one.expires_on, one.threshold) not in known
        ]
        for one in due:
            row = {"kind": one.kind, "item_id": one.id, "expires_on": one.expires_on, "days": one.threshold}
            tx.execute(
                insert(reminder).values(
                    id=new_id("reminder"), product_id=one.product_id, made_at=tx.now, **row
                )
            )
            record(tx, actor, "reminder.made", one.id, {**row, "expires_on": one.expires_on.isoformat()})
    return len(due)


def reminders(db: Database, actor: Actor, kinds: Iterable[Kind] | None = None) -> list[dict[str, Any]]:
    """The newest reminder of each thing that has not run out or been renewed yet, as JSON, first things first."""
    require(actor, Permission.READ_SOURCES)
    wanted = set(kinds or KINDS)
    with db.read() as connection:
        live = {(one.kind, one.id, one.expires_on): one for one in _expiries(connection, db, None)}
        rows = connection.execute(select(reminder).order_by(reminder.c.days.desc()))
        newest = {(row.kind, row.item_id, row.expires_on): row for row in rows}
    shown = [
        {
            **expiry_json(live[key]),
            "threshold": row.days,
            "made_at": row.made_at.isoformat(timespec="seconds"),
        }
        for key, row in newest.items()
        if key in live and row.kind in wanted and live[key].days_left >= 0
    ]
    return sorted(shown, key=_first)


def expiry_json(one: Expiry) -> dict[str, Any]:
    """As the command line and the API show it."""
    document = asdict(one)
    return {
        **document,
        "markets": list(one.markets),
        "expires_on": one.expires_on.isoformat(),
        "thresholds": list(one.thresholds),
    }


def _first(item: Mapping[str, Any]) -> tuple[str, str, str]:
    return item["expires_on"], item["product"], item["title"]


def _expiries(connection: Connection, db: Database, product_id: str | None) -> list[Expiry]:
    found = [*_sources(connection, db, product_id), *_publications(connection, db, product_id)]
    return sorted(found, key=lambda one: (one.expires_on, one.product, one.title, one.kind))


def _sources(connection: Connection, db: Database, product_id: str | None) -> list[Expiry]:
    conditions = [source.c.status == "approved"]
    if product_id is not None:
        conditions.append(source.c.product_id == product_id)
    now = db.clock.now()
    return [
        Expiry(
            "source",
            one.id,
            one.title,
            one.product_id,
            one.product,
            tuple(sorted(one.markets)),
            one.approval.expires_on,
            min((one.approval.expires_on - civil_date(now, market)).days for market in one.markets or {"EU"}),
        )
        for one in load_sources(connection, *conditions)
        if one.approval is not None
    ]


def _publications(connection: Connection, db: Database, product_id: str | None) -> list[Expiry]:
    conditions: list[ColumnElement[bool]] = [publication_table.c.status.in_(LIVE)]
    if product_id is not None:
        conditions.append(piece_table.c.product_id == product_id)
    rows = connection.execute(
        select(publication_table)
        .join(piece_table, piece_table.c.id == publication_table.c.piece_id)
        .where(*conditions)
    ).all()
    pieces = load_pieces(connection, [row.piece_id for row in rows])
    products = load_products(connection, {one.product_id for one in pieces.values()})
    found: list[Expiry] = []
    for row in rows:
        piece = pieces[row.piece_id]
        try:
            found += _ends(row, piece, products[piece.product_id], civil_date(db.clock.now(), piece.market))
        except UNJUDGED:
            _log.exception("The publication %s cannot be read and is left out of the calendar", row.id)
    return found


def _ends(row: Row[Any], piece: Piece, product: Product, today: date) -> list[Expiry]:
    publication = publication_of(row)
    ends: list[tuple[Kind, date | None]] = [
        ("publication", publication.expires_on),
        ("visa", _day(publication, "visa_expires_on")),
        ("certificate", _day(publication, "certificate_expires_on")),
    ]
    return [
        Expiry(
            kind,
            publication.id,
            piece.title,
            product.id,
            product.name,
            (piece.market,),
            end,
            (end - today).days,
            _thresholds(piece, kind, end),
        )
        for kind, end in ends
        if end is not None
    ]


def _day(publication: Publication, name: str) -> date | None:
    """A day that it says; one that cannot be read keeps nobody from its other days."""
    written = publication.release.get(name)
    try:
        return date.fromisoformat(str(written)) if written else None
    except ValueError:
        _log.exception("The publication %s says no day as its %s", publication.id, name)
        return None


def _thresholds(piece: Piece, kind: Kind, end: date) -> tuple[int, ...]:
    """A visa or a certificate is first reminded of as many months before as its market says: six."""
    forms = {"visa": "permit", "certificate": "certificate"}
    asked = next((one for one in conditions_of(piece) if one.form == forms.get(kind)), None)
    if asked is None or asked.remind_months is None:
        return THRESHOLDS
    return (reminder_days(end, asked.remind_months), *THRESHOLDS[1:])
