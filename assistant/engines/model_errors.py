"""What can go wrong with a model's endpoint, each as an error that says whether a retry helps."""

import re
from collections.abc import Callable

from pydantic import ValidationError

from ingestion.errors import AncrageError


class ModelError(AncrageError):
    """The model's endpoint gave nothing that can be used."""

    code = "model_error"
    http_status = 502


class EgressOff(ModelError):
    """Connections to other hosts are switched off."""

    code = "egress_off"
    http_status = 403


class ModelRefused(ModelError):
    """The model declined to answer."""

    code = "model_refused"


class ModelTooLong(ModelError):
    """The answer or the evidence goes beyond the model's limits."""

    code = "model_length"


class ModelMalformed(ModelError):
    """The answer does not have the shape of the contract, after two repair rounds."""

    code = "model_malformed"
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


class ModelUnreachable(ModelError):
    """No connection: wrong address, or a certificate that cannot be trusted."""

    code = "model_unreachable"


class ModelUnknown(ModelError):
    """The endpoint does not know this model or this key."""

    code = "model_unknown"


def typed(error: Exception, model: str) -> ModelError:
    """The library's error as one of ours, told apart by class name and status, since versions move the classes."""
    names = frozenset(kind.__name__ for kind in type(error).__mro__)
    words = f"{error} {error.__cause__ or ''}".lower()
    status = getattr(error, "status_code", None)
    certificate = "certificate" in words or "ssl" in words
    told: tuple[tuple[bool, Callable[[], ModelError]], ...] = (
        (_names_length(names, words), lambda: too_long(model)),
        (bool(names & _REFUSALS), lambda: refused(model, "")),
        (bool(names & _TIMEOUTS) or isinstance(error, TimeoutError), lambda: _timeout(model)),
        ("RateLimitError" in names or status == _TOO_MANY_REQUESTS, lambda: _busy(model)),
        (bool(names & _UNKNOWN) or status in {401, 403, 404}, lambda: _unknown(model)),
        (
            "APIConnectionError" in names or isinstance(error, OSError),
            lambda: _unreachable(certificate=certificate),
        ),
        (isinstance(error, ValidationError | ValueError), lambda: malformed(model)),
    )
    for holds, make in told:
        if holds:
            return make()
    return ModelError(
        f"The endpoint of {model} failed: {short(error)}", help="Draft with --engine extractive.", model=model
    )


_REFUSALS = frozenset({"ContentFilterFinishReasonError", "OpenAIRefusalError"})
_TIMEOUTS = frozenset({"APITimeoutError", "TimeoutException"})
_UNKNOWN = frozenset({"NotFoundError", "AuthenticationError", "PermissionDeniedError"})
_TOO_MANY_REQUESTS = 429


def _names_length(names: frozenset[str], words: str) -> bool:
    return "LengthFinishReasonError" in names or "context_length" in words or "maximum context" in words


def _timeout(model: str) -> ModelTimeout:
    return ModelTimeout(f"{model} did not answer in time.", help="Try again later.", model=model)


def _busy(model: str) -> ModelBusy:
    return ModelBusy(f"The endpoint of {model} is busy.", help="Try again in a minute.", model=model)


def _unknown(model: str) -> ModelUnknown:
    return ModelUnknown(
        f"The endpoint does not know the model {model}, or not this key.",
        help="Check ANCRAGE_OPENAI_MODEL and ANCRAGE_OPENAI_API_KEY.",
        model=model,
    )


def _unreachable(*, certificate: bool) -> ModelUnreachable:
    return ModelUnreachable(
        "The endpoint's certificate cannot be trusted." if certificate else "The endpoint cannot be reached.",
        help="Check ANCRAGE_OPENAI_BASE_URL and the network.",
    )


def refused(model: str, reason: str) -> ModelRefused:
    """The model declined, with its reason where it gave one."""
    return ModelRefused(
        f"The model {model} declined to answer{': ' + reason if reason else ''}.",
        help="Ask for another topic, or draft with --engine extractive.",
        model=model,
    )


def malformed(model: str) -> ModelMalformed:
    """The answer has not the shape of the contract."""
    return ModelMalformed(
        f"The model {model} gave no answer of the expected shape.",
        help="Try again, choose a model that supports structured output, or draft with --engine extractive.",
        model=model,
    )


def too_long(model: str) -> ModelTooLong:
    """The evidence or the answer goes beyond the model's limits."""
    return ModelTooLong(
        f"The evidence or the answer is too long for {model}.",
        help="Narrow it with --topic or --source, or use a model with a longer context.",
        model=model,
    )


def short(value: object) -> str:
    """One line of at most 300 characters."""
    return re.sub(r"\s+", " ", str(value))[:300]
