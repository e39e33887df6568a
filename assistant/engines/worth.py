"""What a unit is worth by itself: its purpose, its figures, how well it reads alone."""

import re
from collections.abc import Iterable, Iterator

from assistant.engines.cues import (
    AFTERWARDS,
    AIM,
    ARMS,
    BASELINE,
    CAPTION_LIKE,
    COMMONEST,
    COMPARED,
    DEFINITION,
    EFFECT,
    ESTIMATE,
    FATAL,
    FINITE_VERB,
    FIRST_EVER,
    GRAVE,
    LEGEND,
    MAJOR,
    MINUTIAE,
    OF_OTHER_OUTCOMES,
    OF_THE_PACK,
    OTHERS_WORK,
    POOLED,
    PRIMARY,
    PRIOR_WORK,
    REACTION,
    RECOMMENDED,
    ROLE_CUES,
    SECONDARY,
    SEVERAL_PRIMARY,
    SPOKEN,
    SURROGATE,
    SURVIVAL,
    UNKNOWN,
)
from assistant.engines.protocol import Role
from assistant.engines.roles import FIGURE, MEASURED
from assistant.engines.standing import without_cross_references, words
from assistant.engines.units import Unit

_VALUE = re.compile(r"%|\d[.,]\d|\bn ?=")
_INFERENCE = re.compile(r"95\s?%|\b(?:CI|IC)\b|\bp\s?[<=≤]", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:we|our|us|nous|notre|nos)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^)]*\)")
_SHORT, _LONG = 10, 34
"""Words between which a sentence loses nothing for its length."""
_OF_THIS_STUDY = re.compile(
    r"(?:[^,;.]{0,30}\b(?:in|during) )?(?:this|these|both|cette|ces) (?:stud(?:y|ies)|trials?|études?|essais?)\b|[^,;.]{0,15}\bof the study population\b",
    re.IGNORECASE,
)
"""A label tells of several studies: which one, stands before."""
HEADED = frozenset({"indication", "contraindication"})
"""Zones in which a heading makes a phrase a statement."""
CONCLUDES = frozenset({"conclusion", "discussion"})
"""Zones in which a paper weighs what it found."""
_WITH_FIGURES: frozenset[Role] = frozenset({"result", "adverse_reaction", "dose", "key_point"})
_WITH_INFERENCE: frozenset[Role] = frozenset({"result", "adverse_reaction"})


def worth(unit: Unit, role: Role, names: Iterable[str]) -> float:
    """The part of a unit's score that needs nothing but the unit: about −2 to 5."""
    text = without_cross_references(unit.text)
    cue = ROLE_CUES.get(role)
    figures = bool(MEASURED.search(text) or _INFERENCE.search(text))
    compared = bool(COMPARED.search(text) or (ESTIMATE.search(text) and _INFERENCE.search(text)))
    primary = bool(PRIMARY.search(text))
    secondary = bool(SECONDARY.search(f"{unit.heading} {text}"))
    tested = role == "result" and compared and bool(EFFECT.search(text) and _INFERENCE.search(text))
    defines = bool(DEFINITION.search(text)) and not (
        tested and unit.kind == "block"
    )  # what it defines is told too
    merits = (
        (1.0, cue is not None and bool(cue.search(text))),
        (0.6, role in _WITH_FIGURES and bool(MEASURED.search(text))),
        (0.4, role in _WITH_INFERENCE and bool(_INFERENCE.search(text))),
        (0.8, role in _WITH_INFERENCE and compared),
        (1.2 if compared else 0.3, figures and not defines and primary),
        (0.8, tested and not defines and (primary or bool(MAJOR.search(text)))),
        (0.6, role == "result" and compared and figures and bool(PRIMARY.search(unit.heading))),
        # Under such a heading the parts of the primary result are told together, as an abstract may not.
        (
            1.8,
            role == "result"
            and compared
            and figures
            and bool(SEVERAL_PRIMARY.search(unit.heading))
            and unit.kind == "block",
        ),
        (-1.5, role == "result" and bool(AFTERWARDS.search(unit.heading)) and not AFTERWARDS.search(text)),
        (2.0, role == "design" and unit.source_kind == "paper" and looked_back(text)),
        (-1.0, role == "result" and not primary and bool(SURROGATE.search(f"{unit.heading} {text}"))),
        (0.5, tested and bool(SURVIVAL.search(text))),
        (
            3.0,
            tested and not secondary and unit.source_kind == "label",
        ),  # as the authority tells it, before a paper's abstract
        (-1.5, role == "result" and bool(BASELINE.search(f"{unit.heading} {text}"))),
        (-0.8, role == "result" and figures and not compared),
        (-0.8, role == "result" and not compared and bool(EFFECT.search(text))),
        (-0.8, role == "result" and unit.source_kind == "label" and not FIGURE.search(text)),
        (3.8 if role == "adverse_reaction" else 1.0, bool(COMMONEST.search(text))),
        (-2.0, defines),
        (-2.0, secondary),
        (0.5, any(name.casefold() in text.casefold() for name in names if name)),
        (0.6, role == "dose" and bool(RECOMMENDED.search(text))),
        *_of_a_warning(unit, role, text),
        (-1.0, bool(FIRST_EVER.search(text))),
        (0.5, unit.first_of_section),
        (1.0, unit.abstract),
        (0.4, role == "result" and bool(MAJOR.search(text))),
        (-1.2, role == "design" and not (cue and cue.search(text))),
        (-1.2, role == "dose" and not (cue and cue.search(text))),
        (-1.0, role == "adverse_reaction" and not (cue and cue.search(text)) and not REACTION.search(text)),
        (-0.7, unit.source_kind == "paper" and bool(OTHERS_WORK.search(text))),
        (-2.0, role == "result" and bool(POOLED.match(text))),
        (-2.0, role == "adverse_reaction" and bool(ARMS.search(text))),
        (-2.0, role in {"conclusion", "result", "key_point"} and bool(AIM.search(text))),
        (-2.5, unit.source_kind == "paper" and bool(PRIOR_WORK.search(text))),
        (-0.8, unit.special and role == "dose"),
        (-1.5, unit.source_kind == "label" and bool(_OF_THIS_STUDY.match(text))),
    )
    return sum(weight for weight, holds in merits if holds) - _hard_to_read(unit, text)


def looked_back(text: str) -> bool:
    """Whether it says of a whole paper that its analysis was made afterwards, or of several studies together."""
    return bool(AFTERWARDS.search(text)) and not OF_OTHER_OUTCOMES.search(text)


def _of_a_warning(unit: Unit, role: Role, text: str) -> Iterator[tuple[float, bool]]:
    """What can kill or maim comes before the rest; the pack and an overdose come last."""
    if role == "warning":
        yield 1.2, bool(GRAVE.search(text))
        yield 0.8, bool(FATAL.search(text))
        yield -1.5, unit.zone == "overdose"
        yield -1.5, bool(OF_THE_PACK.search(text))


def _hard_to_read(unit: Unit, text: str) -> float:
    count = words(text)
    cost = 0.05 * max(0, _SHORT - count)
    if unit.kind != "block":
        cost += 0.03 * max(0, count - _LONG)
        if not FINITE_VERB[unit.language].search(text):
            cost += 0.4 if MEASURED.search(text) or unit.zone in HEADED else 1.5
    if unit.source_kind != "label":
        cost += 1.8 if MINUTIAE.search(text) else 0.0
        cost += 0.3 if _PERSON.search(text) else 0.0
        cost += 3.5 if UNKNOWN.search(text) and unit.zone not in CONCLUDES else 0.0
        cost += {"background": 0.6, "discussion": 1.5, "design": 0.3}.get(unit.zone, 0.0)
    if unit.slide or unit.kind == "bullet":
        cost += 2.0 if LEGEND.search(text) else 0.0
        cost += 1.5 if CAPTION_LIKE.match(text) and not _VALUE.search(text) else 0.0
        cost += 0.5 if unit.kind == "block" else 0.0
    if unit.source_kind == "transcript":
        cost += 2.5 if SPOKEN.search(text) else 0.0
    bracketed = sum(words(bracket) for bracket in _BRACKETS.findall(text))
    return cost + (0.4 if bracketed > 0.45 * max(count, 1) else 0.0)
