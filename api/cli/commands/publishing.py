"""`ancrage publish`, `recall` and `export`."""

import base64
from argparse import Namespace
from typing import Any

from api.cli.io import Io, whole_file
from assistant.bootstrap import App
from assistant.corpus.written import civil_day
from assistant.errors import InvalidInput
from assistant.people.roles import Actor
from assistant.publishing import confirming, publications, recalls
from assistant.publishing import export as exporting
from assistant.publishing.listing import publication_json
from assistant.publishing.stamp import stamped_copy


def publish(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Publish exactly what was signed."""
    del io
    release: dict[str, Any] = {}
    if arguments.visa_number:
        release["visa_number"] = arguments.visa_number
    for name in ("visa_granted_on", "visa_expires_on"):
        if value := getattr(arguments, name):
            release[name] = civil_day(value, "--" + name.replace("_", "-")).isoformat()
    for pair in arguments.release or ():
        key, equals, value = pair.partition("=")
        if not (key and equals and value):
            raise InvalidInput(
                f"{pair} is not KEY=VALUE.", help="For instance --release certificate=ZN-2026-001."
            )
        release[key] = value
    publication = publications.publish(app.db, actor, arguments.piece, release or None)
    return {"publication": publication_json(app.db, publication)}


def recall(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Take a piece back."""
    del io
    return {"recalled": recalls.recall_piece(app.db, actor, arguments.piece, arguments.reason), "sources": []}


def export(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Write a copy of a piece to a file, or to standard output where it is text."""
    if arguments.stamped:
        if not arguments.output:
            raise InvalidInput("A stamped copy is written into a file.", help="Give -o FILE.")
        content, told = stamped_copy(
            app.db, actor, arguments.piece, app.settings.public_url, arguments.format
        )
        path = io.path(arguments.output)
        with whole_file(path) as half:
            half.write_bytes(content)
        stamped = {"piece": arguments.piece, "format": arguments.format, "approved_rendition": False, **told}
        return {"export": {**stamped, "bytes": len(content), "file": str(path)}}
    copy = exporting.export_piece(app.db, actor, arguments.piece, arguments.format)
    described = {
        "piece": arguments.piece,
        "format": arguments.format,
        "media_type": copy.media_type,
        "approved_rendition": copy.approved,
        "sha256": copy.sha256,
        "bytes": len(copy.content),
    }
    if arguments.output:
        path = io.path(arguments.output)
        with whole_file(path) as half:
            half.write_bytes(copy.content)
        return {"export": {**described, "file": str(path)}}
    if copy.media_type.startswith("application/pdf"):
        return {"export": {**described, "base64": base64.b64encode(copy.content).decode()}}
    return {"export": {**described, "text": copy.content.decode("utf-8")}}


def confirmations(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """What waits for a confirmation."""
    del arguments, io
    return {"confirmations": confirming.list_confirmations(app.db, actor)}


def confirmation(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """One confirmation with what is signed."""
    del io
    return {"confirmation": confirming.confirmation_json(app.db, actor, arguments.confirmation)}


def confirm(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Sign that the content stands in the newer version."""
    signed = confirming.confirm(
        app.db, actor, arguments.confirmation, app.given_password(io.password()), arguments.confirmation_hash
    )
    return {"confirmation": signed}


def decline(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Say that it does not: it is suspended."""
    del io
    return {"confirmation": confirming.decline(app.db, actor, arguments.confirmation, arguments.reason)}
