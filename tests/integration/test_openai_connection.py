"""The real connection against a server that misbehaves: each fault ends in its own typed error, and in time."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from assistant.engines.endpoint import endpoint
from assistant.engines.model_errors import ModelError
from assistant.engines.openai_chat import LangchainChat
from assistant.engines.openai_judge import openai_judge
from assistant.settings import Settings
from eval.hostile.server import Liar, Script, running
from prompts.contracts import KeyMoments

PROMPT = (
    "Task: statements on Velmora.\n<<<PASSAGE P1 | Label | 4.2 Posology\n"
    "The recommended starting dose of Velmora is 10 mg once daily in adults.\nPASSAGE P1>>>\n"
)
pytestmark = pytest.mark.enable_socket


class Purse:
    """Keeps what was reserved and spent."""

    def __init__(self) -> None:
        self.reserved = self.spent = 0

    def reserve(self, tokens: int) -> str:
        self.reserved += tokens
        return "2026-06-15"

    def settle(self, day: str, reserved: int, spent: int) -> None:
        del day
        self.reserved -= reserved
        self.spent += spent


def settings_for(address: str, **changes: Any) -> Settings:
    plain = Settings(
        home=Path("/nowhere"),
        database_url="sqlite://",
        egress=False,
        openai_base_url=address,
        openai_model="liar",
        openai_seconds=1.0,
        openai_longest=1.5,
    )
    return replace(plain, **changes)


def ask(address: str, waits: list[float] | None = None, purse: Purse | None = None, **changes: Any) -> str:
    waited = waits if waits is not None else []
    with closing(LangchainChat(settings_for(address, **changes), purse or Purse(), waited.append)) as chat:
        return chat.ask(KeyMoments, "Write in English.", PROMPT, lambda _doing, _tokens: None)


@contextmanager
def faulty(*faults: str) -> Iterator[tuple[Liar, str]]:
    with running(Script(sins=(), faults=faults, fault_share=1.0)) as found:
        yield found


def test_a_good_answer_comes_whole_and_is_counted() -> None:
    purse = Purse()
    with running(Script(sins=())) as (liar, address):
        text = ask(address, purse=purse)
    assert "10 mg once daily" in text
    assert liar.log[0].structured == "json_schema"
    assert (purse.reserved, purse.spent > 100) == (0, True)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("refusal", "model_refused"),
        ("length", "model_length"),
        ("context", "model_length"),
        ("content_filter", "model_filtered"),
        ("filtered_request", "model_filtered"),
        ("slow_drip", "model_timeout"),
        ("silence", "model_timeout"),
        ("disconnect", "model_failing"),
        ("empty_choices", "model_empty"),
        ("html_page", "model_error"),
        ("html_error", "model_failing"),
        ("broken_stream", "model_malformed"),
        ("unknown_model", "model_unknown"),
        ("rejected_key", "model_key"),
    ],
)
def test_each_fault_has_its_own_error_in_time(fault: str, code: str) -> None:
    begun = time.monotonic()
    with faulty(fault) as (_, address), pytest.raises(ModelError) as failed:
        ask(address)
    assert failed.value.code == code
    assert failed.value.help
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("fault", ["busy_then_good", "fault_then_good"])
def test_what_passes_is_tried_again(fault: str) -> None:
    waits: list[float] = []
    with faulty(fault) as (liar, address):
        assert "10 mg" in ask(address, waits)
    assert len(liar.log) == 2
    assert waits == ([0.05] if fault == "busy_then_good" else [1.0])


def test_what_does_not_pass_is_given_up_after_four_tries_with_growing_waits() -> None:
    waits: list[float] = []
    with faulty("html_error") as (liar, address):
        with pytest.raises(ModelError):
            ask(address, waits)
        told_until = time.monotonic() + 5
        while len(liar.log) < 4 and time.monotonic() < told_until:
            time.sleep(0.01)  # the server notes an answer once it is sent
    assert len(liar.log) == 4
    assert waits == [1.0, 2.0, 4.0]


def test_a_server_without_json_schema_is_asked_in_a_plainer_format() -> None:
    with faulty("no_json_schema") as (liar, address):
        assert "10 mg" in ask(address)
    assert [entry.structured for entry in liar.log] == ["json_schema", "json_object"]
    assert liar.log[1].contract == "KeyMoments"  # the schema went into the prompt


def test_a_model_that_takes_no_temperature_is_asked_without_it() -> None:
    with faulty("no_temperature") as (liar, address):
        assert "10 mg" in ask(address)
    assert [entry.structured for entry in liar.log] == ["json_schema", "json_schema"]


def test_progress_is_told_while_the_answer_comes() -> None:
    told: list[tuple[str, int]] = []
    with (
        running(Script(sins=())) as (_, address),
        closing(LangchainChat(settings_for(address), Purse())) as chat,
    ):
        chat.ask(KeyMoments, "Write in English.", PROMPT, lambda doing, tokens: told.append((doing, tokens)))
    assert told
    assert told[0][0] == "writing"


def test_a_model_judges_claims_over_the_same_connection() -> None:
    with running(Script(sins=(), seed=3)) as (liar, address):
        judge = openai_judge(settings_for(address, judge_votes=5), Purse())
        carried = judge.judge("Velmora is taken once daily.", "en", [("Velmora is taken once daily.", "en")])
    assert len(carried.votes) == len(liar.log) == 5
    assert carried.score is not None
    assert {entry.contract for entry in liar.log} == {"Judgement"}


def test_a_judge_whose_endpoint_fails_says_that_it_did_not_score() -> None:
    with faulty("rejected_key") as (_, address):
        judge = openai_judge(settings_for(address), Purse())
        found = judge.judge("Velmora is taken once daily.", "en", [("Velmora.", "en")])
    assert (found.scored, found.why) == (False, "model_key")


def test_azure_is_asked_by_deployment_and_version() -> None:
    seen: list[str] = []

    class Watching(Liar):
        def reply(self, body: dict[str, Any], wire: Any) -> None:
            seen.append(wire._handler.path)
            super().reply(body, wire)

    with running(Script(sins=()), liar=Watching(Script(sins=()))) as (_, address):
        ask(
            address.removesuffix("/v1"),
            openai_api_version="2024-10-21",
            openai_deployment="house",
            openai_api_key="k",
        )
    assert seen == ["/openai/deployments/house/chat/completions?api-version=2024-10-21"]


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ModelError, match="nothing listens") as failed:
        ask(f"http://127.0.0.1:{port}/v1")
    assert failed.value.code == "model_unreachable"


def test_a_name_that_nobody_knows_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ModelError, match="name is not known"):
        ask("http://model.invalid/v1", egress=True)


def test_a_redirection_to_another_host_is_not_followed() -> None:
    asked: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_response(307)
            self.send_header("Location", "http://model.invalid/v1/chat/completions")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    with serving(Elsewhere) as port, pytest.raises(ModelError):
        ask(f"http://127.0.0.1:{port}/v1")
    assert len(asked) == 1


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], context: ssl.SSLContext | None = None) -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def test_a_plain_server_behind_an_https_address_is_named_as_a_certificate_s_fault() -> None:
    class Plain(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Nothing."""

    with serving(Plain) as port, pytest.raises(ModelError) as failed:
        ask(f"https://127.0.0.1:{port}/v1")
    assert failed.value.code == "model_certificate"


@pytest.fixture
def house() -> trustme.CA:
    """Signs certificates that no machine trusts."""
    return trustme.CA(organization_name="A house of its own")


@pytest.mark.parametrize("name", ["127.0.0.1", "another.example"])
def test_a_certificate_that_is_not_trusted_is_its_own_error_and_nothing_is_sent(
    house: trustme.CA, name: str
) -> None:
    asked: list[str] = []
    with serving_tls(house, name, asked) as port, pytest.raises(ModelError) as failed:
        ask(f"https://127.0.0.1:{port}/v1", openai_api_key="a key")
    assert (failed.value.code, failed.value.retry) == ("model_certificate", False)
    assert "SSL_CERT_FILE" in failed.value.help
    assert asked == []


def test_a_certificate_of_the_house_is_trusted_where_its_file_is_named(
    house: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.cert_pem.write_to_path(str(tmp_path / "house.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "house.pem"))
    asked: list[str] = []
    with serving_tls(house, "127.0.0.1", asked) as port, pytest.raises(ModelError) as failed:
        ask(f"https://127.0.0.1:{port}/v1")
    assert (failed.value.code, len(asked)) == ("model_key", 1)  # it was asked, and answered


@contextmanager
def serving_tls(house: trustme.CA, name: str, asked: list[str]) -> Iterator[int]:
    """A server that knows nobody's key, behind the house's certificate for the name."""

    class Closed(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_response(401)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    house.issue_cert(name).configure_cert(context)
    with serving(Closed, context) as port:
        yield port


def test_the_address_is_known_before_anything_is_opened() -> None:
    assert endpoint(settings_for("http://127.0.0.1:9/v1")) == "http://127.0.0.1:9/v1"
    assert endpoint(settings_for("", egress=True)) == "https://api.openai.com/v1"
