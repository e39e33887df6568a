"""A life in danger now: signs that open a case by themselves, and signs that make an emergency of one that is open.

What is over, or long ago, is no danger now: the tables of `urgent.yaml` say which words mean it. A learned score
(`likeness.urgency`) adds what the signs miss.
"""

import re
from functools import cache

from guardrails.safety.likeness import names_an_emergency, urgency
from guardrails.safety.spelling import plainly
from guardrails.tables import table

_URGENT = 0.0
"""Log-odds of a report, of which as many are taken to be in danger as not, from which it is one."""
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


def shows_danger(text: str) -> bool:
    """Whether a turn holds signs of a life in danger that nobody types without cause, and not that it is over."""
    said = plainly(text)
    return not _urgent("over").search(said) and any(_urgent("says").search(each) for each in _of_now(said))


def sounds_urgent(text: str) -> bool:
    """Whether a turn that opens a case tells of a life in danger now: besides these signs, quieter ones count."""
    said = plainly(text)
    if names_an_emergency(said) or shows_danger(text):
        return True
    recent = " ".join(_of_now(said))
    if _urgent("swallowed").search(recent) and not _urgent("left").search(said):
        return True
    if _urgent("over").search(said):
        return False
    signs = (
        _tells("worse", recent) or _tells("sudden", recent, "now") or _tells("acute", recent, "now", "today")
    )
    return signs or urgency(text) >= _URGENT


def _tells(signs: str, said: str, *times: str) -> bool:
    """Whether such a sign stands in the text, beside one of the words of time if any are asked for."""
    timely = not times or any(_urgent(part).search(said) for part in times)
    return timely and _urgent(signs).search(said) is not None


def _of_now(said: str) -> list[str]:
    """The sentences that do not speak of long ago."""
    return [each for each in _SENTENCE.split(said) if not _urgent("then").search(each)]


@cache
def _urgent(part: str) -> re.Pattern[str]:
    data = table("safety/urgent.yaml")
    return re.compile("|".join(f"(?:{pattern})" for pattern in data[part]).replace("<n>", data["n"]))
