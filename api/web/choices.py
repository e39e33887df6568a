"""The options of the forms, in the reader's words."""

from collections.abc import Iterable

from fastapi import Request

from api.web.rendering import reader_language
from api.web.words import WORDS, word
from assistant.bootstrap import App
from assistant.corpus.products import list_products

MARKETS = ("FR", "EU", "UK", "US")
"""Those with a rule pack of their own; others are typed."""
DRAFTED_KINDS = ("key-moments", "quiz", "email", "brief")

Options = list[tuple[str, str]]


def options(request: Request, group: str, codes: Iterable[str] | None = None) -> Options:
    """(code, word) of the named codes, or of the whole group."""
    language = reader_language(request)
    return [(code, word(group, code, language)) for code in (WORDS[group] if codes is None else codes)]


def options_with(request: Request, group: str, stored: Iterable[str]) -> Options:
    """Those of the group, and behind them what is stored though the group does not name it: by its code."""
    more = sorted({code for code in stored if code} - set(WORDS[group]))
    return options(request, group, [*WORDS[group], *more])


def product_options(app: App) -> Options:
    """Every product by its name."""
    return [(product.name, product.name) for product in list_products(app.db)]


def usual_market(language: str) -> str:
    """The market that a form offers first."""
    return "FR" if language == "fr" else "EU"
