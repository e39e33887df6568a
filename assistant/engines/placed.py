"""What a model's statement rests on, set right by the evidence: its role by its place, and no quote that it does not tell.

A role becomes a heading over the statement, and a quote becomes its reference: both say something to the reader.
"""

import re
from collections.abc import Sequence

from assistant.engines.protocol import SAFETY, Role
from assistant.engines.roles import cued, role_in
from assistant.engines.units import zone_of
from guardrails.citations import bare
from guardrails.model import Evidence
from guardrails.risks import names_a_risk
from guardrails.verbatim import runs_of_sentences

_RISKS: frozenset[Role] = frozenset({"warning", "adverse_reaction"})
_OF_WHOM: frozenset[Role] = frozenset({"special_population", "interaction"})
_WITH_WHOM = _OF_WHOM | {"dose", "warning", "key_point"}
_OF_A_STUDY: frozenset[Role] = frozenset({"design", "result"})
_IN_A_STUDY = _OF_A_STUDY | {"conclusion", "key_point"}

_NOT_FORBIDDEN = re.compile(r"\b(?:not|pas|nor|ni)\s+(?:\w+\s+)?contr(?:a|e)-?indi", re.IGNORECASE)

Told = tuple[str, str]
"""The key of a passage and the words quoted from it."""


def telling(text: str, quotes: Sequence[Told]) -> Sequence[Told]:
    """The quotes that hold the whole text word for word, each once; all where none does: it is reworded, or told of several."""
    each = tuple(dict.fromkeys(quotes))
    return [quote for quote in each if _holds(quote[1], bare(text))] or each


def _holds(quote: str, text: str) -> bool:
    if bare(quote) == text:
        return True
    return text in bare(quote) and any(bare(run) == text for run in runs_of_sentences(quote, "en"))


def role_at(told: Role, quote: str, item: Evidence) -> Role:
    """The role that a model gives where the place or the words of its quote carry it, else that of the place."""
    role = role_in(zone_of(item.section, item.heading, item.source_kind), item.source_kind, quote)
    return told if told == role or _fits(told, role, quote, item) else role


def _fits(told: Role, role: Role, quote: str, item: Evidence) -> bool:
    if told == "key_point":
        return role not in SAFETY
    if told in _RISKS:
        return role in _RISKS or (role != "contraindication" and names_a_risk(quote, item.language))
    if told in _OF_WHOM:
        return role in _WITH_WHOM
    if told in _OF_A_STUDY:
        return role in _IN_A_STUDY
    return cued(quote, told) and not _NOT_FORBIDDEN.search(quote) and (told != "dose" or role not in SAFETY)
