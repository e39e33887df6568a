"""What the model's library raises, as one of our errors: told apart by class name, status and words."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from assistant.engines.model_errors import (
    ModelError,
    ModelFailing,
    answer_refused,
    broke_off,
    busy,
    empty,
    failing,
    filtered,
    forbidden,
    malformed,
    no_credit,
    no_model,
    no_proxy,
    refused,
    request_too_long,
    short,
    timed_out,
    unknown_model,
    unreachable,
    untrusted,
    wrong_key,
)


def typed(error: BaseException, model: str) -> ModelError:
    """The library's error as one of ours, told apart by class name and status, since versions move the classes."""
    causes = list(_causes(error))
    ours = next((cause for cause in causes if isinstance(cause, ModelError)), None)
    if ours is not None:
        return ours
    found = _Found(
        names=frozenset(kind.__name__ for cause in causes for kind in type(cause).__mro__),
        words=" ".join(_words(causes)).lower(),
        said=next(filter(None, (_said(getattr(cause, "body", None)) for cause in causes)), short(error)),
        status=next(
            (s for s in (getattr(c, "status_code", None) for c in causes) if isinstance(s, int)), None
        ),
        after=_retry_after(causes),
        location=_header(causes, "location"),
    )
    made = _by_words(found, model) or _by_status(found, model) or _by_name(found, model)
    if made is None:
        told = f"HTTP {found.status}: {found.said}" if found.status else found.said
        made = ModelError(
            f"The endpoint of {model} failed: {told}",
            help="Draft with --engine extractive.",
            model=model,
        )
    made.retry_after = found.after
    made.not_supported = _not_supported(made, found)
    return made


@dataclass(frozen=True, slots=True)
class _Found:
    """What an error of the library tells, and those that it came from."""

    names: frozenset[str]
    """Of their classes and what those are made of."""
    words: str
    """All that they say, in small letters."""
    said: str
    """What the endpoint itself says, for a person."""
    status: int | None
    after: float | None
    """Seconds to wait."""
    location: str
    """Where it sends us instead."""


def _not_supported(made: ModelError, found: _Found) -> str | None:
    """Only an error that nothing else explains; a fault of the server counts where it speaks of the option."""
    words = found.words
    plain = type(made) is ModelError and found.status in {400, 415, 422}
    fault = isinstance(made, ModelFailing) and re.search(r"schema|grammar|response_format", words)
    if not (plain or fault):
        return None
    if plain and _NO_LIMIT.search(words):
        return "max_tokens"
    return next((name for name in ("temperature", "stream_options") if name in words), "response_format")


_Told = tuple[tuple[bool, Callable[[], ModelError]], ...]


def _first(told: _Told) -> ModelError | None:
    return next((make() for holds, make in told if holds), None)


def _by_words(found: _Found, model: str) -> ModelError | None:
    words, names = found.words, found.names
    return _first(
        (
            (
                bool(_LIMIT_TOO_LARGE.search(words)) and not _LENGTH.search(words),
                lambda: answer_refused(model),
            ),
            (
                "LengthFinishReasonError" in names or bool(_LENGTH.search(words)),
                lambda: request_too_long(model),
            ),
            (
                "ContentFilterFinishReasonError" in names or bool(_FILTER.search(words)),
                lambda: filtered(model),
            ),
            ("OpenAIRefusalError" in names, lambda: refused(model, "")),
            (bool(_NO_CREDIT.search(words)), lambda: no_credit(model)),
        )
    )


def _by_status(found: _Found, model: str) -> ModelError | None:
    status = found.status
    if status is None:
        return None
    return _first(
        (
            (status < _REQUEST_FAULT, lambda: no_model(_redirection(found.location))),
            (status == _TOO_MANY_REQUESTS, lambda: busy(model, found.after)),
            (status == _NO_KEY, lambda: wrong_key(model)),
            (status == _PAYMENT, lambda: no_credit(model)),
            (status == _FORBIDDEN, lambda: forbidden(model, found.said)),
            (status == _PROXY, lambda: no_proxy("HTTP 407")),
            (status == _TOO_LARGE, lambda: request_too_long(model)),
            (status in _NO_SUCH_PATH or bool(_NO_MODEL.search(found.words)), lambda: unknown_model(model)),
            (status == _REQUEST_TIMEOUT, lambda: timed_out(model)),
            (status >= _SERVER_FAULT, lambda: failing(model, f"HTTP {status}")),
        )
    )


def _by_name(found: _Found, model: str) -> ModelError | None:
    words, names = found.words, found.names
    return _first(
        (
            (bool(_CERTIFICATE.search(words)), untrusted),
            ("ProxyError" in names, lambda: no_proxy(found.said)),
            (
                "ConnectTimeout" in names,
                lambda: unreachable("The endpoint cannot be reached: no connection came about in time."),
            ),
            (bool(names & _TIMEOUTS), lambda: timed_out(model)),
            ("RateLimitError" in names, lambda: busy(model, found.after)),
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
            ("no generation chunks" in words, lambda: empty(model)),
            # The stream carried something that the library could not take apart.
            (
                bool(names & {"JSONDecodeError", "ValidationError", "ValueError", "TypeError", "KeyError"})
                or bool(names & {"AttributeError", "IndexError"}),
                lambda: malformed(model),
            ),
            ("APIError" in names and "APIStatusError" not in names, lambda: failing(model, found.said)),
        )
    )


def _redirection(location: str) -> str:
    """Where to, without what an address may carry behind its path."""
    place = short(location.partition("?")[0].partition("#")[0])
    return f"a redirection to {place}" if place else "a redirection"


_LENGTH = re.compile(
    r"context_length|maximum context|context (?:length|size|window)|too many (?:input )?tokens(?!, please wait)|exceeds (?:the )?maximum (?:input|prompt)|(?:prompt|input|request) (?:is )?too (?:long|large)"
    r"|max_new_tokens\W+must be <="
)
_LIMIT = r"max_(?:completion_)?tokens"
_UNKNOWN = (
    r"unsupported|unrecognized|unknown|unexpected|forbidden|not (?:supported|permitted|allowed|recognized)"
)
_NO_LIMIT = re.compile(rf"(?:{_UNKNOWN})[^.]{{0,80}}{_LIMIT}|{_LIMIT}[^.]{{0,80}}(?:{_UNKNOWN})")
_LIMIT_TOO_LARGE = re.compile(rf"{_LIMIT}[^.]{{0,60}}(?:too (?:large|high|big)|exceed|less than|at most)")
_FILTER = re.compile(r"content[_ ]filter|content management policy|responsibleaipolicy")
_NO_CREDIT = re.compile(
    r"insufficient[_ ](?:quota|balance|credits?|funds)|billing_(?:not_active|hard_limit_reached)"
)
_NO_MODEL = re.compile(
    r"model[^.]{0,80}(?:does not exist|not[_ ]found|not exist|unknown)|invalid model|deploymentnotfound"
)
_CERTIFICATE = re.compile(r"certificate|\bssl\b|wrong version number")
_NO_NAME = re.compile(r"name or service|name resolution|getaddrinfo|nodename|no address associated")
_TIMEOUTS = frozenset({"APITimeoutError", "TimeoutException", "TimeoutError"})
_BROKEN = frozenset({"RemoteProtocolError", "ReadError", "ConnectionResetError", "IncompleteRead"})
_REQUEST_FAULT = 400
_NO_KEY = 401
_PAYMENT = 402
_FORBIDDEN = 403
_NO_SUCH_PATH = frozenset({404, 405})
_PROXY = 407
_REQUEST_TIMEOUT = 408
_TOO_LARGE = 413
_TOO_MANY_REQUESTS = 429
_SERVER_FAULT = 500


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, as far as that is told."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


def _words(causes: list[BaseException]) -> Iterator[str]:
    """What the endpoint and the network say. The client's own sentence on a status names the address, which means nothing."""
    for cause in causes:
        if type(cause).__name__ != "HTTPStatusError":
            yield f"{cause} {getattr(cause, 'body', '') or ''}"


def _said(body: object) -> str:
    """The sentence for a person in the body of an error, whichever way the server wraps it; none of a web page."""
    if isinstance(body, str):
        return "" if body.lstrip().startswith("<") else short(body)
    if isinstance(body, Mapping):
        return next(filter(None, (_said(body.get(key)) for key in ("message", "error", "detail", "msg"))), "")
    return short(body) if isinstance(body, list) and body else ""


def _header(causes: list[BaseException], name: str) -> str:
    for cause in causes:
        headers = getattr(getattr(cause, "response", None), "headers", None)
        value = headers.get(name) if headers is not None else None
        if value:
            return str(value).strip()
    return ""


def _retry_after(causes: list[BaseException]) -> float | None:
    """Seconds, as the endpoint says in milliseconds, in seconds or as an instant."""
    for name, unit in (("retry-after-ms", 1_000), ("retry-after", 1)):
        value = _header(causes, name)
        if re.fullmatch(r"\d{1,9}(?:\.\d+)?", value):
            return float(value) / unit
    try:
        instant = parsedate_to_datetime(_header(causes, "retry-after")).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (instant - datetime.now(UTC)).total_seconds())
