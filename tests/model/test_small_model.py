"""The plumbing with a small real model, in this process's own server: its answers mean nothing, their shape and count do.

Run by `make model`, which installs the model apart from everything else.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from assistant.engines.model_errors import ModelTooLong
from assistant.engines.openai_chat import LangchainChat
from assistant.settings import Settings
from eval.small_model import served, weights

pytestmark = [pytest.mark.enable_socket, pytest.mark.timeout(170)]
MOST_TOKENS = 60


class Purse:
    """Keeps what was spent."""

    spent = 0

    def reserve(self, tokens: int) -> str:
        """Anything goes."""
        del tokens
        return "2026-06-15"

    def settle(self, day: str, reserved: int, spent: int) -> None:
        del day, reserved
        self.spent += spent


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    file = weights()
    assert file is not None
    with served(file) as address:
        yield address


def settings_for(address: str) -> Settings:
    return Settings(
        home=Path("/nowhere"),
        database_url="sqlite://",
        egress=False,
        openai_base_url=address,
        openai_model="small",
        openai_answer=MOST_TOKENS,
    )


class Short(BaseModel):
    """An answer that a small model comes to the end of: the server holds it to the schema."""

    model_config = ConfigDict(extra="forbid")
    verdict: Literal["supported", "not_supported", "unclear"]
    reason: str = Field(max_length=12)


class Endless(BaseModel):
    """An answer that does not go into so few tokens."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(min_length=1500)


def test_a_real_server_streams_an_answer_of_the_contract_s_shape_and_counts_it(address: str) -> None:
    told: list[Any] = []
    purse = Purse()
    with closing(LangchainChat(settings_for(address), purse)) as chat:
        text = chat.ask(
            Short, "Answer.", "Is 10 mg 10 mg?", lambda doing, tokens: told.append((doing, tokens))
        )
    assert Short.model_validate_json(text, strict=True).verdict in {"supported", "not_supported", "unclear"}
    assert told
    assert 0 < chat.usage.written <= MOST_TOKENS
    assert purse.spent == chat.usage.read + chat.usage.written
    assert not chat.usage.estimated


def test_an_answer_that_a_real_server_cuts_is_too_long(address: str) -> None:
    with closing(LangchainChat(settings_for(address), Purse())) as chat, pytest.raises(ModelTooLong):
        chat.ask(Endless, "Answer.", "Why?", lambda _doing, _tokens: None)
