"""What the register proposes for a sheet, with its provenance; what it leaves to a person."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.register.files import read_register
from assistant.corpus.register.proposing import brand_of, candidates, current, merged, parse_price, propose
from tests.builders.register import MEDICINE, OPINION, OTHER, PRESENTATION, write_register

CIS = "69999991"


def proposed(folder: Path, sheet: dict[str, Any] | None = None, **files: str) -> dict[str, Any]:
    proposals, _ = propose(read_register(write_register(folder, **files)), CIS, sheet or {})
    return {one.field: one for one in proposals}


def test_every_field_that_rules_fr1_to_fr9_need_is_proposed(tmp_path: Path) -> None:
    found = {name: one.proposed for name, one in proposed(tmp_path).items()}
    assert found == {
        "brand": "VELMORA",
        "cis": CIS,
        "holder": "LABORATOIRES AUBRAC",
        "authorisation_numbers": "EU/1/24/9999",
        "public_page": f"https://base-donnees-publique.medicaments.gouv.fr/extrait.php?specid={CIS}",
        "additional_monitoring": True,
        "inn": "cardorélone",
        "strengths": ["5 mg"],
        "prescribing_class": "Liste I\u00a0; prescription initiale annuelle réservée à certains spécialistes.",
        "marketing_dates": "2025-03-10",
        "reimbursement": "Remboursé Séc. Soc. à 65\u00a0%, agréé collectivités.",
        "price": "1\u202f234,56\u00a0€ (hors honoraires de dispensation\u00a0; 1\u202f235,58\u00a0€ honoraires compris)",
        "priced_presentation": "plaquette de 30 comprimés",
    }


def test_a_value_names_its_file_its_line_and_its_date(tmp_path: Path) -> None:
    one = proposed(tmp_path)["reimbursement"]
    assert (one.file, one.line, one.dated) == ("CIS_CIP_bdpm.txt", 1, "2025-03-10")


@pytest.mark.parametrize(
    ("sheet", "field", "status"),
    [
        ({}, "brand", "new"),
        ({"brand": "Velmora"}, "brand", "same"),
        ({"brand": "Aubrac"}, "brand", "different"),
        ({"inn": {"fr": "cardorelone"}}, "inn", "same"),
        ({"reimbursement": {"FR": {"fr": "Non remboursé."}}}, "reimbursement", "different"),
        ({"reimbursement": {"EU": {"fr": "Selon l'État."}}}, "reimbursement", "new"),
        ({"additional_monitoring": False}, "additional_monitoring", "different"),
    ],
)
def test_the_difference_with_what_is_there_is_said(
    tmp_path: Path, sheet: dict[str, Any], field: str, status: str
) -> None:
    assert proposed(tmp_path, sheet)[field].status == status


def test_keeping_a_value_leaves_other_markets_and_languages(tmp_path: Path) -> None:
    sheet = {
        "reimbursement": {
            "FR": {"fr": "Non remboursé.", "en": "Not reimbursed."},
            "EU": {"fr": "Selon l'État."},
        }
    }
    kept = merged(sheet, proposed(tmp_path, sheet).values())
    assert kept["reimbursement"]["EU"] == {"fr": "Selon l'État."}
    assert kept["reimbursement"]["FR"]["en"] == "Not reimbursed."
    assert kept["reimbursement"]["FR"]["fr"].startswith("Remboursé Séc. Soc.")
    assert current(kept, "reimbursement") == kept["reimbursement"]["FR"]["fr"]


def test_keeping_a_value_in_a_sheet_by_language_stays_by_language(tmp_path: Path) -> None:
    kept = merged({"prescribing_class": {"fr": "Liste II", "en": "List II"}}, proposed(tmp_path).values())
    assert kept["prescribing_class"]["en"] == "List II"
    assert kept["prescribing_class"]["fr"].startswith("Liste I")


def test_presentations_that_differ_are_left_to_a_person(tmp_path: Path) -> None:
    two = f"{PRESENTATION}\n{PRESENTATION.replace('65%', '30%')}"
    register = read_register(write_register(tmp_path, presentations=two))
    proposals, problems = propose(register, CIS, {})
    assert "reimbursement" not in {one.field for one in proposals}
    assert [p.code for p in problems] == ["differs"]


def test_a_price_that_is_none_is_named_and_the_rest_is_proposed(tmp_path: Path) -> None:
    register = read_register(write_register(tmp_path, presentations=PRESENTATION.replace("1 234,56", "n/a")))
    proposals, problems = propose(register, CIS, {})
    assert [(p.file, p.line, p.code) for p in problems] == [("CIS_CIP_bdpm.txt", 1, "price")]
    assert "reimbursement" in {one.field for one in proposals}


def test_a_presentation_that_is_not_marketed_counts_for_nothing(tmp_path: Path) -> None:
    ended = PRESENTATION.replace(
        "Déclaration de commercialisation", "Déclaration d'arrêt de commercialisation"
    )
    assert "price" not in proposed(tmp_path, presentations=ended)


def test_opinions_are_listed_newest_first(tmp_path: Path) -> None:
    older = OPINION.replace("20240605", "20200101").replace("Important", "Modéré")
    found = proposed(tmp_path, CIS_HAS_SMR_bdpm=f"{older}\n{OPINION}")["opinions"].proposed
    assert [(one["dated_on"], one["value"]) for one in found] == [
        ("2024-06-05", "Important"),
        ("2020-01-01", "Modéré"),
    ]


def test_several_medicines_of_a_name_are_all_listed(tmp_path: Path) -> None:
    register = read_register(write_register(tmp_path, medicines=f"{MEDICINE}\n{OTHER}"))
    assert [one.cis for one in candidates(register, ["velmora"], None)] == ["69999992", "69999991"]
    assert [one.cis for one in candidates(register, ["Velmora"], CIS)] == [CIS]
    assert candidates(register, ["Velmo"], None) == []


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("4,66", "4.66"),
        ("1 234,56", "1234.56"),
        ("1,234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1\u00a0234", "1234"),
        ("12345,6", "12345.6"),
        ("76,58 €", "76.58"),
        ("", None),
        ("n/a", None),
        ("-3,00", None),
        ("1,2,3", None),
    ],
)
def test_prices_as_the_register_writes_them(text: str, amount: str | None) -> None:
    assert parse_price(text) == (None if amount is None else Decimal(amount))


@given(st.integers(0, 10**8), st.sampled_from(["", " ", "\u00a0", "\u202f", ","]))
def test_a_price_written_with_any_separator_reads_back(cents: int, separator: str) -> None:
    whole = f"{cents // 100:,}".replace(",", separator)
    assert parse_price(f"{whole},{cents % 100:02}") == Decimal(cents) / 100


@given(st.text(max_size=40))
def test_no_text_makes_the_price_fail(text: str) -> None:
    amount = parse_price(text)
    assert amount is None or amount >= 0


@pytest.mark.parametrize(
    ("name", "brand"), [("VELMORA 5 mg, comprimé", "VELMORA"), ("AB CRÈME, crème", "AB CRÈME"), ("X", "X")]
)
def test_the_brand_is_what_stands_before_strength_and_form(name: str, brand: str) -> None:
    assert brand_of(name) == brand
