"""What has to be done and what may be: a duty told where the quote only allows or would have it considered, and the reverse."""

import re
from collections.abc import Iterator, Sequence

from guardrails.overlap import contents
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
    r"pharmacists?|surgeons?|professionals?|personnel|staff)|under (?:\w+ ){0,3}(?:supervision|control)|sous (?:la |le )?(?:surveillance|supervision|controle)|experienced|trained|si|apres|des que|in (?:patients|those|adults|children) with|chez (?:les|des) (?:\w+ )?(?:ayant|avec|dont)|lorsqu\w*|quand|sous reserve|a condition|par (?:une?|(?:le|la|les|des) (?:medecin|infirmi|pharmacien|specialiste|chirurgien|professionnel)\w*))\b"
)
"""What has to be true for something to be allowed is owed: "may be started if ALT is normal" has ALT be normal."""
_WEIGHED = (
    r"weigh\w*|think|thought|assess\w*|evaluat\w*|judg\w+|question|taken? into (?:account|consideration)|account for|bear in mind|discuss\w*|asks? (?:\w+ )?whether|"
    r"tenir compte|tenu compte|evalu\w*|reflechi\w*|pens(?:er|ent|e)|song(?:er|ent|e)|juge\w*|examine\w*|appreci\w*|pes(?:er|ee?s?)|pris\w* en (?:compte|consideration)|"
    r"faire l.objet d.une (?:evaluation|discussion|reflexion)"
)
_TO_WEIGH = re.compile(rf"(?:{_DUTY.pattern})(?:\W+\w+){{0,2}}?\W+(?:{_WEIGHED})\b|\bla question\b")
"""Having to think of something is having to consider it; what is assessed besides is not."""
_ACTS = (
    r"giv\w+|administ\w+|inject\w+|infus\w+|receiv\w+|donn\w+|recev\w+|recu\w*|effectu\w+|fait\w*|faire|realis\w+|perfus\w+",
    r"start\w*|initiat\w+|begin|begun|commenc\w+|debut\w+|instaur\w+|initi\w+|entrepr\w+",
    r"stop\w*|discontinu\w+|withdraw\w*|interrupt\w*|arret\w+|interromp\w+|cess\w+|suspend\w*",
    r"resum\w+|restart\w*|reinitiat\w+|reintroduc\w+|repris\w*|reprendre|reintrodui\w+|reinstaur\w+",
    r"increas\w+|rais\w+|doubl\w+|titrat\w+|augment\w+|major\w+",
    r"reduc\w+|lower\w*|halv\w+|decreas\w+|redui\w+|diminu\w+|abaiss\w+",
    r"crush\w*|ecras\w+|broyer|broye\w*",
    r"divid\w+|split\w*|repart\w+|divis\w+|fraction\w+",
    r"repeat\w*|repet\w+|renouvel\w+",
    r"taken?|takes?|pris\w*|prendre|swallow\w*|aval\w+",
    r"continu\w+|extend\w*|prolong\w+|poursuiv\w+|maint\w+",
    r"us(?:e|ed|es)|utilis\w+",
    r"stor\w+|kept|keep|conserv\w+",
    r"open\w*|ouv\w+",
    r"mix\w*|dilut\w+|melang\w+|dilu\w+",
)
"""What is done with a medicine, in either language."""
_HEAD = r"(?:\W+(?:be|been|to|not|always|also|then|again|only|immediately|etre|toujours|aussi|ensuite|alors|immediatement|le|la|les|l|s|se|de|d)\b)*\W+(?P<act>[\w-]+)"
_DONE = re.compile(rf"(?:{_DUTY.pattern}){_HEAD}")
_MAY_BE = re.compile(r"\b(?:may (?:also )?be|peu(?:t|vent) etre)\b\W+(?P<act>[\w-]+)")
_ITSELF = re.compile(
    r"(?P<what>.*?)\b(?:is|are|sont|est) (?:\w+ )?(?:mandatory|compulsory|obligatory|required|imperative|obligatoires?|requise?s?|indispensables?|imperati\w+)\b"
)
_HOW = re.compile(
    r"\b(?:by|par|under|sous|before|avant|prior|first|d.abord|prealable\w*|only|at least|au moins|minimum|earliest|au plus tot|within|supervis\w+)\b"
)
"""The duty may be in who does it, how or when."""


def owed_otherwise(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say that something must be done where the one sentence quoted only allows it, or needs not be where it must.

    Several sentences, limits, conditions and denials leave too much open; they are left to the reviewer.
    """
    if len(quoted) != 1 or _denies_itself(quoted[0]):
        return
    quote = quoted[0].plain
    told = " ".join(_CONSIDERED.sub(" ", sentence.plain) for sentence in said)
    rest = _CONSIDERED.sub(" ", quote)
    considered = rest != quote
    allows = considered or (
        _ALLOWED.search(quote) is not None
        and not _BOUNDED.search(rest)
        and (not _PERMITTED.search(rest) or _has_it_done(told, quote))
    )
    duty = _DUTY.search(told)
    open_still = any(sentence.denies or _CONSIDERED.search(sentence.plain) for sentence in said)
    settled = not (open_still or _DUTY.search(rest) or _LEAVE.search(told) or _TO_WEIGH.search(told))
    if duty and allows and settled and (considered or not _BOUNDED.search(told)):
        yield Contradiction("obliges", {"words": duty[0]})
    needless = None if _BOUNDED.search(rest) else _NEEDLESS.search(told)
    if (
        needless
        and _DUTY.search(rest)
        and not (_CONDITION.search(rest) or _DUTY.search(_NEEDLESS.sub(" ", told)))
    ):
        yield Contradiction("needless", {"words": needless[0]})


def _has_it_done(told: str, quote: str) -> bool:
    """Whether what is told as owed is what the quote allows, and not what has to be true for it."""
    allowed = _MAY_BE.search(quote)
    if allowed is None:
        return False
    done = _DONE.search(told)
    if done is not None and not _HOW.search(told) and _same_act(done["act"], allowed["act"]):
        return True
    itself = _ITSELF.match(told)
    what = contents(itself["what"]) if itself is not None else frozenset[str]()
    at = _condition_at(quote)
    return bool(what) and what <= contents(quote[: allowed.start()]) and not what & contents(quote[at:])


def _condition_at(quote: str) -> int:
    """Where begins what has to be true for something to be allowed; at the end where nothing has."""
    allowed = _MAY_BE.search(quote)
    found = _PERMITTED.search(quote, allowed.end()) if allowed is not None else None
    return found.start() if found is not None else len(quote)


def _denies_itself(quote: Sentence) -> bool:
    """Whether it denies, and not only in its condition: "may be crushed if the patient cannot swallow"."""
    at = _condition_at(quote.plain)
    return Sentence(quote.text[:at], quote.plain[:at], quote.language, ()).denies


def _same_act(told: str, allowed: str) -> bool:
    kinds = [kind for kind in _ACTS if re.fullmatch(kind, told)]
    return told == allowed or any(re.fullmatch(kind, allowed) for kind in kinds)
