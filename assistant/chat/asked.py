"""A question as it was asked: of which product, where, in which language, and what may be searched for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from assistant.corpus.eligibility import eligible_sources
from assistant.corpus.products import Product
from assistant.errors import InvalidInput
from assistant.retrieval.language import spoken_language
from assistant.retrieval.looked import Query
from assistant.store.clock import civil_date
from assistant.store.database import Database
from guardrails.model import Language, Qualification

USE: Qualification = "reactive_medical"
AUDIENCE = "hcp"
HITS = 24
LONGEST_QUESTION = 2_000
OTHER: dict[Language, Language] = {"fr": "en", "en": "fr"}


@dataclass(frozen=True, slots=True)
class Question:
    """The question, cleaned, with all that a search needs beside it."""

    text: str
    language: Language
    market: str
    product: Product


def clean(question: str) -> str:
    """Return the question without blanks around it. Raises InvalidInput where nothing is left, or too much."""
    text = question.strip()
    if not text or len(text) > LONGEST_QUESTION:
        raise InvalidInput(
            "There is no question."
            if not text
            else f"The question is longer than {LONGEST_QUESTION} characters.",
            help="Ask in a sentence or two.",
        )
    return text


def language_of(question: str, wanted: str | None, theirs: str, held: Callable[[], set[str]]) -> Language:
    """Return the language of the answer: the wanted one, else the question's, else the one that all documents that may be
    used are `held` in, else the person's: of a word such as "clarithro" nobody can tell it. Raises InvalidInput.
    """
    if wanted is not None and wanted not in OTHER:
        raise InvalidInput(f"{wanted!r} is no language that is answered here.", help="Use fr or en.")
    told: str | None = wanted or spoken_language(question)
    if told is None:
        languages = held()
        told = languages.pop() if len(languages) == 1 else theirs
    return cast("Language", told)


def query_for(question: Question, language: Language, k: int) -> Query:
    """Return the search for it, with at most `k` hits."""
    return Query(question.text, question.product.id, question.market, AUDIENCE, USE, language, k)


def languages_held(db: Database, product_id: str, market: str) -> set[str]:
    """The languages of the documents that a health professional may be answered from today."""
    with db.read() as connection:
        today = civil_date(db.clock.now(), market)
        return {
            found.language for found in eligible_sources(connection, product_id, market, AUDIENCE, USE, today)
        }
