"""What a statement says against an approved claim, where both may speak of the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from guardrails.aspects import aspects, others
from guardrails.contrary.amounts import amounts, differing, longer_or_shorter, of_another_age, of_others
from guardrails.contrary.compared import comparison, turned_round
from guardrails.contrary.denied import denied_and_told, denies
from guardrails.contrary.matter import Matter, apart, in_common, matter, other_medicine, shared
from guardrails.contrary.stances import Axis, axes, stances, words
from guardrails.model import Language
from guardrails.overlap import contents, folded, groups_of
from guardrails.plain import plain
from guardrails.relations.model import stretches
from guardrails.things import things

_MOST = 0.5
"""Share of the shorter text's words that the other must hold where only an amount or a denial differs."""
_LEAST = 0.29
"""The same for anything: of three words one, a name aside."""
_CLAUSE = 2
"""Words of content of the shortest clause."""
_OPENS = re.compile(r"\W*([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Opposition:
    """How a statement speaks against a claim: the words of each."""

    said: str
    held: str


def against(text: str, language: Language, claim: str, names: tuple[str, ...] = ()) -> Opposition | None:
    """The first thing that the statement says against the claim; None where it agrees or speaks of something else.

    Of a claim of several clauses only the one that a clause of the statement shares most with is set beside it.
    """
    own, theirs = matter(text, language), matter(claim, language)
    if other_medicine(own, theirs):
        return None
    known = _names(text, claim, own, theirs, names)
    for said in _clauses(text):
        nearest = _nearest(said, language, claim, known)
        found = [next(_oppositions(said, language, held, known), None) for held in nearest]
        if found and found[0] and all(found):
            return Opposition(*found[0])
    return None


def _nearest(said: str, language: Language, claim: str, names: frozenset[str]) -> list[str]:
    """The clauses of the claim that hold most of the statement's words, more than one where they hold as many."""
    clauses = _clauses(claim)
    if len(clauses) == 1:
        return [claim]
    own = matter(said, language)
    counts = [in_common(own, matter(clause, language), names) for clause in clauses]
    return [clause for clause, count in zip(clauses, counts, strict=True) if count == max(counts)]


@lru_cache(maxsize=4096)
def _clauses(text: str) -> tuple[str, ...]:
    """The clauses of a text that say anything; the whole where there is one."""
    found = (text[start:end].strip() for start, end in stretches(plain(text), words("clauses")))
    return tuple(clause for clause in found if len(contents(clause)) >= _CLAUSE) or (text,)


def _oppositions(
    text: str, language: Language, claim: str, names: frozenset[str]
) -> Iterator[tuple[str, str]]:
    own, theirs = matter(text, language), matter(claim, language)
    share = shared(own, theirs, names)
    yield from _of_people(text, claim)
    if share < _LEAST:
        return
    yield from of_another_age(amounts(text, language), amounts(claim, language))
    yield from _of_stances(text, language, claim, share, of_things=True)
    if not apart(own, theirs):
        yield from _of_one_thing(text, language, claim, share, names)


def _of_one_thing(
    text: str, language: Language, claim: str, share: float, names: frozenset[str]
) -> Iterator[tuple[str, str]]:
    said, held = amounts(text, language), amounts(claim, language)
    yield from longer_or_shorter(said, held)
    own, theirs = aspects(text, language), aspects(claim, language)
    pairs = (
        (own.people, theirs.people),
        (own.times, theirs.times),
        (own.sites, theirs.sites),
        (own.parts, theirs.parts),
    )
    if any(others(*pair) for pair in pairs):
        return
    if share >= _MOST and not own.people - theirs.people:
        yield from differing(said, held)
    if share >= _MOST and of_others(said, held):
        yield text, claim
    if others(own.doses, theirs.doses) or _graded(text) != _graded(claim):
        return
    yield from turned_round(comparison(text, language), comparison(claim, language), text, claim)
    yield from _of_stances(text, language, claim, share)
    if share >= _MOST and not _of_other_company(text, claim):
        yield from denied_and_told(text, language, claim, names)


def _of_stances(
    text: str, language: Language, claim: str, share: float, *, of_things: bool = False
) -> Iterator[tuple[str, str]]:
    said, held = stances(text), stances(claim)
    for axis in axes():
        if axis.of_things != of_things or axis.name not in said or axis.name not in held:
            continue
        one, other = said[axis.name], held[axis.name]
        if one.side != other.side and share >= axis.shared and _set_against(axis, text, language, claim):
            yield one.words, other.words


def _set_against(axis: Axis, text: str, language: Language, claim: str) -> bool:
    """Whether the two texts tell the sides of this axis so that they exclude each other."""
    both, one = denies(text) and denies(claim), denies(text) != denies(claim)
    if (axis.denied and both) or (axis.turned and one):
        return False
    if axis.of_one and all(words("behind").search(plain(side)) for side in (text, claim)):
        return False
    if axis.of_use and not all(words("used").search(plain(side)) for side in (text, claim)):
        return False
    return not axis.of_whom or _of_same_people(text, claim, language)


def _of_other_company(text: str, claim: str) -> bool:
    """One tells of the medicine alone, the other of it with another: what each denies is of that."""
    said, held = stances(text).get("company"), stances(claim).get("company")
    return bool(said and held and said.side != held.side)


def denies_the_other_side(text: str, claim: str) -> bool:
    """Whether one denies one side of an axis and the other tells the other side: they agree."""
    said, held = stances(text), stances(claim)
    turned = [a.name for a in axes() if a.turned and a.name in said and a.name in held]
    return denies(text) != denies(claim) and any(said[name].side != held[name].side for name in turned)


def _graded(text: str) -> bool:
    """Whether it speaks of the grave cases of something: they are not what is said of all."""
    return bool(words("graded").search(plain(text)))


def _of_same_people(text: str, claim: str, language: Language) -> bool:
    """Whether the statement names some of the people and organs that the claim is limited to."""
    said, held = matter(text, language), matter(claim, language)
    limits = held.people | aspects(claim, language).people | {name for _, name in held.things}
    told = said.people | aspects(text, language).people | {name for _, name in said.things}
    return not limits or bool(limits & told)


def _of_people(text: str, claim: str) -> Iterator[tuple[str, str]]:
    """For adults only, and given to the young all the same; or the reverse."""
    for one, other in ((text, claim), (claim, text)):
        only = words("adults_only").search(plain(one))
        young = words("minors").search(plain(other))
        stance = stances(other).get("permission")
        indicated = words("for_whom").search(plain(other))
        if only and young and ((stance and stance.side == "allowed") or (indicated and not stance)):
            found, held = one[slice(*only.span())], other[slice(*young.span())]
            yield (found, held) if one is text else (held, found)


def _means(word: str) -> bool:
    """Whether it is a word of the tables, no name."""
    return bool(things(word)) or any(groups_of(beginning) for beginning in contents(word))


def _names(text: str, claim: str, own: Matter, theirs: Matter, names: tuple[str, ...]) -> frozenset[str]:
    """The medicine that both speak of, by its letters; a word that opens both texts is one where it means nothing else."""
    inside = (
        own.names | theirs.names | own.studies | theirs.studies | {folded(name) for name in names if name}
    )
    first, other = _OPENS.match(text), _OPENS.match(claim)
    if first and other and first[1] == other[1] and not _means(first[1]):
        inside |= {folded(first[1])}
    return inside
