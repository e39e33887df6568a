"""`ancrage calendar`: what runs out, when."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io, whole_file
from assistant.bootstrap import App
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.calendar import calendar, expiry_json, reminders
from assistant.publishing.hourly import BEFORE_THE_CALENDAR, do_hourly
from assistant.publishing.ical import icalendar


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """List it; with --ics write it as an iCalendar file too.

    What the hour of a server does is done first, as the system does it, and only for who may read the calendar; where it
    does not work, the calendar is read all the same.
    """
    require(actor, Permission.READ_SOURCES)
    do_hourly(app.db, BEFORE_THE_CALENDAR)
    found = calendar(app.db, actor, arguments.product, arguments.days)
    document: dict[str, Any] = {
        "calendar": [expiry_json(one) for one in found],
        "reminders": reminders(app.db, actor),
    }
    if arguments.ics:
        path = io.path(arguments.ics)
        with whole_file(path) as half:
            half.write_bytes(icalendar(found, app.clock.now(), actor.language).encode())
        document["file"] = str(path)
    return document
