"""`ancrage figures`: how long the work takes, how often it comes back, and why."""

from argparse import Namespace
from datetime import date
from typing import Any

from api.cli.io import Io, whole_file
from assistant.bootstrap import App
from assistant.errors import InvalidInput
from assistant.figures.measure import Scope, figures
from assistant.figures.table import figures_csv
from assistant.people.roles import Actor


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Count them; with --csv write them as a file too."""
    scope = Scope(arguments.product, arguments.market, _day(arguments.since), _day(arguments.until))
    document: dict[str, Any] = {"figures": figures(app.db, actor, scope)}
    if arguments.csv:
        path = io.path(arguments.csv)
        with whole_file(path) as half:
            half.write_text(figures_csv(document["figures"]), encoding="utf-8")
        document["file"] = str(path)
    return document


def _day(given: str | None) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise InvalidInput(f"{given} is not a date.", help="Write it as 2026-01-31.") from error
