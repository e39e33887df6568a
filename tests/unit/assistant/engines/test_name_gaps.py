"""Questions on what a label is for, what forbids it and what it does most: every wrong answer is something that it speaks of nowhere."""

import pytest

from assistant.engines.cloze import GAP, Cloze
from assistant.engines.extractive import read_units
from assistant.engines.name_gaps import of_a_forbidden_condition, of_a_reaction, of_the_disease
from assistant.engines.units import Unit
from guardrails.model import Language
from tests.builders.labels import evidence_of_lines


def unit(line: str, section: str, language: Language = "en") -> Unit:
    told = evidence_of_lines([line], section=("4. Clinical", section), language=language)
    indication = evidence_of_lines(
        ["It is for adults."], section=("4. Clinical", "4.1 Indications"), passage="p9"
    )
    return read_units([told, *([] if section.startswith("4.1") else [indication])])[0]


def key_of(made: Cloze | None) -> str | None:
    return made.options[made.key] if made else None


@pytest.mark.parametrize(
    ("line", "language", "key"),
    [
        ("Nalorel is indicated for the treatment of adults with chronic heart failure.", "en", "heart failure"),
        ("Treatment of women with metastatic breast cancer after progression.", "en", "breast cancer"),
        ("Treatment of adult patients with diabetes mellitus.", "en", "diabetes mellitus"),
        ("Nalorel est indiqué dans le traitement de l’insuffisance cardiaque chronique.", "fr", "l’insuffisance cardiaque"),
        ("Nalorel is indicated in patients with pulmonary arterial hypertension (PAH).", "en", None),
        ("Nalorel is indicated in asthma but not in chronic obstructive pulmonary disease.", "en", None),
        ("Nalorel is indicated for the treatment of an unheard-of disease.", "en", None),
    ],
)  # fmt: skip
def test_what_the_medicine_is_for(line: str, language: Language, key: str | None) -> None:
    one = unit(line, "4.1 Indications", language)
    made = of_the_disease(one, [one])
    assert key_of(made) == key
    if made:
        assert made.text.replace(GAP, made.options[made.key]) == line


@pytest.mark.parametrize(
    ("line", "language", "key"),
    [
        ("Treatment of breast cancer and other advanced solid tumours in adults.", "en", None),
        ("Treatment of adults with rheumatoid arthritis and inflammatory bowel disease.", "en", None),
        ("Treatment of hypertension and of ischaemic heart disease.", "en", None),
        ("Traitement de la polyarthrite rhumatoïde et des maladies inflammatoires chroniques de l’intestin.", "fr", None),
        ("Traitement de l’hypertension artérielle et des cardiopathies ischémiques.", "fr", None),
        ("Traitement de la polyarthrite rhumatoïde et d’autres rhumatismes.", "fr", None),
        ("Nalorel is indicated, with other antihypertensive agents, in hypertension.", "en", "hypertension"),
        ("Treatment of hypertension in adults, including the elderly.", "en", "hypertension"),
        ("Traitement de l’épilepsie en association avec d’autres antiépileptiques.", "fr", "l’épilepsie"),
    ],
)  # fmt: skip
def test_no_disease_is_asked_where_a_class_may_hold_a_wrong_answer(
    line: str, language: Language, key: str | None
) -> None:
    one = unit(line, "4.1 Indications", language)
    assert key_of(of_the_disease(one, [one])) == key


@pytest.mark.parametrize(
    ("line", "language", "key"),
    [
        ("Reversal of opioid-induced respiratory depression in adults.", "en", None),
        ("Nalorel is indicated in adults with portal hypertension.", "en", None),
        ("Reduction of pressure in ocular hypertension or glaucoma.", "en", None),
        ("Treatment of chronic thromboembolic pulmonary hypertension.", "en", None),
        ("Treatment of metastatic castration-resistant prostate cancer.", "en", None),
        ("Treatment of metastatic prostate cancer.", "en", "prostate cancer"),
        ("Treatment of essential hypertension.", "en", "hypertension"),
        ("Traitement de l’hypertension artérielle pulmonaire chez l’adulte.", "fr", None),
        ("Traitement de l’hypertension artérielle chez l’adulte.", "fr", "l’hypertension artérielle"),
        ("Traitement de l’insuffisance cardiaque chronique.", "fr", "l’insuffisance cardiaque"),
    ],
)  # fmt: skip
def test_no_gap_cuts_the_name_of_a_disease(line: str, language: Language, key: str | None) -> None:
    one = unit(line, "4.1 Indications", language)
    assert key_of(of_the_disease(one, [one])) == key


def test_a_disease_that_another_indication_names_is_no_wrong_answer() -> None:
    told = read_units(
        [
            evidence_of_lines(
                ["Nalorel is indicated for the treatment of heart failure.", "It is indicated in patients with atrial fibrillation, too."],
                section=("4. Clinical", "4.1 Indications"),
            )
        ]
    )  # fmt: skip
    made = of_the_disease(told[0], told)
    assert made is not None
    wrong = {option for option in made.options if option != key_of(made)}
    assert not {"heart failure", "atrial fibrillation"} & wrong


def test_a_contraindication_among_conditions_that_the_label_speaks_of_nowhere() -> None:
    one = unit("Severe renal impairment. Uncontrolled hypertension.", "4.3 Contraindications")
    said = f"{one.text} Cases of gout and of acute pancreatitis have been reported."
    made = of_a_forbidden_condition(one, "Uncontrolled hypertension", said)
    assert made is not None
    assert key_of(made) == "Uncontrolled hypertension"
    assert not {"Gout", "Acute pancreatitis"} & set(made.options)
    assert all(option[:1].isupper() for option in made.options)
    assert "Urinary retention" not in made.options, "renal impairment may hold it"


def test_what_is_no_condition_is_not_asked_among_conditions() -> None:
    one = unit("Concomitant use of strong inhibitors. Severe asthma.", "4.3 Contraindications")
    assert of_a_forbidden_condition(one, "Concomitant use of strong inhibitors", one.text) is None


@pytest.mark.parametrize(
    ("line", "language", "key"),
    [
        ("The most common adverse reactions were headache (12%) and nausea (4%).", "en", "headache"),
        ("The most commonly reported reactions are hot flushes, nausea and fever.", "en", "hot flushes"),
        ("The most common reactions were headache in 15% of patients and oedema in 9%.", "en", "headache"),
        ("Les effets indésirables les plus fréquents ont été l’hyperkaliémie (11,8 %) et la toux (4 %).", "fr", "l’hyperkaliémie"),
        ("Les effets indésirables les plus fréquents sont : nausées, fièvre et toux.", "fr", "nausées"),
        ("The most common reactions were mild and passed within days.", "en", None),
        ("Most reactions were headache, nausea and fever.", "en", None),
        ("Les effets les plus fréquents sont des nausées, une fièvre et une toux.", "fr", None),
    ],
)  # fmt: skip
def test_the_reaction_that_happens_most(line: str, language: Language, key: str | None) -> None:
    section = "4.8 Undesirable effects" if language == "en" else "4.8 Effets indésirables"
    made = of_a_reaction(unit(line, section, language), f"{line} Constipation. Insomnia.")
    assert key_of(made) == key
    if made:
        assert not {"constipation", "insomnia", "nausea", "la constipation"} & set(made.options)


def test_a_disease_that_those_who_are_named_cannot_have_is_no_option() -> None:
    for line, never in (
        ("Treatment of adult men with metastatic prostate cancer.", {"ovarian cancer", "breast cancer"}),
        ("Treatment of women with metastatic breast cancer.", {"prostate cancer"}),
    ):
        one = unit(line, "4.1 Indications")
        made = of_the_disease(one, [one])
        assert made is not None
        assert not never & set(made.options)
