"""GR11: a sentence told alone says of what and of whom it speaks, or is told with the sentence before it."""

from dataclasses import replace

import pytest

from guardrails.citations import cite
from guardrails.model import Evidence, Language, Segment
from tests.unit.guardrails.builders import context, document, evidence, facts, found, says, segment

BEFORE: dict[Language, str] = {
    "en": "Systolic blood pressure was the main outcome.",
    "fr": "Le critère principal était la pression artérielle.",
}

RESULTS = [
    ("en", "The difference from placebo was 4.2 mmHg (95% CI 2.1 to 6.3)."),
    ("en", "The mean change from baseline was -1.4 points with Zolmira 10 mg."),
    ("en", "At week 24, the absolute risk reduction was 2.3%."),
    ("en", "In the elderly, the odds ratio was 1.8 (95% CI 1.1 to 2.9)."),
    ("en", "With Zolmira 80 mg the rate was 12% versus 19% with placebo."),
    ("en", "The hazard ratio for Zolmira versus placebo was 0.72 (95% CI 0.60 to 0.86)."),
    ("en", "The effect was maintained for 52 weeks."),
    ("en", "The risk is increased in patients over 65 years."),
    ("en", "The incidence was higher in women (6% versus 3%)."),
    ("en", "The proportion of patients was 42% in the Zolmira arm."),
    ("en", "The between-group difference was statistically significant (p=0.003)."),
    ("fr", "La différence par rapport au placebo était de 4,2 mmHg (IC à 95 % : 2,1 à 6,3)."),
    ("fr", "L’écart était de 3 points entre les groupes (p = 0,02)."),
    ("fr", "À la semaine 24, la réduction absolue du risque était de 2,3 %."),
    ("fr", "Sous placebo, le taux était de 19 %."),
    ("fr", "La proportion était de 42 % sous Zolmira et de 30 % sous placebo."),
    ("fr", "L’effet s’est maintenu pendant 52 semaines."),
    ("fr", "Le risque est augmenté chez les patients de plus de 65 ans."),
    ("fr", "Le bénéfice était significatif dès la semaine 4."),
]
"""Differences, rates and risks without what they are of."""

POINTERS = [
    ("en", "In children aged 2 to 5 years it was 14%."),
    ("en", "Among patients over 75 years, they were reported by 22%."),
    ("en", "Patients should be told to seek help at the first sign of such reactions."),
    ("en", "Its safety in pregnancy has not been established."),
    ("en", "The same applies to patients on dialysis."),
    ("en", "Similar results were seen in women."),
    ("en", "The corresponding rates were 12% and 8%, respectively."),
    ("en", "The latter had received two previous treatments."),
    ("fr", "Chez les femmes, il était de 14 %."),
    ("fr", "Chez les patients de plus de 75 ans, elles étaient de 22 %."),
    ("fr", "Le patient doit consulter dès l’apparition de tels symptômes."),
    ("fr", "Son utilisation pendant la grossesse est déconseillée."),
    ("fr", "Les mêmes précautions s’appliquent aux patients dialysés."),
    ("fr", "Des résultats similaires ont été observés chez la femme."),
    ("fr", "Les taux étaient de 12 % et 8 %, respectivement."),
    ("en", "The dose should then be 5 mg."),
    ("fr", "La dose doit alors être réduite à 5 mg."),
    ("fr", "Ces derniers avaient reçu deux traitements."),
]
"""Words within the sentence that stand for something before it."""

SHARES = [
    ("en", "Most resolved within two weeks."),
    ("en", "None led to discontinuation."),
    ("en", "Two (0.4%) were fatal."),
    ("en", "All were reversible."),
    ("en", "The majority had mild disease."),
    ("en", "The events resolved after the dose was reduced."),
    ("en", "The elevations were transient."),
    ("en", "Nearly all cases occurred in the first month."),
    ("fr", "La plupart étaient d’intensité légère."),
    ("fr", "Aucun n’a conduit à l’arrêt du traitement."),
    ("fr", "Deux sont décédés."),
    ("fr", "Toutes étaient réversibles."),
    ("fr", "La majorité ont guéri en deux semaines."),
    ("fr", "Les événements ont disparu après réduction de la dose."),
    ("fr", "Toutes les élévations étaient transitoires."),
    ("fr", "Les cas étaient peu sévères."),
]
"""Most, none, two, all: of what?"""

WHOLE = [
    ("en", "The difference in systolic blood pressure was 4.2 mmHg (95% CI 2.1 to 6.3)."),
    ("en", "The mean change in HbA1c from baseline was -1.4 points with Zolmira 10 mg."),
    ("en", "The risk of hyperkalaemia is increased in patients over 65 years."),
    ("en", "The proportion of patients who stopped treatment was 12% with Zolmira."),
    ("en", "The proportion of responders was 42%."),
    ("en", "The hazard ratio for death from any cause was 0.72 (95% CI 0.60 to 0.86)."),
    ("en", "For overall survival, the hazard ratio was 0.72."),
    ("en", "The difference from placebo was -1.1 monthly seizure days."),
    ("en", "The difference was 3 mmHg in diastolic blood pressure."),
    ("en", "The overall response rate was 42%."),
    ("en", "The median age was 54 years."),
    ("en", "The median time to progression was 9 months."),
    ("en", "The mean half-life is 12 hours."),
    ("en", "The infusion rate was 5 ml per minute."),
    ("en", "In patients with renal impairment, it is recommended to start with 5 mg."),
    ("en", "In women, it was examined whether the dose matters."),
    ("en", "For most people, it is very important to drink enough."),
    ("en", "After the infusion, it should be flushed with 20 ml of saline."),
    ("en", "Patients with such a history as angioedema must not take Zolmira."),
    ("en", "Symptoms such as fever and rash should be reported."),
    ("en", "If rash or fever occurs, such symptoms should be reported."),
    ("en", "Some patients developed rash; such reactions were mild."),
    ("en", "One tablet is taken daily."),
    ("en", "Most patients had mild disease."),
    ("en", "All patients received 10 mg."),
    ("en", "No cases of hepatitis were reported."),
    ("en", "Most adverse reactions were mild."),
    ("en", "The increases in ALT were transient."),
    ("en", "Nausea and headache occurred in 12% and 8% of patients, respectively."),
    ("en", "The rates of nausea with Zolmira and placebo were 12% and 8%, respectively."),
    ("en", "The same dose is used as in adults."),
    ("en", "The effect of food on absorption is small (8%)."),
    ("en", "The risk-benefit balance is positive."),
    ("en", "The maximum dose is 20 mg per day."),
    ("fr", "La différence de pression artérielle systolique était de 4,2 mmHg (IC à 95 % : 2,1 à 6,3)."),
    ("fr", "La variation moyenne de l’HbA1c était de -1,4 point."),
    ("fr", "Le risque d’hyperkaliémie est augmenté chez les patients de plus de 65 ans."),
    ("fr", "Le risque relatif de décès était de 0,72."),
    ("fr", "La proportion de patients ayant arrêté le traitement était de 12 %."),
    ("fr", "Le taux de réponse était de 42 %."),
    ("fr", "Pour la survie globale, le hazard ratio était de 0,72."),
    ("fr", "L’âge médian était de 54 ans."),
    ("fr", "La demi-vie moyenne est de 12 heures."),
    ("fr", "Le débit de perfusion était de 5 ml par minute."),
    ("fr", "Chez les patients âgés, il est recommandé de commencer par 5 mg."),
    ("fr", "Chez les femmes, il est très important de boire assez."),
    ("fr", "La diminution de la dose doit être progressive, de 5 mg par semaine."),
    ("fr", "L'incidence des hypoglycémies était de 3,1 % avec Zolmira et de 2,9 % avec le placebo."),
    ("fr", "Une adaptation de la dose est rare : 2 % des patients."),
    ("fr", "Un comprimé est pris chaque jour."),
    ("fr", "La plupart des patients avaient une forme légère."),
    ("fr", "Tous les patients ont reçu 10 mg."),
    ("fr", "Deux comprimés sont pris chaque jour."),
    ("fr", "Aucun cas d’hépatite n’a été rapporté."),
    ("fr", "Les augmentations des ALAT étaient transitoires."),
    ("fr", "Les nausées et les céphalées sont survenues chez 12 % et 8 % des patients, respectivement."),
    ("fr", "Les effets indésirables étaient le plus souvent légers."),
    ("fr", "Son conjoint doit être informé."),
    ("fr", "La dose maximale est de 20 mg par jour."),
    ("fr", "L’effet des aliments sur l’absorption est faible (8 %)."),
    ("fr", "Un effet rebond a été observé chez 3 % des patients."),
    ("fr", "Une étude a été conduite chez l’enfant."),
    ("fr", "En cas de fièvre ou d’éruption, de tels symptômes doivent être signalés au médecin."),
]


def told(passage: Evidence, number: int, lineage: str = "x1") -> Segment:
    """One sentence of a passage as a statement."""
    unit = passage.sentences[number]
    made = segment(unit.text, "statement", "result", lineage)
    return replace(made, language=passage.language, citations=(cite(passage, unit.start, unit.end),))


def alone(before: str, text: str, language: Language) -> list[str]:
    """What is found on a sentence that is told without the one before it."""
    passage = evidence(before, text, language=language)
    doc = document(told(passage, 1), language=language)
    return says("GR11", doc, context(passage, source=facts(language=language), language=language))


@pytest.mark.parametrize(("language", "text"), [*RESULTS, *POINTERS, *SHARES])
def test_what_leans_on_the_sentence_before_it_is_told_with_it(language: Language, text: str) -> None:
    assert f"{BEFORE[language]}" in alone(BEFORE[language], text, language)[0]


@pytest.mark.parametrize(("language", "text"), WHOLE)
def test_what_says_of_what_it_speaks_stands_alone(language: Language, text: str) -> None:
    assert not alone(BEFORE[language], text, language)


def test_the_finding_shows_the_words_that_lean() -> None:
    (said,) = alone(BEFORE["en"], RESULTS[1][1], "en")
    assert "“The mean change” speaks of what the sentence before names" in said


def test_beside_another_sentence_it_says_something_else() -> None:
    headache, nausea, most = "Headache was reported by 12%.", "Nausea was reported by 8%.", "Most were mild."
    passage = evidence(headache, nausea, most)
    right = [told(passage, 1), told(passage, 2, "x2")]
    assert not found("GR11", document(*right), context(passage))
    wrong = [told(passage, 0), told(passage, 2, "x2")]
    assert [f.where for f in found("GR11", document(*wrong), context(passage))] == ["x2"]


CASES: dict[Language, str] = {
    "en": "Ketoconazole doubles the exposure to zolmirate.",
    "fr": "La carbamazépine diminue les concentrations de zolmirate.",
}
GENERAL: dict[Language, str] = {
    "en": "The tablets are swallowed whole.",
    "fr": "Les comprimés sont avalés entiers.",
}


class TestCondition:
    """An instruction on a dose is told with the sentence or the heading that says in what case it holds."""

    bare = (
        ("en", "The dose should be reduced to 80 mg once daily."),
        ("en", "A dose increase may be needed."),
        ("en", "Treatment should be stopped."),
        ("en", "Treatment must be withheld immediately."),
        ("en", "The dose of Zolmira should be halved."),
        ("en", "Zolmira should be discontinued."),
        ("en", "No dose adjustment is necessary."),
        ("en", "Dose reduction should be considered."),
        ("en", "Reduce the dose to 5 mg once daily."),
        ("en", "Discontinue Zolmira permanently."),
        ("en", "A reduction of the dose may be required."),
        ("en", "Treatment should be interrupted for 2 weeks."),
        ("en", "The infusion must be stopped immediately."),
        ("en", "No adjustment of the dose is needed."),
        ("fr", "Une augmentation de la dose peut être nécessaire."),
        ("fr", "La dose doit être réduite de moitié."),
        ("fr", "La dose doit être réduite à 80 mg une fois par jour."),
        ("fr", "Le traitement doit être arrêté."),
        ("fr", "Zolmira doit être interrompu."),
        ("fr", "Aucune adaptation posologique n'est nécessaire."),
        ("fr", "Une réduction de dose doit être envisagée."),
        ("fr", "L'arrêt du traitement doit être envisagé."),
        ("fr", "Réduire la dose de moitié."),
        ("fr", "Le traitement sera définitivement arrêté."),
        ("fr", "La posologie devra être diminuée."),
        ("fr", "Aucun ajustement de la dose n'est requis."),
    )
    whole = (
        ("en", "The dose should be reduced to 80 mg in severe renal impairment."),
        ("en", "If ALT rises, treatment should be stopped."),
        ("en", "Treatment should be stopped if ALT rises."),
        ("en", "The recommended dose is 160 mg once daily."),
        ("en", "The dose may be taken with or without food."),
        ("en", "No dose adjustment is necessary in elderly patients."),
        ("en", "Treatment should be started by a specialist."),
        ("en", "The dose should be increased after 4 weeks to 10 mg."),
        ("en", "Reduce the dose to 5 mg when used with ketoconazole."),
        ("en", "Stop Zolmira and call your doctor if you have a rash."),
        ("en", "Dosing should be individually adjusted."),
        ("en", "Zolmira should be withdrawn gradually."),
        ("en", "Treatment was discontinued by 4% of patients with Zolmira."),
        ("en", "Treatment effects were maintained."),
        ("en", "Stop taking your other tablets before surgery."),
        ("en", "Alcohol should be avoided during treatment."),
        ("en", "No dose adjustment of digoxin is required."),
        ("fr", "La dose doit être réduite de moitié en cas d'insuffisance rénale sévère."),
        ("fr", "La dose recommandée est de 160 mg par jour."),
        ("fr", "Le traitement doit être instauré par un spécialiste."),
        ("fr", "La dose doit être adaptée à la kaliémie."),
        ("fr", "Aucune adaptation posologique n'est nécessaire chez le sujet âgé."),
        ("fr", "Le traitement doit être arrêté si les transaminases augmentent."),
        ("fr", "La dose peut être augmentée après 4 semaines."),
        ("fr", "L'arrêt du traitement doit être progressif."),
        ("fr", "Le traitement est pris au cours du repas."),
        ("fr", "Aucune adaptation de la dose de digoxine n'est nécessaire."),
    )

    @pytest.mark.parametrize(("language", "text"), bare)
    def test_it_needs_the_sentence_that_names_the_case(self, language: Language, text: str) -> None:
        assert CASES[language] in alone(CASES[language], text, language)[0]
        assert not alone(GENERAL[language], text, language), "nothing before it is a condition"

    @pytest.mark.parametrize(("language", "text"), whole)
    def test_one_that_says_when_or_in_whom_stands(self, language: Language, text: str) -> None:
        assert not alone(CASES[language], text, language)

    @pytest.mark.parametrize("heading", ["Renal impairment", "Insuffisance hépatique", "Elderly"])
    def test_at_the_begin_of_a_section_it_needs_the_heading(self, heading: str) -> None:
        passage = evidence(
            "No dose adjustment is necessary.", heading=heading, section=("4.2 Posology", heading)
        )
        language: Language = "fr" if heading.startswith("Insuf") else "en"
        if language == "fr":
            passage = replace(
                evidence("Aucune adaptation posologique n'est nécessaire.", heading=heading, language="fr"),
                section=("4.2 Posologie", heading),
            )
        statement = replace(told(passage, 0), language=language)
        given = context(passage, source=facts(language=language), language=language)
        assert heading in says("GR11", document(statement, language=language), given)[0]
        headed = document(segment(heading), statement, language=language)
        assert not found("GR11", headed, given)

    def test_under_a_heading_for_everybody_it_stands(self) -> None:
        passage = evidence(
            "No dose adjustment is necessary.", heading="4.2 Posology", section=("4.2 Posology",)
        )
        assert not found("GR11", document(told(passage, 0)), context(passage))


def test_at_the_begin_of_a_section_nobody_knows_of_what() -> None:
    passage = evidence("The difference was 4.2 points (p=0.01).")
    assert "does not name" in says("GR11", document(told(passage, 0)), context(passage))[0]
