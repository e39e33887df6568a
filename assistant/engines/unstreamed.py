"""An answer that came whole though a stream was asked for, as gateways send it that know none: put into a stream of one piece."""

import json
from collections.abc import Mapping
from typing import Any


def as_stream(body: bytes) -> bytes:
    """The events of the answer, or of the error that stands in its place; other JSON is handed on for what it is."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if not isinstance(found, Mapping):
        return body
    choices = found.get("choices")
    told = found if not isinstance(choices, list) else {**found, "choices": [_piece(c) for c in choices]}
    return b"data: " + json.dumps(told).encode() + b"\n\ndata: [DONE]\n\n"


def _piece(choice: Any) -> Any:
    if not isinstance(choice, Mapping):
        return choice
    return {**{k: v for k, v in choice.items() if k != "message"}, "delta": choice.get("message") or {}}
