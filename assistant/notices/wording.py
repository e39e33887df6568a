"""A notice in words: only what its reader may see, as of the moment of showing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection, select

from assistant.notices.model import Notice
from assistant.people.roles import Actor, Permission
from assistant.store.schema import audit_entry, case, comment, piece, product, publication, source, user

_PAGES = {"source_": "/sources/{0}", "case_": "/cases/{0}", "policy": "/policy"}
_ON_A_DEPUTY = frozenset({"delegation.named", "delegation.ended"})
_ON_A_COMMENT = frozenset({"piece.commented", "comment.resolved"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader is shown of a notice."""

    notice: Notice
    text: str
    title: str
    """Empty where the reader may not see it."""
    link: str
    """A path; the whole address is made where it is sent."""


def say(connection: Connection, actor: Actor, notices: Iterable[Notice]) -> list[Said]:
    """Each notice as the actor may see it now, in their language."""
    found = list(notices)
    subjects = {one.subject for one in found}
    pieces = _titles(connection, piece, subjects) if actor.may(Permission.READ_PIECES) else {}
    sources = _titles(connection, source, subjects) if actor.may(Permission.READ_SOURCES) else {}
    published = {
        row.piece_id: row.id
        for row in connection.execute(
            select(publication.c.piece_id, publication.c.id)
            .where(publication.c.piece_id.in_(subjects))
            .order_by(publication.c.published_at)
        )
    }
    places = _statements(connection, found) if actor.may(Permission.READ_PIECES) else {}
    cases = _medicines(connection, subjects) if actor.may(Permission.READ_CASES) else {}
    holders = _names(connection, subjects) if actor.may(Permission.MANAGE_USERS) else {}
    absent = _names(connection, {one.subject for one in found if one.action in _ON_A_DEPUTY})
    titles = {
        **absent,
        **pieces,
        **sources,
        **holders,
        **cases,
        actor.id: actor.name,
        "policy": words("policy", actor.language),
    }
    return [
        Said(
            one,
            words(_key(actor, one), actor.language),
            titles.get(one.subject, ""),
            _link(actor, one, titles, published) + _place(one, places),
        )
        for one in found
    ]


def _key(actor: Actor, one: Notice) -> str:
    """Of a linked login, its holder and the administrators are told in other words."""
    waits = one.action == "identity.linked" and one.subject != actor.id
    return "identity.waits" if waits else one.action


def words(key: str, language: str) -> str:
    """A sentence of words.yaml in English or French."""
    sentences = _words()[key]
    return sentences.get(language, sentences["en"])


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    import yaml

    text = files("assistant.notices").joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(text)
    return loaded


def _titles(connection: Connection, table: Any, ids: set[str]) -> dict[str, str]:
    rows = connection.execute(select(table.c.id, table.c.title).where(table.c.id.in_(ids)))
    return {row.id: row.title for row in rows}


def _names(connection: Connection, ids: set[str]) -> dict[str, str]:
    rows = connection.execute(select(user.c.id, user.c.name).where(user.c.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _medicines(connection: Connection, ids: set[str]) -> dict[str, str]:
    """By case: the medicine that it is about, and nothing of what was reported."""
    named = select(case.c.id, product.c.name).join(product, product.c.id == case.c.product_id)
    return {row.id: row.name for row in connection.execute(named.where(case.c.id.in_(ids)))}


def _statements(connection: Connection, found: Iterable[Notice]) -> dict[int, str]:
    """By number of the entry: the statement that a comment is on."""
    numbers = [one.entry for one in found if one.action in _ON_A_COMMENT]
    entries = connection.execute(
        select(audit_entry.c.number, audit_entry.c.canonical).where(audit_entry.c.number.in_(numbers))
    )
    comments = {row.number: json.loads(row.canonical)["details"].get("comment") for row in entries}
    rows = connection.execute(
        select(comment.c.id, comment.c.lineage).where(comment.c.id.in_(set(comments.values())))
    )
    lineages = {row.id: row.lineage for row in rows if row.lineage}
    return {number: lineages[on] for number, on in comments.items() if on in lineages}


def _place(one: Notice, places: Mapping[int, str]) -> str:
    lineage = places.get(one.entry)
    return f"?statement={lineage}#{lineage}" if lineage else ""


def _account_page(actor: Actor, one: Notice) -> str:
    if one.action in _ON_A_DEPUTY:
        return "/me#deputies"
    return "/me" if one.subject == actor.id else f"/users#{one.subject}"


def _link(actor: Actor, one: Notice, shown: Mapping[str, str], published: Mapping[str, str]) -> str:
    for prefix, place in _PAGES.items():
        if one.subject.startswith(prefix) and one.subject in shown:
            return place.format(one.subject)
    if one.kind == "account" or one.action in _ON_A_DEPUTY:
        return _account_page(actor, one)
    if one.action == "confirmation.opened" and actor.may(Permission.READ_PIECES):
        return "/confirmations"
    to_review = one.kind in {"assigned", "overdue"} or one.action in _ON_A_COMMENT
    if to_review and actor.may(Permission.REVIEW):
        return f"/review/{one.subject}"
    if actor.may(Permission.READ_PIECES) and not one.action.startswith("case."):
        return f"/pieces/{one.subject}"
    return f"/published/{published[one.subject]}" if one.subject in published else "/notices"
