"""Choosing one to five approved sentences that answer, or none: absence is told from what the sentences carry."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.chat.bounds import contradicts, excludes
from assistant.chat.needs import Need
from assistant.chat.question import Asked, Concept
from assistant.chat.wording import flat
from assistant.engines.cues import BOILERPLATE, EXCLUDED_HEADING
from assistant.engines.scoring import role_of, worth
from assistant.engines.standing import refusal, words
from assistant.engines.units import Unit
from assistant.store.words import stems

ENOUGH_IN_ONE, ENOUGH_TOGETHER = 0.62, 0.72
"""Shares of the question's needs, weighted by how rare each is in the product's documents, that the best sentence or
the chosen sentences together have to carry. Tuned on 83 questions in both languages over the sample dossier, a European
label, a trial paper and a French deck, 33 of them on facts, medicines or populations that the documents do not hold.
"""
CONCEPT_WEIGHT = 2.5
_BY_HEADING, _BY_SECTION = 0.8, 0.9
"""What a need counts that the heading above a sentence meets, or its section in a label."""
_MOST = 5
_NEXT_BEST, _AS_GOOD = 0.86, 3
"""A further sentence is taken when it is at least this good as the first (up to three in all), or meets a
need that is still open."""
_BY_LITERAL = 0.15
"""Of sentences on one subject, those in the question's own words come first."""
_MOST_WORTH = 3.0
"""What makes a sentence worth a place in a document may order answers, but not outweigh the question."""
_SHORTEST, _LONGEST = 2, 90
_TOLERATED = frozenset({"no_verb", "boilerplate", "too_short", "too_long"})
"""Under its section's heading, a label's short or headless sentence is understood."""
_CONTAINS = re.compile(r"\b(?:contains?|contient|contiennent)\b", re.IGNORECASE)
"""Nobody drafts from "contains lactose", but somebody may ask."""
_OWN_ANTECEDENT = re.compile(
    r"^(?:if|when|in case of|en cas d|si|lorsqu|quand)[^,.]{3,60}, (?:it|this|they|these|celle-ci|celui-ci|ceux-ci|celles-ci|elle|il|elles|ils)\b",
    re.IGNORECASE,
)
"""“En cas d'oubli d'une dose, celle-ci …”: what it points to stands in the sentence."""
_PRECLINICAL = re.compile(
    r"\bpre-?clini|\bnon-?\s?clini|\banimal|\btoxic|\bcarcino|\bcancerog|\bmutagen|\bgenotox|\bteratog|\b(?:in|chez l[ea]s?) (?:rats?|mice|rabbits?"
    r"|monkeys?|souris|lapine?s?|singes?)\b|\b(?:rats?|mice)\b"
)
"""What is asked of section 5.3: findings in animals answer no question about people or about dosing an animal."""
_NUMBER = re.compile(r"^\s*(\d{1,2}\.\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with what of the question it carries (0 to 1) and its rank among the answers."""

    unit: Unit
    coverage: float
    score: float
    met: frozenset[int]
    """Indices of the needs that it meets."""


def answer(
    asked: Asked,
    units: Sequence[Unit],
    words: Sequence[Need],
    fused: Mapping[str, float],
    names: Sequence[str],
) -> list[Unit]:
    """The units that answer, in reading order; none where the documents do not carry enough of the question.

    `words` are the needs of its words, `fused` is the search's score of a passage. Only units of passages that the search found, or of the sections that
    a label reserves for the subject, are looked at.
    """
    needs = _needs(asked, words)
    if not needs:
        return []
    scored = [
        _scored(unit, asked, needs, fused, names)
        for unit in units
        if _near(unit, asked, fused) and _clear(unit) and _fits(unit, asked.text)
    ]
    ranked = sorted(scored, key=lambda s: (-round(s.score, 9), s.unit.order))
    chosen = _chosen(ranked, needs)
    if not chosen or not _carries(chosen, needs):
        return []
    return [s.unit for s in sorted(chosen, key=lambda s: s.unit.order)]


def _fits(unit: Unit, question: str) -> bool:
    """Whether the unit speaks of the values, the time, the strength and the kind of subject that are asked about."""
    if unit.kind == "row":
        return True
    if excludes(f"{unit.heading}\n{unit.text}", question) or contradicts(unit.text, unit.heading, question):
        return False
    animals = unit.source_kind == "label" and section_number(unit) == "5.3"
    return not animals or bool(_PRECLINICAL.search(flat(question)))


def _carries(chosen: Sequence["Scored"], needs: Sequence[tuple["_Need", float]]) -> bool:
    """Whether the first sentence says enough by itself, or lacks nothing but subjects that the others bring.

    A word of the question's own has to stand in the first: two sentences that hold half of it each hold no answer.
    """
    first = chosen[0]
    together = frozenset().union(*(s.met for s in chosen))
    if not _narrow(needs) <= together:
        return False
    if first.coverage >= ENOUGH_IN_ONE:
        return True
    lacking = [need for index, (need, _) in enumerate(needs) if index not in first.met]
    total = sum(weight for _, weight in needs)
    carried = sum(weight for index, (_, weight) in enumerate(needs) if index in together) / total
    return carried >= ENOUGH_TOGETHER and all(isinstance(need, Concept) for need in lacking)


_Need = Concept | Need


def _needs(asked: Asked, words: Sequence[Need]) -> list[tuple[_Need, float]]:
    """The subjects that are asked about, and the words that no subject covers; a number bounds, and is no need."""
    return [
        *((concept, CONCEPT_WEIGHT) for concept in asked.concepts),
        *((need, need.weight) for need in words if not need.concepts and not need.number),
    ]


def _near(unit: Unit, asked: Asked, fused: Mapping[str, float]) -> bool:
    found = any(quote.passage in fused for quote in unit.quotes)
    holds_the_value = unit.kind == "row" and len(unit.quotes) > 1
    return (
        found or holds_the_value or (unit.source_kind == "label" and section_number(unit) in asked.sections)
    )


def section_number(unit: Unit) -> str:
    """The label's numbered section that the unit stands in, for instance "4.2"; empty where there is none."""
    return section_of_label(unit.section)


def section_of_label(path: Sequence[str]) -> str:
    """The number of a label's section in a path of headings; empty where there is none."""
    return next((match[1] for name in path if (match := _NUMBER.match(name))), "")


def _clear(unit: Unit) -> bool:
    if unit.doubtful or EXCLUDED_HEADING.search(unit.heading):
        return False
    if unit.kind == "row":
        return True
    reason = refusal(unit.text, unit.kind, unit.language, slide=unit.slide)
    if reason is None:
        return True
    if BOILERPLATE.search(unit.text) and not _CONTAINS.search(unit.text):
        return False
    label = unit.source_kind == "label"
    if label and reason == "dangling" and _OWN_ANTECEDENT.match(unit.text.replace("’", "'")):
        return True
    return label and reason in _TOLERATED and _SHORTEST <= words(unit.text) <= _LONGEST


def _scored(
    unit: Unit,
    asked: Asked,
    needs: Sequence[tuple[_Need, float]],
    fused: Mapping[str, float],
    names: Sequence[str],
) -> Scored:
    text, above = flat(unit.text), flat(" ".join([*unit.section, unit.heading]))
    inner = above if not unit.section or _NUMBER.match(unit.section[-1]) else flat(unit.heading)
    in_text = frozenset(s for language in ("en", "fr") for s in stems(unit.text, language))
    in_heading = frozenset(s for language in ("en", "fr") for s in stems(above, language))
    number = section_number(unit) if unit.source_kind == "label" else ""
    parts = []
    for need, _ in needs:
        if isinstance(need, Concept):
            parts.append(_concept_met(need, text, inner if need.narrow else above, number))
        else:
            parts.append(_word_met(need, in_text, in_text | in_heading))
    total = sum(weight for _, weight in needs)
    coverage = sum(part * weight for part, (_, weight) in zip(parts, needs, strict=True)) / total
    passage = max((fused.get(quote.passage, 0.0) for quote in unit.quotes), default=0.0)
    place = 0.3 if number and number in asked.sections else 0.0
    kind = (
        0.5 if unit.kind == "row" else 0.15 if unit.source_kind == "label" else 0.0
    )  # a row holds the asked value
    score = (
        coverage + 0.25 * passage + place + kind + 0.1 * min(_MOST_WORTH, worth(unit, role_of(unit), names))
    )
    literal = len(asked.literal & in_text) / max(1, len(asked.literal))
    score += _BY_LITERAL * literal
    met = frozenset(index for index, part in enumerate(parts) if part > 0)
    return Scored(unit, coverage, score, met)


def _word_met(need: Need, in_text: frozenset[str], with_heading: frozenset[str]) -> float:
    return max(
        (
            worth if form <= in_text else worth * _BY_HEADING
            for form, worth in need.forms.items()
            if form <= with_heading
        ),
        default=0.0,
    )


def _concept_met(concept: Concept, text: str, above: str, number: str) -> float:
    if concept.said.search(text):
        return 1.0
    if number and number in concept.sections:
        return _BY_SECTION
    return _BY_HEADING if concept.said.search(above) else 0.0


def _chosen(ranked: Sequence[Scored], needs: Sequence[tuple[_Need, float]]) -> list[Scored]:
    """The best, then what meets an open need or is nearly as good; never two that say the same.

    Each meets every word of the question's own that the best one meets: a result of another study is no answer.
    """
    chosen: list[Scored] = []
    met: frozenset[int] = frozenset()
    own = frozenset(index for index, (need, _) in enumerate(needs) if not isinstance(need, Concept))
    narrow = _narrow(needs)
    for candidate in ranked:
        if len(chosen) == _MOST:
            break
        if not chosen:
            chosen, met = [candidate], candidate.met
            continue
        first = chosen[0]
        if (
            not first.met & own <= candidate.met
            or (narrow and not narrow & candidate.met)
            or any(_alike(candidate, c) for c in chosen)
        ):
            continue
        opens = bool(candidate.met - met) and candidate.coverage >= first.coverage / 2
        as_good = candidate.score >= _NEXT_BEST * first.score and candidate.coverage >= first.coverage
        if opens or (as_good and len(chosen) < _AS_GOOD):
            chosen.append(candidate)
            met |= candidate.met
    return chosen


def _narrow(needs: Sequence[tuple[_Need, float]]) -> frozenset[int]:
    return frozenset(
        index for index, (need, _) in enumerate(needs) if isinstance(need, Concept) and need.narrow
    )


def _alike(one: Scored, other: Scored) -> bool:
    """Whether most of what the shorter says, and each of its numbers, stands in the longer."""
    a, b = (set(stems(s.unit.text, s.unit.language)) for s in (one, other))
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    numbers = {stem for stem in shorter if stem[0].isdigit()}
    return numbers <= longer and len(shorter & longer) >= 0.75 * len(shorter)
