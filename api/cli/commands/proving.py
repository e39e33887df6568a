"""`ancrage evidence-pack`: what proves a piece, in a file."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.people.roles import Actor
from assistant.publishing.evidence.pack import evidence_pack, pack_json


def evidence(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Write the pack and say its root."""
    made = evidence_pack(app.db, actor, arguments.piece, app.pictures, outside=arguments.outside)
    path = io.path(arguments.output)
    path.write_bytes(made.content)
    return {"pack": {**pack_json(arguments.piece, made), "file": str(path)}}
