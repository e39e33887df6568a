"""A condition left out: "stop the treatment" for "stop the treatment if the platelets fall"."""

import re
from collections.abc import Iterator, Sequence

from guardrails.model import Language
from guardrails.numbers import extract, missing
from guardrails.overlap import contents
from guardrails.relations.model import Contradiction, Sentence
from guardrails.relations.patterns import pattern

_TOLD = 0.75
_KEPT = 0.4
_GOES_ON = re.compile(r"\s*,\s*(?:d['’]|de\b|du\b|des\b|of\b)[^;.]+")
"""More cases of one list: "en cas d'hypersensibilité, d'antécédent d'angiœdème et d'hyperkaliémie". Who tells one of them leaves out no condition."""


def condition_left_out(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Speaks where a plain statement tells the rest of a sentence and next to nothing of its condition."""
    if any(pattern("condition_hints").search(s.plain) for s in said):
        return
    told = frozenset[str]().union(*(contents(s.plain) for s in said))
    for sentence in quoted:
        for match in pattern("condition").finditer(sentence.plain):
            start = sentence.plain.rfind(";", 0, match.start()) + 1
            end = sentence.plain.find(";", match.end())
            more = _GOES_ON.match(sentence.plain, match.end())
            listed = contents(more[0]) if more else frozenset[str]()
            if listed & told - contents(sentence.plain[: match.start()]):
                continue
            whole = sentence.plain[start : end if end > 0 else None]
            rest = pattern("condition").sub(" ", whole.replace(more[0], " ") if more else whole)
            main, condition = contents(rest), contents(match["words"]) - contents(rest)
            if (
                not main
                or not condition
                or _limit_told(sentence.text[match.start() : match.end()], sentence.language, said)
            ):
                continue
            if len(main & told) >= _TOLD * len(main) and len(condition & told) < _KEPT * len(condition):
                yield Contradiction(
                    "condition", {"words": sentence.text[match.start() : match.end()].strip()}
                )


def _limit_told(condition: str, language: Language, said: Sequence[Sentence]) -> bool:
    """Whether all its figures stand in the statement: "above 5 x ULN" for "if ALT exceeds five times the upper limit of normal"."""
    told = [(s.text, s.language) for s in said]
    figures = [q for q in extract(condition, language) if q.is_fact() and not q.weak]
    return bool(figures) and not missing(condition, language, told)
