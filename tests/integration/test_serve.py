"""`ancrage serve` says that it is ready, and is: whoever comes at that word is not refused."""

import os
import signal
import socket
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from api.cli.io import Io
from api.cli.parser import parse
from api.cli.serve import serve
from assistant.errors import Busy, InvalidInput
from assistant.settings import Settings, sqlite_url


class Caller(StringIO):
    """Connects the moment the server says that it is ready, then stops it as Ctrl-C does."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port
        self.was_let_in = False

    def write(self, said: str) -> int:
        if "is ready on" in said:
            with closing(socket.create_connection(("127.0.0.1", self.port), timeout=5)):
                self.was_let_in = True
            raise KeyboardInterrupt
        return super().write(said)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve_on(home: Path, host: str, port: int, heard: StringIO) -> int:
    settings = Settings(home=home, database_url=sqlite_url(home), egress=False, workers=1)
    return serve(settings, host, port, "web", Io(StringIO(), heard, home, None, lambda: ""))


def test_who_comes_at_the_word_ready_is_let_in(tmp_path: Path) -> None:
    port = free_port()
    caller = Caller(port)

    code = serve_on(tmp_path, "127.0.0.1", port, caller)

    assert (code, caller.was_let_in) == (0, True)
    assert caller.getvalue() == "Stopped.\n"


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Busy, match="is taken"):
            serve_on(tmp_path, "127.0.0.1", int(other.getsockname()[1]), StringIO())


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "2001:db8::1"])
def test_an_address_of_another_machine_is_no_taken_port(tmp_path: Path, host: str) -> None:
    """It was told as a taken port, which another --port does not mend."""
    with pytest.raises(InvalidInput, match="no address of this machine"):
        serve_on(tmp_path, host, 8399, StringIO())


@pytest.mark.parametrize("port", ["99999", "0", "-1", "http"])
def test_what_is_no_port_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["serve", f"--port={port}"])
    assert ended.value.code == 2
    assert "--port" in capsys.readouterr().err


class Terminator(Caller):
    """Stops the server as a service manager does, once it is ready."""

    def write(self, said: str) -> int:
        if "is ready on" in said:
            os.kill(os.getpid(), signal.SIGTERM)
        return StringIO.write(self, said)


def test_a_service_manager_stops_it_as_ctrl_c_does(tmp_path: Path) -> None:
    """SIGTERM ended the process with its note and its workers left behind."""
    before = signal.getsignal(signal.SIGTERM)
    heard = Terminator(0)
    try:
        assert serve_on(tmp_path, "127.0.0.1", free_port(), heard) == 0
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard.getvalue().endswith("Stopped.\n")
    assert not (tmp_path / "server.json").exists()
