"""Is a turn a question in general form, that tells of nobody and of no event?

“Missed dose”, “is it taken on an empty stomach?”, “dose max après 75 ans”: such words stand in reports too, and the learned
score takes them for one. A closed list says what is harmless; a turn with a word that it does not hold, a medicine's name
apart, is left to the score.
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
_CLAUSES = re.compile(r"[.?!;,\n\r\u2028]\s*[^\W\d]")
_MEDICINES = "class of medicines"
_TELLS = frozenset(
    {
        "own_person",
        "happened",
        "too_much",
        "no_effect",
        "pack",
        "laboratory",
        "blamed",
        "report_word",
        "pregnancy",
    }
)
"""Signs of a report: with one, the score decides."""


def asks_in_general(text: str) -> bool:
    """Whether the turn asks of the medicine at large, in one clause, in words that are all known to be harmless."""
    raw = text.strip()
    said = plainly(raw).strip() if len(raw) <= _LONGEST else ""
    if not said or _CLAUSES.search(raw) or symptoms().search(said) or _pattern("counted").search(said):
        return False
    if _pattern("opens").search(said):
        known = _listed("topics") | _listed("asked") | {"#"}
        return _TELLS.isdisjoint(structure(_plainly_asked(said))) and _harmless(said, known, _MOST_WORDS)
    if _pattern("lasted").search(said):
        return False
    bare = said
    for name in ("ages", "visits", "measured"):
        bare = _pattern(name).sub(" ", bare)
    asks = _TELLS.isdisjoint(structure(said)) and _pattern("asks").search(said)
    return bool(asks) and _harmless(bare, _listed("topics"), _MOST_BARE)


def _plainly_asked(said: str) -> str:
    """Without the words of a label's question that a report has, too: “is it taken …”, “after stopping”."""
    return _pattern("of_questions").sub(" ", said)


def _harmless(said: str, known: frozenset[str], most: int) -> bool:
    """Whether all words are of the known subjects or medicines; a number is a #."""
    rest = said
    for thing in reversed([thing for thing in things(said) if thing.kind == _MEDICINES]):
        rest = f"{rest[: thing.start]} {rest[thing.end :]}"
    words = [word for part in _WORD.findall(rest) for word in _parts(part)]
    other = ["#" if word.isdigit() else word for word in words if not looks_like_medicine(word)]
    return len(words) <= most and all(_is(word, known) or _is(word, _listed("function")) for word in other)


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
