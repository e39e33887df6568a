"""What is put right or refused in every reading, whatever the parser said."""

import pytest

from ingestion import bounds
from ingestion.assembly import Block, Content, PageDraft
from ingestion.bounds import on_page, put_right, require_bounded, storable
from ingestion.errors import FileTooLarge
from ingestion.formats.transcript import MAX_CUES, read_transcript
from ingestion.model import Rectangle


def test_what_a_database_refuses_is_replaced_one_for_one() -> None:
    assert storable("a\x00b\ud800c") == "a\ufffdb\ufffdc"


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        (Rectangle(1, 1, 9, 9), Rectangle(1, 1, 9, 9)),
        (Rectangle(-5, 1, 9, 200), Rectangle(0, 1, 9, 100)),
        (Rectangle(9, 1, 9, 1), Rectangle(9, 1, 10, 2)),
        (Rectangle(150, 1, 160, 9), None),
        (Rectangle(float("nan"), 1, 9, 9), None),
    ],
)
def test_a_box_is_cut_at_the_edge_of_its_page(box: Rectangle, kept: Rectangle | None) -> None:
    assert on_page(box, 100, 100) == kept


def test_text_that_stands_beside_the_page_stays_without_a_box() -> None:
    block = Block("Beside.", boxes=[(0, 7, Rectangle(900, 0, 950, 10))])
    content = Content([PageDraft(1, [block], 100, 100, title="a\x00")])
    put_right(content)
    assert (content.drafts[0].title, block.text, block.boxes) == ("a\ufffd", "Beside.", [])


def test_more_text_than_any_document_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_CHARACTERS", 10)
    with pytest.raises(FileTooLarge, match=r"long\.vtt holds 11 characters"):
        require_bounded(Content([PageDraft(1, [Block("x" * 11)])]), "long.vtt")


def test_a_transcript_of_more_cues_than_a_week_has_is_refused() -> None:
    cue = "00:00:01.000 --> 00:00:02.000\nThe dose is ten.\n\n"
    with pytest.raises(FileTooLarge, match="cues"):
        read_transcript("WEBVTT\n\n" + cue * (MAX_CUES + 1), "long.vtt")
