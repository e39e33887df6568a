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
    r"\bmay (?:also )?be (?!(?:increased|decreased|reduced|caused|associated|affected|altered|prolonged|observed|seen|expected|due|related|masked|delayed|enhanced|impaired|higher|lower)\b)(?:\w+(?:ed|en|un|pt|ut)|done|made|held)\b"
    r"|\bpeu(?:t|vent) etre (?!(?:augment|diminu|redui|observ|associ|alter|prolong|retard|mas|du\b|due\b|lie))\w+e?s?\b"
)
_DUTY = re.compile(
    r"\b(?:must|mandatory|compulsory|obligatory|ha(?:s|ve) to|(?:is|are) required|imperative(?:ly)?|doi(?:t|vent)|obligatoires?|imperati\w+|il faut|indispensables?|requise?s?)\b"
)
_OWED = re.compile(
    rf"{_DUTY.pattern}|\b(?:is|are|est|sont) (?:\w+ )?(?:necessary|essential|needed|necessaires?|essentiel(?:le)?s?)\b"
)
"""In a quote "if it is necessary" leaves open what is told as necessary; behind such a word what is told owes nothing, too."""
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
_OF_WHOM = re.compile(
    r"\b(?:in|for) (?:\w+ )?(?:patients|those|people|persons|subjects|women|men|adults|adolescents|children|infants) (?:with|who|whose|having)\b"
    r"|\bchez (?:les?|la|l'|des|ceux|celles) ?(?:\w+ ){0,2}(?:ayant|avec|dont|qui|atteinte?s?|presentant)\b"
)
"""Whom something is allowed for is no condition of it, though they have to be what it says: "with normal renal function"."""
_WATCHED = re.compile(
    r"\bunder (?:\w+ ){0,3}(?:supervision|control)\b|\bsous (?:la |le )?(?:\w+ )?(?:surveillance|supervision|controle)\b"
)
_WATCHES = re.compile(r"\b(?:supervis|monitor|watch|observ|surveill|control)\w*")
_STATE = re.compile(
    rf"(?:{_DUTY.pattern})(?:\W+(?:be|been|have|had|present|show|also|always|a|an|the|etre|avoir|ete|presenter|aussi|toujours|un|une|le|la|les|l|de|des|d)\b)*\W+(?P<state>[\w-]+)"
)
_FOUND_OUT = re.compile(
    r"(?:known|normal|stable|confirmed|documented|established|checked|verified|measured|determined|tested"
    r"|connue?s?|normale?s?|normaux|stables?|confirmee?s?|documentee?s?|etablie?s?|controlee?s?|verifiee?s?|mesuree?s?|determinee?s?|testee?s?)"
)
"""What can be owed of whom something is allowed for, in the other language too."""
_WEIGHED = (
    r"weigh\w*|think|thought|assess\w*|evaluat\w*|judg\w+|question|taken? into (?:account|consideration)|account for|bear in mind|discuss\w*|asks? (?:\w+ )?(?=whether\b)|"
    r"tenir compte|tenu compte|evalu\w*|reflechi\w*|se demand\w+|pens(?:er|ent|e)|song(?:er|ent|e)|juge\w*|examine\w*|appreci\w*|pes(?:er|ee?s?)|pris\w* en (?:compte|consideration)|"
    r"faire l.objet d.une (?:evaluation|discussion|reflexion)"
)
_OPEN = re.compile(r"\b(?:if|when\w*|where\w*|whether|once|should|si|lorsqu\w*|quand|ou|s'il\w*)\b")
_CARE = re.compile(
    r"\b(?:with|avec) (?:\w+ )?(?:caution|care|prudence|precautions?|monitoring|surveillance)\b"
)
_CAREFUL = re.compile(r"\b(?:caution\w*|care|carefully|pruden\w+|precautions?|monitor\w*|surveill\w+)\b")
"""What may be used with caution has caution be taken."""
_TO_WEIGH = re.compile(
    rf"(?:{_DUTY.pattern})(?:\W+\w+){{0,2}}?\W+(?:{_WEIGHED})\b(?:[^,;:.]*?\b(?:whether|if|how|need\w*|necess\w+|si|comment)\b[^,;:.]*)?"
)
_THE_QUESTION = re.compile(r"\bla question\b")
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
        and not _is_of_whom(told, quote)
    )
    duty = (_DUTY if _OPEN.search(told) else _OWED).search(told)
    open_still = any(sentence.denies or _CONSIDERED.search(sentence.plain) for sentence in said)
    settled = not (open_still or _DUTY.search(rest) or _LEAVE.search(told) or _only_weighs(told))
    if duty and allows and settled and (considered or not _BOUNDED.search(told)):
        yield Contradiction("obliges", {"words": duty[0]})
    needless = None if _BOUNDED.search(rest) else _NEEDLESS.search(told)
    if (
        needless
        and _DUTY.search(rest)
        and not (_CONDITION.search(rest) or _DUTY.search(_NEEDLESS.sub(" ", told)))
    ):
        yield Contradiction("needless", {"words": needless[0]})


def _only_weighs(told: str) -> bool:
    """Whether each duty told is one to think of something: "one must assess her, and the dose must be reduced" has another."""
    return bool(_THE_QUESTION.search(told)) or (
        _TO_WEIGH.search(told) is not None and not _DUTY.search(_TO_WEIGH.sub(" ", told))
    )


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
    return bool(what) and what <= contents(quote[: allowed.end()]) and not what & contents(quote[at:])


def _is_of_whom(told: str, quote: str) -> bool:
    """Whether what is told as owed is what they are whom the quote allows something for, or that somebody watches."""
    if (_WATCHED.search(quote) and _WATCHES.search(told)) or (_CARE.search(quote) and _CAREFUL.search(told)):
        return True
    allowed, whom, owed = _MAY_BE.search(quote), _OF_WHOM.search(quote), _STATE.search(told)
    if allowed is None or whom is None or owed is None or contents(told) & contents(quote[: allowed.end()]):
        return False
    state = contents(owed["state"])
    return bool(_FOUND_OUT.fullmatch(owed["state"])) or (
        bool(state) and state <= contents(quote[whom.end() :])
    )


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
