"""Which sentences of a paper give the result of the endpoint that it calls primary: a piece tells that first (FR27), and what failed, too;
and which speak of other studies than its own.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from assistant.engines.cues import AIM, BASELINE, OTHERS_WORK, POOLED
from assistant.engines.units import Unit
from guardrails.citations import bare
from guardrails.endpoints import beside_primary, called, compares, endpoints_of, studies_in
from guardrails.model import Evidence, PassageText
from guardrails.names import looks_like_study, named_words

_MOST = 4
"""The first ones: those that name the endpoint or use its words and compare the groups."""
_BESIDE_THE_RESULT = re.compile(
    r"^(?:fig(?:ure)?|table|tableau)\b|\bsensitivity\b|\bsensibilité\b|\bintention[- ]to[- ]treat\b|\bintention de traiter\b"
    r"|\bprimary outcome data\b|\bcarry-?over\b|\bdependent on the order\b",
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


def without_difference(units: Sequence[Unit]) -> Mapping[str, frozenset[str]]:
    """By paper: what it tells of a primary endpoint that did not differ, bare; one of several may fail where another does not."""
    papers: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.source_kind == "paper":
            papers.setdefault(unit.source, []).append(unit)
    return {source: frozenset(map(bare, _failed(of))) for source, of in papers.items()}


def other_studies(units: Sequence[Unit]) -> frozenset[int]:
    """Orders of what papers tell of studies that they name only where they speak of others: it is cited from there, not from here."""
    words: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    for unit in units:
        titles = " ".join((*unit.section, unit.heading))
        # What a paper was to find out is its own, wherever it says so.
        own = unit.text if unit.zone not in _OF_OTHERS or AIM.search(unit.text) else ""
        words.setdefault(unit.source, set()).update(_WORD.findall(f"{titles} {own}"))
        named = (*studies_in(f"{titles} {own}"), *filter(looks_like_study, _WORD.findall(titles)))
        names.setdefault(unit.source, set()).update(named)
    return frozenset(
        unit.order
        for unit in units
        if unit.source_kind == "paper"
        and (
            _A_PREVIOUS_ONE.search(unit.text)
            or (
                unit.zone in _OF_OTHERS
                and _tells_of_others(unit.text, words[unit.source], names[unit.source])
            )
        )
    )


_A_PREVIOUS_ONE = re.compile(
    r"^(?:according to|based on|in|from) (?:an?|the|one|our)? ?(?:previous|earlier|prior) (?:[\w-]+ )?(?:study|trial|meta-analysis|cohort)\b"
    r"|^(?:selon|d['’]après|dans) une? (?:étude|essai|cohorte|méta-analyse) (?:antérieure?|précédente?)\b",
    re.IGNORECASE,
)
"""“According to a previous study, …”: the figures that a sample was reckoned from."""


def own_studies(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The names of the study in the title of the paper, where it is the only source."""
    titles = {(item.source, item.source_kind, item.title) for item in evidence}
    if len(titles) != 1:
        return ()
    _, kind, title = next(iter(titles))
    if kind != "paper":
        return ()
    return tuple(dict.fromkeys((*studies_in(title), *filter(looks_like_study, _WORD.findall(title)))))


def tells_of_others(unit: Unit) -> bool:
    """Whether a paper says it of what was known before, or of others' work as its reference numbers tell: beside what it found itself
    that is no answer.
    """
    if unit.source_kind != "paper" or _OF_ITSELF.search(unit.text):
        return False
    others = unit.zone == "discussion" and OTHERS_WORK.search(unit.text) is not None
    return unit.zone == "background" or others


def _tells_of_others(text: str, words: Collection[str], names: Collection[str]) -> bool:
    """Whether it names studies, none of which stands in the paper's own `words`, and neither one of the paper's `names` nor “our study”."""
    if _OF_ITSELF.search(text) or not set(_WORD.findall(text)).isdisjoint(names):
        return False
    named = frozenset(_studies(text))
    return bool(named) and named.isdisjoint(words)


_OF_OTHERS = frozenset({"background", "discussion"})
_OF_ITSELF = re.compile(
    r"\b(?:we|our|nous|notre|nos)\b|\b(?:this|the (?:present|current)|cette|la présente) (?:study|trial|analysis|étude|analyse)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w‑–-]+")


def _studies(text: str) -> Iterator[str]:
    """What it calls a study, and names that look like one's where it gives the number of a reference."""
    yield from studies_in(text)
    if OTHERS_WORK.search(text):
        yield from (word for word, _ in named_words(text) if looks_like_study(word))


def _failed(units: Sequence[Unit]) -> Iterator[str]:
    told = tuple(PassageText(unit.text, unit.heading, unit.section) for unit in units)
    endpoints = endpoints_of(told, units[0].language)
    several = len(endpoints.primary()) > 1  # the words of a single one stand in most others
    for unit in units:
        text = unit.text
        if unit.zone not in _RESULTS or not _FAILED.search(text) or _SOME.match(text) or beside_primary(text):
            continue
        if _BESIDE_THE_RESULT.search(text) or BASELINE.search(text):
            continue
        by_name = "primary" in called(text) | called(unit.heading)
        if by_name or (several and endpoints.rank_of(text) == "primary"):
            yield text


_RESULTS = frozenset({"result", "other"})
_FAILED = re.compile(
    r"\b(?:no|without (?:an?|any)?) ?(?:[\w-]+ ){0,3}(?:differences?|effects?|benefits?|reductions?|improvements?|changes?)\b"
    r"|\bnot (?:[\w-]+ ){0,2}(?:significant|differ|superior|reduc|lower|improv|met\b|reached)\w*|\bnon-?significant|\bsimilar (?:in|between)\b"
    r"|\b(?:aucune?|sans|pas de) (?:[\w-]+ ){0,2}(?:différences?|effets?|bénéfices?|réductions?|améliorations?)\b|\bnon significati"
    r"|\b(?:pas|ni) (?:été |de )?(?:[\w-]+ ){0,2}(?:significati|différen|différ|supérieur|rédui|amélior|atteint)",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"(?:in|among) (?:the |those |all )?(?:patients|participants|women|men)\b|chez (?:les|ceux|celles)\b",
    re.IGNORECASE,
)
"""Of a part of those who took part."""


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
