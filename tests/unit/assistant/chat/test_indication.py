import pytest

from assistant.chat.indication import asks_of_a_disease, beyond_indication
from assistant.engines.extractive import read_units
from tests.builders.labels import label_evidence

ENGLISH = read_units(
    label_evidence(
        {
            "4.1 Therapeutic indications": [
                "Velmora is indicated in adults for the treatment of symptomatic chronic heart failure with left ventricular ejection fraction of 40% or less."
            ],
            "4.2 Posology and method of administration": ["No dose adjustment is required in mild hepatic impairment."],
            "4.4 Special warnings and precautions for use": [
                "The risk of hyperkalaemia is greater in patients with renal impairment or with diabetes mellitus."
            ],
        }
    )
)  # fmt: skip
FRENCH = read_units(
    label_evidence(
        {
            "4.1 Indications thérapeutiques": [
                "Velmora est indiqué chez l’adulte dans le traitement de l’insuffisance cardiaque chronique symptomatique avec une fraction d’éjection inférieure ou égale à 40 %."
            ],
        },
        language="fr",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "Can Velmora be prescribed for hypertension?",
        "Does Velmora work in diabetic nephropathy?",
        "Is Velmora effective in cirrhosis?",
        "Is it approved for chronic kidney disease?",
        "Can it be used to treat atrial fibrillation?",
        "Is there a benefit in patients with obesity?",
        "Can I use it in heart failure with preserved ejection fraction?",
        "Is it indicated in acute heart failure?",
        "Does it help against migraine?",
        "use in pulmonary embolism?",
        "Peut-on l’utiliser dans l’embolie pulmonaire ?",
        "Can it be given in HFpEF?",
        "Is it effective in diabetes?",
    ],
)
def test_a_disease_that_the_indication_does_not_name_is_beyond_it(question: str) -> None:
    assert beyond_indication(question, ENGLISH)


@pytest.mark.parametrize(
    "question",
    [
        "Velmora est-il efficace dans la cirrhose ?",
        "Puis-je utiliser Velmora dans l'hypertension artérielle ?",
        "Peut-on le prescrire contre l'obésité ?",
        "Velmora est-il indiqué dans la néphropathie diabétique ?",
        "Peut-on utiliser Velmora dans l'insuffisance cardiaque à fraction d'éjection préservée ?",
        "Est-ce que Velmora marche chez les patients atteints de fibrillation atriale ?",
        "Velmora traite-t-il l'insuffisance rénale ?",
    ],
)
def test_une_maladie_hors_indication_est_reconnue(question: str) -> None:
    assert beyond_indication(question, FRENCH)


@pytest.mark.parametrize(
    "question",
    [
        "Can it be used in severe hepatic impairment?",
        "Can it be used in pregnancy?",
        "Can Velmora be used in children?",
        "Can it be used in patients with chronic kidney disease?",
        "Can it be used in patients with diabetes?",
        "Is Velmora effective in chronic heart failure?",
        "What is Velmora indicated for?",
        "What dose is recommended in elderly patients?",
        "Is a dose adjustment recommended in renal failure?",
        "How often was dizziness reported?",
        "Does it cause depression?",
        "What was the hazard ratio for atrial fibrillation?",
        "Did it reduce hospitalisation for heart failure?",
        "Can it be given with food?",
        "Can it be used in patients with hyperkalaemia?",
    ],
)
def test_a_question_to_the_label_is_not_beyond_the_indication(question: str) -> None:
    assert not beyond_indication(question, ENGLISH)


@pytest.mark.parametrize(
    "question",
    [
        "Velmora est-il efficace dans l'insuffisance cardiaque chronique ?",
        "Peut-on utiliser Velmora chez l'insuffisant rénal ?",
        "Velmora peut-il être utilisé pendant la grossesse ?",
        "Quelle est l'indication de Velmora ?",
        "Velmora peut-il être utilisé en cas d'insuffisance hépatique sévère ?",
        "Que faire en cas d'infection ?",
    ],
)
def test_une_question_au_rcp_n_est_pas_hors_indication(question: str) -> None:
    assert not beyond_indication(question, FRENCH)


def test_without_an_indication_nothing_can_be_told() -> None:
    assert not beyond_indication("Can it be prescribed for hypertension?", [])


STUDIED = read_units(
    label_evidence(
        {
            "4.1 Therapeutic indications": ["Velmora is indicated in adults for the treatment of chronic heart failure."],
            "5.1 Pharmacodynamic properties": [
                "In patients with diabetes, the hazard ratio for the primary endpoint was 0.74 (95% CI 0.60 to 0.91)."
            ],
        }
    )
)  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "Is it effective in diabetics?",
        "Does it work in patients with diabetes?",
        "efficacy in diabetic patients?",
        "Velmora est-il efficace chez les diabétiques ?",
        "efficacité chez les patients diabétiques",
    ],
)
def test_efficacy_in_a_subgroup_with_results_is_a_question_to_the_label(question: str) -> None:
    assert not beyond_indication(question, STUDIED)


@pytest.mark.parametrize(
    "question",
    [
        "Is it effective in diabetes?",
        "Can it be prescribed to treat diabetes?",
        "Is it effective in patients with asthma?",
        "Velmora est-il efficace contre le diabète ?",
    ],
)
def test_the_subgroups_disease_itself_stays_beyond_the_indication(question: str) -> None:
    assert beyond_indication(question, STUDIED)


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        ("Velmora in migraine?", True),
        ("velmora for migraine", True),
        ("Velmora dans l’asthme ?", True),
        ("Velmora in chronic heart failure?", False),
        ("Velmora in renal impairment?", False),
        ("dose in migraine?", False),
        ("Velmora and migraine as an adverse reaction, how many cases?", False),
    ],
)
def test_the_product_and_a_disease_alone_ask_of_its_use(question: str, beyond: bool) -> None:
    names = ("Velmora",)
    assert (asks_of_a_disease(question, names) and beyond_indication(question, ENGLISH, names)) == beyond


TUMOUR = read_units(
    label_evidence(
        {"4.1 Therapeutic indications": ["Nalorel is indicated in adults with metastatic bladder cancer."]}
    )
)


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        ("Is it used in breast cancer?", True),
        ("Is it used in bladder cancer?", False),
        ("Is it used in metastatic cancer?", False),
        ("Is it used in cancer patients?", False),
        ("Nalorel in breast cancer?", True),
    ],
)
def test_of_a_cancer_the_organ_counts(question: str, beyond: bool) -> None:
    assert beyond_indication(question, TUMOUR, ("Nalorel",)) == beyond


PROSTATE = read_units(
    label_evidence(
        {
            "4.1 Therapeutic indications": [
                "Velmora is indicated in adult men with metastatic castration-resistant prostate cancer."
            ]
        }
    )
)


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        ("Puis-je l'utiliser dans le cancer du sein ?", True),
        ("Peut-on prescrire Velmora dans le cancer du poumon ?", True),
        ("Velmora est-il indiqué dans le cancer de la vessie ?", True),
        ("Peut-on l'utiliser dans l'insuffisance cardiaque ?", True),
        ("Velmora est-il efficace contre le psoriasis ?", True),
        ("Peut-on prescrire Velmora contre l'obésité ?", True),
        ("Velmora est-il efficace dans l'asthme ?", True),
        ("Est-il indiqué pour traiter la goutte ?", True),
        ("Puis-je l'utiliser dans le cancer de la prostate ?", False),
        ("Velmora est-il efficace dans le cancer de la prostate métastatique ?", False),
        ("Peut-on l'utiliser dans le cancer ?", False),
        ("Peut-on l'utiliser chez les patients avec un cancer ?", False),
        ("Est-il indiqué dans la maladie de Whipple ?", False),
        ("Velmora est-il contre-indiqué en cas d'asthme ?", False),
        ("Quelle est la posologie ?", False),
    ],
)
def test_an_indication_in_the_other_language_is_read_as_far_as_its_words_are_known(
    question: str, *, beyond: bool
) -> None:
    assert beyond_indication(question, PROSTATE, ("Velmora",), of_other_language=True) is beyond


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        ("Velmora est-il efficace dans l'insuffisance cardiaque ?", False),
        ("Peut-on l'utiliser dans l'insuffisance cardiaque chronique ?", False),
        ("Peut-on l'utiliser dans le cancer du sein ?", True),
        ("Velmora est-il efficace contre la migraine ?", True),
    ],
)
def test_the_disease_of_the_indication_has_its_name_in_the_other_language(
    question: str, *, beyond: bool
) -> None:
    assert beyond_indication(question, ENGLISH, ("Velmora",), of_other_language=True) is beyond


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        ("Can Velmora be used in breast cancer?", True),
        ("Is it effective in asthma?", True),
        ("Is Velmora effective against migraine?", True),
        ("Is it effective in heart failure?", False),
        ("Can it be used in chronic heart failure?", False),
        ("Is it indicated in Whipple's disease?", False),
    ],
)
def test_a_french_indication_is_read_for_an_english_question(question: str, *, beyond: bool) -> None:
    assert beyond_indication(question, FRENCH, ("Velmora",), of_other_language=True) is beyond
