"""The tables of words that take each other's place: a yaml file a kind, read once, and a corruption for each table."""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from eval.corruptions.material import Corrupted, Corruption, Kind, Language, Material
from eval.corruptions.outside.writing import chosen, put_in

_FOLDER = Path(__file__).parent
_LANGUAGES: tuple[Language, ...] = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Table:
    """Patterns, each with what may take its place."""

    some: re.Pattern[str]
    """What stands wherever one of the patterns does: most sentences hold none."""
    swaps: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    unless: re.Pattern[str] | None = None
    """In which sentences nothing is touched."""
    fresh: bool = False
    """Whether what is put in must not stand in the sentence already."""


def table_corruptions(kind: Kind) -> tuple[Corruption, ...]:
    """A corruption for each table of the kind."""
    return tuple(_from_table(kind, way, tables) for way, tables in _tables(kind).items())


def swapped(sentence: str, table: Table, rng: random.Random) -> Iterator[str]:
    """The sentence with one word in the place of another, at each place where the table has one."""
    if not table.some.search(sentence) or (table.unless and table.unless.search(sentence)):
        return
    for pattern, options in table.swaps:
        for match in pattern.finditer(sentence):
            new = match.expand(rng.choice(options))
            if not (table.fresh and new.strip() and stands(new.strip(), sentence)):
                yield put_in(sentence, match, new)


def stands(words: str, sentence: str) -> bool:
    """Whether the words stand in the sentence."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", sentence, re.IGNORECASE) is not None


@cache
def words_of(name: str) -> Any:
    """What a yaml file of this folder holds."""
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))


@cache
def _tables(kind: Kind) -> Mapping[str, Mapping[Language, Table]]:
    return {
        way: {language: _table(entry[language]) for language in _LANGUAGES if language in entry}
        for way, entry in words_of(kind).items()
    }


def _table(entry: Mapping[str, Any]) -> Table:
    compiled = _behind_figure if entry.get("after_figure", False) else _words
    swaps = tuple(
        (compiled(pattern), tuple(new) if isinstance(new, list) else (new,))
        for pattern, new in entry["swaps"].items()
    )
    some = compiled("|".join(f"(?:{pattern})" for pattern in entry["swaps"]))
    unless = re.compile(entry["unless"], re.IGNORECASE) if "unless" in entry else None
    return Table(some, swaps, unless, entry.get("fresh", False))


def _words(pattern: str) -> re.Pattern[str]:
    """Whole words, whatever their capitals and whichever the apostrophe."""
    either = re.sub(r"(?<!\[)'(?!’)", "['’]", pattern)
    return re.compile(rf"(?<![\w-])(?:{either})(?:(?<=\W)|(?![\w-]))", re.IGNORECASE)


def _behind_figure(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=\d\s)(?:{pattern})(?!\w)|(?<=\d-)(?:{pattern})(?!\w)|(?<=\d)(?:{pattern})(?!\w)")


def _from_table(kind: Kind, way: str, tables: Mapping[Language, Table]) -> Corruption:
    def corruption(material: Material, rng: random.Random) -> Corrupted | None:
        table = tables.get(material.language)
        told = swapped(material.sentence, table, rng) if table else ()
        return chosen(material, kind, way, told, rng)

    corruption.__name__ = f"{kind}: {way}"
    corruption.__doc__ = f"{kind}: a word of the table “{way}” takes another's place."
    return corruption
