"""What can go wrong with a model's endpoint, each as an error that says whether a retry helps."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from ingestion.errors import AncrageError


class ModelError(AncrageError):
    """The model's endpoint gave nothing that can be used."""

    code = "model_error"
    http_status = 502
    retry_after: float | None = None
    """Seconds that the endpoint asked to wait."""
    not_supported: str | None = None
    """An option of the request that the server does not know."""


class EgressOff(ModelError):
    """Connections to other hosts are switched off."""

    code = "egress_off"
    http_status = 403


class BudgetSpent(ModelError):
    """The tokens of the day are spent."""

    code = "budget_spent"
    http_status = 429


class ModelRefused(ModelError):
    """The model declined to answer."""

    code = "model_refused"


class ModelFiltered(ModelError):
    """The endpoint's content filter stopped the request or the answer."""

    code = "model_filtered"


class ModelTooLong(ModelError):
    """The answer or the evidence goes beyond the model's limits."""

    code = "model_length"


class ModelPromptCut(ModelError):
    """The endpoint read only a part of what was sent, and answered all the same."""

    code = "model_prompt_cut"


class ModelMalformed(ModelError):
    """The answer does not have the shape of the contract, after two repair rounds."""

    code = "model_malformed"
    retry = True


class ModelEmpty(ModelError):
    """The endpoint answered with nothing."""

    code = "model_empty"
    retry = True


class ModelTimeout(ModelError):
    """The endpoint did not answer in time."""

    code = "model_timeout"
    retry = True
    http_status = 504


class ModelBusy(ModelError):
    """The endpoint asks to come back later (429)."""

    code = "model_busy"
    retry = True
    http_status = 503


class ModelFailing(ModelError):
    """The endpoint has a fault of its own (5xx), or broke off in the middle of an answer."""

    code = "model_failing"
    retry = True


class ModelUnreachable(ModelError):
    """No connection: wrong address, or nothing listens there."""

    code = "model_unreachable"
    retry = True


class ModelCertificate(ModelError):
    """The endpoint's certificate cannot be trusted."""

    code = "model_certificate"


class ModelUnknown(ModelError):
    """The endpoint does not know this model."""

    code = "model_unknown"


class ModelKey(ModelError):
    """The endpoint does not accept this key."""

    code = "model_key"


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
            (status == _TOO_MANY_REQUESTS, lambda: _busy(model)),
            (status in {401, 403}, lambda: _key(model)),
            (status == _NOT_FOUND or bool(_NO_MODEL.search(words)), lambda: _unknown(model)),
            (status == _REQUEST_TIMEOUT, lambda: timed_out(model)),
            (status >= _SERVER_FAULT, lambda: failing(model, f"HTTP {status}")),
        )
    )


def _by_name(names: frozenset[str], words: str, model: str) -> ModelError | None:
    return _first(
        (
            (bool(names & _TIMEOUTS), lambda: timed_out(model)),
            ("RateLimitError" in names, lambda: _busy(model)),
            (bool(names & _BROKEN), lambda: broke_off(model)),
            (
                bool(_NO_NAME.search(words)),
                lambda: _unreachable("The endpoint cannot be reached: its name is not known."),
            ),
            (
                "refused" in words,
                lambda: _unreachable("The endpoint cannot be reached: nothing listens there."),
            ),
            (
                bool(names & {"APIConnectionError", "OSError"}),
                lambda: _unreachable("The endpoint cannot be reached."),
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


def timed_out(model: str) -> ModelTimeout:
    """Nothing came for too long."""
    return ModelTimeout(f"{model} did not answer in time.", help="Try again later.", model=model)


def _busy(model: str) -> ModelBusy:
    return ModelBusy(f"The endpoint of {model} is busy.", help="Try again in a minute.", model=model)


def failing(model: str, what: str) -> ModelFailing:
    """A fault on the other side that may pass."""
    return ModelFailing(
        f"The endpoint of {model} failed: {what}.",
        help="Try again in a minute, or draft with --engine extractive.",
        model=model,
    )


def broke_off(model: str) -> ModelFailing:
    """An answer without an end."""
    return ModelFailing(
        f"The answer of {model} broke off.",
        help="Try again in a minute, or draft with --engine extractive.",
        model=model,
    )


def _key(model: str) -> ModelKey:
    return ModelKey(
        f"The endpoint of {model} does not accept this key.",
        help="Check ANCRAGE_OPENAI_API_KEY.",
        model=model,
    )


def _unknown(model: str) -> ModelUnknown:
    return ModelUnknown(
        f"The endpoint does not know the model {model}.",
        help="Check ANCRAGE_OPENAI_MODEL and ANCRAGE_OPENAI_BASE_URL, which mostly ends with /v1.",
        model=model,
    )


def _unreachable(message: str) -> ModelUnreachable:
    return ModelUnreachable(message, help="Check ANCRAGE_OPENAI_BASE_URL and the network.")


def refused(model: str, reason: str) -> ModelRefused:
    """The model declined, with its reason where it gave one."""
    return ModelRefused(
        f"The model {model} declined to answer{': ' + short(reason) if reason else ''}.",
        help="Ask for another topic, or draft with --engine extractive.",
        model=model,
    )


def filtered(model: str) -> ModelFiltered:
    """The endpoint's filter stepped in."""
    return ModelFiltered(
        f"The content filter of the endpoint of {model} stopped the request.",
        help="Narrow it with --topic or --source, ask whoever runs the endpoint, or draft with --engine extractive.",
        model=model,
    )


def malformed(model: str) -> ModelMalformed:
    """The answer has not the shape of the contract."""
    return ModelMalformed(
        f"The model {model} gave no answer of the expected shape.",
        help="Try again, choose a model that supports structured output, or draft with --engine extractive.",
        model=model,
    )


def empty(model: str) -> ModelEmpty:
    """Neither text nor refusal came."""
    return ModelEmpty(f"The model {model} gave an empty answer.", help="Try again later.", model=model)


def no_model(kind: str) -> ModelError:
    """Something answered that is no such endpoint: a login page, a proxy."""
    return ModelError(
        f"What answered is no model's endpoint, but {kind}.",
        help="Check ANCRAGE_OPENAI_BASE_URL, which mostly ends with /v1.",
    )


def too_long(model: str) -> ModelTooLong:
    """The evidence or the answer goes beyond the model's limits."""
    return ModelTooLong(
        f"The evidence or the answer is too long for {model}.",
        help="Narrow it with --topic or --source, or use a model with a longer context.",
        model=model,
    )


def answer_too_long(model: str, limit: int) -> ModelTooLong:
    """The answer was stopped at its limit, or went on beyond it."""
    return ModelTooLong(
        f"The answer of {model} is longer than the {limit} tokens that are kept for it.",
        help="Raise ANCRAGE_OPENAI_ANSWER; a model that thinks before it writes needs several times as much.",
        model=model,
    )


def answer_refused(model: str) -> ModelTooLong:
    """No answer of the model may be as long as the settings allow."""
    return ModelTooLong(
        f"The endpoint of {model} does not allow so long an answer.",
        help="Lower ANCRAGE_OPENAI_ANSWER.",
        model=model,
    )


def prompt_cut(model: str, sent: int, read: int) -> ModelPromptCut:
    """The endpoint says itself that it read far less than was sent."""
    return ModelPromptCut(
        f"The endpoint of {model} cut the prompt: of about {sent} tokens it read {read}. The answer was not used.",
        help="Raise the context at the endpoint (OLLAMA_CONTEXT_LENGTH or num_ctx for Ollama), or lower ANCRAGE_OPENAI_CONTEXT to what it reads.",
        model=model,
        sent=sent,
        read=read,
    )


def budget_spent(spent: int, budget: int, resets: datetime) -> BudgetSpent:
    """No more today."""
    return BudgetSpent(
        f"The budget of {budget} tokens a day does not allow another request: {spent} are spent or reserved.",
        help=f"It begins again at {resets:%Y-%m-%d %H:%M} UTC. Until then draft with --engine extractive.",
        resets_at=resets.isoformat(timespec="minutes"),
    )


def short(value: object) -> str:
    """One line of at most 300 characters."""
    return re.sub(r"\s+", " ", str(value))[:300]
