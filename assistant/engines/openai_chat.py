"""One question to an OpenAI-compatible endpoint, through langchain: streamed, bounded, tried again, paid for.

The only module that imports langchain, and only when a question is asked.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel

from assistant.engines.endpoint import endpoint
from assistant.engines.habits import habits
from assistant.engines.library_errors import typed
from assistant.engines.model_errors import (
    ModelBusy,
    ModelEmpty,
    ModelError,
    ModelFailing,
    ModelUnreachable,
    answer_too_long,
    broke_off,
    empty,
    filtered,
    prompt_cut,
    refused,
    short,
)
from assistant.engines.spending import Purse, Usage
from assistant.engines.tokens import tokens
from assistant.engines.wire import client
from assistant.settings import Settings
from prompts.library import phrasebook

if TYPE_CHECKING:
    from httpx2 import Client
    from langchain_core.messages import AIMessageChunk

TRIES = 4
MOST_WAIT = 30.0
"""Seconds between two tries, whatever the endpoint asks for."""
FORMATS = ("json_schema", "json_object", "text")
"""From the strictest; a server that refuses one is asked in the next."""
SHAPE = "draft.shape"
_EACH = 100
"""Progress is told every so many pieces."""
_OVER = 1.5
"""Times the limit of an answer, counted piece by piece with another tokenizer: one that goes on minds no limit."""

Says = Callable[[str, int], None]


class Chat(Protocol):
    """Asks a model for an answer of a contract's shape."""

    @property
    def usage(self) -> Usage:
        """What it took so far."""

    def ask(self, contract: type[BaseModel], system: str, user: str, says: Says) -> str:
        """The answer's text. Raises a ModelError."""

    def plainer(self) -> None:
        """Ask in a plainer format from now on: the last answer was not of the contract's shape."""

    def close(self) -> None:
        """Close the connection."""


@dataclass(frozen=True, slots=True)
class _Received:
    text: str
    refusal: str
    finish: str
    read: int
    written: int


class LangchainChat:
    """The real connection."""

    def __init__(
        self,
        settings: Settings,
        purse: Purse,
        wait: Callable[[float], None] = time.sleep,
        temperature: float = 0.0,
        tries: int = TRIES,
    ) -> None:
        """Connects at the first question. `tries`: how often one question is asked where that may help."""
        self._tries = tries
        self._temperature = temperature
        self.usage = Usage()
        self._name = settings.openai_model
        self._answer = settings.openai_answer
        self._purse = purse
        self._wait = wait
        self._format = FORMATS[0]
        self._habits = habits(settings)
        self._dropped = self._habits.refused
        self._limits = self._habits.limits
        self._client = _client(settings)
        self._model = _model(settings, self._client)

    def close(self) -> None:
        """Close the connection, an answer under way included."""
        self._client.close()

    def plainer(self) -> None:
        """From a JSON schema to a JSON object to plain text."""
        self._format = FORMATS[min(FORMATS.index(self._format) + 1, len(FORMATS) - 1)]

    def ask(self, contract: type[BaseModel], system: str, user: str, says: Says) -> str:
        """Ask, and ask again where that may help: after 429, a fault of the server, or no connection."""
        tries = 0
        while True:
            try:
                return self._once(contract, system, user, says)
            except ModelError as error:
                if self._yields(error):
                    continue
                tries += 1
                pause = error.retry_after if error.retry_after is not None else 2.0 ** (tries - 1)
                if not isinstance(error, _PASSING) or tries >= self._tries or pause > MOST_WAIT:
                    raise
                says("waiting", 0)
                self._wait(pause)

    def _yields(self, error: ModelError) -> bool:
        """Leave out what the server does not know, if the error says so and there is something to leave out."""
        what = error.not_supported
        if what == "max_tokens" and self._limits:
            self._limits = self._limits[1:]
            return True
        if what is None or what in self._dropped:
            return False
        if what != "response_format":
            self._dropped |= {what}
            return True
        before = self._format
        self.plainer()
        return self._format != before

    def _once(self, contract: type[BaseModel], system: str, user: str, says: Says) -> str:
        if self._format != "json_schema":
            shape = phrasebook(SHAPE).render(schema=contract.model_json_schema())
            system = f"{system}\n\n{shape}"
        sent = f"{system}\n{user}"
        prompt = int(tokens(sent) * self._habits.factor([user]))
        reserved = prompt + self._answer
        day = self._purse.reserve(reserved)
        stream = _Stream(says)
        try:
            self._listen(stream, contract, [("system", system), ("human", user)])
        except Exception as error:  # the library raises its own and its dependencies' kinds
            failure = typed(error, self._name)
            stream.prompt_read |= failure.charged
            if failure is error:
                raise
            raise failure from error
        finally:
            received = stream.received(prompt)
            self._purse.settle(day, reserved, received.read + received.written)
            counted = stream.counted
            self.usage.add(received.read, received.written, estimated=not counted, model=stream.model)
        self._habits.limits = self._limits
        self._habits.refused |= self._dropped
        if stream.counted and self._habits.was_cut(sent, received.read):
            raise prompt_cut(self._name, tokens(sent), received.read)
        return self._judged(received)

    def _listen(self, stream: "_Stream", contract: type[BaseModel], messages: list[tuple[str, str]]) -> None:
        from langsmith import tracing_context

        options = self._options(contract)
        # Approved, unpublished texts go to the endpoint of the settings and to no service that watches over models.
        with tracing_context(enabled=False), closing(self._model.stream(messages, **options)) as pieces:
            for piece in pieces:
                stream.take(piece)
                if stream.length > self._answer * _OVER:
                    raise answer_too_long(self._name, self._answer)

    def _options(self, contract: type[BaseModel]) -> Mapping[str, Any]:
        # In `extra_body`, where langchain and the client leave the stream as it comes.
        extra: dict[str, Any] = {}
        if self._format == "json_schema":
            schema = {"name": contract.__name__, "schema": contract.model_json_schema(), "strict": True}
            extra["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self._format == "json_object":
            extra["response_format"] = {"type": "json_object"}
        if "temperature" not in self._dropped:
            extra["temperature"] = self._temperature
        if self._limits:
            extra[self._limits[0]] = self._answer
        return {"extra_body": extra, "stream_usage": "stream_options" not in self._dropped}

    def _judged(self, received: _Received) -> str:
        if received.refusal:
            raise refused(self._name, received.refusal)
        if received.finish == "content_filter":
            raise filtered(self._name)
        if received.finish in _AT_THE_LIMIT:
            raise answer_too_long(self._name, self._answer, received.text)
        if received.finish in _BROKEN_OFF:
            raise broke_off(self._name)
        if not received.text.strip():
            raise empty(self._name)
        if not received.finish and not received.text.rstrip(" \n`").endswith("}"):
            raise broke_off(self._name)
        return received.text


_AT_THE_LIMIT = frozenset({"length", "model_length", "max_tokens"})
_BROKEN_OFF = frozenset({"error", "abort", "cancelled", "insufficient_system_resource"})
"""How gateways and servers say that an answer has no end, beside the ways that OpenAI's interface knows."""
_PASSING = (ModelBusy, ModelFailing, ModelUnreachable, ModelEmpty)


class _Stream:
    """Puts the pieces of an answer together."""

    def __init__(self, says: Says) -> None:
        self._says = says
        self._pieces: list[str] = []
        self._refusal = ""
        self._finish = ""
        self._read = self._written = 0
        self.prompt_read = False
        """Whether the endpoint has begun to answer, or has to be taken to have read the prompt all the same."""
        self.model = ""
        """What the model calls itself."""
        self.length = 0
        """Tokens of the text so far, as each piece counts for itself."""

    @property
    def counted(self) -> bool:
        """Whether the endpoint told the tokens."""
        return self._read > 0

    def take(self, piece: "AIMessageChunk") -> None:
        self.prompt_read = True
        text = str(piece.text)
        self._pieces.append(text)
        self.length += tokens(text)
        self._refusal += str(piece.additional_kwargs.get("refusal") or "")
        self._finish = str(piece.response_metadata.get("finish_reason") or self._finish)
        self.model = short(piece.response_metadata.get("model_name") or self.model)
        if piece.usage_metadata:
            self._read = max(self._read, int(piece.usage_metadata.get("input_tokens") or 0))
            self._written = max(self._written, int(piece.usage_metadata.get("output_tokens") or 0))
        if len(self._pieces) % _EACH == 1:
            self._says("writing", len(self._pieces))

    def received(self, prompt: int) -> _Received:
        """What came, even of an answer that broke off; `prompt` stands for what the endpoint did not count."""
        text = "".join(self._pieces)
        written = self._written or tokens(text)
        read = self._read or (prompt if self.prompt_read else 0)
        return _Received(text, self._refusal, self._finish, read, written)


def _client(settings: Settings) -> "Client":
    return client(
        endpoint(settings),
        settings.openai_model,
        egress=settings.egress,
        between=settings.openai_seconds,
        longest=settings.openai_longest,
    )


def _model(settings: Settings, http: "Client") -> Any:
    from langchain_openai import AzureChatOpenAI, ChatOpenAI

    options: dict[str, Any] = {
        "api_key": settings.openai_api_key or "none",
        "max_retries": 0,
        "timeout": settings.openai_seconds,
        "http_client": http,
    }
    if settings.openai_api_version:
        kind: type[ChatOpenAI] = _with_refusals(AzureChatOpenAI)
        options |= {
            "azure_endpoint": settings.openai_base_url,
            "azure_deployment": settings.openai_deployment or settings.openai_model,
            "api_version": settings.openai_api_version,
            "model": settings.openai_model,
        }
    else:
        kind = _with_refusals(ChatOpenAI)
        options |= {
            "model": settings.openai_model,
            "base_url": endpoint(settings),
        }
    return kind(**options)


def _with_refusals(kind: Any) -> Any:
    """Langchain's streams forget a refusal, which stands beside the content; this one keeps it."""

    class Keeping(kind):  # type: ignore[misc]
        def _convert_chunk_to_generation_chunk(self, chunk: dict[str, Any], *rest: Any) -> Any:
            made = super()._convert_chunk_to_generation_chunk(chunk, *rest)
            choices = chunk.get("choices") or [{}]
            refusal = (choices[0].get("delta") or {}).get("refusal")
            if made is not None and refusal:
                made.message.additional_kwargs["refusal"] = refusal
            return made

    return Keeping
