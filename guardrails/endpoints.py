"""Which endpoint a source calls primary and which secondary, what it gives as the primary result, and what a text tells of either.

Read from words; patterns are data: `endpoints.yaml`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Literal, cast

from guardrails.model import Language, PassageText
from guardrails.numbers import extract
from guardrails.overlap import contents
from guardrails.tables import table
from ingestion.sentences import split

Rank = Literal["primary", "secondary", "exploratory"]
_SHARE = 0.75
"""Of the words of an endpoint that a text holds when it speaks of it, at least."""
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%")
_SEVERAL = re.compile(
    r"\bco-?primary\b|\bprimary (?:[\w-]+ ){0,2}(?:end[- ]?points|outcomes|objectives|measures)\b|\b(?:critères|objectifs)\b[^:]*\bprincipaux\b",
    re.IGNORECASE,
)
"""Of several primary endpoints each is one."""
_PARTS = re.compile(r";|,| and | et |\(\d\)")
_ENDS = re.compile(
    r",? (?:and the trial|which|measured|recorded|followed|defined|censor\w+|mesuré|défini)|\s\(?[Tt]abl",
    re.IGNORECASE,
)
_TELLING = re.compile(r"\w*\d\w*%?|\w+[A-Z]\w*|[A-Z]{2,}\w*")
"""A word that alone says which endpoint it is: HIT-6, eGFR, 50%."""
_BESIDE = re.compile(
    r"\bsecond(?:ary|aires?)\b|\bexplorato(?:ry|ires?)\b|\bpost[- ]?hoc\b|\bsub-?groups?\b|\bsous-groupes?\b",
    re.IGNORECASE,
)
"""What says of a result that it is not the primary one."""
_NAME = r"[A-ZÀ-Þ]{3,}[A-ZÀ-Þ\d]*(?:-[A-ZÀ-Þ\d]+)*"
_STUDY = re.compile(
    rf"\b(?:[Ss]tudy|[Tt]rial|[ÉéEe]tude|[Ee]ssai)s? ({_NAME})\b|\b({_NAME})(?: \([^()]*\))?,? (?:study|trial|: (?:study|étude))\b"
)
_RANKED = re.compile(r"primary|second|explorat|principa", re.IGNORECASE)
"""What stands wherever an endpoint is ranked."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint that a source defines."""

    rank: Rank
    words: str
    """The source's own."""
    marks: frozenset[str]
    """What a text holds that speaks of it."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """What a source says of its endpoints."""

    known: tuple[Endpoint, ...]
    results: tuple[str, ...]
    """Its sentences that give the primary result, the most telling first."""
    missed: str = ""
    """Its sentence that the primary endpoint was not reached; empty where it has none."""

    def primary(self) -> tuple[Endpoint, ...]:
        """The primary ones."""
        return tuple(endpoint for endpoint in self.known if endpoint.rank == "primary")

    def rank_of(self, text: str) -> Rank | None:
        """The rank of the endpoint of which the text tells; None where it is of none, or of several below the primary.

        Words of the primary endpoint stand in most others ("half as many days"): theirs alone decide.
        """
        ranks = {endpoint.rank for endpoint in self.known if speaks_of(text, endpoint)}
        others = ranks - {"primary"} or ranks
        return next(iter(others)) if len(others) == 1 else None


def speaks_of(text: str, endpoint: Endpoint) -> bool:
    """Whether the text holds the words of an endpoint."""
    held = _marks(text)
    return bool(endpoint.marks) and len(endpoint.marks & held) >= _SHARE * len(endpoint.marks)


@lru_cache(maxsize=64)
def endpoints_of(passages: tuple[PassageText, ...], language: Language) -> Endpoints:
    """What a source, given in the order of reading, says of its endpoints."""
    ranked = [text for p in passages if _RANKED.search(p.text) for text in _sentences(p.text, language)]
    known = list(dict.fromkeys(endpoint for text in ranked for endpoint in _defined(text, language)))
    primary = frozenset[str]().union(*(e.marks for e in known if e.rank == "primary"))
    apart = tuple(
        e if e.rank == "primary" else replace(e, marks=e.marks - primary)
        for e in known
        if e.rank == "primary" or len(e.marks - primary) > 1 or _TELLING.search(e.words)
    )
    missed = next((text for text in ranked if _has("missed", text, language)), "")
    return Endpoints(apart, tuple(_results(passages, Endpoints(apart, ()), language)), missed)


@lru_cache(maxsize=64)
def main_study(passages: tuple[PassageText, ...]) -> str:
    """The name that a source most often calls a study or trial; empty where it names none."""
    named = Counter(name for p in passages for name in studies_in(p.text))
    return max(sorted(named), key=named.__getitem__, default="")


def studies_in(text: str) -> Iterator[str]:
    """What it calls a study or trial, each time that it does."""
    yield from (name for match in _STUDY.finditer(text) for name in match.groups() if name)


def gives_result(text: str, language: Language) -> bool:
    """Whether it tells a result of those who took part, in figures."""
    if is_apart(text, language) or _has("methods", text, language):
        return False
    return any(quantity.is_fact() for quantity in extract(text, language))


def is_apart(text: str, language: Language) -> bool:
    """Whether it tells how an endpoint was defined or tested, an amount in the body, or that nothing can be said."""
    told = _has("definition", text, language) or _has("apart", text, language)
    return told or next(_defined(text, language), None) is not None


def defines_endpoint(text: str, language: Language) -> bool:
    """Whether it says what an endpoint is, and gives no result beside it."""
    defined = next(_defined(text, language), None) is not None or _has("definition", text, language)
    return defined and not compares(text) and not _PERCENT.search(text)


def names_primary(text: str, language: Language) -> bool:
    """Whether it tells a result and calls it primary: "met its primary endpoint", "the primary outcome was 5 %"."""
    return _has("met", text, language) or (_has("primary", text, language) and gives_result(text, language))


def called(text: str) -> frozenset[str]:
    """The ranks by which a heading or a sentence calls the results that belong to it."""
    return frozenset(rank for rank, pattern in _called().items() if pattern.search(text))


def compares(text: str) -> bool:
    """Whether it compares groups: a test, an interval, another arm."""
    return bool(_COMPARES.search(text))


@lru_cache(maxsize=64)
def plan_of_subgroups(passages: tuple[PassageText, ...], language: Language) -> tuple[str, str]:
    """The sentences of a source that say that its subgroups were planned before, and that they were not; empty where none does."""
    told = [
        text
        for p in passages
        if names_subgroup(p.text)
        for text in _sentences(p.text, language)
        if names_subgroup(text)
    ]
    planned = next((text for text in told if plans(text) is True), "")
    return planned, next((text for text in told if plans(text) is False), "")


def names_subgroup(text: str) -> bool:
    """Whether it speaks of a subgroup, by that word."""
    return bool(_common("subgroup").search(text))


def says_missed(text: str, language: Language) -> bool:
    """Whether it says itself that the primary endpoint was not reached."""
    return _has("missed", text, language)


def plans(text: str) -> bool | None:
    """Whether it says that an analysis was planned before; None where it says neither that nor the contrary."""
    if _common("unplanned").search(text):
        return False
    return True if _common("planned").search(text) else None


def beside_primary(text: str) -> bool:
    """Whether it calls a result secondary, exploratory, post hoc or of a subgroup."""
    return bool(_BESIDE.search(text))


def _defined(text: str, language: Language) -> Iterator[Endpoint]:
    for pattern in _patterns(language) if _RANKED.search(text) else ():
        if match := pattern.search(text):
            rank = _rank(match["rank"])
            what = _ENDS.split(match["what"], maxsplit=1)[0]
            several = rank != "primary" or _SEVERAL.search(match[0])
            for words in [*([what] if rank == "primary" else []), *(_PARTS.split(what) if several else [])]:
                marks = _marks(words)
                if len(marks) > 1 or (marks and _TELLING.search(words)):
                    yield Endpoint(rank, words.strip(" .,"), marks)
            return


def _rank(word: str) -> Rank:
    start = word[:3].lower()
    return "primary" if start == "pri" else "secondary" if start == "sec" else "exploratory"


def _results(passages: Sequence[PassageText], endpoints: Endpoints, language: Language) -> Iterator[str]:
    """First those that name the primary endpoint, then those in its words, then what directly follows its definition."""
    named, worded, following = list[str](), list[str](), list[str]()
    for passage in passages:
        if not _RANKED.search(passage.text) and endpoints.rank_of(passage.text) is None:
            continue
        defined = False
        for text in _sentences(passage.text, language):
            found = next(_defined(text, language), None)
            by_name = _has("primary", text, language)
            by_words = not by_name and endpoints.rank_of(text) == "primary"
            result = (
                (by_name or by_words or defined) and not beside_primary(text) and gives_result(text, language)
            )
            if result:
                (named if by_name else worded if by_words else following).append(text)
            defined = (defined and result) or (found is not None and found.rank == "primary")
    yield from dict.fromkeys([*sorted(named, key=_order), *sorted(worded, key=_order), *following])


def _order(text: str) -> tuple[bool, bool]:
    """First what compares all that took part."""
    return bool(_PART_OF_ALL.search(text)), not compares(text)


_COMPARES = re.compile(r"\bp ?[<=>]|\bCI\b|\bIC\b|placebo|\bvs\b|versus|\bcontre\b|\bcompar", re.IGNORECASE)
_PART_OF_ALL = re.compile(r"\b(?:in|among) (?:the )?patients\b|\bchez (?:les|ceux)\b|\bwho\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _marks(text: str) -> frozenset[str]:
    shares = {re.sub(r"\s", "", found).replace(",", ".") for found in _PERCENT.findall(text)}
    return (contents(text) - _generic()) | shares


@cache
def _generic() -> frozenset[str]:
    return contents(" ".join(word for language in ("en", "fr") for word in _table(language)["generic"]))


def _sentences(text: str, language: Language) -> list[str]:
    return [text[start:end] for start, end in split(text, language)] or [text]


def _table(language: str) -> Any:
    return table("endpoints.yaml")[language]


@cache
def _called() -> Mapping[str, re.Pattern[str]]:
    words: Mapping[str, str] = table("endpoints.yaml")["called"]
    return {rank: re.compile(pattern, re.IGNORECASE) for rank, pattern in words.items()}


@cache
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    own = _table(language)
    texts = (text.replace("<no_definition>", own["no_definition"]) for text in own["defined"])
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)


@cache
def _common(name: str) -> re.Pattern[str]:
    return re.compile(cast("str", table("endpoints.yaml")[name]), re.IGNORECASE)


def _has(name: str, text: str, language: Language) -> bool:
    return bool(_compiled(name, language).search(text))


@cache
def _compiled(name: str, language: Language) -> re.Pattern[str]:
    return re.compile(cast("str", _table(language)[name]), re.IGNORECASE)
