"""Sentences that stand in both versions to the letter and in the same order.

Patience: what occurs equally often in both stretches is an anchor, and the stretches between anchors are looked at
again, first with the sentences around each one (so that the hundredth near-identical presentation meets its own
partner), then without. n log n, also where most sentences repeat.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.corpus.diff.units import Unit

Pair = tuple[int, int]
"""Positions in the older and in the newer version."""
_Range = tuple[int, int, int, int]
_Key = Callable[[Sequence[Unit], int], object]
_MOST_PAIRS = 200_000
"""Of equal sentences in one stretch; beyond it they are paired in order instead of optimally."""


def in_order(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """The pairs of equal sentences that keep their order, in order."""
    found: list[Pair] = []
    waiting: list[tuple[_Range, int]] = [((0, len(old), 0, len(new)), 0)]
    while waiting:
        (a0, a1, b0, b1), level = waiting.pop()
        if a0 == a1 or b0 == b1:
            continue
        stretch = (a0, a1, b0, b1)
        if level == len(_LEVELS):
            found += _longest(old, new, stretch)
            continue
        anchors = _anchors(old, new, stretch, _LEVELS[level])
        if not anchors:
            waiting.append((stretch, level + 1))
            continue
        found += anchors
        edges = [(a0 - 1, b0 - 1), *anchors, (a1, b1)]
        for (a, b), (a_next, b_next) in pairwise(edges):
            waiting.append(((a + 1, a_next, b + 1, b_next), level))
    return sorted(found)


def _around(units: Sequence[Unit], at: int) -> object:
    before = units[at - 1].key if at else ""
    after = units[at + 1].key if at + 1 < len(units) else ""
    return before, units[at].key, after


def _under_heading(units: Sequence[Unit], at: int) -> object:
    return units[at].sentence.section[-1:], units[at].key


def _alone(units: Sequence[Unit], at: int) -> object:
    return units[at].key


_LEVELS: tuple[_Key, ...] = (_around, _under_heading, _alone)


def _anchors(old: Sequence[Unit], new: Sequence[Unit], stretch: _Range, key: _Key) -> list[Pair]:
    a0, a1, b0, b1 = stretch
    there: dict[object, list[int]] = defaultdict(list)
    for at in range(b0, b1):
        there[key(new, at)].append(at)
    here: dict[object, list[int]] = defaultdict(list)
    for at in range(a0, a1):
        here[key(old, at)].append(at)
    pairs = [
        pair
        for name, places in here.items()
        if len(places) == len(there.get(name, ()))
        for pair in zip(places, there[name], strict=True)
    ]
    return rising(sorted(pairs))


def _longest(old: Sequence[Unit], new: Sequence[Unit], stretch: _Range) -> list[Pair]:
    """The longest common subsequence of a stretch (Hunt and Szymanski)."""
    a0, a1, b0, b1 = stretch
    there: dict[str, list[int]] = defaultdict(list)
    for at in range(b0, b1):
        there[new[at].key].append(at)
    counted = Counter(old[at].key for at in range(a0, a1))
    if sum(n * len(there.get(key, ())) for key, n in counted.items()) > _MOST_PAIRS:
        used: Counter[str] = Counter()
        pairs = []
        for at in range(a0, a1):
            places, nth = there.get(old[at].key, []), used[old[at].key]
            if nth < len(places):
                pairs.append((at, places[nth]))
                used[old[at].key] += 1
        return rising(pairs)
    return rising([(at, other) for at in range(a0, a1) for other in reversed(there.get(old[at].key, []))])


def rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest subsequence whose second numbers rise; first numbers rise, or fall back only among equals."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        at = bisect_left(tops, value)
        before.append(last[at - 1] if at else -1)
        if at == len(tops):
            tops.append(value)
            last.append(index)
        else:
            tops[at], last[at] = value, index
    chain: list[Pair] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
