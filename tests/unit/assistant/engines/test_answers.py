import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engines.answers import LONGEST_TEXT, MOST_ITEMS, read_answer
from prompts.contracts import Email, KeyMoments

GOOD = {"role": "dose", "text": "A.", "quotes": [{"passage": "P1", "text": "A."}]}


def answer(**lists: object) -> str:
    return json.dumps(lists)


@pytest.mark.parametrize(
    "around", ["{}", "```json\n{}\n```", "Here it is: {} Good luck!", "<think>a {{brace}}</think>{}"]
)
def test_json_is_found_in_what_models_write_around_it(around: str) -> None:
    text = around.replace("{}", answer(statements=[GOOD])).replace("{{", "{").replace("}}", "}")
    assert len(read_answer(KeyMoments, text).parts["statements"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[1]",
        '{"statements": [',
        '{"other": []}',
        '{"statements": [{"text": "a", "text": "b"}]}',
        '{"statements": NaN}',
        '{"statements": ' + "[" * 100_000,
        '{"statements": ' + "9" * 10_000 + "}",
    ],
)
def test_what_is_not_one_json_object_of_the_contract_is_a_problem(text: str) -> None:
    assert read_answer(KeyMoments, text).problem


@pytest.mark.parametrize(
    "bad",
    [
        {**GOOD, "role": 7},
        {**GOOD, "quotes": None},
        {**GOOD, "approved": True},
        {**GOOD, "text": "a" * (LONGEST_TEXT + 1)},
        {**GOOD, "text": "half \ud800"},
        {**GOOD, "text": "nothing \x00"},
        "text",
        None,
    ],
)
def test_a_part_of_the_wrong_shape_is_set_aside_alone(bad: object) -> None:
    found = read_answer(KeyMoments, answer(statements=[GOOD, bad]))
    assert len(found.parts["statements"]) == 1
    assert len(found.misshapen) == 1
    found.misshapen[0].text.encode()


def test_a_list_that_is_missing_is_empty_and_an_unknown_one_is_shown() -> None:
    found = read_answer(Email, answer(messages=[GOOD], extra=[GOOD]))
    assert found.parts["safety"] == []
    assert "extra" in found.misshapen[0].why


def test_what_no_piece_could_hold_is_counted_and_not_read() -> None:
    found = read_answer(KeyMoments, answer(statements=[GOOD] * (MOST_ITEMS + 5)))
    assert len(found.parts["statements"]) == MOST_ITEMS
    assert "5 more" in found.misshapen[0].why


@given(st.text(max_size=300))
def test_nothing_that_a_model_writes_raises(text: str) -> None:
    read_answer(KeyMoments, text)
    read_answer(KeyMoments, '{"statements": [' + text + "]}")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_json_raises(value: object) -> None:
    found = read_answer(KeyMoments, json.dumps({"statements": [value]}))
    assert found.parts.get("statements", []) == []
