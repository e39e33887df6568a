"""Is a turn a question in general form, that tells of nobody and of no event?

“Missed dose”, “is it taken on an empty stomach?”, “dose max après 75 ans”: such words stand in reports too, and the learned
score takes them for one. A closed list says what is harmless; but for one name, a turn with a word that it does not hold is
left to the score.
"""

import re
from functools import cache

from guardrails.names import looks_like_medicine
from guardrails.safety.likeness import structure, symptoms
from guardrails.safety.spelling import plainly
from guardrails.tables import table
from guardrails.things import things

_MOST_WORDS, _MOST_BARE = 18, 7
"""Of a question, and of one that is no sentence."""
_LONGEST = 200
"""Letters: nobody asks in general at length, and every turn is looked at."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|\d+")
_CLAUSES = re.compile(r"[.?!;,\n]\s+\S|\n\s*\S")
_MEDICINES = "class of medicines"
_TELLS = frozenset(
    {"own_person", "happened", "too_much", "no_effect", "pack", "laboratory", "blamed", "report_word"}
)
"""Signs of a report, without which a turn that is no sentence may be a question."""


def asks_in_general(text: str) -> bool:
    """Whether the turn asks of the medicine at large, in one clause."""
    said = plainly(text).strip() if len(text) <= _LONGEST else ""
    if not said or _CLAUSES.search(said):
        return False
    if _pattern("does").search(said):
        return not _pattern("telling").search(said)
    if symptoms().search(said):
        return False
    if _pattern("opens").search(said):
        return _harmless(text, said, _listed("topics") | _listed("asked") | {"#"}, _MOST_WORDS)
    if _pattern("lasted").search(said):
        return False
    bare = _pattern("ages").sub(" ", said)
    asks = _TELLS.isdisjoint(structure(said)) and _pattern("asks").search(said)
    return bool(asks) and _harmless(text, bare, _listed("topics"), _MOST_BARE)


def _harmless(text: str, said: str, known: frozenset[str], most: int) -> bool:
    """Whether all words are of the known subjects or medicines, but for one name with a capital; a number is a #."""
    rest = said
    for thing in reversed([thing for thing in things(said) if thing.kind == _MEDICINES]):
        rest = f"{rest[: thing.start]} {rest[thing.end :]}"
    words = [word for part in _WORD.findall(rest) for word in _parts(part)]
    other = [word for word in words if not looks_like_medicine(word)]
    told = ["#" if word.isdigit() else word for word in other]
    own = [word for word in told if not _is(word, known) and not _is(word, _listed("function"))]
    return len(words) <= most and (not own or (len(own) == 1 and _is_name(own[0], text)))


def _is_name(word: str, text: str) -> bool:
    """Whether it is written with a capital; an ordinary word that opens the turn is no name."""
    capital = re.search(rf"\b{word[0].upper()}(?i:{re.escape(word[1:])})\b", text)
    return capital is not None and not _pattern("no_name").fullmatch(word)


def _parts(word: str) -> list[str]:
    """“Faut-il” is two words, “contre-indication” one."""
    return [word] if _is(word, _listed("topics")) else word.split("-")


def _is(word: str, among: frozenset[str]) -> bool:
    return word in among or any(f"{word[:size]}*" in among for size in range(3, len(word) + 1))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in table("safety/general.yaml")[name])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("safety/general.yaml")[name])
