"""What can go wrong with a model's endpoint, each as an error that says whether a retry helps."""

import re
from datetime import datetime
from math import ceil

from ingestion.errors import AncrageError


class ModelError(AncrageError):
    """The model's endpoint gave nothing that can be used."""

    code = "model_error"
    http_status = 502
    retry_after: float | None = None
    """Seconds that the endpoint asked to wait."""
    not_supported: str | None = None
    """What to leave out before asking again: max_tokens (by either name), temperature, stream_options, response_format."""
    charged = False
    """Whether the endpoint has read the prompt, and mostly asks for it to be paid, though it tells no tokens."""
    of_the_question = False
    """Whether it may be the question's fault, so that another is worth asking."""


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
    of_the_question = True


class ModelFiltered(ModelError):
    """The endpoint's content filter stopped the request or the answer."""

    code = "model_filtered"
    of_the_question = True
    charged = True


class ModelTooLong(ModelError):
    """The answer or the evidence goes beyond the model's limits."""

    code = "model_length"
    of_the_question = True
    written: str = ""
    """What had come of the answer."""


class ModelPromptCut(ModelError):
    """The endpoint read only a part of what was sent, and answered all the same."""

    code = "model_prompt_cut"
    of_the_question = True


class ModelMalformed(ModelError):
    """The answer does not have the shape of the contract, after two repair rounds."""

    code = "model_malformed"
    of_the_question = True
    retry = True


class ModelEmpty(ModelError):
    """The endpoint answered with nothing."""

    code = "model_empty"
    of_the_question = True
    retry = True


class ModelTimeout(ModelError):
    """The endpoint did not answer in time."""

    code = "model_timeout"
    retry = True
    charged = True
    http_status = 504


class ModelBusy(ModelError):
    """The endpoint asks to come back later (429)."""

    code = "model_busy"
    retry = True
    http_status = 503


class ModelCredit(ModelError):
    """The account behind the key has nothing left (429 or 402): waiting does not help."""

    code = "model_credit"


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


class ModelProxy(ModelError):
    """The proxy on the way lets nothing through."""

    code = "model_proxy"


class ModelUnknown(ModelError):
    """The endpoint does not know this model."""

    code = "model_unknown"


class ModelKey(ModelError):
    """The endpoint does not accept this key."""

    code = "model_key"


def timed_out(model: str) -> ModelTimeout:
    """Nothing came for too long."""
    return ModelTimeout(
        f"{model} did not answer in time.",
        help="Try again later; where it needs longer, raise ANCRAGE_OPENAI_SECONDS or ANCRAGE_OPENAI_LONGEST_SECONDS.",
        model=model,
    )


def busy(model: str, after: float | None = None) -> ModelBusy:
    """The endpoint asks to come back later; `after` so many seconds, where it says so."""
    message = f"The endpoint of {model} is busy."
    if after is None or after <= _MINUTE:
        return ModelBusy(message, help="Try again in a minute.", model=model)
    return ModelBusy(message, help=f"Try again in {ceil(after / _MINUTE)} minutes.", model=model)


def no_credit(model: str) -> ModelCredit:
    """Nothing is left to pay with."""
    return ModelCredit(
        f"The account behind the endpoint of {model} has no credit or quota left.",
        help="Have it topped up by whoever holds it; until then draft with --engine extractive.",
        model=model,
    )


def no_proxy(said: str) -> ModelProxy:
    """The proxy wants to know who asks, or does not let the endpoint be asked."""
    return ModelProxy(
        f"The proxy did not let the request through: {said}.",
        help="Set HTTPS_PROXY with the name and the password that the proxy wants, or NO_PROXY where the endpoint needs none.",
    )


def untrusted() -> ModelCertificate:
    """The certificate is of somebody unknown, or for another host."""
    return ModelCertificate(
        "The endpoint's certificate cannot be trusted.",
        help="Check ANCRAGE_OPENAI_BASE_URL, and SSL_CERT_FILE where your company signs its own.",
    )


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


def wrong_key(model: str) -> ModelKey:
    """The endpoint does not take the key."""
    return ModelKey(
        f"The endpoint of {model} does not accept this key.",
        help="Check ANCRAGE_OPENAI_API_KEY.",
        model=model,
    )


def forbidden(model: str, said: str) -> ModelKey:
    """The key is known and may not do this, or not from here."""
    return ModelKey(
        f"The endpoint of {model} forbids this: {said.rstrip('.')}.",
        help="Check what the key in ANCRAGE_OPENAI_API_KEY may use, and from where the endpoint may be asked.",
        model=model,
    )


def unknown_model(model: str) -> ModelUnknown:
    """The endpoint knows no such model."""
    return ModelUnknown(
        f"The endpoint does not know the model {model}.",
        help="Check ANCRAGE_OPENAI_MODEL (at Azure ANCRAGE_OPENAI_DEPLOYMENT) and ANCRAGE_OPENAI_BASE_URL, which mostly ends with /v1.",
        model=model,
    )


def unreachable(message: str) -> ModelUnreachable:
    """No connection, and why as far as it is known."""
    return ModelUnreachable(
        message,
        help="Check ANCRAGE_OPENAI_BASE_URL, the network and, where one is set, the proxy (HTTPS_PROXY).",
    )


def refused(model: str, reason: str) -> ModelRefused:
    """The model declined, with its reason where it gave one."""
    return ModelRefused(
        f"The model {model} declined to answer: {short(reason).rstrip('.')}."
        if reason
        else f"The model {model} declined to answer.",
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


def no_room(model: str) -> ModelTooLong:
    """Not one passage goes beside the instructions and what is kept for the answer."""
    return ModelTooLong(
        f"No passage fits into a request to {model} beside what is kept for its answer.",
        help="Raise ANCRAGE_OPENAI_CONTEXT where the model takes more, or lower ANCRAGE_OPENAI_ANSWER.",
        model=model,
    )


def request_too_long(model: str) -> ModelTooLong:
    """The endpoint takes less than the settings say."""
    return ModelTooLong(
        f"The request is longer than the endpoint of {model} takes.",
        help="Lower ANCRAGE_OPENAI_CONTEXT to what it takes, question and answer together: the evidence is cut to it.",
        model=model,
    )


def answer_too_long(model: str, limit: int, written: str = "") -> ModelTooLong:
    """The answer was stopped at its limit, or went on beyond it."""
    error = ModelTooLong(
        f"The answer of {model} is longer than the {limit} tokens that are kept for it.",
        help="Raise ANCRAGE_OPENAI_ANSWER; a model that thinks before it writes needs several times as much.",
        model=model,
    )
    error.written = written
    return error


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


def budget_too_small(tokens: int, budget: int) -> BudgetSpent:
    """No day allows such a request."""
    return BudgetSpent(
        f"One request may take {tokens} tokens, and the budget of a day is {budget}.",
        help="Raise ANCRAGE_OPENAI_TOKENS_PER_DAY, or lower ANCRAGE_OPENAI_CONTEXT.",
    )


def short(value: object) -> str:
    """One line of at most 300 characters, without what no terminal or database should be handed, and without keys."""
    line = UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"\s+", " ", str(value)))
    return _SECRET.sub("…", line)[:300]


_SECRET = re.compile(r"\b[sp]k-[\w*-]{4,}|(?<=\bBearer )\S+|(?<=://)[^/\s@]+@", re.IGNORECASE)
"""A key, or who signs in by an address: some endpoints and redirections repeat them."""


UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MINUTE = 60
