"""A quote of a slide carries the references that the slide gives for it, registered or not."""

from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from pptx.util import Inches

from assistant.corpus.model import Source
from assistant.retrieval.evidence import all_evidence
from assistant.retrieval.places import placed
from assistant.retrieval.view import citation_json
from assistant.store.database import Database
from guardrails.citations import cite
from guardrails.model import Citation
from ingestion.formats import read
from tests.integration.conftest import reading_of

AddSource = Callable[..., Source]
VARTESSE = "Vartesse I, et al. J Card Outcomes 2024;12(9):e0412."
WILMOWSKA = "Wilmowska K, et al. J Card Outcomes 2019;7:112-21."


@pytest.fixture
def deck(tmp_path: Path, add_source: AddSource) -> Source:
    """Three slides: with footnotes of its own, with marks into the list, and the list of references."""
    made = pptx.Presentation()
    bullets = (
        ("Results", ["Deaths fell by 26%", "Readmissions are common", "All were adults"]),
        ("Burden", ["It weighs"]),
    )
    for title, texts in bullets:
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = title
        frame = slide.placeholders[1].text_frame
        frame.text = ""
        for number, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.add_run().text = text
            mark = {"Deaths fell by 26%": "1", "Readmissions are common": "2", "It weighs": "2"}.get(text)
            if mark:
                raised = paragraph.add_run()
                raised.text = mark
                raised._r.get_or_add_rPr().set("baseline", "30000")
    foot = made.slides[0].shapes.add_textbox(Inches(1), Inches(6.5), Inches(8), Inches(0.5))
    foot.text_frame.text = f"1. {VARTESSE} 2. {WILMOWSKA}"
    listed = made.slides.add_slide(made.slide_layouts[1])
    listed.shapes.title.text = "References"
    listed.placeholders[1].text = f"{VARTESSE}\n{WILMOWSKA}"
    path = tmp_path / "deck.pptx"
    made.save(str(path))
    return add_source(read(path), kind="deck")


def cited(db: Database, source: Source, words: str) -> Citation:
    with db.read() as connection:
        (found,) = [
            cite(item, unit.start, unit.end)
            for item in all_evidence(connection, [source.id])
            for unit in item.sentences
            if words in unit.text
        ]
        return placed(connection, found)


def test_a_registered_publication_is_named_and_another_is_said_to_be_missing(
    db: Database, deck: Source, add_source: AddSource
) -> None:
    paper = add_source(
        reading_of("A page of the paper."),
        kind="paper",
        reference="Vartesse I, Okkerhuis B. The ORIENT-HF trial. J Card Outcomes 2024;12(9):e0412.",
    )
    known = citation_json(cited(db, deck, "Deaths fell"))
    assert known["references"] == [{"mark": "1", "text": VARTESSE, "source": paper.id}]
    assert "reference_not_registered" not in known
    missing = citation_json(cited(db, deck, "Readmissions"))
    assert missing["references"] == [{"mark": "2", "text": WILMOWSKA, "source": None}]
    assert missing["reference_not_registered"] is True


def test_a_bullet_without_a_mark_has_no_reference(db: Database, deck: Source) -> None:
    shown = citation_json(cited(db, deck, "All were adults"))
    assert "references" not in shown
    assert "reference_not_registered" not in shown


def test_a_mark_without_a_footnote_is_looked_up_in_the_decks_list(db: Database, deck: Source) -> None:
    assert [note.text for note in cited(db, deck, "It weighs").references] == [WILMOWSKA]


def test_the_references_of_another_product_are_none_of_this_ones(
    db: Database, deck: Source, add_source: AddSource
) -> None:
    add_source(reading_of("A page."), kind="paper", product="Otherin", reference=VARTESSE)
    assert cited(db, deck, "Deaths fell").references[0].source is None
