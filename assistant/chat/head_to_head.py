"""What an approved study says itself of the product beside the one medicine that a question compares it with.

The chat makes no comparison of its own (rule CH11). It may quote a study's: how it was done, its primary result, its verdict and
its harms together, or none of them (rule FR21: never the favourable points alone). Where one is missing only the place is named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.chat.named import medicines_in
from assistant.chat.needs import only_asks
from assistant.chat.readable import Readable
from assistant.chat.wording import flat
from assistant.engines.primary import primary_results
from assistant.engines.roles import role_of
from assistant.engines.units import Unit
from assistant.store.words import query_stems
from guardrails.citations import bare

_HARMS = 3
_VERDICTS = ("conclusion", "discussion")
_PLACES = ("result", "conclusion", "adverse_reaction")
"""Zones in the order in which a place of a comparison is worth reading."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What of one study may be told, and the sentences of all that set the two against each other: where to read."""

    told: tuple[Unit, ...] = ()
    places: tuple[Unit, ...] = ()


def head_to_head(
    question: str, units: Sequence[Unit], readable: Sequence[Readable], names: Sequence[str]
) -> Compared:
    """What of the documents, with all their `units` and those that somebody can be told, compares as the question does."""
    said = _without(question, names)
    words = left_over(question, names)
    places: list[Unit] = []
    for source in dict.fromkeys(one.unit.source for one in readable):
        own = [one for one in readable if one.unit.source == source]
        for other in words:
            pair = _Pair(tuple(flat(name) for name in names), other)
            both = [one for one in own if pair.named_in(one.text)]
            if not any(pair.measured(one.text) for one in both):
                continue
            places += [one.unit for one in both]
            rest = [word for word in words if word != other]
            if _asks_no_more(said) and (told := _told(pair, own, _primary(units, source), rest)):
                return Compared(told, tuple(places))
    return Compared((), tuple(sorted(places, key=_by_place)))


def left_over(question: str, names: Sequence[str]) -> tuple[str, ...]:
    """The words of a question that neither ask nor compare nor name the product."""
    said = _without(question, names)
    words = re.findall(r"[^\W\d_]{3,}", said)
    return tuple(dict.fromkeys(w for w in words if not only_asks(w) and not _pattern("words").fullmatch(w)))


def _asks_no_more(said: str) -> bool:
    """Whether nothing but the comparison is asked: no choice for a patient, no dose, time or value."""
    return bool(_pattern("asks").search(said)) and not (
        _pattern("chooses").search(said) or re.search(r"\d", said)
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """The product by its names, and the other medicine; flat."""

    names: tuple[str, ...]
    other: str

    def named_in(self, text: str) -> bool:
        return self._word(self.other).search(text) is not None and any(
            self._word(name).search(text) for name in self.names
        )

    def set_against(self, text: str) -> bool:
        """Whether one is measured by the other, and neither by a placebo."""
        return not self.added(text) and "placebo" not in text and self.measured(text)

    def measured(self, text: str) -> bool:
        """Whether one is measured by the other at all, as far as the words tell."""
        other = re.escape(self.other)
        if re.search(_table()["arm"].replace("<other>", other), text):
            return True
        return bool(medicines_in(self.other)) and all(
            any(re.search(rf"{_table()['beside']} (?:\w+ )?{re.escape(name)}\b", text) for name in some)
            for some in (self.names, (self.other,))
        )

    def added(self, text: str) -> bool:
        """Whether the other is taken with the product, or by everybody: what is compared is something else."""
        return bool(re.search(_table()["added"].replace("<other>", re.escape(self.other)), text))

    @staticmethod
    def _word(name: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _told(
    pair: _Pair, own: Sequence[Readable], primary: Sequence[str], rest: Sequence[str]
) -> tuple[Unit, ...]:
    """Design, primary result, verdict and harms in the order of reading; nothing where one is missing, or is of other people or
    another effect than the question. With them how the study says that it is not to be read.
    """
    both = [one for one in own if pair.named_in(one.text)]
    design = _first(one for one in both if _is_design(one) and not pair.added(one.text))
    result = _first(one for one in both if pair.set_against(one.text) and _holds(one, primary))
    verdict = _first(one for zone in _VERDICTS for one in both if one.unit.zone == zone and _judges(one))
    harms = [one for one in both if _tells_harm(one)]
    if design is None or result is None or verdict is None or not harms:
        return ()
    if not all(set(query_stems(word)) & (design.stems | verdict.stems) for word in rest):
        return ()
    harms = [one for one in harms if not one.unit.abstract] or harms
    cautions = [one for one in own if _pattern("caution").search(one.text)]
    chosen = {one.unit.order: one.unit for one in (design, result, verdict, *cautions[:1], *harms[:_HARMS])}
    return tuple(chosen[order] for order in sorted(chosen))


def _first(found: Iterator[Readable]) -> Readable | None:
    return next(found, None)


def _is_design(one: Readable) -> bool:
    return one.unit.source_kind == "paper" and "design" in {one.unit.zone, role_of(one.unit)}


def _holds(one: Readable, primary: Sequence[str]) -> bool:
    return any(told in bare(one.unit.text) for told in primary)


def _judges(one: Readable) -> bool:
    return bool(_pattern("verdict").search(one.text))


def _tells_harm(one: Readable) -> bool:
    harm = "adverse_reaction" in {one.unit.zone, role_of(one.unit)} or _pattern("harm").search(one.text)
    return bool(harm) and bool(re.search(r"\d", one.text)) and one.unit.zone not in {"design", "discussion"}


def _primary(units: Sequence[Unit], source: str) -> Sequence[str]:
    of_source = [unit for unit in units if unit.source == source]
    return [text for told in primary_results(of_source).values() for text in told]


def _by_place(unit: Unit) -> tuple[int, int]:
    zones = [at for at, zone in enumerate(_PLACES) if zone == unit.zone]
    return zones[0] if zones else len(_PLACES), unit.order


def _without(question: str, names: Sequence[str]) -> str:
    said = flat(question)
    for name in sorted(names, key=len, reverse=True):
        said = re.sub(rf"(?<!\w){re.escape(flat(name))}(?!\w)", " ", said)
    return said


@cache
def _pattern(name: str) -> re.Pattern[str]:
    text = _table()[name]
    return re.compile("|".join(text.split()) if name == "words" else text.replace("<other>", r"\w+"))


@cache
def _table() -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "head_to_head.yaml").read_text("utf-8"))
    return found
