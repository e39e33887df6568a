"""How the options of a question stand to its stem, to each other and to the feedback (QZ5, QZ6, QZ7, QZ9)."""

# ruff: noqa: ARG001  every check takes the same three arguments, whichever it looks at

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from guardrails.checks.each import each_segment
from guardrails.checks.stems import GAP
from guardrails.model import CheckContext, Document, Finding, Language, Segment
from guardrails.numbers import Quantity, extract
from guardrails.overlap import contents
from guardrails.packs import Rule
from ingestion.text import fold

_AN = re.compile(r"\ban\s*$", re.IGNORECASE)
_A = re.compile(r"(?<![\w.-])a\s*$")
_SOUNDS_OPEN = re.compile(r"[aeioAEIO](?!ne\b|nce\b|ne-|u)[a-z]")
_SOUNDS_CLOSED = re.compile(r"(?:[b-df-gj-np-tv-zB-DF-GJ-NP-TV-Z][a-z]|[hH](?!our|on|eir)[a-z])")
_ELIDED = re.compile(r"\b(?:l|d|qu|n|s|j)['’]\s*$", re.IGNORECASE)
_NOT_ELIDED = re.compile(r"(?:^|\s)(?:le|la|de|que|ne|se)\s*$", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouàâéèêëîïôœù]", re.IGNORECASE)
_CONSONANT = re.compile(r"[b-df-gj-np-tv-xz]", re.IGNORECASE)
_ONE: dict[Language, frozenset[str]] = {
    "en": frozenset(["is", "was", "has", "does", "requires"]),
    "fr": frozenset(["est", "était", "doit", "peut", "impose", "nécessite", "n’est", "n'est"]),
}
_SEVERAL: dict[Language, frozenset[str]] = {
    "en": frozenset(["are", "were", "have", "do", "require"]),
    "fr": frozenset(["sont", "étaient", "doivent", "peuvent", "imposent", "nécessitent"]),
}
_ELEMENTS = re.compile(r"\s*(?:[,;+]|\b(?:and|et|plus)\b)\s*", re.IGNORECASE)
_FEWEST_ELEMENTS = 2
_FIGURE = re.compile(r"\d")
_INFINITE = Decimal(10) ** 12


@each_segment
def fits_the_stem(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """Each option can stand where the gap is: after "a" or "an", elided or not, and in the same number as the others."""
    if not _is_question(segment):
        return
    options = _options(document, segment)
    before = segment.text.partition(GAP)[0] if GAP in segment.text else ""
    for option in options:
        if before and _clashes(before, option.text.lstrip("«“\"' "), segment.language):
            yield rule.finding(option.id, words=before.split()[-1], text=option.text)
    one, several = (
        [o for o in options if _first_word(o.text) in words[segment.language]] for words in (_ONE, _SEVERAL)
    )
    for odd in (several if len(several) <= len(one) else one) if one and several else ():
        yield rule.finding(odd.id, "number", text=odd.text)


def _clashes(before: str, option: str, language: Language) -> bool:
    if language == "en":
        opens, closed = _SOUNDS_OPEN.match(option), _SOUNDS_CLOSED.match(option)
        return bool((_AN.search(before) and closed) or (_A.search(before) and opens))
    return bool(
        (_ELIDED.search(before) and _CONSONANT.match(option))
        or (_NOT_ELIDED.search(before) and _VOWEL.match(option))
    )


def _first_word(text: str) -> str:
    return (text.lower().split() or [""])[0]


@each_segment
def gives_nothing_away(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """No word of the stem comes again in the key alone, and the key does not gather what the others have in part."""
    if not _is_question(segment):
        return
    options = _options(document, segment)
    keys = [o for o in options if o.role == "key"]
    wrong = [o for o in options if o.role != "key"]
    if len(keys) != 1 or not wrong:
        return
    key = keys[0]
    others = frozenset[str]().union(*(contents(o.text) for o in wrong))
    again = sorted((contents(key.text) & contents(_asked(segment.text))) - others)
    if again:
        yield rule.finding(key.id, words=_written(again[0], key.text))
    elif _gathers(key, wrong):
        yield rule.finding(key.id, "gathers", text=key.text)


def _asked(stem: str) -> str:
    """The question itself, without the source that a gapped sentence is introduced with."""
    before, gap, _ = stem.partition(GAP)
    at = max(before.rfind("“"), before.rfind("«"))
    return stem[at + 1 :] if gap and at >= 0 else stem


def _written(root: str, text: str) -> str:
    return next((word for word in re.findall(r"[^\W\d_]+", text) if root in contents(word)), root)


def _gathers(key: Segment, wrong: Sequence[Segment]) -> bool:
    """Each part of the key stands in some other option, and no other option has so much in common with the rest."""
    split = {o.id: frozenset(filter(None, _ELEMENTS.split(_plain(o.text)))) for o in (key, *wrong)}
    if any(len(parts) < _FEWEST_ELEMENTS for parts in split.values()):
        return False

    def shared(own: str) -> int:
        return sum(part in split[o] for part in split[own] for o in split if o != own)

    held = all(any(part in split[o.id] for o in wrong) for part in split[key.id])
    return held and all(shared(key.id) > shared(o.id) for o in wrong)


@each_segment
def of_one_kind(rule: Rule, segment: Segment, document: Document, context: CheckContext) -> Iterator[Finding]:
    """All options are figures or none is, none holds another, and figures stand in their order."""
    if not _is_question(segment):
        return
    options = _options(document, segment)
    figures = [o for o in options if _FIGURE.search(o.text)]
    if figures and len(figures) < len(options):
        few = figures if 2 * len(figures) < len(options) else [o for o in options if o not in figures]
        yield rule.finding(few[0].id, "mixed", text=few[0].text)
    for one, other in combinations(options, 2):
        if _within(one.text, other.text) or _overlap(one, other):
            yield rule.finding(other.id, "overlap", text=other.text, other=one.text)
    measured = [_quantity(o) for o in options]
    values = [q.value for q in measured if q is not None and q.unit == (measured[0] or q).unit]
    if len(values) == len(options) > 1 and not (_rises(values) or _rises(values[::-1])):
        yield rule.finding(segment.id, "order", text="; ".join(o.text for o in options))


def _rises(values: Sequence[Decimal]) -> bool:
    return all(a < b for a, b in pairwise(values))


def _within(one: str, other: str) -> bool:
    short, long = sorted((_plain(one), _plain(other)), key=len)
    return (
        short != long
        and bool(short)
        and re.search(rf"(?<![\w.,]){re.escape(short)}(?![\w.,])", long) is not None
    )


def _quantity(option: Segment) -> Quantity | None:
    found = [q for q in extract(option.text, option.language) if q.kind in {"number", "range"}]
    return found[0] if len(found) == 1 else None


def _overlap(one: Segment, other: Segment) -> bool:
    """Two ranges or limits of one unit that a value could lie in at once; two single values are apart."""
    a, b = _quantity(one), _quantity(other)
    if a is None or b is None or a.unit != b.unit or not (_is_wide(a) or _is_wide(b)):
        return False
    (low, high), (least, most) = _reach(a), _reach(b)
    return low < most and least < high


def _is_wide(quantity: Quantity) -> bool:
    return quantity.kind == "range" or quantity.comparator in {"<", "≤", ">", "≥"}


def _reach(quantity: Quantity) -> tuple[Decimal, Decimal]:
    if quantity.comparator in {"<", "≤"}:
        return -_INFINITE, quantity.value
    if quantity.comparator in {">", "≥"}:
        return quantity.value, _INFINITE
    return quantity.value, quantity.upper if quantity.upper is not None else quantity.value


@each_segment
def feedback_corrects(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """The feedback says the right answer and none of the wrong ones; where its words are others, a reviewer looks."""
    if not _is_question(segment):
        return
    told = [s for s in document.group(segment.group) if s.kind == "statement"]
    if not told:
        return  # rule QZ1 holds a question without any
    said = " ".join(_plain(s.text) for s in told)
    amounts = {(q.value, q.unit) for s in told for q in extract(s.text, s.language)}
    for option in _options(document, segment):
        own = {(q.value, q.unit) for q in extract(option.text, option.language)}
        says = _says(said, option.text) or (bool(own) and own <= amounts)
        if option.role == "key" and not says:
            yield rule.finding(option.id, "unsaid", text=option.text)
        if option.role != "key" and says and not _in_the_key(option, document):
            yield rule.finding(option.id, "said_too", text=option.text)


def _in_the_key(option: Segment, document: Document) -> bool:
    """Whether it is a part of the right answer's words: "10 mg" of "10 mg once daily"."""
    keys = [s for s in document.group(option.group) if s.role == "key"]
    return any(_within(option.text, key.text) for key in keys)


def _says(said: str, option: str) -> bool:
    return re.search(rf"(?<![\w.,]){re.escape(_plain(option))}(?!\w)", said) is not None


def _is_question(segment: Segment) -> bool:
    return segment.kind == "question" and segment.role == "question"


def _options(document: Document, question: Segment) -> list[Segment]:
    return [s for s in document.group(question.group) if s.kind == "option"]


def _plain(text: str) -> str:
    return " ".join(fold(text).text.strip(" .").lower().split())
