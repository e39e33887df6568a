"""Of how many: "most recovered; some died" told as "some recovered; most died"."""

from collections.abc import Iterator, Sequence

from guardrails.markers import markers
from guardrails.overlap import contents
from guardrails.relations.model import Contradiction, Sentence
from guardrails.told import parts_of

_SHARES = ("all", "most", "some")
_TWO = 2


def shares_exchanged(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Speaks where the one part of the quotes that tells the same has another share, and another part has this one."""
    held = [(share, words, text) for share, words, text in _shares(quoted) if share]
    for share, words, text in _shares(said):
        if not share:
            continue
        told = [len(words & other) for _, other, _ in held]
        homes = [at for at, shared in enumerate(told) if shared == max(told)]
        if len(homes) != 1 or told[homes[0]] < min(_TWO, len(words)) or not told[homes[0]]:
            continue
        home = held[homes[0]]
        elsewhere = [other for of, _, other in held if of == share and other != home[2]]
        # "all" told as "most" leaves out, and does not turn round
        if home[0] != share and "some" in {home[0], share} and elsewhere:
            yield Contradiction("attributed", {"value": share, "name": text, "other": elsewhere})


def _shares(parts: Sequence[Sentence]) -> Iterator[tuple[str | None, frozenset[str], str]]:
    """The one share that each part tells, None for none or several, and its words."""
    for sentence in parts:
        for text, language in parts_of((sentence.text, sentence.language)):
            found = {
                concept: words for concept, words in markers(text, language).items() if concept in _SHARES
            }
            share = next(iter(found)) if len(found) == 1 else None
            own = contents(" ".join(word for words in found.values() for word in words))
            yield share, contents(text) - own, text.strip(" .")
