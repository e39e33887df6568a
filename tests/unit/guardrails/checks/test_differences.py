"""A rewording is blocked where its quote contradicts it; words that may say the same leave it to the reviewer."""

import pytest

from eval.judged import judge
from guardrails.model import Language


def blocked(text: str, quote: str, language: Language = "en") -> bool:
    return judge(text, language, [quote], language) == "block"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The tablets are free of lactose.", "The tablets contain no lactose."),
        ("Clearance was unaffected by age.", "Age did not affect clearance."),
        ("Avoid stopping the treatment suddenly.", "Do not stop the treatment suddenly."),
        ("The treatment must be continued.", "The treatment must not be stopped."),
        ("There is a risk that the drug lowers the effect of oral contraceptives.", "The drug might lower the effect of oral contraceptives."),
        ("It is indicated for psoriasis in patients aged 18 years and over.", "It is indicated in adults with psoriasis."),
        ("The tablets can be crushed or may be split.", "The tablets may be crushed or split."),
        ("Patients survived longer with tolmavir than with placebo.", "Mortality was lower with tolmavir than with placebo."),
        ("More falls were seen at higher doses.", "Higher doses were associated with more falls."),
        ("Treatment is stopped only at progression of the disease.", "Treatment is continued until progression of the disease."),
    ],
)  # fmt: skip
def test_another_way_to_say_it_waits_for_the_reviewer(text: str, quote: str) -> None:
    assert not blocked(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The tablets contain lactose.", "The tablets contain no lactose."),
        ("Stop the treatment suddenly.", "Do not stop the treatment suddenly."),
        ("The treatment must be stopped.", "The treatment must not be stopped."),
        ("Falls were due to higher doses.", "Higher doses were associated with more falls."),
        ("Mortality was higher with tolmavir than with placebo.", "Mortality was lower with tolmavir than with placebo."),
        ("The drug is contraindicated with strong inducers.", "The drug is not recommended with strong inducers."),
        ("Treatment is continued after progression of the disease.", "Treatment is continued until progression of the disease."),
        ("Tolmavir was superior to warfarin for stroke.", "Tolmavir was non-inferior to warfarin for stroke; superiority was not shown."),
        ("The groups were equivalent in mortality.", "The groups did not differ significantly in mortality."),
    ],
)  # fmt: skip
def test_what_the_quote_contradicts_is_blocked(text: str, quote: str) -> None:
    assert blocked(text, quote)


ONLY = "It is indicated only in adults with moderate asthma."
SECOND = "It is given as monotherapy in adults with breast cancer after failure of anthracyclines."
COMBINED = "It is indicated in combination with dexamethasone in adults with myeloma."
SEVERE = "It is contraindicated in patients with severe hepatic impairment."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It must be used in adults with moderate asthma.", ONLY),
        ("It is indicated in adults and other patients with moderate asthma.", ONLY),
        ("It is indicated in adults with moderate asthma and in no way restricted to others.", ONLY),
        ("It is given in adults with breast cancer who did not receive anthracyclines.", SECOND),
        ("It is indicated in adults with myeloma and dexamethasone is another choice.", COMBINED),
        ("Median survival was 14 months with chemotherapy alone.", "Median survival was 14 months with ocretide plus chemotherapy."),
        ("It is contraindicated in patients with advanced age and hepatic impairment.", SEVERE),
        ("It is contraindicated in patients with hepatic impairment, a serious risk.", SEVERE),
    ],
)  # fmt: skip
def test_a_small_word_or_a_word_said_of_something_else_answers_nothing(text: str, quote: str) -> None:
    assert blocked(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It is reserved for adults with moderate asthma.", ONLY),
        ("It is not indicated in patients other than adults with moderate asthma.", ONLY),
        ("It is indicated in adults with moderate asthma and in no others.", ONLY),
        ("As monotherapy, it is given in adults whose breast cancer did not respond to anthracyclines.", SECOND),
        ("Adults with myeloma take it with dexamethasone.", COMBINED),
        ("The study has failed to reach its endpoint, the walking distance.", "The endpoint, the walking distance, was not reached."),
        ("Together with dexamethasone, it is indicated in adults with myeloma.", COMBINED),
        ("It is contraindicated in patients with serious hepatic impairment.", SEVERE),
    ],
)  # fmt: skip
def test_an_answer_beside_what_it_is_said_of_waits_for_the_reviewer(text: str, quote: str) -> None:
    assert not blocked(text, quote)


HALVES = (
    "Marvexin is contraindicated in pregnancy; in patients with a history of uveitis it should be used with caution, and "
    "ophthalmological monitoring is recommended."
)


def test_who_tells_one_half_of_a_sentence_leaves_nothing_out_of_the_other() -> None:
    assert not blocked("Ophthalmological monitoring is recommended.", HALVES)
    assert not blocked("Pregnancy is a contraindication to Marvexin.", HALVES)
    assert blocked("Marvexin may be given in pregnancy.", HALVES)


def test_who_tells_one_of_two_groups_widens_nothing() -> None:
    quote = "It is indicated in adults with locally advanced or metastatic carcinoma."
    assert not blocked("It is indicated in adults with metastatic carcinoma.", quote)
    assert blocked("It is indicated in patients with carcinoma.", quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Un patient sur cinq a eu des nausées.", "Des nausées sont survenues chez 20 % des patients."),
        ("Les comprimés sont dépourvus de lactose.", "Les comprimés ne contiennent pas de lactose."),
        ("La dose reste inchangée chez le sujet âgé.", "Aucune adaptation de la dose n'est nécessaire chez le sujet âgé."),
        ("Le comprimé se prend en une fois, le soir seulement.", "Le comprimé se prend en une seule prise, le soir uniquement."),
        ("Pendant la grossesse, il n'est utilisé qu'en cas de nécessité.", "Il ne doit pas être utilisé pendant la grossesse, sauf nécessité."),
    ],
)  # fmt: skip
def test_it_holds_in_french(text: str, quote: str) -> None:
    assert not blocked(text, quote, "fr")


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Response rates were higher in women than in men.", "Response rates were similar in men and women.", "en"),
        ("Le taux de réponse est plus élevé chez la femme que chez l'homme.", "Le taux de réponse est comparable chez l'homme et chez la femme.", "fr"),
        ("Admissions were lower with tolmavir than with placebo.", "Admissions were numerically lower with tolmavir than with placebo.", "en"),
    ],
)  # fmt: skip
def test_more_for_alike_and_a_difference_for_a_numerical_one_are_blocked(
    text: str, quote: str, language: Language
) -> None:
    assert blocked(text, quote, language)


def test_alike_in_other_words_waits() -> None:
    assert not blocked(
        "Men and women responded equally often.", "Response rates were similar in men and women."
    )


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("The drug is absorbed after oral use.", "The drug is poorly absorbed after oral use.", "en"),
        (
            "There is evidence of benefit in older people.",
            "There is little evidence of benefit in older people.",
            "en",
        ),
        (
            "Les données sont fiables chez le sujet âgé.",
            "Les données sont peu fiables chez le sujet âgé.",
            "fr",
        ),
        (
            "Le traitement est recommandé chez l'enfant.",
            "Le traitement n'est plus recommandé chez l'enfant.",
            "fr",
        ),
    ],
)
def test_little_no_longer_and_not_known_told_otherwise_block(
    text: str, quote: str, language: Language
) -> None:
    assert blocked(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Oral absorption of the drug is low.", "The drug is poorly absorbed after oral use.", "en"),
        ("Le délai n'est plus que de deux jours.", "Le délai est de deux jours.", "fr"),
        ("Les doses ont un peu augmenté.", "Les doses ont un peu augmenté au début.", "fr"),
    ],
)
def test_low_and_a_limit_are_no_denial(text: str, quote: str, language: Language) -> None:
    assert not blocked(text, quote, language)


def test_one_case_of_a_list_of_contraindications_is_told_alone() -> None:
    quote = "Tolmavir is contraindicated in patients with a history of pancreatitis, in patients with gout and in children under 12 years."
    assert not blocked("Patients who have had pancreatitis must not receive tolmavir.", quote)
    assert not blocked("Tolmavir is contraindicated in patients with gout.", quote)
    assert blocked("Tolmavir is contraindicated.", quote)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Tolmavir is recommended for adults with asthma.", "Tolmavir is recommended for adults with moderate or severe asthma.", "en"),
        ("Use is recommended in patients with renal impairment.", "Use is recommended in patients with mild or moderate renal impairment.", "en"),
        ("Le tolmavir est recommandé en cas d'insuffisance rénale.", "Le tolmavir est recommandé en cas d'insuffisance rénale légère ou modérée.", "fr"),
    ],
)  # fmt: skip
def test_all_degrees_of_a_list_left_out_widen_it(text: str, quote: str, language: Language) -> None:
    assert blocked(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Tolmavir is recommended for adults with severe asthma.", "Tolmavir is recommended for adults with moderate or severe asthma.", "en"),
        ("Use is recommended in patients with renal impairment.", "Use is recommended in patients with mild, moderate or severe renal impairment.", "en"),
        ("La dose n'est pas modifiée chez le sujet âgé.", "La dose n'est pas modifiée en cas d'insuffisance rénale légère ou modérée ou chez le sujet âgé.", "fr"),
    ],
)  # fmt: skip
def test_one_degree_all_of_them_or_another_thing_of_the_list_widens_nothing(
    text: str, quote: str, language: Language
) -> None:
    assert not blocked(text, quote, language)
