"""`ancrage search` and `ancrage ask`: what the approved sources hold."""

import time
from argparse import Namespace
from typing import Any

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.people.roles import Actor
from assistant.retrieval.asking import query_for
from assistant.retrieval.showing import shown_search


def search(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Find the passages that may be used now, best first."""
    del io
    query = query_for(
        app.db,
        actor,
        arguments.words,
        arguments.product,
        arguments.market,
        arguments.use,
        arguments.audience,
        arguments.language,
        arguments.k,
    )
    searcher = app.searcher
    began = time.perf_counter()
    shown = shown_search(app.db, actor, searcher.found(query))
    return {**shown, "ms": round((time.perf_counter() - began) * 1000, 1)}


def ask(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Answer in approved sentences, or say that they hold no answer. Every status is exit code 0."""
    del io
    from assistant.chat.ask import ask as ask_sources

    return ask_sources(
        app.db,
        app.searcher,
        actor,
        arguments.question,
        arguments.product,
        arguments.market.upper(),
        conversation=arguments.conversation,
        language=arguments.language,
        reported=arguments.report,
    ).json()
