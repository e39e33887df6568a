import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engines.unstreamed import as_stream


def test_a_whole_answer_is_one_event_with_its_message_as_a_piece_and_the_end() -> None:
    choice = {"index": 0, "message": {"content": "é"}, "finish_reason": "stop"}
    event, end, *_ = as_stream(json.dumps({"choices": [choice], "usage": None}).encode()).split(b"\n\n")
    told = json.loads(event.removeprefix(b"data: "))
    assert told == {
        "choices": [{"index": 0, "delta": {"content": "é"}, "finish_reason": "stop"}],
        "usage": None,
    }
    assert end == b"data: [DONE]"


def test_an_error_in_place_of_an_answer_is_handed_on() -> None:
    error = {"error": {"message": "overloaded"}}
    assert (
        as_stream(json.dumps(error).encode())
        == b"data: " + json.dumps(error).encode() + b"\n\ndata: [DONE]\n\n"
    )


@pytest.mark.parametrize("body", [b"", b"data: {}\n\n", b"[]", b"[" * 100_000, b"\xff"])
def test_what_is_no_whole_answer_stays_as_it_came(body: bytes) -> None:
    assert as_stream(body) == body


@given(
    st.recursive(
        st.none() | st.text(),
        lambda t: st.lists(t) | st.dictionaries(st.sampled_from(["choices", "message", "error"]), t),
    )
)
def test_no_json_raises(value: object) -> None:
    as_stream(json.dumps(value).encode())
