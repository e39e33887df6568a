"""Whether something is ever done again: what was stopped for good told as resumed, "not before" told as "never"."""

import re
from collections.abc import Hashable, Iterator, Sequence

from guardrails.relations.model import Contradiction, Sentence
from guardrails.relations.ways import OTHER, opposed

_AGAIN = re.compile(
    r"\b(?:re-?(?:start|initiat|introduc|administ|challeng|instat|instaur|introdui|administr)\w*|resum\w*|(?:given|used|taken) again|redonn\w*"
    r"|repri(?:s|se|ses)\b|reprendr\w*|reprend\b)"
)
_NOT = re.compile(
    r"\b(?:not|never|no|cannot|without|permanently|pas|jamais|n[e'][^.;,]{1,40}plus|sans|aucune?|interdi\w*|contre-indiqu\w*|contraindicated|definitiv\w*)\b"
)
_UNDER_A_CONDITION = re.compile(
    r"\b(?:before|until|unless|except|only|if|when|once|after|without|avant|tant qu\w*|sauf|sans|seulement|uniquement|si|qu'apres|que lorsqu\w*|apres|jusqu\w*|lorsqu\w*|tot)\b"
)
_PARTS = re.compile(r"[;:]\s|\.\s|,?\s\b(?:but|mais|then|puis)\b")
_NEVER = re.compile(r"\b(?:never|permanently|under no circumstances|jamais|definitivement|en aucun cas)\b")
_DENIES = re.compile(r"\b(?:not|cannot|pas|ne)\b|\bn'")
_NOT_YET = re.compile(r"\b(?:before|until|unless|without|except|avant|tant qu\w*|sans|sauf|a moins)\b")


def resumed_or_never(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "may be restarted" where the quotes say that it never is, or the reverse."""
    if any(True for _ in opposed(said, quoted, _resumed, "asserted")):
        yield Contradiction(
            "asserted" if _ways(quoted) == {"never"} else "forbids",
            {"words": " ".join(s.text.strip() for s in said)},
        )


def never_for_not_yet(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "must never be given" where each denial of the quotes ends somewhere: "must not be given before …"."""
    denials = [s for s in quoted if _DENIES.search(s.plain)]
    ends = denials and all(_NOT_YET.search(s.plain) for s in denials)
    if not ends or any(_NEVER.search(s.plain) for s in quoted):
        return
    for sentence in said:
        if _NEVER.search(sentence.plain) and not _NOT_YET.search(sentence.plain):
            yield Contradiction("forbids", {"words": sentence.text.strip()})


def _ways(sentences: Sequence[Sentence]) -> set[str]:
    return {way for sentence in sentences for _, way, _ in _resumed(sentence)}


def _resumed(sentence: Sentence) -> Iterator[tuple[Hashable, str, str]]:
    for part in sentence.parts(_PARTS):
        for match in _AGAIN.finditer(part.plain):
            denied = _NOT.search(part.plain)
            way = "never" if denied else "again"
            if _UNDER_A_CONDITION.search(part.plain, match.end()):
                way = OTHER
            yield "again", way, match[0]
