"""Is a claim of use or effect made for a condition that the approved indication does not name?

Read from words; patterns are data: `indications.yaml`. What is not plainly a condition, or not plainly claimed, is not judged.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from guardrails.overlap import contents, speaks_of
from guardrails.plain import plain
from guardrails.tables import table
from guardrails.things import things
from ingestion.sentences import split

_REACH = 110
"""Characters behind a claim in which its condition begins."""
_AFTER = re.compile(r"(?:,? [\w-]+){0,5}")
"""The words behind a condition that may say which it is: "diabetes of type 2"."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of use or effect in a condition, folded."""

    condition: str
    around: str
    """The condition with the words before and behind it that say of which kind it is."""
    words: str
    """The claim up to the end of its condition."""
    of_people: bool
    """It is made of people who have the condition, perhaps beside what they are treated for."""
    granted: bool
    """It says that the use is approved."""
    sure: bool
    """The condition is a known one, and what is claimed is no outcome ("in preventing stroke") but the use."""


@lru_cache(maxsize=2048)
def claims_of_use(text: str, names: tuple[str, ...]) -> tuple[Claim, ...]:
    """The claims that the medicine of these names is for a condition, or works in it; none that is denied or asked."""
    return tuple(claim for start, end in split(text) for claim in _claims(plain(text[start:end]), names))


def _claims(said: str, names: tuple[str, ...]) -> Iterator[Claim]:
    if said.rstrip().endswith("?"):
        return
    for cue in _cues().finditer(said):
        named = any(re.search(rf"\b{re.escape(plain(name))}\b", said[: cue.start()]) for name in names)
        if not named or _pattern("denied").search(said[: cue.end()]):
            continue
        for found in _pattern("disease").finditer(said, cue.end()):
            way = _pattern("to_condition").match(said[cue.end() : found.start()])
            if way is None or found.start() - cue.end() > _REACH:
                continue
            granted = bool(_pattern("granted").search(cue[0]))
            if not granted and _pattern("special").search(found[0]):
                break
            behind = _AFTER.match(said[found.end() :])
            yield Claim(
                found[0],
                f"{way['before'] or ''}{found[0]}{behind[0] if behind else ''}",
                said[cue.start() : found.end()],
                bool(way["who"]),
                granted,
                _is_known(found, way["before"] or "") and (granted or not _pattern("outcome").search(way[0])),
            )
            break


def _is_known(found: re.Match[str], before: str) -> bool:
    """Whether the words are a condition's name, and do not only look like one."""
    return not found["like"] or any(thing.kind == "condition" for thing in things(f"{before}{found[0]}"))


def unnamed(claim: Claim, indications: Sequence[str]) -> str | None:
    """The condition, or the kind of it, that the indications do not name; None where they do."""
    named = " ".join(plain(text) for text in indications)
    own, held = contents(claim.condition) - _small(), contents(named)
    known = {thing.name for thing in things(named) if thing.kind == "condition"}
    same = any(t.kind == "condition" and t.name in known for t in things(claim.condition))
    if own and not same and not speaks_of(own, held):
        return claim.condition
    return next((f"{kind} {claim.condition}" for kind in _other_kinds(claim.around, named)), None)


def _other_kinds(said: str, named: str) -> Iterator[str]:
    """The kinds that a claim names where the indications name another of the same group."""
    for group in _table()["qualifiers"].values():
        patterns = {kind: re.compile(rf"\b(?:{pattern})") for kind, pattern in group.items()}
        in_claim = {kind: match[0] for kind, p in patterns.items() if (match := p.search(said))}
        in_named = {kind for kind, p in patterns.items() if p.search(named)}
        if in_claim and in_named and in_named.isdisjoint(in_claim):
            yield next(iter(in_claim.values()))


def _table() -> Any:
    return table("indications.yaml")


@cache
def _small() -> frozenset[str]:
    return contents(_table()["say_little"])


@cache
def _cues() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _table()["claim"]))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_table()[name])
