"""A share told of all: "of all patients, 47 % responded" for "47 % overall" does not say that all did."""

import re
from collections.abc import Iterable

from guardrails.answers import Text
from guardrails.numbers.extract import extract

_PEOPLE = (
    r"(?:patients?|participants|people|subjects|individuals|adults|women|men|children|infants|recipients|eyes|"
    r"patientes|personnes|sujets|malades|adultes|femmes|hommes|enfants|nourrissons|yeux)"
)
_OF_ALL = re.compile(
    r"\b(?:(?:of|among|amongst) all (?:(?:of )?the |of them,? )?"
    r"|(?:parmi|sur|de) (?:tous|toutes) (?:les |ces )?)"
    rf"(?:\w+ )?{_PEOPLE}\b",
    re.IGNORECASE,
)
_ALL_OF_THEM = re.compile(
    r"\boverall\b(?! (?:survival|response|health|quality))|\b(?:total|whole|entire|overall|full|complete) (?:\w+ )?(?:population|cohort|group)\b"
    r"|\bau total\b|\bdans l.ensemble\b|\bglobalement\b|\b(?:population|cohorte) (?:\w+ )?(?:totale|globale|entière|générale)\b"
    r"|\bensemble (?:de la|des|du)\b|\bITT\b|\bintention[ -](?:to|de)[ -]treat\b|\bintention de traiter\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:.](?=\s)")


def share_of_all(statement: Text, quotes: Iterable[Text]) -> bool:
    """Whether each "all" of the statement is the whole that a share of its clause is of, and the quotes tell of the whole, too."""
    text, language = statement
    plain = text.replace("’", "'")
    told = [
        clause
        for clause in _CLAUSE.split(plain)
        if re.search(r"\b(?:all|tous|toutes)\b", clause, re.IGNORECASE)
    ]
    return (
        bool(told)
        and all(_is_share(clause, language) for clause in told)
        and any(_ALL_OF_THEM.search(quote.replace("’", "'")) for quote, _ in quotes)
    )


def _is_share(clause: str, language: str) -> bool:
    shares = [q for q in extract(clause, language) if q.unit == "%" or q.kind == "fraction"]
    return any(
        not clause[whole.end() : share.start].strip(" ,")
        if whole.end() <= share.start
        else not clause[share.end : whole.start()].strip()
        for whole in _OF_ALL.finditer(clause)
        for share in shares
    )
