"""Is a turn a question in general form, that tells of nobody and of no event?

“Missed dose”, “is it taken on an empty stomach?”, “dose max après 75 ans”: such words stand in reports too, and the learned
score takes them for one. A closed list says what is harmless; a turn with a word that it does not hold, a medicine's name
apart, is left to the score, unless it has a form that reports do not have: “fewer bleeds than warfarin?”, “cough common?”.
"""

import re
from collections.abc import Sequence
from functools import cache

from guardrails.names import looks_like_medicine
from guardrails.safety.likeness import names_an_emergency, structure, symptoms
from guardrails.safety.spelling import plainly
from guardrails.tables import table
from guardrails.things import things

_MOST_WORDS, _MOST_BARE, _MOST_OF_A_FORM = 18, 7, 9
"""Of a question, of one that is no sentence, and of one in a form of its own."""
_LONGEST = 200
"""Letters: nobody asks in general at length, and every turn is looked at."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|\d+")
_CLAUSES = re.compile(r"[.?!;,\n\r\u2028]\s*[^\W\d]")
_MEDICINES = "class of medicines"
_WHOLE_FORMS = (
    "rate_at_a_time", "asks_how", "done_to_the_form", "of_a_study", "dose_for_an_age", "needs_a_washout",
    "where_given", "measured_at_a_visit", "measured_alone", "setting_of_care", "well_and_goes_on",
    "how_often_after_a_dose", "figure_at_a_time", "follows_another",
)  # fmt: skip
"""Forms that leave no room for a word of a report."""
_CLOSED_FORMS = (
    "rate_at_a_time", "measured_alone", "setting_of_care", "how_often_after_a_dose", "figure_at_a_time",
    "follows_another",
)  # fmt: skip
"""Those of them that take no word but listed ones: what such a word says elsewhere, it does not say here."""
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
_TELLS_OF_A_HARM = _TELLS | {"somebody", "since", "age"}
"""… where the turn names a harm."""
_TELLS_BESIDE_A_SERVICE = _TELLS | {"own_medicine"}


def asks_in_general(text: str) -> bool:
    """Whether the turn asks of the medicine at large, in one clause, in words that are all known to be harmless."""
    raw = text.strip()
    said = plainly(raw).strip() if len(raw) <= _LONGEST else ""
    if said and (_has_a_form(said, raw) or _has_one_of(_WHOLE_FORMS, said) or _is_a_bare_harm(said, raw)):
        return True
    if not said or _CLAUSES.search(raw) or symptoms().search(said) or _pattern("counted").search(said):
        return False
    if service := _pattern("service").match(said):
        return _TELLS_BESIDE_A_SERVICE.isdisjoint(structure(said[service.end() :]))
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


def leaves_no_room(text: str) -> bool:
    """Whether the whole turn has a form in which nothing can have been reported, whatever single words of it say elsewhere."""
    raw = text.strip()
    return 0 < len(raw) <= _LONGEST and _has_one_of(_CLOSED_FORMS, plainly(raw).strip())


def _has_one_of(forms: Sequence[str], said: str) -> bool:
    return any(_pattern(form).search(said) for form in forms)


def _has_a_form(said: str, raw: str) -> bool:
    """Whether a short turn asks how the medicine does beside another, how often a harm is, whether the medicine causes it, whether a
    missed dose is made up for, or what to do about the dose beside another medicine; and tells of nobody.
    """
    if (already := _pattern("taken_already").search(said)) and _is_medicine(already["other"]):
        return True
    if not raw.endswith("?") or len(_WORD.findall(said)) > _MOST_OF_A_FORM:
        return False
    if _pattern("made_up_for").search(said):
        return not _DONE.search(raw)
    if _CLAUSES.search(raw) or not _TELLS_OF_A_HARM.isdisjoint(structure(said)):
        return False
    beside = _pattern("beside_another").search(said)
    other = beside["other"] if beside else ""
    another = other == "placebo" or looks_like_medicine(other)
    return another or any(_pattern(form).search(said) for form in ("how_often", "causes"))


_BARE = re.compile(
    r"\W*(?:(?:and|or|et|ou|also|what about|how about|quid|qu'en est-il)\b\W*)?(?:(?:the|de la|de l'|des|du|de|d'|la|le|les|l')\W*)?\W*\?+\W*"
)


def _is_a_bare_harm(said: str, raw: str) -> bool:
    """Whether it asks of one harm and says nothing else, “and cough?”: nobody is told of. The name of an emergency is left to the score."""
    if not raw.endswith("?") or names_an_emergency(said) or len(symptoms().findall(said)) != 1:
        return False
    return _BARE.fullmatch(symptoms().sub(" ", said)) is not None


_DONE = re.compile(r"\b(?:doubl|rattrap)(?:é|e\u0301)e?s?\b", re.IGNORECASE)
"""A dose that was doubled: without its accent it reads like one that may be."""
_ABUSED = re.compile(
    r"cocaine|heroine?|crack|cannabis|weed|amphetamines?|ecstasy|mdma|lsd|ghb|ketamine|opium"
)


def _is_medicine(word: str) -> bool:
    """Whether the word is a medicine's name or that of a class of medicines, “avk”, and no drug of abuse."""
    if _ABUSED.fullmatch(word):
        return False
    if looks_like_medicine(word) or word in _listed("abbreviated"):
        return True
    return any(t.kind == _MEDICINES and (t.start, t.end) == (0, len(word)) for t in things(word))


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
