"""Words of a PDF page that are struck through: what an author took out must not be read with what stands in its place ("~~40~~20 mg")."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from ingestion.formats.pdf_words import Rule, Word

_HIGHEST, _LOWEST = 0.45, 0.18
"""In em above the baseline: where a line strikes through letters. Lower it underlines, higher it is another line's."""
_ENDS = 2.0
"""Points: a line that strikes through words ends with them; what goes on is a rule of a table or a chart."""
_SPACE, _KEPT = 0.8, 0.25
"""In em: as far apart stand words of one line at most; so much space is left before what follows."""
_GAP = 1.5
"""In em: words that one line strikes through stand nearer than this."""


def strikes_in(word: Word, rules: Sequence[Rule]) -> list[Rule]:
    """The level lines, of rules sorted by height, that run through a word at the height of its small letters."""
    if word.turn or not rules:
        return []
    start = bisect_left(rules, word.base - _HIGHEST * word.size, key=lambda rule: rule[2])
    end = bisect_right(rules, word.base - _LOWEST * word.size, key=lambda rule: rule[2])
    return [rule for rule in rules[start:end] if rule[0] < word.x1 - 1 and rule[1] > word.x0 + 1]


def struck(words: Sequence[Word], rules: Sequence[Rule]) -> set[int]:
    """The numbers of the words that are struck through: a line covers them and ends where they end."""
    covered: dict[Rule, list[int]] = {}
    for number, word in enumerate(words):
        for rule in strikes_in(word, rules):
            if rule[0] <= word.x0 + _ENDS and rule[1] >= word.x1 - _ENDS:
                covered.setdefault(rule, []).append(number)
    return {
        number
        for rule, numbers in covered.items()
        if _ends_with(rule, [words[n] for n in numbers])
        for number in numbers
    }


def close_gaps(words: Sequence[Word], taken_out: Sequence[Word]) -> None:
    """Let the words before struck ones reach over these, so that no line falls apart there; where they are shown is kept."""
    by_place = sorted(taken_out, key=lambda word: word.x0)
    for word in words if by_place else ():
        for gone in by_place:
            level = abs(gone.base - word.base) < 0.2 * word.size
            if level and word.turn == gone.turn == 0 and -1 < gone.x0 - word.x1 < _SPACE * word.size:
                word.shown = word.shown or (word.x0, word.y0, word.x1, word.y1)
                word.x1 = max(word.x1, gone.x1 - _KEPT * word.size)


def _ends_with(rule: Rule, words: Sequence[Word]) -> bool:
    row = sorted(words, key=lambda word: word.x0)
    near = all(b.x0 - a.x1 < _GAP * a.size for a, b in pairwise(row))
    return near and rule[0] > row[0].x0 - _ENDS and rule[1] < row[-1].x1 + _ENDS
