"""A duty is told as one only where the quote has it, and is not taken away."""

import pytest

from guardrails.model import Language
from guardrails.relations.duties import owed_otherwise
from guardrails.relations.model import sentences

MAY = "The daily dose may be divided in two or three doses."
CONSIDER = "Protamine should be considered if heparin was given within 4 hours before the bleeding."
OBLIGATORY = "Une contraception efficace est obligatoire lors d'un traitement par le cardorélone."


def heard(text: str, language: Language, quote: str, quoted: Language) -> list[str]:
    return [c.variant for c in owed_otherwise(sentences(text, language), sentences(quote, quoted))]


@pytest.mark.parametrize(
    ("text", "language", "quote", "quoted", "variant"),
    [
        ("The daily dose always has to be split in two or three.", "en", MAY, "en", "obliges"),
        ("La dose journalière doit être répartie en deux ou trois prises.", "fr", MAY, "en", "obliges"),
        ("Protamine must be given if heparin was administered in the four hours before.", "en", CONSIDER, "en", "obliges"),
        ("La protamine est obligatoire après l'héparine.", "fr", CONSIDER, "en", "obliges"),
        ("Une contraception n'est pas nécessaire.", "fr", OBLIGATORY, "fr", "needless"),
        ("Contraception is not necessary.", "en", OBLIGATORY, "fr", "needless"),
    ],
)  # fmt: skip
def test_a_duty_that_is_none_and_one_that_is_denied(
    text: str, language: Language, quote: str, quoted: Language, variant: str
) -> None:
    assert heard(text, language, quote, quoted) == [variant]


@pytest.mark.parametrize(
    ("text", "language", "quote"),
    [
        ("La dose peut être répartie en deux prises.", "fr", MAY),
        ("Consider protamine.", "en", CONSIDER),
        ("Il faut envisager la protamine.", "fr", CONSIDER),
        ("In patients who must continue heparin, protamine should be considered.", "en", CONSIDER),
        ("The vial must be used within 28 days.", "en", "The vial may be stored for up to 28 days."),
        ("Patients must be told of dizziness.", "en", "Dizziness may be observed."),
        ("No adjustment is necessary above 30 ml/min.", "en", "The dose must be adjusted when clearance is below 30 ml/min."),
        ("It must be swallowed whole.", "en", "It may be taken with food. Swallow it whole."),
        ("ALT must be normal before treatment starts.", "en", "Treatment may be started if ALT is normal."),
        ("The first injection must be given by a trained nurse.", "en", "Injections may be given at home by a nurse."),
        ("La première dose doit être suivie d'un dosage.", "fr", "The second dose may be given once the level is known."),
        ("One has to weigh a dose reduction in the elderly.", "en", "A dose reduction should be considered in the elderly."),
        ("La nécessité d'une réduction doit être évaluée.", "fr", "A dose reduction should be considered."),
    ],
)  # fmt: skip
def test_what_is_left_open_stays_with_the_reviewer(text: str, language: Language, quote: str) -> None:
    assert not heard(text, language, quote, "en")


def test_what_has_to_come_before_something_allowed_is_owed() -> None:
    quote = "Le traitement peut être débuté après un test de grossesse négatif."
    assert not heard("Le test de grossesse doit être négatif avant le début.", "fr", quote, "fr")
    assert not heard("The pregnancy test must be negative.", "en", quote, "fr")
    quote = "Une réduction de la dose devrait être envisagée."
    assert not heard("La nécessité d'une réduction doit être évaluée.", "fr", quote, "fr")
    assert heard("Une réduction de la dose est obligatoire.", "fr", quote, "fr") == ["obliges"]


@pytest.mark.parametrize(
    ("text", "language", "quote", "quoted"),
    [
        ("Le traitement doit être instauré après la dialyse.", "fr", "Treatment may be started after dialysis.", "en"),
        ("L'injection doit être répétée si les symptômes reviennent.", "fr", "The injection may be repeated if symptoms return.", "en"),
        ("Treatment must be restarted after surgery.", "en", "Le traitement peut être repris après l'intervention.", "fr"),
        ("La gélule doit être ouverte.", "fr", "The capsule may be opened if the patient cannot swallow it.", "en"),
        ("The capsule must be opened.", "en", "La gélule peut être ouverte si le patient ne peut pas l'avaler.", "fr"),
        ("Le traitement doit être poursuivi après la grossesse.", "fr", "Treatment may be continued after pregnancy.", "en"),
        ("It is mandatory to stop treatment when nausea occurs.", "en", "Treatment may be stopped when nausea occurs.", "en"),
        ("Il faut diluer la solution si elle est trop épaisse.", "fr", "The solution may be diluted if it is too thick.", "en"),
        ("Sedation is compulsory.", "en", "Une sédation peut être donnée si le patient est agité.", "fr"),
        ("Une prophylaxie est indispensable.", "fr", "Prophylaxis may be given when neutrophils fall.", "en"),
        ("La dose doit être diminuée et la fonction rénale évaluée.", "fr", "A dose reduction should be considered and renal function assessed.", "en"),
        ("The dose must be halved after assessment of the bleeding risk.", "en", "Une réduction de dose doit être envisagée après évaluation du risque hémorragique.", "fr"),
        ("Treatment must be stopped in patients judged frail.", "en", "L'arrêt du traitement doit être envisagé chez les patients fragiles.", "fr"),
        ("Le traitement doit être interrompu, selon l'étude évaluée.", "fr", "Interruption should be considered.", "en"),
        ("Treatment must be started if ALT is normal.", "en", "Treatment may be started if ALT is normal.", "en"),
        ("Treatment has to be started once ALT is normal.", "en", "Treatment may be started once ALT is normal.", "en"),
        ("The dose must be increased to 10 mg after two weeks.", "en", "The dose may be raised to 10 mg after two weeks.", "en"),
        ("The dose must be doubled after 4 weeks.", "en", "The dose may be doubled after 4 weeks.", "en"),
        ("The second dose must be given after 12 hours.", "en", "A second dose may be given after 12 hours.", "en"),
        ("A second injection has to be given after 6 hours.", "en", "A second injection may be given after 6 hours.", "en"),
        ("Treatment must be resumed when neutrophils recover.", "en", "Treatment may be resumed when neutrophils recover.", "en"),
        ("It is mandatory to resume treatment after recovery.", "en", "Treatment may be resumed after recovery.", "en"),
        ("Patients must take it with food.", "en", "It may be taken with food when nausea occurs.", "en"),
        ("The tablet must be crushed when swallowing is difficult.", "en", "The tablet may be crushed when swallowing is difficult.", "en"),
        ("The tablets must be crushed.", "en", "The tablets may be crushed if the patient cannot swallow.", "en"),
        ("Heparin must be given.", "en", "Heparin may be given if needed.", "en"),
        ("Premedication is mandatory.", "en", "Premedication may be given if the patient had a reaction.", "en"),
        ("Premedication with an antihistamine must be given.", "en", "Premedication with an antihistamine may be given if the patient had a prior reaction.", "en"),
        ("Le traitement doit être débuté si les ALAT sont normales.", "fr", "Le traitement peut être débuté si les ALAT sont normales.", "fr"),
        ("La dose doit être doublée après 4 semaines.", "fr", "La dose peut être doublée après 4 semaines.", "fr"),
        ("Une deuxième dose doit être administrée après 12 heures.", "fr", "Une deuxième dose peut être administrée après 12 heures.", "fr"),
        ("Le traitement doit être repris dès que les neutrophiles sont normaux.", "fr", "Le traitement peut être repris dès que les neutrophiles sont normaux.", "fr"),
        ("Le comprimé doit être écrasé.", "fr", "Le comprimé peut être écrasé si le patient ne peut pas l'avaler.", "fr"),
        ("Il faut écraser le comprimé lorsque la déglutition est difficile.", "fr", "Le comprimé peut être écrasé lorsque la déglutition est difficile.", "fr"),
        ("L'héparine doit être administrée.", "fr", "L'héparine peut être administrée si nécessaire.", "fr"),
        ("A dose reduction is mandatory in the elderly, to be judged by the physician.", "en", "A dose reduction should be considered in the elderly.", "en"),
        ("A dose reduction is required in the elderly after assessment of renal function.", "en", "A dose reduction should be considered in the elderly.", "en"),
        ("Protamine must be given after assessing the bleeding.", "en", "Protamine should be considered if bleeding occurs.", "en"),
        ("Treatment must be stopped and liver function assessed.", "en", "Discontinuation should be considered and liver function assessed.", "en"),
        ("Treatment must be stopped in case of questionable benefit.", "en", "Discontinuation should be considered when benefit is questionable.", "en"),
        ("Treatment must be stopped in patients judged at high risk.", "en", "Discontinuation should be considered in patients at high risk.", "en"),
        ("Le traitement doit être arrêté chez les patients jugés à haut risque.", "fr", "L'arrêt du traitement doit être envisagé chez les patients à haut risque.", "fr"),
        ("Le traitement doit être arrêté et la fonction hépatique évaluée.", "fr", "L'arrêt du traitement devrait être envisagé et la fonction hépatique contrôlée.", "fr"),
        ("Une réduction de la dose est obligatoire, la fonction rénale étant évaluée.", "fr", "Une réduction de la dose devrait être envisagée.", "fr"),
        ("Il faut réduire la dose chez les patients pesés en dessous de 50 kg.", "fr", "Une réduction de la dose doit être envisagée chez les patients de moins de 50 kg.", "fr"),
        ("The dose must be reduced, taking renal function into account.", "en", "A dose reduction should be considered, depending on renal function.", "en"),
        ("The dose must be reduced, as evaluated in the study.", "en", "A dose reduction should be considered.", "en"),
        ("Patients must be hospitalised, I think.", "en", "Hospitalisation should be considered.", "en"),
        ("Contraception is not necessary.", "en", "Contraception is mandatory.", "en"),
        ("The dose must be given after meals.", "en", "The dose may be given before or after meals.", "en"),
        ("It must be taken after a meal.", "en", "It may be taken with or after a meal.", "en"),
        ("The dose must be halved when side effects occur.", "en", "The dose may be halved when side effects occur.", "en"),
        ("Treatment must be extended to 12 months in patients experienced with the device.", "en", "Treatment may be extended to 12 months.", "en"),
        ("Le traitement doit être débuté si les ALAT sont normales.", "fr", "Treatment may be started if ALT is normal.", "en"),
        ("La dose doit être augmentée à 10 mg après deux semaines.", "fr", "The dose may be raised to 10 mg after two weeks.", "en"),
        ("La dose doit être doublée après 4 semaines.", "fr", "The dose may be doubled after 4 weeks.", "en"),
        ("Une deuxième injection doit être faite après 12 heures.", "fr", "A second injection may be given after 12 hours.", "en"),
        ("Le traitement doit être repris dès la normalisation des neutrophiles.", "fr", "Treatment may be resumed when neutrophils recover.", "en"),
        ("Il faut écraser le comprimé.", "fr", "The tablet may be crushed if the patient cannot swallow it.", "en"),
        ("Une prémédication par antihistaminique est obligatoire.", "fr", "Premedication with an antihistamine may be given if the patient had a prior reaction.", "en"),
        ("Le patient doit s'injecter lui-même le produit.", "fr", "The injection may be given by the patient once trained.", "en"),
        ("The dose must be doubled after 4 weeks.", "en", "La dose peut être doublée après 4 semaines.", "fr"),
        ("Treatment must be resumed when neutrophils are normal.", "en", "Le traitement peut être repris dès que les neutrophiles sont normaux.", "fr"),
        ("Le traitement doit être arrêté chez les patients jugés à haut risque.", "fr", "Discontinuation should be considered in patients at high risk.", "en"),
        ("Le traitement doit être arrêté et la fonction hépatique évaluée.", "fr", "Discontinuation should be considered and liver function assessed.", "en"),
        ("La dose doit être réduite après évaluation de la fonction rénale.", "fr", "A dose reduction should be considered after assessment of renal function.", "en"),
        ("Treatment must be stopped and liver function evaluated.", "en", "L'arrêt du traitement devrait être envisagé et la fonction hépatique évaluée.", "fr"),
        ("La vaccination doit être faite si elle est nécessaire.", "fr", "Inactivated vaccines may be given if needed.", "en"),
        ("A second dose has to be given after 24 hours.", "en", "Une seconde dose peut être administrée après 24 heures.", "fr"),
    ],
)  # fmt: skip
def test_what_is_only_allowed_on_a_condition_or_considered_is_no_duty(
    text: str, language: Language, quote: str, quoted: Language
) -> None:
    assert heard(text, language, quote, quoted)


@pytest.mark.parametrize(
    ("text", "language", "quote", "quoted"),
    [
        ("La fonction hépatique doit être normale avant le début.", "fr", "Treatment may be started if liver function is normal.", "en"),
        ("Blood pressure must be checked.", "en", "La dose peut être augmentée après contrôle de la pression artérielle.", "fr"),
        ("Le patient doit avoir été formé.", "fr", "The injection may be given by the patient once trained.", "en"),
        ("The first infusion must be given by a specialist.", "en", "La perfusion peut être faite par un spécialiste.", "fr"),
        ("Un médecin doit surveiller la première dose.", "fr", "The first dose may be given at home under the supervision of a physician.", "en"),
        ("A doctor must supervise the first dose.", "en", "La première dose peut être administrée à domicile sous la surveillance d'un médecin.", "fr"),
        ("Neutrophils must have recovered.", "en", "Treatment may be resumed when neutrophils recover.", "en"),
        ("Les neutrophiles doivent être remontés.", "fr", "Treatment may be resumed when neutrophils recover.", "en"),
        ("A negative test is mandatory.", "en", "Le traitement peut être débuté après un test négatif.", "fr"),
        ("Un test négatif est obligatoire.", "fr", "Treatment may be started after a negative test.", "en"),
        ("Treatment must be started only if ALT is normal.", "en", "Treatment may be started if ALT is normal.", "en"),
        ("Il faut penser à réduire la dose.", "fr", "A dose reduction should be considered.", "en"),
        ("One must think of stopping treatment.", "en", "L'arrêt du traitement doit être envisagé.", "fr"),
        ("L'arrêt doit être pris en considération.", "fr", "Discontinuation should be considered.", "en"),
        ("The benefit must be carefully weighed.", "en", "L'arrêt du traitement devrait être envisagé.", "fr"),
        ("La réduction doit faire l'objet d'une évaluation.", "fr", "A dose reduction should be considered.", "en"),
        ("Twelve hours must pass.", "en", "A second dose may be given after 12 hours.", "en"),
        ("Douze heures doivent s'écouler.", "fr", "A second dose may be given after 12 hours.", "en"),
        ("Treatment monitoring is mandatory.", "en", "Treatment may be started if liver values are normal.", "en"),
        ("At least 12 hours must separate the doses.", "en", "Une seconde dose peut être administrée après 12 heures.", "fr"),
        ("La seconde dose doit être donnée au moins 12 heures plus tard.", "fr", "A second dose may be given after 12 hours.", "en"),
        ("Prior vaccination is required.", "en", "Treatment may be started once the patient is vaccinated.", "en"),
        ("Liver function must be assessed before treatment.", "en", "Treatment may be started once liver function is assessed.", "en"),
        ("The patient must be trained first.", "en", "The injection may be given by the patient once trained.", "en"),
        ("The need for a dose reduction must be assessed.", "en", "A dose reduction should be considered.", "en"),
        ("It is required that a physician supervises it.", "en", "Treatment may be given under supervision of a physician.", "en"),
        ("A physician must supervise the first dose.", "en", "The first dose may be given at home under the supervision of a physician.", "en"),
        ("L'ALAT doit être normale.", "fr", "Le traitement peut être débuté à condition que l'ALAT soit normale.", "fr"),
        ("Training is required.", "en", "The injection may be given by trained patients.", "en"),
        ("Renal function must be known.", "en", "Treatment may be started in patients with known renal function.", "en"),
        ("Renal function has to be normal.", "en", "Treatment may be used in patients with normal renal function.", "en"),
        ("Prescribers must think about stopping it.", "en", "Discontinuation should be considered.", "en"),
        ("Physicians must ask themselves whether to stop treatment.", "en", "Discontinuation should be considered.", "en"),
        ("A reduction has to be envisaged.", "en", "A dose reduction should be considered.", "en"),
        ("A reduction must be discussed with the patient.", "en", "A dose reduction should be considered.", "en"),
        ("Il faut se poser la question d'un arrêt.", "fr", "Un arrêt du traitement doit être envisagé.", "fr"),
        ("Il faut penser à réduire la dose.", "fr", "Une réduction de la dose doit être envisagée.", "fr"),
        ("Il faut songer à arrêter le traitement.", "fr", "Un arrêt du traitement doit être envisagé.", "fr"),
        ("L'arrêt doit se discuter.", "fr", "Un arrêt du traitement doit être envisagé.", "fr"),
        ("L'arrêt doit être pris en considération.", "fr", "Un arrêt du traitement doit être envisagé.", "fr"),
    ],
)  # fmt: skip
def test_what_has_to_be_true_or_thought_of_is_owed(
    text: str, language: Language, quote: str, quoted: Language
) -> None:
    assert not heard(text, language, quote, quoted)


MILD = "Antihistamines may be given in patients with mild reactions."
LEGERE = "Des antihistaminiques peuvent être administrés chez les patients ayant une réaction légère."
WATCHED = "Platelets may be transfused under medical supervision."
SURVEILLE = "Des plaquettes peuvent être transfusées sous surveillance."
REDUCTION = "A dose reduction should be considered in patients with renal impairment."


@pytest.mark.parametrize(
    ("text", "language", "quote", "quoted"),
    [
        ("Patients with mild reactions must be treated with antihistamines.", "en", MILD, "en"),
        ("Mild reactions must be managed with antihistamines.", "en", MILD, "en"),
        ("Antihistamines are essential in patients with mild reactions.", "en", MILD, "en"),
        ("Des antihistaminiques sont obligatoires en cas de réaction légère.", "fr", MILD, "en"),
        ("Les réactions légères doivent être prises en charge par des antihistaminiques.", "fr", LEGERE, "fr"),
        ("Des antihistaminiques sont nécessaires chez ces patients.", "fr", LEGERE, "fr"),
        ("Antihistamines are mandatory in mild reactions.", "en", LEGERE, "fr"),
        ("Platelet transfusion is required.", "en", WATCHED, "en"),
        ("Platelet transfusion is necessary.", "en", WATCHED, "en"),
        ("Il faut transfuser des plaquettes.", "fr", SURVEILLE, "fr"),
        ("Une transfusion de plaquettes est obligatoire.", "fr", SURVEILLE, "fr"),
        ("Une transfusion de plaquettes est nécessaire.", "fr", SURVEILLE, "fr"),
        ("Those with cytopenia must also have leucovorin.", "en", "Leucovorin may be added in those with cytopenia.", "en"),
        ("Children with stable disease must be treated.", "en", "Xyz may be used in children with stable disease.", "en"),
        ("Les enfants doivent être traités.", "fr", "Xyz peut être utilisé chez les enfants dont la maladie est stable.", "fr"),
        ("Adults with stable disease must be switched.", "en", "Switching may be done in adults with stable disease.", "en"),
        ("The kidneys must be assessed and the dose must be reduced.", "en", REDUCTION, "en"),
        ("Il faut penser aux reins : la dose doit être réduite.", "fr", REDUCTION, "en"),
    ],
)  # fmt: skip
def test_whom_and_under_whose_eyes_something_is_allowed_makes_no_duty(
    text: str, language: Language, quote: str, quoted: Language
) -> None:
    assert heard(text, language, quote, quoted) == ["obliges"]


@pytest.mark.parametrize(
    ("text", "language", "quote", "quoted"),
    [
        ("The disease must be stable.", "en", "Xyz may be used in children with stable disease.", "en"),
        ("Chez l'enfant, la maladie doit être stable.", "fr", "Xyz may be used in children with stable disease.", "en"),
        ("La maladie doit être stable.", "fr", "Xyz peut être utilisé chez les enfants dont la maladie est stable.", "fr"),
        ("Patients must tolerate beta blockers.", "en", "Xyz may be used in patients who tolerate beta blockers.", "en"),
        ("Un médecin doit surveiller l'administration.", "fr", "Xyz peut être administré sous la surveillance d'un médecin.", "fr"),
        ("Caution is required in hepatic impairment.", "en", "Xyz may be used with caution in hepatic impairment.", "en"),
        ("La prudence est requise en cas d'insuffisance hépatique.", "fr", "Xyz peut être utilisé avec prudence en cas d'insuffisance hépatique.", "fr"),
        ("It must be assessed whether the dose has to be reduced.", "en", REDUCTION, "en"),
        ("One must ask whether the dose must be reduced.", "en", REDUCTION, "en"),
        ("Il faut se demander si la dose doit être réduite.", "fr", REDUCTION, "en"),
        ("Si une transfusion est nécessaire, elle est surveillée.", "fr", SURVEILLE, "fr"),
        ("A platelet transfusion may be necessary.", "en", WATCHED, "en"),
    ],
)  # fmt: skip
def test_what_they_have_to_be_whom_it_is_allowed_for_is_owed(
    text: str, language: Language, quote: str, quoted: Language
) -> None:
    assert not heard(text, language, quote, quoted)
