"""The comparison itself."""

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
    alone = _names_of_one_side(before, after)
    changes = [_kept(before[a], after[b], alone) for a, b in pairs]
    kept_place = _keeping_order(pairs, groups)
    changes += [_grouped(g, before, after, language, in_place=id(g) in kept_place) for g in groups]
    changes += _one_sided(before, after, changes)
    diff_old, diff_new = tuple(u.sentence for u in before), tuple(u.sentence for u in after)
    return Diff(diff_old, diff_new, _in_reading_order(changes, pairs, before, after))


def _one_sided(old: Sequence[Unit], new: Sequence[Unit], changes: Sequence[Change]) -> list[Change]:
    """What has no partner; `repeated` says that the same words stand in the other version too, another time."""
    seen_old = {at for change in changes for at in change.old}
    seen_new = {at for change in changes for at in change.new}
    keys_old, keys_new = {unit.key for unit in old}, {unit.key for unit in new}
    removed = [unit for unit in old if unit.sentence.ordinal not in seen_old]
    added = [unit for unit in new if unit.sentence.ordinal not in seen_new]
    return [
        *(Change("removed", (u.sentence.ordinal,), (), _repeated(u, keys_new)) for u in removed),
        *(Change("added", (), (u.sentence.ordinal,), _repeated(u, keys_old)) for u in added),
    ]


def _repeated(unit: Unit, there: set[str]) -> tuple[str, ...]:
    return ("repeated",) if unit.key in there else ()


def _kept(one: Unit, other: Unit, alone: frozenset[str]) -> Change:
    """In its order; but a sentence that came under another section without that section being renamed has moved."""
    places = _place(one), _place(other)
    stayed = one.sentence.kind == "heading" or places[0] == places[1] or alone.issuperset(places)
    return Change("unchanged" if stayed else "moved", (one.sentence.ordinal,), (other.sentence.ordinal,))


def _place(unit: Unit) -> str:
    return bare_heading(place_of(unit.sentence).title)


def _names_of_one_side(old: Sequence[Unit], new: Sequence[Unit]) -> frozenset[str]:
    """Names of sections that only one version has: a section that goes from one to the other was renamed."""
    return frozenset({_place(unit) for unit in old} ^ {_place(unit) for unit in new})


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
        equal = "".join(u.key for u in ones).replace(" ", "") == "".join(u.key for u in others).replace(
            " ", ""
        )
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
