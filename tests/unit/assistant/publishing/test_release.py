from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InvalidInput
from assistant.publishing.release import RECORDS, Release, end_of_use, read_release
from guardrails.packs import pack_of

NUMBER = "26/05/69999991/PM/001"
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def test_a_visa_without_an_end_holds_two_years() -> None:
    release = read_release({"visa_number": NUMBER, "visa_granted_on": "2026-05-31"})
    assert release.visa_expires_on == date(2028, 5, 31)
    assert release.as_json() == {
        "visa_number": NUMBER,
        "visa_granted_on": "2026-05-31",
        "visa_expires_on": "2028-05-31",
    }


def test_a_visa_is_given_for_exactly_one_manifest() -> None:
    release = read_release({"visa_number": NUMBER.lower(), "visa_granted_on": date(2026, 5, 31)})
    assert release.visa("abc") == {
        "number": NUMBER,
        "granted_on": date(2026, 5, 31),
        "expires_on": date(2028, 5, 31),
        "manifest_hash": "abc",
    }


@pytest.mark.parametrize("given_nothing", [None, {}, {"visa_number": "", "visa_granted_on": None}])
def test_no_visa_is_no_visa(given_nothing: dict[str, str] | None) -> None:
    assert read_release(given_nothing).visa("abc") is None


def test_other_records_are_kept_by_name() -> None:
    assert read_release({"certificate": "GMC 7000000"}).as_json() == {"certificate": "GMC 7000000"}


def test_the_records_are_those_that_the_markets_release_rules_look_for() -> None:
    asked = {
        rule.params["key"]
        for market in ("FR", "EU", "US", "UK")
        for rule in pack_of(market).rules
        if rule.check == "record_present" and rule.stages[0] == "release"
    }
    assert set(RECORDS) == asked - {"ai_mark"}, "the mark is read from what was signed, nobody declares it"


@pytest.mark.parametrize("name", ["standing", "ai_mark", "signed_roles", "by"])
def test_what_no_release_rule_looks_for_is_refused_and_the_records_are_named(name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_release({name: "x"})
    assert "form_2253" in refused.value.help


@pytest.mark.parametrize("value", [{"old": "new"}, ["x"], True, "x" * 201, "two\nlines", "  ", "a\x00"])
def test_a_record_is_a_line_of_text(value: object) -> None:
    with pytest.raises(InvalidInput):
        read_release({"certificate": value})


@pytest.mark.parametrize(
    "wrong",
    [
        {"visa_number": "PM/001", "visa_granted_on": "2026-05-31"},
        {"visa_number": NUMBER},
        {"visa_granted_on": "2026-05-31"},
        {"visa_expires_on": "2026-05-31"},
        {"visa_number": NUMBER, "visa_granted_on": "31/05/2026"},
        {"visa_number": NUMBER, "visa_granted_on": "2026-05-31", "visa_expires_on": "2026-05-30"},
        {"visa_number": NUMBER, "visa_granted_on": "2026-05-31", "visa_expires_on": "2028-06-01"},
        {"visa_number": NUMBER, "visa_granted_on": "2026-05-31", "visa_expires_on": "soon"},
    ],
)
def test_a_visa_that_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        read_release(wrong)


@given(DAYS, DAYS, st.lists(DAYS, max_size=4))
def test_use_ends_with_whatever_ends_first(today: date, visa: date, sources: list[date]) -> None:
    release = Release(NUMBER, today, visa)
    end = end_of_use(today, 24, release, sources)
    assert end <= visa
    assert all(end <= source for source in sources)
    assert end in {visa, *sources, end_of_use(today, 24, Release(), [])}


def test_use_ends_after_24_months_at_the_latest() -> None:
    assert end_of_use(date(2026, 6, 15), 24, Release(), [date(2030, 1, 1)]) == date(2028, 6, 15)
