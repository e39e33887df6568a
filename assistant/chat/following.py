"""A question that leans on the one before it: “and in children?” behind “starting dose in adults?”.

It names no matter of its own, only for whom, of which strength, beside what or when; what it names takes the place of what
the question before named of that kind, and the answer says how it was read. Who says anything else asks a question of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.chat.articles import article_for
from assistant.chat.naming import units_of
from assistant.chat.wording import flat
from assistant.retrieval.language import spoken_language
from guardrails.names import looks_like_medicine
from guardrails.safety.likeness import symptoms

_LONGEST, _LONGEST_BEFORE = 60, 160
"""Letters of a question that leans on another, and of that other."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ENDS = re.compile(r"[\s?!.…]+$")
_CLAUSES = re.compile(r"[.?!;\n\r]\s*[^\W\d]|,")
_SHORTEST_NAME = 5
_PEOPLE = frozenset({"age_group", "state", "organ"})
_OF_ANYBODY = re.compile(r"adult(?:e?s)?")
_ADDED = _PEOPLE | {"weight", "age", "strength"}
"""Kinds that a question may also be narrowed by, where the one before names none of them."""


_WITH_ARTICLES = frozenset({"harm", "medicine", "age_group", "state"})
_FIGURES = frozenset({"weight", "age", "strength", "time", "grade"})
_NEAR = re.compile(r"[^\W_]+|[<>≤≥=]")
_FUNCTION = frozenset({"function", "fonction"})
"""“And of renal function?” names what is measured, and nobody whom it is for."""
_NEARLY = 4
"""Words before what is replaced, in which it may be denied."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a question is narrowed to: its kind, and its own words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Named:
    """Something of a kind that a question names, with where it stands."""

    kind: str
    start: int
    end: int


def carried(typed: str, before: str, names: Sequence[str]) -> str | None:
    """The question before with what `typed` names put in its place; None where `typed` does not lean on it, or it is not plain how.

    `names` are those of the product: it is the matter, and no medicine that another may be put in the place of.
    """
    if len(typed) > _LONGEST or len(before) > _LONGEST_BEFORE or _other_language(typed, before):
        return None
    question = _ENDS.sub("", before.strip())
    opened, rest = _opened(typed)
    if _CLAUSES.search(rest) or _CLAUSES.search(question):
        return None
    new = _only(rest, names)
    if new is None or not (opened or _first(rest) in _listed("leads")):
        return None
    old = _named(question, names)
    same = [named for named in old if named.kind == new.kind]
    if not _has_a_matter(question, old, names) or _stands_beside(rest[new.start : new.end], question, same):
        return None
    if (
        len(same) == 1
        and not _bounded(question, same[0])
        and (put := _in_place(question, same[0], rest, new))
    ):
        read = put
    elif not same and _may_be_added(new, old, question) and _FUNCTION.isdisjoint(_words(rest)):
        read = f"{question} {rest}"
    else:
        return None
    return f"{read} ?" if before.rstrip().endswith(" ?") else f"{read}?"


def leans(typed: str, names: Sequence[str]) -> bool:
    """Whether it is a follow-up by its form, be it plain how or not: it only opens and names whom, what, when or how far."""
    opened, rest = _opened(typed)
    if _is_bare(rest):
        return True
    if not (opened or _first(rest) in _listed("leads")):
        return False
    named = _named(rest, names)
    left = _words(_without_names(_without(_even(rest), named), names, " "))
    narrowing = _listed("narrows") | _listed("degrees")
    others = _leading() | _listed("behind") | _listed("joins") | _listed("ranges")
    return all(word in narrowing | others or word.isdigit() for word in left) and (
        bool(named) or not narrowing.isdisjoint(left)
    )


def _is_bare(rest: str) -> bool:
    """Whether it says how far, how often or of which class alone ("severe?", "class II?", "rare ones?"), and nothing of what."""
    words = _words(rest)
    beside = _leading() | _listed("behind") | _listed("joins") | _listed("ranges")
    bare = [word for word in words if word in _listed("bare")]
    return (
        bool(bare)
        and _listed("wholes").isdisjoint(words)
        and all(word in bare or word in beside or (word.isdigit() and len(word) == 1) for word in words)
    )


def asks_alone(typed: str, before: str, names: Sequence[str]) -> bool:
    """Whether a follow-up that could not be read with the question before is whole by its own words: one degree of an organ's disease
    ("severe hepatic impairment"), or one harm or medicine where that question asks for such.
    """
    _, rest = _opened(typed)
    new = _only(rest, names)
    if new is None:
        return False
    if new.kind == "organ":
        return bool(_degrees(rest)) and _whole(rest)
    asked = _rows()["lists"].get(new.kind)
    return asked is not None and re.search(rf"(?<!\w)(?:{asked})(?!\w)", _even(before)) is not None


def narrowed_to(typed: str, names: Sequence[str]) -> Thing | None:
    """The one thing that `typed` names, where it names no other; `names` as in `carried`."""
    _, rest = _opened(typed)
    new = _only(rest, names)
    return Thing(new.kind, rest[new.start : new.end]) if new else None


def without_thing(read: str, thing: Thing) -> str:
    """The matter of a question: what is left without what it is narrowed to and the words that lead to it."""
    at = _even(read).rfind(_even(thing.text))
    left = read if at < 0 else f"{read[:at]} {read[at + len(thing.text) :]}"
    leading = _leading() | _listed("behind")
    return _WORD.sub(lambda word: "" if _even(word[0]) in leading else word[0], left)


def _opened(typed: str) -> tuple[bool, str]:
    """Whether it begins as what leans does ("and", "what about"), and what stands behind that."""
    asked = _ENDS.sub("", typed.strip())
    opened = _opens().match(_even(asked))
    return (True, asked[opened.end() :]) if opened else (False, asked)


def _stands_beside(put: str, question: str, replaced: Sequence[_Named]) -> bool:
    """Whether a figure would stand beside another of its unit, as "over 75 years 40 years old"."""
    return bool(units_of(put) & units_of(_without(question, replaced)))


def _other_language(typed: str, before: str) -> bool:
    theirs, ours = spoken_language(before), spoken_language(typed)
    return theirs is not None and ours is not None and theirs != ours


def _only(rest: str, names: Sequence[str]) -> _Named | None:
    """The one thing that it names, where all other words only lead to it."""
    named = _named(rest, names)
    if len(named) != 1:
        return None
    (only,) = named
    return only if _leads_alone(f"{rest[: only.start]} {rest[only.end :]}") else None


def _named(text: str, names: Sequence[str]) -> list[_Named]:
    """What a text names of the kinds, no two over one another: what is listed first and begins first."""
    said = _without_names(_even(text), names, "_")
    found: list[_Named] = []
    for kind, pattern in _kinds().items():
        found += _free(kind, [match.span() for match in pattern.finditer(said)], found)
    medicines = [
        m.span() for m in _WORD.finditer(said) if len(m[0]) >= _SHORTEST_NAME and looks_like_medicine(m[0])
    ]
    found += _free("medicine", medicines, found)
    found += _free("harm", [match.span() for match in symptoms().finditer(said)], found)
    return sorted(found, key=lambda named: named.start)


def _free(kind: str, spans: Sequence[tuple[int, int]], taken: Sequence[_Named]) -> list[_Named]:
    return [
        _Named(kind, start, end)
        for start, end in spans
        if all(end <= other.start or start >= other.end for other in taken)
    ]


def _has_a_matter(question: str, named: Sequence[_Named], names: Sequence[str]) -> bool:
    """Whether something is asked beside the things that it names, and the words that open a follow-up."""
    asked = _without_names(_without(_even(question), named), names, " ")
    opened = _opens().match(asked)
    return not _leads_alone(asked[opened.end() :] if opened else asked)


def _without(text: str, named: Sequence[_Named]) -> str:
    """The text with spaces in place of what is named: what is left keeps its place."""
    for one in named:
        text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
    return text


def _without_names(text: str, names: Sequence[str], put: str) -> str:
    """The flat text with `put` for each letter of the product's names, the longest first."""
    for name in sorted(map(flat, names), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda match: put * len(match[0]), text)
    return text


def _may_be_added(new: _Named, old: Sequence[_Named], question: str) -> bool:
    people = [named for named in old if named.kind in _PEOPLE]
    anybody = all(_OF_ANYBODY.fullmatch(_even(question)[one.start : one.end]) for one in people)
    return new.kind in _ADDED and anybody


def _in_place(question: str, old: _Named, rest: str, new: _Named) -> str | None:
    """The question with the new thing for the old one: with the words that lead to it, where it has any of its own.

    None where what is replaced is joined to something else, or the degree would be another than the typed one.
    """
    start, end, own = old.start, old.end, new.start
    degrees = _degrees(rest)
    if _first(rest) in _listed("leads"):
        start, own = _back_over(question, start, _leading()), 0
    elif degrees:
        start = _back_over(question, start, _listed("degrees"))
        own = _back_over(rest, own, _listed("degrees"))
    put = rest[own:]
    if new.kind == "organ" and _whole(rest):
        start = _back_over(question, start, _listed("degrees"))
    if new.kind != "organ" or _whole(rest):
        end = _on_over(question, end, _listed("behind"))
    elif degrees:
        end = _on_over(question, end, _listed("degrees"))
    before = question[:start]
    if own == new.start and new.kind in _WITH_ARTICLES:
        before = article_for(before, put, rest[:own])
    read = f"{before}{put}{question[end:]}"
    if _joined(question[:start], question[end:]) or (degrees and degrees != _degrees(read)):
        return None
    return read


def _joined(before: str, behind: str) -> bool:
    """Whether what stands between them is one of several, or the end of a range: the others would be kept."""
    first, last = _words(behind)[:2], _words(before)[-2:]
    if {*first[:1], *last[-1:]} & _listed("joins"):
        return True
    ended = (
        last[-1:] and last[-1] in _listed("ranges") and (last[0].isdigit() or last[0] in _listed("degrees"))
    )
    begun = first[:1] and first[0] in _listed("ranges") and first[-1] in _listed("degrees")
    return bool(ended or begun)


def _words(text: str) -> list[str]:
    return _WORD.findall(_even(text))


def _bounded(question: str, old: _Named) -> bool:
    """Whether what stands around it says of it, and of nothing that is put there, how far it goes or that it is not meant."""
    even = _even(question)
    before, behind = even[: old.start], even[old.end :]
    if _pattern("denies").search(" ".join(_NEAR.findall(before)[-_NEARLY:])):
        return True
    if old.kind in _FIGURES and _pattern("bounds").search(" ".join(_NEAR.findall(before)[-_NEARLY:])):
        return True
    if old.kind == "organ" and _pattern("measures").search(f"{before} {behind}"):
        return True
    return _tail().search(behind) is not None


def _whole(rest: str) -> bool:
    """Whether an organ is named with what is wrong with it ("hepatic impairment"), and not only as the other way to fill the question."""
    return not _listed("wholes").isdisjoint(_words(rest))


def _degrees(text: str) -> list[str]:
    return [word for word in _words(text) if word in _listed("degrees")]


def _back_over(text: str, start: int, these: frozenset[str]) -> int:
    words = list(_WORD.finditer(_even(text[:start])))
    while words and words[-1][0] in these:
        start = words.pop().start()
    return start


def _on_over(text: str, end: int, these: frozenset[str]) -> int:
    for word in _WORD.finditer(_even(text), end):
        if word[0] not in these:
            break
        end = word.end()
    return end


def _leads_alone(text: str) -> bool:
    return all(word in _leading() | _listed("behind") for word in _WORD.findall(_even(text)))


def _first(text: str) -> str:
    found = _WORD.search(_even(text))
    return found[0] if found else ""


def _even(text: str) -> str:
    """The flat text, letter for letter: places in it are places in the text."""
    return "".join(plain if len(plain := flat(letter)) == 1 else letter for letter in text)


def _leading() -> frozenset[str]:
    return _listed("leads") | _listed("between")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in _rows()[name])


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(_rows()["opens"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_rows()[name]})(?!\w)")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(_rows()["bounded"])


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for name, pattern in _rows()["kinds"].items()}


@cache
def _rows() -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "following.yaml").read_text("utf-8"))
    return found
