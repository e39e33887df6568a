"""What the model's library raises, as one of our errors: told apart by class name, status and words."""

import re
from collections.abc import Callable, Iterator

from assistant.engines.model_errors import (
    ModelCertificate,
    ModelError,
    ModelFailing,
    answer_refused,
    broke_off,
    busy,
    failing,
    filtered,
    malformed,
    no_model,
    refused,
    short,
    timed_out,
    too_long,
    unknown_model,
    unreachable,
    wrong_key,
)


def typed(error: BaseException, model: str) -> ModelError:
    """The library's error as one of ours, told apart by class name and status, since versions move the classes."""
    causes = list(_causes(error))
    ours = next((cause for cause in causes if isinstance(cause, ModelError)), None)
    if ours is not None:
        return ours
    names = frozenset(kind.__name__ for cause in causes for kind in type(cause).__mro__)
    words = " ".join(str(cause) for cause in causes).lower()
    status = next((s for s in (getattr(c, "status_code", None) for c in causes) if isinstance(s, int)), None)
    made = _by_words(names, words, model) or _by_status(status, words, model) or _by_name(names, words, model)
    if made is None:
        made = ModelError(
            f"The endpoint of {model} failed: {short(error)}",
            help="Draft with --engine extractive.",
            model=model,
        )
    made.retry_after = _retry_after(causes)
    made.not_supported = _not_supported(made, status, words)
    return made


def unsupported(error: ModelError) -> str | None:
    """Which option to leave out before asking again: max_tokens (by either name), temperature, stream_options, response_format."""
    return error.not_supported


def _not_supported(made: ModelError, status: int | None, words: str) -> str | None:
    """Only an error that nothing else explains; a fault of the server counts where it speaks of the option."""
    plain = type(made) is ModelError and status in {400, 415, 422}
    fault = isinstance(made, ModelFailing) and re.search(r"schema|grammar|response_format", words)
    if not (plain or fault):
        return None
    if plain and _NO_LIMIT.search(words):
        return "max_tokens"
    return next((name for name in ("temperature", "stream_options") if name in words), "response_format")


_Told = tuple[tuple[bool, Callable[[], ModelError]], ...]


def _first(told: _Told) -> ModelError | None:
    return next((make() for holds, make in told if holds), None)


def _by_words(names: frozenset[str], words: str, model: str) -> ModelError | None:
    return _first(
        (
            (
                bool(_LIMIT_TOO_LARGE.search(words)) and not _LENGTH.search(words),
                lambda: answer_refused(model),
            ),
            ("LengthFinishReasonError" in names or bool(_LENGTH.search(words)), lambda: too_long(model)),
            (
                "ContentFilterFinishReasonError" in names or bool(_FILTER.search(words)),
                lambda: filtered(model),
            ),
            ("OpenAIRefusalError" in names, lambda: refused(model, "")),
            (
                bool(re.search(r"certificate|\bssl\b|wrong version number", words)),
                lambda: ModelCertificate(
                    "The endpoint's certificate cannot be trusted.",
                    help="Check ANCRAGE_OPENAI_BASE_URL, and SSL_CERT_FILE where your company signs its own.",
                ),
            ),
        )
    )


def _by_status(status: int | None, words: str, model: str) -> ModelError | None:
    if status is None:
        return None
    return _first(
        (
            (status < _REQUEST_FAULT, lambda: no_model("a redirection")),
            (status == _TOO_MANY_REQUESTS, lambda: busy(model)),
            (status in {401, 403}, lambda: wrong_key(model)),
            (status == _NOT_FOUND or bool(_NO_MODEL.search(words)), lambda: unknown_model(model)),
            (status == _REQUEST_TIMEOUT, lambda: timed_out(model)),
            (status >= _SERVER_FAULT, lambda: failing(model, f"HTTP {status}")),
        )
    )


def _by_name(names: frozenset[str], words: str, model: str) -> ModelError | None:
    return _first(
        (
            (bool(names & _TIMEOUTS), lambda: timed_out(model)),
            ("RateLimitError" in names, lambda: busy(model)),
            (bool(names & _BROKEN), lambda: broke_off(model)),
            (
                bool(_NO_NAME.search(words)),
                lambda: unreachable("The endpoint cannot be reached: its name is not known."),
            ),
            (
                "refused" in words,
                lambda: unreachable("The endpoint cannot be reached: nothing listens there."),
            ),
            (
                bool(names & {"APIConnectionError", "OSError"}),
                lambda: unreachable("The endpoint cannot be reached."),
            ),
            # The stream carried something that the library could not take apart.
            (
                bool(names & {"JSONDecodeError", "ValidationError", "ValueError", "TypeError", "KeyError"})
                or bool(names & {"AttributeError", "IndexError"}),
                lambda: malformed(model),
            ),
            ("APIError" in names and "APIStatusError" not in names, lambda: failing(model, short(words))),
        )
    )


_LENGTH = re.compile(r"context_length|maximum context|context (?:length|size|window)|too many tokens")
_LIMIT = r"max_(?:completion_)?tokens"
_UNKNOWN = (
    r"unsupported|unrecognized|unknown|unexpected|forbidden|not (?:supported|permitted|allowed|recognized)"
)
_NO_LIMIT = re.compile(rf"(?:{_UNKNOWN})[^.]{{0,80}}{_LIMIT}|{_LIMIT}[^.]{{0,80}}(?:{_UNKNOWN})")
_LIMIT_TOO_LARGE = re.compile(rf"{_LIMIT}[^.]{{0,60}}(?:too (?:large|high|big)|exceed|less than|at most)")
_FILTER = re.compile(r"content[_ ]filter|content management policy|responsibleaipolicy")
_NO_MODEL = re.compile(
    r"model[^.]{0,80}(?:does not exist|not found|not exist|unknown)|invalid model|deploymentnotfound"
)
_NO_NAME = re.compile(r"name or service|name resolution|getaddrinfo|nodename|no address associated")
_TIMEOUTS = frozenset({"APITimeoutError", "TimeoutException", "TimeoutError"})
_BROKEN = frozenset({"RemoteProtocolError", "ReadError", "ConnectionResetError", "IncompleteRead"})
_REQUEST_FAULT = 400
_TOO_MANY_REQUESTS = 429
_NOT_FOUND = 404
_REQUEST_TIMEOUT = 408
_SERVER_FAULT = 500


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, as far as that is told."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


def _retry_after(causes: list[BaseException]) -> float | None:
    for cause in causes:
        headers = getattr(getattr(cause, "response", None), "headers", None)
        value = headers.get("retry-after") if headers is not None else None
        if value and re.fullmatch(r"\d{1,6}(?:\.\d+)?", str(value).strip()):
            return float(value)
    return None
