"""A quiz of the sources' own sentences: first what must be known in words, then figures."""

import re
from collections.abc import Sequence
from hashlib import sha256

from assistant.engines.cloze import OPTIONS, cloze, values_of
from assistant.engines.cues import COMPARED, FINITE_VERB, LEGEND, MINUTIAE, NO_EFFECT
from assistant.engines.protocol import Proposal, ProposedQuestion, Role
from assistant.engines.quiz_in_words import MATTERS, InWords, Matter, is_short_prose, matter_of
from assistant.engines.scoring import Candidate
from assistant.engines.selection import Plan, Size, choose
from assistant.engines.standing import words
from assistant.engines.stated import governed, statement
from assistant.engines.units import Unit
from guardrails.numbers import Quantity
from guardrails.overlap import contents

QUIZ: Plan = (
    ("dose", 1), ("result", 1), ("adverse_reaction", 1), ("dose", 1), ("result", 1), ("warning", 1), ("result", 2),
    ("adverse_reaction", 1),
)  # fmt: skip
_IN_WORDS = 3
"""Questions of a quiz that ask for words, where others ask for figures; more where these are too few."""
FEWEST_QUESTIONS, MOST_QUESTIONS = 4, 6
_SHORTEST_ASKED = 6


def quiz(
    pool: Sequence[Candidate], more: Sequence[Sequence[Candidate]], in_words: Sequence[InWords]
) -> Proposal:
    """Four to six questions, each from another statement, some in words.

    Of a label first one on each matter that must be known, then a result. Where too few sentences are worth asking, any whole
    sentence with a value will do, then one that the topic's search found, and then a slide's bullet; never how the body takes
    a medicine up, but where that is asked for.
    """
    pool, *others = [governed([c for c in part if c.on_topic]) for part in (pool, *more)]
    values = values_of([*pool, *(c for part in others for c in part)])
    labelled = any(c.unit.source_kind == "label" for c in pool)
    first = (
        _of_a_label(pool, in_words, values)
        if labelled
        else [o.question for o in in_words[:_IN_WORDS] if not o.spare]
    )
    taken = {question.feedback.text for question in first}
    pool = [c for c in pool if c.unit.text not in taken]
    size = Size(FEWEST_QUESTIONS, MOST_QUESTIONS).less(len(first))
    with_value = [c for c in pool if _has_value(c, values) and not _is_trivia(c)]
    asked = [] if labelled else choose([c for c in with_value if _askable(c)], QUIZ, size)
    for part in (with_value, *others):
        lacking = size.least - len(asked)
        if lacking > 0:
            known = taken | {c.unit.text for c in asked}
            left = [c for c in part if c.unit.text not in known and _fills(c, values)]
            asked = [*asked, *choose(left, QUIZ, Size(lacking, lacking), asked)]
    questions: list[ProposedQuestion] = []
    for candidate in asked:
        made = _in_figures(candidate, values)
        before = [*first, *questions]
        if made and all(_key(q) != _key(made) for q in before) and not _tells_it(before, made):
            questions.append(made)
    if labelled:
        return Proposal(questions=(*first, *questions))
    told = taken | {question.feedback.text for question in questions}
    more_words = [
        o.question
        for o in in_words
        if not o.spare and o.question.feedback.text not in told and not _tells_it(questions, o.question)
    ]
    room = MOST_QUESTIONS - len(questions) - len(first)
    return Proposal(questions=(*questions, *first, *more_words[: max(room, 0)]))


def _of_a_label(
    pool: Sequence[Candidate], in_words: Sequence[InWords], values: dict[str, list[Quantity]]
) -> list[ProposedQuestion]:
    """One question on each matter, the first six of them: sections 4.1 to 4.8 before 5.1; of a study one result beside them."""
    figures = [c for c in pool if _askable(c) and not _is_trivia(c) and _has_value(c, values)]
    papers = any(c.role == "result" and c.unit.source_kind != "label" for c in figures)
    found: list[ProposedQuestion] = []
    for matter in _BESIDE_A_STUDY if papers else MATTERS:
        said = [o.question for o in in_words if o.matter == matter]
        if matter == "contraindication":
            said += _forbidden_elsewhere(in_words)
        own = [c for c in figures if matter_of(c.unit) == matter]
        ranked = choose(own, ((_ROLES.get(matter, "warning"), 1),), Size(0, 1)) if own else []
        counted = [made for c in ranked if (made := _in_figures(c, values))]
        both = [*counted, *said] if matter in _FIGURES_FIRST else [*said, *counted]
        keys = {_key(question) for question in found}
        fresh = [one for one in both if not _tells_it(found, one) and _key(one) not in keys]
        found += fresh[:1]
    for other in in_words:
        room = len(found) < (FEWEST_QUESTIONS if other.spare else _ENOUGH)
        again = other.spare and _key(other.question) in {_key(question) for question in found}
        if room and not again and not _tells_it(found, other.question):
            found.append(other.question)
    return found[:MOST_QUESTIONS]


def _forbidden_elsewhere(in_words: Sequence[InWords]) -> list[ProposedQuestion]:
    """Whom not to treat, in other sections, for where the list of 4.3 cannot be told: first what is contraindicated by that name."""
    by_name = [o.question for o in in_words if _CONTRAINDICATED.search(_key(o.question))]
    of_some = [
        o.question
        for o in in_words
        if o.matter == "special_population" and _FORBIDDEN.search(_key(o.question))
    ]
    return [*by_name, *of_some]


_CONTRAINDICATED = re.compile(r"\bcontra-?indicated|\bcontre-indiqué", re.IGNORECASE)
_FORBIDDEN = re.compile(
    r"\b(?:is|are) not recommended|\b(?:must|should) not be|\bpas recommandée?s?\b|\bdéconseillée?s?\b|\bne doi(?:t|vent) pas",
    re.IGNORECASE,
)


def _tells_it(found: Sequence[ProposedQuestion], one: ProposedQuestion) -> bool:
    """Whether the sentence of a question before it holds nearly all of its words, and so its answer, or either shows the other's (QZ8)."""
    own = contents(one.feedback.text)
    before = [contents(f"{f.feedback.heading} {f.feedback.text}") for f in found]
    told = any(len(own & held) >= _NEARLY_ALL * len(own) for held in before)
    return told or any(_shows(f, one) or _shows(one, f) for f in found)


def _shows(teller: ProposedQuestion, one: ProposedQuestion) -> bool:
    """Whether the figure that is asked for stands in another question, which is on the same matter by its words."""
    key = _key(one)
    if not any(c.isdigit() for c in key):
        return False
    own, other = contents(one.stem), contents(teller.stem)
    shown = re.search(rf"(?<![\d.,]){re.escape(key)}(?!\d)", teller.stem) is not None
    return shown and len(own & other) >= _SAME_MATTER * min(len(own), len(other))


_NEARLY_ALL, _SAME_MATTER = 0.75, 0.5


_ENOUGH = 5
"""Questions of a label from which no matter is asked twice."""
_BESIDE_A_STUDY: tuple[Matter, ...] = (*MATTERS[:5], "result", *(m for m in MATTERS[5:] if m != "result"))
_FIGURES_FIRST = frozenset[Matter]({"dose", "result"})
_ROLES: dict[Matter, Role] = {
    "indication": "indication",
    "dose": "dose",
    "contraindication": "contraindication",
    "adverse_reaction": "adverse_reaction",
    "interaction": "interaction",
    "special_population": "special_population",
    "result": "result",
}


def _in_figures(candidate: Candidate, values: dict[str, list[Quantity]]) -> ProposedQuestion | None:
    # The key's place follows from the sentence, so that no order of the questions gives it away.
    rank = sha256(candidate.unit.text.encode()).digest()[0] % OPTIONS
    made = cloze(candidate.unit.text, candidate.unit.language, values, rank, candidate.role)
    if made is None or (candidate.role in _NOT_OF_HEADS and _HEADS.search(made.options[made.key])):
        return None
    return ProposedQuestion(made.text, made.options, made.key, statement(candidate))


_NOT_OF_HEADS: frozenset[Role] = frozenset({"result", "design", "key_point"})
_HEADS = re.compile(
    r"\b(?:patients?|participants?|adults?|people|women|men|children|adultes|personnes|femmes|hommes|sujets|enfants)$"
)
"""How many took part: nobody must know it by heart."""


def _key(question: ProposedQuestion) -> str:
    return question.options[question.key]


def _fills(candidate: Candidate, values: dict[str, list[Quantity]]) -> bool:
    """Whether it may be asked where better sentences are too few."""
    return (
        _is_prose(candidate.unit)
        and not _headless(candidate)
        and not _is_trivia(candidate)
        and _has_value(candidate, values)
    )


def _is_trivia(candidate: Candidate) -> bool:
    """What a label tells that nobody must know by heart: how the body takes a medicine up, with what it is dissolved, who took part."""
    unit = candidate.unit
    if unit.source_kind != "label":
        return False
    if candidate.asked_for and not _VOLUNTEERS.search(unit.text):
        return False
    return (
        unit.zone in {"mechanism", "overdose"}
        or bool(_VOLUNTEERS.search(unit.text) or _HANDLING.search(unit.text))
        or (unit.zone == "interaction" and bool(_EXPOSURE.search(unit.text) or NO_EFFECT.search(unit.text)))
        or (candidate.role == "result" and not (COMPARED.search(unit.text) and _FOUND.search(unit.text)))
    )


_VOLUNTEERS = re.compile(r"\bvolunteers?\b|\bhealthy\b|\bvolontaires?\b|\bsujets? sains?\b", re.IGNORECASE)
_HANDLING = re.compile(
    r"\b(?:sodium chloride|dextrose|glucose solution|water for injections?|reconstitut\w*|dilut\w*|syringes?|vials?|needles?|infusion (?:line|set|bag)"
    r"|chlorure de sodium|eau pour préparations?|solution (?:de|à) glucose|reconstitu\w*|seringues?|flacons?|aiguilles?|tubulure|poche)\b",
    re.IGNORECASE,
)
_EXPOSURE = re.compile(
    r"\b(?:AUC|Cmin|C?max|ASC|exposure|exposition|clearance|clairance|pharmacokinetics?|pharmacocinétique)",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"%|\b(?:ratio|median|mean|months?|rate|risk|reduc\w*|increas\w*|difference|médiane?|moyenne?|mois|taux|risque|rédui\w*|diminu\w*|augment\w*|différence)\b",
    re.IGNORECASE,
)


def _headless(candidate: Candidate) -> bool:
    """Whether it is a legend, or a scrap that begins with the figure that would be asked for: “5% of the population”, of which nobody knows what."""
    unit = candidate.unit
    if unit.kind == "bullet" and LEGEND.search(unit.text):
        return True
    opens = unit.text[:1].isdigit() and not FINITE_VERB[unit.language].search(unit.text)
    return opens and words(unit.text) < _SHORTEST_ASKED


def _has_value(candidate: Candidate, values: dict[str, list[Quantity]]) -> bool:
    return _in_figures(candidate, values) is not None


def _is_prose(unit: Unit) -> bool:
    """No list and no table, but a label's contraindications, which are told whole."""
    forbidden = unit.zone == "contraindication" and words(unit.text) <= _LONGEST_LIST
    return unit.kind not in {"block", "row"} or (
        unit.source_kind == "label" and (forbidden or is_short_prose(unit))
    )


_LONGEST_LIST = 70


def _askable(candidate: Candidate) -> bool:
    """Long enough to be understood with a gap in it, which a list, a legend and a scrap of a slide are not."""
    unit = candidate.unit
    scrap = unit.kind == "bullet" and (unit.text[:1].isdigit() or bool(LEGEND.search(unit.text)))
    methods = (
        candidate.role == "design"
        or unit.zone == "discussion"
        or (unit.source_kind != "label" and not candidate.primary and bool(MINUTIAE.search(unit.text)))
    )
    return _is_prose(unit) and words(unit.text) >= _SHORTEST_ASKED and not scrap and not methods
