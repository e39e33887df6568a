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


LOGIN = {"ANCRAGE_OIDC_ISSUER": "https://login.house.example/tenant", "ANCRAGE_OIDC_CLIENT_ID": "ancrage"}


def test_the_company_login_and_no_passphrases() -> None:
    settings = Settings.from_environment(
        {**LOGIN, "ANCRAGE_PASSWORDS": "off", "ANCRAGE_OIDC_CLIENT_SECRET": "s3cret"}
    )
    assert (settings.oidc_issuer, settings.passwords, settings.oidc_by_email) == (
        "https://login.house.example/tenant",
        False,
        False,
    )
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    "given",
    [
        {"ANCRAGE_PASSWORDS": "off"},
        {"ANCRAGE_OIDC_ISSUER": "https://login.house.example"},
        {**LOGIN, "ANCRAGE_OIDC_ISSUER": "http://login.house.example"},
        {**LOGIN, "ANCRAGE_OIDC_ISSUER": "http://localhost.evil.example"},
        {**LOGIN, "ANCRAGE_OIDC_ISSUER": "https://login.house.example/?tenant=1"},
        {**LOGIN, "ANCRAGE_OIDC_ISSUER": "https://user@login.house.example"},
        {**LOGIN, "ANCRAGE_OIDC_ISSUER": "https://"},
        {**LOGIN, "ANCRAGE_OIDC_BY_EMAIL": "maybe"},
    ],
)
def test_a_login_that_cannot_be_is_refused_at_the_start(given: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        Settings.from_environment(given)


@pytest.mark.parametrize(
    "issuer", ["http://localhost:8080/realms/a", "http://127.0.0.1:9", "http://[::1]:9/a"]
)
def test_a_login_on_this_machine_may_go_without_https(issuer: str) -> None:
    assert Settings.from_environment({**LOGIN, "ANCRAGE_OIDC_ISSUER": issuer}).oidc_issuer == issuer


def test_the_judge_is_the_embedded_one_unless_the_model_is_named() -> None:
    assert Settings.from_environment({}).judge == "signals"
    assert Settings.from_environment({"ANCRAGE_JUDGE": "OpenAI"}).judge == "openai"
    with pytest.raises(InvalidInput, match="ANCRAGE_JUDGE"):
        Settings.from_environment({"ANCRAGE_JUDGE": "oracle"})


def test_what_was_copied_with_its_line_end_is_taken_without_it_and_no_key_is_shown() -> None:
    read = Settings.from_environment(
        {
            "ANCRAGE_OPENAI_API_KEY": "a-secret\n",
            "ANCRAGE_OPENAI_BASE_URL": " http://127.0.0.1:1/v1 ",
            "ANCRAGE_OPENAI_MODEL": "m\n",
        }
    )
    assert (read.openai_api_key, read.openai_base_url, read.openai_model) == (
        "a-secret",
        "http://127.0.0.1:1/v1",
        "m",
    )
    assert "a-secret" not in repr(read)
