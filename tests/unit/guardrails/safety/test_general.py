import pytest

from guardrails.safety import intake
from guardrails.safety.general import asks_in_general


@pytest.mark.parametrize(
    ("language", "turn"),
    [
        ("en", "missed dose"),
        ("en", "n randomised"),
        ("en", "3 yr survival"),
        ("fr", "survie à 5 ans ?"),
        ("en", "dorelan dose in the over 80s"),
        ("fr", "dose chez les plus de 80 ans"),
        ("en", "dorelan switch, washout needed?"),
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
        ("fr", "oubli hier soir, il double ?"),
        ("fr", "oubli d'une prise hier, il double ?"),
        ("fr", "oubli d'1 cp, il double ?"),
        ("en", "missed yesterday's dose, double up today?"),
        ("en", "inject where"),
        ("fr", "injecter où ?"),
        ("en", "urinary volume week 6"),
        ("fr", "variation de vems à la semaine 12"),
        ("fr", "AVK déjà en cours, je fais quoi de la dose ?"),
        ("en", "warfarin already on board, what do I do about the dose?"),
        ("en", "missed a dose last night, should he double?"),
        ("en", "how do i stop it after 3 months"),
        ("fr", "comment on arrête après 6 mois ?"),
        ("en", "crush for NG tube?"),
        ("fr", "écraser pour SNG ?"),
        ("en", "stroke rate at 90 days"),
        ("fr", "taux d'AVC à 90 jours"),
        ("en", "max dose in the over 80s"),
        ("fr", "femme enceinte ok ?"),
        ("fr", "chez la femme enceinte : autorisé ?"),
        ("en", "recommend a stethoscope under £150"),
        ("en", "translate the leaflet into French"),
        ("fr", "convertis moi 37,5 °C en fahrenheit"),
        ("fr", "fais un petit poème sur le Tervaxil pour la fête du service"),
        ("fr", "le mien est stable, on continue ?"),
        ("en", "missed a whole day, double?"),
        ("fr", "oubli d'une journée entière, il double ?"),
        ("en", "gynaecomastia rate at 12 months?"),
        ("en", "hyponatraemia rate at 12 weeks"),
        ("en", "mine is stable, do we continue?"),
        ("fr", "ATCD AIT il y a 3 ans, thrombolyse possible ?"),
        ("fr", "AVK en cours, risque de saignement ?"),
        ("en", "aspirin on board, bleeding risk?"),
        ("en", "is ongoing monitoring for anaphylaxis needed?"),
    ],
)
def test_a_question_in_general_form_opens_no_case(language: str, turn: str) -> None:
    assert intake(turn, language) is None


@pytest.mark.parametrize(
    ("language", "turn"),
    [
        ("en", "missed dose yesterday, vomiting now"),
        ("en", "3 yr survival then stroke"),
        ("en", "n randomised then died"),
        ("fr", "combien de randomisés ? le mien a fait un AVC"),
        ("fr", "combien de patients dans l'étude ? la mienne saigne"),
        ("fr", "l'un des miens a eu une embolie"),
        ("fr", "oubli d'1 cp, il a doublé ?"),
        ("fr", "oubli d'1 cp hier, doublé ce soir ?"),
        ("fr", "saut d'une dose, doublé la dose aujourd'hui ?"),
        ("fr", "oubli de cp hier, rattrapé ce soir ?"),
        ("fr", "cocaïne déjà en cours, je fais quoi pour la dose"),
        ("en", "missed yesterday's dose, doubled up today?"),
        ("en", "gave 2 tabs, missed yesterday's dose, double up today?"),
        ("en", "injected it where it hurt"),
        ("en", "low urine output week 6"),
        ("en", "urine output fell week 6"),
        ("fr", "saignement déjà en cours, je fais quoi ?"),
        ("fr", "hémorragie en cours, je fais quoi de la dose ?"),
        ("fr", "aspirine en cours, que faire ?"),
        ("fr", "le mien est stable depuis la chute, on continue ?"),
        ("en", "missed a whole day, doubled today, dizzy"),
        ("fr", "oubli d'une journée, il a doublé"),
        ("en", "gynaecomastia at 1 yr, rate it severe"),
        ("en", "mine is fine but bleeding, do we continue?"),
        ("en", "doac on board bleeding what about the dose"),
        ("en", "morphine on board and drowsy, what do I do about the dose?"),
        ("en", "anaphylaxis running what to do"),
        ("fr", "AOD en cours et saigne, on fait quoi de la dose"),
        ("en", "dose in the over 80s gave a bleed"),
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
        ("fr", "oubli hier, il a doublé, vertiges"),
        ("fr", "oubli hier soir, il a pris le double ce matin ?"),
        ("fr", "oubli hier soir, malaise, il double ?"),
        ("en", "how do i stop the bleeding after 3 months"),
        ("en", "crushed tablet via NG, vomited"),
        ("en", "crushed and injected it"),
        ("en", "his heart rate at 40"),
        ("en", "no better at 12 wks"),
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
        ("en", "slow breathing rate after 3 days"),
        ("fr", "taux de plaquettes effondré à 3 jours"),
        ("fr", "taux de transaminases élevé à 3 mois"),
        ("en", "rapid ventricular rate after 2 days"),
        ("en", "wound infection rate after 3 weeks"),
        ("en", "write this up: he fell after the dose"),
        ("en", "suggest something else, it does nothing for him"),
        ("en", "calculate: took 5 x 40 mg"),
        ("en", "write to the company, box arrived broken"),
        ("fr", "rédige un mail au labo, ma patiente a gonflé des lèvres"),
        ("fr", "propose moi autre chose, elle fait des malaises"),
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


@pytest.mark.parametrize(
    ("language", "turn"),
    [
        ("en", "gynaecomastia rate at 1 yr?"),
        ("en", "rash incidence by 12 wks"),
        ("fr", "taux de vertiges à 1 an ?"),
        ("en", "24h urine vol"),
        ("en", "urine output 24h"),
        ("fr", "diurèse des 24h"),
        ("en", "adjuvant after R0 resection"),
        ("fr", "en adjuvant après résection complète"),
    ],
)
def test_a_turn_that_leaves_no_room_for_a_report_opens_no_case(language: str, turn: str) -> None:
    assert intake(turn, language) is None


@pytest.mark.parametrize(
    ("language", "turn"),
    [
        ("en", "no urine output for 24h on it"),
        ("en", "haematoma after R0 resection on your drug"),
        ("en", "wrong dose in clinic"),
        ("en", "dose for my rash"),
        ("en", "wrong dose in over 85"),
        ("fr", "mauvaise dose chez personne âgée"),
        ("en", "tenfold dose in neonate"),
        ("en", "third dose in anaphylaxis"),
        ("en", "% overdosed on drug"),
        ("en", "biopsy hepatitis 2 days ago"),
        ("en", "cpr 2 days ago"),
        ("fr", "transfusion avant-hier"),
        ("en", "he had a rash at 1 yr"),
        ("fr", "massage cardiaque depuis 10 min"),
        ("fr", "massage cardiaque avant-hier après la 1ère injection"),
        ("fr", "hémorragie cérébrale après bolus, conduite à tenir ?"),
        ("fr", "hypotension après perfusion, prise en charge ?"),
        ("en", "brain bleed after the bolus, management?"),
    ],
)
def test_a_harm_that_is_there_opens_one(language: str, turn: str) -> None:
    assert intake(turn, language) is not None


@pytest.mark.parametrize(
    ("language", "turn"),
    [
        ("fr", "conduite à tenir en cas d'hémorragie cérébrale ?"),
        ("fr", "risque d'hémorragie après bolus, conduite à tenir ?"),
        ("fr", "hémorragie sous avk, conduite à tenir ?"),
        ("fr", "oubli d'une dose, conduite à tenir ?"),
        ("fr", "la douleur après injection, prise en charge recommandée ?"),
    ],
)
def test_what_to_do_if_it_happens_opens_none(language: str, turn: str) -> None:
    assert intake(turn, language) is None


@pytest.mark.parametrize(
    ("language", "turn"),
    [
        ("fr", "conduite à tenir : AVC hémorragique à H2 de la perfusion"),
        ("fr", "conduite à tenir ? tachycardie à H1 de la perfusion"),
        ("fr", "quelle conduite : convulsions 30 min après la prise"),
        ("fr", "comment gérer une hémorragie survenue à J2 du traitement ?"),
        ("fr", "comment prendre en charge une hypotension à 15 min de la perfusion"),
        ("fr", "conduite à tenir devant un œdème de Quincke survenu 10 min après l'injection"),
        ("fr", "quelle conduite, elle a fait un malaise après la prise"),
        ("fr", "conduite à tenir : patient de 70 ans, hémorragie sous traitement"),
        ("fr", "conduite à tenir, il convulse"),
        ("fr", "comment gérer son œdème apparu hier"),
    ],
)
def test_what_to_do_about_a_harm_that_is_there_opens_a_case(language: str, turn: str) -> None:
    assert intake(turn, language) is not None


@pytest.mark.parametrize(
    ("language", "turn"),
    [
        ("fr", "conduite à tenir si hémorragie à H2 de la perfusion ?"),
        ("fr", "conduite à tenir en cas de vomissement 1 h après la prise ?"),
        ("fr", "conduite à tenir devant un éventuel saignement à H2 de la perfusion"),
        ("fr", "comment prévenir une réaction 30 min après la perfusion ?"),
        ("fr", "conduite à tenir : hyperkaliémie > 6"),
        ("fr", "conduite à tenir, patient insuffisant rénal, dose ?"),
        ("fr", "conduite à tenir : il faut arrêter le traitement ?"),
        ("fr", "comment gérer les nausées ?"),
    ],
)
def test_what_to_do_about_any_such_harm_opens_none(language: str, turn: str) -> None:
    assert intake(turn, language) is None


@pytest.mark.parametrize(
    ("language", "turn", "reported"),
    [
        ("en", "headache after dose common?", False),
        ("en", "is fever after the infusion expected?", False),
        ("fr", "nausées après la première dose fréquentes ?", False),
        ("fr", "rougeur après l'injection habituelle ?", False),
        ("en", "headache after dose, common?", True),
        ("en", "headache after his dose common?", True),
        ("en", "headache after yesterday's dose common?", True),
        ("en", "fever 39 after infusion expected?", True),
        ("fr", "fièvre après son injection fréquente ?", True),
        ("fr", "hypotension après la perfusion de ce matin fréquente ?", True),
        ("fr", "rougeur après l'injection ce matin, habituel ?", True),
    ],
)
def test_how_often_a_harm_is_after_a_dose_is_asked_of_the_label_and_that_it_came_is_not(
    language: str, turn: str, reported: bool
) -> None:
    assert (intake(turn, language) is not None) is reported
