"""What a text speaks of besides how it stands to it, and whether two texts may speak of one thing."""

import re
from dataclasses import dataclass
from functools import lru_cache

from guardrails.contrary.stances import stances, words
from guardrails.markers import classes, markers
from guardrails.names import looks_like_medicine, looks_like_study, named_words
from guardrails.overlap import contents, folded, groups_of
from guardrails.plain import plain
from guardrails.tables import table
from guardrails.things import things

_WORD = re.compile(r"[^\W\d_]{3,}")
_IDLE = ("idle", "least", "most", "enough", "going_on", "doses")
_SHORTEST = 5
"""Letters of a word that may be a medicine's name."""
_PEOPLE = frozenset({"population", "part_of_the_study"})
_TIMED = re.compile(
    r"(?:day|week|month|year|hour|jour|semaine|mois|ans?|annee|heure|dail|quotid|annual|hebdo|mensu)"
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a text is about."""

    words: frozenset[str]
    """Its words of content that tell neither a stance nor a time nor frame a result, by their beginnings."""
    groups: frozenset[int]
    """The groups of synonyms of these words."""
    things: frozenset[tuple[str, str]]
    people: frozenset[str]
    names: frozenset[str]
    opened: frozenset[str]
    """All its words with a capital, the first as well."""
    medicines: frozenset[str]
    studies: frozenset[str]


@lru_cache(maxsize=4096)
def matter(text: str, language: str) -> Matter:
    """Read once for each text: a claim is set beside every statement of a piece."""
    names = frozenset(
        folded(word)
        for word, opens in named_words(text)
        if word[:1].isupper() and not opens and sum(c.isupper() for c in word) == 1
    )
    medicines = frozenset(
        folded(word) for word, _ in named_words(text) if len(word) >= _SHORTEST and looks_like_medicine(word)
    )
    studies = frozenset(folded(word) for word, _ in named_words(text) if looks_like_study(word))
    found = markers(text, language)
    people = {c for group in classes() if group.name in _PEOPLE for c in group.concepts if c in found}
    told = contents(" ".join(_matter_words(text)))
    return Matter(
        told,
        frozenset(number for word in told for number in groups_of(word)),
        frozenset((thing.kind, thing.name) for thing in things(text)),
        frozenset(people - {"adults"} if people > {"adults"} else people),
        names,
        frozenset(folded(word) for word, _ in named_words(text) if word[:1].isupper()),
        medicines,
        studies,
    )


def shared(one: Matter, other: Matter, names: frozenset[str]) -> float:
    """The share of the shorter text's words that the other holds, 0 to 1, in these words or others for them."""
    own, theirs = (_without(side.words, names) for side in (one, other))
    few, many, rest = (own, theirs, other) if len(own) <= len(theirs) else (theirs, own, one)
    if not few:  # all that it tells is how it stands to what it names: "X is taken fasting"
        return float(bool(one.opened & other.opened))
    held = sum(word in many or bool(groups_of(word) & rest.groups) for word in few)
    return held / len(few)


def in_common(one: Matter, other: Matter, names: frozenset[str]) -> int:
    """How many words of the first the other holds, in these words or others for them."""
    theirs = _without(other.words, names)
    return sum(word in theirs or bool(groups_of(word) & other.groups) for word in _without(one.words, names))


def apart(one: Matter, other: Matter) -> bool:
    """Whether they name other people, organs, conditions, studies, or another part of the treatment."""
    for kind in ("condition", "organ"):
        own, theirs = (frozenset(n for k, n in side.things if k == kind) for side in (one, other))
        if own and theirs and not own & theirs:
            return True
    sides = ((one.people, other.people), (one.studies, other.studies))
    return any(own and theirs and not own & theirs for own, theirs in sides)


def other_medicine(one: Matter, other: Matter) -> bool:
    """Whether the first is of a medicine that the other does not name, and shares no name with it."""
    known = other.names | other.medicines
    return bool(one.medicines - known) and not one.names & known


def beyond_dose(text: str, claim: str) -> bool:
    """Whether one of them speaks of an overdose, or of several times the dose, and the other does not."""
    pattern = words("overdose")
    return bool(pattern.search(plain(text))) != bool(pattern.search(plain(claim)))


def _without(told: frozenset[str], names: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in told if not any(name.startswith(word) for name in names))


def _matter_words(text: str) -> list[str]:
    folded_text = plain(text)
    idle = [match.span() for name in _IDLE for match in words(name).finditer(folded_text)]
    stanced = [
        edge
        for stance in stances(text).values()
        for place in stance.places
        for edge in _edges(folded_text, *place)
    ]
    small = _frames()
    return [
        match[0]
        for match in _WORD.finditer(text)
        if not any(start <= match.start() < end for start, end in (*idle, *stanced))
        and not _TIMED.match(folded_text[match.start() : match.end()])
        and folded(match[0]) not in small
    ]


def _edges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The first and the last word of what says a stance: what stands between them is what it is about."""
    first = text.find(" ", start, end)
    last = text.rfind(" ", start, end)
    return [(start, end)] if first in {-1, last} else [(start, first), (last, end)]


@lru_cache(maxsize=1)
def _frames() -> frozenset[str]:
    return frozenset(folded(w) for found in table("wording.yaml")["frame_words"].values() for w in found)
