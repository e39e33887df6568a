"""A quiz of the sources' own sentences: first what must be known in words, then figures."""

from collections.abc import Sequence
from hashlib import sha256

from assistant.engines.act_gaps import Act, of_a_contraindication, of_an_act
from assistant.engines.cloze import OPTIONS, Cloze, cloze, values_of
from assistant.engines.cues import FINITE_VERB, FORBIDS, LEGEND, MINUTIAE
from assistant.engines.label_tables import Table
from assistant.engines.protocol import Proposal, ProposedQuestion, ProposedStatement, Role, Task
from assistant.engines.scoring import Candidate
from assistant.engines.selection import Plan, Size, choose
from assistant.engines.standing import words
from assistant.engines.stated import governed, statement
from assistant.engines.units import Unit
from assistant.engines.word_gaps import of_a_measure, of_a_row, of_the_commonest, of_the_population
from guardrails.numbers import Quantity

QUIZ: Plan = (
    ("dose", 1), ("result", 1), ("adverse_reaction", 1), ("dose", 1), ("result", 1), ("warning", 1), ("result", 2),
    ("adverse_reaction", 1),
)  # fmt: skip
_ASKED_OF_ROWS = frozenset({"dose", "interaction", "special_population"})
_MEASURES_STAND = frozenset({"dose", "warning", "special_population", "interaction", "overdose"})
_IN_WORDS = 3
"""Questions of a quiz that ask for words, where others ask for figures; more where these are too few."""
FEWEST_QUESTIONS, MOST_QUESTIONS = 4, 6
_SHORTEST_ASKED = 6


def questions_in_words(
    pool: Sequence[Candidate],
    told: Sequence[Unit],
    tables: Sequence[Table],
    asked: Sequence[Unit],
    task: Task,
) -> list[ProposedQuestion]:
    """Questions that ask for no figure of a sentence: what is forbidden, what to do, a cell of a table, what happens most.

    What must be known comes first, so that it has a place.
    """
    of_the_topic = {quote.passage for unit in asked for quote in unit.quotes}
    open_to = [t for t in tables if not task.topic or any(i.passage in of_the_topic for i in t.parts)]
    known = [c.unit for c in pool]
    on_topic = governed([c for c in pool if c.on_topic])
    own = [c for c in on_topic if c.unit.kind == "sentence"]
    acts = [(c, *made) for c in own if (made := of_an_act(c.unit, told))]
    forbidden = [(c, of_a_contraindication(c.unit, told)) for c in on_topic]
    rows = [one for one in of_a_row(open_to) if one[0].zone in _ASKED_OF_ROWS]
    # A label of several strengths has each of its tables again and again.
    rows = list({one[0].text: one for one in reversed(rows) if one[0].text not in task.left_out}.values())[
        ::-1
    ]
    measured = [(c, of_a_measure(c.unit, known)) for c in own if c.unit.zone in _MEASURES_STAND]
    common = [(c, of_the_commonest(c.unit, tables)) for c in own if c.role == "adverse_reaction"]
    for_whom = [(c, of_the_population(c.unit, known)) for c in own]
    kinds: tuple[Sequence[tuple[Candidate | Unit, Cloze | None]], ...] = (
        [*forbidden, *_acting("forbidden", acts)], rows[:1], _acting("to_do", acts), common, measured,
        for_whom, _acting("nothing", acts), rows[1:],
    )  # fmt: skip
    found = [first for kind in kinds for first in [one for one in kind if one[1]][:1]]
    return [
        ProposedQuestion(made.text, made.options, made.key, _said(of))
        for of, made in found
        if made is not None
    ]


def _acting(act: Act, acts: Sequence[tuple[Candidate, Act, Cloze]]) -> list[tuple[Candidate, Cloze]]:
    """The questions on such an act, the weightiest sentence first."""
    of_it = [(c, made) for c, told, made in acts if told == act]
    return sorted(
        of_it, key=lambda one: (not FORBIDS.search(one[0].unit.text), -one[0].worth, one[0].unit.order)
    )


def _said(of: Candidate | Unit) -> ProposedStatement:
    if isinstance(of, Candidate):
        return statement(of)
    role: Role = "dose" if of.zone == "dose" else "interaction" if of.zone == "interaction" else "warning"
    return ProposedStatement(role, of.text, of.quotes, of.heading)


def quiz(
    pool: Sequence[Candidate], more: Sequence[Sequence[Candidate]], in_words: Sequence[ProposedQuestion]
) -> Proposal:
    """Four to six questions, each from another statement, some in words.

    Where too few sentences are worth asking, any whole sentence with a value will do, then one that the topic's search
    found, and then a slide's bullet.
    """
    pool, *others = [governed([c for c in part if c.on_topic]) for part in (pool, *more)]
    values = values_of([*pool, *(c for part in others for c in part)])
    first = in_words[:_IN_WORDS]
    taken = {question.feedback.text for question in first}
    pool = [c for c in pool if c.unit.text not in taken]
    size = Size(FEWEST_QUESTIONS, MOST_QUESTIONS).less(len(first))
    with_value = [c for c in pool if _has_value(c, values)]
    asked = choose([c for c in with_value if _askable(c)], QUIZ, size)
    # How the body takes a medicine up is asked where nothing else is left.
    in_the_body = [c for c in with_value if c.unit.source_kind == "label" and c.unit.zone == "mechanism"]
    of_all = [
        c for c in in_the_body if not c.unit.special
    ]  # what the heading says of whom, a question leaves out
    for part in ([c for c in with_value if c not in in_the_body], *others, of_all):
        lacking = size.least - len(asked)
        if lacking > 0:
            known = {c.unit.text for c in asked}
            left = [
                c
                for c in part
                if c.unit.text not in known
                and c.unit.kind not in {"block", "row"}
                and not _headless(c)
                and _has_value(c, values)
            ]
            asked = [*asked, *choose(left, QUIZ, Size(lacking, lacking), asked)]
    questions: list[ProposedQuestion] = []
    for candidate in asked:
        # The key's place follows from the sentence, so that no order of the questions gives it away.
        rank = sha256(candidate.unit.text.encode()).digest()[0] % OPTIONS
        made = cloze(candidate.unit.text, candidate.unit.language, values, rank, candidate.role)
        if made and all(q.options[q.key] != made.options[made.key] for q in questions):
            questions.append(ProposedQuestion(made.text, made.options, made.key, statement(candidate)))
    told = {question.feedback.text for question in questions}
    more_words = [q for q in in_words[_IN_WORDS:] if q.feedback.text not in told]
    room = MOST_QUESTIONS - len(questions) - len(first)
    return Proposal(questions=(*questions, *first, *more_words[:room]))


def _headless(candidate: Candidate) -> bool:
    """Whether it is a legend, or a scrap that begins with the figure that would be asked for: “5% of the population”, of which nobody knows what."""
    unit = candidate.unit
    if unit.kind == "bullet" and LEGEND.search(unit.text):
        return True
    opens = unit.text[:1].isdigit() and not FINITE_VERB[unit.language].search(unit.text)
    return opens and words(unit.text) < _SHORTEST_ASKED


def _has_value(candidate: Candidate, values: dict[str, list[Quantity]]) -> bool:
    unit = candidate.unit
    return cloze(unit.text, unit.language, values, 0, candidate.role) is not None


def _askable(candidate: Candidate) -> bool:
    """Long enough to be understood with a gap in it, which a list, a legend and a scrap of a slide are not."""
    unit = candidate.unit
    scrap = unit.kind == "bullet" and (unit.text[:1].isdigit() or bool(LEGEND.search(unit.text)))
    methods = (
        candidate.role == "design"
        or unit.zone == "discussion"
        or (unit.source_kind != "label" and not candidate.primary and bool(MINUTIAE.search(unit.text)))
    )
    return (
        unit.kind not in {"block", "row"}
        and words(unit.text) >= _SHORTEST_ASKED
        and not scrap
        and not methods
    )
