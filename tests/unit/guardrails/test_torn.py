"""Sentences that are whole by their grammar and say nothing without the sentence before them."""

import pytest

from guardrails.model import Language
from guardrails.torn import doses_anybody, heads_a_dose, leans_on


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Above that age, experience is limited."),
        ("en", "Patients should be closely monitored and appropriate treatment should be considered."),
        ("en", "Appropriate measures should be taken."),
        ("fr", "Les patients doivent être surveillés et un traitement approprié doit être envisagé."),
        ("en", "Gallstones occurred in 11 patients (2.7%) and 3 (0.7%)."),
        ("en", "Nausea was seen in 12% versus 8%."),
        ("fr", "Des nausées sont survenues chez 12 patients (2,7 %) et 3 (0,7 %)."),
        ("en", "Among them, 120 had diabetes."),
        ("en", "No data are available."),
        ("en", "The combination should be avoided in the elderly."),
        ("en", "If it exceeds 5.5 mmol/l, treatment should be withheld."),
        ("en", "This should be done only when the blood count is known."),
        ("en", "A significant difference was observed between the arms (p = 0.03)."),
        ("en", "No statistically significant difference was seen at week 8."),
        ("en", "A greater reduction was observed with 40 mg than with 20 mg (p < 0.01)."),
        ("fr", "Une réduction de 31 % a été observée à la semaine 8."),
        ("fr", "Aucune différence significative n'a été observée entre les bras."),
        ("en", "Tolmavir significantly reduced these outcomes in all age groups."),
        ("fr", "Le tolmavir a réduit ces événements chez les femmes."),
        ("fr", "Parmi eux, 341 avaient un diabète."),
        ("fr", "Au-delà de cet âge, l'expérience est limitée."),
        ("fr", "Un seul a été considéré comme grave."),
        ("fr", "Tous recevaient un corticoïde inhalé."),
        ("fr", "Celle du zona était plus élevée sous traitement."),
        ("fr", "Aucune donnée n'est disponible."),
        ("fr", "L'association doit être évitée chez le sujet âgé."),
        ("fr", "Si elle dépasse 5,5 mmol/l, le traitement est suspendu."),
    ],
)
def test_it_leans_on_the_sentence_before_it(language: Language, text: str) -> None:
    assert leans_on(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Above 75 years of age, experience is limited."),
        ("en", "Patients should be monitored for signs of infection."),
        ("fr", "Les patients doivent être surveillés pendant la perfusion."),
        ("en", "Gallstones occurred in 11 patients (2.7%) on tolmavir and 3 (0.7%) on placebo."),
        ("en", "Ulcers were found in 11 patients (2.7%) and perforation in 3 (0.7%)."),
        ("en", "Headache occurred in 5 men (2.1%) and 7 women (3.0%)."),
        ("en", "Among the patients with diabetes, 120 had a stroke."),
        ("en", "No data are available in patients with severe hepatic impairment."),
        ("en", "The combination of cardorelone with lithium should be avoided."),
        ("en", "If potassium exceeds 5.5 mmol/l, treatment should be withheld."),
        ("en", "A significant difference in walking distance was observed between the arms (p = 0.03)."),
        ("en", "No effect on the QT interval was observed."),
        ("en", "A small increase in serum creatinine was observed (0.1 mg/dl)."),
        ("en", "No increase in the basal dose was needed with tolmavir."),
        ("fr", "Une augmentation de 40 % de l'ASC du midazolam a été observée."),
        ("fr", "Aucun effet sur la fertilité n'a été observé."),
        ("en", "Stroke and death were less frequent, and these events occurred later with tolmavir."),
        ("en", "When nausea or vomiting occurs, these effects resolve within a week."),
        ("fr", "Parmi les patients traités, 341 avaient un diabète."),
        ("fr", "Un seul comprimé est pris par jour."),
        ("fr", "Tous les patients recevaient un corticoïde inhalé."),
        ("fr", "Celles qui sont enceintes ne doivent pas prendre Velmora."),
        ("fr", "L'association de cardorélone au lithium doit être évitée."),
        ("fr", "Aucune donnée n'est disponible chez l'enfant de moins de 6 ans."),
    ],
)
def test_it_says_of_what_it_speaks(language: Language, text: str) -> None:
    assert not leans_on(text, language)


@pytest.mark.parametrize(
    ("language", "line", "dose"),
    [
        (
            "fr",
            "Adultes et adolescents pesant 50 kg ou plus",
            "La dose initiale recommandée est de 50 mg par jour.",
        ),
        ("en", "Children from 6 years weighing less than 30 kg", "The recommended dose is 10 mg once daily."),
        ("en", "Renal impairment", "The maximum dose is 20 mg once daily."),
    ],
)
def test_a_line_without_a_stop_says_for_whom_a_dose_is(language: Language, line: str, dose: str) -> None:
    assert heads_a_dose(line, language)
    assert doses_anybody(dose, language)


@pytest.mark.parametrize(
    ("language", "line", "dose"),
    [
        (
            "en",
            "Children weighing less than 30 kg were not studied.",
            "In children the dose is 10 mg once daily.",
        ),
        ("en", "Method of administration", "The tablet is swallowed whole."),
        ("fr", "Mode d'administration", "Chez l'enfant, la dose est de 10 mg."),
    ],
)
def test_a_sentence_is_no_such_line_and_a_dose_may_say_for_whom(
    language: Language, line: str, dose: str
) -> None:
    assert not heads_a_dose(line, language)
    assert not doses_anybody(dose, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Chez les patients nécessitant une diminution importante de 40 %, la dose peut être doublée."),
        ("en", "In patients requiring a marked reduction of 40%, the dose may be doubled."),
    ],
)
def test_a_result_that_somebody_needs_or_has_is_told_of_them(language: Language, text: str) -> None:
    assert not leans_on(text, language)
