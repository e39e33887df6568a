"""A home of its own for a measurement, with the people it needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.bootstrap import App, open_app
from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.people.accounts import add_user, find_actor
from assistant.people.roles import Actor, Role
from assistant.settings import settings_from_environment, sqlite_url
from assistant.store.clock import SystemClock, civil_date

_PASSPHRASE = "measured, never kept"  # noqa: S105  opens a home that is deleted with the measurement


@contextmanager
def fresh_house() -> Iterator[tuple[App, Actor]]:
    """An empty home on the embedded defaults, and its librarian; deleted afterwards."""
    with TemporaryDirectory(prefix="ancrage-eval-") as folder:
        home = Path(folder)
        settings = replace(settings_from_environment(), home=home, database_url=sqlite_url(home))
        app = open_app(settings)
        try:
            add_user(app.db, None, "root", frozenset({Role.ADMIN}), _PASSPHRASE)
            admin = find_actor(app.db, "root")
            add_user(app.db, admin, "librarian", frozenset({Role.LIBRARIAN}), _PASSPHRASE)
            yield app, find_actor(app.db, "librarian")
        finally:
            app.close()


def approved_request(
    product: str, kind: str, language: str | None = None, title: str | None = None
) -> SourceRequest:
    """A source approved from yesterday on, for the EU, for every use."""
    today = civil_date(SystemClock().now(), "EU")
    return SourceRequest(
        product=product,
        kind=kind,
        markets=("EU",),
        language=language,
        title=title,
        approval=ApprovalRequest("EVAL", today - timedelta(days=1), today + timedelta(days=365)),
    )
