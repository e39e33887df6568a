import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.numbers import missing

RESULT = (
    "The primary endpoint occurred in 282 of 1,207 patients (23.4%) and in 356 of 1,205 (29.5%) "
    "(HR 0.77; 95% CI 0.66 to 0.90; p = 0.001) over 26.4 months."
)

ODD_FRAMES = [
    "every {} hours",
    "{} times a day",
    "for {} weeks",
    "{} in 20 patients",
    "10^{} g",
    "{} of 100 patients",
    "{} million",
]


def lost(statement: str, *quotes: str, language: str = "en", quoted: str = "en") -> list[str]:
    return [m.quantity.text for m in missing(statement, language, [(quote, quoted) for quote in quotes])]


@pytest.mark.parametrize(
    "statement",
    [
        "23.4 % versus 29.5 %",
        "HR 0.77 (95% CI 0.66-0.90), p=0.001",
        "282/1,207 patients",
        "1207 patients",
        "during 26.4 months",
    ],
)
def test_what_the_quote_says_stands(statement: str) -> None:
    assert lost(statement, RESULT) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("23.5 % versus 29.5 %", ["23.5 %"]),
        ("HR 0.77 (95% CI 0.66-0.91)", ["0.66-0.91"]),
        ("p < 0.001", ["< 0.001"]),
        ("a ratio of 0.001", ["0.001"]),
        ("26.4 weeks", ["26.4 weeks"]),
        ("more than 282 patients", ["more than 282"]),
        ("about 28 %", ["about 28 %"]),
        ("-23.4 %", ["-23.4 %"]),
        ("207 patients", ["207"]),
        ("one in three patients", ["one in three"]),
        ("two trials", ["two"]),
        ("0.66", ["0.66"]),
    ],
)
def test_a_changed_number_unit_sign_or_comparator_is_missing(statement: str, expected: list[str]) -> None:
    assert lost(statement, RESULT) == expected


@pytest.mark.parametrize(
    "statement",
    [
        "282 patients sur 1 207 (23,4 %)",
        "HR 0,77 ; IC 95 % : 0,66-0,90 ; p = 0,001",
        "pendant 26,4 mois",
    ],
)
def test_a_translation_keeps_its_numbers(statement: str) -> None:
    assert lost(statement, RESULT, language="fr") == []


def test_a_translated_decimal_is_not_a_thousand() -> None:
    assert lost("1,207 fois", "1,207 times", language="fr", quoted="en") == ["1,207 fois"]


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("5 mg", "5, 10 and 20 mg"),
        ("half of them", "in 50 % of patients"),
        ("50 %", "half of the patients"),
        ("10 mg to 20 mg", "from 10 mg once daily to 20 mg once daily"),
        ("in 2024", "on 12 March 2024"),
        ("aged 18 years or older", "patients of at least 18 years"),
        ("140/90 mmHg", "140/90 mmHg"),
        ("class II", "class II or III"),
    ],
)
def test_other_ways_to_say_the_same(statement: str, quote: str) -> None:
    assert lost(statement, quote) == []


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("class IV", "class II to III"),
        ("class II to IV", "class II to III"),
        ("phase 3", "phase 2"),
        ("60 kg", "60–70 kg"),
        ("12 weeks", "up to 12 weeks"),
        ("12 weeks", "3 months"),
        ("3 months", "every 3 months"),
        ("once daily", "twice daily"),
        ("doubled", "increased 3-fold"),
        ("12 March 2024", "12 March 2023"),
    ],
)
def test_what_only_resembles_is_missing(statement: str, quote: str) -> None:
    assert lost(statement, quote) != []


def test_the_finding_says_what_came_nearest() -> None:
    (gone,) = missing("12 %", "en", [("It was 11.8 %.", "en")])
    assert [near.text for near in gone.near] == ["11.8 %"]


def test_several_quotes_carry_together() -> None:
    assert lost("10 mg and 12 weeks", "It is 10 mg.", "It lasts 12 weeks.") == []


@given(st.text(alphabet=st.sampled_from("0123456789.,% mgab-/()"), max_size=60))
def test_a_text_misses_nothing_of_itself(text: str) -> None:
    assert missing(text, "en", [(text, "en")]) == []


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("One participant in four was protected.", "The vaccine protected 25% of the participants."),
        ("A quarter of the participants was protected.", "The vaccine protected 25% of the participants."),
        ("an infusion of 1,000 mg over one hour", "an infusion of 1 g over 60 minutes"),
        ("protected for one year", "protected for 12 months"),
        ("10 mg a day", "10 mg once daily"),
        ("the AUC was multiplied by 5.3", "increased the AUC 5.3-fold"),
        ("5 mg once a day", "5 mg of once-daily treatment"),
        ("The dose should not go above 10 mg.", "The dose should not exceed 10 mg."),
    ],
)
def test_equal_quantities_in_other_words_are_the_same(statement: str, quote: str) -> None:
    assert lost(statement, quote) == []


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("One participant in five was protected.", "The vaccine protected 25% of the participants."),
        ("an infusion of 1,000 mg over two hours", "an infusion of 1 g over 60 minutes"),
        ("10 mg a day", "10 mg twice daily"),
        ("10 mg a day", "10 mg once weekly"),
        ("14 months", "14 days"),
        ("142 in 1,207 patients", "11.8 % of the patients"),
    ],
)
def test_equivalence_forgives_no_other_value(statement: str, quote: str) -> None:
    assert lost(statement, quote) != []


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("L'ASC a été multipliée par 5,3.", "Les inhibiteurs ont multiplié par 5,3 l’ASC de la cardorélone."),
        ("pendant les 2 premières semaines", "pendant 2 semaines"),
        ("arrêté chez trois des 120 patients", "Trois patients sur 120 ont arrêté."),
        ("ne doit pas dépasser 10 mg", "10 mg au maximum"),
    ],
)
def test_french_ways_to_say_the_same(statement: str, quote: str) -> None:
    assert missing(statement, "fr", [(quote, "fr")]) == []


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("about 42 % of patients", "41.9 % of patients"),
        ("11 hours", "about 11 hours"),
        ("2 to 3 days", "at least 48 hours and no more than 72 hours"),
        ("no later than 12 hours", "within 12 hours"),
        ("the maximum dose for a child is 300 mg", "up to a maximum of 300 mg"),
        ("children of at least 15 kg", "children weighing 15 kg to less than 30 kg"),
        ("aged 65 or over", "65 years of age or older"),
        ("patients aged 18 years and over", "adults"),
        ("15 letters or more", "at least 15 letters"),
        ("by a factor of 2.4", "2.4-fold"),
        ("3 of the 14 patients", "14 of 412 patients, of whom 3 had antibodies"),
        ("two thirds", "randomised 2:1"),
        ("1 in 200", "0.5 %"),
    ],
)
def test_other_ways_to_tell_a_number_are_found(statement: str, quote: str) -> None:
    assert not missing(statement, "en", [(quote, "en")])


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("about 52 % of patients", "41.9 % of patients"),
        ("about 77 %", "about 75 %"),
        ("at least 12 hours", "within 12 hours"),
        ("the maximum dose for a child is 300 mg", "at least 300 mg"),
        ("at most one line", "at least one line"),
        ("the eight groups", "the two groups"),
        ("patients aged 16 years and over", "adults"),
    ],
)
def test_other_numbers_are_missing(statement: str, quote: str) -> None:
    assert missing(statement, "en", [(quote, "en")])


@pytest.mark.parametrize(
    "odd",
    [
        "It is given every 0 hours.",
        f"Follow-up lasted {'9' * 40} weeks.",
        f"It happened in {'8' * 32} of 100 patients.",
        "A count of 10^1500000 per litre was seen.",
        f"It lowers the rate by {'7' * 60} %.",
    ],
)
def test_an_absurd_number_is_missing_as_any_other(odd: str) -> None:
    assert lost(odd, "Treatment lasts 3 weeks.") != []


@given(st.text(alphabet=st.sampled_from("0123456789^ %"), max_size=60), st.sampled_from(ODD_FRAMES))
def test_no_number_is_too_odd_to_be_compared(number: str, frame: str) -> None:
    told = frame.format(number)
    assert isinstance(missing(told, "en", [("It is given every 6 hours for 26 weeks.", "en")]), list)
    assert missing("It is given every 6 hours.", "en", [(told, "en")]) is not None


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("The score fell by 4 mmHg.", "The score fell by 17 mmHg in trial 4."),
        ("The score fell by 5 mmHg.", "The score fell by 17 mmHg in trials 4 and 5."),
        ("The dose was 2 mg daily.", "In cohort 2, the dose was 25 mg daily."),
        ("The dose was 3 mg daily.", "The dose was 25 mg daily in 3 elderly patients."),
        ("It fell by 17 mmHg in trial 4.", "It fell by 17 mmHg, and by 4 mmHg on placebo."),
    ],
)
def test_a_number_that_names_or_counts_takes_no_unit_of_another(statement: str, quote: str) -> None:
    assert lost(statement, quote) != []


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("It fell by 4 mmHg on placebo.", "It fell by 17 mmHg on velmora and 4 on placebo."),
        ("It fell by 17 mmHg on velmora and 4 on placebo.", "17 mmHg fewer on velmora; 4 mmHg on placebo."),
        ("It fell by 4 mmHg on placebo.", "It fell by 17 mmHg versus 4 versus baseline."),
        ("It fell by 4 mmHg in trial 5.", "It fell by 17 mmHg in trial 2 and 4 in trial 5."),
    ],
)
def test_a_unit_told_once_holds_for_both(statement: str, quote: str) -> None:
    assert lost(statement, quote) == []


def test_only_fifteen_days_in_words_are_two_weeks() -> None:
    quote = [("Treatment lasts 2 weeks.", "en")]
    assert missing("Le traitement dure quinze jours.", "fr", quote) == []
    assert missing("Le traitement dure 15 jours.", "fr", quote) != []


def test_a_count_of_a_whole_with_its_share_between_is_their_fraction() -> None:
    quote = "It was stopped by 12 patients (4.0%) of 300 on tolmavir and by 5 (1.7%) of 298 on placebo."
    assert lost("12/300 and 5/298", quote) == []
    assert lost("12/298", quote) == ["12/298"]
    assert lost("300/12", quote) == ["300/12"]


def test_a_fraction_before_its_share_is_no_percentage() -> None:
    assert lost("(9/310, 2.9%)", "It was seen in 9 of 310 evaluable patients (2.9%).") == []
    assert lost("(9/311, 2.9%)", "It was seen in 9 of 310 evaluable patients (2.9%).") == ["9/311"]


@pytest.mark.parametrize(
    ("told", "quote"),
    [
        ("mostly grade 1-2", "Most were grade 1 or 2."),
        ("in phases I to III", "In phase I, II and III it was seen."),
    ],
)
def test_names_that_follow_each_other_may_be_spanned(told: str, quote: str) -> None:
    assert lost(told, quote) == []


def test_a_name_between_them_that_is_not_told_is_no_part_of_a_span() -> None:
    assert lost("grade 1 to 3", "Most were grade 1 or 3.") == ["grade 1 to 3"]
    assert lost("grade 1 to 3", "Most were grade 1 or 2.") == ["grade 1 to 3"]
