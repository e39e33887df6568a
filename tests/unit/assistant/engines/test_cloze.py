import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engines.cloze import GAP, OPTIONS, cloze
from guardrails.model import Language
from guardrails.numbers import extract

DOSE = "The recommended starting dose of Velmora is 10 mg once daily."


def test_the_key_fills_the_gap_again() -> None:
    made = cloze(DOSE, "en", {}, 1)
    assert made is not None
    assert made.text.replace(GAP, made.options[made.key]) == DOSE


@given(st.integers(5, 900), st.integers(0, 3))
def test_options_differ_and_stand_in_ascending_order(value: int, rank: int) -> None:
    made = cloze(f"The recommended dose of the medicine is {value} mg once daily.", "en", {}, rank)
    if made is not None and made.options[made.key] == f"{value} mg":
        numbers = [extract(option, "en")[0].value for option in made.options]
        assert numbers == sorted(set(numbers))
        assert len(numbers) == OPTIONS


def test_values_of_the_sources_come_before_made_up_ones() -> None:
    pool = {"mg": list(extract("The doses were 20 mg, then 40 mg, then 5 mg.", "en"))}
    made = cloze(DOSE, "en", {"mg": [q for q in pool["mg"] if not q.inherited]}, 1)
    assert made is not None
    assert {"5 mg", "20 mg", "40 mg"} <= set(made.options)


def test_the_writing_of_the_key_is_kept() -> None:
    made = cloze("Une hyperkaliémie est survenue chez 11,8 % des patients traités.", "fr", {}, 1)
    assert made is not None
    assert all("," in option and option.endswith(" %") for option in made.options)


@pytest.mark.parametrize(
    "sentence",
    [
        "The hazard ratio was 0.77 (95% CI) in the whole trial population.",
        "The risk fell by 29% with the medicine (hazard ratio 0.71) in adults.",
        "Rates were 78.0% and 3.5%, a difference of 74.5% between the groups.",
        "Adverse events occurred in 4.26% (2/47) of those on the medicine.",
        "The medicine raised the 24-hour urine output of the patients.",
        "Patients were followed and nothing else is said.",
    ],
)
def test_nothing_is_asked_that_the_rest_gives_away_or_that_measures_nothing(sentence: str) -> None:
    assert cloze(sentence, "en", {}, 1) is None


def test_a_rhythm_is_asked_for_among_rhythms() -> None:
    made = cloze("The tablet is to be swallowed whole three times daily with water.", "en", {}, 0)
    assert made is not None
    assert made.options[made.key] == "three times daily"


def test_a_result_is_asked_for_its_effect_before_its_time_and_its_numbers() -> None:
    text = "After 26 weeks, 118 of 240 patients slept better: a difference of 17% (P = 0.004) from placebo."
    made = cloze(text, "en", {}, 1, "result")
    assert made is not None
    assert made.options[made.key] == "17%"


def test_a_raised_decimal_point_is_kept() -> None:
    made = cloze("Sleep improved in 68·9% of the patients treated.", "en", {}, 1)
    assert made is not None
    assert made.options[made.key] == "68·9%"
    assert all("·" in option for option in made.options)


@pytest.mark.parametrize(
    ("language", "sentence", "key"),
    [
        ("en", "In severe renal impairment the dose must not exceed 40 mg once daily.", "40 mg"),
        ("fr", "Chez ces patients, la dose ne doit pas dépasser 80 mg par jour.", "80 mg par jour"),
    ],
)
def test_the_limit_of_a_dose_is_asked_for(language: Language, sentence: str, key: str) -> None:
    made = cloze(sentence, language, {}, 1)
    assert made is not None
    assert made.options[made.key] == key
    assert made.text.replace(GAP, key) == sentence
