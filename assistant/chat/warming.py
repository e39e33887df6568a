"""What a first question would wait for, loaded before anybody asks: the rules of intake, the models, what is kept of the sources."""

from collections.abc import Callable, Iterator

from assistant.chat.asked import Question
from assistant.chat.reply import reply_to
from assistant.corpus.products import list_products
from assistant.corpus.sources import list_sources
from assistant.people.roles import Actor, Role
from assistant.retrieval.search import Searcher
from assistant.store.database import Database
from guardrails.model import Language
from guardrails.safety import intake

_ASKED: dict[Language, str] = {
    "en": "What is the recommended dose?",
    "fr": "Quelle est la dose recommandée ?",
}
_NOBODY = Actor("", "", frozenset({Role.HCP}))
MOST = 8
"""Medicines and languages that are asked of: each keeps what was read of it, and the models are loaded by the first."""


def warm_answers(db: Database, searcher: Callable[[], Searcher], stopped: Callable[[], bool]) -> int:
    """Ask of the approved sources what everybody asks, and throw the answers away; returns how many there were.

    Nothing is written and nothing leaves the machine. Between two of them it may be `stopped`.
    """
    for language, text in _ASKED.items():
        if stopped():
            return 0
        intake(text, language)
    asked = 0
    for question in _questions(db):
        if asked == MOST or stopped():
            break
        reply_to(db, searcher(), _NOBODY, question, None)
        asked += 1
    return asked


def _questions(db: Database) -> Iterator[Question]:
    """One for each medicine and language that approved sources are in, for a country that they are for."""
    medicines = {product.id: product for product in list_products(db) if product.status == "active"}
    seen: set[tuple[str, str]] = set()
    for source in list_sources(db, status="approved"):
        key = source.product_id, source.language
        if key in seen or source.product_id not in medicines or not source.markets:
            continue
        seen.add(key)
        for language, text in _ASKED.items():
            if language == source.language:
                yield Question(text, language, min(source.markets), medicines[source.product_id])
