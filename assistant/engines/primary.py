"""Which sentences of a paper give the result of the endpoint that it calls primary: a piece tells that first (FR27)."""

import re
from collections.abc import Mapping, Sequence

from assistant.engines.cues import POOLED
from assistant.engines.units import Unit
from guardrails.citations import bare
from guardrails.endpoints import compares, endpoints_of
from guardrails.model import PassageText

_MOST = 4
"""The first ones: those that name the endpoint or use its words and compare the groups."""
_BESIDE_THE_RESULT = re.compile(
    r"^(?:fig(?:ure)?|table|tableau)\b|\bsensitivity\b|\bsensibilité\b|\bintention[- ]to[- ]treat\b|\bintention de traiter\b"
    r"|\bprimary outcome data\b|\bcarry-?over\b",
    re.IGNORECASE,
)
"""Captions, and how a result was tested, analysed or made sure."""
_TESTED = re.compile(
    r"\d\s?%|\bCI\b|\bIC\b|\bp\s?[<=>≤]|\bratio\b|\bdifference\b|\bdifférence\b", re.IGNORECASE
)


def primary_results(units: Sequence[Unit]) -> Mapping[str, frozenset[str]]:
    """By paper: its sentences that give the primary result, bare (`guardrails.citations.bare`)."""
    papers: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.source_kind == "paper":
            papers.setdefault(unit.source, []).append(unit)
    return {source: frozenset(_of_a_paper(of)) for source, of in papers.items()}


def _of_a_paper(units: Sequence[Unit]) -> list[str]:
    told = tuple(PassageText(unit.text, unit.heading, unit.section) for unit in units)
    results = endpoints_of(told, units[0].language).results
    fitting = [
        text
        for text in results
        if compares(text)
        and _TESTED.search(text)
        and not (_BESIDE_THE_RESULT.search(text) or POOLED.match(text))
    ]
    return [bare(text) for text in fitting[:_MOST]]
