"""Which rows of a label's tables answer: those of the asked value, and the one that names what is asked."""

from assistant.chat.answering import Judged, answer
from assistant.chat.bounds import stated
from assistant.chat.needs import needs_of
from assistant.chat.question import take_apart
from assistant.chat.readable import readable
from assistant.chat.rows import rows_that_hold
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from guardrails.model import Evidence
from tests.builders.labels import evidence_of_lines

HEADS = "Associated medicine | Effect | What to do"
PILL = "Oral contraceptives | exposure to ethinylestradiol 28% lower | a barrier method is needed"
ANTIFUNGAL = "Fluconazole | exposure to Nalorel 42% higher | halve the dose"


def interactions(source_kind: str = "label") -> list[Evidence]:
    lines = [(line, "row") for line in (HEADS, PILL, ANTIFUNGAL)]
    return [evidence_of_lines(lines, section=("4.5 Interaction",), source_kind=source_kind)]


def test_the_row_that_is_judged_best_is_told_with_the_heads_of_its_columns() -> None:
    (unit,) = rows_that_hold("does the pill still work?", interactions(), 0, f"{HEADS}\n{PILL}")
    assert unit.text == f"{HEADS}\n{PILL}"
    assert [quote.text for quote in unit.quotes] == [HEADS, PILL]


def test_no_other_row_is_told_with_it_and_none_where_a_sentence_is_best() -> None:
    assert not rows_that_hold("does the pill still work?", interactions(), 0, "Take it with water.")
    assert not rows_that_hold("does the pill still work?", interactions(), 0)


def test_a_trials_table_gives_no_instruction() -> None:
    assert not rows_that_hold("does the pill still work?", interactions("paper"), 0, f"{HEADS}\n{PILL}")


WEIGHTS = "Weight | Starting dose | Maximum dose"
LIGHT = "15 kg to less than 35 kg | 5 mg daily | 10 mg daily (1)"
LINE = "Children from 6 years of age weighing less than 35 kg"
NOTE = "(1) Give half of it in renal impairment."


def weights(line: str = LINE) -> list[Evidence]:
    over = ["The usual dose in adults is 20 mg daily.", line]
    parts = (over, [(WEIGHTS, "row"), (LIGHT, "row")], [NOTE, "Take it with food."])
    return [
        evidence_of_lines(lines, section=("4.2 Posology",), passage=f"p{at}")
        for at, lines in enumerate(parts)
    ]


def test_a_row_is_told_under_the_line_that_says_for_whom_it_is_and_with_its_note() -> None:
    (unit,) = rows_that_hold("dose at 20 kg?", weights(), 0)
    assert unit.text == f"{LINE}\n{WEIGHTS}\n{LIGHT}\n{NOTE}"
    assert [quote.passage for quote in unit.quotes] == ["p0", "p1", "p1", "p2"]


def test_a_sentence_over_a_table_is_no_such_line_and_no_other_text_below_it_a_note() -> None:
    (unit,) = rows_that_hold("dose at 20 kg?", weights("Doses are given by weight."), 0)
    assert unit.text == f"{WEIGHTS}\n{LIGHT}\n{NOTE}"


ADULTS = "Adults | 20 mg daily | 40 mg daily"
HEAVY = "35 kg to less than 50 kg | 10 mg daily | 20 mg daily"


def continued() -> list[Evidence]:
    """A table that is too long for one passage: its first row stands over each part."""
    rows = ([WEIGHTS, LIGHT, ADULTS], [WEIGHTS, HEAVY])
    over, _, below = weights()
    parts = [
        evidence_of_lines([(row, "row") for row in part], section=("4.2 Posology",), passage=f"p1{at}")
        for at, part in enumerate(rows)
    ]
    return [over, *parts, below]


def test_a_line_over_a_long_table_and_its_notes_are_those_of_all_its_parts() -> None:
    (light,) = rows_that_hold("dose at 20 kg?", continued(), 0)
    (heavy,) = rows_that_hold("dose at 40 kg?", continued(), 0)
    assert light.text == f"{LINE}\n{WEIGHTS}\n{LIGHT}\n{NOTE}"
    assert heavy.text == f"{LINE}\n{WEIGHTS}\n{HEAVY}"


def test_the_last_row_of_another_table_says_of_none_for_whom_it_is() -> None:
    another = evidence_of_lines(
        [("Age | Dose", "row"), ("Children under 6 years of age | 2 mg", "row")],
        section=("4.2 Posology",),
        passage="p9",
    )
    (unit,) = rows_that_hold("dose at 20 kg?", [another, *weights()[1:]], 0)
    assert unit.text == f"{WEIGHTS}\n{LIGHT}\n{NOTE}"


def test_a_childs_row_does_not_answer_for_an_adult() -> None:
    assert not rows_that_hold("dose in an adult of 30 kg?", weights(), 0)
    assert rows_that_hold("dose in an adult of 30 kg?", weights("Adults and children under 35 kg"), 0)


def test_beside_it_no_dose_is_told_that_is_not_of_the_same_people() -> None:
    evidence = weights()
    question = "dose in a child of 20 kg?"
    asked, everywhere = take_apart(question, (), frozenset()), {item.passage: 0.5 for item in evidence}
    units = readable([*read_units(evidence), *rows_that_hold(question, evidence, 9)], ())
    told = answer(asked, units, Judged(needs_of(question, (), Vocabulary(3, {})), everywhere))
    assert told[0].kind == "row"
    assert not any("20 mg daily" in unit.text for unit in told)


def test_a_row_that_holds_the_value_is_not_left_for_a_sentence_that_does() -> None:
    lines = [("Potassium (mmol/L) | Dose", "row"), ("Above 6.5 | Stop it", "row")]
    table = evidence_of_lines(lines, section=("4.2 Posology",), passage="p1")
    text = evidence_of_lines(
        ["Nalorel must not be started where potassium is above 5.2 mmol/L."], section=("4.3",), passage="p2"
    )
    question = "potassium 6.9, what now?"
    asked, needs = (
        take_apart(question, ("Nalorel",), frozenset()),
        needs_of(question, ("Nalorel",), Vocabulary(2, {})),
    )
    units = readable([*read_units([text]), *rows_that_hold(question, [table], 9)], ("Nalorel",))
    judged = Judged(needs, {"p1": 0.5, "p2": 0.5}, values=stated(question))
    assert "Stop it" in answer(asked, units, judged)[0].text
