"""What the quotes call unknown, told as known: "because it passes into milk" for "it is not known whether it passes into milk"."""

import re
from collections.abc import Iterator, Sequence

from guardrails.overlap import contents
from guardrails.relations.model import Contradiction, Sentence

_UNKNOWN = re.compile(
    r"\b(?:(?:is|are|was|were|remains?) (?:not (?:yet )?(?:known|clear|established)|unknown|unclear|uncertain)(?: as)? (?:to )?(?:if|whether)"
    r"|(?:on|l'on) (?:ne sait pas|ignore)(?: encore)? s(?:i|')|(?:il )?(?:n'est|n'a) pas (?:ete )?(?:connu|etabli|determine|clair)\w* (?:encore )?s(?:i|')"
    r"|(?:est|reste) inconnu s(?:i|'))\s*(?P<what>[^.;:]{8,160})"
)
_OPEN = re.compile(
    r"\b(?:if|whether|know\w*|unclear|uncertain\w*|unproven|may|might|could|can|possib\w*|not|no|nor|never|establish\w*|data|question|risk|cannot|should"
    r"|si|sait|ignor\w*|savoir|connu\w*|inconnu\w*|incertain\w*|peut|peuvent|pourrait|possible\w*|eventuel\w*|pas|aucun\w*|ni|etabli\w*|donnees|risque\w*|doit|precaution)\b"
    r"|\bs'il|\bn'|\bs'"
)
_MOST = 0.7
_PARTS = re.compile(r"[,;:]\s|\.\s")


def known_for_unknown(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Speaks where a clause of the statement tells what is unknown, and nothing in it leaves it open."""
    open_ones = [contents(match["what"]) for s in quoted for match in _UNKNOWN.finditer(s.plain)]
    if not open_ones:
        return
    told_plainly = [s for s in quoted if not _UNKNOWN.search(s.plain)]
    for sentence in said:
        for clause in sentence.parts(_PARTS):
            own = contents(clause.text)
            for what in open_ones:
                held = len(what & own) >= _MOST * len(what) and bool(what)
                elsewhere = any(len(what & contents(s.text)) >= _MOST * len(what) for s in told_plainly)
                if held and not elsewhere and not _OPEN.search(clause.plain):
                    yield Contradiction("asserted", {"words": clause.text.strip()})
