"""A disease of one type, told as the disease."""

import re
from collections.abc import Iterator, Sequence

from guardrails.overlap import contents
from guardrails.relations.model import Contradiction, Sentence

_NARROWS = frozenset({"type", "class", "stage", "grade"})
_BESIDE = re.compile(r"[^\W\d_]{4,}")
_REACH = 18


def type_left_out(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "diabetes" where each quoted sentence that names it says "type 2 diabetes"."""
    told = {q.unit for s in said for q in s.quantities if q.kind == "designator"}
    spoken = frozenset[str]().union(*(contents(s.text) for s in said))
    for sentence in quoted:
        for quantity in sentence.quantities:
            if quantity.kind != "designator" or quantity.unit not in _NARROWS or quantity.unit in told:
                continue
            for noun in _nouns_beside(sentence, quantity.start, quantity.end):
                elsewhere = sum(len(re.findall(rf"\b{re.escape(noun)}", s.plain)) for s in quoted)
                if contents(noun) & spoken and elsewhere == 1:
                    yield Contradiction("of_type", {"words": quantity.text.strip(), "name": noun})


def _nouns_beside(sentence: Sentence, start: int, end: int) -> Iterator[str]:
    """The word that follows "type 2" in English; the one before "de type 2" in French."""
    if sentence.language == "en":
        if match := _BESIDE.match(sentence.plain, end + 1):
            yield match[0]
        return
    before = list(_BESIDE.finditer(sentence.plain, max(0, start - _REACH), start))
    if before:
        yield before[-1][0]
