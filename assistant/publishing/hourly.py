"""What is done every hour about what runs out: visas carry on, what expired is marked, people are reminded."""

import logging
from collections.abc import Callable, Iterable

from assistant.publishing.calendar import make_reminders
from assistant.publishing.conditions.keeping_up import keep_up
from assistant.publishing.expiry import mark_expired
from assistant.store.database import Database

_log = logging.getLogger(__name__)
_Job = Callable[[Database], object]
EVERY_HOUR: tuple[_Job, ...] = (keep_up, mark_expired, make_reminders)
"""In this order: what is carried on has not expired."""
BEFORE_THE_CALENDAR: tuple[_Job, ...] = (keep_up, make_reminders)
"""Of a home that no server looks after; what has expired stays listed."""


def do_hourly(db: Database, jobs: Iterable[_Job] = EVERY_HOUR) -> None:
    """Do each. One that does not work is logged, tried again the next time, and stops no other.

    All change nothing where they were done before, so that each day's work is done once, in whichever time zone it begins.
    """
    for job in jobs:
        try:
            job(db)
        except Exception:  # noqa: BLE001  one job of three, and each is tried again
            _log.exception("%s did not work; it is tried again", getattr(job, "__name__", job))
