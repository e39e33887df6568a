"""What the searched documents themselves write short and long: a question in one writing finds the other."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from assistant.retrieval.extent import Kept
from assistant.store.abbreviations import load_abbreviations
from assistant.store.words import stems
from ingestion.abbreviations import Abbreviation

MOST_LONGS = 3
"""Of one short form in all that is searched, the ones most often explained."""
_LOWER_FROM = 3
"""A short form is known in small letters from so many on: “ssp” is SSP, “or” is no odds ratio."""
_LANGUAGES = ("en", "fr")
_WORD = re.compile(r"[^\W_](?:[\w/+.-]*\w)?")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The pairs of some readings, found from either side."""

    longs: Mapping[str, tuple[str, ...]]
    """Of each short form as it is written."""
    lower: Mapping[str, tuple[str, ...]]
    """Short forms by their small letters."""
    shorts: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    """By the first stem of a long form: all of its stems, the long and the short form."""

    def widened(self, question: str) -> dict[str, tuple[str, ...]]:
        """For each short or long form of the question, as the documents write it, its other writings."""
        found: dict[str, tuple[str, ...]] = {}
        for word in _WORD.findall(question):
            for short in (word,) if word in self.longs else self._lowered(word):
                found[short] = self.longs[short]
        for language in _LANGUAGES:
            said = stems(question, language)
            for at, stem in enumerate(said):
                for whole, long, short in self.shorts.get(stem, ()):
                    if tuple(said[at : at + len(whole)]) == whole:
                        found[long] = tuple(dict.fromkeys((*found.get(long, ()), short)))
        return found

    def _lowered(self, word: str) -> tuple[str, ...]:
        if (
            len(word) < _LOWER_FROM
            or not word.islower()
            or not all(stems(word, language) for language in _LANGUAGES)
        ):
            return ()
        return self.lower.get(word, ())


def lexicon_of(pairs: Iterable[Abbreviation]) -> Lexicon:
    """Put the pairs in order: what is explained most often first."""
    times: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for pair in pairs:
        key = " ".join(stems(pair.long, "en")) or pair.long
        known = times[pair.short].get(key, (0, pair.long))
        times[pair.short][key] = known[0] + pair.times, known[1]
    longs = {
        short: tuple(long for _, long in sorted(found.values(), key=lambda f: (-f[0], f[1]))[:MOST_LONGS])
        for short, found in times.items()
    }
    lower: dict[str, list[str]] = defaultdict(list)
    shorts: dict[str, dict[tuple[tuple[str, ...], str, str], None]] = defaultdict(dict)
    for short, wholes in longs.items():
        lower[short.casefold()].append(short)
        for long in wholes:
            for language in _LANGUAGES:
                whole = tuple(stems(long, language))
                if len(whole) > 1:  # a single everyday word is not looked for as somebody's abbreviation
                    shorts[whole[0]][whole, long, short] = None
    return Lexicon(
        longs,
        {word: tuple(found) for word, found in lower.items()},
        {stem: tuple(found) for stem, found in shorts.items()},
    )


class Lexicons:
    """The lexicons of the readings asked about most recently; readings never change."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._made: Kept[tuple[str, ...], Lexicon] = Kept(200_000, lambda lexicon: 1 + len(lexicon.longs))

    def of(self, connection: Connection, readings: Sequence[str]) -> Lexicon:
        """The lexicon of these readings together."""
        key = tuple(readings)
        found = self._made.find(key)
        if found is not None:
            return found
        return self._made.put(key, lexicon_of(pair for _, pair in load_abbreviations(connection, key)))
