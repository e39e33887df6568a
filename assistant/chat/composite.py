"""Death beside other events: what is told of “death or hospitalisation” is no answer to whether people live longer."""

import re
from collections.abc import Sequence

from assistant.chat.question import concepts
from assistant.chat.wanted import Scored
from assistant.chat.wording import flat

_DEATH = r"(?:death|died|mortality|deces|mortalite)s?"
_CAUSE = (
    r"(?:\s(?:from|due to|of|by|par|de|d'|toutes?) ?(?:(?:any|all|other|unknown|cardiovascular|toutes?|origine|causes?|cardiovasculaires?|confondues)\s?)+"
    r"|\s(?:cardiovasculaires?|toutes causes))?"
)
_COMPOSITE = re.compile(
    rf"\b{_DEATH}{_CAUSE},? (?:and/or|et/ou|or|ou)\s(?!(?:from|due to|of|de|d')\s?(?:any|all|cause|cardiovasc|toute|autre|other))\w"
    rf"|\b(?:or|ou|and/or|et/ou)\s(?:(?:a|an|un|une|le|la|from|any|all-cause|cardiovascular|cv|cardiac|fatal)\s)*{_DEATH}\b{_CAUSE}"
    rf"|\b(?:composite|combined|combine|compose)\b[^.;]{{0,80}}\b{_DEATH}\b|\b(?:events?|evenements?)\b[^.;(]{{0,60}}\([^.;)]*\b{_DEATH}\b"
    rf"|\b{_DEATH}{_CAUSE}, [^.;]{{3,60}},? (?:or|ou)\s\w+"
)
"""Death as one of several events that are counted together."""
_BESIDE = re.compile(
    r"\b(?:death|mortality|deces|mortalite|survival|survie)s? (?:and|or|et|ou)\b|\b(?:and|or|et|ou) (?:death|mortality|deces|mortalite|survival|survie)|\b(?:composite|combined|combine|primary|principal|free|progression|sans|event|evenement)\b"
    r"|\bhospitali[sz]|(?<!after )(?<!with )(?<!apres )(?<!avec )(?:\binfarct|\bstroke\b|\bavc\b)|\brelapse|\brechute|\brecidiv|\brecurren"
)
"""Of a question: it asks of death beside another thing, or of the endpoint."""
_ANY_CAUSE = re.compile(
    r"\b(?:all|any)[- ]causes?\b|\btoutes? causes?\b|\boverall (?:survival|mortality)\b|\b(?:survie|mortalite) (?:globale|totale)\b"
    r"|\bdeath(?:s)? (?:from|of|due to) any\b|\bos\b"
)


def of_death_itself(fitting: list[Scored], question: str) -> list[Scored]:
    """Where death or survival alone is asked about: those that tell of it by itself; where it is that of any cause, those that say so, if
    there are any.
    """
    asked = flat(question)
    if not concepts()["mortality"].asked.search(asked) or _BESIDE.search(asked):
        return fitting
    alone = [s for s in fitting if not counts_death_with_others(s.unit.text)]
    return (_of_any_cause(alone) or alone) if _ANY_CAUSE.search(asked) else alone


def _of_any_cause(units: Sequence[Scored]) -> list[Scored]:
    return [s for s in units if _ANY_CAUSE.search(flat(f"{s.unit.heading}\n{s.unit.text}"))]


def counts_death_with_others(sentence: str) -> bool:
    """Whether it speaks of death, and only as one of several events that are counted together."""
    said = concepts()["mortality"].said
    plain = flat(sentence)
    return bool(said.search(plain)) and not said.search(_COMPOSITE.sub(" ", plain))
