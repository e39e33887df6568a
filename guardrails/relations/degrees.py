"""For whom nothing has to be done: people whose organ works badly to some degree, told as all of them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from guardrails.markers import classes, markers
from guardrails.relations.model import Contradiction, Sentence

_BAD = r"(?:impairment|failure|insufficiency|dysfunction|impaired)"
_ORGANS: Mapping[str, re.Pattern[str]] = {
    "renal": re.compile(
        rf"\b(?:renal|kidney) {_BAD}\b|\brenally impaired\b|\binsuffisan(?:ce|te?s?) renale?s?\b"
    ),
    "hepatic": re.compile(
        rf"\b(?:hepatic|liver) {_BAD}\b|\bhepatically impaired\b|\binsuffisan(?:ce|te?s?) hepatiques?\b"
    ),
    "cardiac": re.compile(rf"\b(?:cardiac|heart) {_BAD}\b|\binsuffisan(?:ce|te?s?) cardiaques?\b"),
    "respiratory": re.compile(
        rf"\b(?:respiratory|pulmonary) {_BAD}\b|\binsuffisan(?:ce|te?s?) respiratoires?\b"
    ),
}
_REASSURES = re.compile(
    r"\b(?:no|not|never|without|unchanged|unaffected|same|similar\w*|usual|normal dose|may|can|safe\w*|unnecessary|aucune?|pas|jamais|sans|inutile|inchangee?s?|memes?|"
    r"identiques?|similaires?|comparables?|habituelle|peu(?:t|vent)|possible)\b"
)
_OTHERWISE_SAID = re.compile(
    r"\d|\b(?:degree\w*|severity|child|stage|grade|extent|some|certain\w*|except|unless|depend\w*|accord\w+|degre\w*|severite|stade|classe|certain\w*|sauf|hormis|selon|fonction d)\b"
)
"""The degree told by a figure or a class, left open, or by whom it is not."""


def degree_left_out(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "no adjustment in renal impairment" where the one sentence quoted that names it says "mild or moderate".

    Mild, moderate and severe impairment are all of it. What warns may be told of more people; that is left to the reviewer.
    """
    told = " ".join(sentence.plain for sentence in said)
    if not _REASSURES.search(told) or any(_degrees(sentence) for sentence in said):
        return
    for name, organ in _ORGANS.items():
        spoken = organ.search(told)
        naming = [sentence for sentence in quoted if organ.search(sentence.plain)]
        if spoken is None or len(naming) != 1 or _OTHERWISE_SAID.search(told):
            continue
        degrees = _degrees(naming[0])
        once = len(organ.findall(naming[0].plain)) == 1
        others = sum(bool(other.search(naming[0].plain)) for other in _ORGANS.values())
        if degrees and once and others == 1 and not {"mild", "severe"} <= degrees.keys():
            words = ", ".join(word for found in degrees.values() for word in found[:1])
            yield Contradiction("of_type", {"words": words, "name": spoken[0] or name})


def _degrees(sentence: Sentence) -> dict[str, tuple[str, ...]]:
    found = markers(sentence.text, sentence.language)
    names = next(group.concepts for group in classes() if group.degrees)
    return {concept: tuple(found[concept]) for concept in names if concept in found}
