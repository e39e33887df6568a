"""The HTTP server of the model that lies, on this machine alone, with a log of what it lied about."""

import contextlib
import json
import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.engines.tokens import tokens
from eval.hostile.answers import Asking, answer
from eval.hostile.asked import Asked, compact, read_request
from eval.hostile.faults import FAULTS, ONCE, Wire
from eval.hostile.judging import judgement
from eval.hostile.ordering import ranking
from eval.hostile.sins import LIES, Told

EVERY_LIE = (*LIES, "wrong_key")


@dataclass(frozen=True, slots=True)
class Script:
    """How badly it behaves."""

    sins: tuple[str, ...] = EVERY_LIE
    faults: tuple[str, ...] = ()
    seed: int = 0
    share: float = 0.5
    """Of the statements that are lies."""
    fault_share: float = 0.15
    """Of the requests that meet a fault."""


@dataclass(slots=True)
class Answered:
    """One request and what was done about it."""

    number: int
    contract: str
    repair: bool
    structured: str
    fault: str = ""
    told: Sequence[Told] = ()
    asking: Sequence[Asking] = ()

    def as_json(self) -> dict[str, Any]:
        """For the log."""
        return asdict(self)


@dataclass(slots=True)
class Liar:
    """Decides what to answer: the same requests in the same order get the same answers."""

    script: Script
    log: list[Answered] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _spare: bool = False

    def reply(self, body: dict[str, Any], wire: Wire) -> None:
        """Answer one chat completion."""
        asked = read_request(body)
        with self._lock:
            entry = Answered(len(self.log), asked.contract, asked.repair, asked.structured)
            self.log.append(entry)
            rng = random.Random(f"{self.script.seed}:{entry.number}")  # noqa: S311  no secret
            fault = self._fault(rng)
        if asked.contract == "Judgement":
            text = compact(judgement(asked, rng))
        elif asked.contract == "Ranking":
            text = compact(ranking(asked, self.script.sins, rng))
        else:
            text = self._written(asked, entry, rng)
        if fault:
            entry.fault = fault
            # What is not said is not told.
            if fault not in {"wrong_types", "huge_answer"}:
                entry.told = entry.asking = ()
            FAULTS[fault](wire, text)
            return
        wire.answer(text)

    def _fault(self, rng: random.Random) -> str:
        if self._spare or not self.script.faults or rng.random() >= self.script.fault_share:
            self._spare = False
            return ""
        fault = rng.choice(self.script.faults)
        self._spare = fault in ONCE
        return fault

    def _written(self, asked: Asked, entry: Answered, rng: random.Random) -> str:
        found, told, asking = answer(asked, self.script.sins, self.script.share, rng)
        entry.told, entry.asking = told, asking
        return compact(found)


@contextmanager
def running(script: Script, port: int = 0, liar: Liar | None = None) -> Iterator[tuple[Liar, str]]:
    """The server, until the block ends, and its address for ANCRAGE_OPENAI_BASE_URL."""
    liar = liar or Liar(script)
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(liar))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield liar, f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(liar: Liar) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Chat completions, the list of models, and the log at /told."""

        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
            read = sum(tokens(str(message.get("content"))) for message in body.get("messages", []))
            model = str(body.get("model", "liar"))
            wire = Wire(self, stream=bool(body.get("stream")), model=model, read=read)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError, OSError):
                if self.path.partition("?")[0].endswith("/chat/completions"):
                    liar.reply(body, wire)
                else:
                    wire.status(404, {"error": {"message": "no such path"}})
            self.close_connection = True

        def do_GET(self) -> None:
            wire = Wire(self, stream=False, model="liar")
            if self.path == "/told":
                text = json.dumps([entry.as_json() for entry in liar.log], ensure_ascii=False)
                wire.raw(200, "application/json", text.encode())
            else:
                wire.status(200, {"object": "list", "data": [{"id": "liar", "object": "model"}]})

        def log_message(self, *_: Any) -> None:
            """Nothing: the log is at /told."""

    return Handler
