"""`ancrage calendar`: what runs out, when."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.people.roles import Actor
from assistant.publishing.calendar import calendar, expiry_json, make_reminders, reminders
from assistant.publishing.conditions.keeping_up import keep_up
from assistant.publishing.ical import icalendar


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """List it; with --ics write it as an iCalendar file too. What the hour of a server does is done first."""
    keep_up(app.db)
    found = calendar(app.db, actor, arguments.product, arguments.days)
    make_reminders(app.db)
    document: dict[str, Any] = {
        "calendar": [expiry_json(one) for one in found],
        "reminders": reminders(app.db, actor),
    }
    if arguments.ics:
        path = io.path(arguments.ics)
        path.write_bytes(icalendar(found, app.clock.now(), actor.language).encode())
        document["file"] = str(path)
    return document
