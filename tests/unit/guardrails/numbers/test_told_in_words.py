"""The same quantity in other words stands in its quote; another one does not."""

import pytest

from guardrails.numbers import missing


def lacks(text: str, quote: str, language: str = "en") -> bool:
    return bool(missing(text, language, [(quote, language)]))


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Take it every 12 hours.", "Take it twice daily.", "en"),
        ("Take it three times daily.", "Take it every 8 hours.", "en"),
        ("The study lasted two years.", "The study lasted 104 weeks.", "en"),
        ("It fell by a third.", "It fell by 33 %.", "en"),
        ("Four fifths of it is excreted.", "80 % of it is excreted.", "en"),
        ("Fewer than one in a thousand had it.", "Less than 0.1 % had it.", "en"),
        ("1,500,000 doses were given.", "1.5 million doses were given.", "en"),
        ("At least one therapy is needed.", "One or more therapies are needed.", "en"),
        ("It fell by 11 mmHg on tolmavir and 3 on placebo.", "It fell by 11 mmHg and by 3 mmHg.", "en"),
        ("The daily dose must not be more than 20 mg.", "The maximum dose is 20 mg per day.", "en"),
        ("Nearly 80 % was found.", "Approximately 79 % was found.", "en"),
        ("It is due in less than 6 hours.", "It is due within 6 hours.", "en"),
        ("Inject it fortnightly.", "Inject it every two weeks.", "en"),
        ("Up to one in five had it.", "Up to 20 % had it.", "en"),
        ("At least 1 in 10 patients had it.", "It was very common (≥ 1/10).", "en"),
        (
            "Resume it under 3 × ULN.",
            "Stop above five times the upper limit of normal, resume below three times.",
            "en",
        ),
        ("Une demi-heure au moins avant.", "Au moins 30 minutes avant.", "fr"),
        ("Toutes les 4 semaines à trois reprises.", "À trois reprises, toutes les 4 semaines.", "fr"),
        ("Une semaine sur deux suffit.", "Toutes les deux semaines suffit.", "fr"),
        ("On monte tous les quinze jours.", "On monte toutes les deux semaines.", "fr"),
        ("Près d'un patient sur cinq l'a eu.", "Près de 20 % des patients l'ont eu.", "fr"),
        ("Inject it once a week.", "Inject it every 7 days.", "en"),
        ("Take it at 12-hour intervals.", "Take it twice daily.", "en"),
        ("Take it every 8 hours.", "Take it at intervals of 8 hours.", "en"),
        ("Give 5 mg for each kilogram.", "Give 5 mg/kg.", "en"),
        ("Four out of every five slept.", "80 % slept.", "en"),
        ("Three per thousand bled.", "0.3 % bled.", "en"),
        ("It lay at two and a half times the upper limit of normal.", "It lay at 2.5 × ULN.", "en"),
        ("Stop it above five times the normal upper limit.", "Stop it above 5 × ULN.", "en"),
        ("One milligram and a half is enough.", "1.5 mg is enough.", "en"),
        ("The dose is cut to 20 mg.", "The dose is lowered from 40 mg to 20 mg.", "en"),
        ("It rose to 20 mg.", "It was increased from 10 mg to 20 mg.", "en"),
        ("Those between the ages of 18 and 65.", "Those aged 18 to 65 years.", "en"),
        ("Il est donné six fois par an.", "Il est donné tous les deux mois.", "fr"),
        ("Prise à intervalles de 12 heures.", "Prise deux fois par jour.", "fr"),
        ("Donner 5 mg pour chaque kilo.", "Donner 5 mg/kg.", "fr"),
        ("Trois pour mille ont saigné.", "0,3 % ont saigné.", "fr"),
        ("Arrêt à deux fois et demie la limite supérieure de la normale.", "Arrêt à 2,5 x LSN.", "fr"),
        ("À compter de 65 ans.", "À partir de 65 ans.", "fr"),
        ("Just over half of them slept.", "52 % of them slept.", "en"),
        ("A quarter of an hour is enough.", "15 minutes are enough.", "en"),
        ("Half a gram is the ceiling.", "At most 500 mg.", "en"),
        ("6 mg a day is the limit.", "The daily dose must not exceed 6 mg.", "en"),
        ("It was given in the first three months.", "It was given in the first trimester.", "en"),
        ("Children of 6 to 11 years took part.", "Children aged 6 to less than 12 years took part.", "en"),
        ("Two dozen patients left.", "24 patients left.", "en"),
        ("Un peu plus de la moitié dormait.", "52 % dormaient.", "fr"),
        ("Attendre un quart d'heure.", "Attendre 15 minutes.", "fr"),
        ("Neuf fois sur dix, il suffit.", "Dans 90 % des cas, il suffit.", "fr"),
        ("La dose maximale est de 6 mg par jour.", "La dose journalière ne doit pas dépasser 6 mg.", "fr"),
        ("Une douzaine de patients sont partis.", "12 patients sont partis.", "fr"),
        ("Une quinzaine de jours plus tard.", "2 semaines plus tard.", "fr"),
        ("Stop below 1,500/mm3.", "Stop below 1.5 × 10⁹/L.", "en"),
        ("Its half-life is a day and a half.", "Its half-life is 36 hours.", "en"),
        ("They were followed for 30 months.", "They were followed for two and a half years.", "en"),
        ("It came within 60 minutes.", "It came within an hour.", "en"),
        ("Its dose rises by 5 mg each week.", "Its dose rises by 5 mg per week.", "en"),
        ("The dose goes up to 5 mg in the end.", "The dose is then raised to 5 mg.", "en"),
        ("Tumours shrank, and the mean loss was 34 %.", "The mean change in size was −34 %.", "en"),
        ("Il agit dans les 60 minutes.", "Il agit dans l'heure.", "fr"),
        ("Sa demi-vie est de 36 heures.", "Sa demi-vie est d'un jour et demi.", "fr"),
        ("Il se prend une fois par semaine.", "La prise est hebdomadaire.", "fr"),
        ("Près des deux tiers ont répondu.", "65,2 % ont répondu.", "fr"),
        ("Le traitement dure quinze jours.", "Le traitement dure deux semaines.", "fr"),
        ("Il ne doit pas être supérieur à 20 mg.", "Le maximum est de 20 mg.", "fr"),
        ("Si le taux passe sous 50 g/L.", "Si le taux est inférieur à 50 g/L.", "fr"),
    ],
)
def test_it_stands(text: str, quote: str, language: str) -> None:
    assert not lacks(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Take it every 8 hours.", "Take it twice daily.", "en"),
        ("The study lasted two years.", "The study lasted 52 weeks.", "en"),
        ("It fell by a quarter.", "It fell by 33 %.", "en"),
        ("Three fifths of it is excreted.", "80 % of it is excreted.", "en"),
        ("1,500 doses were given.", "1.5 million doses were given.", "en"),
        ("At least two therapies are needed.", "One or more therapies are needed.", "en"),
        ("12 patients had it, and 5 % died.", "12 % had it, and 5 % died.", "en"),
        ("Nearly 90 % was found.", "Approximately 79 % was found.", "en"),
        ("Le traitement dure quinze jours.", "Le traitement dure trois semaines.", "fr"),
        ("Inject it fortnightly.", "Inject it every week.", "en"),
        ("Up to one in five had it.", "Up to 25 % had it.", "en"),
        ("At least one in five had it.", "Up to 20 % had it.", "en"),
        ("Inject it once a month.", "Inject it every 7 days.", "en"),
        ("Stop below 150/mm3.", "Stop below 1.5 × 10⁹/L.", "en"),
        ("Its half-life is a day and a half.", "Its half-life is 24 hours.", "en"),
        ("Its dose rises by 5 mg each week.", "Its dose rises by 5 mg per day.", "en"),
        ("Take up to 5 mg.", "Take 5 mg.", "en"),
        ("Tumours grew by 34 %.", "The mean change in size was −34 %.", "en"),
        ("Take it at 12-hour intervals.", "Take it three times daily.", "en"),
        ("Give 5 mg for each kilogram.", "Give 5 mg.", "en"),
        ("Three per thousand bled.", "3 % bled.", "en"),
        ("It lay at two and a half times the upper limit of normal.", "It lay at 2 × ULN.", "en"),
        ("The dose is 20 mg.", "The dose is 10 to 20 mg.", "en"),
        ("The dose is cut to 30 mg.", "The dose is lowered from 40 mg to 20 mg.", "en"),
        ("Il est donné six fois par an.", "Il est donné tous les trois mois.", "fr"),
    ],
)
def test_another_quantity_is_missing(text: str, quote: str, language: str) -> None:
    assert lacks(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Just over half of them slept.", "48 % of them slept.", "en"),
        ("Just under half of them slept.", "52 % of them slept.", "en"),
        ("Just over half of them slept.", "70 % of them slept.", "en"),
        ("Children of 6 to 12 years took part.", "Children aged 6 to less than 12 years took part.", "en"),
        ("It was given in the second three months.", "It was given for 2 months.", "en"),
        ("6 mg a day is the limit.", "The daily dose is one tablet; a tablet holds 6 mg of salt.", "en"),
        ("Un peu moins de la moitié dormait.", "52 % dormaient.", "fr"),
        ("Une douzaine de patients sont partis.", "13 patients sont partis.", "fr"),
    ],
)
def test_a_value_on_the_other_side_or_of_something_else_does_not_stand(
    text: str, quote: str, language: str
) -> None:
    assert lacks(text, quote, language)
