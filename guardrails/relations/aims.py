"""What a study set out to show, told as what it showed."""

import re
from collections.abc import Iterator, Sequence

from guardrails.overlap import matter, speaks_of
from guardrails.relations.model import Contradiction, Sentence

_AIM = re.compile(
    r"^\W*(?:(?:aims?|objectives?|purpose|goals?|hypothes[ei]s|objectifs?|buts?|hypotheses?)\b(?: [a-z]+){0,4} ?:)"
    r"|\b(?:aims?|objectives?|purpose|goal|hypothesis)\b[^.;:]{0,60}\b(?:is|are|was|were) (?:to|that)\b"
    r"|(?<!not )(?<!not been )\b(?:designed|aimed|aims|aiming|sought|planned|intended|set out|undertaken|conducted) to\b(?! treat\b)"
    r"|\bhypothesi[sz]e[ds]?\b"
    r"|\b(?:objectif|but|hypothese|interet de l.etude)s?\b[^.;]{0,60}(?:\b(?:est|etait|sont|etaient) (?:de\b|d.|que\b|qu.)| ?:)"
    r"|\b(?:vise|visait|visent|visaient|cherche|cherchait) a\b|\b(?:a|ont|avait|avaient) pour (?:but|objectif)s?\b"
)
_ASKS = re.compile(
    r"\b(?:aim\w*|objecti[vf]\w*|purpose|goals?|hypothes\w*|designed|planned|intended|intends?|sought|seeks?|set out|whether|assess\w*|evaluat\w*|"
    r"examin\w*|investigat\w*|determin\w*|explor\w*|compar\w*|tested?|testing|tests|stud(?:y|ied|ies) (?:the|how|if)|looked|asked|question\w*|will|would|"
    r"buts?|vis(?:e|ait|ent|aient|er|ant)|cherch\w*|evalu\w*|etudi\w*|analys\w*|verifi\w*|afin|pour but|devrait|devraient|destine\w*|prevu\w*|to \w+$)\b"
)
"""What in a statement still says that something was only to be found out."""
_RESULT = re.compile(r"\d ?%|\bp ?[<=>]|\b(?:results?|showed|shown|found|resultats?|montre|observe)\b")
"""A quote that has a result, too, is no mere aim."""
_ENDS = re.compile(r"[,;.]")
_OF_THE_AIM = 0.5
"""Share of a statement's matter that the aim holds."""


def aim_told_as_found(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """A statement that asserts where all that its quotes tell is an aim or a hypothesis: "the objective was to reduce relapses".

    Only what the aim itself speaks of: "the trial, designed to show this, enrolled 900 patients" tells whom it enrolled.
    """
    aims = [_aim(one) for one in quoted]
    if not aims or not all(aims):
        return
    held = matter(aims)
    for one in said:
        own = matter((one.plain,))
        told = sum(speaks_of(frozenset({word}), held) for word in own)
        if told >= _OF_THE_AIM * len(own) and not (_ASKS.search(one.plain) or _AIM.search(one.plain)):
            yield Contradiction("aim", {"words": quoted[0].text.strip()})


def _aim(sentence: Sentence) -> str:
    """What a sentence tells that was to be found out; empty where it tells a result or no aim."""
    found = _AIM.search(sentence.plain)
    if found is None or _RESULT.search(sentence.plain):
        return ""
    return _ENDS.split(sentence.plain[found.end() :], maxsplit=1)[0]
