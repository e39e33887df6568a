"""Does a sentence take something back of what the one before it tells? Patterns are data: `surroundings.yaml`."""

import re
from functools import cache

from guardrails.model import Language
from guardrails.overlap import contents
from guardrails.tables import pattern, table
from guardrails.torn import plain

_SAME_RESULT = 3
"""Words of content that a later sentence shares with a result of which it speaks, at least, and as a share of its own."""
_SHARE = 0.7


def takes_back(after: str, told: str, language: Language) -> bool:
    """Whether the sentence after the one that is told withdraws, limits or forbids something of it."""
    said = plain(after)
    if pattern("surroundings.yaml", "limits", language).match(said) or pattern(
        "surroundings.yaml", "relevance", language
    ).search(said):
        return True
    if _weakens(said, told, language) or _never_again(said, told, language):
        return True
    return _limits_use(said, told.replace("’", "'"), language)


def _weakens(said: str, told: str, language: Language) -> bool:
    if not pattern("surroundings.yaml", "weakens", language).search(said):
        return False
    words = contents(said)
    shared = len(words & contents(told))
    return bool(pattern("surroundings.yaml", "of_the_result", language).match(said)) or (
        shared >= _SAME_RESULT and shared >= len(words) * _SHARE
    )


def _never_again(said: str, told: str, language: Language) -> bool:
    """Whether it forbids to take up again the treatment that the sentence before tells to stop."""
    return bool(
        pattern("surroundings.yaml", "stops", language).search(told)
        and pattern("surroundings.yaml", "never_again", language).search(said)
    )


def _limits_use(said: str, told: str, language: Language) -> bool:
    """Whether it forbids what the one before only calls unknown, or limits what that allows without a limit.

    "No adjustment in mild or moderate impairment" names its own limit: it is whole without the severe ones.
    """
    if not any(topic.search(said) and topic.search(told) for topic in _topics()):
        return False
    forbids = pattern("surroundings.yaml", "forbids", language)
    if forbids.search(told):
        return False
    if pattern("surroundings.yaml", "unknown", language).search(told):
        return forbids.search(said) is not None
    unlimited = pattern("surroundings.yaml", "no_change", language).search(told) and not pattern(
        "surroundings.yaml", "graded", language
    ).search(told)
    return bool(unlimited and pattern("surroundings.yaml", "stricter", language).search(said))


@cache
def _topics() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(topic, re.IGNORECASE) for topic in table("surroundings.yaml")["topics"])
