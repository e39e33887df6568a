from hypothesis import given
from hypothesis import strategies as st

from api.web.marking import blocks, runs
from ingestion.assembly import Block, PageDraft, assemble, table_block
from ingestion.model import Page, Region
from ingestion.tables import GridCell, give_roles, write_table

PAGE = Page(
    1,
    "HEAD\nFirst sentence. Second sentence.\nA footer",
    (Region("heading", 0, 4), Region("body", 5, 37), Region("furniture", 38, 46)),
)
SPANS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=5)


def test_a_quote_is_marked_where_it_stands() -> None:
    shown = blocks(PAGE, [(5, 20)])
    assert [block.layer for block in shown] == ["heading", "body", "furniture"]
    assert shown[1].runs == (("First sentence.", True), (" Second sentence.", False))
    assert (shown[1].first_mark, shown[1].first_mark_at) == (True, 0)


def test_a_quote_across_two_regions_is_marked_in_both_and_begins_in_one() -> None:
    shown = blocks(PAGE, [(21, 41)])
    assert shown[1].runs[-1] == ("Second sentence.", True)
    assert shown[2].runs[0] == ("A f", True)
    assert [block.first_mark for block in shown] == [False, True, False]


def test_text_that_no_region_holds_is_shown() -> None:
    page = Page(1, "before\nregion\nafter", (Region("title", 7, 13),))
    assert [(b.layer, b.runs[0][0].strip()) for b in blocks(page)] == [
        ("body", "before"),
        ("title", "region"),
        ("body", "after"),
    ]


@given(st.text(max_size=50), SPANS)
def test_cutting_at_any_spans_loses_nothing(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(part for part, _marked in runs(text, spans)) == text


@given(st.text(min_size=1, max_size=50), SPANS)
def test_a_character_is_marked_exactly_when_a_span_holds_it(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [marked for part, marked in runs(text, spans) for _character in part]
    assert marks == [any(start <= at < end for start, end in spans) for at in range(len(text))]


def test_a_table_is_shown_by_rows_and_columns_with_the_quote_marked_in_its_cells() -> None:
    cells = [
        GridCell(0, 0, "Class"),
        GridCell(0, 1, "Active", column_span=2),
        GridCell(1, 0, "Nervous system"),
        GridCell(2, 0, "Headache"),
        GridCell(2, 2, "6.6"),
    ]
    table = table_block(write_table(cells, give_roles(cells, 1)))
    (page,), _, _ = assemble([PageDraft(1, [Block("Prose."), table])])
    at = page.text.index("Headache")
    block = next(b for b in blocks(page, [(at, len(page.text))]) if b.table)
    assert block.table is not None
    assert [
        [(c.scope, c.column_span, "".join(t for t, _ in c.runs)) for c in row] for row in block.table.rows
    ] == [
        [("col", 1, "Class"), ("col", 2, "Active")],
        [("rowgroup", 3, "Nervous system")],
        [("row", 1, "Headache"), ("", 1, ""), ("", 1, "6.6")],
    ]
    assert block.table.rows[2][0].runs == (("Headache", True),)
    assert block.first_mark
