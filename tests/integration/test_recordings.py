"""A recording points to the slides of its deck, in what is stored and in every locator."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.audit.verify import verify_trail
from assistant.corpus.decks import set_deck
from assistant.corpus.loading import load_source
from assistant.corpus.model import Source
from assistant.corpus.view import source_json
from assistant.errors import InvalidInput, NotAllowed
from assistant.people.roles import Actor
from assistant.retrieval.evidence import all_evidence, citable_sources
from assistant.retrieval.view import locator_json
from assistant.store.database import Database
from ingestion.formats import read
from ingestion.model import Reading
from tests.builders.reading import actions
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


OTHER_DECK = reading_of("Welcome and agenda.", "Mortality fell by 23%.", title="Another deck")


def test_a_librarian_confirms_the_proposed_deck_names_another_or_none(
    db: Database, people: dict[str, Actor], add_source: AddSource, talk: Reading
) -> None:
    deck = add_source(DECK, kind="deck")
    recording = add_source(talk, kind="transcript", language="en")
    other = add_source(OTHER_DECK, kind="deck")
    assert recording.deck is not None
    assert recording.deck["proposed"]
    confirmed = set_deck(db, people["librarian"], recording.id, deck.id)
    assert confirmed.deck == {**recording.deck, "proposed": False}
    set_deck(db, people["librarian"], recording.id, deck.id)
    moved = set_deck(db, people["librarian"], recording.id, other.id)
    assert (moved.deck or {})["source"] == other.id
    assert set_deck(db, people["librarian"], recording.id, None).deck is None
    with db.read() as connection:
        assert not [
            f for f in all_evidence(connection, [recording.id]) if "slide_of_deck" in locator_json(f.locator)
        ]
    assert actions(db).count("source.deck_set") == 3, "the same again is no act"
    assert verify_trail(db)["ok"]


def test_what_cannot_be_the_deck_of_a_recording_is_refused_and_nothing_changes(
    db: Database, people: dict[str, Actor], add_source: AddSource, talk: Reading
) -> None:
    deck = add_source(DECK, kind="deck")
    recording = add_source(talk, kind="transcript", language="en")
    elsewhere = add_source(OTHER_DECK, kind="deck", product="Otherin")
    with pytest.raises(InvalidInput, match="no recording"):
        set_deck(db, people["librarian"], deck.id, None)
    with pytest.raises(InvalidInput, match="is no deck"):
        set_deck(db, people["librarian"], recording.id, elsewhere.id)
    with pytest.raises(NotAllowed):
        set_deck(db, people["writer"], recording.id, deck.id)
    with db.read() as connection:
        assert load_source(connection, recording.id).deck == recording.deck
    assert "source.deck_set" not in actions(db)


def test_a_choice_of_deck_that_dies_at_its_entry_changes_nothing(
    db: Database,
    people: dict[str, Actor],
    add_source: AddSource,
    talk: Reading,
    die_at: Callable[[str], Callable[[str], None]],
) -> None:
    add_source(DECK, kind="deck")
    recording = add_source(talk, kind="transcript", language="en")
    with pytest.raises(RuntimeError, match="died"):
        set_deck(
            replace(db, failpoint=die_at("audit:source.deck_set")), people["librarian"], recording.id, None
        )
    with db.read() as connection:
        assert load_source(connection, recording.id).deck == recording.deck
