"""What a first question would wait for is loaded by questions that nobody asked: they leave no turn, no case and no entry."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from assistant.chat.warming import warm_answers
from assistant.corpus.model import Source
from assistant.corpus.products import freeze_product
from assistant.people.roles import Actor
from assistant.retrieval.search import Searcher
from assistant.store.database import Database
from assistant.store.schema import audit_entry, case, turn
from ingestion.index import MemoryIndex
from tests.builders.labels import ENGLISH, FRENCH, label_reading
from tests.integration.test_chat import NoVectors

AddSource = Callable[..., Source]


@pytest.fixture
def two_languages(add_source: AddSource) -> None:
    add_source(label_reading(ENGLISH), language="en")
    add_source(label_reading(FRENCH), language="fr")


def warmed(db: Database, stopped: Callable[[], bool] = lambda: False) -> int:
    return warm_answers(db, lambda: Searcher(db, NoVectors(), lambda _product: MemoryIndex()), stopped)


def rows(db: Database) -> list[int]:
    with db.read() as connection:
        counts = [select(func.count()).select_from(table) for table in (turn, case, audit_entry)]
        return [int(connection.scalar(count) or 0) for count in counts]


@pytest.mark.usefixtures("two_languages")
def test_one_question_is_asked_of_each_medicine_and_language_and_nothing_is_written(db: Database) -> None:
    before = rows(db)
    assert warmed(db) == 2
    assert rows(db) == before


def test_where_nothing_is_approved_nothing_is_asked(db: Database) -> None:
    assert warmed(db) == 0


@pytest.mark.usefixtures("two_languages")
def test_a_medicine_that_is_frozen_is_left_alone(db: Database, people: dict[str, Actor]) -> None:
    freeze_product(db, people["safety"], "Velmora", "A signal is being looked at")
    assert warmed(db) == 0


@pytest.mark.usefixtures("two_languages")
def test_a_server_that_stops_waits_for_no_further_question(db: Database) -> None:
    assert warmed(db, lambda: True) == 0
    asked = iter([False, False, False, True])
    assert warmed(db, lambda: next(asked)) == 1
