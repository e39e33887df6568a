"""`ancrage source reread`: what an older reader read, read again."""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from api.cli.io import Io, ProgressBar
from api.refusal import error_json
from assistant.bootstrap import App
from assistant.corpus.loading import load_source
from assistant.corpus.rereading import live_sources, otherwise, read_by_older
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.reread import reread_diff
from ingestion.errors import AncrageError


def reread(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Read one source again, or all that an older reader read. To name a source is to decide on it."""
    if bool(arguments.source) == arguments.all:
        raise InvalidInput("Name a source, or give --all.", help="One of the two.")
    require(actor, Permission.APPROVE_SOURCE)
    progress = ProgressBar(io)
    try:
        if arguments.all:
            return _all(app, actor, progress, dry_run=arguments.dry_run)
        told = _read(app, actor, arguments.source, progress)
        shown = reread_diff(app.db, actor, arguments.source) if arguments.dry_run else {}
        done = {} if arguments.dry_run else _take(app, actor, told)
    finally:
        progress.close()
    warning = {"warning": done.pop("warning")} if "warning" in done else {}
    return {
        "reread": {**told, **done},
        **{name: shown[name] for name in ("diff", "affected") if shown},
        **warning,
    }


def _all(app: App, actor: Actor, progress: ProgressBar, *, dry_run: bool) -> dict[str, Any]:
    """Every source by itself: one that reads the same moves, one that reads otherwise is named and stays."""
    with app.db.read() as connection:
        older = live_sources(connection, read_by_older(connection))
    told: list[dict[str, Any]] = []
    refused = []
    for one in older:
        try:
            found = _read(app, actor, one.id, progress)
            told.append({**found, **(_take(app, actor, found) if found["same"] and not dry_run else {})})
        except AncrageError as error:
            refused.append({"source": one.id, "title": one.title, **error_json(error)})
    counts = {
        "older": len(older),
        "same": sum(one["same"] for one in told),
        "otherwise": sum(not one["same"] for one in told),
        "moved": sum(one["moved"] for one in told),
        "refused": len(refused),
    }
    return {"rereads": told, "refused": refused, "counts": counts, "exit": 1 if refused else 0}


def _read(app: App, actor: Actor, source_id: str, progress: ProgressBar) -> dict[str, Any]:
    before, newer = app.rereading.read(actor, source_id, progress)
    with app.db.read() as connection:
        found = load_source(connection, source_id)
        told = otherwise(connection, found, newer)
    return {
        "source": source_id,
        "title": found.title,
        "before": before,
        "reading": newer,
        "same": told.same,
        "otherwise": asdict(told),
        "moved": False,
    }


def _take(app: App, actor: Actor, told: dict[str, Any]) -> dict[str, Any]:
    done = app.rereading.take(actor, told["source"], told["before"], told["reading"])
    return {name: value for name, value in done.items() if name != "source"}
