"""A refusal leads to the field that it speaks of, whatever the form calls its place."""

from api.web.field_places import place_of_field

FORMS = """
<form><input type="hidden" name="number" id="kept"><input name="number" id="request-number"></form>
<form><input name="number" id="grant-number" aria-invalid="true"><textarea name="reason" id="why"></textarea></form>
<select name="market"></select>
"""


def test_the_field_that_is_marked_wrong_comes_before_others_of_its_name() -> None:
    assert place_of_field(FORMS, "number") == "grant-number"


def test_otherwise_it_is_the_first_that_can_be_seen() -> None:
    assert place_of_field(FORMS.replace(' aria-invalid="true"', ""), "number") == "request-number"
    assert place_of_field(FORMS, "reason") == "why"


def test_there_is_no_way_to_a_field_that_has_no_place_or_is_not_there() -> None:
    assert place_of_field(FORMS, "market") == ""
    assert place_of_field(FORMS, "elsewhere") == ""
    assert place_of_field(FORMS, "") == ""
