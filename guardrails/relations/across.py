"""What is compared across languages by names that both share: which way a measure goes, and what is allowed or forbidden."""

import re
from collections.abc import Iterator, Sequence

from guardrails.markers import classes, markers
from guardrails.relations.arms import Known, mentions
from guardrails.relations.model import Contradiction, Sentence
from guardrails.relations.patterns import pattern
from guardrails.relations.polarity import changes

_TWO = 2
_PIECES = re.compile(
    r"[,;:]\s|\.\s|\b(?:and|but|whereas|while|although|et|mais|alors que|tandis que|bien que)\b"
)
_NAMED = frozenset({"measure", "outcome"})


def goes_otherwise(
    said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known
) -> Iterator[Contradiction]:
    """Say that potassium falls where the quotes only say that it rises, or that it did not fall where they say it did.

    Two arms compared are read elsewhere.
    """
    told, held = (
        _ways_of([s for s in side if len({m.key for m in mentions(s, known)}) < _TWO])
        for side in (said, quoted)
    )
    for name, ways in told.items():
        there = held.get(name, set())
        if len(ways) == len(there) == 1 and ways != there:
            (way, denied), (other, other_denied) = *ways, *there
            if (way == other) != (denied == other_denied):
                yield Contradiction(
                    "noun_turned", {"noun": name.replace("_", " "), "way": [way], "quoted": [other]}
                )


def allowed_or_forbidden(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "may be given" where each part of the quotes that says so forbids it, or the reverse."""
    told, held = _modes(said), _modes(quoted)
    if len(told) == len(held) == 1 and told != held and "limit" not in told | held:
        words = " ".join(sentence.text.strip() for sentence in said)
        yield Contradiction("asserted" if "forbidden" in held else "forbids", {"words": words})


def _ways_of(parts: Sequence[Sentence]) -> dict[str, set[tuple[str, bool]]]:
    found: dict[str, set[tuple[str, bool]]] = {}
    for part in (piece for sentence in parts for piece in sentence.parts(_PIECES)):
        spoken = markers(part.text, part.language)
        ways = [way for way, words in changes().items() if words.search(part.plain)]
        names = {c for group in classes() if group.name in _NAMED for c in group.concepts if c in spoken}
        for name in names:
            if len(ways) == 1:
                found.setdefault(name, set()).add((ways[0], part.denies))
    return found


def _modes(parts: Sequence[Sentence]) -> set[str]:
    """Whether parts allow or command, or forbid; limits ("must not exceed 20 mg") do neither."""
    found = set[str]()
    for sentence in parts:
        for match in pattern("modes", "any").finditer(sentence.plain):
            rest = sentence.plain[match.start() :]
            if not pattern("modes", "given").match(rest):
                continue
            if pattern("modes", "limit").match(rest):
                found.add("limit")
            elif pattern("modes", "forbids").match(rest):
                found.add("forbidden")
            else:
                found.add("forbidden" if pattern("modes", "undone").match(rest) else "allowed")
    return found
