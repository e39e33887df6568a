"""A question as it was asked: of which product, where, in which language, and what may be searched for it."""

from dataclasses import dataclass
from typing import cast

from assistant.corpus.products import Product
from assistant.errors import InvalidInput
from assistant.people.roles import Actor
from assistant.retrieval.language import spoken_language
from assistant.retrieval.looked import Query
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


def language_of(question: str, wanted: str | None, actor: Actor) -> Language:
    """Return the language of the answer: the wanted one, else the question's, else the person's. Raises InvalidInput."""
    if wanted is not None and wanted not in OTHER:
        raise InvalidInput(f"{wanted!r} is no language that is answered here.", help="Use fr or en.")
    return cast("Language", wanted or spoken_language(question) or actor.language)


def query_for(question: Question, language: Language, k: int) -> Query:
    """Return the search for it, with at most `k` hits."""
    return Query(question.text, question.product.id, question.market, AUDIENCE, USE, language, k)
