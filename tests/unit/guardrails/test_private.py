"""What a brief may tell of a person by name (FR39): a medicine or disease beside an age is blocked, alone it waits; work is neither."""

import pytest

from guardrails.lexicon import find


def _stops(language: str, text: str) -> str:
    """ "blocked", "waits" or "stands"."""
    if any(find(text, language, ("PRIVATE",))):
        return "blocked"
    return "waits" if any(find(text, language, ("PERHAPS_PRIVATE",))) else "stands"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Mme Roy, 72 ans, prend Velmora"),
        ("fr", "Mme D., 72 ans, sous Velmora"),
        ("fr", "M. B., 58 ans, est diabétique"),
        ("fr", "M. Petit, 45 ans, diabétique et hypertendu, consulte le jeudi"),
        ("fr", "Mme Lefort (72 ans) a fait une hyperkaliémie"),
        ("fr", "M. Bernard, 62 ans, a développé une toux"),
        ("fr", "Mme Roy, âgée de 80 ans, reçoit Velmora"),
        ("fr", "Mme Roy, 80 ans, est décédée"),
        ("fr", "M. Petit, 45 ans, a eu un infarctus"),
        ("fr", "M. Petit, 45 ans, prend un traitement"),
        ("fr", "M. Petit, 45 ans, a arrêté Velmora"),
        ("fr", "Mme Roy, 61 ans et asthmatique, vient le lundi"),
        ("fr", "Monsieur L., 70 ans, traité par Velmora"),
        ("fr", "Mme Roy, 55 ans, sous cardorélone"),
        ("fr", "Mme Roy, 55 ans, présente un œdème"),
        ("en", "Mrs Brown, 72, takes Velmora"),
        ("en", "Mrs B., 72, is taking Velmora"),
        ("en", "Mrs Brown (72) had a rash"),
        ("en", "Mrs Brown, 72, has diabetes"),
        ("en", "Mr Lane, a 60-year-old asthmatic, came on Monday"),
        ("en", "Mr Lane, 60, is diabetic"),
        ("en", "Mr Lane, 60, received Velmora"),
        ("en", "Mr Lane, 60, stopped treatment"),
        ("en", "Mrs Brown, aged 72, developed hyperkalaemia"),
        ("en", "Mrs Brown, 72, with heart failure, is on Velmora"),
        ("en", "Mrs Brown, 72, died"),
        ("en", "Mr Lane, 60, was given 10 mg of Velmora"),
        ("en", "Mr L, 60, takes insulin"),
        ("en", "Mr Lane was admitted with hyperkalaemia"),
        ("en", "Mr Lane was admitted to hospital"),
    ],
)
def test_an_age_beside_a_medicine_a_disease_or_a_harm_is_blocked(language: str, text: str) -> None:
    assert _stops(language, text) == "blocked"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Mme Roy est diabétique"),
        ("fr", "Mme Roy est décédée"),
        ("fr", "Mme Roy reçoit Velmora"),
        ("fr", "Mme D. prend Velmora"),
        ("fr", "Mme Roy a un diabète"),
        ("fr", "Mme Roy a 72 ans"),
        ("fr", "M. Petit a arrêté Velmora"),
        ("en", "Mrs Brown had a rash"),
        ("en", "Mrs Brown has diabetes"),
        ("en", "Mrs Brown died"),
        ("en", "Mr Lane received Velmora"),
        ("en", "Mr Lane is diabetic"),
    ],
)
def test_a_medicine_or_a_disease_alone_waits(language: str, text: str) -> None:
    assert _stops(language, text) == "waits"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "M. Petit, 45 ans, prend la parole"),
        ("fr", "M. Petit, 45 ans, prend ses fonctions en mars"),
        ("fr", "M. Petit, 45 ans, prend part au congrès"),
        ("fr", "M. Petit, 45 ans, prend sa retraite"),
        ("fr", "M. Petit, 45 ans, sous la responsabilité du Pr Roy"),
        ("fr", "M. Petit, 45 ans, prend le relais du Dr Roy"),
        ("fr", "M. Petit, 45 ans, diabétologue, dirige le service"),
        ("fr", "Mme Roy, 45 ans, spécialiste de l'hypertension, dirige le registre"),
        ("fr", "Mme Roy, 45 ans, présente une étude sur le diabète"),
        ("fr", "Mme Roy, 45 ans, reçoit le mardi"),
        ("fr", "Mme Roy, 45 ans, reçoit Mme Durand"),
        ("fr", "Mme Roy, 45 ans, suit des patients diabétiques"),
        ("fr", "Mme Roy, 45 ans, a fait une thèse"),
        ("fr", "Mme Roy, 45 ans, est opposée aux génériques"),
        ("en", "Ms Roe, 45, is on duty"),
        ("en", "Ms Roe, 45, is on the board"),
        ("en", "Ms Roe, 45, was given the floor"),
        ("en", "Ms Roe, 45, was given responsibility for the trial"),
        ("en", "Ms Roe, 45, received Sanofi funding"),
        ("en", "Ms Roe, 45, has a diabetes clinic"),
        ("en", "Ms Roe, 45, takes over in March"),
        ("en", "Ms Roe, 45, started in May"),
        ("en", "Ms Roe, 45, started Monday"),
        ("en", "Ms Roe, 45, is a diabetologist"),
        ("en", "Ms Roe, 45, runs the heart failure unit"),
        ("en", "Ms Roe, 45, was admitted to the college"),
        ("fr", "Mme Roy, 48 ans, traite des patients greffés"),
        ("fr", "M. Petit, 40 ans, est chef de la clinique du diabète"),
        ("fr", "Mme Roy, 52 ans, a commencé Médecine à Lille"),
        ("en", "Ms Roe, 45, started Cardiology at Leeds"),
        ("en", "Mr Lane, 52, had a talk on migraine"),
        ("en", "Mr Lane, 50, is on the cancer board"),
        ("en", "Ms Roe, 45, with asthma expertise, leads the team"),
    ],
)
def test_an_age_beside_work_is_not_blocked(language: str, text: str) -> None:
    assert _stops(language, text) != "blocked"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Mme Roy, 15 ans d'enseignement, dirige le service"),
        ("fr", "Mme Roy, 30 ans en cardiologie, dirige le service"),
        ("fr", "Mme Roy est suivie par 3000 abonnés"),
        ("fr", "Mme Roy est diabétologue"),
        ("fr", "Mme Roy a un cabinet à Lyon"),
        ("fr", "Mme Roy a 20 ans d'expérience"),
        ("fr", "Mme Roy reçoit le mardi"),
        ("fr", "Mme Roy présente un essai sur le diabète"),
        ("en", "Mr Lane was admitted to the college"),
        ("en", "Mr Lane was admitted as a fellow"),
        ("en", "Mr Lane was admitted to the Royal College"),
        ("en", "Ms Roe has a diabetes clinic"),
        ("en", "Ms Roe has asthma research on the agenda"),
        ("en", "Ms Roe had a meeting"),
        ("en", "Ms Roe received the minutes"),
        ("en", "Ms Roe is a diabetic nurse"),
    ],
)
def test_work_stands(language: str, text: str) -> None:
    assert _stops(language, text) == "stands"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mr A. Stone, 60, developed a rash on Velmora"),
        ("en", "Mr John Stone, 60, developed a rash"),
        ("en", "Mr Jan van Houten, 60, is diabetic"),
        ("en", "Mr John Stone was admitted with hyperkalaemia"),
        ("fr", "Mme Marie Roy, 72 ans, prend Velmora"),
        ("fr", "M. Jean de La Tour, 60 ans, est diabétique"),
        ("fr", "M. A. Petit, 60 ans, a développé une éruption"),
    ],
)
def test_a_first_name_or_an_initial_hides_nobody(language: str, text: str) -> None:
    assert _stops(language, text) == "blocked"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Dr Lane had a heart attack last month"),
        ("en", "Mrs Reed, born 4 May 1950, is on dialysis"),
        ("en", "Patient: John Stone, 12/03/1960"),
        ("fr", "Le Dr Faure traverse un divorce"),
        ("fr", "Le Dr Roy a fait un infarctus"),
        ("fr", "Patient : Jean Dupont, 12/03/1960"),
    ],
)
def test_what_befell_a_person_is_blocked_without_an_age(language: str, text: str) -> None:
    assert _stops(language, text) == "blocked"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ms Field, 41, has asthma as her main research topic"),
        ("en", "Mr Stone, 60, takes Bristol patients"),
        ("en", "Ms Green, 34, started Python courses"),
        ("en", "Mr Reed, 50, received Professor Lane"),
        ("en", "Mr White, 50, has a fall prevention programme"),
        ("en", "Mr Hall, 50, started Velmora in three patients"),
        ("en", "Dr Lane had a stroke clinic on Monday"),
        ("en", "Dr Lane has had a heart attack registry since 2010"),
        ("en", "Meet Mr Stone. Patients, 60, took Velmora"),
        ("en", "Patient : Asthma Control, 12 weeks"),
        ("fr", "Mme Morel, 50 ans, a commencé Velmora chez trois patients"),
        ("fr", "Mme Durand, 54 ans, sous Windows, fait ses statistiques"),
        ("fr", "Le Dr Roy a fait un infarctus en staff"),
        ("fr", "Patient : Insuffisance Rénale, stade 3"),
    ],
)
def test_what_is_done_for_others_is_not_blocked(language: str, text: str) -> None:
    assert _stops(language, text) != "blocked"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mr Hall started Velmora in three patients"),
        ("fr", "Mme Morel a commencé Velmora chez trois patients"),
        ("fr", "Mme Colin a fait une thèse sur l'asthme"),
    ],
)
def test_what_is_done_for_others_stands_without_an_age(language: str, text: str) -> None:
    assert _stops(language, text) == "stands"
