"""Which sentences may be told to a question about a child: those that speak of children, and of none who are all older than this one."""

import re
from collections.abc import Sequence

from assistant.chat.bounds import stated
from assistant.chat.question import Asked, concepts
from assistant.chat.wanted import Scored
from assistant.chat.wording import flat

_ADOLESCENTS = re.compile(r"\badolescen\w*")
_ADOLESCENT_FROM = 12.0


def of_children(fitting: Sequence[Scored], asked: Asked, child: int | None) -> list[Scored]:
    """Those that meet the need at the index `child`, where a child is asked about: beside what the label says of children the dose of
    an adult would be taken for the child's.
    """
    if child is None:
        return list(fitting)
    small = _too_small(asked.text)
    return [s for s in fitting if child in s.met and not (small and _of_adolescents(s))]


def _too_small(question: str) -> bool:
    """Whether all ages that it gives are below an adolescent's."""
    ages = stated(question).get("age", ())
    return bool(ages) and all(age.high < _ADOLESCENT_FROM for age in ages)


def _of_adolescents(one: Scored) -> bool:
    """Whether it speaks of adolescents and of no younger children."""
    said = flat(f"{one.unit.heading}\n{one.unit.text}")
    younger = _ADOLESCENTS.sub(" ", said)
    return younger != said and not concepts()["children"].said.search(younger)
