"""A recording points to the slides of its deck, in what is stored and in every locator."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.corpus.model import Source
from assistant.corpus.view import source_json
from assistant.errors import InvalidInput
from assistant.retrieval.evidence import all_evidence, citable_sources
from assistant.retrieval.view import locator_json
from assistant.store.database import Database
from ingestion.formats import read
from ingestion.model import Reading
from tests.integration.conftest import reading_of

AddSource = Callable[..., Source]
DECK = reading_of("Welcome and agenda.", "Deaths and hospitalisations fell by 23%.", title="The deck")


@pytest.fixture
def talk(tmp_path: Path) -> Reading:
    said = [
        ("A", "Good evening and welcome, the agenda first."),
        ("B", "Hospitalisations and deaths fell by 23%."),
    ]
    cues = [f"00:0{n}.000 --> 00:0{n + 1}.000\n<v {who}>{words}\n" for n, (who, words) in enumerate(said)]
    (tmp_path / "talk.vtt").write_text("WEBVTT\n\n" + "\n".join(cues))
    return read(tmp_path / "talk.vtt")


@pytest.mark.parametrize("stated", [True, False], ids=["stated", "proposed"])
def test_each_turn_has_its_slide(db: Database, add_source: AddSource, talk: Reading, stated: bool) -> None:
    deck = add_source(DECK, kind="deck")
    source = add_source(talk, kind="transcript", language="en", deck=deck.id if stated else None)
    with db.read() as connection:
        shown = source_json(connection, source)["deck"]
        assert (
            len(set(citable_sources(connection, [source.id]))) == 1
        )  # search keeps what it made of them by source
        locators = [locator_json(found.locator) for found in all_evidence(connection, [source.id])]
    assert shown == {"source": deck.id, "proposed": not stated, "slides": {"1": 1, "2": 2}}
    assert [place["slide_of_deck"] for place in locators] == [
        {"source": deck.id, "slide": 1},
        {"source": deck.id, "slide": 2},
    ]


def test_a_deck_of_another_product_is_refused(add_source: AddSource, talk: Reading) -> None:
    deck = add_source(DECK, kind="deck", product="Otherin")
    with pytest.raises(InvalidInput) as refused:
        add_source(talk, kind="transcript", language="en", deck=deck.id)
    assert refused.value.help


def test_a_recording_without_a_deck_has_no_slides(db: Database, add_source: AddSource, talk: Reading) -> None:
    source = add_source(talk, kind="transcript", language="en")
    with db.read() as connection:
        assert source_json(connection, source)["deck"] is None
        assert all(
            "slide_of_deck" not in locator_json(e.locator) for e in all_evidence(connection, [source.id])
        )
