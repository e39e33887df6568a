"""What is known and allowed of a source beside its text: its reference, its rights, what expires."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.corpus.claims import shown_claims
from assistant.corpus.decks import set_deck
from assistant.corpus.references import confirm_reference, reference_json
from assistant.corpus.rights import set_display_right
from assistant.corpus.sources import get_source, source_json
from assistant.corpus.written import civil_day
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require

_FIELDS = ("authors", "title", "journal", "year", "volume", "issue", "pages", "doi", "issuer")


def rights(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Change what may be shown of a source."""
    del io
    found = set_display_right(app.db, actor, arguments.source, arguments.display, arguments.reason)
    return {"source": source_json(app.db, found)}


def deck(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Confirm the deck that a recording speaks to, name another, or say that there is none."""
    del io
    chosen = arguments.deck
    if arguments.confirm:
        proposed = get_source(app.db, arguments.source).deck
        if proposed is None:
            raise InvalidInput("No deck is proposed.", help="Name it with --deck.")
        chosen = proposed["source"]
    found = set_deck(app.db, actor, arguments.source, chosen)
    return {"source": source_json(app.db, found)}


def reference(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Show the reference, or confirm it with the fields that are given."""
    del io
    require(actor, Permission.READ_SOURCES)
    changes = {name: value for name in _FIELDS if (value := getattr(arguments, name)) is not None}
    if arguments.dated_on:
        changes["dated_on"] = civil_day(arguments.dated_on, "--dated-on")
    if arguments.benefits:
        names = ("indication", "smr", "asmr")
        changes["benefits"] = [dict(zip(names, one, strict=True)) for one in arguments.benefits]
    if changes and not arguments.confirm:
        raise InvalidInput("Fields are kept when they are confirmed.", help="Add --confirm.")
    found = get_source(app.db, arguments.source)
    if arguments.confirm:
        found = confirm_reference(app.db, actor, found.id, changes)
    with app.db.read() as connection:
        return {"reference": reference_json(connection, found)}


def claims(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """The claims of a sheet, each with how it stands to the source that it refers to."""
    del io
    return shown_claims(app.db, actor, arguments.source)
