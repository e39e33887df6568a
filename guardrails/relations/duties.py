"""What has to be done and what may be: a duty told where the quote only allows or would have it considered, and the reverse."""

import re
from collections.abc import Iterator, Sequence

from guardrails.relations.model import Contradiction, Sentence

_CONSIDERED = re.compile(
    r"\b(?:should|must|may|can|could|has to|have to|need to|needs to) (?:also |always )?be considered\b(?! (?:as|to be)\b)"
    r"|\b(?:doi(?:t|vent)|peu(?:t|vent)|devrai(?:t|ent)|pourrai(?:t|ent)) (?:aussi |egalement )?etre (?:envisag\w+|discut\w+)|\bil faut (?:envisager|discuter)\b"
)
_ALLOWED = re.compile(
    r"\bmay (?:also )?be (?!(?:increased|decreased|reduced|caused|associated|affected|altered|prolonged|observed|seen|expected|due|related|masked|delayed|enhanced|impaired|higher|lower)\b)\w+(?:ed|en|un|pt|ut)\b"
    r"|\bpeu(?:t|vent) etre (?!(?:augment|diminu|redui|observ|associ|alter|prolong|retard|mas|du\b|due\b|lie))\w+e?s?\b"
)
_DUTY = re.compile(
    r"\b(?:must|mandatory|compulsory|obligatory|ha(?:s|ve) to|(?:is|are) required|imperative(?:ly)?|doi(?:t|vent)|obligatoires?|imperati\w+|il faut|indispensables?|requise?s?)\b"
)
_LEAVE = re.compile(
    r"\b(?:may|can|might|could|should|consider\w*|optional\w*|possib\w+|option\w*|recommend\w*|advis\w*|prefer\w*|peu(?:t|vent)|pourr\w+|devrai\w+|envisag\w*|"
    r"discut\w*|facultati\w*|eventuel\w*|recommand\w*|conseill\w*|prefer\w*|if needed|au besoin|si besoin)\b"
)
_BOUNDED = re.compile(
    r"\b(?:only|unless|except\w*|up to|until|within|maxim\w*|at most|no (?:more|longer|later)|exceed\w*|seul\w*|uniquement|sauf|hormis|a moins|jusqu\w*|au plus|depass\w*|dans les)\b"
)
"""What is allowed up to a limit has to end there: "may be kept for up to 28 days" is "must be used within 28 days"."""
_NEEDLESS = re.compile(
    r"\b(?:not|pas) (?:\w+ )?(?:necessary|needed|required|mandatory|compulsory|obligatory|necessaires?|obligatoires?|indispensables?|requise?s?)\b|\bunnecessary\b|\bno need\b|\bpas besoin\b"
)
_CONDITION = re.compile(
    r"\b(?:if|when|where|in case|for those|si|lorsqu\w*|quand|en cas|above|below|over|under|less|more|plus|moins|superieur\w*|inferieur\w*)\b|[<>≤≥]"
)

_PERMITTED = re.compile(
    r"\b(?:if|once|when|after|provided|providing|as long as|on condition|subject to|by (?:an? |the )?(?:\w+ ){0,2}(?:physicians?|doctors?|nurses?|specialists?|"
    r"pharmacists?|surgeons?|professionals?|personnel|staff)|experienced|trained|si|apres|des que|lorsqu\w*|quand|sous reserve|a condition|par (?:une?|(?:le|la|les|des) (?:medecin|infirmi|pharmacien|specialiste|chirurgien|professionnel)\w*))\b"
)
"""What has to be true for something to be allowed is owed: "may be started if ALT is normal" has ALT be normal."""
_WEIGHED = re.compile(
    r"\b(?:weigh\w*|think|thought|assess\w*|evaluat\w*|judg\w+|question|taken? into account|account for|bear in mind|tenir compte|tenu compte|evalu\w*|reflechi\w*|"
    r"juge\w*|examine\w*|appreci\w*|pes(?:er|ee?s?))\b"
)
"""Having to think of something is having to consider it."""


def owed_otherwise(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say that something must be done where the one sentence quoted only allows it, or needs not be where it must.

    Several sentences, limits, conditions and denials leave too much open; they are left to the reviewer.
    """
    if len(quoted) != 1 or quoted[0].denies:
        return
    quote = quoted[0].plain
    told = " ".join(_CONSIDERED.sub(" ", sentence.plain) for sentence in said)
    rest = _CONSIDERED.sub(" ", quote)
    considered = rest != quote
    allows = considered or (
        _ALLOWED.search(quote) is not None and not (_BOUNDED.search(rest) or _PERMITTED.search(rest))
    )
    duty = _DUTY.search(told)
    open_still = any(sentence.denies or _CONSIDERED.search(sentence.plain) for sentence in said)
    settled = not (open_still or _DUTY.search(rest) or _LEAVE.search(told) or _WEIGHED.search(told))
    if duty and allows and settled and (considered or not _BOUNDED.search(told)):
        yield Contradiction("obliges", {"words": duty[0]})
    needless = None if _BOUNDED.search(rest) else _NEEDLESS.search(told)
    if (
        needless
        and _DUTY.search(rest)
        and not (_CONDITION.search(rest) or _DUTY.search(_NEEDLESS.sub(" ", told)))
    ):
        yield Contradiction("needless", {"words": needless[0]})
