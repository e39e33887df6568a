"""What was put before, into or after a sentence that a statement else tells whole: "As experts agree, …", "… and is easy to take".

What the quotes do not say stands in no source, however true the rest is. Told in own words a statement is no copy, and other rules
judge it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache

from guardrails.model import Segment
from guardrails.near_copy import sentences_of, words
from guardrails.overlap import folded, is_small
from guardrails.same_thing import content_words, is_among, same_thing
from guardrails.tables import table

_WHOLE = 0.95
"""Share of the sentence's words that the statement tells in their order."""
_SHORTEST = 6
"""Words of a sentence: those of a shorter one may stand in any statement."""
_RUNS = 3
"""Pieces of it at most: what stands between them was put in. In more, its words are scattered and not copied."""
_CONTENT = 3
"""Letters of a word of content at least."""
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|may|might|can|cannot|could|should|must|will|would|does|did|shall"
    r"|[^\W\d_]{3,}ed(?! (?:as|at|by|for|from|in|of|on|to|with)\b)"
    r"|est|sont|était|étaient|été|a|ont|avait|avaient|peut|peuvent|pourrait|doit|doivent|devrait|devraient|sera|seront|ne|n['’]\w+)\b"
)
"""What a whole sentence has and a line of a list has not: "Adults: 10 mg once daily", whose heading and verb its teller must add."""
_DIGIT = re.compile(r"\d")
Words = tuple[str, ...]


def added(segment: Segment, around: Sequence[str]) -> Iterator[str]:
    """Each part of the statement that was put to a sentence of its quotes, in lower case.

    Not: words that only lead up to a sentence ("please note that") or frame it ("in the study"); what stands `around` the quotes
    (the product's names, headings, titles); a part that tells another sentence of the quotes; an abbreviation, or what it stands for.
    """
    own = [c.quote for c in segment.citations if c.quote_language == segment.language]
    if len(own) < len(segment.citations):
        return
    said = words(segment.text)
    held = list(dict.fromkeys(words(one) for quote in own for one in sentences_of(quote, segment.language)))
    sentence = max((one for one in held if _tells_whole(said, one)), key=len, default=())
    if not sentence:
        return
    others = _content(" ".join(one) for one in held if one != sentence)
    known = {**_content([" ".join(sentence)]), **_content(around), **others}
    for part in _put_in(sentence, said):
        new = content_words(part, counted=_DIGIT.search(part) is not None)
        bare = {word: written for word, written in new.items() if not _leads(word)}
        unheard = [word for word, written in bare.items() if not is_among(word, written, known)]
        tells_another = any(is_among(word, written, others) for word, written in bare.items())
        if unheard and not tells_another and not _short_for(part, said):
            yield part


def _tells_whole(said: Words, sentence: Words) -> bool:
    if len(sentence) < _SHORTEST or not _VERB.search(" ".join(sentence)):
        return False
    runs = [block.size for block in _matcher(sentence, said).get_matching_blocks() if block.size]
    return sum(runs) >= _WHOLE * len(sentence) and len(runs) <= _RUNS


def _put_in(sentence: Words, said: Words) -> Iterator[str]:
    for tag, _, _, start, end in _matcher(sentence, said).get_opcodes():
        if tag in {"insert", "replace"}:
            yield " ".join(said[start:end])


def _matcher(sentence: Words, said: Words) -> SequenceMatcher[str]:
    return SequenceMatcher(None, sentence, said, autojunk=False)


def _content(texts: Sequence[str] | Iterator[str]) -> Mapping[str, str]:
    return content_words(" ".join(" ".join(words(text)) for text in texts))


def _short_for(part: str, said: Words) -> bool:
    """Whether the part is an abbreviation of words of the statement, or what one of its words stands for."""
    letters = (
        "".join(word[0] for word in said),
        "".join(word[0] for word in said if len(word) >= _CONTENT and not is_small(word)),
    )
    short = part.removesuffix("s")
    return (" " not in part and any(short in one for one in letters)) or any(
        same_thing(part, word) for word in said if word not in part
    )


def _leads(word: str) -> bool:
    """Whether a folded word only leads up to a sentence, or frames it."""
    return word in _framing() or _leading().fullmatch(word) is not None


@cache
def _framing() -> frozenset[str]:
    return frozenset(
        folded(word) for words in table("wording.yaml")["frame_words"].values() for word in words
    )


@cache
def _leading() -> re.Pattern[str]:
    listed = {word for words in table("wording.yaml")["lead_words"].values() for word in words}
    return re.compile("|".join(re.escape(word).replace(r"\*", r"\w*") for word in sorted(listed)))
