"""Files become sources as durable jobs: several at once, each all or nothing, and once even after `kill -9`."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from assistant.audit.verify import verify_trail
from assistant.corpus.model import SourceRequest
from assistant.errors import Conflict, InvalidInput, NotAllowed, NotFound, UnknownSource
from assistant.jobs import JobFailed
from assistant.jobs.table import insert_job, load_job, take_over
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.schema import job, original, passage, piece, reading, source
from ingestion.errors import AncrageError, UnsupportedFormat
from tests.builders.reading import actions, count
from tests.builders.scans import scan, tesseract
from tests.integration.conftest import YEAR, FakeClock

if TYPE_CHECKING:
    from assistant.bootstrap import App

OpenApp = Callable[..., "App"]
REQUEST = SourceRequest(product="Velmora", kind="transcript", markets=("FR",), language="en", approval=YEAR)
TALK = """WEBVTT

00:00:01.000 --> 00:00:06.000
<v Dr Blue>The recommended dose of Velmora is 5 mg once daily.

00:00:06.500 --> 00:00:12.000
<v Dr Blue>Potassium is measured one week after the start.
"""
ROOT = Path(__file__).parents[2]
ADD = """
import sys
from datetime import date, datetime, timezone
from pathlib import Path
from assistant.bootstrap import open_app
from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.people.accounts import find_actor
from assistant.settings import settings_from_environment

class Clock:
    def now(self):
        return datetime(2026, 6, 15, 10, 0, tzinfo=timezone.utc)

app = open_app(settings_from_environment(), Clock())
"""
ADD_SOURCE = (
    ADD
    + """
approval = ApprovalRequest("MLR", date(2026, 1, 1), date(2026, 12, 31))
request = SourceRequest("Velmora", "transcript", ("FR",), "en", approval=approval)
app.add_sources(find_actor(app.db, "The librarian"), [(Path(sys.argv[1]), request)])
"""
)
ADD_DRAFT = (
    ADD
    + """
from assistant.content.request import DraftRequest
app.draft(find_actor(app.db, "The writer"), DraftRequest("Velmora", "key-moments", "FR", "en"))
"""
)


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    file = tmp_path / "talk.vtt"
    file.write_text(TALK)
    return file


def run_and_die(code: str, point: str, home: Path, url: str, *words: str) -> None:
    """Run Python in a process of its own that kills itself at the failpoint."""
    environ = {**os.environ, "ANCRAGE_HOME": str(home), "ANCRAGE_DATABASE_URL": url, "ANCRAGE_WORKERS": "1",
               "ANCRAGE_FAILPOINT": f"{point}:1", "PYTHONPATH": str(ROOT)}  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", code, *words], env=environ, capture_output=True, text=True, check=False
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr


def test_files_become_sources_and_one_bad_file_stops_no_other(
    app_factory: OpenApp, people: dict[str, Actor], talk: Path, tmp_path: Path
) -> None:
    app = app_factory()
    bad = tmp_path / "holiday picture.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    seen: list[tuple[int, int, str]] = []
    outcomes = app.add_sources(
        people["librarian"],
        [(bad, REQUEST), (talk, REQUEST), (tmp_path / "none.pdf", REQUEST)],
        lambda *progress: seen.append(progress),
    )
    assert isinstance(outcomes[0], UnsupportedFormat)
    assert "holiday picture.png" in outcomes[0].message
    assert isinstance(outcomes[2], InvalidInput)
    added = outcomes[1]
    assert isinstance(added, dict)
    assert (added["status"], added["indexed"], added["already_known"]) == ("approved", True, False)
    assert actions(app.db) == ["product.added", "source.registered", "source.approved", "source.indexed"]
    assert count(app.db, original) == count(app.db, source) == 1
    assert app.originals.open(added["sha256"]).read_bytes() == talk.read_bytes()
    assert not app.originals.path("0" * 64).exists()
    assert list((app.settings.home / "incoming").iterdir()) == []
    assert all(0 <= done <= total for done, total, _ in seen)
    assert app.verify_index()["ok"] is True

    again = app.add_sources(people["librarian"], [(talk, REQUEST)])[0]
    assert isinstance(again, dict)
    assert (again["already_known"], again["id"]) == (True, added["id"])

    other = app.add_sources(people["librarian"], [(talk, replace(REQUEST, product="Another"))])[0]
    assert isinstance(other, dict)
    assert other["id"] != added["id"]
    assert count(app.db, reading) == 1
    assert app.verify_index()["ok"] is True


def test_a_scan_is_a_source_once_it_can_be_recognised(
    app_factory: OpenApp, people: dict[str, Actor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What recognised pages make is another reading of the same bytes than what is read without."""
    folder = tmp_path / "bin"
    folder.mkdir()
    tesseract(folder)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    file = tmp_path / "scan.pdf"
    canvas = Canvas(str(file))
    canvas.drawString(70, 700, "This page has text of its own.")
    canvas.showPage()
    scan(canvas)
    canvas.save()

    def added(app: "App", product: str) -> dict[str, int]:
        request = replace(REQUEST, kind="paper", product=product)
        outcome = app.add_sources(people["librarian"], [(file, request)])[0]
        assert isinstance(outcome, dict), outcome
        return dict(outcome["pages_by_quality"])

    without = {"good": 1, "doubtful": 0, "unreadable": 1}
    recognised = {"good": 1, "doubtful": 1, "unreadable": 0}
    unread = app_factory(ocr=False)
    assert added(unread, "Velmora") == without
    unread.close()
    app = app_factory()
    assert added(app, "Velmora") == without  # the same bytes again change nothing
    assert added(app, "Another") == added(app, "A third") == recognised
    assert count(app.db, reading) == 2


def test_a_refusal_after_reading_leaves_nothing(
    app_factory: OpenApp, people: dict[str, Actor], talk: Path, tmp_path: Path
) -> None:
    app = app_factory()
    [old] = app.add_sources(people["librarian"], [(talk, REQUEST)])
    assert isinstance(old, dict)
    other = tmp_path / "other.vtt"
    other.write_text(TALK.replace("5 mg", "10 mg"))
    wrong = replace(REQUEST, product="Another", replaces=old["id"])
    [refused] = app.add_sources(people["librarian"], [(other, wrong)])
    assert isinstance(refused, Conflict)
    assert refused.params["source"] == old["id"]
    assert count(app.db, original) == count(app.db, reading) == 1
    assert [p.name for p in app.settings.home.glob("originals/*/*")] == [old["sha256"]]
    assert list((app.settings.home / "incoming").iterdir()) == []


def test_what_can_be_said_before_reading_is_said_at_once(
    app_factory: OpenApp, people: dict[str, Actor], talk: Path
) -> None:
    app = app_factory()
    with pytest.raises(NotAllowed):
        app.start_ingest(people["writer"], talk, REQUEST)
    with pytest.raises(UnknownSource):
        app.start_ingest(people["librarian"], talk, replace(REQUEST, replaces="source_none"))
    with pytest.raises(InvalidInput):
        app.start_ingest(people["librarian"], talk.parent, REQUEST)
    with pytest.raises(NotFound):
        app.jobs.progress("job_none")
    assert count(app.db, job) == 0


def test_the_index_is_made_again_from_sql(app_factory: OpenApp, people: dict[str, Actor], talk: Path) -> None:
    app = app_factory()
    assert not isinstance(app.add_sources(people["librarian"], [(talk, REQUEST)])[0], AncrageError)
    product = app.verify_index()["products"][0]["product"]
    app.indexes(product).reset()
    assert app.verify_index()["ok"] is False
    assert app.rebuild_index() == {"products": 1, "vectors": count(app.db, passage)}
    assert app.verify_index()["ok"] is True


def test_a_damaged_index_is_made_again_when_it_is_opened(
    app_factory: OpenApp, people: dict[str, Actor], talk: Path
) -> None:
    app = app_factory()
    assert not isinstance(app.add_sources(people["librarian"], [(talk, REQUEST)])[0], AncrageError)
    app.close()
    for file in (app.settings.home / "index").rglob("chroma.sqlite3"):
        moved = app.settings.home / "index" / "000009"  # a folder that this process has not opened
        moved.mkdir()
        (moved / file.name).write_bytes(b"this is no database" * 100)
    again = app_factory()
    assert again.verify_index()["ok"] is True


@pytest.mark.parametrize("point", ["reading:passages", "job:store", "audit:source.indexed"])
def test_a_killed_ingestion_is_finished_once_by_the_next_start(
    app_factory: OpenApp, people: dict[str, Actor], database_url: str, talk: Path, tmp_path: Path, point: str
) -> None:
    home = tmp_path / "home"
    run_and_die(ADD_SOURCE, point, home, database_url, str(talk))
    talk.unlink()  # the command's own file may be gone by then
    app = app_factory()
    if point != "audit:source.indexed":
        assert count(app.db, source) == count(app.db, passage) == 0
        assert actions(app.db) == []
    assert app.finish_interrupted() == 1
    assert actions(app.db) == ["product.added", "source.registered", "source.approved", "source.indexed"]
    assert count(app.db, source) == 1
    assert app.verify_index()["ok"] is True
    assert verify_trail(app.db, home)["ok"] is True
    assert list((home / "incoming").iterdir()) == []
    assert app.finish_interrupted() == 0
    del people


def test_a_killed_draft_is_finished_once_by_the_next_start(
    app_factory: OpenApp, people: dict[str, Actor], database_url: str, tmp_path: Path
) -> None:
    label = ROOT / "eval" / "sample" / "files" / "en" / "label-v1.pdf"
    first = app_factory()
    [added] = first.add_sources(people["librarian"], [(label, replace(REQUEST, kind="label"))])
    assert isinstance(added, dict)
    first.close()
    run_and_die(ADD_DRAFT, "draft:revision", tmp_path / "home", database_url)
    app = app_factory()
    assert count(app.db, piece) == 0
    assert app.finish_interrupted() == 1
    assert count(app.db, piece) == 1
    assert app.finish_interrupted() == 0
    assert count(app.db, piece) == 1
    assert verify_trail(app.db, tmp_path / "home")["ok"] is True


def test_an_application_that_closes_leaves_its_work_to_the_next_start(
    app_factory: OpenApp, people: dict[str, Actor], talk: Path
) -> None:
    before = set(threading.enumerate())
    first = app_factory()
    first.pool.run(time.sleep, "the one worker", 100)
    started = first.start_ingest(people["librarian"], talk, REQUEST)
    first.close()
    # A thread that waits for an answer of a reader which has ended would keep the process from ending.
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon:
            thread.join(5)
            assert not thread.is_alive(), thread.name
    second = app_factory()
    assert second.jobs.progress(started).status in {"queued", "running"}
    assert second.finish_interrupted() == 1
    assert second.jobs.progress(started).status == "done"
    assert count(second.db, source) == 1


def test_a_copy_that_no_job_names_is_cleared_away(
    app_factory: OpenApp, people: dict[str, Actor], talk: Path
) -> None:
    app = app_factory()
    left = app.settings.home / "incoming" / "in_0123456789abcdef"
    left.mkdir(parents=True)
    (left / "talk.vtt").write_text(TALK)
    started = app.start_ingest(people["librarian"], talk, REQUEST)
    assert not left.exists()
    assert app.jobs.wait(started)["already_known"] is False


def test_a_replacing_source_is_compared_with_what_rests_on_the_old_one(
    app_factory: OpenApp, people: dict[str, Actor], talk: Path, tmp_path: Path
) -> None:
    app = app_factory()
    [old] = app.add_sources(people["librarian"], [(talk, REQUEST)])
    assert isinstance(old, dict)
    newer = tmp_path / "newer.vtt"
    newer.write_text(TALK.replace("5 mg", "10 mg"))
    [new] = app.add_sources(
        people["librarian"], [(newer, replace(REQUEST, replaces=old["id"], approval=None))]
    )
    assert isinstance(new, dict)
    document = app.approve(people["librarian"], new["id"], YEAR)
    assert (document["source"]["status"], document["recalled"]) == ("approved", [])
    with app.db.read() as connection:
        cascades = connection.execute(select(job.c.arguments).where(job.c.kind == "cascade")).scalars().all()
    assert cascades == [{"cause": "source_superseded", "sources": [old["id"]]}]


def test_a_withdrawal_is_followed_by_its_cascade(
    app_factory: OpenApp, people: dict[str, Actor], talk: Path
) -> None:
    app = app_factory()
    [added] = app.add_sources(people["librarian"], [(talk, REQUEST)])
    assert isinstance(added, dict)
    document = app.withdraw(people["librarian"], added["id"], "The talk was retracted.")
    assert document["recalled"] == []
    assert [s["status"] for s in document["sources"]] == ["withdrawn"]


def test_a_job_that_was_queued_and_never_begun_is_taken_up(
    app_factory: OpenApp, people: dict[str, Actor], clock: FakeClock
) -> None:
    first = app_factory()
    with first.db.write() as tx:
        waiting = first.jobs.queue(
            tx, "cascade", {"cause": "source_withdrawn", "sources": []}, people["librarian"]
        )
    second = app_factory()
    assert second.finish_interrupted() == 0  # the process that queued it still shows signs of life
    clock.advance(seconds=61)
    assert second.finish_interrupted() == 1
    assert second.jobs.progress(waiting).status == "done"


def test_a_job_that_fails_unexpectedly_ends_with_a_typed_error(
    app_factory: OpenApp, people: dict[str, Actor]
) -> None:
    app = app_factory()
    broken = app.jobs.start("cascade", {"cause": "source_withdrawn"}, people["librarian"])
    with pytest.raises(JobFailed, match="KeyError"):
        app.jobs.wait(broken)
    assert app.jobs.progress(broken).status == "failed"


def test_two_processes_do_not_take_up_the_same_job(db: Database, people: dict[str, Actor]) -> None:
    with db.write() as tx:
        left = insert_job(tx, "cascade", {}, people["librarian"], "elsewhere:1:1:aa")
    with db.read() as connection:
        found = load_job(connection, left)
    with db.write() as tx:
        assert take_over(tx, found, "here:2:2:bb") is True
    with db.write() as tx:
        assert take_over(tx, found, "there:3:3:cc") is False
