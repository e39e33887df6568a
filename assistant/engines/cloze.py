"""Quiz questions from verbatim sentences: one value is taken out, and has to be found among values of its kind.

The key stands in the sentence; a distractor is another value of the sources with the same unit, or a neighbour of
the key where the sources have too few. Options are of one form and in ascending order, so that neither length nor
place gives the key away (NBME item-writing flaws).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from assistant.engines.protocol import Role
from assistant.engines.scoring import Candidate
from guardrails.model import Language
from guardrails.numbers import Quantity, extract

GAP = "[…]"
OPTIONS = 4
_NEIGHBOURS = tuple(Decimal(f) for f in ("0.5", "2", "0.75", "1.5", "0.25", "1.25", "3", "0.9", "1.1", "0.8"))
_PLAUSIBLE = Decimal(4)
"""A distractor is at most so many times larger or smaller than the key."""
_PLURAL = frozenset({"day", "week", "month", "year", "hour", "minute", "people"})
"""Words that would not fit a "1"."""
_LEAST_GAP = Decimal("0.06")
_ROUND = Decimal(10)
"""From here on, a key that is a multiple of five stands among multiples of five: no dose of 23 mg."""
_SPREAD = {"year": Decimal("1.5")}
"""Ages: 35 and 110 would be out at a glance."""
_UNITS = re.compile(
    r"^(?:%|pp|k?g|mg|ug|ng|d?m?L|mmHg|m?mol|I?U|MU|day|week|month|year|hour|minute|cm|mm|people)\b|^%"
)
_OF_A_MEASUREMENT = re.compile(r"\d[-‑–]\s?[a-z]", re.IGNORECASE)
"""“24-hour urine”: part of a name, which tells nothing to ask for."""
_OF_A_DAY = Decimal(24)
_FRAME = frozenset({"day", "week", "month", "year", "hour", "minute", "people"})
"""When and in how many: asked for where a result has no other value."""
_DOSES = frozenset({"mg", "g", "ug", "mL", "IU", "MU", "mg/day"})
_COUNTED = re.compile(
    r"\s(?:patients?|participants?|adults?|people|women|men|children|adultes|personnes|femmes|hommes|sujets|enfants)\b"
)
_DIGITS = re.compile(r"\d+(?:[.,·\u00a0\u202f\u2009 ]\d+)*")
_GROUPED = re.compile(r"^\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+$")
_CONFIDENCE = re.compile(r"^\W{0,2}(?:CI|IC|CrI|confidence|credib|d.intervalle)", re.IGNORECASE)
_SIGNED = re.compile(r"[-−–±]\s?$")
_FRACTION = re.compile(r"^ ?[(\[] ?\d+ ?(?:/|of|sur|out of) ?\d+ ?[)\]]")
"""“4.26% (2/43)”: what stands behind gives it away."""
_AFTER_CONFIDENCE = re.compile(
    r"(?:\b(?:CI|IC)|confiance|interval)(?:\s+(?:[àa]|of))?\W{0,3}$", re.IGNORECASE
)

CLOSED_SETS: dict[Language, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("once daily", "twice daily", "three times daily", "four times daily"),
        ("very common", "common", "uncommon", "rare"),
        ("oral", "intravenous", "subcutaneous", "intramuscular"),
    ),
    "fr": (
        ("une fois par jour", "deux fois par jour", "trois fois par jour", "quatre fois par jour"),
        ("très fréquent", "fréquent", "peu fréquent", "rare"),
        ("très fréquents", "fréquents", "peu fréquents", "rares"),
        ("très fréquente", "fréquente", "peu fréquente", "rare"),
        ("très fréquentes", "fréquentes", "peu fréquentes", "rares"),
        ("orale", "intraveineuse", "sous-cutanée", "intramusculaire"),
    ),
}
"""Words that exclude each other, each set in its natural order and in one grammatical form."""


_TOO_PLAIN = frozenset({"common", "rare", "rares", "fréquent", "fréquents", "fréquente", "fréquentes"})
"""Words of a category that also mean other things: "more frequent monitoring", "rare disease"."""


_ROUTES = frozenset(
    {
        "oral",
        "intravenous",
        "subcutaneous",
        "intramuscular",
        "orale",
        "intraveineuse",
        "sous-cutanée",
        "intramusculaire",
    }
)
_IS_A_ROUTE = re.compile(
    rf"{re.escape(GAP)} (?:use|administration|route|injections?|infusions?|bolus)\b|\b(?:voie|injections?|perfusions?) {re.escape(GAP)}"
)
"""“Oral hypoglycaemic agents” are other medicines."""


@dataclass(frozen=True, slots=True)
class Cloze:
    """A sentence with a gap and what could fill it."""

    text: str
    options: tuple[str, ...]
    key: int


def values_of(pool: Iterable[Candidate]) -> dict[str, list[Quantity]]:
    """Every plain value of the pool by unit, in reading order."""
    found: dict[str, list[Quantity]] = {}
    for candidate in pool:
        for quantity in _quantities(candidate.unit.text, candidate.unit.language):
            if _plain(quantity):
                found.setdefault(quantity.unit, []).append(quantity)
    return found


def cloze(
    text: str, language: Language, values: dict[str, list[Quantity]], rank: int, role: Role = "dose"
) -> Cloze | None:
    """A question from the sentence, or None where no value of it can be asked for.

    `rank` (0 to 3) is where the key is to stand among the options, as far as the values allow. `role` decides which
    value is worth asking for: the dose of a dose, the share of patients or the effect of a result.
    """
    quantities = _quantities(text, language)
    limits = [_without_limit(q) for q in quantities if _is_a_limit(q, role)]
    askable = [*filter(_plain, quantities), *filter(_plain, limits)]
    for quantity in sorted(askable, key=lambda q: _preference(q, text, role)):
        if not _asked_alone(quantity, quantities, text):
            continue
        written = _DIGITS.search(quantity.text)
        if written is None:
            continue
        options = _options(quantity, written[0], quantities, values.get(quantity.unit, []), rank)
        if options:
            # Only the number goes: where the unit stays in the sentence, the options still carry it.
            blank = text[: quantity.start] + GAP + text[quantity.end :]
            return Cloze(blank, options, options.index(quantity.text))
    return _closed(text, language) if role == "dose" else None


def _quantities(text: str, language: Language) -> list[Quantity]:
    """The sentence's quantities; a bare count takes the people that it counts as its unit: "230 patients"."""
    found = []
    for quantity in extract(text, language):
        counted = _COUNTED.match(text[quantity.end :])
        if not quantity.unit and quantity.kind == "number" and counted and quantity.text.strip().isdigit():
            end = quantity.end + counted.end()
            quantity = replace(quantity, unit="people", text=text[quantity.start : end], end=end)  # noqa: PLW2901
        found.append(quantity)
    return found


def _plain(quantity: Quantity) -> bool:
    return (
        quantity.kind == "number"
        and not quantity.comparator
        and not quantity.inherited
        and quantity.value > 0
        and bool(_UNITS.match(quantity.unit))
        and quantity.text[:1].isdigit()
        and not _names_a_measurement(quantity)
    )


def _is_a_limit(quantity: Quantity, role: Role) -> bool:
    """Such as "must not exceed 80 mg a day", "serum potassium above 5.5 mmol/L": a limit that has to be known."""
    if role == "contraindication":
        return quantity.kind == "number" and quantity.comparator in {"<", ">"}
    return (
        role == "dose"
        and quantity.kind == "number"
        and quantity.comparator == "≤"
        and quantity.unit.split("/")[0] in _DOSES
    )


def _without_limit(quantity: Quantity) -> Quantity:
    """The number and its unit, without the words before it that make a limit of it."""
    at = re.search(r"\d", quantity.text)
    shift = at.start() if at else 0
    return replace(quantity, comparator="", text=quantity.text[shift:], start=quantity.start + shift)


def _names_a_measurement(quantity: Quantity) -> bool:
    """Such as "24-hour" of urine, "24 heures" of "la diurèse des 24 heures"."""
    if quantity.unit == "hour" and quantity.value == _OF_A_DAY:
        return True
    return bool(_OF_A_MEASUREMENT.search(quantity.text))


def _preference(quantity: Quantity, text: str, role: Role) -> tuple[bool, bool, bool, int]:
    """What the role is about first, of a result its effect, then outside brackets, then in order."""
    before = text[: quantity.start]
    bracketed = before.count("(") + before.count("[") > before.count(")") + before.count("]")
    beside = role != "dose" and quantity.unit in _DOSES
    frame = role in {"result", "adverse_reaction"} and quantity.unit in _FRAME
    return beside, frame, bracketed, quantity.start


def _asked_alone(quantity: Quantity, all_of_it: Sequence[Quantity], text: str) -> bool:
    """The value stands once in the sentence, and is not the 95 % of an interval."""
    if (
        _SIGNED.search(text[: quantity.start])
        or _CONFIDENCE.match(text[quantity.end :])
        or _AFTER_CONFIDENCE.search(text[: quantity.start])
    ):
        return False
    if sum(other.value == quantity.value for other in all_of_it) != 1:
        return False
    if _FRACTION.match(text[quantity.end :]):
        return False
    return not _follows(quantity, [q for q in all_of_it if q.end != quantity.end])


def _follows(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """The rest of the sentence gives it away: a ratio of 0.71 and "29 %", or two values and their difference."""
    same = [q.value for q in others if q.unit == quantity.unit]
    if any(abs(a - b) == quantity.value or a + b == quantity.value for a, b in combinations(same, 2)):
        return True
    ratios = [100 * (1 - q.value) for q in others if not q.unit and 0 < q.value < 1 and q.kind == "number"]
    return quantity.unit == "%" and any(abs(ratio - quantity.value) <= 1 for ratio in ratios)


def _options(
    key: Quantity, digits: str, beside: Sequence[Quantity], pool: Sequence[Quantity], rank: int
) -> tuple[str, ...]:
    taken = {q.value for q in beside} | {q.upper for q in beside if q.upper is not None}
    spread = _SPREAD.get(key.unit, _PLAUSIBLE)
    limits = (key.value / spread, key.value * spread)
    ceiling = Decimal(100) if key.unit == "%" and key.value <= Decimal(100) else None
    exponent = key.value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    fives = key.value >= _ROUND and key.value % 5 == 0
    real = [q.value for q in pool if limits[0] <= q.value <= limits[1] and _same_form(q.value, key.value)]
    made = [_rounded(key.value * factor, step) for factor in _NEIGHBOURS]
    usable: list[Decimal] = []
    nearest = sorted(dict.fromkeys(real), key=lambda v: (abs((v / key.value).ln()), v))
    for value in [v for v in [*nearest, *made] if not fives or v % 5 == 0]:
        one = value == 1 and key.unit in _PLURAL
        fits = not one and limits[0] <= value <= limits[1] and (ceiling is None or value < ceiling)
        if fits and value not in taken and _apart(value, [key.value, *usable]):
            usable.append(value)
    below = [v for v in usable if v < key.value]
    above = [v for v in usable if v > key.value]
    lower = min(len(below), max(rank, OPTIONS - 1 - len(above)))
    chosen = sorted([*below[:lower], key.value, *above[: OPTIONS - 1 - lower]])
    if len(chosen) < OPTIONS:
        return ()
    return tuple(
        key.text if v == key.value else key.text.replace(digits, _written(v, digits), 1) for v in chosen
    )


def _apart(value: Decimal, others: Sequence[Decimal]) -> bool:
    """Options that can hardly be told from each other test the eye, not the knowledge."""
    return all(abs(value - other) >= _LEAST_GAP * max(value, other) for other in others)


def _same_form(value: Decimal, key: Decimal) -> bool:
    """As many decimals as the key: one option with a decimal among whole numbers would stand out."""
    return value.as_tuple().exponent == key.as_tuple().exponent


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    if step == 1 and value > 20:  # noqa: PLR2004  whole numbers beyond twenty read better in fives
        return (value / 5).quantize(Decimal(1)) * 5
    return value.quantize(step)


def _written(value: Decimal, like: str) -> str:
    """The number in the writing of the key: decimal comma or point, thousands grouped or not."""
    plain = f"{value:f}"
    if "·" in like:
        return plain.replace(".", "·")
    if _GROUPED.match(like):
        separator = next(c for c in like if not c.isdigit())
        return f"{int(value):,}".replace(",", separator)
    return plain.replace(".", ",") if "," in like else plain


def _closed(text: str, language: Language) -> Cloze | None:
    for words in CLOSED_SETS[language]:
        pattern = re.compile(
            rf"(?<![\w-])(?:{'|'.join(sorted(words, key=len, reverse=True))})(?![\w-])", re.IGNORECASE
        )
        found = list(pattern.finditer(text))
        if len(found) == 1 and found[0][0] in words and found[0][0] not in _TOO_PLAIN:
            start, end = found[0].span()
            if found[0][0] in _ROUTES and not _IS_A_ROUTE.search(f"{text[:start]}{GAP}{text[end:]}"):
                continue
            return Cloze(text[:start] + GAP + text[end:], words, words.index(found[0][0]))
    return None
