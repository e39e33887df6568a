"""FR24: a French promotional piece tells nothing of a study that is not finished, and of no indication that is not granted."""

import pytest

from guardrails.lexicon import find
from tests.unit.guardrails.builders import document, found, segment

ENGLISH = [
    "An open-label extension over 48 weeks is under way.",
    "The long-term follow-up of these patients is ongoing.",
    "Tolmavir is being studied in children.",
    "Tolmavir is under investigation for chronic cough.",
    "The MERIDIAN-3 trial (NCT00000000) is still recruiting.",
    "Enrolment continues at 40 sites.",
    "The results are expected in the second half of 2027.",
    "The findings of MERIDIAN-3 are eagerly awaited.",
    "An ongoing, open-label study compares two doses.",
    "The trial has not yet been completed.",
    "A study in adolescents is planned.",
    "The planned phase 3 trial will include 600 patients.",
    "Interim efficacy data showed a lower rate.",
    "At the first interim analysis the rate was lower.",
    "The results have yet to be published.",
    "An application for use in children has been filed.",
    "Approval in asthma is awaited.",
    "Blood pressure fell by 10 mmHg in the ongoing phase 3 trial.",
    "Skin lesions improved in the ongoing trial.",
    "The follow-up of the trial is scheduled until 2029.",
    "The final analysis is planned for 2028.",
]
FRENCH = [
    "Une extension en ouvert de 48 semaines est en cours.",
    "Un essai de phase 3 chez l’adolescent, mené dans 12 pays, est toujours en cours.",
    "L’étude MERIDIAN-3 en cours compare deux doses.",
    "Les essais cliniques de phase 2 actuellement en cours portent sur l’enfant.",
    "L’étude de suivi se poursuit.",
    "L’étude recrute dans douze centres.",
    "Le recrutement des patients est ouvert.",
    "Les résultats de l’extension sont attendus fin 2027.",
    "Résultats à paraître.",
    "L’essai n’est pas encore terminé.",
    "Une étude chez l’enfant est prévue.",
    "Le tolmavir est en cours de développement dans l’asthme.",
    "Le tolmavir est actuellement évalué chez l’enfant.",
    "Les résultats d’efficacité intermédiaires sont favorables.",
    "L’analyse intermédiaire à 6 mois était favorable.",
    "Une extension d’indication est attendue.",
    "Un dossier d’extension d’indication est à l’examen : demande d’AMM déposée en mars.",
    "Les résultats biologiques se sont améliorés dans l’essai en cours.",
    "Le suivi des patients de l’étude se poursuit.",
    "Les analyses de l’essai seront réalisées en 2028.",
]
HARMLESS_ENGLISH = [
    "Treatment is ongoing in most of these patients.",
    "Do not interrupt ongoing treatment.",
    "Patients with ongoing infection should not be vaccinated.",
    "It is not given while a pregnancy is ongoing.",
    "In the trial, patients with ongoing therapy were excluded.",
    "Study treatment continues until progression.",
    "Ongoing monitoring of the blood count is advised.",
    "If the results of the culture are awaited, treatment may be started.",
    "The current study shows a lower rate.",
    "Longer studies are needed.",
    "Future studies are needed to confirm this.",
    "The analyses planned in the protocol were carried out.",
    "The effect is expected within two weeks.",
    "Patients being evaluated for a transplant were excluded.",
    "No interim analyses were performed.",
    "The study was in progress for three years.",
    "Follow-up is scheduled at week 4.",
    "Blood analyses are scheduled for each visit.",
    "The results of susceptibility testing are awaited.",
]
HARMLESS_FRENCH = [
    "Le traitement est en cours depuis six mois.",
    "Ne pas interrompre un traitement antiépileptique en cours.",
    "Une grossesse en cours est une contre-indication.",
    "Infection en cours.",
    "Une infection bactérienne en cours doit être traitée.",
    "En cours de traitement, la natrémie est surveillée.",
    "Dans l’étude, les traitements en cours étaient maintenus.",
    "Les études chez des patients dont le traitement était en cours sont rares.",
    "Le traitement se poursuit jusqu’à la fin de l’essai.",
    "L’allaitement se poursuit.",
    "L’effet est attendu après deux semaines.",
    "Les résultats de l’antibiogramme sont attendus avant d’adapter la dose.",
    "Le dosage intermédiaire est de 10 mg.",
    "Des études plus longues sont nécessaires.",
    "Les analyses prévues au protocole sont décrites ci-dessous.",
    "Un suivi ophtalmologique est prévu avant le traitement.",
    "Les analyses de sang seront réalisées chaque mois.",
    "Le suivi clinique se poursuit au moins 6 mois après l'arrêt.",
    "La recherche d'anticorps sera réalisée avant chaque cycle.",
]


@pytest.mark.parametrize("text", [*ENGLISH, *FRENCH])
def test_what_is_not_finished_or_not_granted_is_heard(text: str) -> None:
    language = "en" if text in ENGLISH else "fr"
    (finding, *_) = found("FR24", document(segment(text, language=language)))
    assert (finding.severity, finding.overridable) == ("block", True)


@pytest.mark.parametrize("text", [*HARMLESS_ENGLISH, *HARMLESS_FRENCH])
def test_a_course_of_treatment_or_illness_is_no_ongoing_study(text: str) -> None:
    assert not list(find(text, "en" if text in HARMLESS_ENGLISH else "fr", ("INT",)))
