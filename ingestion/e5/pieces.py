"""A text cut into the model's word pieces: for each word the cut whose pieces are the most probable together."""

from functools import lru_cache
from itertools import pairwise

from ingestion.e5.weights import Vocabulary

_SPACE = "▁"
_UNKNOWN_BELOW = 10.0
"""An unknown character counts this much below the least probable piece."""
_KEPT_WORDS = 50_000
_NEVER = float("-inf")


class Pieces:
    """Cuts texts. No piece holds a space after its first character, so each word is cut once and remembered."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Look-up tables of the vocabulary."""
        self._numbers = {
            piece: (number, score)
            for number, (piece, score) in enumerate(zip(vocabulary.pieces, vocabulary.scores, strict=True))
            if piece and number != vocabulary.unknown
        }
        self._scores = vocabulary.scores
        self._longest = max(map(len, self._numbers), default=1)
        self._unknown = vocabulary.unknown
        self._unknown_score = min(vocabulary.scores, default=0.0) - _UNKNOWN_BELOW
        self._replaced = dict(vocabulary.replaced)
        self._cut = lru_cache(_KEPT_WORDS)(self._cut_word)

    def numbers(self, text: str) -> list[int]:
        """The pieces' numbers, without the marks of beginning and end."""
        words = text.translate(self._replaced).split(" ")
        return [number for word in words if word for number in self._cut(_SPACE + word)]

    def surprise(self, word: str) -> float:
        """Minus the logarithm of how probable a word's pieces are in what the model was made from: writing at large."""
        return -sum(
            self._unknown_score if number == self._unknown else self._scores[number]
            for number in self.numbers(word)
        )

    def _cut_word(self, word: str) -> tuple[int, ...]:
        size = len(word)
        best = [0.0] + [_NEVER] * size
        came = [(0, self._unknown)] * (size + 1)
        for start in range(size):
            base = best[start]
            for end in range(start + 1, min(size, start + self._longest) + 1):
                number, score = self._numbers.get(word[start:end], (self._unknown, _NEVER))
                if end == start + 1 and score == _NEVER:
                    score = self._unknown_score
                if base + score > best[end]:
                    best[end] = base + score
                    came[end] = start, number
        cut: list[int] = []
        at = size
        while at:
            at, number = came[at]
            cut.append(number)
        return tuple(reversed(cut))


def windows(numbers: list[int], size: int) -> list[list[int]]:
    """The numbers in stretches of at most `size`; one empty stretch for none."""
    edges = [*range(0, len(numbers), size), len(numbers)]
    return [numbers[a:b] for a, b in pairwise(edges)] or [[]]
