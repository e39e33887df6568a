"""A share told of all, or as most: "of all patients, 47 % responded" does not say that all did, and 68 % of them are most of them."""

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
_MOST = re.compile(
    r"\b(?:most|(?:a |the )?(?:large |great |vast )?majority|(?:la )?plupart|(?:une? |la )?(?:grande |large )?majorité)\b",
    re.IGNORECASE,
)
_HALF = 50


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


def share_of_most(statement: Text) -> bool:
    """Whether each "most" of the statement is told of a share above half that follows it in its clause: "most patients (68.1 %)"."""
    text, language = statement
    told = [_most_of(clause, language) for clause in _CLAUSE.split(text) if _MOST.search(clause)]
    return bool(told) and all(told)


def _most_of(clause: str, language: str) -> bool:
    shares = [q for q in extract(clause, language) if q.unit == "%" and q.kind == "number"]
    behind = [next((q for q in shares if q.start >= most.end()), None) for most in _MOST.finditer(clause)]
    return all(
        share is not None and share.value > _HALF and share.comparator in {"", ">", "≥", "~"}
        for share in behind
    )
