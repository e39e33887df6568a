"""Opening a home."""

from dataclasses import replace

from assistant.audit.heads import HeadsLog
from assistant.audit.verify import HEADS
from assistant.bootstrap.app import App
from assistant.settings import Settings, failpoint_of
from assistant.store.clock import Clock, SystemClock
from assistant.store.database import Transaction, open_database
from assistant.store.migrations import migrate
from assistant.store.originals import storage_error


def open_app(settings: Settings, clock: Clock | None = None) -> App:
    """Open the home: make it where there is none, bring the database up to date, note the audit's heads outside it.

    The caller owns the home (see `ancrage`'s lock). Raises StorageFull, Busy, IntegrityError or InvalidInput.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise storage_error(error) from error
    used = clock or SystemClock()
    db = replace(
        open_database(settings.database_url, used),
        failpoint=failpoint_of(settings),
        before_commit=_note_for_people,
        after_commit=HeadsLog(settings.home / HEADS).append,
    )
    migrate(db)
    return App(settings, used, db)


def _note_for_people(tx: Transaction) -> None:
    from assistant.notices.outbox import note_for_people

    note_for_people(tx)
