"""`ancrage draft` and `ancrage check`."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io, ProgressBar
from assistant.bootstrap import App
from assistant.content.request import DraftRequest
from assistant.people.roles import Actor
from assistant.review.adaptation import adapt


def draft(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Draft a piece as a durable job."""
    request = DraftRequest(
        product=arguments.product,
        kind=arguments.kind,
        market=arguments.market.upper(),
        language=arguments.language,
        topic=arguments.topic,
        sources=tuple(arguments.sources or ()),
        engine=arguments.engine,
        audience=arguments.audience,
        qualification=arguments.qualification,
        channel=arguments.channel,
    )
    progress = ProgressBar(io)
    try:
        return app.draft(actor, request, progress)
    finally:
        progress.close()


def check(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Turn a file's text into a piece whose statements have proposed citations and findings."""
    return app.check(
        actor,
        io.path(arguments.file),
        DraftRequest(
            product=arguments.product,
            kind="text",
            market=arguments.market.upper(),
            language=arguments.language or "",
            audience=arguments.audience,
            qualification=arguments.qualification,
            channel=arguments.channel,
        ),
    )


def adapt_piece(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Begin the adaptation of a published piece for another market."""
    del io
    made = adapt(
        app.db,
        actor,
        arguments.piece,
        arguments.market,
        audience=arguments.audience or "",
        channel=arguments.channel or "",
    )
    return app.drafted(actor, made.id)
