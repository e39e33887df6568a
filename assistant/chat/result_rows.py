"""Rows of a study's tables that give the figure that is asked for and that no sentence tells: “median OS?”, “serious AEs on placebo?”."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.chat.classes import of_the_class
from assistant.chat.composite import counts_death_with_others
from assistant.chat.expected import tells_a_result
from assistant.chat.measures import of_the_measures
from assistant.chat.named import medicines_in
from assistant.chat.needs import Need
from assistant.chat.question import Asked
from assistant.chat.tables_of_studies import Captioned, cells_of
from assistant.chat.times_and_doses import silent_on, times_in
from assistant.chat.wanted import OF_STUDIES
from assistant.chat.wording import flat
from assistant.engines.protocol import Quote
from assistant.engines.units import Unit, unit_of_table
from assistant.store.words import stems
from guardrails.model import Evidence

_OF_LABELS = frozenset({"4.8"})
"""The one section that a table of a study may answer for: harms."""
_STATISTICS: Mapping[str, re.Pattern[str]] = {
    r"\b(?:median\w*|mediane?s?)\b": re.compile(r"\bmedian"),
    r"\b(?:hrs?|hazard)\b": re.compile(r"\bhrs?\b|\bhazard"),
    r"\b(?:p[- ]?values?|valeurs? (?:de )?p)\b": re.compile(
        r"\bp[- ]?values?\b|\bvaleurs? (?:de )?p\b|\| p\b"
    ),
}
"""Of a question, and of the row or what stands over it."""
_ONE_FOR_ALL = re.compile(
    r"\bhazard\b|\b(?:odds|risk|rate) ratio\b|\brapport (?:de|des) (?:cotes|risques|taux)\b|\b[hr]r\b|^p\b|\bp[- ]value\b|\bvaleur (?:de )?p\b|\b(?:difference|interaction)\b"
)
"""What is reckoned of all arms together has one cell for them."""
_BASELINE = re.compile(
    r"\bcharacteristics\b|\bcaracteristiques\b|\bdemograph|^(?!.*\b(?:chang|week|month|visit|after|variation|evolution|semaine|mois|apres)).*(?:\bbaseline\b|\ba l'inclusion\b)"
)
_ASKS_OF_BASELINE = re.compile(
    r"\bbaseline\b|\binclusion\b|\bat (?:study )?entry\b|\bcharacteristic|\bcaracteristique|\bdemograph|\bage (?:moyen|median)|\b(?:mean|median|average) age\b"
    r"|(?:%|\b(?:percent\w*|pourcentage|proportion|share|how many|number|part|nombre|combien)\b)(?: (?:of|were|was|de|des|d'))*(?: )?(?:wom[ae]n|females?|males?|men|femmes|hommes)\b|\b(?:mean|median|moyen|median)\w* (?:bmi|imc)\b|\b(?:bmi|imc) (?:moyen|median)"
)
"""Who took part: their age and sex. “Stroke in women?” asks what became of them."""
_WHOM: Mapping[str, re.Pattern[str]] = {
    r"\b(?:wom[ae]n|females?|femmes?)\b": re.compile(r"\b(?:wom[ae]n|females?|femmes?)\b"),
    r"\b(?:m[ae]n|males?|hommes?)\b": re.compile(r"\b(?:m[ae]n|males?|hommes?)\b"),
}
"""Of a question, and of what tells of the same people: an everyday word, and another result."""
_NO_FIGURE = re.compile(
    r"\bdefin|\b(?:why|when|where|pourquoi|quand|comment)\b|(?:^|[.?!;:,])\W*(?:(?:and|so|by|to|in|et|a|de|par|pour|avec|chez) )?(?:who|whom|qui)\b(?! (?:grade|class|performance|functional|criteria|stage)\b)|\bhow\b(?! (?:many|much|often|high|low|common|frequent|large|big|far)\b)"
    r"|\b(?:should|must|can|may|could) (?:i|we)\b|\b(?:puis|dois|peut|doit)-(?:je|on)\b|\b(?:what (?:does|do)|que (?:signifie|veut dire))\b"
)
_POINTS = re.compile(
    r"\b(?:after|apres) \d+ [a-z]+|\((?=[^()]*\b(?:table|tableau|fig\w*|appendix|annexe|section|rubrique)\b)[^()]*\)"
)
"""A pointer in brackets, looked for once in each: tried at each of its words, a bracket that never closes took minutes."""
_RESULT = re.compile(
    r"\d[.,·]\d|\d ?%|\bp ?[<=>]|\d \(\d|\b\d+ (?:of|sur|out of|des) |\b\d+ (?:[a-z-]+ ){0,2}(?:patients|participants|subjects|sujets|deaths|deces|events|evenements|points|met(?:re|er)s)\b"
    r"|\b(?:no|aucun\w*|one|two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq|sept|huit|neuf|dix) (?:[a-z-]+ ){0,2}(?:patients|participants|deaths|deces|events|cases|cas)\b"
)
"""A figure that may be a result, and no time of a visit or name with a number."""
_ANY = re.compile(r"\d")
_TELLS, _NO_EVERYDAY_WORD, _CUT_SHORT = 1.0, 0.9, 4
"""What a word weighs, and how far it is no everyday word, from which it has to be told, however often the document says it; letters from which a medicine's name may be cut short."""
_MOST = 3
_OWN_NUMBER = re.compile(r"\b(?:table|tableau)\s*\d+", re.IGNORECASE)
"""“Table 4” is no dose of 4 mg."""
_PLACEBO = "placebo"
"""However often it is said, it is the arm that is asked about."""


def with_result_rows(
    chosen: Sequence[Unit],
    asked: Asked,
    needs: Sequence[Need],
    tables: Sequence[Captioned],
    order: int,
    *,
    surely: bool,
) -> list[Unit]:
    """The units that answer; where none of them gives the figure that is asked for and rows do, these before what speaks of the same.

    Each word that tells has to stand in the row, the heads of its columns or the caption of its table, which is told with it. Where the
    evidence was not judged to be enough (`surely`), so has every other word.
    """
    wanted = [
        n
        for n in needs
        if not surely
        or n.number
        or n.telling >= _NO_EVERYDAY_WORD
        or n.weight * n.telling >= _TELLS
        or flat(n.word) == _PLACEBO
    ]
    if not wanted or _asks_something_else(asked) or any(_gives(unit, asked, wanted) for unit in chosen):
        return list(chosen)
    rows = [
        row for table in tables if _may_answer(table, asked) for row in _rows(table, asked, wanted, needs)
    ]
    if not rows:
        return list(chosen)
    most = max(row.named for row in rows)
    once: dict[str, _Row] = {}
    for row in rows:
        if row.named == most:
            once.setdefault("\n".join(quote.text for quote in row.quotes), row)
    fewest = sorted(once.values(), key=lambda row: len(row.label))[:_MOST]
    read = [unit_of_table(row.quotes, row.item, order + at, doubtful=False) for at, row in enumerate(fewest)]
    told = [u for u in read if of_the_measures(u, asked.text) and of_the_class(u, asked.text)]
    if not told:
        return list(chosen)
    return [*told, *(unit for unit in chosen if _in_words(unit, wanted))]


def _in_words(unit: Unit, wanted: Sequence[Need]) -> bool:
    """Whether it tells a result of all that is asked, without the figure."""
    return _speaks_of(f"{unit.heading}\n{unit.text}", wanted) and tells_a_result(unit.text, unit.language)


def _asks_something_else(asked: Asked) -> bool:
    """Whether it asks for what a label's section says (a dose, whom it is not for), or for no figure: what a word means, how, when, why."""
    return bool(_NO_FIGURE.search(flat(asked.text))) or any(
        concept.sections - _OF_LABELS for concept in asked.concepts
    )


def _gives(unit: Unit, asked: Asked, wanted: Sequence[Need]) -> bool:
    """Whether it tells a figure of all that is asked, and the statistic that is."""
    said = _POINTS.sub(" ", flat(unit.text))
    figure = _RESULT if unit.source_kind in OF_STUDIES or unit.zone == "result" else _ANY
    return (
        bool(figure.search(said))
        and _speaks_of(f"{unit.heading}\n{unit.text}", wanted)
        and _has_statistics(said, asked)
    )


def _speaks_of(text: str, wanted: Sequence[Need]) -> bool:
    return all(_met(need, text) for need in wanted if not need.number)


def _has_statistics(said: str, asked: Asked) -> bool:
    question = flat(asked.text)
    return all(told.search(said) for name, told in _STATISTICS.items() if re.search(name, question))


def _may_answer(table: Captioned, asked: Asked) -> bool:
    """How patients were at the start is no result; what became of them tells nothing of it."""
    return bool(_BASELINE.search(flat(table.caption.text))) == bool(
        _ASKS_OF_BASELINE.search(flat(asked.text))
    )


@dataclass(frozen=True, slots=True)
class _Row:
    item: Evidence
    label: str
    named: tuple[int, int]
    """How many words of the question its label says, everyday ones too, and how many that with its heads and caption."""
    quotes: tuple[Quote, ...]


def _rows(table: Captioned, asked: Asked, wanted: Sequence[Need], needs: Sequence[Need]) -> Iterator[_Row]:
    labels = [row.label for row in table.rows]
    for row in table.rows:
        twice = labels.count(row.label) > 1
        if twice and row.group is None:  # of which of the two is meant nothing tells
            continue
        if not _fits_its_heads(row.text, table):
            continue
        group = row.group if twice else None
        under = f"{group.text}\n{row.label}" if group else row.label
        over = "\n".join(quote.text for quote in table.heads)
        if _names(under, over, table.caption.text, asked, wanted) and _has_statistics(
            flat(f"{table.caption.text}\n{over}\n{row.text}"), asked
        ):
            own = Quote(row.item.passage, row.text)
            whole = f"{table.caption.text}\n{over}\n{under}"
            named = sum(_met(n, under) for n in needs), sum(_met(n, whole) for n in needs)
            yield _Row(
                row.item, row.label, named, (table.caption, *table.heads, *((group,) if group else ()), own)
            )


def _fits_its_heads(row: str, table: Captioned) -> bool:
    """Whether each figure stands below a head."""
    cells, heads = cells_of(row), [len(cells_of(quote.text)) for quote in table.heads]
    if not any(re.search(r"\d", cell) for cell in cells[1:]):
        return False
    one_for_all = len(cells) < heads[0] and bool(_ONE_FOR_ALL.search(flat(cells[0])))
    if len(heads) == 1:
        return one_for_all or len(cells) == heads[0]
    undivided = max(0, heads[0] - 2)  # beside the names of the rows, and one that is divided
    return one_for_all or heads[-1] <= len(cells) <= heads[-1] + undivided


def _names(label: str, heads: str, caption: str, asked: Asked, wanted: Sequence[Need]) -> bool:
    """Whether the row is of what is asked: its label says it, or the caption does and the label the statistic."""
    words = [need for need in wanted if not need.number]
    in_label = [_met(need, label) for need in words]
    if not all(
        here or _met(need, heads) or _in_heads(need, heads) or _met(need, caption)
        for here, need in zip(in_label, words, strict=True)
    ):
        return False
    over = _OWN_NUMBER.sub(" ", caption)
    whole = frozenset(re.findall(r"\d+(?:[.,]\d+)*", f"{label} {heads} {over}"))
    if not all(need.word in whole for need in wanted if need.number):
        return False
    question, said = flat(asked.text), flat(label)
    told = flat(f"{label} {heads} {caption}")
    if any(re.search(name, question) and not people.search(told) for name, people in _WHOM.items()):
        return False
    if not _of_its_time(question, f"{label} {heads} {caption}") or _counted_together(asked, label):
        return False
    statistic = any(re.search(name, question) and told.search(said) for name, told in _STATISTICS.items())
    return statistic or any(in_label)


def _of_its_time(question: str, text: str) -> bool:
    """Whether the time that is asked for, if any, stands there: “five-year survival” is no number of deaths."""
    given = times_in(question)
    return not given or not silent_on(text, question, of_doses=False)


def _counted_together(asked: Asked, label: str) -> bool:
    """Whether death alone is asked about and the row is of death or something else."""
    of_death = any(concept.name == "mortality" for concept in asked.concepts)
    return of_death and not counts_death_with_others(asked.text) and counts_death_with_others(label)


def _in_heads(need: Need, heads: str) -> bool:
    """Whether it is the name of an arm's medicine, cut short."""
    short = flat(need.word)
    return len(short) >= _CUT_SHORT and any(word.startswith(short) for word in medicines_in(heads))


def _met(need: Need, text: str) -> bool:
    if need.met(frozenset(stem for language in ("en", "fr") for stem in stems(text, language))) > 0:
        return True
    return any(
        concept.said.search(flat(text)) for concept in need.concepts if not (concept.narrow and need.forms)
    )
