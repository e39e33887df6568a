"""What has to be told together: a topic's restriction with whatever is told of it, the events themselves with their total."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.engines.cues import FATAL, FORBIDS, GRAVE, RESTRICTS
from assistant.engines.rows_told import told_in_a_row
from assistant.engines.scoring import Candidate, figures_in, ranks_an_endpoint, similarity
from assistant.engines.selection import DUPLICATE
from guardrails.numbers import extract
from guardrails.things import things

_HAPPENED = re.compile(
    r"\bdied\b|\bthere (?:was|were) (?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ ){0,2}(?:deaths?|cases?|events?)\b"
    r"|\bil y a eu (?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d+) (?:décès|cas|événements?)\b|"
    r"\b(?:occurred|reported|observed|seen|experienced|developed|exceeded|withdrew|discontinued|hospitali[sz]ed|admitted|dépass\w+|hospitalisé\w*|surven\w+|rapporté\w*|observé\w*|constaté\w*|signalé\w*)\b",
    re.IGNORECASE,
)
_OF_EFFICACY = re.compile(
    r"\b(?:reduc\w+|respon\w+|improv\w+|control\w*|remission|relaps\w+|réduc\w+|répon\w+|amélior\w+|rémission|rechut\w+)\b",
    re.IGNORECASE,
)
_REASSURES = re.compile(
    r"\b(?:no|not|none|without|never|neither|aucune?|sans|ni)\b|\b(?:pas|jamais) (?:de|d['’]|été|plus)|\bn['’](?:a|ont|est|était|étaient)\b",
    re.IGNORECASE,
)
"""That something did not happen, or not more often."""
_COUNTED = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b (?:\w+ ){0,3}(?:patients?|participants?|subjects?|women|men|deaths?|cases?|events?)\b"
    r"|\b(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d+) (?:\w+ ){0,2}(?:patiente?s?|participante?s?|sujets?|femmes?|hommes?|décès|cas|événements?)\b",
    re.IGNORECASE,
)
_LABORATORY = re.compile(
    r"\b(?:ALT|AST|ALAT|ASAT|alanine|aspartate|transaminases?|[Pp]otassium|[Cc]reatinine|[Kk]ali[eé]mie|[Cc]réatinine|renal function|fonction rénale|platelets?|plaquettes|neutrophil\w*)\b"
)
_ARMS = re.compile(
    r"\bplacebo\b|\bversus\b|\bvs\b|\bthan\b|\bgroups?\b|\barms?\b|\bcontre\b|\bgroupes?\b|\bbras\b|\bcompared\b",
    re.IGNORECASE,
)
_ALL_SERIOUS = re.compile(
    r"\bserious (?:treatment-emergent )?(?:adverse )?(?:events?|reactions?)|\b(?:[ée]v[èe]nements?|effets?) ind[ée]sirables? (?:\w+ )?(?:graves?|s[ée]v[èe]res?)",
    re.IGNORECASE,
)
_ZONES = frozenset({"background", "discussion", "design", "excluded"})
_CONFIDENCE = 95


def restrictions(pool: Sequence[Candidate], chosen: Sequence[Candidate], most: int) -> list[Candidate]:
    """What the sources forbid of the topic, else the first restriction; nothing where no topic was given or it is told already."""
    asked = [c for c in pool if c.asked_for]
    forbidding = [c for c in asked if FORBIDS.search(c.unit.text)]
    found = forbidding or [c for c in asked if RESTRICTS.search(c.unit.text)][:1]
    found = [c for c in sorted(found, key=lambda c: (-c.topical, c.unit.order)) if c not in chosen][:most]
    return [c for c in found if not any(_alike(c, other) for other in chosen)]


def failed_endpoints(pool: Sequence[Candidate], chosen: Sequence[Candidate]) -> list[Candidate]:
    """What a paper says of a primary endpoint that did not differ, where its other results are chosen and none of them says so."""
    papers = {c.unit.source for c in chosen if c.role == "result" and c.unit.source_kind == "paper"}
    told = {c.unit.source for c in chosen if c.failed}
    found: list[Candidate] = []
    for one in sorted(pool, key=lambda c: (not c.unit.abstract, -c.worth, c.unit.order)):
        fits = one.failed and one.on_topic and one not in chosen and one.unit.source in papers - told
        if fits and not any(_alike(one, other) for other in chosen):
            told.add(one.unit.source)
            found.append(replace(one, role="result"))
    return found


def named_events(known: Sequence[Candidate], chosen: Sequence[Candidate], most: int) -> list[Candidate]:
    """The most frequent events that a study names, where of its adverse events only totals are chosen, or that some did not happen.

    A label names them itself.
    """
    totals = [c for c in chosen if c.role == "adverse_reaction" and c.unit.source_kind == "paper"]
    if not totals or any(_names_an_event(c) and not _REASSURES.search(c.unit.text) for c in totals):
        return []
    own = [
        c
        for c in known
        if c.unit.source == totals[0].unit.source
        and c not in chosen
        and c.unit.zone not in _ZONES
        and _tells_an_event(c)
    ]
    found: list[Candidate] = []
    for one in sorted(own, key=lambda c: (-_frequency(c), c.unit.order)):
        if len(found) < most and not any(_alike(one, other) for other in [*chosen, *found]):
            found.append(replace(one, role="adverse_reaction"))
    return found


def grave_events(known: Sequence[Candidate], chosen: Sequence[Candidate], most: int) -> list[Candidate]:
    """The gravest harm that a paper counts, where nothing chosen tells of it: kidney, liver, heart, blood, death.

    What it was made to prevent is no harm of it. A label's gravest warnings are chosen by their worth.
    """
    told = [c for c in chosen if c.role in {"adverse_reaction", "warning"}]
    if not known or any(c.unit.source_kind != "paper" for c in known) or any(map(_grave, told)):
        return []
    counts_deaths = any(c.primary and FATAL.search(c.unit.text) for c in known)
    own = [
        c
        for c in known
        if c not in chosen
        and not c.primary
        and not (counts_deaths and FATAL.search(c.unit.text))
        and c.unit.zone not in _ZONES
        and _grave(c)
        and _tells_an_event(c)
    ]
    ranked = sorted(own, key=lambda c: (not _ARMS.search(c.unit.text), -_frequency(c), c.unit.order))
    found = [c for c in ranked if not any(_alike(c, other) for other in chosen)]
    return [replace(c, role="adverse_reaction") for c in found[:most]]


def _grave(candidate: Candidate) -> bool:
    """A harm by its name, which a share of all serious events, a laboratory's value and what its study was made for are not."""
    text, over = _ALL_SERIOUS.sub("", candidate.unit.text), " ".join(candidate.unit.section).casefold()
    found = [match[0] for told in (GRAVE, FATAL) for match in told.finditer(text)]
    return any(words.casefold() not in over and not _LABORATORY.search(words) for words in found)


def _tells_an_event(candidate: Candidate) -> bool:
    """What a study counts as its endpoint, of whatever rank, is its result and no harm: deaths "for exploratory purposes only"."""
    text = candidate.unit.text
    if ranks_an_endpoint(text):
        return False
    told = _HAPPENED.search(text) and not _REASSURES.search(text) and not _OF_EFFICACY.search(text)
    counted = "%" in text or _COUNTED.search(text)
    return bool(told and counted) and _names_an_event(candidate)


def _names_an_event(candidate: Candidate) -> bool:
    """A condition that its study was not made for: that one stands in its title."""
    unit = candidate.unit
    treated = {
        thing.name for heading in unit.section for thing in things(heading) if thing.kind == "condition"
    }
    named = {thing.name for thing in things(unit.text) if thing.kind == "condition"}
    return bool(named - treated) or _LABORATORY.search(unit.text) is not None or _grave(candidate)


def _frequency(candidate: Candidate) -> float:
    unit = candidate.unit
    shares = [q.value for q in extract(unit.text, unit.language) if q.unit == "%" and q.value != _CONFIDENCE]
    return float(max(shares, default=0))


def _alike(one: Candidate, other: Candidate) -> bool:
    """A table holds many figures: what has some of them is not told by it for that."""
    own = figures_in(one.unit.text)
    again = len(own) > 1 and own <= figures_in(other.unit.text) and other.unit.kind != "row"
    return again or told_in_a_row(one.unit, other.unit) or similarity(one.terms, other.terms) > DUPLICATE
