"""Can the approved sources answer? Told from the evidence alone, by a small learned rule that ships with its origin.

No cosine is compared with a fixed number: every feature is relative to the question, to the extent that was searched, or
to the other parts of the same search.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from assistant.chat.answering import CONCEPT_WEIGHT, Rarity, section_of_label
from assistant.chat.question import Asked, Concept, take_apart
from assistant.chat.wording import flat
from assistant.retrieval.extent import Extent
from assistant.retrieval.language import spoken_language
from assistant.retrieval.search import Looked
from assistant.retrieval.shorthand import written_out
from assistant.store.words import stems
from guardrails.model import Evidence

FEATURES = (
    "best", "together", "absent", "unknown_name", "nearness", "lead", "agreement", "wording", "concepts", "short",
)  # fmt: skip
_FIRST = 5
"""Hits that are looked at."""
_RESERVED = 40
_AGREE = 10
_UNTOLD = 0.5
"""What of the question's words counts as met where words cannot tell."""
_MEDICINE = re.compile(
    r"(?:mab|nib|pril|sartan|statine?|gliptine?|gliflozine?|glutide|xaban|ciclib|olol|azole|cept|parine?|mycine?|cilline?|oxetine?|sentan"
    r"|renone|prazole|vir|darone|dipine|setron|triptan|lukast|tide|curium|limus|platine?|taxel|rubicine?)$"
)
"""Endings of international non-proprietary names."""


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """Whether the evidence is enough, how sure that is (0 to 1), and what it rests on."""

    enough: bool
    probability: float
    features: Mapping[str, float]
    tier: str


def judge(
    question: str, names: Sequence[str], looked: Looked, rarity: Rarity, reserved: Sequence[Evidence] = ()
) -> Sufficiency:
    """Judge the evidence that a search found for a question about the product with those names.

    `reserved` are passages of the sections that a label reserves for the question's subject, found or not.
    """
    features = features_of(question, names, looked, rarity, reserved)
    rule = rule_of(looked.tier)
    total = rule["intercept"]
    for name in FEATURES:
        total += rule["weights"][name] * (features[name] - rule["means"][name]) / rule["scales"][name]
    probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    enough = bool(looked.evidence) and probability >= rule["threshold"]
    return Sufficiency(enough, probability, features, looked.tier)


def features_of(
    question: str, names: Sequence[str], looked: Looked, rarity: Rarity, reserved: Sequence[Evidence] = ()
) -> dict[str, float]:
    """What is measured of the evidence; all noughts where there is none."""
    if not looked.evidence:
        return dict.fromkeys(FEATURES, 0.0)
    asked = take_apart(question, names, frozenset(rarity.found_in))
    needs = _needs(asked, question, rarity)
    met = [_met(asked, needs, item) for item in [*looked.evidence[:_FIRST], *reserved]]
    weights = [*(CONCEPT_WEIGHT for _ in asked.concepts), *(need.weight for need in needs)]
    total = sum(weights) or 1.0
    shares = [sum(w * m for w, m in zip(weights, one, strict=True)) / total for one in met]
    union = [max(column) for column in zip(*met, strict=True)] if weights else []
    if _foreign(question, looked):  # the words of another language say nothing for or against
        shares, union, needs = [_UNTOLD], [_UNTOLD] * len(weights), []
    fused = [item.scores.get("fused", 0.0) for item in looked.evidence]
    return {
        "best": max(shares, default=0.0),
        "together": sum(w * m for w, m in zip(weights, union, strict=True)) / total,
        "absent": sum(need.weight for need in needs if not need.known) / total,
        "unknown_name": float(_names_another(question, rarity)),
        "nearness": _nearness(looked),
        "lead": fused[0] - sum(fused[1:_AGREE]) / max(1, len(fused[1:_AGREE])),
        "agreement": _agreement(looked),
        "wording": _wording(looked),
        "concepts": float(bool(asked.concepts)),
        "short": float(len(weights) <= 1),
    }


def reserved_for(asked: Asked, extent: Extent) -> list[str]:
    """The passages of labels that stand in a section reserved for a subject of the question."""
    labels = {source.reading_id for source in extent.sources if source.kind == "label"}
    found: list[str] = []
    for reading, facts in zip(extent.readings, extent.facts, strict=True):
        if reading in labels and asked.sections:
            numbers = [section_of_label(heading.split(" › ")) for heading in facts.headings]
            found += [
                key
                for key, at in zip(facts.ids, facts.sections, strict=True)
                if numbers[at] in asked.sections
            ]
    return found[:_RESERVED]


def _foreign(question: str, looked: Looked) -> bool:
    """Whether no document that was searched is in the question's language."""
    asked = spoken_language(question)
    return (
        asked is not None
        and looked.extent is not None
        and all(s.language != asked for s in looked.extent.sources)
    )


@dataclass(frozen=True, slots=True)
class _Need:
    """A word of the question, or what its shorthand stands for: any of the alternatives, each as all of its stems."""

    alternatives: tuple[frozenset[str], ...]
    weight: float
    known: bool
    """Whether the documents hold one of the alternatives at all."""


def _needs(asked: Asked, question: str, rarity: Rarity) -> list[_Need]:
    written = {
        term: [frozenset(_forms(text)) for text in texts] for term, texts in written_out(question).items()
    }
    needs: list[_Need] = []
    covered: set[str] = set()
    for forms in asked.words:
        terms = [term for term in written if any(forms & set(_forms(word)) for word in term.split())]
        covered.update(terms)
        other = [alternative for term in terms for alternative in written[term]]
        needs.append(_need([*(frozenset({form}) for form in forms), *other], rarity))
    said = {concept.name for concept in asked.concepts}
    needs += [_need(other, rarity) for term, other in written.items() if term not in covered and not said]
    return needs


def _need(alternatives: Sequence[frozenset[str]], rarity: Rarity) -> _Need:
    usable = tuple(a for a in alternatives if a)
    known = [a for a in usable if all(stem in rarity.found_in for stem in a)]
    weight = min(
        (max(rarity.weight(frozenset({stem})) for stem in a) for a in known),
        default=rarity.weight(frozenset()),
    )
    return _Need(usable, weight, bool(known))


def _met(asked: Asked, needs: Sequence[_Need], item: Evidence) -> list[float]:
    """How far a passage meets each need: its concepts, then its words."""
    text, above = flat(item.text), flat(" ".join([*item.section, item.heading]))
    forms = frozenset(_forms(f"{item.heading} {item.text}"))
    number = section_of_label(item.section) if item.source_kind == "label" else ""
    return [
        *(_concept(concept, text, above, number) for concept in asked.concepts),
        *(float(any(alternative <= forms for alternative in need.alternatives)) for need in needs),
    ]


def _concept(concept: Concept, text: str, above: str, number: str) -> float:
    return float(bool(concept.said.search(text) or concept.said.search(above) or number in concept.sections))


def _names_another(question: str, rarity: Rarity) -> bool:
    """Whether a word with the ending of a medicine's name stands in no document."""
    return any(
        len(word) > 6 and _MEDICINE.search(word) and not set(_forms(word)) & rarity.found_in.keys()  # noqa: PLR2004
        for word in re.findall(r"[a-z]+", flat(question))
    )


def _forms(word: str) -> list[str]:
    return [stem for language in ("en", "fr") for stem in stems(word, language)]


def _nearness(looked: Looked) -> float:
    """How far the nearest passage stands out among the candidates, in their deviations."""
    cosines = looked.parts.get("better", looked.parts.get("vectors"))
    if cosines is None or cosines.size < _FIRST or not cosines.std():
        return 0.0
    return float((cosines.max() - cosines.mean()) / cosines.std())


def _agreement(looked: Looked) -> float:
    """Share of the best passages by words that are among the best by vectors."""
    words = looked.parts.get("words")
    cosines = looked.parts.get("better", looked.parts.get("vectors"))
    if words is None or cosines is None or not words.any():
        return 0.0
    size = min(_AGREE, int((words > 0).sum()))
    first = set(np.argsort(-words, kind="stable")[:size].tolist())
    other = set(np.argsort(-cosines, kind="stable")[:_AGREE].tolist())
    return len(first & other) / size


def _wording(looked: Looked) -> float:
    """The best word score as a share of what a passage with every stem of the question would have."""
    words = looked.parts.get("words")
    if words is None or looked.words is None or not looked.words.rarity or not words.size:
        return 0.0
    return float(words.max() / max(1e-9, 2.2 * sum(looked.words.rarity.values())))


@cache
def rule_of(tier: str) -> dict[str, Any]:
    """The learned rule of a tier."""
    found: dict[str, Any] = rule_file()["tiers"][tier]
    return found


@cache
def rule_file() -> dict[str, Any]:
    """The rules with their provenance: data, checksum, date, code."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "sufficiency.json").read_text("utf-8"))
    return found
