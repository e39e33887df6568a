"""The small question that an administrator has asked of the model."""

import pytest

from assistant.engines.model_errors import ModelError, busy
from assistant.engines.small_question import ask_small_question
from tests.unit.assistant.engines.test_openai import ScriptedChat

GOOD = '{"verdict": "supported", "reason": "It says so."}'


def ask(chat: ScriptedChat) -> int:
    ticks = iter((10.0, 12.5))
    return ask_small_question(lambda: chat, "liar", clock=lambda: next(ticks)).milliseconds


def test_an_answer_in_the_shape_is_enough() -> None:
    chat = ScriptedChat(GOOD)
    assert (ask(chat), len(chat.asked), chat.closed) == (2500, 1, True)


def test_what_the_answer_says_of_the_claim_counts_nothing() -> None:
    assert ask(ScriptedChat(GOOD.replace("supported", "unclear"))) == 2500


def test_a_plainer_format_is_tried_as_for_a_draft() -> None:
    chat = ScriptedChat("Yes, it is round.", "{}", GOOD)
    assert (ask(chat), chat.plainer_asked) == (2500, 2)


def test_prose_in_every_format_is_told_as_a_draft_would_tell_it() -> None:
    chat = ScriptedChat("Yes.", "Yes.", "Yes.")
    with pytest.raises(ModelError) as failed:
        ask(chat)
    assert (failed.value.code, chat.closed) == ("model_malformed", True)


def test_a_failure_is_told_and_not_asked_again() -> None:
    chat = ScriptedChat(busy("liar"), GOOD)
    with pytest.raises(ModelError) as failed:
        ask(chat)
    assert (failed.value.code, len(chat.asked), chat.closed) == ("model_busy", 1, True)
