"""`ancrage notices …`: what concerns the actor, and how they are told."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.notices.choices import Wanted, choice_json, choice_of, choose
from assistant.notices.listing import count_unread, list_notices, mark_read, notice_json
from assistant.notices.model import KINDS
from assistant.people.roles import Actor, Permission, require


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """List the actor's notices."""
    del io
    found = list_notices(app.db, actor, unread=arguments.unread)
    return {"notices": [notice_json(said) for said in found], "unread": count_unread(app.db, actor)}


def read(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Mark them as read."""
    del io
    changed = mark_read(app.db, actor, arguments.notices or None)
    return {"read": changed, "unread": count_unread(app.db, actor)}


def choose_ways(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Show how the actor is told, after the change that is asked for, if any."""
    del io
    ways: dict[str, Any] = {}
    if arguments.in_app is not None:
        ways["app"] = arguments.in_app == "on"
    if arguments.by_email is not None:
        ways["email"] = arguments.by_email
    if arguments.by_webhook is not None:
        ways["webhook"] = arguments.by_webhook == "on"
    wanted = Wanted(
        arguments.email,
        arguments.webhook,
        arguments.form,
        dict.fromkeys(arguments.kinds or KINDS, ways) if ways else None,
    )
    if wanted == Wanted():
        return {"choice": choice_json(choice_of(app.db, actor))}
    return {"choice": choice_json(choose(app.db, actor, wanted, app.outside))}


def send(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Say what is overdue and send what waits."""
    del arguments, io
    require(actor, Permission.RUN_SYSTEM)
    return {"delivery": app.tell_people()}
