"""What a librarian asks of a source must fit the file; where it does not, nothing is left behind."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from assistant.corpus.model import Source, SourceRequest
from assistant.corpus.products import add_product
from assistant.corpus.view import source_json
from assistant.errors import InvalidInput
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.schema import original, product, reading, source
from ingestion.errors import UnsupportedFormat
from ingestion.model import Reading
from tests.integration.conftest import YEAR, reading_of

if TYPE_CHECKING:
    from assistant.bootstrap import App

AddSource = Callable[..., Source]
PAPER = reading_of("The first page.", "The second page.")
DECK = replace(PAPER, format="pptx", warnings=("hidden_slides:3,4",))
TALK = "WEBVTT\n\n00:01.000 --> 00:06.000\nThe recommended dose of Velmora is 5 mg once daily for the patients.\n"


def rows(db: Database) -> list[int]:
    with db.read() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (source, reading, original, product)
        ]


@pytest.mark.parametrize(
    ("read", "excluded", "said"),
    [
        (PAPER, (2, 99), "has no page 99: the last of its pages is 2"),
        (PAPER, (8, 7), "has no page 7, 8: the last of its pages is 2"),
        (DECK, (5,), "has no slide 5: the last of its slides is 4"),
    ],
)
def test_a_page_that_the_file_does_not_have_cannot_be_excluded(
    db: Database, add_source: AddSource, read: Reading, excluded: tuple[int, ...], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said) as refused:
        add_source(read, excluded_pages=excluded)
    assert refused.value.help
    assert rows(db) == [0, 0, 0, 0]


def test_a_hidden_slide_has_a_number_that_may_be_excluded(add_source: AddSource) -> None:
    assert add_source(DECK, excluded_pages=(1, 4)).excluded_pages == {1, 4}


def test_a_language_that_cannot_be_told_is_that_of_the_market_and_the_source_says_so(
    db: Database, add_source: AddSource
) -> None:
    unknown = replace(PAPER, language=None)
    added = add_source(unknown)
    assert added.language == "fr"
    assert "language_unrecognised:fr" in source_json(db, added)["warnings"]


@pytest.mark.parametrize(("read", "kind"), [(PAPER, "claims"), (replace(PAPER, format="claims"), "label")])
def test_claims_are_a_table_whichever_kind_the_file_was_first_read_as(
    db: Database, add_source: AddSource, read: Reading, kind: str
) -> None:
    with pytest.raises(UnsupportedFormat, match="claims sheet"):
        add_source(read, kind=kind)
    assert rows(db) == [0, 0, 0, 0]


def test_a_refusal_known_only_after_reading_leaves_no_file_behind(
    app_factory: Callable[..., "App"], people: dict[str, Actor], tmp_path: Path
) -> None:
    app = app_factory()
    talk = tmp_path / "talk.vtt"
    talk.write_text(TALK)
    asked = SourceRequest("Velmora", "transcript", ("FR",), "en", approval=YEAR)
    tries = [(talk, replace(asked, excluded_pages=(99,))), (talk, replace(asked, kind="claims"))]
    outcomes = app.add_sources(people["librarian"], tries, lambda *_: None)
    assert [type(outcome) for outcome in outcomes] == [InvalidInput, UnsupportedFormat]
    assert "turn 99" in str(outcomes[0])
    assert rows(app.db) == [0, 0, 0, 0]
    assert [path for path in (app.settings.home / "originals").rglob("*") if path.is_file()] == []


def test_a_label_that_names_its_product_nowhere_says_so_and_any_other_document_need_not(
    db: Database, add_source: AddSource, people: dict[str, Actor]
) -> None:
    add_product(db, people["librarian"], "Velmora", {"inn": {"en": "cardorelone", "fr": "cardorélone"}})
    code = "names_nothing_of:Velmora, cardorelone, cardorélone"
    other = reading_of("Faslodex 250 mg solution for injection.", "It contains fulvestrant.")
    assert code in source_json(db, add_source(other))["warnings"]
    assert source_json(db, add_source(PAPER, kind="paper"))["warnings"] == []
    for own in ("VELMORA 5 mg film-coated tablets.", "Cardorelon 5 mg.", "Comprimés de cardorélone."):
        assert source_json(db, add_source(reading_of(own, "Its second page.")))["warnings"] == []
