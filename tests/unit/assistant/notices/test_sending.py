"""What goes out, and where it may go: over a real SMTP conversation and a real HTTP one, on this machine."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TypeVar

import pytest

from assistant.errors import InvalidInput
from assistant.notices.addresses import EgressOff, NotDelivered, Outside
from assistant.notices.mail import Mailer
from assistant.notices.model import FORMS, Form, Notice
from assistant.notices.recipients import EVENTS
from assistant.notices.webhook import Poster, payload, signature
from assistant.notices.wording import Said, words

S = TypeVar("S", bound=socketserver.TCPServer)
AT = datetime(2026, 6, 15, 10, tzinfo=UTC)
SAID = Said(
    Notice("notice_1", "user_1", "recalled", "piece.recalled", "piece_1", AT, read=False),
    "It was recalled.",
    "A title\r\nBcc: everybody@elsewhere.example",
    "/pieces/piece_1",
)
OUTSIDE = Outside(egress=False, hosts=frozenset({"127.0.0.1"}))


class Smtp(socketserver.StreamRequestHandler):
    """The least that a mail server says. Keeps what it took, or refuses."""

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            verb = line.strip().upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go\r\n")
                body = b""
                while (line := self.rfile.readline()) != b".\r\n":
                    body += line
                server.got.append(body)
            server.verbs.append(verb)
            refused = server.refusing and verb.startswith(b"MAIL")
            self.wfile.write(
                b"451 later\r\n" if refused else b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n"
            )
            if verb == b"QUIT":
                return


class Server(socketserver.TCPServer):
    def __init__(self, *, refusing: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), Smtp)
        self.refusing = refusing
        self.got: list[bytes] = []
        self.verbs: list[bytes] = []


class Hook(HTTPServer):
    def __init__(self, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = status
        self.got: list[tuple[dict[str, str], bytes]] = []


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Hook)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@contextmanager
def running(server: S) -> Iterator[S]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def mailer(port: int, outside: Outside = OUTSIDE) -> Mailer:
    return Mailer(
        f"smtp://127.0.0.1:{port}", "Ancrage <ancrage@pharma.example>", "https://a.example", outside
    )


def test_a_mail_says_what_happened_with_a_link_and_a_stable_id() -> None:
    with running(Server()) as server:
        mailer(server.server_address[1]).send("delivery_1", "ada@pharma.example", [SAID], "en")
    message = message_from_bytes(server.got[0], policy=policy.default)
    assert message["Subject"] == "Ancrage – A title Bcc: everybody@elsewhere.example: It was recalled."
    assert message["Message-ID"] == "<delivery_1@pharma.example>"
    assert (message["To"], message["Bcc"]) == ("ada@pharma.example", None)
    assert [v for v in server.verbs if v.startswith(b"RCPT")] == [b"RCPT TO:<ADA@PHARMA.EXAMPLE>"]
    assert "https://a.example/pieces/piece_1" in message.get_content()


def test_a_digest_is_one_mail_in_the_readers_language() -> None:
    with running(Server()) as server:
        mailer(server.server_address[1]).send("delivery_1", "ada@pharma.example", [SAID, SAID], "fr")
    message = message_from_bytes(server.got[0], policy=policy.default)
    assert message["Subject"] == "Ancrage – Vos notifications du jour (2)"
    assert message.get_content().count("/pieces/piece_1") == 2


def test_a_server_that_refuses_or_is_not_there_is_tried_again_later() -> None:
    with running(Server(refusing=True)) as server:
        port = server.server_address[1]
        with pytest.raises(NotDelivered):
            mailer(port).send("delivery_1", "ada@pharma.example", [SAID], "en")
    with pytest.raises(NotDelivered):
        mailer(port).send("delivery_1", "ada@pharma.example", [SAID], "en")


@pytest.mark.parametrize("url", ["smtp://mail.pharma.example", "smtps://203.0.113.7:465"])
def test_with_egress_off_no_other_machine_is_spoken_to(url: str) -> None:
    with pytest.raises(EgressOff, match="ANCRAGE_EGRESS is off"):
        Mailer(url, "a@b.example", "", OUTSIDE).send("k", "ada@pharma.example", [SAID], "en")


@pytest.mark.parametrize("url", ["mail.pharma.example", "http://localhost", "smtp://", "smtp://h:99999"])
def test_what_is_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        Mailer(url, "a@b.example", "", OUTSIDE).send("k", "ada@pharma.example", [SAID], "en")


@pytest.mark.parametrize("form", FORMS)
def test_a_channel_never_reads_a_title(form: Form) -> None:
    body = payload(form, "delivery_1", SAID, "en", "https://a.example").decode()
    assert "A title" not in body
    assert "https://a.example/pieces/piece_1" in body
    assert "recalled" in body


def test_a_generic_webhook_is_signed_over_its_time_and_body() -> None:
    with running(Hook()) as hook:
        poster = Poster("a secret", "https://a.example", OUTSIDE)
        poster.send("delivery_1", f"http://127.0.0.1:{hook.server_address[1]}/in?a=1", "json", SAID, "en")
    headers, body = hook.got[0]
    assert json.loads(body)["id"] == headers["Idempotency-Key"] == "delivery_1"
    assert headers["X-Ancrage-Signature"] == signature("a secret", headers["X-Ancrage-Timestamp"], body)
    assert (
        signature("a secret", headers["X-Ancrage-Timestamp"], body + b" ") != headers["X-Ancrage-Signature"]
    )


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_redirection_or_an_error_is_no_delivery_and_is_not_followed(status: int) -> None:
    with running(Hook(status)) as hook, pytest.raises(NotDelivered, match=str(status)):
        Poster("", "", OUTSIDE).send("k", f"http://127.0.0.1:{hook.server_address[1]}/", "slack", SAID, "en")
    assert len(hook.got) == 1


def seen_as(*addresses: str) -> Outside:
    return Outside(egress=True, hosts=frozenset({"hooks.example"}), resolve=lambda _h, _p: list(addresses))


@pytest.mark.parametrize(
    "inner",
    [
        "127.0.0.1",
        "10.0.0.7",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "fe80::1%eth0",
        "0.0.0.0",  # noqa: S104  an address to refuse
        "::ffff:10.0.0.1",
    ],
)
def test_a_listed_name_that_leads_inside_is_not_followed(inner: str) -> None:
    outside = seen_as("93.184.215.14", inner)
    with pytest.raises(InvalidInput, match="inner network"):
        outside.address_of(outside.require_webhook("https://hooks.example/x"))


def test_the_connection_goes_to_the_address_that_was_looked_at() -> None:
    outside = seen_as("93.184.215.14")
    assert outside.address_of(outside.require_webhook("https://hooks.example/x")) == ("93.184.215.14", 443)


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/x",
        "http://hooks.example/x",
        "https://hooks.example@elsewhere.example/x",
        "https://user:pw@hooks.example/x",
        "https://hooks.example.elsewhere.example/",
        "ftp://hooks.example/x",
        "file:///etc/passwd",
        "//hooks.example/x",
        "https://hooks.example:notaport/",
        "https://hooks.example/x\r\nHost: other",
        "https://[::1/",
    ],
)
def test_only_listed_hosts_are_posted_to(address: str) -> None:
    with pytest.raises(InvalidInput):
        seen_as("93.184.215.14").require_webhook(address)


def test_with_egress_off_a_listed_host_is_refused_and_said() -> None:
    outside = Outside(egress=False, hosts=frozenset({"hooks.example"}))
    with pytest.raises(EgressOff, match=r"hooks\.example"):
        outside.require_webhook("https://hooks.example/x")


def test_every_act_that_is_told_has_its_words_in_both_languages() -> None:
    for action in EVENTS:
        assert words(action, "en") != words(action, "fr")
