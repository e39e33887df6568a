"""Footnotes that name a publication, and the marks that point to them."""

import pytest

from ingestion.references import Footnote, footnotes, is_reference, marks


@pytest.mark.parametrize(
    "text",
    [
        "1. Martin A, et al. N Engl J Med 2019;381:1995-2008.",
        "[2] Martin A, Petit B. Lancet 2020; 396: 1504-14",
        "¹ Martin A et al. Eur Heart J. 2021.",
        "* Martin A et al., 2021",
        "Martin A, Petit B. Title of the paper. J Card Outcomes 2019;7:112-21.",
        "Source : Martin et al. Presse Med 2018",
        "D'après Martin A et al. 2018",
        "1. Résumé des caractéristiques du produit, 14 février 2025, rubrique 4.8.",
        "2. Data on file, study 301, 2023.",
    ],
)
def test_a_line_that_only_cites_is_a_reference(text: str) -> None:
    assert is_reference(text)


@pytest.mark.parametrize(
    "text",
    [
        "Deaths fell by 26% in 2019, as Martin et al. reported in the Lancet.",
        "1. Start with 5 mg once daily in the morning.",
        "* p < 0.001 versus placebo",
        "CI: confidence interval; HR: hazard ratio",
        "Guidelines were renewed in 2021",
        "Martin A will speak in 2024",
        "",
    ],
)
def test_what_claims_or_explains_is_none(text: str) -> None:
    assert not is_reference(text)


def test_several_references_in_one_line_are_parted_by_their_numbers() -> None:
    line = (
        "1. Martin A et al. Lancet 2019;7:112-21. 2. Petit B. BMJ 2018;5:201-9. 3. Roux C. JAMA 2020;8:77-86."
    )
    assert list(footnotes(line)) == [
        Footnote("1", "Martin A et al. Lancet 2019;7:112-21."),
        Footnote("2", "Petit B. BMJ 2018;5:201-9."),
        Footnote("3", "Roux C. JAMA 2020;8:77-86."),
    ]


def test_a_reference_without_a_mark_has_none() -> None:
    assert list(footnotes("Source: Martin A et al. 2019")) == [Footnote("", "Martin A et al. 2019")]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Deaths fell by 26%¹", ("1",)),
        ("Deaths fell¹,³ and stays too²", ("1", "3", "2")),
        ("All of them¹⁻³", ("1", "2", "3")),
        ("Twelve¹²", ("12",)),
        ("Deaths fell*", ("*",)),
        ("platelets above 100 × 10⁹/L", ()),
        ("eGFR below 30 mL/min/1.73 m²", ()),
        ("a rate of 5 min⁻¹", ()),
        ("no mark", ()),
    ],
)
def test_marks_are_raised_numbers_that_are_no_power_and_no_unit(quote: str, found: tuple[str, ...]) -> None:
    assert marks(quote) == found
