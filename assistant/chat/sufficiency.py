"""Can the approved sources answer? Told from the evidence alone, by a small learned rule that ships with its origin.

No cosine is compared with a fixed number: every feature is relative to the question, to the extent that was searched, or
to the other parts of the same search.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection

from assistant.chat.coverage import Coverage, Met, cover, sentences_that_meet
from assistant.chat.expected import asks_for_a_quantity, kinds_met
from assistant.chat.needs import RAREST, Need, needs_of
from assistant.chat.wording import flat
from assistant.retrieval.evidence import evidence_of
from assistant.retrieval.extent import Extent
from assistant.retrieval.looked import Looked
from assistant.retrieval.vocabulary import Vocabulary
from guardrails.model import Evidence

_TELLING = (
    "telling", "telling_literally", "telling_unmet", "telling_unmet_literally", "telling_open", "telling_unknown",
)  # fmt: skip
FEATURES = (
    "sentence", "literal", "unmet", "unmet_literally", "passage", "unmet_in_passage", "corpus", "unmet_in_corpus", "document",
    "unknown", "all_known", "unknown_medicine", "needs", "single", "about", "about_met", "quantity", "figure", "numbers_met", "typed",
    "type_met", "found", "found_best", "top_hits", "nearness", "lead", "agreement", "wording", "concepts", "own", "own_least", "own_share",
    "many", *_TELLING,
)  # fmt: skip
_FIRST = 5
_CANDIDATES, _HITS, _TOP = 16, 10, 3
"""Passages by coverage and by the search whose sentences are looked at; hits that count as the search's own choice."""
_AGREE = 10
_FIGURE_COUNTS, _HIT_COUNTS = 0.05, 0.05
_NEITHER = 0.5
"""Of a feature that does not apply."""
_MET = 0.99
_NEARLY = 0.9
_MOST_NEEDS, _MOST_OWN = 6, 4


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """Whether the evidence is enough, how sure that is (0 to 1), and what it rests on."""

    enough: bool
    probability: float
    features: Mapping[str, float]
    tier: str
    """Which rule judged."""
    needs: tuple[Need, ...] = ()
    best: str = ""
    """The sentence that meets most of the question."""
    about: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of each source, the words of the question that it is about as a whole."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of the evidence, before it is judged."""

    features: Mapping[str, float]
    tier: str
    needs: tuple[Need, ...]
    best: str = ""
    about: Mapping[str, frozenset[str]] = field(default_factory=dict)


def judge(
    connection: Connection,
    question: str,
    names: Sequence[str],
    looked: Looked,
    vocabulary: Vocabulary,
) -> Sufficiency:
    """Judge the evidence that a search found for a question about the product with those names."""
    found = measure(connection, question, names, looked, vocabulary)
    if not looked.evidence:
        return Sufficiency(False, 0.0, found.features, found.tier, found.needs)
    rule = rule_of(found.tier)
    total = rule["intercept"]
    for name in FEATURES:
        if not math.isnan(found.features[name]):  # what could not be measured says nothing for or against
            total += (
                rule["weights"][name] * (found.features[name] - rule["means"][name]) / rule["scales"][name]
            )
    probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    # A medicine that no document names, by itself or by its class, cannot be what they tell of.
    enough = probability >= rule["threshold"] and not found.features["unknown_medicine"]
    return Sufficiency(enough, probability, found.features, found.tier, found.needs, found.best, found.about)


def measure(
    connection: Connection,
    question: str,
    names: Sequence[str],
    looked: Looked,
    vocabulary: Vocabulary,
) -> Measured:
    """Measure it; all noughts where there is none. The tier says which rule may judge."""
    needs = needs_of(question, names, vocabulary, looked.widened, looked.rarity)
    if looked.extent is None or not looked.evidence:
        return Measured(dict.fromkeys(FEATURES, 0.0), looked.tier, tuple(needs))
    coverage = cover(connection, looked.extent, needs)
    features, best = features_of(question, looked, coverage, _to_read(connection, looked, coverage))
    return Measured(features, looked.tier, tuple(needs), best, _about(looked.extent, coverage))


def _about(extent: Extent, coverage: Coverage) -> dict[str, frozenset[str]]:
    """By source: documents of one reading are about the same."""
    words: dict[str, frozenset[str]] = {}
    for at, reading in enumerate(extent.readings):
        its = coverage.about[:, coverage.sources == at]
        words[reading] = frozenset(
            need.word for need, row in zip(coverage.needs, its, strict=True) if row.any()
        )
    return {source.id: found for source in extent.sources if (found := words[source.reading_id])}


def _to_read(connection: Connection, looked: Looked, coverage: Coverage) -> dict[int, Evidence]:
    """The passages that meet most of the needs and the search's first hits, by their number in the extent."""
    assert looked.extent is not None
    shares = coverage.shares
    numbers = [int(n) for n in np.argsort(-shares, kind="stable")[:_CANDIDATES] if shares[n] > 0]
    hits = {item.passage: item for item in looked.evidence}
    wanted = [key for number in numbers if (key := looked.extent.passage(number)) not in hits]
    owners = [source.id for source in looked.extent.sources]
    more = {item.passage: item for item in reversed(evidence_of(connection, wanted, owners))}
    first = {item.passage: item for item in looked.evidence[:_HITS]}
    named = looked.extent.numbers([*first])
    read = {number: item for number in numbers if (item := (hits | more).get(looked.extent.passage(number)))}
    return read | {named[key]: item for key, item in first.items() if key in named}


def features_of(
    question: str, looked: Looked, coverage: Coverage, read: Mapping[int, Evidence]
) -> tuple[dict[str, float], str]:
    """What is measured of the evidence, and the sentence that meets most."""
    plain = flat(question)
    quantity = asks_for_a_quantity(plain)
    hits = _hits(looked)
    best = _best(coverage, read, hits, quantity=quantity)
    first = max(hits.values(), default=0.0)
    found = hits.get(best.place, 0.0)
    kinds = kinds_met(plain, flat(best.text))
    fused = [item.scores.get("fused", 0.0) for item in looked.evidence]
    return {
        **_of_words(coverage, best, hits),
        **_of_needs(coverage, best),
        **_of_telling(coverage, best),
        "quantity": float(quantity),
        "figure": float(bool(re.search(r"\d", best.text))) if quantity else _NEITHER,
        "typed": float(bool(kinds)),
        "type_met": sum(kinds) / len(kinds) if kinds else _NEITHER,
        "found": found,
        "found_best": found / max(first, 1e-6),
        "nearness": _nearness(looked),
        "lead": fused[0] - sum(fused[1:_AGREE]) / max(1, len(fused[1:_AGREE])) if fused else 0.0,
        "agreement": _agreement(looked),
        "wording": _wording(looked),
    }, best.text


def _hits(looked: Looked) -> dict[int, float]:
    if looked.extent is None:
        return {}
    numbers = looked.extent.numbers([item.passage for item in looked.evidence])
    return {
        numbers[item.passage]: item.scores.get("fused", 0.0)
        for item in looked.evidence
        if item.passage in numbers
    }


def _best(
    coverage: Coverage, read: Mapping[int, Evidence], hits: Mapping[int, float], *, quantity: bool
) -> Met:
    """The sentence that meets most; of two alike, the one with a figure where a quantity is asked for, then the hit."""
    weights = coverage.telling
    total = weights.sum() or 1.0
    ranked: list[tuple[float, Met]] = []
    for place, item in read.items():
        for met in sentences_that_meet(coverage, item, place):
            figure = quantity and re.search(r"\d", met.text) is not None
            score = (
                float(weights @ met.values) / total
                + _FIGURE_COUNTS * figure
                + _HIT_COUNTS * hits.get(place, 0.0)
            )
            ranked.append((round(score, 9), met))
    nothing = Met("", -1, np.zeros(len(coverage.needs)), np.zeros(len(coverage.needs)))
    return max(ranked, key=lambda pair: pair[0], default=(0.0, nothing))[1]


def _of_words(coverage: Coverage, best: Met, hits: Mapping[int, float]) -> dict[str, float]:
    """How much of the question the best sentence, passage and document meet, and the weightiest need that each leaves."""
    weights = coverage.weights
    if not len(weights):
        names = ("sentence", "literal", "unmet", "unmet_literally", "passage", "unmet_in_passage", "corpus", "unmet_in_corpus",
                 "document", "top_hits", "many")  # fmt: skip
        return dict.fromkeys(names, 0.0)
    total = weights.sum()
    shares = coverage.shares
    place = int(np.argmax(shares))
    anywhere = coverage.values.max(axis=1)
    documents = [coverage.values[:, coverage.sources == at].max(axis=1) for at in np.unique(coverage.sources)]
    return {
        "sentence": float(weights @ best.values / total),
        "literal": float(weights @ best.literal / total),
        "unmet": _weightiest(weights, best.values),
        "unmet_literally": _weightiest(weights, best.literal),
        "passage": float(shares.max()),
        "unmet_in_passage": _weightiest(weights, coverage.values[:, place]),
        "corpus": float(weights @ anywhere / total),
        "unmet_in_corpus": _weightiest(weights, anywhere),
        "document": max(float(weights @ met / total) for met in documents),
        "top_hits": max((float(shares[at]) for at in list(hits)[:_TOP]), default=0.0),
        "many": math.log1p(float((shares >= _NEARLY * shares.max()).sum())),
    }


def _weightiest(weights: Any, met: Any) -> float:
    return float((weights * (1 - met)).max()) / RAREST


def _of_needs(coverage: Coverage, best: Met) -> dict[str, float]:
    """What kind of needs there are, and whether those are met that a near miss leaves open."""
    needs, total = coverage.needs, float(coverage.weights.sum()) or 1.0
    unknown = [n for n in needs if not n.known and not n.concepts]
    about = [at for at in range(len(needs)) if coverage.about[at].any()]
    numbers = [at for at, need in enumerate(needs) if need.number]
    own = [at for at, need in enumerate(needs) if not need.concepts and not need.number and at not in about]
    own_weight = sum(needs[at].weight for at in own)
    return {
        "unknown": sum(need.weight for need in unknown) / total,
        "all_known": float(all(need.number for need in unknown)),
        "unknown_medicine": float(any(need.medicine and not need.known for need in needs)),
        "needs": min(len(needs), _MOST_NEEDS) / _MOST_NEEDS,
        "single": float(len(needs) == 1),
        "about": float(bool(about)),
        "about_met": float(all(best.values[at] >= _MET for at in about)) if about else _NEITHER,
        "numbers_met": _share_met(best, numbers),
        "concepts": float(any(need.concepts for need in needs)),
        "own": min(len(own), _MOST_OWN) / _MOST_OWN,
        "own_least": min((float(best.values[at]) for at in own), default=1.0),
        "own_share": sum(needs[at].weight * float(best.values[at]) for at in own) / own_weight
        if own_weight
        else 1.0,
    }


def _of_telling(coverage: Coverage, best: Met) -> dict[str, float]:
    """As of the words, each weighed by how far it is no everyday word; alike where no model knows that.

    A doctor's question wraps its subject in words that no document has ("what now", "the lady", "carry on"): they are as
    rare in the documents as the fact that is missing there, but not in writing at large.
    """
    weights = coverage.telling
    if not len(weights):
        return dict.fromkeys(_TELLING, 0.0)
    total = weights.sum()
    unknown = sum(
        weight
        for need, weight in zip(coverage.needs, weights, strict=True)
        if not need.known and not need.concepts
    )
    found = (
        weights @ best.values / total,
        weights @ best.literal / total,
        _weightiest(weights, best.values),
        _weightiest(weights, best.literal),
        weights @ (1 - best.values) / RAREST,
        unknown / total,
    )
    return {name: float(value) for name, value in zip(_TELLING, found, strict=True)}


def _share_met(best: Met, numbers: Sequence[int]) -> float:
    return float(np.mean([best.values[at] >= _MET for at in numbers])) if numbers else _NEITHER


def _nearness(looked: Looked) -> float:
    """How far the nearest passage stands out among the candidates, in their deviations."""
    cosines = looked.parts.get("better", looked.parts.get("vectors"))
    if cosines is None or cosines.size < _FIRST or not cosines.std():
        return math.nan
    return float((cosines.max() - cosines.mean()) / cosines.std())


def _agreement(looked: Looked) -> float:
    """Share of the best passages by words that are among the best by vectors."""
    words = looked.parts.get("words")
    cosines = looked.parts.get("better", looked.parts.get("vectors"))
    if cosines is None or not cosines.any():
        return math.nan
    if words is None or not words.any():
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
