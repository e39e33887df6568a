"""What a table says: its lines in the page's text, its rows in words, and the value under two labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.assembly import Block, PageDraft, assemble, table_block
from ingestion.model import Table
from ingestion.tables import (
    CellAnswer,
    GridCell,
    as_sentence,
    find_cell,
    give_roles,
    is_value,
    row_path,
    write_table,
)

TWO_ARMS = """
Parameters | Empagliflozin (n=47) | | Placebo (n=48) |
 | Baseline | Week 26 | Baseline | Week 26
Inflammatory
IL-6 (pg/mL) | 4.91 (1.83) | 4.21 (1.13) | 5.19 (2.10) | 5.22 (1.84)
hs-CRP* | 10.07 | 6.14 | 9.85 |
"""


def grid(text: str, spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> list[GridCell]:
    cells = [
        GridCell(row, column, words.strip())
        for row, line in enumerate(text.strip("\n").split("\n"))
        for column, words in enumerate(line.split("|"))
        if words.strip()
    ]
    for cell in cells:
        cell.row_span, cell.column_span = (spans or {}).get((cell.row, cell.column), (1, 1))
    return cells


def on_page(cells: list[GridCell], reasons: list[str] | None = None) -> tuple[str, Table]:
    """The table as it stands on a page below a line of prose."""
    given_reasons = [*give_roles(cells), *(reasons or [])]
    blocks = [Block("A line of prose."), table_block(write_table(cells, given_reasons))]
    (page,), _, _ = assemble([PageDraft(1, blocks)])
    return page.text, page.tables[0]


def two_arms(reasons: list[str] | None = None) -> tuple[str, Table]:
    return on_page(grid(TWO_ARMS, {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (1, 2)}), reasons)


def test_each_cell_stands_verbatim_at_its_span_of_the_pages_text() -> None:
    text, table = two_arms()
    assert all(text[cell.start : cell.end] == cell.text for cell in table.cells)
    assert text[table.start : table.end].split("\n") == [
        "Parameters | Empagliflozin (n=47) | Placebo (n=48)",
        "| Baseline | Week 26 | Baseline | Week 26",
        "Inflammatory",
        "IL-6 (pg/mL) | 4.91 (1.83) | 4.21 (1.13) | 5.19 (2.10) | 5.22 (1.84)",
        "hs-CRP* | 10.07 | 6.14 | 9.85",
    ]


def test_headers_of_two_levels_stand_over_each_column() -> None:
    _, table = two_arms()
    assert [head.texts for head in table.heads] == [
        ("Parameters",),
        ("Empagliflozin (n=47)", "Baseline"),
        ("Empagliflozin (n=47)", "Week 26"),
        ("Placebo (n=48)", "Baseline"),
        ("Placebo (n=48)", "Week 26"),
    ]


def test_a_row_in_words_names_its_group_its_head_and_the_heads_over_each_value() -> None:
    _, table = two_arms()
    assert as_sentence(table, 3) == (
        "Inflammatory, IL-6 (pg/mL): Empagliflozin (n=47), Baseline = 4.91 (1.83); Empagliflozin (n=47), Week 26 = 4.21 (1.13); "
        "Placebo (n=48), Baseline = 5.19 (2.10); Placebo (n=48), Week 26 = 5.22 (1.84)"
    )
    assert [cell.text for cell in row_path(table, 4)] == ["Inflammatory", "hs-CRP*"]


def test_headers_groups_and_doubtful_tables_say_nothing_in_words() -> None:
    _, table = two_arms()
    assert as_sentence(table, 0) == as_sentence(table, 2) == ""
    _, doubtful = two_arms(["ragged"])
    assert doubtful.doubtful
    assert as_sentence(doubtful, 3) == ""


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("IL-6 (pg/mL)", "Placebo (n=48) Week 26", "5.22 (1.84)"),
        ("il-6 (pg/ml)", "Empagliflozin Baseline", "4.91 (1.83)"),
        ("hs-CRP", "Empagliflozin (n=47), Week 26", "6.14"),
    ],
)
def test_a_value_is_found_by_the_labels_of_its_row_and_column(row: str, column: str, value: str) -> None:
    _, table = two_arms()
    assert find_cell([table], row, column.replace(",", "")) == CellAnswer((value,), doubtful=False)


def test_labels_that_fit_several_cells_give_them_all_and_unknown_ones_none() -> None:
    _, table = two_arms()
    assert find_cell([table], "IL-6 (pg/mL)", "Week 26").values == ("4.21 (1.13)", "5.22 (1.84)")
    assert find_cell([table], "hs-CRP", "Placebo (n=48) Week 26").values == ()
    assert find_cell([table], "IL-8", "Week 26").values == ()


def test_an_answer_of_a_doubtful_table_is_doubtful() -> None:
    _, table = two_arms(["ragged"])
    assert find_cell([table], "IL-6 (pg/mL)", "Placebo (n=48) Baseline") == CellAnswer(
        ("5.19 (2.10)",), doubtful=True, reasons=("ragged",)
    )


def test_a_table_of_numbers_alone_has_no_header_and_says_so() -> None:
    _, table = on_page(grid("1 | 2\n3 | 4"))
    assert table.reasons == ("no_header",)


def test_a_row_head_that_spans_rows_belongs_to_each_of_them() -> None:
    _, table = on_page(grid("Dose | Week | n\n10 mg | 6 | 12\n | 12 | 14", {(1, 0): (2, 1)}))
    assert as_sentence(table, 2) == "10 mg: Week = 12; n = 14"


@pytest.mark.parametrize(
    "text",
    [
        "12 (3.4%)",
        "<0.001",
        "−1.5 (−2.0 to −0.9)",
        "10,000",
        "35",
        "≥ 60 to < 70",
        "7 (2%)*",
        "0·82",
        "12 mg",
    ],
)
def test_numbers_with_their_interval_share_or_unit_are_values(text: str) -> None:
    assert is_value(text)


@pytest.mark.parametrize(
    "text", ["Placebo", "Week 26", "25–50 mg (n=285)", "(n=47)", "p value", "95% confidence interval"]
)
def test_words_are_no_values(text: str) -> None:
    assert not is_value(text)


WORD = st.text("abc1 |", min_size=1, max_size=6).map(lambda t: " ".join(t.replace("|", "").split()) or "x")


@given(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), WORD, min_size=1))
def test_every_cell_is_found_again_at_its_span(words: dict[tuple[int, int], str]) -> None:
    text, table = on_page([GridCell(row, column, word) for (row, column), word in words.items()])
    assert {(c.row, c.column): text[c.start : c.end] for c in table.cells} == words
