"""Bring a database to the newest tables. Alembic is imported only when there is something to do."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from assistant.errors import IntegrityError
from assistant.store.database import Database

NEWEST = "0034"
_LOCK = 7265


def migrate(db: Database) -> bool:
    """Make or upgrade the tables; returns whether anything was done.

    Two processes may call it at once: the second waits, then finds nothing to do. All of it is one transaction.
    Raises IntegrityError for a database made by a newer Ancrage.
    """
    with db.read() as connection:
        if stored_revision(connection) == NEWEST:
            return False
    with db.write() as tx:
        if not db.is_sqlite:
            tx.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        stored = stored_revision(tx.connection)
        if stored == NEWEST:
            return False
        if stored is not None and stored not in known_revisions():
            raise IntegrityError(
                f"This database is at revision {stored}, which this version of Ancrage does not know.",
                help="Use the version of Ancrage that made it, or a newer one.",
            )
        _upgrade(tx.connection)
        tx.failpoint("migrate")
    return True


def stored_revision(connection: Connection) -> str | None:
    """The revision that the database says it is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def known_revisions() -> set[str]:
    """The revisions in this folder, by the first part of their file names."""
    return {path.name.partition("_")[0] for path in (Path(__file__).parent / "versions").glob("[0-9]*.py")}


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, NEWEST)
