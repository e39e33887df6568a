"""Who is compared with whom, and which way."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from guardrails.answers import inverse
from guardrails.relations.arms import Known, mentions
from guardrails.relations.model import Contradiction, Sentence
from guardrails.relations.patterns import pattern
from guardrails.relations.values import arm_values
from guardrails.tables import table

_PAIR = 2
_NONINFERIOR = 0


@dataclass(frozen=True, slots=True)
class _Comparison:
    subject: str
    reference: str
    way: int
    """1: more in the subject, -1: less, 0: the subject is not inferior."""
    written: tuple[str, str]

    @property
    def ordered(self) -> tuple[str, str, int]:
        """The same for "A more than B" and "B less than A"."""
        if self.way and self.subject > self.reference:
            return self.reference, self.subject, -self.way
        return self.subject, self.reference, self.way


def turned_round(
    said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known
) -> Iterator[Contradiction]:
    """Comparisons of the statement that all quotes on the same two arms make the other way."""
    if inverse([(s.text, s.language) for s in said], [(s.text, s.language) for s in quoted]):
        return  # more survival for less mortality
    held = [c for s in quoted for c in (*_comparisons(s, known), *_by_values(s, known))]
    for one in (c for s in said for c in _comparisons(s, known)):
        same = [c for c in held if {c.subject, c.reference} == {one.subject, one.reference}]
        alike = [c for c in same if bool(c.way) == bool(one.way)]
        if alike and all(c.ordered != one.ordered for c in alike):
            yield Contradiction("turned", {"names": list(one.written)})


def set_against_another(
    said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known
) -> Iterator[Contradiction]:
    """Say "compared A with B" where the quotes compare it with C, and name B for something else."""
    named = {m.key: m.written for s in quoted for m in mentions(s, known)}
    held = {key for s in quoted for key in _set_against(s, known)}
    told = {key: written for s in said for key, written in _set_against(s, known).items()}
    for key, written in told.items():
        if held and key not in held and key in named:
            yield Contradiction("turned", {"names": [written, *sorted(named[h] for h in held if h in named)]})


def _set_against(sentence: Sentence, known: Known) -> dict[str, str]:
    places = {m.start: m for m in mentions(sentence, known)}
    found = (places.get(match.start("name")) for match in pattern("set_against").finditer(sentence.plain))
    return {m.key: m.written for m in found if m}


def agrees(said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known) -> bool:
    """Whether the statement makes a comparison, and each of its comparisons as a quote makes it."""
    told = [c.ordered for s in said for c in _comparisons(s, known)]
    held = [c.ordered for s in quoted for c in _comparisons(s, known)]
    return bool(told) and all(one in held for one in told)


def _comparisons(sentence: Sentence, known: Known) -> Iterator[_Comparison]:
    found = mentions(sentence, known)
    keys = {m.key: m.written for m in found}
    if len(keys) != _PAIR:
        return
    referred = {m.key for m in found if _reference().search(sentence.plain[: m.start])}
    way = _way(sentence)
    if len(referred) != 1 or way is None:
        return
    reference = referred.pop()
    subject = next(key for key in keys if key != reference)
    yield _Comparison(subject, reference, way, (keys[subject], keys[reference]))


def _by_values(sentence: Sentence, known: Known) -> Iterator[_Comparison]:
    """Two arms with a value each, and no word of change: the larger value is more."""
    if any(pattern.search(sentence.plain) for _, _, pattern in _signs()):
        return
    values = [b for b in arm_values(sentence, known) if isinstance(b.what, tuple) and b.what[1] is None]
    kinds = dict.fromkeys(bound.kind for bound in values)
    for kind in kinds:
        of_kind = [b for b in values if b.kind == kind]
        if len({b.to for b in of_kind}) < len(of_kind):
            continue
        for one, other in combinations(of_kind, _PAIR):
            if one.what == other.what:
                continue
            assert isinstance(one.what, tuple)
            assert isinstance(other.what, tuple)
            way = 1 if one.what[0] > other.what[0] else -1
            yield _Comparison(one.to, other.to, way, (one.owner, other.owner))


def _way(sentence: Sentence) -> int | None:
    """The sign of the comparison: a change times its degree ("decreased more" is less); None where it is not plain."""
    if pattern("noninferior").search(sentence.plain):
        return _NONINFERIOR
    if sentence.denies:
        return None
    rest, signs = sentence.plain, dict[str, list[int]]()
    for name, sign, words in _signs():
        signs.setdefault(name, []).extend(sign for _ in words.findall(rest))
        rest = words.sub(" ", rest)
    change, degree = signs.get("change", []), signs.get("degree", [])
    if len(set(change)) > 1 or len(set(degree)) > 1 or not (change or degree):
        return None
    if change and degree and len(change) + len(degree) > _PAIR:
        return None
    return (change[0] if change else 1) * (degree[0] if degree else 1)


@cache
def _reference() -> re.Pattern[str]:
    words = table("relations.yaml")
    return re.compile(words["reference"] + words["between"] + "$")


@cache
def _signs() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    return tuple((name, sign, re.compile(words)) for name, sign, words in table("relations.yaml")["signs"])
