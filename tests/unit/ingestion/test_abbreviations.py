"""Which abbreviations a text explains itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.abbreviations import Abbreviation, abbreviations_in, is_short


def pairs(text: str) -> dict[str, str]:
    return {found.short: found.long for found in abbreviations_in([text])}


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The endpoint was progression-free survival (PFS).", "PFS", "progression-free survival"),
        ("La survie sans progression (SSP) a été évaluée.", "SSP", "survie sans progression"),
        ("Un évènement indésirable grave (EIG) est survenu.", "EIG", "évènement indésirable grave"),
        ("Le débit de filtration glomérulaire (DFG) baisse.", "DFG", "débit de filtration glomérulaire"),
        ("l’enzyme de conversion de l’angiotensine (ECA)", "ECA", "enzyme de conversion de l’angiotensine"),
        (
            "human epidermal growth factor receptor 2 (HER2)",
            "HER2",
            "human epidermal growth factor receptor 2",
        ),
        ("an estimated glomerular filtration rate [eGFR]", "eGFR", "estimated glomerular filtration rate"),
        ("overall survival (OS; 12 months)", "OS", "overall survival"),
    ],
)
def test_a_long_form_before_its_bracket(text: str, short: str, long: str) -> None:
    assert pairs(text) == {short: long}


def test_a_short_form_before_its_bracket() -> None:
    text = "Patients with NSCLC (non-small cell lung cancer) were treated."
    assert pairs(text) == {"NSCLC": "non-small cell lung cancer"}


def test_the_notes_below_a_table() -> None:
    text = "AE, adverse event; BP: blood pressure; OS = overall survival."
    assert pairs(text) == {"AE": "adverse event", "BP": "blood pressure", "OS": "overall survival"}


@pytest.mark.parametrize(
    "text",
    [
        "Serum potassium was high (5.0 mmol/L).",
        "The dose was doubled (20 MG).",
        "In the trial (see Table 2) it fell.",
        "They were treated with Velmora (XYZ).",
        "Patients received placebo (N = 1207).",
        "Something else entirely. (PFS)",
    ],
)
def test_what_does_not_carry_the_letters_explains_nothing(text: str) -> None:
    assert pairs(text) == {}


def test_a_pair_that_comes_back_is_one_with_its_count() -> None:
    said = ["Overall survival (OS) rose.", "overall survival (OS) fell."]
    assert abbreviations_in(said) == [Abbreviation("OS", "Overall survival", 2)]


@given(st.text(alphabet="abcdeéFGS ()[];:,=.-123\n", max_size=200))
def test_whatever_is_found_is_a_short_form_and_words_of_the_text(text: str) -> None:
    for found in abbreviations_in([text]):
        assert is_short(found.short)
        assert found.short in text
        assert found.long in text
        assert found.short.casefold() != found.long.casefold()
