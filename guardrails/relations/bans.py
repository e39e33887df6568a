"""What may be used where the quote only forbids it, or advises against it."""

import re
from collections.abc import Iterator, Sequence

from guardrails.overlap import contents
from guardrails.relations.model import Contradiction, Sentence

_USED = r"(?:used?|using|given|give|administered|prescribed|taken?|co-?administered|combined|associated|started|initiated|offered|received?)"
_EMPLOYE = r"(?:utilis|donn|administr|prescri|pris|prendre|associ|instaur|debut|combin|recev|recu)\w*"
_ALLOWS = re.compile(
    rf"\b(?:may|can|could|might) (?:also |still |safely |well )*(?:be )?(?:safely )?{_USED}\b"
    r"|\b(?:is|are) (?:also |considered )?(?:safe|compatible|possible|allowed|permitted|acceptable|suitable|appropriate)\b"
    rf"|\bpeu(?:t|vent) (?:aussi |egalement )?(?:etre )?{_EMPLOYE}"
    r"|\b(?:est|sont) (?:aussi |egalement )?(?:compatibles?|possibles?|autorisee?s?|permis\w*|acceptables?|adaptee?s?|appropriee?s?|sans danger|surs?|sures?)\b"
)
_FORBIDS = re.compile(
    r"\bcontra-?\s?indicated\b|\bcontre-?\s?indiquee?s?\b|\b(?:is|are) not (?:recommended|advised|advisable|suitable|to be)\b"
    r"|\b(?:n'est|ne sont|n'etait) pas (?:recommandee?s?|conseillee?s?|indiquee?s?)\b|\bdeconseillee?s?\b|\b(?:should|must|is to|are to) be avoided\b"
    rf"|\b(?:should|must|may|can) ?not (?:be )?{_USED}\b|\bdoi(?:t|vent) etre evitee?s?\b|\ba eviter\b"
    rf"|\bne doi(?:t|vent) (?:pas|jamais) (?:etre )?{_EMPLOYE}"
)
_OPEN = re.compile(
    r"\b(?:if|unless|except\w*|only|when\w*|until|once|provided|caution\w*|care|carefully|however|but|although|though|benefit\w*|necessary|needed|monitor\w*|may|can|"
    r"si|sauf|hormis|seul\w*|uniquement|lorsqu\w*|quand|jusqu\w*|apres|prudence|precaution\w*|toutefois|cependant|mais|benefices?|necessaires?|surveill\w*|peu(?:t|vent)|"
    r"qu'en|hors|outside|without|sans|dose\w*|doses?|posologie\w*|\d+)\b"
)
"""What leaves open for whom, when or how: there a permission and a ban may both be true."""
_GENERIC = contents(
    "use used using treatment patients concomitant concomitantly together with administration medicinal product therapy combination "
    "women people persons medicine drug during pendant femme femmes personnes utilisation utilisé traitement patients concomitante médicament association administration"
)
_MOST_LEFT = 1
"""Words of the quote that the statement may leave unsaid where it names none for whom it is forbidden: the medicine's own name."""


def allowed_though_forbidden(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "may be used in moderate hepatic impairment" where the one sentence quoted only says that it is contraindicated there.

    Both texts are of one language. A condition, a dose, a denial or another person in the statement leaves it to the reviewer.
    """
    if len(quoted) != 1 or len(said) != 1 or said[0].denies:
        return
    told, quote = said[0].plain, quoted[0].plain
    allows, forbids = _ALLOWS.search(told), _FORBIDS.search(quote)
    if allows is None or forbids is None or _FORBIDS.search(told):
        return
    rest = f"{told[: allows.start()]} {told[allows.end() :]}"
    if _OPEN.search(rest) or _OPEN.search(f"{quote[: forbids.start()]} {quote[forbids.end() :]}"):
        return
    what = contents(rest) - _GENERIC
    subject, whom = contents(quote[: forbids.start()]) - _GENERIC, contents(quote[forbids.end() :]) - _GENERIC
    if not what or not what <= subject | whom:
        return
    if what & whom or len(subject - what) + len(whom) <= _MOST_LEFT:
        yield Contradiction("permits", {"words": allows[0]})
