"""What people saw on a page, asked of a reading."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.facts import Fact, holds, is_right_in_doubt, is_wrong_in_silence, load_facts
from ingestion.model import Page, PageSpan, Reading, Sentence, SentenceKind
from ingestion.tables import GridCell, give_roles, moved, write_table

TEXTS: tuple[tuple[str, SentenceKind], ...] = (
    ("The first column comes first.", "sentence"),
    ("Then the second.", "sentence"),
)
ROWS = (("Weight", "Dose", "Tablets"), ("60–70 kg", "35 mg", "2"), ("70–80 kg", "40 mg", "3"))
CELLS = [GridCell(at, place, text) for at, row in enumerate(ROWS) for place, text in enumerate(row)]
give_roles(CELLS)
TABLE = write_table(CELLS)
READING = Reading(
    "0" * 64,
    "1",
    "pdf",
    (Page(5, TABLE.text, tables=(moved(TABLE.table, 0, 5),)),),
    tuple(
        Sentence(at, text, kind, "body", (PageSpan(5, at, at + 1),), ("4. CLINICAL", "4.2 Posology"))
        for at, (text, kind) in enumerate(TEXTS)
    ),
)


@pytest.mark.parametrize(
    ("content", "right"),
    [
        ({"order": ["first column", "the second"]}, True),
        ({"order": ["the second", "first column"]}, False),
        ({"cell": {"row": "60-70 kg", "column": "Dose", "value": "35 mg"}}, True),
        ({"cell": {"row": "60-70 kg", "column": "Tablets", "value": "35 mg"}}, False),
        ({"cell": {"row": "60-70 kg", "column": "Dose", "value": "3"}}, False),
        ({"absent": "Journal of Examples"}, True),
        ({"absent": "Then the second"}, False),
        ({"section": "4.2", "contains": "comes first"}, True),
        ({"section": "4", "contains": "comes first"}, True),
        ({"section": "Posology", "contains": "comes first"}, True),
        ({"section": "4.20", "contains": "comes first"}, False),
        ({"section": "4.2", "contains": "nowhere"}, False),
    ],
)
def test_a_fact_holds_where_the_reading_says_the_same(content: dict[str, object], right: bool) -> None:
    kind = next(iter(content))
    fact = Fact("made.pdf", 5, kind, content)  # type: ignore[arg-type]  one of the four kinds
    assert holds(fact, READING) is right


def test_another_value_is_wrong_in_silence_and_no_value_is_not() -> None:
    cell = {"row": "60-70 kg", "column": "Dose", "value": "30 mg"}
    assert is_wrong_in_silence(Fact("made.pdf", 5, "cell", {"cell": cell}), READING)
    assert not is_wrong_in_silence(Fact("made.pdf", 4, "cell", {"cell": cell}), READING)
    right = {**cell, "value": "35 mg"}
    assert not is_wrong_in_silence(Fact("made.pdf", 5, "cell", {"cell": right}), READING)


def test_the_right_value_of_a_doubtful_table_is_counted_apart() -> None:
    fact = Fact("made.pdf", 5, "cell", {"cell": {"row": "60-70 kg", "column": "Dose", "value": "35 mg"}})
    (page,) = READING.pages
    doubted = replace(page.tables[0], reasons=("unmapped_glyphs",))
    reading = replace(READING, pages=(replace(page, tables=(doubted,)),))
    assert is_right_in_doubt(fact, reading)
    assert not holds(fact, reading)
    assert not is_right_in_doubt(fact, READING)


def test_a_fact_of_another_page_does_not_hold() -> None:
    assert not holds(Fact("made.pdf", 4, "order", {"order": ["first column"]}), READING)


def test_facts_are_read_from_the_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- {file: x.pdf, page: 2, absent: Head}\n", encoding="utf-8")
    assert [str(fact) for fact in load_facts(tmp_path)] == ["x.pdf page 2: absent Head"]
    (tmp_path / "b.yaml").write_text("- {file: x.pdf, page: 2}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no fact"):
        load_facts(tmp_path)


def test_the_facts_of_the_repository_can_be_read() -> None:
    assert all(fact.page >= 1 for fact in load_facts())
