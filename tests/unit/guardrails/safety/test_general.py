import pytest

from guardrails.safety import intake
from guardrails.safety.general import asks_in_general


@pytest.mark.parametrize(
    ("language", "turn"),
    [
        ("en", "missed dose"),
        ("en", "flare prophylaxis used?"),
        ("en", "result of the primary endpoint at week 26"),
        ("en", "response rate at week 12"),
        ("fr", "posologie chez l'enfant de 20 à 30 kg"),
        ("fr", "taux de réponse à la semaine 24"),
        ("en", "Tervaxil missed dose"),
        ("en", "max dose over 80 years"),
        ("en", "Is ibrutinib taken on an empty stomach?"),
        ("en", "Is it given with or without food?"),
        ("en", "Should nurses wear gloves to protect their hands?"),
        ("en", "How long must partners use a condom after stopping treatment?"),
        ("fr", "oubli de dose"),
        ("fr", "posologie après 80 ans"),
        ("fr", "dose chez l'enfant de 6 ans"),
        ("en", "max dose in toddlers under 3"),
        ("fr", "poso max nourrissons moins de 2 ans"),
        ("en", "fewer bleeds than warfarin?"),
        ("en", "better than colchicine for joint swelling?"),
        ("en", "more vomiting than placebo?"),
        ("fr", "moins de vertiges que le placebo ?"),
        ("fr", "moins d'œdèmes que l'amlodipine ?"),
        ("en", "ankle swelling common?"),
        ("fr", "crampes nocturnes fréquentes ?"),
        ("en", "cause hair loss?"),
        ("fr", "donne des vertiges ?"),
        ("en", "missed a dose, double it?"),
        ("en", "skipped dose - double the next one?"),
        ("fr", "oubli d'une dose : doubler la suivante ?"),
        ("fr", "femme enceinte ok ?"),
        ("fr", "chez la femme enceinte : autorisé ?"),
    ],
)
def test_a_question_in_general_form_opens_no_case(language: str, turn: str) -> None:
    assert intake(turn, language) is None


@pytest.mark.parametrize(
    ("language", "turn"),
    [
        ("en", "missed dose yesterday, vomiting now"),
        ("en", "better than before but a rash since Monday?"),
        ("en", "my patient bleeds more than on warfarin?"),
        ("en", "more vomiting than usual since the second tablet?"),
        ("en", "ankles swollen after two weeks, common?"),
        ("en", "her hair is falling out, common?"),
        ("fr", "il a des crampes, fréquent ?"),
        ("fr", "ça lui donne des vertiges ?"),
        ("en", "missed a dose and took a double dose, ok?"),
        ("en", "missed a dose, doubled it, now dizzy?"),
        ("fr", "a pris une double dose après un oubli ?"),
        ("fr", "femme enceinte traitée, ok ?"),
        ("fr", "patiente enceinte sous Tervaxil, possible ?"),
        ("en", "bleeding rate doubled in my patient"),
        ("en", "patient in study arm died"),
        ("en", "I missed two doses, what now?"),
        ("en", "he took 30 tablets"),
        ("en", "rash on Tervaxil"),
        ("en", "her hands are swollen since the second dose"),
        ("en", "Does it make my patient dizzy? She fell."),
        ("en", "tablet broken in the blister"),
        ("en", "swelling of their hands in two of my patients"),
        ("fr", "malaise sous Tervaxil"),
        ("fr", "dose prise en double ce matin"),
        ("fr", "Ça lui donne des vertiges depuis hier"),
        ("fr", "chute après la dose du soir"),
        ("fr", "enceinte sous Tervaxil"),
        ("fr", "Jambes gonflées : ça passe en combien de temps une fois arrêté ?"),
        ("fr", "erreur de dose chez un enfant, il vomit"),
        ("en", "Pregnant after missed dose"),
        ("en", "MISSED DOSE AND PREGNANT"),
        ("en", "Missed dose\nPregnant"),
        ("en", "missed dose,Pregnant"),
        ("en", "Why did three patients faint after their first injection?"),
        ("en", "why did two of my patients lose their hair?"),
        ("en", "do carers get burns on their hands?"),
        ("en", "can the capsules make mum dizzy?"),
        ("fr", "Enceinte après oubli"),
        ("fr", "oubli dose\nEnceinte"),
        ("fr", "ça fait vomir papa ?"),
        ("fr", "ça donne des plaques rouges partout ?"),
        ("fr", "ça fait gonfler la langue en dix minutes ?"),
    ],
)
def test_a_report_is_taken_in_however_short(language: str, turn: str) -> None:
    assert not asks_in_general(turn)
    assert intake(turn, language) is not None


@pytest.mark.parametrize(
    "turn",
    [
        "missed dose for three days",
        "wrong dose given",
        "Wrong dose",
        "child took capsule",
        "Is 30 tablets lethal?",
        "what dose is fatal?",
        "Can the capsule be blue?",
        "enfant 3 ans comprimé",
        "Erreur de dose",
        "Leak after missed dose",
        "Counterfeit after missed dose",
        "Mistake after missed dose",
        "Rejet après oubli",
        "comprimés et Vodka",
        "pourquoi la gélule est Rose ?",
        "What to do after 30 tablets?",
        "what to do when 2 tablets taken?",
        "ça donne quoi une double prise ?",
        "Tervaxil : faut-il arrêter ?",
        "is this normal after the dose?",
        "overdose",
        "",
    ],
)
def test_what_may_be_a_report_is_left_to_the_score(turn: str) -> None:
    assert not asks_in_general(turn)
