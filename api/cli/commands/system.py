"""`ancrage index …` and `ancrage audit …`."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io, whole_file
from assistant.audit.verify import erase_note, export_trail, verify_trail
from assistant.bootstrap import App
from assistant.people.roles import Actor, Permission, require


def rebuild_index(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Make the vector index again from the vectors that the database holds."""
    del arguments, io
    require(actor, Permission.RUN_SYSTEM)
    return {"index": app.rebuild_index()}


def verify_index(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Compare the vector index with the database. Exit code 1 where they differ."""
    del arguments, io
    require(actor, Permission.RUN_SYSTEM)
    found = app.verify_index()
    return {"index": found, "exit": 0 if found["ok"] else 1}


def verify_audit(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Check the chain. Exit code 1 where it does not hold."""
    del arguments, io
    require(actor, Permission.VERIFY_AUDIT)
    verdict = verify_trail(app.db, app.settings.home)
    return {**verdict, "exit": 0 if verdict["ok"] else 1}


def export_audit(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Write the trail as JSON lines for the independent verifier."""
    require(actor, Permission.VERIFY_AUDIT)
    path = io.path(arguments.output)
    with whole_file(path) as half:
        exported = export_trail(app.db, half)
    return {"export": {"file": str(path), **exported}}


def erase_entry(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Erase the words of an entry, which is an entry itself; what was done, by whom and when stays."""
    del io
    erase_note(app.db, actor, arguments.entry)
    return {"erased_entry": arguments.entry}
