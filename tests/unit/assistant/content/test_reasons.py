"""Why no source may be used: each reason once, with the first source that it stops."""

from assistant.content.request import _of_a_reason


def test_one_source_is_named_with_its_reason() -> None:
    assert _of_a_reason("it has no approval yet", ["Label 1"]) == "Label 1: it has no approval yet"


def test_the_others_of_a_reason_are_counted() -> None:
    said = _of_a_reason("it has no approval yet", ["Label 1", "Paper", "Deck"])
    assert said == "Label 1: it has no approval yet; 2 more for the same reason"
