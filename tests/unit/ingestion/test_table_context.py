"""Captions, footnotes by their marks, and tables that go on over pages."""

from collections.abc import Sequence

from ingestion.assembly import Block, PageDraft, assemble, table_block
from ingestion.model import Page, Rectangle, Table
from ingestion.tables import GridCell, find_cell, give_roles, write_table

HEAD = ("Organ class", "Common", "Rare")
FIRST = (HEAD, ("Nervous system*", "Headache", "Tremor"), ("Skin", "Rash", "Acne"))
SECOND = (("Eye", "Dry eye", "Cataract"), ("Ear", "Vertigo", "Tinnitus"))


def block(rows: Sequence[Sequence[str]], header_rows: int, x: float = 70.0) -> Block:
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            left, top = x + 150 * column, 100.0 + 14 * row
            cells.append(
                GridCell(row, column, text, [(0, len(text), Rectangle(left, top, left + 80, top + 10))])
            )
    return table_block(write_table(cells, give_roles(cells, header_rows)))


def read(*pages: Sequence[Block]) -> tuple[Page, ...]:
    found, _, _ = assemble([PageDraft(number, list(blocks)) for number, blocks in enumerate(pages, start=1)])
    return found


def only(page: Page) -> Table:
    (table,) = page.tables
    return table


def test_the_caption_is_the_text_above_that_calls_itself_a_table() -> None:
    (page,) = read([Block("Table 2. Adverse reactions", "caption"), block(FIRST, 1)])
    assert only(page).caption == "Table 2. Adverse reactions"


def test_notes_are_found_by_the_mark_that_a_cell_carries() -> None:
    notes = Block("* Seen in adults only.\nRR=relative risk", "caption")
    (page,) = read([block(FIRST, 1), notes, Block("Prose goes on here.")])
    table = only(page)
    assert [(note.mark, note.text) for note in table.notes] == [
        ("*", "* Seen in adults only."),
        ("", "RR=relative risk"),
    ]
    assert [cell.text for cell in table.cells if cell.marks == ("*",)] == ["Nervous system*"]
    assert all(page.text[n.start : n.end] == n.text for n in table.notes)


def test_notes_that_follow_each_other_in_one_paragraph_are_one_each() -> None:
    rows = (HEAD, ("Nervous system*", "Headache†", "Tremor"), ("Skin", "Rash‡", "Acne"))
    notes = Block("* In adults only. † Fatal in one\npatient; ‡ at any time.", "caption")
    table = only(read([block(rows, 1), notes])[0])
    assert [(note.mark, note.text) for note in table.notes] == [
        ("*", "* In adults only."),
        ("†", "† Fatal in one patient;"),
        ("‡", "‡ at any time."),
    ]
    assert [cell.marks for cell in table.cells if cell.marks] == [("*",), ("†",), ("‡",)]


def test_a_note_whose_letter_is_not_raised_is_that_of_the_raised_mark() -> None:
    rows = (HEAD, ("Nervous system", "Headacheᵃ", "Tremor"), ("Skin", "Rash", "Acne"))
    table = only(read([block(rows, 1), Block("a In adults only.", "caption")])[0])
    assert [cell.text for cell in table.cells if cell.marks == ("ᵃ",)] == ["Headacheᵃ"]
    assert [(note.mark, note.text) for note in table.notes] == [("ᵃ", "a In adults only.")]


def test_a_table_goes_on_over_the_page_with_the_heads_of_where_it_began() -> None:
    pages = read(
        [Block("Table 1. Reactions", "caption"), block(FIRST, 1), Block("12", "furniture")],
        [Block("Running head", "furniture"), block(SECOND, 0)],
    )
    table = only(pages[1])
    assert (table.continues, table.doubtful, table.caption) == (True, False, "Table 1. Reactions")
    assert find_cell([table], "Eye", "Rare").values == ("Cataract",)
    assert {span.page for head in table.heads for span in head.spans} == {1}


def test_repeated_heads_are_recognised() -> None:
    pages = read([block(FIRST, 1)], [block((HEAD, *SECOND), 1)])
    assert [only(page).continues for page in pages] == [False, True]


def test_a_table_after_prose_or_with_other_columns_is_one_of_its_own() -> None:
    after_prose = read([block(FIRST, 1), Block("Prose stands between these tables.")], [block(SECOND, 0)])
    elsewhere = read([block(FIRST, 1)], [block(SECOND, 0, x=300.0)])
    narrower = read([block(FIRST, 1)], [block([row[:2] for row in SECOND], 0)])
    for pages in (after_prose, elsewhere, narrower):
        assert only(pages[1]).reasons == ("no_header",)
        assert not only(pages[1]).continues


def test_a_sign_that_the_file_lost_puts_its_table_in_doubt() -> None:
    (page,) = read([block((HEAD, ("\x01 60 kg", "35 mg", "40 mg")), 1)])
    answer = find_cell(page.tables, "≥ 60 kg", "Common")
    assert (answer.values, answer.doubtful) == (("35 mg",), True)


def test_labels_that_fit_several_cells_are_in_doubt() -> None:
    (page,) = read([block((HEAD, ("Eye", "Dry eye", "Cataract"), ("Eye", "Itch", "Pain")), 1)])
    assert find_cell(page.tables, "Eye", "Rare").reasons == ("several_cells",)


def test_no_value_of_a_recognised_page_is_sure() -> None:
    (page,), _, _ = assemble([PageDraft(1, [block(FIRST, 1)], quality="doubtful", reasons=("ocr",))])
    assert only(page).reasons == ("ocr",)
    assert find_cell(page.tables, "Skin", "Rare").doubtful
