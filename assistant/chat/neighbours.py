"""What a sentence is told with: the one before it that says what "it" is, and the one beside it that limits or completes it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

from assistant.chat.expected import advises
from assistant.chat.named import medicines_in
from assistant.chat.question import concepts
from assistant.chat.wording import flat
from assistant.engines.protocol import Quote
from assistant.engines.standing import refusal
from assistant.engines.units import Unit
from guardrails.endpoints import names_subgroup, plans
from guardrails.model import Evidence
from guardrails.overlap import contents

_TURNS = re.compile(
    r"^(?:however|nevertheless|otherwise|in (?:this|that|these|those|such) (?:an? )?(?:cases?|patients?)|alternatively|conversely|except|unless"
    r"|toutefois|cependant|neanmoins|sinon|dans ce cas|chez ces patients|en revanche|par contre|sauf|inversement)\b"
)
_CONDITION = re.compile(
    r"^(?:if|when|once|where|should|in case|after (?:stopping|discontinu\w+)|si|s'il|lorsqu\w*|quand|en cas|une fois|apres (?:l'arret|l'interruption))\b"
)
_TOGETHER = re.compile(
    r"^(?:en cas d'(?:association|utilisation concomitante|administration (?:concomitante|simultanee)|co-?administration)"
    r"|(?:if|when|in case of) (?:\w+ ){0,4}(?:combin\w+|co-?administ\w+|concomitant(?:ly)?|together)"
    r"|patients (?:in need of|who need|requiring) (?:the|this|such a) combination)\b"
)
"""The case in which both are taken, of which the sentence before told the other."""
_NOT_STUDIED = re.compile(
    r"\bnot been (?:\w+ )?(?:studied|evaluated|established|investigated)\b|\bno (?:\w+ )?data\b|\bnot recommended\b"
    r"|\b(?:pas|jamais) (?:\w+ )?ete (?:\w+ )?(?:etudie|evalue|etabli)|\baucune donnee|\bpas recommande"
)
_UNKNOWN = re.compile(
    r"\b(?:no|limited|insufficient|inadequate|few|scarce) (?:\w+[ -]){0,3}(?:data|experience|information|studies)\b|\bnot known\b|\bunknown\b|\bnot been (?:\w+ )?(?:studied|evaluated|investigated)\b"
    r"|\b(?:pas de|aucune|peu de) (?:\w+ ){0,2}(?:donnees?|experience|etudes?)\b|\b(?:donnees|experience) (?:\w+ ){0,3}(?:limitees?|insuffisantes?)\b|\binconnue?s?\b|\b(?:pas|jamais) (?:\w+ )?ete (?:\w+ )?(?:etudie|evalue)"
)
_NEAR = 6
"""Sentences below within which the advice stands."""
_MORE_OFTEN = re.compile(
    r"\b(?:more|less) (?:frequent(?:ly)?|often|regularly|closely)\b(?! than)|\bplus (?:frequen\w+|souvent|rapproche\w+|etroite\w*)\b(?! que)"
)
_LATER = re.compile(
    r"\b(?:later|subsequent|remaining|other|following|further|lower-ranked)\b.{0,40}\b(?:end-?\s?points?|outcomes?|analyses|results|comparisons|ones)\b.{0,40}\bexplorator"
    r"|\b(?:criteres|analyses|resultats|comparaisons)\b.{0,40}\b(?:suivante?s|ulterieure?s|restante?s)\b.{0,40}\bexploratoires?\b"
)
"""That what follows is exploratory."""
_RANKS = re.compile(
    r"\bexplorato(?:ry|ires?)\b|\bpost[- ]?hoc\b|\bmultiplicit|\bhypothes[ei]s[- ]generating\b|\bgenerat\w+ d'hypotheses?\b"
)
_LIMIT = re.compile(
    r"(?:[<>≤≥]=? ?|\b(?:above|below|exceed\w*|over|(?:more|less|greater|higher|lower) than|at least|superieure?s? a|inferieure?s? a|depass\w+|plus de|moins de|au-dessus de) )"
    r"(?:\d+(?:[.,]\d+)?|(?:two|three|four|five|eight|ten|deux|trois|quatre|cinq|huit|dix)\b)(?: (?:to|and|a|et) (?:[<>≤≥]=? ?)?\d+(?:[.,]\d+)?)?"
    r" ?(?P<of>(?:x|×|fois|times)\W{0,2}(?:the |la )?(?:uln|lsn|upper limit|limite superieure|normal)|mmol|meq|g ?/ ?d?l|ml ?/ ?min|x ?10|/ ?mm|bpm|beats|batt|ms\b)"
)
"""A limit of a laboratory value or vital sign, with what it counts in."""
_STOPS = re.compile(
    r"\b(?:stop(?:ped|ping)?|discontinu\w+|interrupt\w*|withh[eo]ld\w*|suspend\w*|arret\w*|interrom\w+|interruption)\b"
)
_WAIT = re.compile(r"\b\d+[- ](?:hours?|days?|weeks?|months?|heures?|jours?|semaines?|mois)\b")
_SWITCH = re.compile(
    r"\b(?:within|after|following|since|before|dans|apres|avant|depuis|suivant)\b.{0,60}\b(?:stopp\w+|discontinu\w+|withdraw\w+|cessation|l'arret|arrete?r?)\b"
)
RULE_FROM = re.compile(r"^[<>≤≥]=? ?\d[^:.;]{0,40}: ?\w")
"""A rule of a list by limits: “> 8 x ULN: treatment must be stopped”. Of what, the sub-heading says."""
_MOST_RULES = 6
_SHARED = 2
"""Words of content of a case that stand in the sentence before it, which goes on with it; of a short case, half."""
_EVERYDAY = (
    "dose doses dosing patient patients treatment therapy day days daily usual time resumed taken medicine dose posologie traitement"
    " jour jours patient patients prise repris médicament stopped discontinued necessary given arrêté nécessaire indispensable"
)
"""Words of every label that tell no subject, or of every case."""

_TIMES = (
    "hour hours week weeks month months heure heures semaine semaines mois least allowed stopping discontinuing starting before after within"
    " combination arrêt avant après moins délai"
)
"""Words of every waiting time."""


def told_with(units: Sequence[Unit]) -> dict[str, tuple[Unit, ...]]:
    """By the text of a label's sentence, the neighbours without which it says too little.

    The next one where it limits it or says what to do in its case ("If such an inhibitor must be given, …"), and the one
    before where it only says what differs from it ("more often when …").
    """
    found: dict[str, tuple[Unit, ...]] = {}
    for one, other in pairwise(_sentences(units)):
        if other.order != one.order + 1 or one.section != other.section or one.source != other.source:
            continue
        if goes_on(one.text, other.text):
            _tell_with(found, one, other)
        if _MORE_OFTEN.search(flat(other.text)):
            _tell_with(found, other, one)
        if two_rules(one.text, other.text):
            _tell_with(found, one, other)
            _tell_with(found, other, one)
    for one, other in _data_and_advice(units):
        _tell_with(found, one, other)
    for one, other in _rules_of_one_list(units):
        _tell_with(found, one, other)
        _tell_with(found, other, one)
    return found


def _tell_with(found: dict[str, tuple[Unit, ...]], told: Unit, beside: Unit) -> None:
    found[told.text] = tuple(dict.fromkeys((*found.get(told.text, ()), beside)))


def _rules_of_one_list(units: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Each two rules of a list by limits, "> 5 and ≤ 8 x ULN: … stop", which other sentences may part."""
    held: dict[tuple[str, tuple[str, ...]], list[Unit]] = {}
    for unit in _sentences(units):
        if RULE_FROM.match(unit.text):
            held.setdefault((unit.source, unit.section), []).append(unit)
    for rules in held.values():
        yield from ((a, b) for a, b in combinations(rules[:_MOST_RULES], 2) if two_rules(a.text, b.text))


def _data_and_advice(units: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Each sentence that only says what is not known of somebody, with the next one below the same heading that says what to do with them.

    “There are no data in pregnant women.” is half an answer where “It is not recommended during pregnancy.” follows after the animals.
    """
    sentences = _sentences(units)
    people = [concept.said for concept in concepts().values() if concept.narrow]
    for at, one in enumerate(sentences):
        said = flat(one.text)
        if not _UNKNOWN.search(said) or advises(one.text):
            continue
        near = (
            o for o in sentences[at + 1 : at + _NEAR] if (o.section, o.source) == (one.section, one.source)
        )
        of_them = [p for p in people if p.search(said)]
        advice = (o for o in near if advises(o.text) and any(p.search(flat(o.text)) for p in of_them))
        if (first := next(advice, None)) is not None:
            yield one, first


def two_rules(text: str, after: str) -> bool:
    """Whether both tell when to stop by the same value, a milder and a sterner rule, or how long to wait between the same two medicines,
    one way and the other: told alone either is taken for the whole.
    """
    one, other = flat(text), flat(after)
    limits = [{m["of"][:3].strip() for m in _LIMIT.finditer(said)} for said in (one, other)]
    if limits[0] & limits[1] and all(_STOPS.search(said) for said in (one, other)):
        return True
    waits = all(_WAIT.search(said) and _SWITCH.search(said) for said in (one, other))
    return waits and bool((contents(text) & contents(after)) - _everyday() - _of_time())


def goes_on(text: str, after: str) -> bool:
    """Whether the sentence after a text limits it, or says what holds in a case of which it speaks."""
    said, before = flat(after), flat(text)
    if _TURNS.search(said):
        return True
    if _TOGETHER.search(said):
        case_of = flat(re.split(r"[,.;]", after, maxsplit=1)[0])
        return medicines_in(case_of) <= medicines_in(before)
    if _CONDITION.search(said):
        case = contents(after.split(",", maxsplit=1)[0]) - _everyday()
        shared = len(case & contents(text))
        return shared >= _SHARED or 0 < len(case) <= shared * _SHARED
    same = (c.said for c in concepts().values() if c.narrow)
    return bool(_NOT_STUDIED.search(said)) and any(p.search(before) and p.search(said) for p in same)


@cache
def _of_time() -> frozenset[str]:
    return contents(_TIMES)


@cache
def _everyday() -> frozenset[str]:
    return contents(_EVERYDAY)


def _sentences(units: Sequence[Unit]) -> list[Unit]:
    """Those of labels, in the order of reading; no two that were joined."""
    of_labels = (u for u in reversed(units) if u.source_kind == "label" and u.kind in {"sentence", "block"})
    by_order = {unit.order: unit for unit in of_labels}
    return [by_order[order] for order in sorted(by_order)]


def with_the_sentence_before(units: Sequence[Unit], given: Mapping[str, Evidence]) -> list[Unit]:
    """The units and, for each sentence of a label that needs its neighbour, both as one verbatim quote.

    "It should not be split" answers nobody alone, but it does after "The tablet should be swallowed whole."
    """
    joined = [
        pair
        for before, unit in pairwise(units)
        if unit.source_kind == "label"
        and (before.section, before.kind, unit.kind) == (unit.section, "sentence", "sentence")
        and refusal(before.text, before.kind, before.language) is None
        and refusal(unit.text, unit.kind, unit.language) == "dangling"
        and (pair := _pair(before, unit, given))
    ]
    return [*units, *joined]


def told_with_rank(units: Sequence[Unit]) -> dict[str, tuple[Unit, ...]]:
    """By the text of a paper's result, the sentence of the paper that ranks it: as exploratory, or as one of a subgroup."""
    found: dict[str, tuple[Unit, ...]] = {}
    for source in dict.fromkeys(unit.source for unit in units if unit.source_kind == "paper"):
        own = sorted((u for u in units if u.source == source), key=lambda u: u.order)
        of_subgroups = next((u for u in own if _ranks_subgroups(u)), None)
        later: Unit | None = None
        for unit in own:
            if later is not None and later.section != unit.section:
                later = None
            if unit.zone in {"result", "other"} and unit is not of_subgroups:
                ranked = of_subgroups if _of_a_subgroup(unit) else later
                if ranked is not None and ranked.text not in unit.text:
                    found[unit.text] = (ranked,)
            if _LATER.search(flat(unit.text)):
                later = unit
    return found


def _of_a_subgroup(unit: Unit) -> bool:
    return names_subgroup(unit.text) or any(names_subgroup(name) for name in unit.section)


def _ranks_subgroups(unit: Unit) -> bool:
    return (
        unit.kind == "sentence"
        and names_subgroup(unit.text)
        and (plans(unit.text) is not None or bool(_RANKS.search(flat(unit.text))))
    )


def _pair(before: Unit, unit: Unit, given: Mapping[str, Evidence]) -> Unit | None:
    """Both as the passage has them; None where they are of two passages or something stands between them."""
    passage = before.quotes[0].passage
    if unit.quotes[0].passage != passage or passage not in given:
        return None
    text = given[passage].text
    begins = text.find(before.text)
    second = text.find(unit.text, begins + len(before.text))
    if begins < 0 or second < 0 or text[begins + len(before.text) : second].strip():
        return None
    quote = text[begins : second + len(unit.text)]
    return replace(before, text=quote, kind="block", quotes=(Quote(passage, quote),))
