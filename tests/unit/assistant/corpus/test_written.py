from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.written import civil_day, page_numbers
from assistant.errors import InvalidInput


def test_pages_are_numbers_and_ranges() -> None:
    assert page_numbers("3,7-9") == (3, 7, 8, 9)
    assert page_numbers(" 3 , 3-4 ") == (3, 4)
    assert page_numbers("") == ()


@pytest.mark.parametrize("words", ["0", "9-7", "x", "3-", "-3", "1-2-3", "²", "a", "1-999999999"])
def test_pages_that_name_nothing_are_refused(words: str) -> None:
    with pytest.raises(InvalidInput, match="names no pages"):
        page_numbers(words)


@given(st.sets(st.integers(min_value=1, max_value=500)))
def test_every_set_of_pages_can_be_written_and_read_back(pages: set[int]) -> None:
    assert page_numbers(",".join(map(str, pages))) == tuple(sorted(pages))


@pytest.mark.parametrize(
    "words", ["2026-13-45", "31/01/2026", "tomorrow", "2026-02-30", "", "20260131", "2026-W05-6"]
)
def test_a_date_that_cannot_be_is_refused_with_its_option(words: str) -> None:
    with pytest.raises(InvalidInput, match="--approved-on"):
        civil_day(words, "--approved-on")


def test_a_date_is_year_month_day() -> None:
    assert civil_day("2026-01-31", "--approved-on") == date(2026, 1, 31)
