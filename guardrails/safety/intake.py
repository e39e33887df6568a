"""Safety intake: runs before anything else in a conversation, and prefers one ticket too many to one too few.

Rule CH4, CH6, CH7 and CH9 of the catalogue (GVP VI): adverse event, pregnancy, overdose, misuse, lack of effect,
product complaint, medication error, off-label use, emergency. A question about the label alone is no case. Written
patterns come first; a learned likeness (`likeness.py`) adds what they miss, and so do signs of a life in danger. It takes
away what a listed word says only where the turn also says that nobody was treated; where no word is listed and a person is
only spoken of, a turn that plainly reads like a question is one, and so is one that asks in general (`general.py`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from guardrails.safety.danger import shows_danger, sounds_urgent
from guardrails.safety.general import asks_in_general, leaves_no_room
from guardrails.safety.likeness import (
    PLAINLY,
    reads_like_a_question,
    reads_like_a_report,
    structure,
    supposed_kind,
)
from guardrails.safety.spelling import Plain, plain, plainly, without_courtesies
from guardrails.safety.turns import classify_turn
from guardrails.tables import table

SafetyKind = Literal[
    "emergency",
    "overdose",
    "pregnancy",
    "adverse_event",
    "medication_error",
    "misuse",
    "lack_of_effect",
    "product_complaint",
    "off_label_use",
]


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that fired: half-open offsets into the turn as typed."""

    kind: SafetyKind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SafetySignal:
    """A possible safety case in one turn."""

    kind: SafetyKind
    """The most pressing of the kinds found, in the order of `SafetyKind`."""
    triggers: tuple[Trigger, ...]

    @property
    def kinds(self) -> tuple[SafetyKind, ...]:
        """All kinds found, the most pressing first."""
        return tuple(dict.fromkeys(trigger.kind for trigger in self.triggers))


def intake(text: str, language: str) -> SafetySignal | None:
    """The safety signal in a turn, or None. Both languages are tried, since people mix them; spelling is mended
    towards `language` alone.
    """
    if leaves_no_room(text):
        return None
    triggers = _written(text, language)
    asks = reads_like_a_question(text) or reads_like_a_question(_without_supposed(text), text)
    if triggers and asks and not _surely(text, triggers):
        triggers = []
    if not triggers and not asks:
        triggers = _somebody(text, language)
    if not triggers and reads_like_a_report(text) and _reports_more(text) and not _asks(text, language):
        triggers = [_whole(text, cast("SafetyKind", supposed_kind(text)))]
    if not triggers and _in_danger(text):
        triggers = [_whole(text, "emergency")]
    if not triggers:
        return None
    if sounds_urgent(text) and all(trigger.kind != "emergency" for trigger in triggers):
        triggers.append(_whole(text, "emergency"))
    order: Mapping[str, int] = {kind: at for at, kind in enumerate(_lexicon("en").signals)}
    triggers.sort(key=lambda trigger: (order[trigger.kind], trigger.start))
    return SafetySignal(triggers[0].kind, tuple(triggers))


def report(text: str, language: str) -> SafetySignal:
    """The signal in what somebody handed in as a report: it is one, whatever its words."""
    kind = cast("SafetyKind", supposed_kind(text))
    return intake(text, language) or SafetySignal(kind, (_whole(text, kind),))


@dataclass(frozen=True, slots=True)
class Heard:
    """What the intake hears in a turn beside its learned score; the score is taught with it."""

    surely: bool
    """A listed word or a sign of danger opens the case, whatever the score."""
    of_somebody: bool
    """A person is told of, or a listed word stands beside a sign that nobody was treated: a score that is not plainly a
    question's opens the case."""
    only_asks: bool
    """The score opens no case."""
    told: str
    """The turn without what it supposes: it must score like a report, too."""

    def opens(self, score: float, told: float, threshold: float) -> bool:
        """Whether a case is opened, given the scores of the turn and of `told`."""
        least = min(score, told)
        if self.surely or (self.of_somebody and least >= threshold - PLAINLY):
            return True
        return least >= threshold and not self.only_asks


def heard(text: str, language: str) -> Heard:
    """What `intake` hears in the turn before it asks the score."""
    listed = _written(text, language)
    room = not leaves_no_room(text)
    return Heard(
        surely=room and (_surely(text, listed) or _in_danger(text)),
        of_somebody=room and bool(listed or _somebody(text, language)),
        only_asks=_asks(text, language),
        told=_without_supposed(text),
    )


def _written(text: str, language: str) -> list[Trigger]:
    return [found for each in ("en", "fr") for found in _triggers(text, each, mend=each == language)]


def _surely(text: str, triggers: list[Trigger]) -> bool:
    """Whether listed words open a case whatever the score: not where the turn says that nobody was treated with it."""
    excused = not _OF_NOBODY.isdisjoint(structure(_UNDER_WAY.sub(" ", plainly(text))))
    return any(trigger.kind == "emergency" or not excused for trigger in triggers)


def _somebody(text: str, language: str) -> list[Trigger]:
    if asks_in_general(text):
        return []
    return [found for each in ("en", "fr") for found in _told(text, each, mend=each == language)]


def _in_danger(text: str) -> bool:
    return not _ORDERS.search(text) and shows_danger(_without_supposed(text))


def _asks(text: str, language: str) -> bool:
    """Whether a turn orders something, asks what to do or asks in general, and no more: its likeness to a report then counts for nothing."""
    return (
        asks_in_general(text)
        or bool(_ORDERS.search(text) or _CHOICE.search(text))
        or "injection" in classify_turn(text, language)
    )


def _reports_more(text: str) -> bool:
    """Whether a turn still reads like a report without what its questions suppose or recall from years ago."""
    return reads_like_a_report(_without_supposed(text), text)


def _without_supposed(text: str) -> str:
    rest = without_courtesies(plainly(text))
    for language in ("en", "fr"):
        rest = _lexicon(language).hypothetical.sub(" ", rest)
    return rest


def _whole(text: str, kind: SafetyKind) -> Trigger:
    """No words of the turn stand out: all of it is what the desk has to read."""
    said = text.strip()
    start = text.index(said)
    return Trigger(kind, start, start + len(said), said)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """One language's patterns, compiled once."""

    hypothetical: re.Pattern[str]
    denied: re.Pattern[str]
    signals: Mapping[SafetyKind, tuple[re.Pattern[str], ...]]
    otherwise: tuple[re.Pattern[str], ...]
    """Tried when no signal fires."""
    vocabulary: frozenset[str]
    left_alone: frozenset[str]
    openings: re.Pattern[str]
    """How words begin that a signal lists with any ending: as they are written they are listed, and no slip for another word."""


def _triggers(text: str, language: str, *, mend: bool) -> list[Trigger]:
    lexicon = _lexicon(language)
    turn = _plain(text, lexicon, mend=mend)
    said = _blank(_blank(without_courtesies(turn.text), lexicon.hypothetical), lexicon.denied)
    for other in ("en", "fr"):
        said = _blank(said, _lexicon(other).hypothetical)
    return [
        _trigger(kind, match, turn, text)
        for kind, patterns in lexicon.signals.items()
        for pattern in patterns
        if (match := pattern.search(said))
    ]


def _told(text: str, language: str, *, mend: bool) -> list[Trigger]:
    """What is told of a specific person, though no listed word says what happened: taken as an adverse event.

    Who tells of a person and asks nothing has a reason to tell it.
    """
    lexicon = _lexicon(language)
    turn = _plain(text, lexicon, mend=mend)
    said = _blank(turn.text, _ASKS_US)
    found = (pattern.search(said) for pattern in lexicon.otherwise)
    return [_trigger("adverse_event", match, turn, text) for match in found if match]


def _plain(text: str, lexicon: _Lexicon, *, mend: bool) -> Plain:
    if not mend:
        return plain(text, frozenset(), lexicon.left_alone)
    listed = frozenset(
        word
        for word in lexicon.openings.findall(plainly(text))
        if word.removesuffix("s")
        not in lexicon.vocabulary  # the plural of a word that is spelt out is that word
    )
    return plain(text, lexicon.vocabulary, lexicon.left_alone | listed)


def _trigger(kind: SafetyKind, match: re.Match[str], turn: Plain, text: str) -> Trigger:
    start, end = turn.original(match.start(), match.end())
    return Trigger(kind, start, end, text[start:end])


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    """The text with each match blanked out, character for character."""
    return pattern.sub(lambda match: "." * len(match[0]), text)


_OF_NOBODY = frozenset({"untreated", "literature", "compared", "channel", "supposed"})
"""Signs of structure: a person who has not had the medicine, an article, another medicine, a site, a supposition."""
_UNDER_WAY = re.compile(r"\ben cours\b")
"""“En cours” is no lesson, as a “cours” is."""
_ASKS_US = re.compile(
    r"^\W*(?:please,? |svp,? |s'il vous plait,? )?(?:(?:tell|remind|give|show|explain to|repeat after) me\b"
    r"|(?:dis|dites|donnez?|rappellez?|rappelez|expliquez?|montrez?|indiquez?|precisez?)[- ](?:moi|nous)\b)"
)
"""“Tell me the dose.” tells of nobody."""
_CHOICE = re.compile(
    r"^\W*(?:(?:should|shall|may|can|must) (?:i|we|he|she|they) (?:stop|start|take|continue|keep|restart|switch|reduce|halve)|"
    r"(?:dois|puis|peut|doit|faut)[- ](?:je|on|il|elle) (?:arr[êe]ter|commencer|d[ée]buter|prendre|continuer|poursuivre|reprendre|changer|diminuer))"
    r"(?: [\w'’-]+){0,5} ?\?\W*$",
    re.IGNORECASE,
)
"""A bare question of what to do, of a few words and without a clause that could tell of an event."""
_ORDERS = re.compile(
    r"^\W*(?:please,? |svp,? |s['’]il (?:te|vous) pla[iî]t,? )?"
    r"(?:say|write|state|confirm|repeat|claim|dis|dites|[ée]cri(?:s|vez)|confirmez?|r[ée]p[éè]te[rz]?|affirmez?)\s+(?:that|que|qu['’]|:)",
    re.IGNORECASE,
)
"""“Say that it is safe.” orders a claim and reports nothing; the written patterns still look at it."""


_OPENING = re.compile(r"(?<![a-z\\\])])([a-z]{5,})\\w[*+]")
"""A word of five letters or more with an open ending, in a pattern."""


@cache
def _lexicon(language: str) -> _Lexicon:
    data = table("safety/signals.yaml")
    own: Mapping[str, Any] = data[language]
    parts: Mapping[str, str] = own["parts"]
    signals = {
        kind: tuple(re.compile(_filled(pattern, parts)) for pattern in patterns)
        for kind, patterns in own["signals"].items()
    }
    sources = [*parts.values(), *(p for patterns in own["signals"].values() for p in patterns)]
    return _Lexicon(
        re.compile(_filled("|".join(own["hypothetical"]), parts)),
        re.compile(_filled(data["denied"][language], parts)),
        signals,
        tuple(re.compile(_filled(pattern, parts)) for pattern in data["otherwise"][language]),
        frozenset(data["vocabulary"][language]).union(*(_whole_words(source) for source in sources)),
        frozenset(data["left_alone"]),
        re.compile(rf"\b(?:{'|'.join(sorted(_openings(own['signals'])))})[a-z]*"),
    )


def _openings(signals: Mapping[str, Sequence[str]]) -> set[str]:
    """What stands before “any letters” in them, where that is most of a word."""
    return {
        found[1]
        for patterns in signals.values()
        for pattern in patterns
        for found in _OPENING.finditer(pattern)
    }


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with its parts filled in; a part may be made of parts."""
    while (filled := re.sub(r"<(\w+)>", lambda match: parts[match[1]], pattern)) != pattern:
        pattern = filled
    return pattern


def _whole_words(pattern: str) -> set[str]:
    """The words that a pattern spells out in full: what a typing slip may be mended to."""
    bare = re.sub(r"\\b|\(\?(?:<?[!=]|:)", " ", pattern)
    forms = (re.sub(r"[a-z]\?", "", bare), re.sub(r"(?<=[a-z])\?", "", bare))
    return {word for form in forms for word in re.findall(r"(?<![a-z\\])[a-z]{5,}(?![a-z\\])", form)}
