from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.corpus.markets import known_market
from assistant.corpus.sheet import clean_sheet, sheet_for
from assistant.errors import InvalidInput


def test_an_empty_sheet_is_taken() -> None:
    assert clean_sheet({}) == {}


def test_what_was_not_given_is_not_invented() -> None:
    assert clean_sheet({"brand": " Velmora "}) == {"brand": "Velmora"}


def test_unknown_fields_are_kept() -> None:
    assert clean_sheet({"strengths": ["5 mg"]}) == {"strengths": ["5 mg"]}


def test_names_by_language_become_one_list() -> None:
    sheet = clean_sheet({"synonyms": {"en": ["cardorelone", "Velmora"], "fr": ["cardorélone", "Velmora"]}})
    assert sheet["synonyms"] == ["cardorelone", "Velmora", "cardorélone"]


def test_mentions_by_key_become_a_list_in_their_order() -> None:
    sheet = clean_sheet({"mandatory_mentions": {"FR": {"fr": {"safety": "Un.", "reporting": "Deux."}}}})
    assert sheet["mentions"]["FR"]["fr"] == [
        {"key": "safety", "text": "Un."},
        {"key": "reporting", "text": "Deux."},
    ]


def test_dates_become_text() -> None:
    given = {"marketing_date": {"FR": datetime(2025, 3, 10, tzinfo=UTC).date()}}
    assert clean_sheet(given) == {"marketing_dates": {"FR": "2025-03-10"}}


def test_cleaning_twice_is_cleaning_once() -> None:
    once = clean_sheet(
        {"cis": 69999991, "inn": {"fr": "cardorélone"}, "mentions": {"fr": {"fr": {"a": "b"}}}}
    )
    assert clean_sheet(once) == once


@pytest.mark.parametrize(
    ("sheet", "field"),
    [
        ({"cis": "123"}, "cis"),
        ({"cis": "1234567a"}, "cis"),
        ({"marketing_dates": {"FR": "2025-13-40"}}, "marketing_dates.FR"),
        ({"marketing_dates": {"Mars": "2025-01-01"}}, "marketing_dates.Mars"),
        ({"public_page": "javascript:alert(1)"}, "public_page"),
        ({"mentions": {"FR": {"fr": [{"key": "safety", "text": ""}]}}}, "mentions.FR.fr.0.text"),
        ({"additional_monitoring": "perhaps"}, "additional_monitoring"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_name(sheet: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        clean_sheet(sheet)
    assert field in refused.value.message


def test_a_market_sees_its_own_part() -> None:
    sheet = clean_sheet(
        {
            "brand": "Velmora",
            "marketing_date": {"FR": "2025-03-10"},
            "prescribing_class": {"FR": {"fr": "Liste I."}, "EU": {"en": "Prescription only."}},
            "reimbursement": {"fr": "Remboursé à 65 %."},
            "public_page": {"FR": "https://example.org/fr"},
        }
    )
    assert sheet_for(sheet, "FR") == {
        "brand": "Velmora",
        "marketing_date": "2025-03-10",
        "prescribing_class": {"fr": "Liste I."},
        "reimbursement": {"fr": "Remboursé à 65 %."},
        "public_page": "https://example.org/fr",
    }
    assert sheet_for(sheet, "US") == {"brand": "Velmora", "reimbursement": {"fr": "Remboursé à 65 %."}}


@pytest.mark.parametrize(
    ("given", "kept"), [("fr", "FR"), (" eu ", "EU"), ("GB", "UK"), ("uk", "UK"), ("US", "US")]
)
def test_a_market_is_kept_in_one_spelling(given: str, kept: str) -> None:
    assert known_market(given) == kept


@pytest.mark.parametrize("given", ["", "XX", "FRA", "France", "F R", "*"])
def test_what_is_no_market_is_refused(given: str) -> None:
    with pytest.raises(InvalidInput):
        known_market(given)


@pytest.mark.parametrize("value", [10**20, {"deep": [-(2**60)]}, "half a character: \ud800"])
def test_what_no_digest_can_be_made_of_is_refused(value: Any) -> None:
    with pytest.raises(InvalidInput):
        clean_sheet({"something_else": value})
