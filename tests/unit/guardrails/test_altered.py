"""A word, a figure or an arm exchanged in a statement that else copies its quote."""

import pytest

from eval.judged import findings_on
from guardrails.model import Language


def blocked(statement: str, quotes: str | list[str], language: Language = "en") -> bool:
    """Whether anything blocks it."""
    quotes = [quotes] if isinstance(quotes, str) else quotes
    return any(f.severity == "block" for f in findings_on(statement, language, quotes, language))


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("In rabbits, tesolimab crossed the placenta at all doses tested.", "In rats, tesolimab crossed the placenta at all doses tested.", "en"),
        ("The median heart rate fell after four weeks of treatment.", "The mean heart rate fell after four weeks of treatment.", "en"),
        ("Tesolimab should be taken fasting and at the same hour each day.", "Tesolimab should be taken with food and at the same hour each day.", "en"),
        ("Patients who received maintenance treatment with tesolimab were followed for a year.", "Patients who received induction treatment with tesolimab were followed for a year.", "en"),
        ("The baseline magnesium was measured in all centres that took part.", "The baseline sodium was measured in all centres that took part.", "en"),
        ("The disease hasn't progressed in the patients who were followed.", "The disease has progressed in the patients who were followed.", "en"),
        ("The response rate was different in the two age groups of the trial.", "The response rate was similar in the two age groups of the trial.", "en"),
        ("Tesolimab raised the concentration of the antigen to 5 mM in vitro.", "Tesolimab raised the concentration of the antigen to 5 µM in vitro.", "en"),
        ("La clairance du tésolimab est plus élevée chez le lapin que chez le singe.", "La clairance du tésolimab est plus élevée chez le rat que chez le singe.", "fr"),
        ("Le tésolimab réduit la fréquence des hospitalisations pour insuffisance rénale aiguë.", "Le tésolimab réduit la fréquence des hospitalisations pour insuffisance cardiaque aiguë.", "fr"),
        ("L'interleukine-13 est la cible du tésolimab dans les bronches.", "L'interleukine-5 est la cible du tésolimab dans les bronches.", "fr"),
        ("La numération sanguine du patient est contrôlée avant le début du traitement, puis chaque année.", "La numération sanguine du patient est contrôlée avant le début du traitement, puis tous les 3 mois.", "fr"),
        ("No change of dose is needed in patients with renal or hepatic impairment.", "No change of dose is needed in patients with renal impairment.", "en"),
        ("Le tésolimab est indiqué chez l'adulte et l'adolescent atteints d'asthme sévère.", "Le tésolimab est indiqué chez l'adulte atteint d'asthme sévère.", "fr"),
        ("Le lien avec le tésolimab est jugé possible et n'a pas manqué d'être confirmé.", "Le lien avec le tésolimab est jugé possible et n'a pas été confirmé.", "fr"),
        ("La numération est contrôlée une fois par trimestre pendant le traitement.", "La numération est contrôlée une fois par mois pendant le traitement.", "fr"),
    ],
)  # fmt: skip
def test_another_word_in_a_copied_sentence_blocks(statement: str, quote: str, language: Language) -> None:
    assert blocked(statement, quote, language)


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("Tesolimab should be administered by a nurse in a quiet room.", "Administration of tesolimab should be by a nurse in a quiet room.", "en"),
        ("Later infusions of tesolimab may be given over thirty minutes.", "Subsequent infusions of tesolimab may be given over thirty minutes.", "en"),
        ("Less than 1 % of the dose of tesolimab was found in the urine.", "Less than 1 % of the dose of tesolimab was recovered in the urine.", "en"),
        ("Headache was reported in 12 of 80 patients and nausea in 9 of 80.", "Nausea was reported in 9 of 80 patients and headache in 12 of 80.", "en"),
        ("Les perfusions ultérieures de tésolimab peuvent durer trente minutes.", "Les perfusions suivantes de tésolimab peuvent durer trente minutes.", "fr"),
        ("Le tésolimab réduit les poussées d'hypertension observées la nuit.", "Le tésolimab réduit les poussées de l'hypertension observées la nuit.", "fr"),
        ("The participants who had reached the main endpoint were followed.", "The patients who had achieved the primary endpoint were followed.", "en"),
        ("Tesolimab is taken every 12 hours with a glass of water.", "Tesolimab is taken twice daily with a glass of water.", "en"),
    ],
)  # fmt: skip
def test_another_form_or_a_synonym_waits_for_the_reviewer(
    statement: str, quote: str, language: Language
) -> None:
    assert not blocked(statement, quote, language)


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("Flares were more frequent with regular human insulin than with tesolimab lispro.", "Flares were more frequent with tesolimab lispro than with regular human insulin.", "en"),
        ("Le score a baissé davantage avec le placebo qu'avec le tésolimab 140 mg.", "Le score a baissé davantage avec le tésolimab 140 mg qu'avec le placebo.", "fr"),
    ],
)  # fmt: skip
def test_arms_that_changed_places_block(statement: str, quote: str, language: Language) -> None:
    assert blocked(statement, quote, language)


def test_other_quotes_told_whole_beside_the_sentence_are_at_their_place() -> None:
    over, row = (
        "Table 2: doses of tesolimab by weight, in adults and in children.",
        "30 to 50 kg | 75 mg every 2 weeks",
    )
    assert not blocked(f"Please note: {over}\n{row}", [over, row])


def test_what_another_quote_says_of_it_may_be_joined() -> None:
    told = "Le tésolimab est indiqué chez l'adulte et l'adolescent atteints d'asthme sévère."
    adults = "Le tésolimab est indiqué chez l'adulte atteint d'asthme sévère."
    found = findings_on(told, "fr", [adults, "(L'adolescent reçoit la même dose.)"], "fr")
    assert not any(" a été ajouté " in f.message("fr") for f in found)


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("Patients taking anticoagulants should be watched closely during treatment.", "Patients who take anticoagulants should be watched closely during treatment.", "en"),
        ("Patients who have severe asthma should be watched closely during treatment.", "Patients with severe asthma should be watched closely during treatment.", "en"),
        ("Patients suffering from severe asthma should be watched closely during treatment.", "Patients with severe asthma should be watched closely during treatment.", "en"),
        ("Tablets are to be swallowed whole, with a glass of water.", "The tablets should be swallowed whole with a glass of water.", "en"),
        ("Swallow the tablets whole with some water.", "The tablets should be swallowed whole with a glass of water.", "en"),
        ("Chez les patients ayant une insuffisance rénale modérée, la dose est réduite à 20 mg.", "Chez les patients présentant une insuffisance rénale modérée, la dose est réduite à 20 mg.", "fr"),
        ("Les comprimés sont à avaler entiers avec un verre d'eau.", "Il est recommandé d'avaler les comprimés entiers avec un verre d'eau.", "fr"),
    ],
)  # fmt: skip
def test_another_way_to_say_of_whom_or_what_to_do_waits(
    statement: str, quote: str, language: Language
) -> None:
    assert not blocked(statement, quote, language)


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("Velmora needs no change of the dose.", "Corvapril needs no change of the dose.", "en"),
        ("La cardorélone n'a pas modifié l'exposition à l'autre médicament.", "La digoxine n'a pas modifié l'exposition à l'autre médicament.", "fr"),
        ("Thrombocytosis was seen in 4% of the patients.", "Thrombocytopenia was seen in 4% of the patients.", "en"),
        ("Le gélule est avalé entier ; la dose suivante est prise à l'heure habituelle.", "Le comprimé est avalé entier ; la dose suivante est prise à l'heure habituelle.", "fr"),
        ("Une arthrite a été observée chez 4 % des patients.", "Une arthralgie a été observée chez 4 % des patients.", "fr"),
    ],
)  # fmt: skip
def test_the_product_for_another_medicine_or_a_finding_of_another_kind_blocks(
    statement: str, quote: str, language: Language
) -> None:
    assert blocked(statement, quote, language)


def test_the_product_for_the_treatment_waits() -> None:
    assert not blocked(
        "Velmora should be stopped for a week before the operation.",
        "The treatment should be stopped for a week before the operation.",
    )


def test_nobody_instead_of_somebody_is_still_widened() -> None:
    quote = "Patients with severe asthma should be watched closely during treatment."
    assert blocked("Patients should be watched closely during treatment.", quote)
    assert blocked("Patients without severe asthma should be watched closely during treatment.", quote)


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("The dose should be halved in patients on any day.", "The dose should be halved in anuric patients on any day.", "en"),
        ("Efficacy was shown in adult patients over two years.", "Efficacy was shown in hypertensive adult patients over two years.", "en"),
        ("Women received 10 mg daily for two years.", "Postmenopausal women received 10 mg daily for two years.", "en"),
        ("Chez les patients, la dose initiale est de 5 mg.", "Chez les patients hypertendus, la dose initiale est de 5 mg.", "fr"),
        ("La clairance diminue de 30 % chez les patients.", "La clairance diminue de 30 % chez les patients cirrhotiques.", "fr"),
        ("Fewer than half of the deaths were ever known.", "Fewer than half of the deaths at 25-44 years were ever known.", "en"),
        ("Les femmes ont reçu 10 mg par jour pendant deux ans.", "Les femmes ménopausées ont reçu 10 mg par jour pendant deux ans.", "fr"),
    ],
)  # fmt: skip
def test_an_adjective_of_the_people_left_out_widens_them(
    statement: str, quote: str, language: Language
) -> None:
    assert blocked(statement, quote, language)


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("All patients received 10 mg daily for two years.", "All randomised patients received 10 mg daily for two years.", "en"),
        ("Patients may need a dose higher than 10 mg.", "Individual patients may need a dose higher than 10 mg.", "en"),
        ("In hypertension, patients lose blood pressure within a week.", "In hypertension, hypertensive patients lose blood pressure within a week.", "en"),
        ("Les patients ont reçu 10 mg par jour pendant deux ans.", "Les patients randomisés ont reçu 10 mg par jour pendant deux ans.", "fr"),
        ("Les patients ont reçu 10 mg par jour pendant deux ans.", "Les patients ont également reçu 10 mg par jour pendant deux ans.", "fr"),
    ],
)  # fmt: skip
def test_what_describes_no_fewer_of_them_may_be_left_out(
    statement: str, quote: str, language: Language
) -> None:
    assert not blocked(statement, quote, language)
