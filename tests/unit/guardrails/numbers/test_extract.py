from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.numbers import Quantity, extract


def shown(quantity: Quantity) -> str:
    upper = "" if quantity.upper is None else f"..{quantity.upper.normalize():f}"
    unit = f" {quantity.unit}" if quantity.unit else ""
    kind = "" if quantity.kind == "number" else f" <{quantity.kind}>"
    return f"{quantity.comparator}{quantity.value.normalize():f}{upper}{unit}{kind}"


def read(text: str, language: str = "en") -> list[str]:
    return [shown(quantity) for quantity in extract(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("12.5%", "en", ["12.5 %"]),
        ("12,5 %", "fr", ["12.5 %"]),
        ("12,5 pour cent", "fr", ["12.5 %"]),
        ("12.5 percent", "en", ["12.5 %"]),
        ("1,207 patients", "en", ["1207"]),
        ("1 207 patients", "fr", ["1207"]),
        ("1\u202f207 patients", "fr", ["1207"]),
        ("1\u00a0234\u00a0567 doses", "fr", ["1234567"]),
        ("1,234,567 doses", "fr", ["1234567"]),
        ("un rapport de 1,207", "fr", ["1.207"]),
        ("142/1,207", "fr", ["142..1207 <fraction>"]),
        ("n = 1,207 ; HR 0.77", "fr", ["1207", "0.77"]),
        ("0,125 mg", "en", ["0.125 mg"]),
        ("0·77 (0·66–0·90)", "en", ["0.77", "0.66..0.9 <range>"]),
        ("-2.3 and −2.3 mmHg", "en", ["-2.3 mmHg", "-2.3 mmHg"]),
        ("+5.2 points", "en", ["5.2 point"]),
    ],
)
def test_a_number_is_read_as_its_language_and_form_write_it(
    text: str, language: str, expected: list[str]
) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("30 mL/min/1.73 m2", "en", ["30 mL/minute/1.73m2"]),
        ("30 ml/min/1,73 m²", "fr", ["30 mL/minute/1.73m2"]),
        ("10 mg/5 mL", "en", ["10 mg", "5 mL"]),
        ("5mg/kg/day", "en", ["5 mg/kg/day"]),
        ("10 mg par jour", "fr", ["10 mg/day"]),
        ("10 mg/j", "fr", ["10 mg/day"]),
        ("10 mg daily", "en", ["10 mg/day"]),
        ("25 µg", "en", ["25 ug"]),
        ("25 microgrammes", "fr", ["25 ug"]),
        ("26.4 months", "en", ["26.4 month"]),
        ("26,4 mois", "fr", ["26.4 month"]),
        ("a 12-week trial", "en", ["12 week"]),
        ("6.2 percentage points", "en", ["6.2 pp"]),
        ("6,2 points de pourcentage", "fr", ["6.2 pp"]),
        ("5.3-fold", "en", ["5.3 fold"]),
        ("5,3 fois", "fr", ["5.3 fold"]),
        ("ALT > 3 x ULN", "en", [">3 ULN"]),
        ("1.5 × 10⁹/L", "en", ["1500000000 /L"]),
        ("1.5 x 10^9/L", "en", ["1500000000 /L"]),
        ("41,40 €", "fr", ["41.4 EUR"]),
        ("EUR 41.40", "en", ["41.4 EUR"]),
        ("5, 10 and 20 mg", "en", ["5 mg", "10 mg", "20 mg"]),
        ("HR 0.77, 95% CI", "en", ["0.77", "95 %"]),
    ],
)
def test_units_have_one_name_in_both_languages(text: str, language: str, expected: list[str]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("at least 18 years", "en", ["≥18 year"]),
        ("18 years or older", "en", ["≥18 year"]),
        ("au moins 18 ans", "fr", ["≥18 year"]),
        ("18 ans et plus", "fr", ["≥18 year"]),
        ("≥18 ans", "fr", ["≥18 year"]),
        ("less than 60 kg", "en", ["<60 kg"]),
        ("moins de 60 kg", "fr", ["<60 kg"]),
        ("inférieure ou égale à 40 %", "fr", ["≤40 %"]),
        ("40% or less", "en", ["≤40 %"]),
        ("up to 120 mg", "en", ["≤120 mg"]),
        ("jusqu’à 120 mg", "fr", ["≤120 mg"]),
        ("no more than 5 mg", "en", ["≤5 mg"]),
        ("plus de 1 000 patients", "fr", [">1000"]),
        ("about 12 %", "en", ["~12 %"]),
        ("every 3 months", "en", ["every3 month"]),
        ("tous les 3 mois", "fr", ["every3 month"]),
        ("over 26.4 months", "en", ["26.4 month"]),
        ("patients over 85 years", "en", [">85 year"]),
        ("P<0.0001", "en", ["<0.0001 <p_value>"]),
        ("p = 0,26", "fr", ["0.26 <p_value>"]),
        ("p for interaction 0.62", "en", ["0.62 <p_value>"]),
    ],
)
def test_comparators_are_part_of_the_quantity(text: str, language: str, expected: list[str]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("0.66 to 0.90", "en", ["0.66..0.9 <range>"]),
        ("0,66-0,90", "fr", ["0.66..0.9 <range>"]),
        ("95% CI 0.66, 0.90", "en", ["95 %", "0.66..0.9 <range>"]),
        ("IC 95 % [0,66 ; 0,90]", "fr", ["95 %", "0.66..0.9 <range>"]),
        ("60–70 kg", "en", ["60..70 kg <range>"]),
        ("between 5 and 10 mg", "en", ["5..10 mg <range>"]),
        ("entre 5 et 10 mg", "fr", ["5..10 mg <range>"]),
        ("−5.2 to −2.9", "en", ["-5.2..-2.9 <range>"]),
        ("one in three patients", "en", ["1..3 <fraction>"]),
        ("one patient in 20 of all ages", "en", ["1..20 <fraction>"]),
        ("on one visit in 7 of the 310", "en", ["7..310 <fraction>"]),
        ("two falls in 9 patients out of 80", "en", ["2", "9..80 <fraction>"]),
        ("trois sur dix", "fr", ["3..10 <fraction>"]),
        ("142 patients sur 1 207", "fr", ["142..1207 <fraction>"]),
        ("142 of the 1,207", "en", ["142..1207 <fraction>"]),
        ("half of the patients", "en", ["1..2 <fraction>"]),
        ("la moitié des patients", "fr", ["1..2 <fraction>"]),
        ("randomised 1:1", "en", ["1..1 ratio <fraction>"]),
        ("140/90 mmHg", "en", ["140..90 mmHg <fraction>"]),
        ("twenty-four patients", "en", ["24"]),
        ("quatre-vingt-dix patients", "fr", ["90"]),
        ("two hundred and six", "en", ["206"]),
        ("exposure doubled", "en", ["2 fold"]),
        ("twice as frequent", "en", ["2 fold"]),
        ("twice daily", "en", ["2 /day <frequency>"]),
        ("3 times a day", "en", ["3 /day <frequency>"]),
        ("deux fois par jour", "fr", ["2 /day <frequency>"]),
        ("12 March 2024", "en", ["20240312 date <date>"]),
        ("12/03/2024", "fr", ["20240312 date <date>"]),
        ("1er mars 2024", "fr", ["20240301 date <date>"]),
        ("NYHA class II to IV", "en", ["2..4 class <designator>"]),
        ("classes II et III de la NYHA", "fr", ["2 class <designator>", "3 class <designator>"]),
        ("type 2 diabetes, phase 3", "en", ["2 type <designator>", "3 phase <designator>"]),
        ("see sections 4.3 and 4.4", "en", ["4.3 section <designator>", "4.4 section <designator>"]),
    ],
)
def test_ranges_shares_words_dates_and_names_are_told_apart(
    text: str, language: str, expected: list[str]
) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "SGLT2 inhibitors and CYP3A4, 2D6 or HbA1c",
        "PATHWAY-2 and COVID-19",
        "NCT02653482, EU/1/24/9999/001, 26/03/69999991/PM/001",
        "the 2nd and 3rd visit, first-line, the 21st",
        "https://example.org/2024/12 and {{token_1}}",
        "double-blind, half-life, one of the patients",
    ],
)
def test_names_ordinals_and_addresses_are_no_quantities(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["le 1er jour", "demi-vie", "double aveugle", "un patient", "la 2e visite"])
def test_french_words_that_look_like_numbers(text: str) -> None:
    assert read(text, "fr") == []


def test_offsets_point_at_the_words_with_their_comparator() -> None:
    text = "It fell by at least 12,5 % in all."
    (quantity,) = extract(text, "en")
    assert text[quantity.start : quantity.end] == "at least 12,5 %"


@given(st.decimals(min_value=0, max_value=999, places=2), st.sampled_from(["mg", "%", "kg", "mmHg", "weeks"]))
def test_a_decimal_is_the_same_quantity_in_both_languages(value: Decimal, unit: str) -> None:
    english = extract(f"It was {value} {unit} then.", "en")
    french = extract(f"It was {str(value).replace('.', ',')} {unit} then.", "fr")
    assert (
        [(q.value, q.unit) for q in english]
        == [(q.value, q.unit) for q in french]
        == [(value, english[0].unit)]
    )


@given(st.text(max_size=200), st.sampled_from(["fr", "en"]))
def test_any_text_is_read_without_error_and_within_its_bounds(text: str, language: str) -> None:
    for quantity in extract(text, language):
        assert 0 <= quantity.start < quantity.end <= len(text)


@pytest.mark.parametrize(
    ("language", "table"),
    [
        ("fr", "Poids | Dose maximale\nDe 12 kg à moins de 18 kg | 5 mg"),
        ("fr", "Âge | Jusqu'à\n6 ans | 40 mg"),
        ("en", "Creatinine clearance | Maximum of\n45 mL/min | 5 mg"),
    ],
)
def test_the_head_of_a_column_is_no_limit_of_the_value_that_opens_the_next_row(
    language: str, table: str
) -> None:
    assert extract(table, language)[0].comparator == ""


def test_a_limit_that_a_line_break_parts_from_its_value_is_still_one() -> None:
    assert extract("The dose is at most\n45 mg.", "en")[0].comparator == "≤"
