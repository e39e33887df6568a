"""A label that names its product nowhere: it may be another medicine's, filed under this one by mistake."""

import re

from sqlalchemy import Connection, select

from assistant.corpus.model import Source
from assistant.corpus.sheet import names_of
from assistant.store.schema import passage, product
from assistant.store.words import fold_accents

FIRST_PASSAGES = 24
"""Sections 1 and 2 say what the medicine is called; behind them it is named in nearly every one."""
_SHORTEST = 4
"""Letters of a word that tells a medicine from another."""


def names_nothing_of(connection: Connection, source: Source) -> str:
    """The product's names, where a label calls its medicine by none of them; empty where it does, and of any other kind.

    The names are those of the product and its sheet, never what labels taught: a misfiled label would vouch for itself.
    """
    if source.kind != "label":
        return ""
    row = connection.execute(
        select(product.c.name, product.c.sheet).where(product.c.id == source.product_id)
    ).one()
    first = connection.execute(
        select(passage.c.heading, passage.c.text)
        .where(passage.c.reading_id == source.reading_id, passage.c.ordinal < FIRST_PASSAGES)
        .order_by(passage.c.ordinal)
    ).all()
    names = names_of(row.name, row.sheet)
    told = " ".join((source.title, *(f"{one.heading} {one.text}" for one in first)))
    return ", ".join(names) if first and not named_in(names, told) else ""


def named_in(names: tuple[str, ...], text: str) -> bool:
    """Whether a text has a telling word of one of the names, whatever its accents and its last e (doxorubicine, doxorubicin)."""
    said = _words(text)
    telling = {word for name in names for word in _words(name) if len(word) >= _SHORTEST}
    return bool(said & (telling or {word for name in names for word in _words(name)}))


def _words(text: str) -> set[str]:
    return {fold_accents(word).removesuffix("e") for word in re.findall(r"[^\W_]+", text)}
