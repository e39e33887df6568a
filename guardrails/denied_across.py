"""A denial put in or dropped in a translation, word by word: "not recommended" and "est recommandé".

A sentence may deny two things, and a translation one of them: counted together they hide it. Here each is looked for under one name in
both languages; where both texts speak of it as often and do not deny it as often, it is turned round.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from guardrails.plain import plain
from guardrails.tables import table
from guardrails.translations import Translation, without_passed_over

_UNREADABLE = -100
"""What a clause of two denials says is left to the reviewer: "not without"."""
_BEHIND_A_VERB = re.compile(r"^\s*(?:pas|jamais)\b")
_OF_A_NOUN = re.compile(r"\b(?:no|none|neither|nor|aucune?)\b")
_Polarity = Mapping[str, tuple[int, int]]
"""By name: how often it is spoken of, and how often denied."""


def denied_across(told: Translation) -> Iterator[tuple[str, str]]:
    """What the statement says and every sentence that it may translate denies, or the reverse, and the sentence."""
    text, own = told.segment.text, told.segment.language
    if found := told.against_each(lambda sentence, language: _turned(text, own, sentence, language)):
        yield found[0], told.literal[0][0]


def _turned(text: str, language: str, sentence: str, other: str) -> list[str]:
    said, held = _polarity(text, language), _polarity(sentence, other)
    return [
        name
        for name, (spoken, denied) in said.items()
        if name in held
        and held[name][0] == spoken
        and held[name][1] != denied
        and min(denied, held[name][1]) >= 0
    ]


@lru_cache(maxsize=2048)
def _polarity(text: str, language: str) -> _Polarity:
    found: dict[str, tuple[int, int]] = {}
    nouns = table("across.yaml")["nouns"]
    for clause in _clauses().split(plain(without_passed_over(text, language))):
        twice = _denials(clause, language) > 1
        for name, words in _predicates().items():
            for match in words.finditer(clause):
                scope = clause if name in nouns else _own_part(clause[: match.start()])
                odd = (_denials(scope, language) + bool(match["denied"])) % 2
                spoken, denied = found.get(name, (0, 0))
                found[name] = (spoken + 1, _UNREADABLE if twice else denied + odd)
    return found


def _own_part(before: str) -> str:
    """What belongs to the word that it leads to: "those who fail to respond to it may be given …" denies the first verb alone.

    "No rise was observed" denies both: there a noun is denied, and with it all that is said of it.
    """
    nouns = table("across.yaml")["nouns"]
    ends = [
        m.end() for name, words in _predicates().items() if name not in nouns for m in words.finditer(before)
    ]
    rest = _BEHIND_A_VERB.sub("", before[max(ends, default=0) :])
    of_noun = _OF_A_NOUN.search(before)
    return rest if ends and not of_noun and re.search(table("across.yaml")["auxiliaries"], rest) else before


def _denials(before: str, language: str) -> int:
    """How often what comes before a word denies it: in French "ne … pas" is one denial."""
    if language == "en":
        return len(_pattern("en").findall(before))
    return len(_pattern("fr").findall(before)) or min(1, len(_pattern("fr_alone").findall(before)))


@cache
def _predicates() -> Mapping[str, re.Pattern[str]]:
    return {
        name: re.compile(f"(?P<denied>{words.get('denied', '(?!)')})|(?:{words['said']})")
        for name, words in table("across.yaml")["predicates"].items()
    }


@cache
def _clauses() -> re.Pattern[str]:
    return re.compile(table("across.yaml")["clauses"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("across.yaml")["denials"][name])
