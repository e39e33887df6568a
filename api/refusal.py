"""The one shape of a refusal, for the command line and for HTTP."""

from collections.abc import Sequence
from typing import Any, cast

from ingestion.errors import AncrageError


def error_json(error: AncrageError) -> dict[str, Any]:
    """The one shape of a refusal: {"error": {"code", "message", "retry", "help"}}."""
    return {
        "error": {
            "code": error.code,
            "message": error.message,
            "retry": error.retry,
            "help": error.help,
            **({"findings": _findings(error)} if error.params.get("findings") else {}),
            **({"rejected": _rejected(error)} if error.params.get("rejected") else {}),
        }
    }


def _rejected(error: AncrageError) -> list[dict[str, Any]]:
    """Of a draft of which nothing stands: what was proposed and why not, as a draft shows it."""
    return [
        {"text": item["text"], "reason": item["messages"]["en"], "rule": item["rule"], "code": item["code"]}
        for item in cast("Sequence[dict[str, Any]]", error.params["rejected"])
    ]


def _findings(error: AncrageError) -> list[Any]:
    found = error.params["findings"]
    items: list[Any] = list(found) if isinstance(found, list | tuple) else [found]
    return [
        item
        if isinstance(item, dict | str)
        else {
            "rule": item.rule,
            "severity": item.severity,
            "where": item.where,
            "message": item.message("en"),
        }
        for item in items
    ]
