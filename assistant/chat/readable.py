"""The sentences and rows of the documents that somebody can be told, with what of them is looked at for every question."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.chat.named import medicines_in
from assistant.chat.neighbours import RULE_FROM
from assistant.chat.question import concepts
from assistant.chat.wording import flat
from assistant.engines.cues import ADDED_THERAPY, BOILERPLATE, DOSE_UNIT, EXCLUDED_HEADING
from assistant.engines.primary import primary_results
from assistant.engines.roles import role_of
from assistant.engines.standing import refusal, words
from assistant.engines.units import Unit
from assistant.engines.worth import worth
from assistant.store.words import stems
from guardrails.citations import bare
from guardrails.endpoints import defines_endpoint

_MOST_WORTH = 3.0
"""What makes a sentence worth a place in a document may order answers, but not outweigh the question."""
_SHORTEST, _LONGEST = 2, 90
_TOLERATED = frozenset({"no_verb", "boilerplate", "too_short", "too_long"})
"""Under its section's heading, a label's short or headless sentence is understood."""
_UNSTOPPED = frozenset({"fragment", "truncated"})
_INSTRUCTS = re.compile(
    r"(?:do not|store|keep|protect|discard|shake|use|[àa] conserver|conserver|ne pas|tenir|garder|prot[ée]ger|[àa] utiliser|agiter)\b[^:;,]*[^:;,\s]$(?<!\bthan)(?<!\bto)(?<!\bthe)(?<!\band)(?<!\bor)(?<!\bfor)(?<!\buntil)(?<!\bunless)(?<!\bof)(?<!\bin)(?<!\bat)(?<!\bde)(?<!\bdu)(?<!\bla)(?<!\ble)(?<!\bque)(?<!\bet)(?<!\bou)(?<!\bpour)(?<!\bsauf)",
    re.IGNORECASE,
)
"""A line of a label's pharmaceutical particulars that says what to do, without its full stop: “Store in a refrigerator (2°C - 8°C)”."""
_CONTAINS = re.compile(r"\b(?:contains?|contient|contiennent)\b", re.IGNORECASE)
"""Nobody drafts from "contains lactose", but somebody may ask."""
_OWN_ANTECEDENT = re.compile(
    r"^(?:if|when|in case of|en cas d|si|lorsqu|quand)[^,.]{3,60}, (?:it|this|they|these|celle-ci|celui-ci|ceux-ci|celles-ci|elle|il|elles|ils)\b",
    re.IGNORECASE,
)
"""“En cas d'oubli d'une dose, celle-ci …”: what it points to stands in the sentence."""
TIES = frozenset({"funding", "interests"})
"""Subjects of a question on what ties a study to those who made it."""
_PAID_BY = re.compile(r"^\W*(?:sources? (?:of|de) )?(?:fundings?|financement)(?: sources?)?\W*$")
"""A heading below which names alone say who paid."""
_NO_NAME = re.compile(r"\b(?:copyright|licen[cs]\w+|open access|roles?|authors?|auteurs?)\b")
_OWN = 0.06
"""The share of a document's sentences that name a medicine from which it is about it."""
_OWN_LEAST = 3
"""… and how many, whatever the share: a short text may name another medicine once or twice."""
_READS_A_RATIO = re.compile(
    r"\b(?:ratios?|(?-i:HR|OR|RR)|(?<!par )rapports?)\b[^.;]{0,15}(?:[<>]|\b(?:less|greater|lower|higher|below|above|inf[ée]rieure?|sup[ée]rieure?)\b)[^.;]{0,20}\b(?:favou?rs?|in favou?r|favorise|en faveur|favorable)\b",
    re.IGNORECASE,
)
"""How a ratio is read, “hazard ratio < 1 favours …”: no result."""
_AMOUNT = re.compile(rf"\d\s?{DOSE_UNIT}\b")
_NUMBER = re.compile(r"^\s*(\d{1,2}\.\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Readable:
    """A unit that may be quoted, with what does not depend on any question: read once for each state of the documents."""

    unit: Unit
    text: str
    """Flat."""
    above: str
    inner: str
    """The headings above it, and the innermost where that is none of the label's own; flat."""
    stems: frozenset[str]
    above_stems: frozenset[str]
    number: str
    """Of the label's section; empty elsewhere."""
    worth: float
    own: frozenset[str] = frozenset()
    """The medicines that its document is about."""
    primary: bool = False
    """It gives the result of what its paper calls the primary endpoint, whether or not it says so."""
    apart: bool = False
    """It stands where a paper tells who paid for it and what ties its authors have: told to nobody who asks another thing."""
    defines: bool = False
    """It says what an endpoint is or how it was tested, and no result."""


def readable(units: Sequence[Unit], names: Sequence[str]) -> tuple[Readable, ...]:
    """Those of the units that somebody can be told, with what of them is looked at for every question."""
    own, primary = _own_medicines(units), primary_results(units)
    return tuple(
        _readable(unit, names, own[unit.source], primary.get(unit.source, frozenset()))
        for unit in units
        if _clear(unit)
    )


def _own_medicines(units: Sequence[Unit]) -> Mapping[str, frozenset[str]]:
    """By source, the medicines that a good share of its sentences name."""
    held: dict[str, Counter[str]] = {}
    of = Counter(unit.source for unit in units)
    for unit in units:
        held.setdefault(unit.source, Counter()).update(medicines_in(unit.text))
    return {
        source: frozenset(
            word for word, count in counts.items() if count >= max(_OWN_LEAST, _OWN * of[source])
        )
        for source, counts in held.items()
    }


def _readable(unit: Unit, names: Sequence[str], own: frozenset[str], primary: frozenset[str]) -> Readable:
    headings = " ".join([*unit.section, unit.heading])
    above = flat(headings)
    inner = above if not unit.section or _NUMBER.match(unit.section[-1]) else flat(unit.heading)
    return Readable(
        unit,
        flat(unit.text),
        above,
        inner,
        frozenset(s for language in ("en", "fr") for s in stems(unit.text, language)),
        frozenset(s for language in ("en", "fr") for s in stems(headings, language)),
        section_number(unit) if unit.source_kind == "label" else "",
        min(_MOST_WORTH, worth(unit, role_of(unit), names)),
        own,
        bool(primary) and any(told in bare(unit.text) for told in primary),
        bool(EXCLUDED_HEADING.search(unit.heading)),
        unit.kind == "sentence" and defines_endpoint(unit.text, unit.language),
    )


def section_number(unit: Unit) -> str:
    """The label's numbered section that the unit stands in, for instance "4.2"; empty where there is none."""
    return section_of_label(unit.section)


def section_of_label(path: Sequence[str]) -> str:
    """The number of a label's section in a path of headings; empty where there is none."""
    return next((match[1] for name in path if (match := _NUMBER.match(name))), "")


def _clear(unit: Unit) -> bool:
    if unit.doubtful or EXCLUDED_HEADING.search(unit.heading):
        return not unit.doubtful and _tells_of_ties(unit)
    if unit.kind == "row":
        return True
    if _doses_nobody_named(unit) or _READS_A_RATIO.search(unit.text):
        return False
    reason = refusal(unit.text, unit.kind, unit.language, slide=unit.slide)
    if reason is None:
        return True
    if BOILERPLATE.search(unit.text) and not _CONTAINS.search(unit.text):
        return False
    return unit.source_kind == "label" and _understood_in_its_place(unit, reason)


def _doses_nobody_named(unit: Unit) -> bool:
    """Whether it gives the dose of what is taken beside the medicine, and does not say of which: it would be read as the medicine's."""
    beside = unit.source_kind == "label" and ADDED_THERAPY.match(unit.heading)
    return bool(beside and _AMOUNT.search(unit.text)) and not medicines_in(unit.text)


def _understood_in_its_place(unit: Unit, reason: str) -> bool:
    """Whether what a label's sentence lacks stands above it, or in itself."""
    if reason == "starts_oddly":
        return bool(RULE_FROM.match(unit.text)) and not _NUMBER.match(unit.heading)
    if reason == "dangling":
        return _OWN_ANTECEDENT.match(unit.text.replace("’", "'")) is not None
    if reason in _UNSTOPPED:
        return section_number(unit).startswith("6.") and _INSTRUCTS.match(unit.text) is not None
    return reason in _TOLERATED and _SHORTEST <= words(unit.text) <= _LONGEST


def _tells_of_ties(unit: Unit) -> bool:
    """Whether it tells who paid for the study, or what ties its authors have: in words, or as names under such a heading."""
    if unit.source_kind != "paper" or unit.kind != "sentence":
        return False
    names_alone = _PAID_BY.search(flat(unit.heading.rsplit("›", maxsplit=1)[-1])) and not _NO_NAME.search(
        flat(unit.text)
    )
    return bool(names_alone) or any(concepts()[name].said.search(flat(unit.text)) for name in TIES)
