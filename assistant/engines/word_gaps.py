"""Quiz questions that ask for words: what a label's table says of a case, what is to be monitored, what happens most.

A wrong answer stands in the same table for another case, or in no sentence of the source on the same matter.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.engines.cloze import GAP, OPTIONS, Cloze
from assistant.engines.cues import COMMONEST
from assistant.engines.dose_tables import MARKED, unit_of_rows
from assistant.engines.label_tables import CELLS, Table
from assistant.engines.standing import words
from assistant.engines.units import Unit
from guardrails.model import Language

_FEWEST = 3
_FIGURE = re.compile(r"\d")
_LONGEST_ROW, _LONGEST_CELL = 70, 12
"""Words of a row that is asked with what stands over it, and of a cell that is an option."""
_MUCH_LONGER = 1.25
"""Times the mean length of the options: a key that long gives itself away (QZ4)."""
_FORBIDDEN = re.compile(r"\bcontra-?indicated\b|\bcontre-indiqu", re.IGNORECASE)
_RARER = re.compile(r"\b(?:uncommon|rare|peu fréquents?|rares?)\b", re.IGNORECASE)
_TO_BE_MONITORED = re.compile(
    r"\b(?:should|must|is to|are to|need to) be (?:monitored|measured|checked|obtained|assessed|tested|performed|determined)"
    r"|\b(?:is|are) recommended\b|\b(?:doi(?:t|vent) être|sera|seront|est|sont) (?:mesuré|contrôlé|surveillé|dosé|évalué|vérifié|réalisé|recommandé)",
    re.IGNORECASE,
)
_MEASURES: dict[Language, tuple[tuple[tuple[str, str], ...], ...]] = {
    "en": (
        (
            ("Serum potassium", "potassium"), ("Serum sodium", "sodium"), ("Serum creatinine", "kidney"), ("Renal function", "kidney"),
            ("Liver function", "liver"), ("Blood glucose", "glucose"), ("Blood pressure", "pressure"), ("Heart rate", "heart"),
            ("Body weight", "weight"), ("Thyroid function", "thyroid"), ("Serum calcium", "calcium"), ("Platelet count", "blood"),
        ),
        (
            ("A full blood count", "blood"), ("An electrocardiogram", "heart"), ("A chest X-ray", "lung"), ("An eye examination", "eye"),
            ("A pregnancy test", "pregnancy"), ("A liver function test", "liver"), ("A hearing test", "ear"),
        ),
    ),
    "fr": (
        (
            ("La natrémie", "sodium"), ("La kaliémie", "potassium"), ("La glycémie", "glucose"), ("La calcémie", "calcium"),
            ("La fréquence cardiaque", "heart"), ("La pression artérielle", "pressure"), ("La fonction rénale", "kidney"),
            ("La fonction hépatique", "liver"), ("La fonction thyroïdienne", "thyroid"),
        ),
        (
            ("Un électrocardiogramme", "heart"), ("Un bilan hépatique", "liver"), ("Un hémogramme", "blood"), ("Un examen ophtalmologique", "eye"),
            ("Un test de grossesse", "pregnancy"), ("Un audiogramme", "ear"),
        ),
    ),
}  # fmt: skip
"""What is measured, in one grammatical form, and the matter that it belongs to: two of one matter say the same."""
_MATTERS: dict[str, re.Pattern[str]] = {
    "potassium": re.compile(r"potassium|kali[eé]mi|kala?emia", re.IGNORECASE),
    "sodium": re.compile(r"\bsodium\b|natr[eé]mi|natra?emia", re.IGNORECASE),
    "kidney": re.compile(r"renal|kidney|creatinine|\beGFR\b|réna|créatinin|\bDFG|électrolyt|electrolyt", re.IGNORECASE),
    "liver": re.compile(r"liver|hepat|aminotransferase|transaminase|\bAL[AT]T?\b|\bAS[AT]T?\b|bilirubin|hépati|\bfoie", re.IGNORECASE),
    "glucose": re.compile(r"glucose|glyc[aeé]mi|glyca?emi|HbA1c|diab[eè]t", re.IGNORECASE),
    "pressure": re.compile(r"pressure|tension|artérielle|hypotens|hypertens", re.IGNORECASE),
    "heart": re.compile(r"heart|cardia|electrocardio|électrocardio|\bECG\b|\bQT|pulse|pouls|bradycard", re.IGNORECASE),
    "weight": re.compile(r"weight|\bpoids\b", re.IGNORECASE),
    "thyroid": re.compile(r"thyro", re.IGNORECASE),
    "calcium": re.compile(r"calci|calcémi", re.IGNORECASE),
    "blood": re.compile(r"platelet|blood count|haematolog|hematolog|neutrophil|anaemi|plaquett|hémogramm|numération|formule sanguine|neutrophil", re.IGNORECASE),
    "lung": re.compile(r"chest|tubercul|lung|pulmona|poumon|thora", re.IGNORECASE),
    "eye": re.compile(r"\beyes?\b|ophthalm|ophtalm|retin|rétin|vision|visual", re.IGNORECASE),
    "pregnancy": re.compile(r"pregnan|grossesse|enceinte|contracep", re.IGNORECASE),
    "ear": re.compile(r"hearing|ototox|audio|auditi", re.IGNORECASE),
}  # fmt: skip
"""What a source must not say anything of, to be a wrong answer."""


def of_a_row(tables: Iterable[Table]) -> Iterator[tuple[Unit, Cloze]]:
    """Of each table the row that forbids something, else the one in its middle, with one cell to be found among the others' of its column."""
    for table in tables:
        half = len(table.rows) // 2
        middle = table.rows[half:] + table.rows[:half]
        for row in sorted(middle, key=lambda row: not _FORBIDDEN.search(row[1].text)):
            unit = unit_of_rows(table, [row])
            made = _row_gap(unit, row[1].text, [other.text for _, other in table.rows])
            if made:
                yield unit, made
                break


def _row_gap(unit: Unit, row: str, rows: Sequence[str]) -> Cloze | None:
    cells, others = row.split(CELLS), [other.split(CELLS) for other in rows if other != row]
    others = [other for other in others if len(other) == len(cells)]
    if unit.doubtful or words(unit.text) > _LONGEST_ROW:
        return None
    first = [0] if _FORBIDDEN.search(row) else []
    for column in dict.fromkeys([*first, *range(len(cells) - 1, 0, -1)]):
        if column == 0:
            # What the other rows forbid, too, would be right.
            others = [other for other in others if not _FORBIDDEN.search(" ".join(other))]
        elif any(other[0] == cells[0] for other in others):
            continue
        made = _among(unit.text, row, cells, column, [other[column] for other in others])
        if made:
            return made
    return None


def _among(text: str, row: str, cells: Sequence[str], column: int, values: Sequence[str]) -> Cloze | None:
    key = cells[column].strip()
    fitting = [v.strip() for v in values if 0 < words(v) <= _LONGEST_CELL and not MARKED.search(v)]
    wrong = [
        value
        for value in dict.fromkeys(fitting)
        if not (_holds(text, value) or _holds(value, key) or _holds(key, value))
        and bool(_FIGURE.search(value)) == bool(_FIGURE.search(key))
    ]
    if not 0 < words(key) <= _LONGEST_CELL or text.count(key) != 1 or len(wrong) < _FEWEST - 1:
        return None
    wrong.sort(key=lambda value: abs(len(value) - len(key)))
    options = tuple(sorted([key, *wrong[: OPTIONS - 1]], key=_by_value))
    if len(key) > _MUCH_LONGER * sum(map(len, options)) / len(options):
        return None
    return Cloze(text.replace(key, GAP), options, options.index(key)) if row in text else None


def _holds(text: str, part: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(part.casefold())}(?!\w)", text.casefold()) is not None


def _by_value(option: str) -> tuple[float, str]:
    number = re.match(r"\d+(?:[.,]\d+)?", option)
    return (float(number[0].replace(",", ".")) if number else 0.0, option.casefold())


def of_a_measure(unit: Unit, told: Sequence[Unit]) -> Cloze | None:
    """What is to be monitored, among measures of matters that no instruction of the source is about."""
    for form in _MEASURES[unit.language]:
        for measure, matter in form:
            rest = unit.text.removeprefix(measure)
            if rest == unit.text or not rest[:1].isspace() or not _TO_BE_MONITORED.search(rest):
                continue
            advice = [u.text for u in told if u.source == unit.source and _TO_BE_MONITORED.search(u.text)]
            spoken = {name for name, of in _MATTERS.items() if any(of.search(text) for text in advice)}
            free = [name for name, of in form if of not in spoken | {matter}]
            return _measure_gap(measure, free, rest)
    return None


def _measure_gap(measure: str, free: Sequence[str], rest: str) -> Cloze | None:
    wrong = sorted(free, key=lambda name: abs(len(name) - len(measure)))[: OPTIONS - 1]
    options = tuple(sorted([measure, *wrong]))
    if len(options) < _FEWEST or len(measure) > _MUCH_LONGER * sum(map(len, options)) / len(options):
        return None
    return Cloze(GAP + rest, options, options.index(measure))


def of_the_population(unit: Unit, told: Sequence[Unit]) -> Cloze | None:
    """For whom the medicine is, among people whom no indication of the source names."""
    if unit.zone != "indication":
        return None
    indicated = [u.text for u in told if u.source == unit.source and u.zone == "indication"]
    for people in _PEOPLE[unit.language]:
        options = tuple(name.replace("'", "’") if "’" in unit.text else name for name in people)
        named = [name for name in options if any(_holds(text, name) for text in [unit.text, *indicated])]
        if len(named) == 1 and len(re.findall(rf"(?<!\w){named[0]}(?!\w)", unit.text)) == 1:
            gapped = re.sub(rf"(?<!\w){named[0]}(?!\w)", GAP, unit.text)
            return Cloze(gapped, options, options.index(named[0]))
    return None


_PEOPLE: dict[Language, tuple[tuple[str, ...], ...]] = {
    "en": (("adults", "adolescents", "children", "infants"),),
    "fr": (
        ("l'adulte", "l'adolescent", "l'enfant", "le nourrisson"),
        ("les adultes", "les adolescents", "les enfants", "les nourrissons"),
    ),
}


def of_the_commonest(unit: Unit, tables: Sequence[Table]) -> Cloze | None:
    """The reaction that happens most, among those that the label's own table calls uncommon or rare; where no article shows which.

    French reactions stand with their articles.
    """
    found = _COMMON_LIST.search(unit.text) if unit.language == "en" and COMMONEST.search(unit.text) else None
    if found is None:
        return None
    key = found[1].strip()
    common, rare = _by_frequency(tables, unit)
    wrong = [
        one
        for one in rare
        if not any(_holds(other, one) or _holds(one, other) for other in [*common, unit.text])
    ]
    if len(wrong) < _FEWEST - 1 or unit.text.count(key) != 1:
        return None
    options = tuple(sorted([key, *wrong[: OPTIONS - 1]]))
    if len(key) > _MUCH_LONGER * sum(map(len, options)) / len(options):
        return None
    return Cloze(unit.text.replace(key, GAP), options, options.index(key))


_COMMON_LIST = re.compile(r"\b(?:were|are|was|is|included?) ([a-z][a-z -]+?)(?: \(| and |,|\.$)")


def _by_frequency(tables: Sequence[Table], unit: Unit) -> tuple[list[str], list[str]]:
    """What the label's tables name in columns of common reactions, and in those of rarer ones."""
    common: list[str] = []
    rare: list[str] = []
    for table in tables:
        heads = table.header.split(CELLS)
        if table.parts[0].source != unit.source or not any(map(_RARER.search, heads)):
            continue
        for _, row in table.rows:
            for head, cell in list(zip(heads, row.text.split(CELLS), strict=False))[1:]:
                named = [one.strip().casefold() for one in re.split(r"[,;]", cell) if 0 < words(one) <= 3]  # noqa: PLR2004
                (rare if _RARER.search(head) else common).extend(named)
    return common, list(dict.fromkeys(rare))
