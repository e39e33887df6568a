"""A command that finds a server on its home is run by that server: one process owns the database and the index.

They speak over a Unix socket that only the owner of the home can open, in JSON lines:
the request {"argv", "cwd", "user", "password"}, then any number of {"out"} and {"err"}, then {"exit"}.
"""

import io as streams
import json
import logging
import os
import socket
import socketserver
import tempfile
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from api.cli.io import Io, refuse, require_text
from assistant.errors import Busy, InvalidInput
from ingestion.errors import AncrageError

_log = logging.getLogger(__name__)
_WITH_PASSWORD = {
    ("user", "add"),
    ("user", "passphrase"),
    ("user", "confirm-login"),
    ("user", "reject-login"),
    ("policy", "adopt"),
    ("review", "approve"),
    ("release", "certify"),
    ("confirmation", "sign"),
}
LONGEST_SOCKET_PATH = 100
"""The system's limit is 108 bytes; a deeper home has its socket in a private temporary folder."""


class CommandFailed(AncrageError):
    """A forwarded command met a fault that nobody foresaw."""

    code = "unexpected"
    retry = True
    http_status = 500


def forward(home: Path, arguments: Namespace, argv: Sequence[str], io: Io) -> int:
    """Send the command to the server on `home` and show what it says. Returns its exit code.

    Raises Busy where the server does not answer.
    """
    request = {
        "argv": list(argv),
        "cwd": str(io.cwd),
        "user": io.user,
        "interactive": io.interactive,
        "password": _passwords(io, arguments),
    }
    connection = _connect(home)
    with connection, connection.makefile("rw", encoding="utf-8") as talk:
        talk.write(json.dumps(request) + "\n")
        talk.flush()
        for line in talk:
            said: dict[str, Any] = json.loads(line)
            if "exit" in said:
                return int(said["exit"])
            stream = io.out if "out" in said else io.err
            stream.write(said.get("out") or said.get("err") or "")
            stream.flush()
    raise Busy(
        "The server stopped before it answered.",
        help="See whether the command took effect (list or show), then try again if it did not.",
    )


def wants_password(arguments: Namespace) -> bool:
    """Whether this command will ask for a password: it is asked where the person sits."""
    action = getattr(arguments, "action", "")
    if getattr(arguments, "without_passphrase", False):
        return False
    return (arguments.command, action) in _WITH_PASSWORD


def _passwords(io: Io, arguments: Namespace) -> str | None:
    """What the command will ask for, as lines: who changes a passphrase gives the old one and the new one."""
    if not wants_password(arguments):
        return None
    changes = getattr(arguments, "action", "") == "passphrase"
    return "\n".join(io.password() for _ in range(2 if changes else 1))


def is_alive(home: Path) -> bool:
    """Whether a server answers on this home; a note left by a killed one does not count."""
    try:
        address = json.loads((home / "server.json").read_text(encoding="utf-8"))["socket"]
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(address)
    except (OSError, ValueError, KeyError):
        return False
    return True


def _connect(home: Path) -> socket.socket:
    for _ in range(40):
        try:
            address = json.loads((home / "server.json").read_text(encoding="utf-8"))["socket"]
            connection = socket.socket(socket.AF_UNIX)
            connection.connect(address)
        except (OSError, ValueError, KeyError):
            # The server is starting or stopping: its note comes or goes within moments.
            time.sleep(0.25)
        else:
            return connection
    raise Busy(
        "The server on this home does not answer.",
        help="Look at its log; stop it if it hangs, then try again.",
    )


class _Speaker(streams.TextIOBase):
    """A stream that sends what is written to it as JSON lines."""

    def __init__(self, talk: IO[str], key: str, lock: threading.Lock) -> None:
        self._talk, self._key, self._lock = talk, key, lock

    def write(self, text: str) -> int:
        _say(self._talk, self._lock, self._key, text)
        return len(text)

    def writable(self) -> bool:
        return True


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class CommandServer:
    """Runs forwarded commands inside the process that owns the home."""

    def __init__(self, home: Path, run: Callable[[Sequence[str], Io], int]) -> None:
        """`run` takes the typed words and the ends of the command, and returns the exit code."""
        self._note = home / "server.json"
        self._folder = home / "run"
        if len(str(self._folder / "cli.sock").encode()) > LONGEST_SOCKET_PATH:
            self._folder = Path(tempfile.mkdtemp(prefix="ancrage-"))
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._folder.chmod(0o700)
        self._socket = self._folder / "cli.sock"
        self._run = run
        self._server: _Server | None = None

    def start(self, web: str) -> None:
        """Listen, and leave a note in the home for other commands; `web` is the address of the pages."""
        self._socket.unlink(missing_ok=True)
        run = self._run

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                _answer(self.connection, run)

        self._server = _Server(str(self._socket), Handler)
        self._socket.chmod(0o600)
        threading.Thread(target=self._server.serve_forever, name="commands", daemon=True).start()
        note = {"socket": str(self._socket), "web": web, "pid": os.getpid()}
        temporary = self._note.with_suffix(".new")
        temporary.write_text(json.dumps(note), encoding="utf-8")
        temporary.replace(self._note)

    def stop(self) -> None:
        """Stop listening and take the note away."""
        self._note.unlink(missing_ok=True)
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        self._socket.unlink(missing_ok=True)


def _answer(connection: socket.socket, run: Callable[[Sequence[str], Io], int]) -> None:
    try:
        with (
            connection.makefile("r", encoding="utf-8") as listen,
            connection.makefile("w", encoding="utf-8") as talk,
        ):
            asked = listen.readline()
            if not asked:  # somebody only looked whether a server answers
                return
            lock = threading.Lock()
            code = _answer_one(asked, talk, lock, run)
            _say(talk, lock, "exit", code)
    except ConnectionError:  # also what is left to send when the connection is closed
        _log.info("Who sent a command did not wait for its answer")


def _answer_one(
    asked: str, talk: IO[str], lock: threading.Lock, run: Callable[[Sequence[str], Io], int]
) -> int:
    """Run one command and return its exit code, whatever happens to it."""
    as_json = False
    io = Io(
        out=_Speaker(talk, "out", lock),  # type: ignore[arg-type]  # writes are all that a command does
        err=_Speaker(talk, "err", lock),  # type: ignore[arg-type]
        cwd=Path(),
        user=None,
        password=lambda: _given(None),
    )
    try:
        request: dict[str, Any] = json.loads(asked)
        argv = [str(word) for word in request["argv"]]
        as_json = "--json" in argv
        require_text([*argv, request["user"]])
        io = replace(
            io,
            cwd=Path(request["cwd"]),
            user=request["user"],
            password=lambda: _given(request["password"]),
            interactive=bool(request.get("interactive")),
        )
        return run(argv, io)
    except AncrageError as error:
        return refuse(error, io, as_json=as_json)
    except ConnectionError:
        raise
    except SystemExit as wrong_usage:  # the parser's own
        return int(wrong_usage.code or 0)
    except Exception:  # noqa: BLE001  the edge: whoever sent the command is told, the log has the rest
        _log.exception("A forwarded command failed")
        fault = CommandFailed(
            "The server met a fault of its own; its log says which.",
            help="See whether the command took effect (list or show), then try again.",
        )
        return refuse(fault, io, as_json=as_json)


def _say(talk: IO[str], lock: threading.Lock, key: str, value: str | int) -> None:
    with lock:
        talk.write(json.dumps({key: value}) + "\n")
        talk.flush()


def _given(password: str | None) -> str:
    if password is None:
        raise InvalidInput("A password is needed.", help="Give it on standard input with --password-stdin.")
    return password
