"""What numbers a section, and what a heading says with a figure or a letter."""

import pytest

from assistant.corpus.diff.kinds import kinds_of
from assistant.corpus.diff.units import amounts, bare_heading, is_numbered


@pytest.mark.parametrize(
    ("heading", "called"),
    [
        ("4.2 Posology", "posology"),
        ("4.2. Posologie", "posologie"),
        ("4.8 Effets indésirables", "effets indésirables"),
        ("4. CLINICAL PARTICULARS", "clinical particulars"),
        ("1 INDICATIONS AND USAGE", "indications and usage"),
        ("3 DOSAGE FORMS", "dosage forms"),
        ("A. LABELLING", "labelling"),
        ("(a) with food", "with food"),
        ("b) en association", "en association"),
        ("IV. Overdose", "overdose"),
        ("1. 5 mg tablets", "5 mg tablets"),
    ],
)
def test_what_numbers_a_section_is_no_part_of_its_name(heading: str, called: str) -> None:
    assert bare_heading(heading) == called
    assert is_numbered(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "10 mg tablets",
        "10 MG TABLETS",
        "2.5 mg tablets",
        "0.5 mL syringe",
        "75 years and over",
        "65 Ans et plus",
        "12 Patients with renal impairment",
        "2 Tablets",
        "7 Day regimen",
        "A Children",
        "E. coli infections",
        "IV Administration",
    ],
)
def test_a_figure_or_letter_that_says_something_stays(heading: str) -> None:
    assert bare_heading(heading) == heading.casefold()
    assert not is_numbered(heading)


def test_another_strength_in_a_heading_is_no_other_number_of_it() -> None:
    assert kinds_of("4.2 Posology", "4.3 Posology", "en", heading=True) == ("renumbered",)
    assert "renumbered" not in kinds_of("10 mg tablets", "5 mg tablets", "en", heading=True)


def test_amounts_of_a_heading_are_those_with_a_unit() -> None:
    assert {(str(value), unit) for value, unit, _ in amounts("VELMORA 5 MG TABLETS")} == {("5", "mg")}
    assert not amounts("ANNEX I, version 2024")
