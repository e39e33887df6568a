"""What makes OpenAI-compatible endpoints unlike: each oddity that a server can show is met, or told for what it is."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.engines.answers import read_answer
from assistant.engines.model_errors import ModelError
from assistant.engines.openai_chat import LangchainChat
from assistant.engines.tokens import tokens
from assistant.errors import InvalidInput
from assistant.settings import Settings
from eval.hostile.faults import FAULTS, Wire
from eval.hostile.server import Liar, Script, running
from prompts.contracts import KeyMoments

SENTENCE = "The recommended starting dose of Velmora is 10 mg once daily in adults."
PROMPT = f"Task: statements on Velmora.\n<<<PASSAGE P1 | Label | 4.2 Posology\n{SENTENCE}\nPASSAGE P1>>>\n"
FRENCH = "La dose recommandée chez l'adulte est de 10 mg une fois par jour avec un verre d'eau. "
pytestmark = pytest.mark.enable_socket
Serving = Callable[[dict[str, Any], Wire], bool]


@dataclass
class Purse:
    """Keeps what was reserved and settled."""

    reserved: list[int] = field(default_factory=list)
    spent: int = 0

    def reserve(self, tokens: int) -> str:
        self.reserved.append(tokens)
        return "2026-06-15"

    def settle(self, day: str, reserved: int, spent: int) -> None:
        del day, reserved
        self.spent += spent


@dataclass
class Odd(Liar):
    """Answers in its own way where that says so, and else as a good server does. Keeps the requests."""

    way: Serving = lambda _body, _wire: False
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def reply(self, body: dict[str, Any], wire: Wire) -> None:
        self.bodies.append(body)
        if not self.way(body, wire):
            super().reply(body, wire)


def ask(
    way: Serving, model: str, user: str = PROMPT, times: int = 1, purse: Purse | None = None, **changes: Any
) -> tuple[str, Odd, Purse]:
    """The last answer. Each test calls its model by another name: what is known of one is kept for the process."""
    odd, purse = Odd(Script(sins=()), way=way), purse or Purse()
    plain = Settings(
        home=Path("/nowhere"), database_url="sqlite://", egress=False, openai_model=model, openai_seconds=2.0
    )
    text = ""
    with running(odd.script, liar=odd) as (_, address):
        base = address.removesuffix("/v1") if "openai_api_version" in changes else address
        settings = replace(plain, **{"openai_base_url": base, **changes})
        for _ in range(times):
            with closing(LangchainChat(settings, purse, lambda _seconds: None)) as chat:
                text = chat.ask(KeyMoments, "Write in English.", user, lambda _doing, _tokens: None)
    return text, odd, purse


def good(body: dict[str, Any], wire: Wire) -> bool:
    del body, wire
    return False


def refusing(words: Sequence[str], status: int = 400) -> Serving:
    """Does not know these options of a request."""

    def serve(body: dict[str, Any], wire: Wire) -> bool:
        unknown = [word for word in words if word in body]
        if unknown:
            detail = [{"type": "extra_forbidden", "loc": ["body", unknown[0]], "input": 1}]
            wire.status(status, {"error": {"message": str(detail)}})
        return bool(unknown)

    return serve


def cutting(body: dict[str, Any], wire: Wire) -> bool:
    """The fault of the model that lies: a good answer from a tenth of the prompt."""
    del body
    FAULTS["cut_prompt"](wire, '{"statements": []}')
    return True


def pieces(*deltas: dict[str, Any], finish: str | None = "stop", **more: Any) -> Serving:
    """Streams these pieces and tells no usage."""

    def serve(body: dict[str, Any], wire: Wire) -> bool:
        del body
        wire.begin()
        for delta in deltas:
            wire.event({"choices": [{"index": 0, "delta": delta, "finish_reason": None}], **more})
        wire.event({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}], **more})
        wire.line("data: [DONE]")
        return True

    return serve


def test_an_answer_may_take_what_is_reserved_for_it_and_the_endpoint_is_told() -> None:
    _, odd, _ = ask(good, "told", openai_answer=777)
    assert odd.bodies[0]["max_tokens"] == 777
    assert "max_completion_tokens" not in odd.bodies[0]


def test_azure_is_told_by_the_newer_word() -> None:
    _, odd, _ = ask(good, "azure-told", openai_api_version="2024-10-21", openai_api_key="k")
    assert odd.bodies[0]["max_completion_tokens"] == 4_000
    assert "max_tokens" not in odd.bodies[0]


@pytest.mark.parametrize("status", [400, 422])
def test_an_endpoint_that_refuses_one_word_is_told_by_the_other_and_never_again_by_the_first(
    status: int,
) -> None:
    text, odd, _ = ask(refusing(["max_tokens"], status), f"newer-{status}", times=2)
    sent = [sorted({"max_tokens", "max_completion_tokens"} & body.keys()) for body in odd.bodies]
    assert sent == [["max_tokens"], ["max_completion_tokens"], ["max_completion_tokens"]]
    assert "10 mg" in text
    assert all(body["response_format"]["type"] == "json_schema" for body in odd.bodies)


def test_an_endpoint_that_knows_neither_word_is_still_asked_and_its_answer_bound_here() -> None:
    text, odd, _ = ask(refusing(["max_tokens", "max_completion_tokens"]), "neither")
    assert "10 mg" in text
    assert len(odd.bodies) == 3
    rambling = pieces(*({"content": "word " * 50} for _ in range(200)))
    with pytest.raises(ModelError) as failed:
        ask(rambling, "rambling", openai_answer=300)
    assert failed.value.code == "model_length"
    assert "ANCRAGE_OPENAI_ANSWER" in failed.value.help


def test_an_answer_stopped_at_the_limit_names_the_setting() -> None:
    with pytest.raises(ModelError) as failed:
        ask(pieces({"content": '{"statements": ['}, finish="length"), "stopped")
    assert failed.value.code == "model_length"
    assert "4000 tokens" in failed.value.message
    assert "ANCRAGE_OPENAI_ANSWER" in failed.value.help


def test_a_limit_beyond_what_the_model_may_write_names_the_setting_and_is_not_dropped() -> None:
    def serve(body: dict[str, Any], wire: Wire) -> bool:
        del body
        words = "max_tokens is too large: 4000. This model supports at most 2048 completion tokens."
        wire.status(400, {"error": {"message": words}})
        return True

    with pytest.raises(ModelError) as failed:
        ask(serve, "small")
    assert (failed.value.code, failed.value.help) == ("model_length", "Lower ANCRAGE_OPENAI_ANSWER.")


def test_a_prompt_that_the_endpoint_cut_is_told_though_its_answer_looks_good() -> None:
    with pytest.raises(ModelError) as failed:
        ask(cutting, "cutting")
    assert (failed.value.code, failed.value.retry) == ("model_prompt_cut", False)
    assert "OLLAMA_CONTEXT_LENGTH" in failed.value.help
    assert "ANCRAGE_OPENAI_CONTEXT" in failed.value.help


def test_the_next_request_reserves_by_the_endpoint_s_own_count() -> None:
    user = PROMPT + FRENCH * 60
    counted = tokens(user)

    def dear(body: dict[str, Any], wire: Wire) -> bool:
        del body
        wire.begin()
        wire.piece({"content": '{"statements": []}'}, "stop")
        usage = {"prompt_tokens": 2 * counted, "completion_tokens": 5, "total_tokens": 2 * counted + 5}
        wire.event({"choices": [], "usage": usage})
        wire.line("data: [DONE]")
        return True

    _, _, purse = ask(dear, "dear", user=user, times=2)
    first, second = purse.reserved
    assert first < second
    assert second >= 2 * counted + 4_000
    assert purse.spent == 2 * (2 * counted + 5)


def test_an_endpoint_without_any_response_format_is_asked_in_words() -> None:
    text, odd, _ = ask(refusing(["response_format"]), "wordless")
    kinds = [body.get("response_format", {}).get("type") for body in odd.bodies]
    assert kinds == ["json_schema", "json_object", None]
    assert '"title": "KeyMoments"' in odd.bodies[-1]["messages"][0]["content"]
    assert "10 mg" in text


def test_instructions_come_first_and_once_in_every_format() -> None:
    _, odd, _ = ask(refusing(["response_format"]), "ordered")
    assert [[m["role"] for m in body["messages"]] for body in odd.bodies] == [["system", "user"]] * 3


# The library warns of such content on its way, and hands it on as it is.
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings:UserWarning")
def test_content_in_parts_is_read_without_what_the_model_thought() -> None:
    parts = [
        {"type": "thinking", "thinking": [{"type": "text", "text": "Well, {"}]},
        {"type": "text", "text": '{"statements": '},
    ]
    text, _, _ = ask(pieces({"content": parts}, {"content": [{"type": "text", "text": "[]}"}]}), "parts")
    assert text == '{"statements": []}'


def test_fields_that_nobody_asked_for_change_nothing() -> None:
    thinking = {"reasoning_content": "Well.", "role": "assistant", "content": "", "audio": None}
    way = pieces(thinking, {"content": '{"statements": []}', "tool_calls": None}, timings={"n": 1})
    text, _, _ = ask(way, "extra")
    assert text == '{"statements": []}'


def test_without_usage_the_tokens_are_counted_here_and_no_cut_is_claimed() -> None:
    _, _, purse = ask(pieces({"content": '{"statements": []}'}), "uncounted")
    assert purse.spent > tokens(PROMPT)


def test_without_a_reason_for_the_end_a_whole_object_counts_and_half_of_one_does_not() -> None:
    text, _, _ = ask(pieces({"content": '{"statements": []}'}, finish=None), "endless")
    assert read_answer(KeyMoments, text).problem == ""
    with pytest.raises(ModelError) as failed:
        ask(pieces({"content": '{"statements": ['}, finish=None), "endless")
    assert failed.value.code == "model_failing"


def test_what_an_endpoint_refuses_is_not_learned_from_a_request_that_failed() -> None:
    def serve(body: dict[str, Any], wire: Wire) -> bool:
        del body
        wire.status(400, {"error": {"message": "max_tokens is unknown"}})
        return True

    with pytest.raises(ModelError):
        ask(serve, "failing", openai_seconds=2.5)
    _, odd, _ = ask(good, "failing")
    assert "max_tokens" in odd.bodies[0]


@pytest.mark.parametrize("option", ["temperature", "stream_options"])
def test_an_option_that_the_endpoint_does_not_know_is_left_out_from_then_on_and_nothing_else(
    option: str,
) -> None:
    text, odd, _ = ask(refusing([option]), f"without-{option}", times=2)
    assert "10 mg" in text
    assert [option in body for body in odd.bodies] == [True, False, False]
    assert odd.bodies[0].keys() - odd.bodies[1].keys() == {option}


@pytest.mark.parametrize("finish", ["error", "abort"])
def test_an_answer_that_the_endpoint_itself_calls_broken_off_is_not_read(finish: str) -> None:
    with pytest.raises(ModelError) as failed:
        ask(pieces({"content": '{"statements": []}'}, finish=finish), f"ended-{finish}")
    assert (failed.value.code, failed.value.retry) == ("model_failing", True)


def test_another_word_for_the_limit_is_the_limit() -> None:
    with pytest.raises(ModelError) as failed:
        ask(pieces({"content": '{"statements": ['}, finish="model_length"), "mistral-limit")
    assert failed.value.code == "model_length"


def whole(body: dict[str, Any]) -> Serving:
    """Knows no streams."""

    def serve(_: dict[str, Any], wire: Wire) -> bool:
        wire.status(200, body)
        return True

    return serve


def test_a_gateway_that_knows_no_streams_is_read_all_the_same() -> None:
    message = {"role": "assistant", "content": '{"statements": []}'}
    usage = {"prompt_tokens": 70, "completion_tokens": 7, "total_tokens": 77}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    text, _, purse = ask(whole({"choices": choices, "usage": usage}), "whole")
    assert (text, purse.spent) == ('{"statements": []}', 77)
    refusal = [{"index": 0, "message": {"content": None, "refusal": "No."}, "finish_reason": "stop"}]
    with pytest.raises(ModelError) as failed:
        ask(whole({"choices": refusal}), "whole-refusal")
    assert failed.value.code == "model_refused"


def test_an_error_that_comes_as_a_success_is_told_in_the_endpoint_s_words() -> None:
    with pytest.raises(ModelError, match="The shelf is overloaded") as failed:
        ask(whole({"error": {"message": "The shelf is overloaded", "code": 503}}), "good-error")
    assert failed.value.retry


def test_what_the_endpoint_has_read_counts_though_no_answer_came() -> None:
    def filtering(body: dict[str, Any], wire: Wire) -> bool:
        del body
        wire.status(400, {"error": {"message": "Filtered", "code": "content_filter"}})
        return True

    def silent(body: dict[str, Any], wire: Wire) -> bool:
        del body, wire
        time.sleep(3)
        return True

    for way, code, counts in (
        (filtering, "model_filtered", True),
        (silent, "model_timeout", True),
        (refusing(["messages"], 401), "model_key", False),
    ):
        purse = Purse()
        with pytest.raises(ModelError) as failed:
            ask(way, f"unanswered-{code}", purse=purse)
        assert failed.value.code == code
        assert (purse.spent > 0) is counts


def test_tokens_that_the_endpoint_does_not_tell_are_counted_beside_those_that_it_does() -> None:
    written = '{"statements": []}'

    def serve(body: dict[str, Any], wire: Wire) -> bool:
        del body
        wire.begin()
        wire.piece({"content": written}, "stop")
        wire.event({"choices": [], "usage": {"prompt_tokens": 90}})
        wire.line("data: [DONE]")
        return True

    _, _, purse = ask(serve, "half-told")
    assert purse.spent == 90 + tokens(written)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"openai_base_url": "http://127.0.0.1:port/v1"}, "not an address"),
        ({"openai_base_url": "http://[::1/v1"}, "not an address"),
        ({"openai_base_url": "“http://127.0.0.1:1/v1”"}, "not an address"),
        ({"openai_base_url": "http://127.0.0.1:1/v1/chat/completions"}, "one of the endpoint's functions"),
        ({"openai_api_key": "“secret”"}, "no key has"),
        ({"openai_api_key": "secret\n"}, "no key has"),
    ],
)
def test_settings_that_were_copied_wrongly_are_named_before_anything_is_opened_and_no_key_is_told(
    changes: dict[str, str], words: str
) -> None:
    with pytest.raises(InvalidInput, match=words) as refused:
        ask(good, "miscopied", **changes)
    assert "secret" not in f"{refused.value.message} {refused.value.help}"


def test_the_usage_tells_what_the_model_calls_itself() -> None:
    odd = Odd(Script(sins=()), way=pieces({"content": '{"statements": []}'}, model="house-2026-08"))
    with running(odd.script, liar=odd) as (_, address):
        settings = Settings(
            Path("/nowhere"), "sqlite://", egress=False, openai_model="house", openai_base_url=address
        )
        with closing(LangchainChat(settings, Purse())) as chat:
            chat.ask(KeyMoments, "Write in English.", PROMPT, lambda _doing, _tokens: None)
            assert chat.usage.as_json(None)["models"] == ["house-2026-08"]
