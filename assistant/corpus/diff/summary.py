"""What changed, told by section: those that are read first lead."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.corpus.diff.kinds import all_kinds
from assistant.corpus.diff.model import Change, Diff, Status
from assistant.corpus.diff.sections import LEAD, Place, place_of

STATUSES: tuple[Status, ...] = ("changed", "added", "removed", "moved", "unchanged")


@dataclass
class SectionChanges:
    """One section: how many sentences of each status, and what the changes touch."""

    place: Place
    counts: Counter[str] = field(default_factory=Counter)
    kinds: set[str] = field(default_factory=set)

    @property
    def lead(self) -> str | None:
        """Which of the sections that are read first it is."""
        return LEAD.get(self.place.code)

    def sorted_kinds(self) -> list[str]:
        """Gravest first."""
        return [kind for kind in all_kinds() if kind in self.kinds]


def place_of_change(diff: Diff, change: Change) -> Place:
    """In the newer version; of what was removed, in the older one."""
    old, new = diff.sentences
    return place_of(new[change.new[0]] if change.new else old[change.old[0]])


def counts(changes: Iterable[Change]) -> dict[str, int]:
    """How many changes of each status."""
    counted = Counter(change.status for change in changes)
    return {status: counted[status] for status in STATUSES}


def by_section(diff: Diff) -> Sequence[SectionChanges]:
    """The sections in which anything changed: leading ones first, then in the order of the document."""
    found: dict[Place, SectionChanges] = {}
    for change in diff.changes:
        if change.status == "unchanged":
            continue
        place = place_of_change(diff, change)
        section = found.setdefault(place, SectionChanges(place))
        section.counts[change.status] += 1
        section.counts["repeated"] += change.kinds == ("repeated",)
        section.kinds.update(kind for kind in change.kinds if kind != "repeated")
    order = list(LEAD)
    return sorted(
        found.values(), key=lambda s: order.index(s.place.code) if s.place.code in LEAD else len(order)
    )
