"""Times since an onset and ages that an indication names, and what passes them."""

import pytest

from assistant.engines.limits import Limits, limits_of

WITHIN_SIX = "Nalorel is indicated for myocardial infarction within 6 hours after onset of symptoms."
OF_ADULTS = "Nalorel is indicated in adults with asthma."
OF_SIX_TO_TWELVE = "Nalorel is indicated in children aged 6 to 12 years with asthma."


@pytest.mark.parametrize(
    "text",
    [
        "Patients have been successfully treated later than 6 hours after symptom onset.",
        "Patients treated 6 to 12 hours after the onset of symptoms had fewer deaths.",
        "In patients treated within 12 hours of symptom onset, mortality was 7%.",
        "Mortality was 9% when treatment started more than nine hours after symptom onset.",
        "Le traitement commencé plus de 6 heures après le début des symptômes a réduit la mortalité.",
        "Patients presenting more than 6 hours after symptom onset had lower mortality (8.1% versus 10.4%).",
        "Patients randomised more than 6 hours after symptom onset had lower mortality (8.1% versus 10.4%).",
        "Patients who received Nalorel later than 6 hours after symptom onset had lower mortality.",
        "In patients enrolled 6 to 12 hours after symptom onset, Nalorel reduced mortality.",
        "Mortality was reduced in patients treated 12 hours after symptom onset.",
        "Benefit was seen up to 12 hours after onset of symptoms.",
        "In late presenters (> 6 h from onset of symptoms), mortality fell by 21%.",
        "Les patients inclus plus de 6 heures après le début des symptômes ont eu une mortalité plus faible.",
        "Les patients ayant reçu Nalorel plus de 6 heures après le début des symptômes ont moins saigné.",
        "Chez les patients traités 12 heures après le début des symptômes, la mortalité a baissé de 21 %.",
        "Un bénéfice a été observé jusqu’à 12 heures après le début des symptômes.",
        "Patients treated later than 6 hours after symptom onset had lower mortality, with no increase in bleeding.",
        "Les patients traités plus de 6 heures après le début des symptômes ont eu une mortalité plus faible ; aucune hémorragie n’a été observée.",
    ],
)
def test_a_treatment_later_than_the_indication_allows(text: str) -> None:
    assert limits_of([WITHIN_SIX]).passed_by(text) == "time"


@pytest.mark.parametrize(
    "text",
    [
        "Mortality was 6% in patients treated within 6 hours of symptom onset.",
        "Patients treated within 6 hours did better than those treated 6 to 12 hours after symptom onset.",
        "Efficacy was not shown in patients treated later than 6 hours after symptom onset.",
        "Mortality at 30 days was 6.2% in patients treated with tenecteplase.",
        "Treatment lasted more than 12 hours in 5% of patients.",
        "Bleeding occurred more than 24 hours after the onset of symptoms.",
        "Treatment must not be started later than 6 hours after the onset of symptoms.",
        "Death within 30 days of myocardial infarction occurred in 6.2% of patients treated with tenecteplase.",
        "Aspirin was continued for more than 24 hours after infarction in all treated patients.",
        "Treated patients bled 12 hours after symptom onset in 2% of cases.",
        "Death in patients treated with Nalorel 30 days after infarction was 6%.",
        "Patients treated 3 hours after symptom onset had lower mortality.",
        "Mortality was 6% in those randomised and followed more than 24 hours after symptom onset.",
        "Strokes, including haemorrhages more than 24 hours after symptom onset, were rare.",
        "Les patients inclus dans les 6 heures suivant le début des symptômes ont eu une mortalité plus faible.",
        "Une hémorragie est survenue 12 heures après le début des symptômes chez 2 % des patients.",
        "Les patients traités et suivis plus de 24 heures après le début des symptômes ont moins saigné.",
        "Un traitement débuté plus de 6 heures après le début des symptômes n’est pas recommandé.",
    ],
)
def test_what_is_within_it_or_says_that_nothing_is_known_is_told(text: str) -> None:
    assert limits_of([WITHIN_SIX]).passed_by(text) is None


def test_an_indication_without_a_figure_limits_nothing() -> None:
    assert limits_of(["Nalorel is indicated for asthma."]) == Limits()
    assert limits_of([]) == Limits()
    assert limits_of([WITHIN_SIX, "Nalorel is indicated for stroke."]).hours is None


@pytest.mark.parametrize(
    ("indication", "text"),
    [
        (OF_ADULTS, "In patients aged 12 to 17 years, symptoms fell by 20%."),
        (OF_ADULTS, "In patients younger than 18 years, symptoms fell by 20%."),
        (OF_ADULTS, "In adolescents aged 12 to 17 years, symptoms fell by 20%, and no death occurred."),
        (OF_SIX_TO_TWELVE, "In children aged 2 to 5 years, symptoms fell by 20%."),
        (OF_SIX_TO_TWELVE, "In adolescents aged 13 to 17 years, symptoms fell by 20%."),
        ("Nalorel est indiqué chez l’adulte.", "Chez les patients âgés de 12 à 17 ans, les symptômes ont diminué."),
    ],
)  # fmt: skip
def test_another_age_than_the_indication_names(indication: str, text: str) -> None:
    assert limits_of([indication]).passed_by(text) == "age"


@pytest.mark.parametrize(
    ("indication", "text"),
    [
        (OF_ADULTS, "In patients aged 65 to 80 years, symptoms fell by 20%."),
        (OF_ADULTS, "In patients aged 16 to 80 years, symptoms fell by 20%."),
        (OF_ADULTS, "Symptoms fell over 5 years in 20% of patients."),
        (OF_ADULTS, "Survival was longer than 3 years."),
        (OF_ADULTS, "In patients with a disease of less than 10 years, symptoms fell by 20%."),
        (OF_ADULTS, "Patients were treated for between 2 and 5 years."),
        (OF_SIX_TO_TWELVE, "Symptoms fell over 15 years."),
        (OF_SIX_TO_TWELVE, "In children aged 6 years and older, symptoms fell by 20%."),
        (OF_SIX_TO_TWELVE, "In children aged 8 to 14 years, symptoms fell by 20%."),
        ("Nalorel is indicated in adults and children with asthma.", "In children aged 2 to 5 years, symptoms fell."),
    ],
)  # fmt: skip
def test_an_age_that_the_indication_holds_in_part_is_told(indication: str, text: str) -> None:
    assert limits_of([indication]).passed_by(text) is None


@pytest.mark.parametrize(
    "text",
    ["In patients older than 65 years, asthma control improved.", "In adults aged 18 to 75 years, asthma control improved."],
)  # fmt: skip
def test_an_age_up_to_which_adolescents_are_named_is_no_limit_of_adults(text: str) -> None:
    indication = "Nalorel is indicated in adults and adolescents aged 12 to 17 years with asthma."
    assert limits_of([indication]).passed_by(text) is None
    assert (
        limits_of([indication]).passed_by("In children aged 6 to 11 years, asthma control improved.") == "age"
    )
