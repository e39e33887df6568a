"""What a text bounds: eGFR below 30, potassium of 5.0 to 5.5, Child-Pugh B. A sentence about other values than the asked
one is no answer to the question, whatever else it shares with it.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.chat.wording import flat


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, in the measure's usual unit; an open end does not hold its own value."""

    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False

    def meets(self, other: "Interval") -> bool:
        """Whether a value lies in both."""
        return _ends_after(self, other) and _ends_after(other, self)


def _ends_after(one: Interval, other: Interval) -> bool:
    """Whether the first goes on to where the other begins."""
    if one.high == other.low:
        return not (one.open_high or other.open_low)
    return one.high > other.low


@dataclass(frozen=True, slots=True)
class _Measure:
    named: re.Pattern[str]
    unit: re.Pattern[str]
    """A number without any unit may be of the measure too; one with another unit may not."""
    telling: bool
    """The unit alone tells the measure."""


def _measure(named: str, unit: str, *, telling: bool = False) -> _Measure:
    return _Measure(re.compile(named), re.compile(unit), telling)


_OF_NORMAL = r"(?:x|×|times|fois) ?(?:the |la |l[eo] )?(?:uln|lsn|lns|n\b|normale?\b|upper(?: limit)?|limite)"
"""Multiples of the upper limit of normal, of whatever is measured."""
_MEASURES: Mapping[str, _Measure] = {
    "egfr": _measure(
        r"\be?gfr\b|\bdfge?\b|\bglomerular filtration(?: rate)?\b|\bfiltration glomerulaire\b|\bcreatinine clearance\b"
        r"|\bclairance de la creatinine\b|\bcl(?:ai|ea)rance\b(?=[ =:]{0,3}(?:a |at |of |de |is )?[<>≤≥]? ?\d)|\bcr?cl\b|\bclcr\b|\brenal (?:function|clearance)\b|\bfonction renale\b",
        r"ml ?/ ?min",
        telling=True,
    ),
    "potassium": _measure(
        r"\bpotassium\b|\bkali?emie\b|\bpotassemie\b|\bk\+|\bk\b(?=[ =:]{0,3}(?:a |at |of |is )?\d)|\bhyperkali?a?emi[ae]", r"mmol|meq"
    ),
    "lvef": _measure(r"\blvef\b|\bfevg?\b|\bejection fraction\b|\bfraction d'ejection(?: ventriculaire gauche)?\b", r"%"),
    "age": _measure(
        r"\bagee?s?\b|\baged\b|\bolder\b|\byounger\b|\belderly\b|\bchild(?:ren)?\b(?!-)|\badolescents?\b|\benfants?\b|\badults?\b|\badultes?\b"
        r"|\bsujets\b|\bpatiente?s?\b|\bpts?\b|\bwom[ae]n\b|\bm[ae]n\b|\bfemmes?\b|\bhommes?\b|\byears? (?:old|of age)\b|\byear-old\b|\by/o\b",
        r"-?years?\b(?:[- ](?:old|of age))?|\bans\b|yo\b|y/o",
    ),
    "weight": _measure(r"\bweigh(?:t|s|ing)?\b|\bpoids\b|\bpes(?:e|ant|ent)\b", r"kg\b(?!/)", telling=True),
    "systolic": _measure(
        r"\bsystolic\b|\bsystolique\b|\bsbp\b|\bpas\b|\bblood pressure\b|\bpression arterielle\b|\btension\b", r"mm ?hg"
    ),
    "heart rate": _measure(
        r"\bheart rate\b|\bpulse\b|\bfrequence cardiaque\b|\bpouls\b", r"bpm|beats|batt|/ ?min", telling=False
    ),
    "haemoglobin": _measure(r"\bha?emoglobin\b|\bhemoglobine\b", r"g ?/ ?d?l"),
    "platelets": _measure(r"\bplatelets?\b|\bplaquettes\b", r"x ?10|/|g/l"),
    "transaminases": _measure(
        r"\b(?:alt|ast|alat|asat|sgpt|sgot)\b|\b(?:amino)?transferases?\b|\b(?:amino)?transaminases?\b", _OF_NORMAL
    ),
    "bilirubin": _measure(r"\bbilirubin(?:e|a?emia)?\b|\bbilirubinemie\b", _OF_NORMAL),
    "creatine kinase": _measure(r"\bcp?k\b|\bcreatine (?:phospho)?kinase\b", _OF_NORMAL),
    "bmi": _measure(r"\bbmi\b|\bimc\b|\bbody[- ]mass index\b|\bindice de masse corporelle\b", r"kg/m"),
    "neutrophils": _measure(r"\bneutrophils?\b|\bneutrophiles\b|\banc\b", r"x ?10|/|g/l"),
}  # fmt: skip

NUMBER = r"(?<!\d)\d+(?:\.\d+)?"
"""From its first digit on: begun at each digit, a long row of them took minutes."""
_UNIT = (
    r"(?:[- ]?(?:ml ?/ ?min(?:ute)?|mmol(?: ?/ ?l)?|meq(?: ?/ ?l)?|mm ?hg|kg(?:/m ?2)?|g ?/ ?d?l|years?(?:[- ](?:old|of age))?|ans\b|yo\b|y/o"
    r"|bpm|beats(?: per minute| ?/ ?min)?|batt\w*(?: ?/ ?min| par minute)?|%|mg\b|[µμ]g\b|mcg\b|g\b|weeks?|semaines?|days?|jours?|months?|mois|hours?|heures?|h\b|minutes?"
    rf"|{_OF_NORMAL}|x ?10\S*(?: ?/ ?l)?|/ ?mm ?3|times?|fois|tablets?|comprimes?|patients?|pg/ml|points?|sites|countries|pays))?"
)
_BEFORE = (
    r"(?:(?P<le><=|≤|\bup to|\bat most|\bno(?:t)? (?:more|greater|higher) than|\bnot (?:above|over|exceed\w*)|\bjusqu'a|\bau plus|\binferieure?s? ou egale?s? a|\bmax(?:imum)?(?: of| de)?)"
    r"|(?P<ge>>=|≥|\bat least|\bno(?:t)? (?:less|lower) than|\bnot (?:below|under)|\bd?'?au moins|\ba partir de|\bsuperieure?s? ou egale?s? a|\bmin(?:imum)?(?: of| de))"
    r"|(?P<lt><|\bbelow|\b(?:less|lower|younger|smaller) than|\bunder|\binferieure?s? a|\bmoins de|\ben dessous de|\bau-dessous de|\bsous)"
    r"|(?P<gt>>|\babove|\b(?:more|greater|higher|older) than|\bover|\bexce(?:ed(?:s|ing)?|dant)|\bsuperieure?s? a|\bplus de|\bau-dessus de|\bau dela de|\bdepass\w+)) ?"
)
_AFTER = (
    r"(?: ?(?P<orless>\bor (?:less|below|lower|under|younger)\b|\bou (?:moins|inferieur\w*)\b|\bet moins\b|\band (?:below|under|younger)\b)"
    r"| ?(?P<ormore>\bor (?:more|above|higher|over|older|greater)\b|\band (?:above|over|older)\b|\b(?:ou|et) plus\b|\bou superieur\w*\b|\+(?!\w)))?"
)
_FIGURE = re.compile(
    rf"(?:{_BEFORE})?(?<![\w.])(?P<n>{NUMBER})(?![\d]|\.\d|(?<=\d)[a-z]\d)(?P<unit>{_UNIT}){_AFTER}"
)
_JOINS = re.compile(r"^\s*(?:to|-|–|—|a|and|et|,)\s*$")
_PAIR_WORD = re.compile(r"\b(?:between|entre|from|de)\s*$")
_FILLER = re.compile(
    r"^(?:\s|[:=(,~]|\b(?:is|was|of|at|a|an|the|de|du|est|etait|d'un|d'une|un|une|now|has|value|valeur|level|about|around|environ|egale?|equal|to|measured"
    r"|mesuree?|dosee?|rate|pressure|count|clearance|result|he|she|with|serum|calculated|estimated|estimee?|who|is|qui|currently|actuellement|reache[sd]|reaching|atteint|atteignant|avec|ml|min"
    r"|(?:rises?|rose|rising|climbs?|climbed|increases?|increased|goes|went|gets|falls?|fell|falling|drops?|dropped) to"
    r"|(?:monte|grimpe|passe|arrive|s'eleve|augmente|baisse|chute|descend|tombe|est monte|est passe)e? a))*$"
)
_CHANGED_BY = re.compile(
    r"\b(?:augment|mont|grimp|baiss|diminu|chut|ris(?:e|ing)|rose|increas|fall|fell|drop|decreas|climb)\w*(?: \w+)? (?:by|of|de|d')(?: ?(?:about|around"
    r"|environ))? ?$"
)
"""What a bare figure behind it tells is a change, and no value that was reached."""
_CLAUSE = re.compile(r"[.;?!](?=\s|$)|\n")
_REACH, _REACH_BACK = 90, 22
"""Characters from the measure's name to its figure, and from a figure to the name behind it."""
_CLASSES: Mapping[str, tuple[re.Pattern[str], Mapping[str, int]]] = {
    "hepatic class": (
        re.compile(
            r"\bchild(?:-?\s?pugh(?: class(?:e)?| score| stade)?|(?=[- ][bc]\b(?!\.\w)|[- ]a(?:\W*$| ?[,;?/()–-]| (?:or|and|to|ou|et|a) [bc]\b"
            r"| (?:cirrho|liver|hepat|insuff|patient|class|score))))[- ]((?:[abc]\b(?: ?(?:,|or|and|ou|et|/|to|a|-) ?)?)+)"
        ),
        {"a": 1, "b": 2, "c": 3},
    ),
    "nyha class": (
        re.compile(r"\bnyha(?: class(?:es|e)?| stade)? ((?:\b(?:iv|i{1,3})\b(?: ?(?:,|or|and|ou|et|/|to|a|-) ?)?)+)"),
        {"i": 1, "ii": 2, "iii": 3, "iv": 4},
    ),
}  # fmt: skip
_RANGED = {
    "hepatic class": re.compile(r"[abc] ?(?:-|to) ?[abc]\b"),
    "nyha class": re.compile(r"\b(?:to|a)\b|-"),
}
_SEVERITY = re.compile(
    r"\b(?P<en>mild|moderate|severe)(?: (?:to|or|and) (?P<to>moderate|severe))? (?P<organ>hepatic|liver|renal|kidney)"
    r"|\b(?P<organe>hepatique|renale?) (?P<fr>leger|legere|modere|moderee|severe)s?\b(?: (?:a|ou|et) (?P<a>moderee?|severe)s?)?"
)


def excludes(sentence: str, asked: str) -> bool:
    """Whether the sentence bounds a measure of which the question gives a value, and to other values only."""
    wanted = stated(asked)
    if not wanted:
        return False
    bound = bounds(sentence)
    return any(
        measure in bound and not any(own.meets(want) for own in bound[measure] for want in values)
        for measure, values in wanted.items()
    )


def covers(text: str, measure: str, values: tuple[Interval, ...]) -> bool:
    """Whether the text bounds the measure so that each of the values lies within."""
    own = bounds(text).get(measure, ())
    return bool(own) and all(any(each.meets(value) for each in own) for value in values)


def bounds(text: str) -> dict[str, tuple[Interval, ...]]:
    """What the text bounds, by measure. A bare figure ("a mean of 29.7%") bounds nothing."""
    return _collect(plain(text), bare=False)


@lru_cache(maxsize=64)
def stated(question: str) -> Mapping[str, tuple[Interval, ...]]:
    """The values that a question gives, by measure: a figure is an interval of one value. Each sentence is asked for them."""
    return _collect(plain(question), bare=True)


def rest(question: str) -> str:
    """The question without the figures that are values of a measure."""
    text = plain(question)
    for found in reversed([f for f in _figures(text) if _measure_of(f, text)]):
        text = f"{text[: found.start]} {text[found.end :]}"
    return text


_AGE_GROUP = re.compile(r"\b(over|above|under|below)[- ](?:the age of )?(\d\d)s\b")
_BEFORE_AGE = re.compile(
    r"\b(over|above|under|below|before|after|avant|apres) (?:the age of|l'age de) (\d\d?)\b(?: years\b| ans\b)?"
)
_OLD = re.compile(r"\b(?:apres|au-dela de|passe|past|beyond) ((?:6[05]|7[05]|8[05]|90))(?: ans\b|s\b)")
_SIDES = {"before": "under", "avant": "under", "after": "over", "apres": "over"}
"""“The over 75s”, “under-18s”, “avant l'âge de 18 ans”, “après 75 ans”: ages that nothing else names."""


def plain(text: str) -> str:
    """The text flat, one decimal sign, and without the body surface that eGFR is given for."""
    plain = re.sub(r"(?<=\d),(?=\d{1,2}(?!\d))", ".", re.sub(r"[ \t]+", " ", flat(text)))
    plain = _BEFORE_AGE.sub(lambda m: f"{_SIDES.get(m[1], m[1])} {m[2]} years old", plain)
    plain = _OLD.sub(r"over \1 years old", _AGE_GROUP.sub(r"\1 \2 years old", plain))
    return re.sub(r" ?/ ?1\.73 ?m ?(?:2|²)?", "", plain)


@dataclass(frozen=True, slots=True)
class _Figure:
    start: int
    end: int
    interval: Interval
    unit: str
    kind: str
    """bare, low (bounded below), high (bounded above)."""


def _figures(text: str) -> list[_Figure]:
    found: list[_Figure] = []
    for match in _FIGURE.finditer(text):
        figure = _figure(match)
        before = found[-1] if found else None
        joined = _joined(before, figure, text) if before else None
        if joined:
            found[-1] = joined
        else:
            found.append(figure)
    return found


def _figure(match: re.Match[str]) -> _Figure:
    value = float(match["n"])
    kind, interval = "bare", Interval(value, value)
    if match["le"] or match["orless"]:
        kind, interval = "high", Interval(high=value)
    elif match["ge"] or match["ormore"]:
        kind, interval = "low", Interval(low=value)
    elif match["lt"]:
        kind, interval = "high", Interval(high=value, open_high=True)
    elif match["gt"]:
        kind, interval = "low", Interval(low=value, open_low=True)
    return _Figure(match.start(), match.end(), interval, match["unit"].strip(" -"), kind)


def _joined(one: _Figure, two: _Figure, text: str) -> _Figure | None:
    """Take "30 to less than 60", "between 5 and 5.5", "above 5.0 to 5.5" as one interval."""
    between = _JOINS.match(text[one.end : two.start])
    if not between or one.kind == "high" or two.kind == "low":
        return None
    word = between[0].strip()
    if word in {"and", "et", ","} and not (
        (one.kind, two.kind) == ("low", "high") or _PAIR_WORD.search(text[: one.start])
    ):
        return None
    if one.interval.low > two.interval.high or (one.unit and two.unit and one.unit != two.unit):
        return None
    interval = Interval(one.interval.low, two.interval.high, one.interval.open_low, two.interval.open_high)
    return _Figure(one.start, two.end, interval, two.unit or one.unit, "between")


def _measure_of(figure: _Figure, text: str) -> str | None:
    """The measure that the figure is of: the one its unit tells, else the nearest named in its clause."""
    for name, measure in _MEASURES.items():
        if figure.unit and measure.telling and measure.unit.match(figure.unit):
            return name
    opens = max((m.end() for m in _CLAUSE.finditer(text, 0, figure.start)), default=0)
    closing = _CLAUSE.search(text, figure.end)
    closes = closing.start() if closing else len(text)
    named = [
        (_distance(figure, match, text, of_people=name == "age"), name, match)
        for name, measure in _MEASURES.items()
        for match in measure.named.finditer(text, opens, closes)
        if match.end() <= figure.start or match.start() >= figure.end
        if not figure.unit or measure.unit.match(figure.unit)
    ]  # fmt: skip
    for distance, name, match in sorted(named, key=lambda one: one[0]):
        behind = match.start() >= figure.end
        if distance > (2 * _REACH_BACK if behind else _REACH):
            continue
        if figure.kind == "bare" and not figure.unit:
            gap = text[match.end() : figure.start]
            if behind or not _FILLER.match(gap):
                continue
        if name == "age" and not figure.unit and figure.kind != "bare" and distance > _REACH_BACK:
            continue
        return name
    if figure.unit and re.match(_OF_NORMAL, figure.unit):
        return _in_the_heading(text)
    return "age" if _tells_age(figure, text) else None


def _distance(figure: _Figure, match: re.Match[str], text: str, *, of_people: bool) -> int:
    """How far the name of a measure stands from a figure; what is counted, “at least 300 eosinophils”, is the nearest, but people."""
    if match.end() <= figure.start:
        return figure.start - match.end()
    counted = figure.kind != "bare" and not figure.unit and not of_people
    if counted and text[figure.end : match.start()] == " ":
        return 0
    return match.start() - figure.end + _REACH_BACK


def _in_the_heading(text: str) -> str | None:
    """Of which value a rule "> 5 and ≤ 8 x ULN: …" is: the line over it says that."""
    heading, _, below = text.partition("\n")
    named = [
        name for name, m in _MEASURES.items() if m.unit.pattern == _OF_NORMAL and m.named.search(heading)
    ]
    return named[0] if below and len(named) == 1 else None


def _tells_age(figure: _Figure, text: str) -> bool:
    return bool(re.match(r"years?[- ](?:old|of age)|yo\b|y/o", figure.unit)) or bool(
        re.search(r"\bage(?:e|s|es|d)?(?: (?:de|of))?\s*$", text[: figure.start])
    )


def _collect(text: str, *, bare: bool) -> dict[str, tuple[Interval, ...]]:
    found: dict[str, tuple[Interval, ...]] = {}
    for figure in _figures(text):
        if figure.kind == "bare" and (not bare or _CHANGED_BY.search(text[: figure.start])):
            continue
        name = _measure_of(figure, text)
        if name:
            found[name] = (*found.get(name, ()), figure.interval)
    for name, value in _graded(text):
        found[name] = (*found.get(name, ()), Interval(value, value))
    return found


def _graded(text: str) -> Iterator[tuple[str, int]]:
    """Child-Pugh and NYHA classes, and mild, moderate, severe of liver and kidney as classes of the same scale."""
    for name, (pattern, values) in _CLASSES.items():
        for match in pattern.finditer(text):
            marks = [
                values[mark] for mark in re.findall(r"\b(?:iv|i{1,3}|[abc])\b", match[1]) if mark in values
            ]
            joined = _RANGED[name].search(match[1])
            ranged = bool(joined) and len(marks) > 1
            yield from ((name, each) for each in (range(min(marks), max(marks) + 1) if ranged else marks))
    for match in _SEVERITY.finditer(text):
        organ = match["organ"] or match["organe"]
        name = "renal class" if organ.startswith(("ren", "kid")) else "hepatic class"
        grades = [_grade(word) for word in (match["en"] or match["fr"], match["to"] or match["a"]) if word]
        yield from ((name, each) for each in range(min(grades), max(grades) + 1))


def _grade(word: str) -> int:
    return {"mi": 1, "le": 1, "mo": 2, "se": 3}[word[:2]]
