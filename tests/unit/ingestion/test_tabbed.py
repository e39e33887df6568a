"""Lines aligned by tabs are the rows of a small table, in Word and on slides."""

from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from pptx.util import Inches

from ingestion.formats import read
from ingestion.formats.tabbed import tables_among

ROWS = ("Arm\tN\tEvents\tRate (%)", "Velmora 20 mg\t312\t34\t10.9", "Placebo\t305\t71\t23.3")
SHOWN = ["Arm | N | Events | Rate (%)", "Velmora 20 mg | 312 | 34 | 10.9", "Placebo | 305 | 71 | 23.3"]


def word(path: Path, *texts: str) -> Any:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(path))
    return read(path)


def test_paragraphs_of_word_with_tabs_are_rows_under_their_heads(tmp_path: Path) -> None:
    reading = word(tmp_path / "a.docx", "These were the events.", *ROWS, "All were mild.")
    assert [s.text for s in reading.sentences] == ["These were the events.", *SHOWN, "All were mild."]
    (table,) = reading.pages[0].tables
    assert [head.texts for head in table.heads] == [("Arm",), ("N",), ("Events",), ("Rate (%)",)]
    assert not table.doubtful


def test_lines_of_one_paragraph_are_rows_too(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("\n".join(ROWS))
    document.save(str(tmp_path / "a.docx"))
    assert [s.text for s in read(tmp_path / "a.docx").sentences] == SHOWN


def test_lines_of_a_slide_with_tabs_are_rows(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Events\tat week 12"
    frame = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(8), Inches(3)).text_frame
    frame.text = ROWS[0]
    for row in ROWS[1:]:
        frame.add_paragraph().text = row
    deck.save(str(tmp_path / "a.pptx"))
    reading = read(tmp_path / "a.pptx")
    assert [s.text for s in reading.sentences] == ["Events at week 12", *SHOWN]
    (table,) = reading.pages[0].tables
    assert len(table.cells) == 12


@pytest.mark.parametrize(
    "texts",
    [
        ("1.\tTake one tablet.", "2.\tDrink water.", "3.\tWait 5 minutes."),
        ("•\tNo rash", "•\tNo fever"),
        ("Note:\tTake with food.",),
        ("Day 1:\tTake one tablet in the morning.", "Day 2:\tTake two.", "Day 3:\tStop."),
        ("\tOne sentence that is only set in.", "\tAnother one."),
    ],
)
def test_tabs_that_only_set_text_in_make_no_table(tmp_path: Path, texts: tuple[str, ...]) -> None:
    reading = word(tmp_path / "a.docx", *texts)
    assert not reading.pages[0].tables
    assert reading.pages[0].text.split() == " ".join(texts).split()


def test_two_tabs_that_only_reach_the_next_stop_are_one_and_an_empty_place_is_a_cell() -> None:
    ((_, reached),) = tables_among(("Arm\t\tN\tRate", "Velmora 20 mg\t312\t10.9"))
    assert reached is not None
    assert reached.text == "Arm | N | Rate\nVelmora 20 mg | 312 | 10.9"
    ((_, empty),) = tables_among(("Arm\tN\tRate", "Velmora\t312\t10.9", "Placebo\t\t23.3"))
    assert empty is not None
    assert empty.text.endswith("Placebo |  | 23.3")
    assert not empty.table.reasons


def test_rows_that_have_not_as_many_cells_as_the_heads_are_in_doubt() -> None:
    ((_, table),) = tables_among(("Arm\tN\tEvents\tRate", "Velmora\t312\t34\t10.9", "Placebo\t71\t23.3"))
    assert table is not None
    assert "ragged" in table.table.reasons


def test_a_lone_line_of_figures_has_no_heads_and_is_in_doubt() -> None:
    ((_, table),) = tables_among(("Arm A\t12\t34\t5.6",))
    assert table is not None
    assert (table.text, table.table.reasons) == ("Arm A | 12 | 34 | 5.6", ("no_header",))
