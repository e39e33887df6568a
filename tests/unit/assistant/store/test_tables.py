"""Tables are stored with their page and come back as they were."""

from dataclasses import replace

from assistant.store.tables import doubtful_spans, tables_from_json, tables_to_json
from ingestion.model import Cell, Head, PageSpan, Rectangle, Table, TableNote

TABLE = Table(
    start=10,
    end=40,
    rows=2,
    columns=2,
    cells=(
        Cell(0, 1, 12, 16, "Dose", "header"),
        Cell(1, 0, 17, 20, "≥90", "row_head", 1, 1, Rectangle(1.0, 2.0, 3.5, 4.0), ("*",)),
        Cell(1, 1, 23, 28, "50 mg"),
    ),
    heads=(Head(), Head(("Dose",), (PageSpan(3, 12, 16),))),
    caption="Table 1",
    notes=(TableNote("*", "In adults", 30, 40),),
    rectangle=Rectangle(0.0, 0.0, 9.0, 9.0),
    continues=True,
    reasons=("ragged",),
)


def test_a_table_comes_back_as_it_was() -> None:
    assert tables_from_json(tables_to_json([TABLE])) == (TABLE,)


def test_a_page_read_before_tables_were_kept_has_none() -> None:
    assert tables_from_json(None) == ()


def test_only_uncertain_tables_are_doubtful() -> None:
    sure = replace(TABLE, start=50, end=60, reasons=())
    assert doubtful_spans(tables_to_json([TABLE, sure])) == [(10, 40)]
    assert doubtful_spans(None) == []
