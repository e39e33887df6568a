"""A size of a change told as the value reached: "was 3.1 mmHg" for "had fallen by 3.1 mmHg"."""

import re
from collections.abc import Hashable, Iterator, Sequence

from guardrails.relations.model import Contradiction, Sentence
from guardrails.relations.polarity import changes
from guardrails.relations.ways import OTHER, opposed

_SIZE = re.compile(
    r"\b(?:differences?|differ\w*|gap|ecarts?|changes?|changed|variations?|improve\w*|amelior\w*|reductions?)\b"
)
_LIKE_A_CHANGE = re.compile(
    r"\b(?:gain\w*|los[st]\w*|per(?:te|du)\w*|benefi\w*|fewer|longer|shorter|higher|lower|greater|(?<!au )(?<!ou )(?<!or )(?:more|less|plus|moins)"
    r"|effects?|effets?|avantage|extension|prolong\w*|allong\w*|shorten\w*)\b"
)
"""Words that may tell a change: beside one of these nothing is certain."""
_WAS = re.compile(
    r"\b(?:was|were|is|are|etait|etaient|est|sont|a ete|ont ete|fut|averag\w+|atteign\w+|reached)\s+(?:de\s+|d'|a\s+|at\s+|of\s+)?(?:about\s+|environ\s+)?$"
)
_BY = re.compile(r"\b(?:by|of|de|d'|was|were|etait|a ete)\s*(?:about\s+|environ\s+)?$")
_PIECES = re.compile(r";\s|\.\s|,\s+(?:and|et|while|whereas|alors que|tandis que)\s")


def level_for_change(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Speaks where the quotes tell the number as the size of a change only."""
    yield from opposed(said, quoted, _told, "level_for_change")


def _told(sentence: Sentence) -> Iterator[tuple[Hashable, str, str]]:
    for quantity in sentence.quantities:
        if quantity.kind == "number" and quantity.unit and not quantity.comparator:
            piece = _PIECES.split(sentence.plain[: quantity.start])[-1]
            behind = _PIECES.split(sentence.plain[quantity.end :])[0]
            way = OTHER
            if _changes(piece):
                way = "change" if _BY.search(piece) else OTHER
            elif _WAS.search(piece) and not any(
                _LIKE_A_CHANGE.search(x) or _changes(x) for x in (piece, behind)
            ):
                way = "level"
            yield (abs(quantity.value), quantity.unit), way, quantity.text.strip()


def _changes(piece: str) -> bool:
    return _SIZE.search(piece) is not None or any(words.search(piece) for words in changes().values())
