"""Something allowed that the quotes advise against, and a state of things told as what is new each year."""

import re
from collections.abc import Iterator, Sequence

from guardrails.relations.model import Contradiction, Sentence
from guardrails.relations.patterns import pattern

_USED = r"(?:used|given|taken|administered|continued|started|resumed|combined|utilis\w+|donn\w+|pris\w*|administr\w+|poursuivi\w*|debut\w+|repris\w*|associ\w+)"
_ALLOWS = re.compile(
    rf"\b(?:is|are|remains?|est|sont|reste(?:nt)?) (?:possibles?|permitted|allowed|permise?s?|autorisee?s?)\b|\b(?:may|can|peut|peuvent) (?:\w+ )?(?:be|etre) {_USED}\b"
)
_AGAINST = re.compile(
    r"\b(?:not (?:be )?(?:recommended|advised)|(?:n'est|ne sont|n'etait) pas (?:recommande|conseille)\w*|deconseille\w*|contra-?indicated|contre-indique\w*"
    r"|(?:must|should) (?:not|never) be|ne (?:doit|doivent) (?:pas|jamais)|(?:must|should) be avoided|(?:doit|doivent) etre evite\w*)\b"
)
_OPEN = re.compile(
    r"\b(?:may|might|can|possible|peut|peuvent|unless|except|only|without|before|until|exceed\w*|more than|if|when|sauf|si|sans|avant|tant|depass\w*|plus de|qu'en|que si|interrompu\w*|resume\w*|repris\w*)\b"
)
_DISSUADES = re.compile(
    r"\b(?:refrain\w*|abst\w+|stop\w*|arret\w*|exclu\w*|interdi\w*|proscri\w*|against|deconseil\w*|discontinu\w*|suspend\w*|interrompu\w*)\b"
)
_STANDING = re.compile(
    r"\b(?:prevalen(?:ce|t)|prevalence|affects?|touche|atteint|have|living with|vivent avec|sont atteints?)\b"
)
_YEARLY = re.compile(
    r"\b(?:incidence|new cases|newly diagnosed|(?:each|every|per|a) year|annual\w*|yearly|nouveaux cas|chaque annee|par an|annuel\w*|patient-years|patients?-annees)\b"
)


def allowed_for_advised_against(
    said: Sequence[Sentence], quoted: Sequence[Sentence]
) -> Iterator[Contradiction]:
    """Say "is possible" where each sentence of the quotes advises against it, without condition."""
    if not quoted or not all(_AGAINST.search(s.plain) and not _OPEN.search(s.plain) for s in quoted):
        return
    for sentence in said:
        dissuades = pattern("negations").search(sentence.plain) or _DISSUADES.search(sentence.plain)
        if _ALLOWS.search(sentence.plain) and not dissuades:
            yield Contradiction("asserted", {"words": sentence.text.strip()})


def yearly_for_standing(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say how many fall ill each year where the quotes tell how many are ill."""
    if any(_YEARLY.search(s.plain) for s in quoted):
        return
    standing = sorted(
        {
            match[0]
            for s in quoted
            for match in _STANDING.finditer(s.plain)
            if "prevalen" in match[0] or s.quantities
        }
    )
    for sentence in said:
        if standing and sentence.quantities and (new := _YEARLY.search(sentence.plain)):
            yield Contradiction("other_thing", {"word": sentence.text[slice(*new.span())], "other": standing})
