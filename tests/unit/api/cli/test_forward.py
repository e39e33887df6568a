import contextlib
import io as streams
import json
import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from api.cli.forward import CommandServer, forward, is_alive
from api.cli.io import Io
from api.cli.parser import parse


def ends(cwd: Path, password: str = "") -> Io:
    return Io(streams.StringIO(), streams.StringIO(), cwd, "ada", lambda: password)


def answering(argv: Sequence[str], io: Io) -> int:
    io.out.write(f"{io.user} in {io.cwd.name} said {' '.join(argv)}")
    if parse(argv).password_stdin:
        io.out.write(" with " + io.password())
    io.say("working")
    return 1


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Path]:
    running = CommandServer(tmp_path, answering)
    running.start("http://127.0.0.1:1")
    yield tmp_path
    running.stop()


def test_a_forwarded_command_answers_as_if_it_ran_here(server: Path) -> None:
    io = ends(server)
    words = ["user", "list"]
    assert forward(server, parse(words), words, io) == 1
    assert io.out.getvalue() == f"ada in {server.name} said user list"  # type: ignore[attr-defined]
    assert io.err.getvalue() == "working\n"  # type: ignore[attr-defined]


def test_a_password_is_asked_where_the_person_sits_and_travels_along(server: Path) -> None:
    io = ends(server, "correct horse battery")
    words = ["review", "approve", "task_1", "--password-stdin"]
    forward(server, parse(words), words, io)
    assert io.out.getvalue().endswith("with correct horse battery")  # type: ignore[attr-defined]


def test_only_the_owner_of_the_home_may_open_the_socket(server: Path) -> None:
    assert (server / "run" / "cli.sock").stat().st_mode & 0o077 == 0
    assert (server / "run").stat().st_mode & 0o077 == 0


def test_a_server_that_stopped_leaves_nothing_behind(tmp_path: Path) -> None:
    running = CommandServer(tmp_path, answering)
    running.start("http://127.0.0.1:1")
    assert is_alive(tmp_path)
    running.stop()
    assert not is_alive(tmp_path)
    assert not (tmp_path / "server.json").exists()


def test_who_does_not_wait_for_an_answer_leaves_no_fault_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left, ended = threading.Event(), threading.Event()

    def slow(argv: Sequence[str], io: Io) -> int:
        del argv
        left.wait(10)
        with contextlib.suppress(ConnectionError):
            io.out.write("nobody reads this")
        ended.set()
        return 0

    running = CommandServer(tmp_path, slow)
    running.start("http://127.0.0.1:1")
    with socket.socket(socket.AF_UNIX) as gone:
        gone.connect(str(tmp_path / "run" / "cli.sock"))
        gone.sendall(json.dumps({"argv": [], "cwd": "/", "user": "ada", "password": ""}).encode() + b"\n")
    left.set()
    assert ended.wait(10)
    running.stop()
    assert "Traceback" not in capsys.readouterr().err


def test_a_note_of_a_killed_server_does_not_count_as_one(tmp_path: Path) -> None:
    (tmp_path / "server.json").write_text('{"socket": "/nowhere/cli.sock"}')
    assert not is_alive(tmp_path)


def test_a_home_too_deep_for_a_socket_is_served_all_the_same(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    running = CommandServer(deep, answering)
    running.start("http://127.0.0.1:1")
    io = ends(tmp_path)
    assert forward(deep, parse(["user", "list"]), ["user", "list"], io) == 1
    running.stop()
