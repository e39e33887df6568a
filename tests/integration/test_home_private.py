"""What a home holds is its owner's alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.bootstrap import App, open_app
from assistant.people.accounts import add_user
from assistant.settings import Settings, sqlite_url

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    home = tmp_path / "home"
    opened = open_app(Settings(home=home, database_url=sqlite_url(home), egress=False, workers=1))
    add_user(opened.db, None, "root", ["admin"], "a passphrase for the tests")
    yield opened
    opened.close()


def test_nobody_else_enters_a_home_or_reads_its_files(app: App) -> None:
    assert app.settings.home.stat().st_mode & 0o777 == 0o700
    files = [file for file in app.settings.home.iterdir() if file.is_file()]
    assert {"ancrage.sqlite", "audit-heads.log"} <= {file.name for file in files}
    assert [file.name for file in files if file.stat().st_mode & 0o077] == []


def test_nothing_heavy_is_made_to_see_that_nothing_was_left_undone(app: App) -> None:
    assert app.finish_interrupted() == 0
    assert "_jobs" not in vars(app)
    assert "_embedder" not in vars(app)
