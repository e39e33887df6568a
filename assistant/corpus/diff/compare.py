"""The comparison itself."""

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.corpus.diff.align import Pair, in_order, rising
from assistant.corpus.diff.kinds import kinds_of, marks
from assistant.corpus.diff.model import Change, Diff
from assistant.corpus.diff.sections import place_of
from assistant.corpus.diff.similar import Group, match
from assistant.corpus.diff.units import Unit, Weights, bare_heading, unit_of
from ingestion.model import Sentence


def compare(old: Iterable[Sentence], new: Iterable[Sentence], language: str) -> Diff:
    """What became of each sentence of `old`, and where each sentence of `new` comes from.

    Time grows with the number of sentences (n log n), also for documents that repeat themselves.
    """
    before, after = [unit_of(s) for s in old], [unit_of(s) for s in new]
    pairs = in_order(before, after)
    groups = match(before, after, pairs, Weights([*before, *after]))
    renamed = _renamed(before, after, pairs)
    changes = [_kept(before[a], after[b], renamed) for a, b in pairs]
    kept_place = _keeping_order(pairs, groups)
    changes += [_grouped(g, before, after, language, in_place=id(g) in kept_place) for g in groups]
    seen_old = {at for c in changes for at in c.old}
    seen_new = {at for c in changes for at in c.new}
    changes += [Change("removed", (u.sentence.ordinal,), ()) for u in before if u.sentence.ordinal not in seen_old]
    changes += [Change("added", (), (u.sentence.ordinal,)) for u in after if u.sentence.ordinal not in seen_new]
    diff_old, diff_new = tuple(u.sentence for u in before), tuple(u.sentence for u in after)
    return Diff(diff_old, diff_new, _in_reading_order(changes, pairs, before, after))


def _kept(one: Unit, other: Unit, renamed: Counter[tuple[str, str]]) -> Change:
    """In its order; but a sentence that came under another section without that section being renamed has moved."""
    places = _place(one), _place(other)
    stayed = one.sentence.kind == "heading" or places[0] == places[1] or renamed[places]
    return Change("unchanged" if stayed else "moved", (one.sentence.ordinal,), (other.sentence.ordinal,))


def _place(unit: Unit) -> str:
    return bare_heading(place_of(unit.sentence).title)


def _renamed(old: Sequence[Unit], new: Sequence[Unit], pairs: Sequence[Pair]) -> Counter[tuple[str, str]]:
    """Sections that have another name now: most of what stayed in order went from the one to the other."""
    went: dict[str, Counter[str]] = {}
    for a, b in pairs:
        went.setdefault(_place(old[a]), Counter())[_place(new[b])] += 1
    return Counter(
        {(name, to): 1 for name, targets in went.items() for to, n in targets.items() if 2 * n >= targets.total()}
    )


def _keeping_order(pairs: Sequence[Pair], groups: Sequence[Group]) -> set[int]:
    """Ids of the groups that stand between the same neighbours as before."""
    named = [((a, b), 0) for a, b in pairs] + [((g.old[0], g.new[0]), id(g)) for g in groups]
    named.sort()
    by_place = dict(named)
    # Pairs are in order by themselves: a group that breaks their order is the one that moved.
    chain = rising([place for place, _ in named])
    return {by_place[place] for place in chain}


def _grouped(
    group: Group, old: Sequence[Unit], new: Sequence[Unit], language: str, *, in_place: bool
) -> Change:
    ones, others = [old[at] for at in group.old], [new[at] for at in group.new]
    ordinals = tuple(u.sentence.ordinal for u in ones), tuple(u.sentence.ordinal for u in others)
    if group.same:
        equal = "".join(u.key for u in ones).replace(" ", "") == "".join(u.key for u in others).replace(" ", "")
        if equal:
            return Change("unchanged" if in_place else "moved", *ordinals)
    one, other = (" ".join(u.sentence.text for u in side) for side in (ones, others))
    heading = ones[0].sentence.kind == "heading"
    kinds = kinds_of(one, other, language, heading=heading)
    old_marks, new_marks = marks(one, other)
    if kinds == ("typography",) and not in_place:
        return Change("moved", *ordinals, kinds, False, old_marks, new_marks)
    return Change("changed", *ordinals, kinds, not in_place, old_marks, new_marks)


def _in_reading_order(
    changes: Sequence[Change], pairs: Sequence[Pair], old: Sequence[Unit], new: Sequence[Unit]
) -> tuple[Change, ...]:
    """By place in the newer version; what was removed follows what stood before it."""
    anchor: dict[int, int] = {old[a].sentence.ordinal: new[b].sentence.ordinal for a, b in pairs}
    for change in changes:
        if change.old and change.new and not change.relocated and change.status in {"unchanged", "changed"}:
            anchor |= dict.fromkeys(change.old, change.new[-1])
    behind, last = {}, -1
    for unit in old:
        last = anchor.get(unit.sentence.ordinal, last)
        behind[unit.sentence.ordinal] = last
    return tuple(
        sorted(changes, key=lambda c: (c.new[0], 0, 0) if c.new else (behind[c.old[0]], 1, c.old[0]))
    )
