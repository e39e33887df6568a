"""The registry of products: their sheets, and the freeze that stops everything about one of them."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy import Connection, insert, select, update

from assistant.audit.trail import record
from assistant.corpus.sheet import clean_sheet
from assistant.errors import Conflict, InvalidInput, ProductFrozen, UnknownProduct, WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.store.batches import batches
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import product

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Product:
    """A medicine, or whatever else the sources speak of."""

    id: str
    name: str
    status: str
    """active or frozen."""
    sheet: dict[str, Any]
    frozen_reason: str | None
    created_at: datetime


def add_product(db: Database, actor: Actor, name: str, sheet: dict[str, Any]) -> Product:
    """Register a product. Raises Conflict where the name is taken, InvalidInput for a bad name or sheet."""
    require(actor, Permission.MANAGE_PRODUCTS)
    clean, checked = _clean_name(name), clean_sheet(sheet)
    with db.write() as tx:
        if _find(tx.connection, clean) is not None:
            raise Conflict(
                f"There is a product named {clean} already.",
                help="Change its sheet with `ancrage product update`.",
            )
        return insert_product(tx, actor, clean, checked)


def insert_product(tx: Transaction, actor: Actor, name: str, sheet: dict[str, Any]) -> Product:
    """Add the row and its audit entry; the caller has checked the permission, the name and the sheet."""
    row = Product(new_id("product"), _clean_name(name), "active", sheet, None, tx.now)
    tx.execute(
        insert(product).values(
            id=row.id, name=row.name, key=_key(row.name), status=row.status, sheet=sheet, created_at=tx.now
        )
    )
    record(tx, actor, "product.added", row.id, {"sheet_sha256": sheet_sha256(sheet)})
    return row


def update_product(db: Database, actor: Actor, name: str, sheet: dict[str, Any]) -> Product:
    """Replace the sheet; the same sheet again changes nothing. Raises UnknownProduct or InvalidInput."""
    require(actor, Permission.MANAGE_PRODUCTS)
    checked = clean_sheet(sheet)
    with db.write() as tx:
        found = find_product(tx.connection, name)
        if checked != found.sheet:
            tx.execute(update(product).where(product.c.id == found.id).values(sheet=checked))
            before, after = sheet_sha256(found.sheet), sheet_sha256(checked)
            record(tx, actor, "product.updated", found.id, {"before_sha256": before, "after_sha256": after})
        return find_product(tx.connection, name)


def freeze_product(db: Database, actor: Actor, name: str, reason: str) -> Product:
    """Stop drafting, review, publication and answers about it, at once. Raises WrongState where it is frozen."""
    require(actor, Permission.FREEZE_PRODUCT)
    stated = require_reason(reason)
    return _set_status(db, actor, name, "frozen", stated)


def unfreeze_product(db: Database, actor: Actor, name: str, reason: str) -> Product:
    """Lift the freeze. Raises WrongState where there is none."""
    require(actor, Permission.FREEZE_PRODUCT)
    stated = require_reason(reason)
    return _set_status(db, actor, name, "active", stated)


def find_product(place: Database | Connection, name: str) -> Product:
    """The product of that name (letter case does not matter) or id. Raises UnknownProduct, naming those there are."""
    if isinstance(place, Database):
        with place.read() as connection:
            return find_product(connection, name)
    found = _find(place, name)
    if found is None:
        names = ", ".join(place.execute(select(product.c.name).order_by(product.c.key).limit(20)).scalars())
        raise UnknownProduct(
            f"There is no product named {name}.",
            help=f"The products are: {names}." if names else "Add one with `ancrage product add`.",
            name=name,
        )
    return found


def find_or_none(connection: Connection, name: str) -> Product | None:
    """The product of that name or id, if there is one."""
    return _find(connection, name)


def load_products(connection: Connection, ids: Collection[str]) -> dict[str, Product]:
    """The products with those ids, by id."""
    return {
        row.id: _product(row)
        for some in batches(ids)
        for row in connection.execute(select(product).where(product.c.id.in_(some)))
    }


def list_products(db: Database) -> list[Product]:
    """Every product, by name."""
    with db.read() as connection:
        return [_product(row) for row in connection.execute(select(product).order_by(product.c.key))]


def require_active(found: Product) -> None:
    """Raise ProductFrozen, with the reason, where the product is frozen."""
    if found.status != "active":
        raise ProductFrozen(
            f"{found.name} is frozen: {found.frozen_reason}",
            help="Nothing is drafted, reviewed, published or answered about it until the freeze is lifted.",
            name=found.name,
            reason=found.frozen_reason,
        )


def product_json(found: Product) -> dict[str, Any]:
    """As the command line and the API show it."""
    return {
        "id": found.id,
        "name": found.name,
        "status": found.status,
        "frozen_reason": found.frozen_reason,
        "sheet": found.sheet,
        "created_at": found.created_at.isoformat(timespec="seconds"),
    }


def require_reason(reason: str) -> str:
    """The reason, trimmed. Raises InvalidInput for an empty one."""
    if not reason.strip():
        raise InvalidInput("A reason is needed.", help="Say why in a sentence; it is kept in the trail.")
    return reason.strip()


def sheet_sha256(sheet: dict[str, Any]) -> str:
    """The digest of a sheet's canonical JSON."""
    return hashlib.sha256(rfc8785.dumps(sheet)).hexdigest()


def _set_status(db: Database, actor: Actor, name: str, status: str, reason: str) -> Product:
    with db.write() as tx:
        found = find_product(tx.connection, name)
        kept = reason if status == "frozen" else None
        changed = tx.execute(
            update(product)
            .where(product.c.id == found.id, product.c.status != status)
            .values(status=status, frozen_reason=kept)
        )
        if not changed.rowcount:
            raise WrongState(f"{found.name} is {status} already.", help="Nothing was changed.")
        action = "product.frozen" if status == "frozen" else "product.unfrozen"
        record(tx, actor, action, found.id, free_text=reason)
        return find_product(tx.connection, name)


def _find(connection: Connection, name: str) -> Product | None:
    row = connection.execute(
        select(product).where((product.c.key == _key(name)) | (product.c.id == name))
    ).first()
    return None if row is None else _product(row)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _clean_name(name: str) -> str:
    clean = " ".join(name.split())
    if not clean or len(clean) > _LONGEST_NAME or not clean.isprintable():
        raise InvalidInput("That cannot be a product's name.", help="Use 1 to 200 printable characters.")
    return clean


def _product(row: Any) -> Product:
    return Product(row.id, row.name, row.status, dict(row.sheet), row.frozen_reason, row.created_at)
