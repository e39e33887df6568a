"""What a denial governs, and what it only stands beside."""

import pytest

from assistant.engines.denied import is_denied


@pytest.mark.parametrize(
    "text",
    [
        "There are no data in patients treated later than 6 hours after symptom onset.",
        "In children aged 2 to 5 years, no clinical experience is available.",
        "Efficacy was not shown in patients treated later than 6 hours after symptom onset.",
        "Mortality was not reduced in patients treated 6 to 12 hours after onset (7.9% versus 8.1%).",
        "Treatment later than 6 hours after symptom onset is not recommended because of a higher risk of rupture.",
        "Reduced mortality has not been demonstrated in patients treated later than 6 hours after onset.",
        "The safety and efficacy of Nalorel in children aged less than 6 years have not yet been established.",
        "Patients treated later than 6 hours after symptom onset were excluded.",
        "No patients aged under 18 years were included.",
        "It did not improve survival in children aged 2 to 5 years.",
        "There is no relevant use of Nalorel in the paediatric population.",
        "No benefit was found in children aged 2 to 5 years.",
        "Aucune donnée n’est disponible chez les patients traités plus de 6 heures après le début des symptômes.",
        "Il n’y a pas de données chez l’enfant de moins de 6 ans.",
        "L’efficacité n’a pas été démontrée chez l’enfant de 2 à 5 ans.",
        "La mortalité n’a pas diminué chez les patients traités après 6 heures (7,9 % contre 8,1 %).",
        "Un traitement débuté plus de 6 heures après le début des symptômes n’est pas recommandé.",
        "Aucun enfant n’a été inclus.",
    ],
)  # fmt: skip
def test_what_says_that_nothing_is_known_or_allowed(text: str) -> None:
    assert is_denied(text)


@pytest.mark.parametrize(
    "text",
    [
        "Patients treated later than 6 hours had lower mortality, with no increase in bleeding.",
        "Patients treated 6 to 24 hours after onset had lower mortality and did not bleed more.",
        "In 200 children HbA1c fell by 0.5%, and no severe hypoglycaemia was seen.",
        "In adolescents aged 12 to 17 years attacks fell by 40% and no patient died.",
        "Among children under 12 years, attacks fell by 40%; it was not associated with growth delay.",
        "Attacks fell by 40% in children aged 2 to 5 years, although no data on growth are available.",
        "In children aged 2 to 5 years attacks were reduced, and effects on growth have not been studied.",
        "Mortality was 8.1% versus 10.4% in those treated later, not counting 3 withdrawals.",
        "Chez les enfants de 2 à 5 ans, les crises ont diminué de 40 %, sans effet indésirable grave.",
        "Les patients traités après 6 heures ont eu une mortalité plus faible ; aucune hémorragie n’a été observée.",
        "Chez 120 enfants, la fréquence des crises a diminué de 40 % et la croissance n’a pas été étudiée.",
    ],
)  # fmt: skip
def test_a_denial_of_something_else_beside_a_result(text: str) -> None:
    assert not is_denied(text)
