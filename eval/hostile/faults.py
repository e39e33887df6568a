"""What goes wrong around an answer: each fault writes a whole HTTP answer in its own broken way."""

import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

PIECE = 400
"""Characters in one piece of a stream."""


class Wire:
    """Writes answers of the chat-completions kind, streamed or whole."""

    def __init__(
        self, handler: BaseHTTPRequestHandler, *, stream: bool, model: str, read: int = 1000
    ) -> None:
        """`model` is what the answer calls itself, `read` the tokens that it says it read."""
        self._handler = handler
        self._stream = stream
        self._model = model
        self._read = read

    def status(self, code: int, body: dict[str, Any], **headers: str) -> None:
        """A refusal of the endpoint."""
        self.raw(code, "application/json", json.dumps(body).encode(), **headers)

    def raw(self, code: int, kind: str, body: bytes, **headers: str) -> None:
        """Any answer."""
        self._handler.send_response(code)
        self._handler.send_header("Content-Type", kind)
        self._handler.send_header("Content-Length", str(len(body)))
        self._handler.send_header(
            "Connection", "close"
        )  # else the next request may meet a closing connection
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()
        self._handler.wfile.write(body)

    def answer(
        self, text: str, *, finish: str = "stop", refusal: str | None = None, part: float = 1.0
    ) -> None:
        """A whole answer. `part` of the prompt is said to have been read."""
        usage = _usage(text, max(1, int(self._read * part)))
        if not self._stream:
            message = {"role": "assistant", "content": text, "refusal": refusal}
            choices = [{"index": 0, "message": message, "finish_reason": finish}]
            self.status(200, {**self._head("chat.completion"), "choices": choices, "usage": usage})
            return
        self.begin()
        if refusal:
            self.piece({"role": "assistant", "refusal": refusal})
        for at in range(0, len(text), PIECE):
            self.piece({"content": text[at : at + PIECE]})
        self.piece({}, finish)
        self.event({**self._head("chat.completion.chunk"), "choices": [], "usage": usage})
        self.line("data: [DONE]")

    def begin(self) -> None:
        """The head of a stream."""
        self._handler.send_response(200)
        self._handler.send_header("Content-Type", "text/event-stream")
        self._handler.send_header("Connection", "close")
        self._handler.end_headers()

    def piece(self, delta: dict[str, Any], finish: str | None = None) -> None:
        """One piece of a stream."""
        choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
        self.event({**self._head("chat.completion.chunk"), "choices": choices})

    def event(self, body: dict[str, Any]) -> None:
        """One event of a stream."""
        self.line("data: " + json.dumps(body, ensure_ascii=False))

    def line(self, text: str) -> None:
        """One line of a stream, and the empty one behind it."""
        self._handler.wfile.write(f"{text}\n\n".encode())
        self._handler.wfile.flush()

    def hang_up(self) -> None:
        """Close without an end."""
        self._handler.close_connection = True
        self._handler.wfile.flush()
        self._handler.connection.close()

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": "chatcmpl-1", "object": kind, "created": 1, "model": self._model}


def _usage(text: str, read: int) -> dict[str, int]:
    written = max(1, len(text) // 4)
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


def _refusal(wire: Wire, text: str) -> None:
    del text
    wire.answer("", refusal="I can't help with that.")


def _truncated(wire: Wire, text: str) -> None:
    """Cut, and said to be whole."""
    wire.answer(text[: max(10, 2 * len(text) // 3)])


def _length(wire: Wire, text: str) -> None:
    wire.answer(text[: max(10, len(text) // 2)], finish="length")


def _cut_prompt(wire: Wire, text: str) -> None:
    """Answers as if nothing were amiss, from the tenth of the prompt that went into its context."""
    wire.answer(text, part=0.1)


def _content_filter(wire: Wire, text: str) -> None:
    wire.answer(text[:20], finish="content_filter")


def _slow_drip(wire: Wire, text: str) -> None:
    """Something comes all the time, and never an end."""
    wire.begin()
    wire.piece({"content": text[:1]})
    for _ in range(2_000):
        wire.line(": still here")
        time.sleep(0.05)


def _silence(wire: Wire, text: str) -> None:
    wire.begin()
    wire.piece({"content": text[:1]})
    time.sleep(20)


def _disconnect(wire: Wire, text: str) -> None:
    wire.begin()
    wire.piece({"content": text[: len(text) // 2]})
    wire.hang_up()


def _empty_choices(wire: Wire, text: str) -> None:
    del text
    wire.begin()
    wire.event({"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": []})
    wire.line("data: [DONE]")


def _html(wire: Wire, text: str) -> None:
    del text
    wire.raw(200, "text/html; charset=utf-8", b"<html><body><h1>Sign in to the proxy</h1></body></html>")


def _html_error(wire: Wire, text: str) -> None:
    del text
    wire.raw(502, "text/html", b"<html><body><h1>502 Bad Gateway</h1></body></html>")


def _no_stream(wire: Wire, text: str) -> None:
    del text
    wire.begin()
    wire.line("data: {this is no JSON")


def _prose(wire: Wire, text: str) -> None:
    del text
    wire.answer("Of course! Here is what you asked for. It works very well in everybody.")


def _wrong_types(wire: Wire, text: str) -> None:
    """One item of each list gets a number for a text, null for its quotes, or a key too many."""
    found = json.loads(text)
    for items in found.values():
        if items:
            spoilt = items[0].get("feedback", items[0])
            spoilt["quotes"] = None
            items.append({"role": 7, "text": ["a"], "quotes": {}, "approved": True})
    wire.answer(json.dumps(found, ensure_ascii=False))


def _duplicate_keys(wire: Wire, text: str) -> None:
    wire.answer(text.replace('"text": ', '"text": "Take twice as much.", "text": ', 1))


def _huge(wire: Wire, text: str) -> None:
    """Valid JSON that no piece could hold."""
    found = json.loads(text)
    name, items = next(iter(found.items()))
    wire.answer(json.dumps({**found, name: items * 400}, ensure_ascii=False))


def _not_text(wire: Wire, text: str) -> None:
    """Half a character, and one that no text holds."""
    wire.answer(text.replace('"text": "', '"text": "\\ud800\\u0000', 1))


def _deep(wire: Wire, text: str) -> None:
    del text
    wire.answer('{"statements": ' + "[" * 100_000)


def _refused(status: int, body: dict[str, Any]) -> Callable[[Wire, str], None]:
    def write(wire: Wire, text: str) -> None:
        del text
        wire.status(status, {"error": body})

    return write


def _busy(wire: Wire, text: str) -> None:
    del text
    wire.status(429, {"error": {"message": "Rate limit reached", "code": "rate_limit"}}, Retry_After="0.05")


FAULTS: dict[str, Callable[[Wire, str], None]] = {
    "refusal": _refusal,
    "truncated_json": _truncated,
    "length": _length,
    "cut_prompt": _cut_prompt,
    "content_filter": _content_filter,
    "slow_drip": _slow_drip,
    "silence": _silence,
    "disconnect": _disconnect,
    "empty_choices": _empty_choices,
    "html_page": _html,
    "html_error": _html_error,
    "broken_stream": _no_stream,
    "prose": _prose,
    "wrong_types": _wrong_types,
    "duplicate_keys": _duplicate_keys,
    "huge_answer": _huge,
    "not_text": _not_text,
    "deep_json": _deep,
    "busy_then_good": _busy,
    "fault_then_good": _refused(500, {"message": "internal error"}),
    "unknown_model": _refused(404, {"message": "The model does not exist", "code": "model_not_found"}),
    "rejected_key": _refused(401, {"message": "Incorrect API key provided", "code": "invalid_api_key"}),
    "filtered_request": _refused(400, {"message": "content management policy", "code": "content_filter"}),
    "context": _refused(
        400, {"message": "maximum context length is 8192", "code": "context_length_exceeded"}
    ),
    "no_json_schema": _refused(400, {"message": "response_format json_schema is not supported"}),
    "no_limit": _refused(
        400,
        {
            "message": "Unsupported parameter: 'max_tokens' is not supported with this model. "
            "Use 'max_completion_tokens' instead.",
            "code": "unsupported_parameter",
        },
    ),
    "no_temperature": _refused(
        400, {"message": "Unsupported value: temperature", "code": "unsupported_value"}
    ),
}
ONCE = frozenset({"busy_then_good", "fault_then_good", "no_json_schema", "no_limit", "no_temperature"})
"""The next request is answered."""
