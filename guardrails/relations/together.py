"""A figure of two things together told of one of them: "death or stroke fell by 18%" told as "stroke fell by 18%"."""

import re
from collections.abc import Iterator, Sequence

from guardrails.numbers import Quantity
from guardrails.numbers.match import same_quantity
from guardrails.overlap import contents, folded, is_small, matter, speaks_of
from guardrails.relations.model import Contradiction, Sentence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OR = frozenset({"or", "ou"})
_JOINED = re.compile(
    r"\b(?:or|ou|and/or|et/ou|either|composite|combined|combine[es]?|pooled|together|ensemble)\b|/"
)
"""What in a statement may itself speak of both."""
_CLAUSE = re.compile(r"[,;:()]")
_DISTRIBUTES = frozenset(
    {"with", "without", "by", "to", "on", "at", "after", "before", "during", "than", "versus", "either", "if", "when", "receiving", "taking", "given", "had"}
    | {"avec", "sans", "par", "sous", "apres", "avant", "pendant", "que", "chez", "si", "lorsque", "soit", "recevant", "prenant", "presentant", "atteints", "ayant"}
    | {"who", "whom", "whose", "qui", "dont", "in", "dans", "en", "between", "entre"}
)  # fmt: skip
"""Before two things, of each of which it is true: "with renal or hepatic impairment"."""
_LIMITS = frozenset(
    {"more", "less", "fewer", "older", "younger", "over", "above", "below", "higher", "lower", "greater", "longer", "equal", "not", "without", "no", "worse", "better"}
    | {"later", "earlier", "twice", "other", "others", "so", "plus", "moins", "egal", "egale", "superieur", "inferieur", "non", "pas", "sans", "autre", "autres", "deux"}
)  # fmt: skip
"""Beside "or" in a limit, no thing of its own: "65 years or older"."""
_BEFORE = 4
"""Words before the first of two things in which stands what they are governed by."""
_BEHIND = 3
"""Words behind "or" that may name the second: "or severe hypotension"."""


def told_of_one(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Figures that a quote gives to two things joined by "or", and a statement to one of them.

    Shares and effects alone: a dose or a limit holds for each. Where the two only describe who is spoken of, or what they are treated
    with, the figure may be true of each, and nothing is found.
    """
    for one in said:
        if _JOINED.search(one.plain):
            continue
        spoken = contents(one.text)
        for other in quoted:
            held = list(_figures(other))
            shared = [q for q in _figures(one) if any(same_quantity(q, figure) for figure in held)]
            for things in _alternatives(other.text) if shared else ():
                untold = [
                    thing for thing in things if (own := matter((thing,))) and not speaks_of(own, spoken)
                ]
                if len(untold) == 1:
                    yield Contradiction("together", {"value": shared[0].text.strip(), "words": untold[0]})


def _figures(sentence: Sentence) -> Iterator[Quantity]:
    """Its shares, its ratios and rates."""
    for quantity in sentence.quantities:
        bare = (
            quantity.kind == "number"
            and not quantity.unit
            and quantity.value != quantity.value.to_integral_value()
        )
        if quantity.unit in {"%", "pp"} or quantity.kind == "fraction" or bare:
            yield quantity


def _alternatives(text: str) -> Iterator[tuple[str, str]]:
    """Each two things that its "or" joins: the word before it, and the words behind it that are not said of the first, too."""
    for clause in _CLAUSE.split(text):
        words = [(word[0], folded(word[0])) for word in _WORD.finditer(clause)]
        for at, (_, name) in enumerate(words):
            if name not in _OR or not 0 < at < len(words) - 1:
                continue
            before, behind = words[max(0, at - _BEFORE) : at], list(_phrase(words[at + 1 :]))
            first = matter(word for word, _ in before)
            own = [word for word in behind if (said := matter((word,))) and not speaks_of(said, first)]
            near = {before[-1][1], *(folded(word) for word in behind)}
            governed = any(word in _DISTRIBUTES for _, word in before[:-1])
            if own and contents(before[-1][0]) and not (governed or near & _LIMITS):
                yield before[-1][0], " ".join(own)


def _phrase(words: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The first words of content up to a small one, an article before them left out: "hospitalisation" of "or a hospitalisation for …"."""
    started = False
    for word, name in words[:_BEHIND]:
        if is_small(name) and started:
            return
        if not is_small(name):
            started = True
            yield word
