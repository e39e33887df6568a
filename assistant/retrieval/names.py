"""What a product is called."""

import re

from sqlalchemy import Connection, select

from assistant.corpus.label_names import learned_names
from assistant.corpus.sheet import names_of
from assistant.store.schema import product
from assistant.store.words import fold_accents


def known_names(connection: Connection, product_id: str) -> tuple[str, ...]:
    """Every name of the sheet, and those that the product's labels agree on; none of an unknown product."""
    row = connection.execute(
        select(product.c.name, product.c.sheet).where(product.c.id == product_id)
    ).first()
    if row is None:
        return ()
    names = names_of(row.name, row.sheet)
    held = {fold_accents(name) for name in names}
    learned = learned_names(connection, product_id).values()
    more = (text for found in learned for text in (found.brand, found.substance) if text)
    return (*names, *dict.fromkeys(text for text in more if fold_accents(text) not in held))


def other_names(connection: Connection, product_id: str, text: str) -> tuple[str, ...]:
    """The product's names that a text does not use, where it uses one of them; none where it uses none."""
    said = f" {' '.join(_words(text))} "
    names = known_names(connection, product_id)
    used = [name for name in names if f" {' '.join(_words(name))} " in said]
    return tuple(name for name in names if name not in used) if used else ()


def products_named(connection: Connection, text: str) -> tuple[str, ...]:
    """The names under which the active products are registered that a text calls by any of their names."""
    said = f" {' '.join(_words(text))} "
    active = select(product.c.id, product.c.name).where(product.c.status == "active").order_by(product.c.key)
    return tuple(
        row.name
        for row in connection.execute(active)
        if any(f" {' '.join(_words(name))} " in said for name in known_names(connection, row.id))
    )


def _words(text: str) -> list[str]:
    return [folded for word in re.findall(r"[^\W_]+", text) if (folded := fold_accents(word))]
