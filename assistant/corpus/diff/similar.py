"""Among what is left over: moved sentences, sentences split or joined, and sentences that were changed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.corpus.diff.align import Pair
from assistant.corpus.diff.units import Unit, Weights, bag, loose_of

_LIKE_NEAR = 0.34
"""Likeness from which two sentences between the same neighbours are one sentence, changed."""
_LIKE_FAR = 0.62
"""The same where they stand in different places."""
_LARGEST_GAP = 2_500
"""Pairs of a gap that are all compared; in a larger one, and between gaps, rare words say which."""
_RARE, _MOST_POSTINGS = 5, 24
_MOVED_WORDS = 4
"""A shorter text found elsewhere ("Not known.") is not told to have moved there."""
_LONGEST_JOIN = 8
_START = 12
_GAIN = 0.5


@dataclass(slots=True)
class Group:
    """Positions that belong together: one against one, or one against several."""

    old: list[int]
    new: list[int]
    same: bool
    """The same words, typography apart."""
    likeness: float = 1.0


@dataclass
class Leftovers:
    """What no equal partner in order was found for. Gaps number the stretches between the pairs found."""

    old: Sequence[Unit]
    new: Sequence[Unit]
    pairs: Sequence[Pair]
    groups: list[Group] = field(default_factory=list)
    free_old: dict[int, int] = field(init=False)
    """Position to gap."""
    free_new: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        """Number the gaps."""
        self.free_old = _gaps([a for a, _ in self.pairs], len(self.old))
        self.free_new = _gaps([b for _, b in self.pairs], len(self.new))

    def take(self, group: Group) -> None:
        """Its positions are accounted for."""
        self.groups.append(group)
        for at in group.old:
            del self.free_old[at]
        for at in group.new:
            del self.free_new[at]


def _gaps(taken: Sequence[int], count: int) -> dict[int, int]:
    gap, used, free = 0, set(taken), {}
    for at in range(count):
        if at in used:
            gap += 1
        else:
            free[at] = gap
    return free


def match(old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[Pair], weights: Weights) -> list[Group]:
    """Groups of what stands in both versions but not equal and in order."""
    left = Leftovers(old, new, pairs)
    _same_in_gap(left)
    _joined(left)
    _moved(left)
    _changed(left, weights)
    _extended(left, weights)
    return left.groups


def _same_in_gap(left: Leftovers) -> None:
    """Only typography differs, between the same neighbours."""
    there: dict[tuple[int, str], list[int]] = defaultdict(list)
    for at, gap in left.free_new.items():
        there[gap, left.new[at].loose].append(at)
    for at, gap in list(left.free_old.items()):
        if places := there.get((gap, left.old[at].loose)):
            left.take(Group([at], [places.pop(0)], same=True))


def _joined(left: Leftovers) -> None:
    """One sentence on one side is several on the other, word for word."""
    for one, other, swapped in (
        ((left.old, left.free_old), (left.new, left.free_new), False),
        ((left.new, left.free_new), (left.old, left.free_old), True),
    ):
        (wholes, free_wholes), (parts, free_parts) = one, other
        starts: dict[tuple[int, str], list[int]] = defaultdict(list)
        for at, gap in free_parts.items():
            starts[gap, _letters(parts[at])[:_START]].append(at)
        for at, gap in list(free_wholes.items()):
            whole = _letters(wholes[at])
            for first in starts.get((gap, whole[:_START]), ()):
                if run := _run_that_makes(whole, first, gap, parts, free_parts):
                    left.take(Group(run, [at], same=True) if swapped else Group([at], run, same=True))
                    break


def _letters(unit: Unit) -> str:
    return loose_of(unit.key).replace(".", "").replace(":", "").casefold()


def _run_that_makes(
    whole: str, first: int, gap: int, parts: Sequence[Unit], free: dict[int, int]
) -> list[int]:
    """The adjacent sentences from `first` on that together are `whole`; none where they are not, or where it is one."""
    run, made = [], ""
    for at in range(first, min(first + _LONGEST_JOIN, len(parts))):
        if free.get(at) != gap:
            return []
        run.append(at)
        made += _letters(parts[at])
        if not whole.startswith(made):
            return []
        if made == whole:
            return run if len(run) > 1 else []
    return []


def _moved(left: Leftovers) -> None:
    """Equal sentences elsewhere, first under a heading of the same name."""
    for by_section in (True, False):
        there: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at in left.free_new:
            there[_name(left.new[at], by_section)].append(at)
        for at in list(left.free_old):
            unit = left.old[at]
            if len(unit.words) < _MOVED_WORDS or unit.sentence.kind == "heading":
                continue
            if places := there.get(_name(unit, by_section)):
                left.take(Group([at], [places.pop(0)], same=True))


def _name(unit: Unit, by_section: bool) -> tuple[str, str]:
    path = unit.sentence.section
    return unit.loose, (path[-1] if path else "") if by_section else ""


def _changed(left: Leftovers, weights: Weights) -> None:
    """The likest pairs first, each sentence once."""
    scored = sorted(_candidates(left, weights), reverse=True)
    for likeness, _, a, b in scored:
        if -a in left.free_old and b in left.free_new:
            left.take(Group([-a], [b], same=False, likeness=likeness))


def _candidates(left: Leftovers, weights: Weights) -> Iterator[tuple[float, int, int, int]]:
    """Likeness, nearness to the place where it would stand, and the two positions."""
    expected = _expected(left)
    bags = {at: bag([left.new[at]]) for at in left.free_new}
    totals = {at: weights.total(features) for at, features in bags.items()}
    wanted = _Wanted(left, weights, bags)
    for a, gap in left.free_old.items():
        unit = left.old[a]
        mine = bag([unit])
        total = weights.total(mine)
        for b in wanted.by(a, gap):
            other = left.new[b]
            likeness = weights.likeness(mine, total, bags[b], totals[b])
            same_gap = left.free_new[b] == gap
            if not _comparable(unit, other, likeness) or (_headed(unit, other) and not same_gap):
                continue
            near = same_gap or _same_place(unit, other)
            if likeness >= (_LIKE_NEAR if near else _LIKE_FAR):
                yield round(likeness + 0.1 * near, 2), -abs(b - expected[a]), -a, b


class _Wanted:
    """Which sentences are worth comparing with one: those of its gap, and those that share its rare words."""

    def __init__(self, left: Leftovers, weights: Weights, bags: Mapping[int, Mapping[str, int]]) -> None:
        self._left, self._weights = left, weights
        self._postings: dict[str, list[int]] = defaultdict(list)
        for at, features in bags.items():
            for feature in features:
                self._postings[feature].append(at)
        self._by_gap: dict[int, list[int]] = defaultdict(list)
        for at, gap in left.free_new.items():
            self._by_gap[gap].append(at)
        self._sizes = Counter(left.free_old.values())

    def by(self, at: int, gap: int) -> set[int]:
        """Positions in the newer version."""
        small = self._sizes[gap] * len(self._by_gap[gap]) <= _LARGEST_GAP
        found = set(self._by_gap[gap]) if small else set()
        for feature in self._weights.rarest(self._left.old[at], _RARE):
            places = self._postings.get(feature, ())
            found.update(places if len(places) <= _MOST_POSTINGS else ())
        return found


def _expected(left: Leftovers) -> dict[int, int]:
    """Where in the newer version each free sentence would stand, told by the pair before it."""
    found, pairs, at = {}, list(left.pairs), 0
    last = (-1, -1)
    for position in sorted(left.free_old):
        while at < len(pairs) and pairs[at][0] < position:
            last, at = pairs[at], at + 1
        found[position] = last[1] + position - last[0]
    return found


def _headed(one: Unit, other: Unit) -> bool:
    """Headings repeat ("Hepatic impairment"): they are compared only between the same neighbours."""
    return "heading" in {one.sentence.kind, other.sentence.kind}


def _comparable(one: Unit, other: Unit, likeness: float) -> bool:
    """A table's row is compared with rows; a heading with headings, and with a line that reads much the same."""
    kinds = {one.sentence.kind, other.sentence.kind}
    if len(kinds) == 1 or kinds == {"sentence", "bullet"}:
        return True
    return "row" not in kinds and likeness >= _LIKE_FAR


def _same_place(one: Unit, other: Unit) -> bool:
    return bool(one.sentence.section) and one.sentence.section[-2:] == other.sentence.section[-2:]


def _extended(left: Leftovers, weights: Weights) -> None:
    """A neighbour left over that holds the rest of a changed sentence belongs to it."""
    for group in left.groups:
        if group.same:
            continue
        for mine, others, units, other_units, free in (
            (group.new, group.old, left.new, left.old, left.free_new),
            (group.old, group.new, left.old, left.new, left.free_old),
        ):
            if len(others) > 1:
                continue
            for at in (mine[-1] + 1, mine[0] - 1):
                if at in free and _adds(units, other_units, mine, others, at, weights):
                    mine.append(at)
                    mine.sort()
                    del free[at]


def _adds(
    units: Sequence[Unit],
    other_units: Sequence[Unit],
    mine: Sequence[int],
    others: Sequence[int],
    at: int,
    weights: Weights,
) -> bool:
    if units[at].sentence.kind in {"heading", "row"}:
        return False
    whole = bag(other_units[i] for i in others)
    so_far = bag(units[i] for i in mine)
    part = bag([units[at]])
    gained = weights.shared(so_far + part, whole) - weights.shared(so_far, whole)
    return gained >= _GAIN * weights.total(part)
