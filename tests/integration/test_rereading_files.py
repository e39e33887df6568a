"""Stored files read again: as a job, in search, after a kill, and where the file cannot be read; on both databases."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.corpus.model import SourceRequest
from assistant.corpus.products import find_product
from assistant.errors import IntegrityError, NotFound, WrongState
from assistant.people.roles import Actor
from assistant.retrieval.looked import Query
from ingestion.errors import AncrageError
from tests.builders.rereading import add_misread, add_read_by_older
from tests.integration.conftest import YEAR, reading_of
from tests.integration.test_jobs import ADD, ROOT, TALK

if TYPE_CHECKING:
    from assistant.bootstrap import App

OpenApp = Callable[..., "App"]
REQUEST = SourceRequest(product="Velmora", kind="transcript", markets=("FR",), language="en", approval=YEAR)
WRONG = {"Potassium": "Magnesium"}
TAKE = (
    ADD
    + """
actor = find_actor(app.db, "The librarian")
app.rereading.take(actor, sys.argv[1], *app.rereading.read(actor, sys.argv[1]))
"""
)


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    file = tmp_path / "talk.vtt"
    file.write_text(TALK)
    return file


def told(app: "App", words: str) -> str:
    with app.db.read() as connection:
        product = find_product(connection, "Velmora").id
    return " ".join(hit.text for hit in app.searcher.find(Query(words, product, "FR", "hcp", None)))


def test_search_finds_what_the_file_says_and_no_longer_what_was_misread(
    app_factory: OpenApp, people: dict[str, Actor], talk: Path
) -> None:
    app, librarian = app_factory(), people["librarian"]
    source = add_read_by_older(app, librarian, talk, REQUEST, WRONG)
    assert "Magnesium" in told(app, "magnesium measured")
    before, newer = app.rereading.read(librarian, source)
    assert "Magnesium" in told(app, "magnesium measured")
    answer = app.rereading.take(librarian, source, before, newer)
    assert answer["moved"]
    assert "follow_up" not in answer
    assert "Magnesium" not in told(app, "potassium or magnesium measured")
    assert "Potassium" in told(app, "potassium measured")
    assert app.verify_index()["ok"]
    assert not app.rereading.take(librarian, source, before, newer)["moved"]
    with pytest.raises(WrongState, match="today's reader"):
        app.rereading.start(librarian, source)
    assert list((app.settings.home / "incoming").glob("*")) == []


def test_a_killed_process_leaves_nothing_half_done(
    app_factory: OpenApp, people: dict[str, Actor], talk: Path, database_url: str
) -> None:
    app = app_factory()
    home = app.settings.home
    source = add_read_by_older(app, people["librarian"], talk, REQUEST, WRONG)
    app.close()
    for point, misread in (("reread:moved", True), ("job:index", False)):
        environ = {**os.environ, "ANCRAGE_HOME": str(home), "ANCRAGE_DATABASE_URL": database_url, "ANCRAGE_WORKERS": "1",
                   "ANCRAGE_FAILPOINT": f"{point}:1", "PYTHONPATH": str(ROOT)}  # fmt: skip
        ran = subprocess.run(
            [sys.executable, "-c", TAKE, source], env=environ, capture_output=True, text=True, check=False
        )
        assert ran.returncode == -signal.SIGKILL, ran.stderr
        again = app_factory()
        again.finish_interrupted()
        assert ("Magnesium" in told(again, "magnesium measured")) is misread
        assert again.verify_index()["ok"]
        again.close()


def test_a_damaged_or_missing_file_is_named_and_the_older_reading_stays(
    app_factory: OpenApp, people: dict[str, Actor], talk: Path
) -> None:
    app, librarian = app_factory(), people["librarian"]
    source = add_read_by_older(app, librarian, talk, REQUEST, WRONG)
    stored = next(path for path in (app.settings.home / "originals").rglob("*") if path.is_file())
    stored.write_text("something else")
    with pytest.raises(IntegrityError, match="stored bytes"):
        app.rereading.read(librarian, source)
    stored.unlink()
    with pytest.raises(NotFound, match="original"):
        app.rereading.read(librarian, source)
    assert "Magnesium" in told(app, "magnesium measured")


def test_a_file_that_todays_reader_refuses_keeps_its_older_reading(
    app_factory: OpenApp, people: dict[str, Actor], tmp_path: Path
) -> None:
    app, librarian = app_factory(), people["librarian"]
    file = tmp_path / "label.pdf"
    file.write_bytes(b"%PDF-1.4 and nothing more")
    request = SourceRequest(product="Velmora", kind="label", markets=("FR",), language="en", approval=YEAR)
    source = add_misread(app, librarian, file, request, reading_of("The dose is 5 mg once daily."))
    with pytest.raises(AncrageError):
        app.rereading.read(librarian, source)
    assert "5 mg" in told(app, "dose")
