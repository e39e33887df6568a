from datetime import UTC, date, datetime

import pytest

from api.web.formats import (
    date_text,
    expiry,
    expiry_text,
    instant_text,
    number_text,
    place_text,
    signed_text,
    size_text,
    timecode,
    typeset,
)
from guardrails.model import Locator

TODAY = date(2026, 11, 22)


def test_dates_are_written_out_in_the_readers_language() -> None:
    assert date_text("2026-11-03", "en") == "3 November 2026"
    assert date_text(date(2026, 11, 3), "fr") == "3 novembre 2026"
    assert date_text(None, "fr") == "–"


def test_instants_are_shown_in_paris_time() -> None:
    assert instant_text(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "en") == "2 July 2026, 00:30"
    assert instant_text("2026-12-01T12:00:00+00:00", "fr") == "1er décembre 2026, 13:00"


def test_numbers_follow_the_language() -> None:
    assert number_text(1234.5, "en") == "1,234.5"
    assert number_text(1234.5, "fr") == "1\u202f234,5"


@pytest.mark.parametrize(
    ("on", "standing"),
    [("2026-11-21", "past"), ("2026-11-22", "soon"), ("2027-01-21", "soon"), ("2027-01-22", "later")],
)
def test_an_approval_still_holds_on_its_last_day(on: str, standing: str) -> None:
    found = expiry(on, TODAY)
    assert found is not None
    assert found[0] == standing


@pytest.mark.parametrize(
    ("on", "english", "french"),
    [
        ("2026-11-22", "today", "aujourd’hui"),
        ("2026-11-23", "in 1 day", "dans 1 jour"),
        ("2026-11-10", "12 days ago", "il y a 12 jours"),
        ("2027-11-22", "in 12 months", "dans 12 mois"),
        ("2031-11-22", "in 5 years", "dans 5 ans"),
    ],
)
def test_an_expiry_is_told_as_seen_from_today(on: str, english: str, french: str) -> None:
    assert expiry_text(on, TODAY, "en") == english
    assert expiry_text(on, TODAY, "fr") == french


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        ({"page": 12, "section": "4.2"}, "page 12"),
        ({"slide": 3}, "slide 3"),
        (Locator(start=725.0, end=730.0), "at 12:05"),
        ({"section": "x"}, ""),
    ],
)
def test_a_place_is_said_as_a_person_would(locator: dict[str, object] | Locator, text: str) -> None:
    assert place_text(locator, "en") == text


def test_a_timecode_shows_hours_only_where_there_are_any() -> None:
    assert timecode(65.9) == "1:05"
    assert timecode(3661) == "1:01:01"


def test_sizes_are_told_in_kilobytes_or_megabytes() -> None:
    assert size_text(12, "en") == "1 kB"
    assert size_text(2_340_000, "fr") == "2,3 MB"


def test_a_signature_shows_its_second_and_its_zone() -> None:
    """21 CFR 11.50: the date and time when the signature was executed."""
    assert signed_text(datetime(2026, 7, 1, 22, 30, 5, tzinfo=UTC), "en") == "2 July 2026, 00:30:05 GMT+02:00"
    assert signed_text("2026-12-01T12:00:00+00:00", "fr") == "1er décembre 2026, 13:00:00 UTC+01:00"


def test_a_french_sentence_keeps_its_signs_with_their_words() -> None:
    said = "« 5 mg » ne figure pas ici : corrigez ; citez « cela »."
    assert typeset(said, "fr") == (
        "«\u00a05 mg\u00a0» ne figure pas ici\u00a0: corrigez\u00a0; citez «\u00a0cela\u00a0»."
    )
    assert typeset("a : b", "en") == "a : b"


def test_a_french_sentence_has_its_own_apostrophe_and_an_english_one_and_a_prime_stay() -> None:
    assert typeset("L'énoncé n'est pas d'« accord ».", "fr") == "L’énoncé n’est pas d’«\u00a0accord\u00a0»."
    assert typeset("5' après 'ceci'", "fr") == "5' après 'ceci'"
    assert typeset("It isn't so.", "en") == "It isn't so."


def test_the_first_of_a_month_is_french_in_french() -> None:
    assert date_text("2027-11-01", "fr") == "1er novembre 2027"
    assert date_text("2027-11-11", "fr") == "11 novembre 2027"
    assert date_text("2027-11-01", "en") == "1 November 2027"
    assert instant_text("2027-11-01T10:00:00+00:00", "fr") == "1er novembre 2027, 11:00"
    assert signed_text("2027-11-01T10:00:00+00:00", "fr").startswith("1er novembre 2027, 11:00:00")
