"""`ancrage search` and `ancrage ask`: what the approved sources hold."""

import time
from argparse import Namespace
from typing import Any

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.corpus.markets import known_market
from assistant.corpus.products import find_product
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, Role, require
from assistant.retrieval.search import Query
from assistant.retrieval.view import hit_json

MOST_HITS = 200


def search(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Find the passages that may be used now, best first."""
    del io
    require(actor, Permission.SEARCH)
    if not 1 <= arguments.k <= MOST_HITS:
        raise InvalidInput(f"--k {arguments.k} is out of range.", help=f"Ask for 1 to {MOST_HITS} hits.")
    if not arguments.words.strip():
        raise InvalidInput("There are no words to search for.", help="Give some words.")
    product = find_product(app.db, arguments.product)
    searcher = app.searcher
    began = time.perf_counter()
    query = Query(
        text=arguments.words,
        product_id=product.id,
        market=known_market(arguments.market),
        audience=arguments.audience,
        use="reactive_medical" if actor.roles == {Role.HCP} else arguments.use,
        language=arguments.language,
        k=arguments.k,
    )
    hits = [hit_json(evidence) for evidence in searcher.search(query)]
    return {"hits": hits, "ms": round((time.perf_counter() - began) * 1000, 1)}


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
    ).json()
