"""A home of its own for a measurement, with the people it needs."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from assistant.bootstrap import App, open_app
from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.people.accounts import add_user, find_actor
from assistant.people.roles import Actor, Role
from assistant.settings import Settings, settings_from_environment, sqlite_url
from assistant.store.clock import SystemClock, civil_date
from eval.kept_vectors import FILE, bring_back, bring_back_anywhere, keep

PASSPHRASE = "measured, never kept"  # noqa: S105  opens a home that is deleted with the measurement


@contextmanager
def fresh_house(server: str = "", *, keeping: bool = True) -> Iterator[tuple[App, Actor]]:
    """An empty home on the embedded defaults, and its librarian; deleted afterwards, but for its vectors.

    `server` is the address of a PostgreSQL on which a database may be made: then it is used, and dropped. Without
    `keeping` no vectors are brought or kept: those of made-up texts are worth nothing to the next run.
    """
    kept = settings_from_environment().home / FILE
    with TemporaryDirectory(prefix="ancrage-eval-") as folder, empty_database(Path(folder), server) as url:
        home = Path(folder)
        settings = replace(settings_from_environment(), home=home, database_url=url)
        app = open_app(settings)
        try:
            add_user(app.db, None, "root", frozenset({Role.ADMIN}), PASSPHRASE)
            if server and keeping:
                bring_back_anywhere(app.db, kept)
            elif keeping:
                bring_back(home, kept)
            admin = find_actor(app.db, "root")
            add_user(app.db, admin, "librarian", frozenset({Role.LIBRARIAN}), PASSPHRASE)
            yield app, find_actor(app.db, "librarian")
        finally:
            if keeping and not server:
                keep(home, kept)
            app.close()
            app.db.engine.dispose()


@contextmanager
def empty_database(home: Path, server: str) -> Iterator[str]:
    """The address of an empty database: a file in the home, or one of the server's that is dropped afterwards."""
    if not server:
        yield sqlite_url(home)
        return
    url = make_url(Settings.from_environment({"ANCRAGE_DATABASE_URL": server}).database_url)
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    name = f"ancrage_eval_{uuid4().hex}"
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        yield url.set(database=name).render_as_string(hide_password=False)
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


def improve_on_all_cores(app: App, say: Callable[[str], None]) -> None:
    """Make the missing vectors of the better model and of the one for English in as many processes as there are workers, and wait for them."""
    state = app.improvement()
    tiers = [one for one in (state, state["english"]) if one is not None and one["missing"]]
    if not tiers:
        return
    for one in tiers:
        say(
            f"{one['missing']} of {one['texts']} texts get their vector of {one['model']}; up to 0.15 s each and core."
        )
    count = app.settings.workers
    context = multiprocessing.get_context("spawn")
    others = [
        context.Process(target=_improve_share, args=(app.settings, (i, count))) for i in range(1, count)
    ]
    for process in others:
        process.start()
    app.improve(share=(0, count))
    for process in others:
        process.join()
    app.improve()


def _improve_share(settings: Settings, share: tuple[int, int]) -> None:
    app = open_app(settings)
    try:
        app.improve(share=share)
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
