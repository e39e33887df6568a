"""A benefit beside a primary endpoint that was missed is asked about; a risk is not (FR27)."""

import pytest

from guardrails.missed import benefit_beside_a_miss
from guardrails.model import Language

OPENS: dict[Language, str] = {
    "en": "Although the primary endpoint was missed, ",
    "fr": "Malgré un critère principal non atteint, ",
}


@pytest.mark.parametrize(
    ("language", "rest"),
    [
        ("en", "bleeding fell and remission rose."),
        ("en", "survival and bleeding increased."),
        ("en", "tolmavir increased bleeding and survival."),
        ("en", "with little bleeding tolmavir increased mobility."),
        ("en", "tolmavir increased remission with rash reported."),
        ("en", "survival was longer and infections were more common."),
        ("en", "tolmavir was well tolerated and improved sleep."),
        ("en", "hospitalisations were fewer."),
        ("en", "tolmavir not only increased bleeding but improved survival."),
        ("en", "the risk of stroke fell while bleeding increased."),
        ("en", "pain was reduced without more bleeding."),
        ("en", "tolmavir doubled survival."),
        ("en", "quality of life was better and deaths rose."),
        ("en", "bleeding-free survival increased."),
        ("en", "more patients achieved remission and more patients bled."),
        ("fr", "la survie a augmenté et les hémorragies ont été rares."),
        ("fr", "le tolmavir a réduit les hémorragies et augmenté la survie."),
        ("fr", "la survie et les hémorragies ont augmenté."),
        ("fr", "la réponse a été plus fréquente et les effets indésirables rares."),
        ("fr", "les décès ont diminué."),
        ("fr", "le tolmavir améliore le sommeil et augmente les saignements."),
        ("fr", "la qualité de vie a été meilleure, les infections ont augmenté."),
        ("fr", "avec peu d'hémorragies le tolmavir augmente la survie."),
        ("fr", "le tolmavir prolonge la survie sans augmenter les saignements."),
        ("fr", "les hospitalisations ont été moins nombreuses."),
        ("fr", "les rémissions ont été plus nombreuses et les décès plus fréquents."),
        ("en", "tolmavir reduced adverse events."),
        ("en", "tolmavir reduced bleeding and increased survival."),
        ("en", "fewer deaths occurred and quality of life was higher."),
        ("en", "tolmavir increased survival and reduced mortality."),
        ("en", "tolmavir improved quality of life more often, with few adverse events."),
        ("en", "response rates were higher and adverse events were rare."),
        ("en", "the response rate was higher with tolmavir and the risk of stroke was reduced."),
        ("en", "tolmavir lowered the risk of death by 20 %."),
        ("en", "tolmavir increased remission without more adverse events."),
        ("en", "tolmavir reduced the risk of hospitalisation."),
        ("fr", "le tolmavir augmente la réponse, avec peu d'effets indésirables."),
        ("fr", "le tolmavir réduit le risque d'AVC."),
        ("fr", "le tolmavir diminue les hémorragies et augmente la survie."),
        ("en", "mean pain scores were 3 points lower."),
        ("en", "tolmavir cut mortality by 20 %."),
        ("en", "patients lived longer."),
        ("en", "more patients were pain-free."),
        ("en", "remission was achieved by 40 %."),
        ("en", "relapses were less frequent, with more infections."),
        ("fr", "les patients ont vécu plus longtemps."),
        ("fr", "la mortalité a été plus basse."),
    ],
)  # fmt: skip
def test_a_benefit_is_asked_about(language: Language, rest: str) -> None:
    assert benefit_beside_a_miss(OPENS[language] + rest, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The primary endpoint was missed and tolmavir increased survival."),
        ("en", "Tolmavir increased survival although the primary endpoint was missed."),
        ("en", "The primary endpoint was not met; however, infections increased and mortality was reduced."),
        ("fr", "Le critère principal n'a pas été atteint et le tolmavir a augmenté la survie."),
        ("fr", "Le tolmavir a augmenté la survie bien que le critère principal n'ait pas été atteint."),
        ("en", "The primary endpoint was missed, but tolmavir reduced the risk of stroke."),
        ("en", "Despite the missed primary endpoint, quality of life increased and bleeding was rare."),
        ("fr", "Bien que le critère principal n'ait pas été atteint, le tolmavir a augmenté la survie et réduit la mortalité."),
    ],
)  # fmt: skip
def test_a_benefit_is_asked_about_in_other_words(language: Language, text: str) -> None:
    assert benefit_beside_a_miss(text, language)


@pytest.mark.parametrize(
    ("language", "rest"),
    [
        ("en", "bleeding and infections increased."),
        ("en", "tolmavir increased serious bleeding."),
        ("en", "significantly more bleeding occurred."),
        ("en", "deaths rose and bleeding was more frequent."),
        ("en", "the risk of stroke was higher with tolmavir than with placebo."),
        ("en", "survival was shorter."),
        ("en", "survival decreased."),
        ("en", "quality of life was not improved and bleeding increased."),
        ("en", "no benefit was seen and infections were more common."),
        ("en", "tolmavir increased the rate of serious adverse events."),
        ("en", "hyperkalaemia was significantly more frequent than with placebo."),
        ("en", "tolmavir can cause bleeding."),
        ("en", "bleeding increased in men and women."),
        ("en", "bleeding increased by 20 % with tolmavir and mortality was higher."),
        ("en", "discontinuations were more frequent."),
        ("en", "pneumonia increased under tolmavir."),
        ("en", "neither pain nor function was improved."),
        ("en", "the reduction in pain was not significant."),
        ("fr", "les hémorragies et les infections ont augmenté."),
        ("fr", "le tolmavir augmente les hémorragies graves."),
        ("fr", "le risque d'hémorragie a été plus élevé avec le tolmavir."),
        ("fr", "les décès ont été plus fréquents et les infections ont augmenté."),
        ("fr", "la survie a diminué."),
        ("fr", "la douleur n'a pas été réduite et les saignements ont augmenté."),
        ("fr", "aucune amélioration de la survie n'a été observée."),
        ("fr", "les arrêts de traitement ont augmenté."),
        ("fr", "le tolmavir augmente la mortalité."),
        ("fr", "les effets indésirables ont été plus nombreux."),
        ("fr", "le tolmavir peut provoquer des hémorragies."),
        ("en", "bleeding was more frequent with tolmavir."),
        ("en", "more patients on tolmavir had adverse events."),
        ("en", "tolmavir doubled the rate of bleeding."),
        ("fr", "les hémorragies ont été plus fréquentes."),
        ("en", "liver enzymes increased."),
        ("en", "tolmavir increased liver enzymes."),
        ("en", "headache increased."),
        ("en", "suicidal ideation increased."),
        ("en", "bleeding increased from 2 % to 5 %."),
        ("fr", "les céphalées ont augmenté."),
        ("fr", "les transaminases ont augmenté."),
    ],
)  # fmt: skip
def test_a_risk_or_a_denial_is_not(language: Language, rest: str) -> None:
    assert not benefit_beside_a_miss(OPENS[language] + rest, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The primary and secondary endpoints were missed, and deaths increased."),
        ("en", "The primary endpoint was missed and bleeding was higher."),
        ("fr", "Le critère principal n'a pas été atteint et les hémorragies ont augmenté."),
        ("fr", "Le critère principal n'a pas été atteint, ni la survie améliorée."),
        ("en", "The primary endpoint was missed, and hyperkalaemia was more frequent with tolmavir."),
        ("en", "The primary endpoint was missed, while infections increased."),
        ("fr", "Le critère principal n'a pas été atteint, et les infections ont augmenté."),
        ("fr", "Le critère principal n'a pas été atteint ; les décès ont augmenté."),
    ],
)  # fmt: skip
def test_a_risk_or_a_denial_is_not_in_other_words(language: Language, text: str) -> None:
    assert not benefit_beside_a_miss(text, language)


GAINS: dict[Language, tuple[str, ...]] = {
    "en": (
        "HbA1c was 0.4 points lower.", "NT-proBNP dropped by 28 %.", "tolmavir lowered LDL cholesterol.", "blood pressure was 5 mmHg lower.",
        "haemoglobin rose by 1 g/dl.", "tolmavir increased platelets.", "tumours shrank.", "the results favoured tolmavir.", "time to relapse was prolonged.",
        "fatigue was less with tolmavir.", "walking distance was longer.", "in patients with no prior therapy survival was longer.", "seizures stopped in 30 %.",
    ),
    "fr": (
        "l'HbA1c a baissé de 0,4 point.", "le NT-proBNP a chuté.", "l'hémoglobine a augmenté de 1 g/dl.", "le tolmavir a augmenté les plaquettes.",
        "les tumeurs ont régressé.", "les crises ont disparu chez 30 %.", "la survie est allongée.", "la clairance de la créatinine a augmenté.",
        "les résultats sont en faveur du tolmavir.", "le tolmavir a significativement augmenté la survie.", "la progression a été ralentie.",
    ),
}  # fmt: skip
HARMS: dict[Language, tuple[str, ...]] = {
    "en": (
        "potassium increased by 0.4 mmol/l.", "QTc was prolonged.", "tolmavir prolonged the QT interval.", "haemoglobin decreased.", "neutrophils decreased.",
        "ketoacidosis was increased.", "visual acuity was reduced.", "blood pressure increased.", "tolmavir lowered platelets.", "creatinine clearance fell.",
        "the results favoured placebo.", "outcomes were in favour of the comparator.", "because of nausea 5 % stopped treatment.",
    ),
    "fr": (
        "la créatinine a augmenté de 12 %.", "le poids a augmenté.", "le tolmavir a allongé l'intervalle QT.", "l'hémoglobine a diminué.", "les chutes ont augmenté.",
        "le DFG a diminué de 4 ml/min.", "le tolmavir a augmenté la créatinine.", "le tolmavir a significativement augmenté les hémorragies.",
        "le tolmavir a réduit la survie.", "la clairance de la créatinine a diminué.", "les résultats étaient en faveur du placebo.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_measured_is_a_benefit_by_the_way_it_goes(language: Language) -> None:
    assert [
        rest for rest in GAINS[language] if not benefit_beside_a_miss(OPENS[language] + rest, language)
    ] == []
    assert [rest for rest in HARMS[language] if benefit_beside_a_miss(OPENS[language] + rest, language)] == []


@pytest.mark.parametrize(
    "miss",
    [
        "Le critère principal n'a pas pu être atteint",
        "Le critère de jugement principal est négatif",
        "Le critère principal s'est révélé négatif",
    ],
)
def test_a_miss_is_known_in_other_french_words(miss: str) -> None:
    assert benefit_beside_a_miss(f"{miss}, mais la survie a augmenté.", "fr")
    assert not benefit_beside_a_miss(f"{miss}, et la survie a diminué.", "fr")
