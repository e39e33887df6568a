"""`ancrage serve` says that it is ready, and is: whoever comes at that word is not refused."""

import socket
from contextlib import closing
from io import StringIO
from pathlib import Path

from api.cli.io import Io
from api.cli.serve import serve
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


def test_who_comes_at_the_word_ready_is_let_in(tmp_path: Path) -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    caller = Caller(port)
    settings = Settings(home=tmp_path, database_url=sqlite_url(tmp_path), egress=False, workers=1)

    code = serve(settings, "127.0.0.1", port, "web", Io(StringIO(), caller, tmp_path, None, lambda: ""))

    assert (code, caller.was_let_in) == (0, True)
    assert caller.getvalue() == "Stopped.\n"
