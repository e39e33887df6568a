"""Which rows of a label's tables answer: those of the asked value, and the one that names what is asked."""

from assistant.chat.rows import rows_that_hold
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
