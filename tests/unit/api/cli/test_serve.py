"""What the server does behind its pages: a failure is said and stops nothing that comes after it."""

from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from api.cli.serve import _say_if_cold, _try, reached_at
from assistant.settings import Settings
from ingestion.errors import ReaderTimeout


def test_readers_that_cannot_start_are_told_of_before_the_first_file(
    caplog: pytest.LogCaptureFixture,
) -> None:
    warmed: Future[None] = Future()
    warmed.add_done_callback(_say_if_cold)
    warmed.set_exception(ReaderTimeout("The reader was stopped: its process ended."))
    assert "could not be made ready" in caplog.text
    assert "its process ended" in caplog.text


def test_readers_that_are_ready_are_not_spoken_of(caplog: pytest.LogCaptureFixture) -> None:
    warmed: Future[None] = Future()
    warmed.add_done_callback(_say_if_cold)
    warmed.set_result(None)
    assert caplog.text == ""


def test_whatever_a_job_raises_is_logged_and_the_thread_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    def breaks() -> None:
        raise ZeroDivisionError("odd")

    _try("Marking", breaks)
    assert "Marking did not work; it is tried again" in caplog.text
    assert "odd" in caplog.text


def test_what_is_not_tried_again_says_what_becomes_of_it(caplog: pytest.LogCaptureFixture) -> None:
    def breaks() -> None:
        raise ZeroDivisionError("odd")

    _try("Loading", breaks, "the first question loads it")
    assert "Loading did not work; the first question loads it" in caplog.text
    assert "tried again" not in caplog.text


def test_saved_copies_lead_to_the_port_that_is_served_where_no_address_is_set(tmp_path: Path) -> None:
    here = Settings(home=tmp_path, database_url="sqlite://")
    assert reached_at(here, 8377).public_url == "http://127.0.0.1:8377"
    house = replace(here, public_url="https://ancrage.example")
    assert reached_at(house, 8377) is house
