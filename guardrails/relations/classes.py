"""Which class of a list a thing stands in: the common and the rare reactions of one label."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from guardrails.markers import classes, markers
from guardrails.overlap import contents
from guardrails.relations.model import Contradiction, Sentence
from guardrails.tables import table

_BETWEEN = re.compile(r";|\.\s|,?\s\b(?:whereas|while|tandis que|alors que)\b")
_OPENING = re.compile(r"^(?:Sous|Chez|Avec|Dans|Pour|With|In|On|For|Among|During)\b[^,]*,\s")
_WORD = re.compile(r"[^\W\d_]{3,}")
_CLASSES = frozenset({"frequency"})


def of_other_class(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Speaks where the quotes hold several classes and none of their parts that name the thing is of the class told."""
    parts = [(part, s.language) for s in quoted for part in _BETWEEN.split(s.text)]
    read = [(contents(text), markers(text, language)) for text, language in parts]
    for marker_class in classes():
        if marker_class.name not in _CLASSES:
            continue
        names = {concept for _, found in read for concept in marker_class.concepts if concept in found}
        spoken = [(words, {c for c in marker_class.concepts if c in found}) for words, found in read]
        for sentence in said:
            told = markers(sentence.text, sentence.language)
            for concept in names.intersection(marker_class.concepts):
                if len(names) > 1 and concept in told and not names & set(told) - {concept}:
                    yield from _elsewhere(sentence, concept, spoken)


def _elsewhere(
    sentence: Sentence, concept: str, spoken: Sequence[tuple[frozenset[str], set[str]]]
) -> Iterator[Contradiction]:
    """The thing that the sentence begins with, where it stands in parts of other classes only."""
    classed = [(words, found) for words, found in spoken if found]
    common = frozenset.intersection(*(words for words, _ in classed)) | _of_reactions()
    for written in _WORD.findall(_OPENING.sub("", sentence.text)):
        word = next(iter(contents(written)), "")
        parts = [found for words, found in classed if word and word in words - common]
        if parts:
            if all(concept not in found for found in parts):
                other = sorted({name for found in parts for name in found})
                yield Contradiction(
                    "attributed", {"value": concept.replace("_", " "), "name": written, "other": other}
                )
            return


@cache
def _of_reactions() -> frozenset[str]:
    return contents(" ".join(table("relations.yaml")["of_reactions"]))
