"""Captions that roll: each repeats the line before, so that a viewer has time to read it."""

from collections.abc import Sequence
from itertools import pairwise

_SHARE = 0.3
_FEWEST = 3


def new_words(texts: Sequence[str]) -> list[str]:
    """What each cue says that the one before has not said; the same texts where the captions do not roll.

    One cue that repeats a word is speech ("Yes." "Yes."); where a third of all cues do, it is the captions.
    """
    words = [text.split() for text in texts]
    shared = [0] + [_overlap(before, now) for before, now in pairwise(words)]
    rolls = sum(1 for count in shared if count > 1)
    if rolls < _FEWEST or rolls < _SHARE * (len(texts) - 1):
        return list(texts)
    return [" ".join(said[count:]) for said, count in zip(words, shared, strict=True)]


def _overlap(before: Sequence[str], now: Sequence[str]) -> int:
    """The most words at the end of one cue that begin the next."""
    for count in range(min(len(before), len(now)), 0, -1):
        if before[-count:] == now[:count]:
            return count
    return 0
