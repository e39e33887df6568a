"""`ancrage evidence-pack`, `affected`, `publication` and `status`: what proves a piece, and where it has gone."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io, whole_file
from assistant.bootstrap import App
from assistant.corpus.written import civil_day
from assistant.errors import InvalidInput
from assistant.people.roles import Actor
from assistant.publishing.affected import affected_items
from assistant.publishing.evidence.pack import evidence_pack, pack_json
from assistant.publishing.recipients import Use, import_uses, record_use
from assistant.publishing.register import erase_due, erase_recipient, register_json
from assistant.publishing.status import copy_status


def evidence(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Write the pack and say its root."""
    made = evidence_pack(app.db, actor, arguments.piece, app.pictures, outside=arguments.outside)
    path = io.path(arguments.output)
    with whole_file(path) as half:
        half.write_bytes(made.content)
    return {"pack": {**pack_json(arguments.piece, made), "file": str(path)}}


def affected(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """What a source or a piece has led to."""
    del io
    found = affected_items(app.db, actor, source=arguments.source, piece=arguments.piece)
    return {"affected": found}


def record_one_use(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Enter who received a publication."""
    del io
    use = Use(arguments.publication, arguments.mode, civil_day(arguments.on, "--on"), arguments.to)
    return {"use": record_use(app.db, actor, use)}


def import_file(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Enter a whole file of them, or nothing."""
    try:
        data = io.path(arguments.file).read_bytes()
    except OSError as error:
        raise InvalidInput(f"There is no file {arguments.file}.", help="Check the path.") from error
    return {"uses": {"recorded": import_uses(app.db, actor, data)}}


def register(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Who received what of a piece."""
    del io
    return {"register": register_json(app.db, actor, arguments.piece)}


def erase(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Erase one name, or every name whose time is over."""
    del io
    if bool(arguments.use) == arguments.due:
        raise InvalidInput("Name a line of the register or say --due.", help="One of the two.")
    if arguments.due:
        return {"erased": {"names": erase_due(app.db, actor, arguments.reason)}}
    erase_recipient(app.db, actor, arguments.use, arguments.reason)
    return {"erased": {"names": 1}}


def status(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Whether a copy is in force."""
    del actor, io
    return {"status": copy_status(app.db, arguments.hash)}
