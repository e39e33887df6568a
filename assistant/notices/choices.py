"""What each person has chosen."""

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from sqlalchemy import Connection, Row, insert, select, update

from assistant.audit.trail import record
from assistant.errors import InvalidInput
from assistant.notices.addresses import Outside
from assistant.notices.model import FORMS, KINDS, PACES, Choice, Form, Kind, Pace, Ways
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.schema import notice_choice as table

_LONGEST = 500
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change of a choice; what is None stays as it is, and an empty address is taken away."""

    email: str | None = None
    webhook: str | None = None
    form: str | None = None
    kinds: Mapping[str, Mapping[str, Any]] | None = None
    """By kind: any of "app", "email", "webhook"."""


def choice_of(db: Database, actor: Actor) -> Choice:
    """The actor's own."""
    with db.read() as connection:
        return choices_of(connection, [actor.id]).get(actor.id, Choice())


def choices_of(connection: Connection, people: Collection[str]) -> dict[str, Choice]:
    """By person, of those who have chosen."""
    rows = connection.execute(select(table).where(table.c.user_id.in_(people)))
    return {row.user_id: _choice(row) for row in rows}


def choose(db: Database, actor: Actor, wanted: Wanted, outside: Outside) -> Choice:
    """Change one's own choice. The audit says by which ways one is told, never the addresses.

    Raises InvalidInput for an unknown kind, way or form, and for an address to which nothing may be sent.
    """
    before = choice_of(db, actor)
    after = Choice(
        _email(before.email if wanted.email is None else wanted.email),
        _webhook(before.webhook if wanted.webhook is None else wanted.webhook, outside),
        _form(before.form if wanted.form is None else wanted.form),
        _kinds(before, wanted.kinds or {}),
    )
    _require_addresses(after)
    row = {
        "email": after.email or None,
        "webhook": after.webhook or None,
        "webhook_form": after.form,
        "kinds": {kind: asdict(ways) for kind, ways in after.kinds.items()},
    }
    with db.write() as tx:
        changed = tx.execute(
            update(table).where(table.c.user_id == actor.id).values(changed_at=tx.now, **row)
        )
        if changed.rowcount == 0:
            tx.execute(insert(table).values(user_id=actor.id, changed_at=tx.now, **row))
        details = {
            "kinds": row["kinds"],
            "form": after.form,
            "email": bool(after.email),
            "webhook": bool(after.webhook),
        }
        record(tx, actor, "notices.chosen", actor.id, details)
    return after


def choice_json(choice: Choice) -> dict[str, Any]:
    """As the command line shows it to the person who chose; every kind is named."""
    return {
        "email": choice.email,
        "webhook": choice.webhook,
        "form": choice.form,
        "kinds": {kind: asdict(choice.ways(kind)) for kind in KINDS},
    }


def _choice(row: Row[Any]) -> Choice:
    kinds = {cast("Kind", kind): Ways(**ways) for kind, ways in row.kinds.items() if kind in KINDS}
    return Choice(row.email or "", row.webhook or "", row.webhook_form or "json", kinds)


def _kinds(before: Choice, wanted: Mapping[str, Mapping[str, Any]]) -> dict[Kind, Ways]:
    kinds = dict(before.kinds)
    for name, ways in wanted.items():
        if name not in KINDS:
            raise InvalidInput(f"Nobody is told of {name}.", help=f"One of: {', '.join(KINDS)}.")
        kind: Kind = name
        kinds[kind] = replace(before.ways(kind), **_ways(ways))
        if kind == "recalled" and not kinds[kind].app:
            raise InvalidInput(
                "Recalls always stand in the app.",
                help="What was recalled must not be used by anybody any more.",
            )
        if kind == "account" and not kinds[kind].app:
            raise InvalidInput(
                "What happens to your account always stands in the app.",
                help="Nobody but you can tell that a login is not yours.",
            )
    return kinds


def _ways(given: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for way, value in given.items():
        if way == "email" and value in PACES:
            found["email"] = cast("Pace", value)
        elif way in {"app", "webhook"} and isinstance(value, bool):
            found[way] = value
        else:
            raise InvalidInput(
                f"{way}={value} is no way to be told.", help=f"Email is one of: {', '.join(PACES)}."
            )
    return found


def _email(given: str) -> str:
    clean = given.strip()
    if clean and (len(clean) > _LONGEST or not _EMAIL.fullmatch(clean) or not clean.isascii()):
        raise InvalidInput("That is not an email address.", help="For instance name@company.example.")
    return clean


def _webhook(given: str, outside: Outside) -> str:
    clean = given.strip()
    if clean:
        if len(clean) > _LONGEST:
            raise InvalidInput("The webhook's address is too long.", help="At most 500 characters.")
        outside.require_webhook(clean)
    return clean


def _form(given: str) -> Form:
    if given not in FORMS:
        raise InvalidInput(f"There is no webhook of the form {given}.", help=f"One of: {', '.join(FORMS)}.")
    return given


def _require_addresses(choice: Choice) -> None:
    for ways in choice.kinds.values():
        if ways.email != "off" and not choice.email:
            raise InvalidInput("There is no address to mail to.", help="Give your email address.")
        if ways.webhook and not choice.webhook:
            raise InvalidInput("There is no webhook to post to.", help="Give the webhook's address.")
