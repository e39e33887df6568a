"""`ancrage doctor --ask-model`: what an administrator reads of the model's endpoint, and that nothing is asked unasked."""

import io as streams
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.cli.examining import show_doctor
from api.cli.io import Io
from api.cli.parser import parse
from eval.hostile.server import Liar, Script, running

if TYPE_CHECKING:
    from assistant.bootstrap import App

pytestmark = pytest.mark.enable_socket
OpenApp = Callable[..., "App"]


@contextmanager
def endpoint(*faults: str) -> Iterator[tuple[Liar, dict[str, Any]]]:
    """One that answers well, or meets each request with one of the faults; with the settings that name it."""
    with running(Script(sins=(), faults=faults, fault_share=1.0)) as (liar, address):
        yield (
            liar,
            {
                "openai_base_url": address,
                "openai_model": "liar",
                "openai_seconds": 1.0,
                "openai_longest": 1.5,
            },
        )


def doctor(app: "App", *words: str) -> tuple[int, str]:
    out = streams.StringIO()
    io = Io(out, streams.StringIO(), Path.cwd(), None, lambda: "")
    return show_doctor(app, parse(["doctor", *words]), io), out.getvalue()


def test_nothing_is_asked_unasked(app_factory: OpenApp) -> None:
    with endpoint() as (liar, settings):
        code, said = doctor(app_factory(**settings), "--json")
    assert (code, liar.log) == (0, [])
    assert "model_asked" not in json.loads(said)["doctor"]


def test_a_model_that_answers_is_told_with_what_it_took(app_factory: OpenApp) -> None:
    with endpoint() as (liar, settings):
        code, said = doctor(app_factory(**settings), "--json", "--ask-model")
    found = json.loads(said)["doctor"]
    assert (code, len(liar.log), found["model_asked"]["ok"]) == (0, 1, True)
    took = found["model_asked"]["usage"]
    assert found["openai_tokens_today"].startswith(str(took["input_tokens"] + took["output_tokens"]))


@pytest.mark.parametrize(
    ("fault", "code", "does"),
    [
        ("rejected_key", "model_key", "ANCRAGE_OPENAI_API_KEY"),
        ("unknown_model", "model_unknown", "ANCRAGE_OPENAI_MODEL"),
        ("html_page", "model_error", "ANCRAGE_OPENAI_BASE_URL"),
        ("silence", "model_timeout", "ANCRAGE_OPENAI_SECONDS"),
        ("prose", "model_malformed", "structured output"),
        ("html_error", "model_failing", "again"),
    ],
)
def test_each_failure_says_what_to_do(app_factory: OpenApp, fault: str, code: str, does: str) -> None:
    with endpoint(fault) as (_, settings):
        app = app_factory(**settings)
        ended, said = doctor(app, "--json", "--ask-model")
        _, words = doctor(app, "--ask-model")
    error = json.loads(said)["doctor"]["model_asked"]["error"]
    assert (ended, error["code"]) == (1, code)
    assert does in error["help"]
    assert error["message"] in words
    assert error["help"] in words


def test_what_can_be_said_before_is_said_and_nothing_is_opened(app_factory: OpenApp) -> None:
    def asked(**settings: object) -> str:
        ended, said = doctor(app_factory(**settings), "--json", "--ask-model")
        assert ended == 1
        return str(json.loads(said)["doctor"]["model_asked"]["error"]["code"])

    assert asked() == "invalid_input"
    assert asked(openai_base_url="https://models.example/v1", openai_model="m") == "egress_off"
    with endpoint() as (liar, settings):
        assert asked(**settings, openai_tokens_per_day=10) == "budget_spent"
    assert liar.log == []
