from pathlib import Path

import pytest

from assistant.errors import InvalidInput
from assistant.settings import Settings, failpoint_of


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = Settings.from_environment({})
    assert settings.home == Path.home() / ".ancrage"
    assert settings.database_url == f"sqlite:///{settings.home}/ancrage.sqlite"
    assert settings.egress is True
    assert 1 <= settings.workers <= 4


def test_a_home_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.from_environment({"ANCRAGE_HOME": "here"}).home == tmp_path / "here"
    assert Settings.from_environment({"ANCRAGE_HOME": "~/there"}).home == Path.home() / "there"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_is_understood(scheme: str) -> None:
    settings = Settings.from_environment({"ANCRAGE_DATABASE_URL": f"{scheme}://u:p@h/d"})
    assert settings.database_url == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize("value", ["off", "OFF", "0", "no", "false"])
def test_egress_can_be_switched_off(value: str) -> None:
    assert Settings.from_environment({"ANCRAGE_EGRESS": value}).egress is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANCRAGE_EGRESS", "maybe"),
        ("ANCRAGE_OCR", "perhaps"),
        ("ANCRAGE_WORKERS", "0"),
        ("ANCRAGE_WORKERS", "many"),
        ("ANCRAGE_DATABASE_URL", "mysql://h/d"),
        ("ANCRAGE_DATABASE_URL", "ancrage.db"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(InvalidInput, match=name):
        Settings.from_environment({name: value})


def test_a_password_in_a_database_url_is_not_told() -> None:
    with pytest.raises(InvalidInput) as refused:
        Settings.from_environment({"ANCRAGE_DATABASE_URL": "mysql://user:hunter2@h/d"})
    assert "hunter2" not in refused.value.message + refused.value.help


@pytest.mark.parametrize("value", ["name", "name:", "name:0", ":1", "name:x"])
def test_a_failpoint_names_its_point_and_how_often(value: str) -> None:
    with pytest.raises(InvalidInput):
        failpoint_of(Settings.from_environment({"ANCRAGE_FAILPOINT": value}))


def test_another_point_does_not_kill() -> None:
    failpoint_of(Settings.from_environment({"ANCRAGE_FAILPOINT": "audit:thing.done:1"}))("audit:other.done")
