"""The questions of a quiz that ask for words: for whom, whom not, what to do, what happens most, a cell of a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.engines.act_gaps import Act, of_a_contraindication, of_an_act
from assistant.engines.cloze import Cloze
from assistant.engines.cues import FORBIDS
from assistant.engines.label_tables import Table
from assistant.engines.name_gaps import of_a_reaction, of_the_disease
from assistant.engines.protocol import ProposedQuestion, ProposedStatement, Role, Task
from assistant.engines.scoring import Candidate
from assistant.engines.standing import words
from assistant.engines.stated import governed, statement
from assistant.engines.units import Unit
from assistant.engines.word_gaps import of_a_measure, of_a_row, of_the_commonest, of_the_population
from guardrails.model import Evidence
from guardrails.overlap import contents

Matter = Literal[
    "indication", "dose", "contraindication", "adverse_reaction", "warning", "interaction", "missed", "special_population", "result", "other",
]  # fmt: skip
"""What a question is about, by the section of the label that it stands in."""
MATTERS: tuple[Matter, ...] = (
    "indication", "dose", "contraindication", "adverse_reaction", "warning", "interaction", "missed", "special_population", "result",
)  # fmt: skip
"""In the order in which a quiz of a label asks for them."""
_OF_ZONE: dict[str, Matter] = {matter: matter for matter in MATTERS if matter != "missed"}
"""A missed dose has no section of its own."""
_ASKED_OF_ROWS = frozenset({"dose", "interaction", "special_population"})
_MEASURES_STAND = frozenset({"dose", "warning", "special_population", "interaction", "overdose"})
_ADULTS = re.compile(r"\badult", re.IGNORECASE)
"""“Adults (including the elderly)” is the dose of most."""
_Made = tuple[Candidate | Unit, Cloze | None]


@dataclass(frozen=True, slots=True)
class InWords:
    """A question and what it is about."""

    question: ProposedQuestion
    matter: Matter
    spare: bool = False
    """Of a label, behind the weightiest of its kind and matter: for where that one cannot be asked."""


_LONGEST_PROSE = 45


def is_short_prose(unit: Unit) -> bool:
    """Two or three sentences that are told together, and no list."""
    listed = "\n" in unit.text or ":" in unit.text
    return unit.kind == "block" and not listed and words(unit.text) <= _LONGEST_PROSE


def matter_of(unit: Unit) -> Matter:
    """By its section; of the posology what is for some patients alone is apart."""
    if unit.zone == "dose" and unit.special and not _ADULTS.search(unit.heading):
        return "special_population"
    return _OF_ZONE.get(unit.zone, "other")


def questions_in_words(
    pool: Sequence[Candidate],
    told: Sequence[Unit],
    tables: Sequence[Table],
    asked: Sequence[Unit],
    evidence: Sequence[Evidence],
    task: Task,
) -> list[InWords]:
    """Questions that ask for no figure of a sentence, the weightiest of each matter first.

    `told` are the sources' units, `evidence` all that they say, `asked` the tables of the topic.
    """
    of_the_topic = {quote.passage for unit in asked for quote in unit.quotes}
    open_to = [t for t in tables if not task.topic or any(i.passage in of_the_topic for i in t.parts)]
    said = {source: _all_of(source, evidence) for source in dict.fromkeys(i.source for i in evidence)}
    known = [c.unit for c in pool]
    on_topic = governed([c for c in pool if c.on_topic])
    own = [c for c in on_topic if c.unit.kind == "sentence" or is_short_prose(c.unit)]
    acts = [(c, *made) for c in own if (made := of_an_act(c.unit, told))]
    forbidden = [
        (c, of_a_contraindication(c.unit, told, said.get(c.unit.source, "")))
        for c in on_topic
        if c.unit.zone == "contraindication"
    ]
    rows = [one for one in of_a_row(open_to) if one[0].zone in _ASKED_OF_ROWS]
    # A label of several strengths has each of its tables again and again.
    rows = list({one[0].text: one for one in reversed(rows) if one[0].text not in task.left_out}.values())[
        ::-1
    ]
    measured = [(c, of_a_measure(c.unit, known)) for c in own if c.unit.zone in _MEASURES_STAND]
    harms = [c for c in on_topic if c.role == "adverse_reaction"]
    common = [
        (c, of_the_commonest(c.unit, tables) or of_a_reaction(c.unit, said.get(c.unit.source, "")))
        for c in sorted(harms, key=lambda c: -c.worth)
    ]
    for_what = [(c, of_the_disease(c.unit, told)) for c in on_topic]
    for_whom = [(c, of_the_population(c.unit, known)) for c in own]
    missed = [(c, made) for c, told_act, made in acts if told_act == "missed"]
    kinds: tuple[Sequence[_Made], ...] = (
        for_what, [*forbidden, *_acting("forbidden", acts)], rows[:1], _acting("to_do", acts), common, measured, for_whom,
        missed, _acting("nothing", acts), rows[1:],
    )  # fmt: skip
    found = [
        InWords(ProposedQuestion(made.text, made.options, made.key, _statement(of)), matter)
        for kind in kinds
        for matter, of, made in _first_of_each(kind, "missed" if kind is missed else None)
    ]
    fair = [one for one in found if not _gives_itself_away(one.question)]
    first = list({one.question.feedback.text: one for one in reversed(fair)}.values())[::-1]
    return [*first, *_spares([one for kind in kinds if kind is not missed for one in kind], first)]


def _spares(made: Sequence[_Made], first: Sequence[InWords]) -> list[InWords]:
    """Every other question that can be made of a label's sentence, one of each sentence."""
    taken = {one.question.feedback.text for one in first}
    found: list[InWords] = []
    for of, gap in made:
        unit = of.unit if isinstance(of, Candidate) else of
        if gap is None or unit.text in taken or unit.source_kind != "label":
            continue
        question = ProposedQuestion(gap.text, gap.options, gap.key, _statement(of))
        if not _gives_itself_away(question):
            taken.add(unit.text)
            found.append(InWords(question, matter_of(unit), spare=True))
    return found


def _gives_itself_away(question: ProposedQuestion) -> bool:
    """Whether a word of the question comes again in the right answer alone (QZ6)."""
    key = question.options[question.key]
    wrong = frozenset[str]().union(*(contents(option) for option in question.options if option != key))
    return bool((contents(key) & contents(question.stem)) - wrong)


def _first_of_each(
    kind: Sequence[_Made], matter: Matter | None
) -> Iterator[tuple[Matter, Candidate | Unit, Cloze]]:
    """The first question of the kind on each matter."""
    seen: set[Matter] = set()
    for of, made in kind:
        about = matter or matter_of(of.unit if isinstance(of, Candidate) else of)
        if made is not None and about not in seen:
            seen.add(about)
            yield about, of, made


def _all_of(source: str, evidence: Sequence[Evidence]) -> str:
    return "\n".join(" ".join((*item.section, item.text)) for item in evidence if item.source == source)


def _acting(act: Act, acts: Sequence[tuple[Candidate, Act, Cloze]]) -> list[tuple[Candidate, Cloze]]:
    """The questions on such an act, the weightiest sentence first."""
    of_it = [(c, made) for c, told, made in acts if told == act]
    return sorted(
        of_it, key=lambda one: (not FORBIDS.search(one[0].unit.text), -one[0].worth, one[0].unit.order)
    )


def _statement(of: Candidate | Unit) -> ProposedStatement:
    if isinstance(of, Candidate):
        return statement(of)
    role: Role = "dose" if of.zone == "dose" else "interaction" if of.zone == "interaction" else "warning"
    return ProposedStatement(role, of.text, of.quotes, of.heading)
