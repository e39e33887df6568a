"""Bytes that are no text, and faults of a server: a plain refusal, never a stack trace."""

import io as streams
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from api.cli import main
from api.cli.forward import CommandServer, forward
from api.cli.io import Io, ask_password
from api.cli.parser import parse
from assistant.errors import InvalidInput

NOT_TEXT = b"\xff".decode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    "words",
    [
        ["search", NOT_TEXT, "--product", "P", "--market", "EU"],
        ["search", "dose", "--product", NOT_TEXT, "--market", "EU"],
        ["user", "list", "--as", NOT_TEXT],
        ["source", "withdraw", "source_1", "--reason", NOT_TEXT],
        ["ask", NOT_TEXT, "--product", "P", "--market", "EU"],
        ["source", "add", f"{NOT_TEXT}.pdf", "--product", "P", "--kind", "label", "--market", "EU"],
    ],
)
def test_words_that_are_no_text_are_refused(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["ancrage", *words, "--json"])
    assert main() == 1
    refusal = json.loads(capsys.readouterr().out)["error"]
    assert refusal["code"] == "invalid_input"
    assert "\\udcff" in refusal["message"]


def test_an_acting_person_whose_name_is_no_text_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["ancrage", "user", "list"])
    monkeypatch.setenv("ANCRAGE_USER", NOT_TEXT)
    assert main() == 1
    assert "not UTF-8 text" in capsys.readouterr().err


@pytest.mark.parametrize("errors", ["strict", "surrogateescape"])
def test_a_password_that_is_no_text_is_refused_and_not_shown(errors: str) -> None:
    stdin = streams.TextIOWrapper(streams.BytesIO(b"secret \xff words\n"), encoding="utf-8", errors=errors)
    with pytest.raises(InvalidInput) as refused:
        ask_password(from_stdin=True, stdin=stdin)
    assert "secret" not in refused.value.message


def broken(argv: Sequence[str], io: Io) -> int:
    raise RuntimeError(f"a fault in {' '.join(argv)} for {io.user}")


@pytest.mark.enable_socket
@pytest.mark.parametrize("as_json", [False, True])
def test_a_fault_in_a_server_is_told_and_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, *, as_json: bool
) -> None:
    running = CommandServer(tmp_path, broken)
    running.start("http://127.0.0.1:1")
    io = Io(streams.StringIO(), streams.StringIO(), tmp_path, "ada", lambda: "")
    words = ["user", "list", *(["--json"] if as_json else [])]
    with caplog.at_level(logging.ERROR):
        assert forward(tmp_path, parse(words), words, io) == 1
    running.stop()
    assert "a fault in user list" in caplog.text
    told = (io.out if as_json else io.err).getvalue()  # type: ignore[attr-defined]
    assert "a fault of its own" in told
    assert "RuntimeError" not in told


@pytest.mark.enable_socket
def test_a_forwarded_word_that_is_no_text_is_refused(tmp_path: Path) -> None:
    running = CommandServer(tmp_path, broken)
    running.start("http://127.0.0.1:1")
    io = Io(streams.StringIO(), streams.StringIO(), tmp_path, "ada", lambda: "")
    words = ["search", NOT_TEXT, "--product", "P", "--market", "EU"]
    assert forward(tmp_path, parse(words), words, io) == 1
    running.stop()
    assert "not UTF-8 text" in io.err.getvalue()  # type: ignore[attr-defined]
