"""A pack that was opened is not one that was not: “2 years” is no answer to how long an opened vial is good."""

import re
from collections.abc import Sequence

from assistant.chat.question import concepts
from assistant.chat.wanted import Scored
from assistant.chat.wording import flat

_ASKED = re.compile(
    r"(?<!left )(?<!door )(?<!fridge )\bopen(?:ed|ing)?\b|\b(?:first|in)[- ]use\b|\b(?:reconstitut|dilut|constitut)\w*|\bpierced\b|(?<!reste )(?<!restee )(?<!frigo )\bouvert(?:e|s|es|ure)?\b|\bentame\w*"
    r"|\bpremiere utilisation\b|\ben cours d'utilisation\b|\bperce[es]*\b"
)
_UNOPENED = re.compile(
    r"\bunopened\b|\bnot (?:yet )?(?:been )?opened\b|\bbefore (?:opening|(?:first )?use)\b|\bnon (?:ouvert|entame|reconstitue)\w*|\bpas (?:encore )?(?:ete )?(?:ouvert|entame)\w*"
    r"|\bavant (?:ouverture|(?:premiere |la premiere )?utilisation)\b|\bjamais ouvert\w*|\b(?:before|prior to|pre-?|not yet|un|avant|pas encore|non)[- ]?(?:(?:the|la|first|premiere|been|ete) )*(?:re)?(?:constitut|dilut)\w*|\bsealed\b|\bscelle\w*"
)
_KEPT = frozenset({"shelf_life", "storage"})


def as_opened(fitting: Sequence[Scored], question: str) -> list[Scored]:
    """Where it is asked how long or how a pack is kept: of an opened one what is said of packs in use, of an unopened one nothing of these."""
    asked = flat(question)
    if not any(concepts()[name].asked.search(asked) for name in _KEPT):
        return list(fitting)
    if _UNOPENED.search(asked):
        return [s for s in fitting if not _in_use(s)]
    return [s for s in fitting if _in_use(s)] if _ASKED.search(asked) else list(fitting)


def _in_use(one: Scored) -> bool:
    said = _UNOPENED.sub(" ", flat(f"{one.unit.heading}\n{one.unit.text}"))
    return bool(_ASKED.search(said))
