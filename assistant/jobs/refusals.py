"""How a job ends badly, and how its refusal is kept in its row."""

from collections.abc import Callable
from typing import Any

from ingestion.errors import AncrageError


class JobFailed(AncrageError):
    """The work stopped for a reason that nobody foresaw."""

    code = "job_failed"
    retry = True
    http_status = 500


class Interrupted(AncrageError):
    """The process is ending in the middle of a step; nothing of it was written."""

    code = "interrupted"
    retry = True
    http_status = 503


def or_refusal(work: Callable[[], Any]) -> Any:
    """The answer, or the refusal as a value."""
    try:
        return work()
    except AncrageError as error:
        return error


def error_json(error: AncrageError) -> dict[str, Any]:
    """A refusal as it is kept: with the parameters that are plain JSON."""
    plain = {name: value for name, value in error.params.items() if _plain(value)}
    return {
        "code": error.code,
        "message": error.message,
        "retry": error.retry,
        "help": error.help,
        "params": plain,
    }


def error_from_json(kept: dict[str, Any]) -> AncrageError:
    """The refusal again, of its own class."""
    kind = _classes(AncrageError).get(str(kept.get("code")), JobFailed)
    return kind(str(kept.get("message", "")), help=str(kept.get("help", "")), **kept.get("params", {}))


def _classes(root: type[AncrageError]) -> dict[str, type[AncrageError]]:
    found = {root.code: root}
    for child in root.__subclasses__():
        for code, kind in _classes(child).items():
            found.setdefault(code, kind)
    return found


def _plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _plain(item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return all(_plain(item) for item in value)
    return value is None or isinstance(value, str | int | float | bool)
