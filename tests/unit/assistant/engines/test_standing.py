import pytest

from assistant.engines.standing import refusal

STANDS = [
    (
        "en",
        "The recommended dose is 160 mg enzalutamide (four 40 mg soft capsules) as a single oral daily dose.",
    ),
    ("en", "There have been rare reports of angioedema in patients receiving Velmora (see section 4.8)."),
    ("en", "If a dose is missed, it should be skipped and the next dose should be taken at the usual time."),
    ("en", "It is not known whether cardorelone is excreted in human milk during treatment."),
    (
        "en",
        "Caution is required in patients with renal impairment as it has not been studied in this patient population.",
    ),
    ("en", "In this double-blind, placebo-controlled trial, 2,412 adults were randomised to two groups."),
    ("en", "This medicinal product does not require any special storage conditions."),
    ("fr", "La dose initiale recommandée de Velmora est de 10 mg une fois par jour."),
    ("fr", "Il convient de surveiller la kaliémie avant le début du traitement."),
    ("fr", "Les femmes en âge de procréer doivent utiliser une contraception efficace."),
]
DOES_NOT = [
    ("en", "This was seen in both groups of the trial at 12 weeks.", "dangling"),
    ("en", "However, the risk of bleeding was higher with the combination.", "dangling"),
    ("en", "In these patients, the dose should be reduced to 5 mg.", "dangling"),
    ("en", "During clinical trials, these changes were usually reversible.", "dangling"),
    ("en", "More frequent monitoring should be considered in these patients.", "dangling"),
    ("en", "They should be advised to contact their doctor at once.", "dangling"),
    ("en", "The results are shown in Table 2 and described below for each group.", "points_elsewhere"),
    ("en", "See section 4.4.", "too_short"),
    ("en", "Is the medicine effective in patients with diabetes?", "question"),
    ("en", "the dose was increased to 20 mg once daily after 4 weeks.", "starts_low"),
    ("en", "The dose was increased to 20 mg once daily after", "truncated"),
    ("en", "The dose was increased (from 10 mg once daily after 4 weeks.", "unbalanced"),
    ("en", "Most patients completed the trial.The dose was then doubled in both.", "glued"),
    ("en", "Results Spironolactone was superior to placebo in every subgroup.", "glued"),
    ("en", "Smith A, Jones B, Brown C, Green D were the members of the committee.", "names"),
    ("en", "The authors received personal fees from several companies last year.", "boilerplate"),
    ("en", "Full details are at https://example.org for all readers.", "boilerplate"),
    ("en", "CHARACTERISTICS OF THE MEDICINE ARE PRINTED ON EVERY PACK.", "capitals"),
    ("en", "Efficacy and safety in patients with heart failure.", "no_verb"),
    ("fr", "Ils doivent être surveillés pendant toute la durée du traitement.", "dangling"),
    ("fr", "Cependant, le risque de saignement était plus élevé avec l’association.", "dangling"),
    ("fr", "Une surveillance plus fréquente doit être envisagée chez ces patients.", "dangling"),
    ("fr", "Les effets décrits ci-dessous ont été observés pendant le traitement.", "points_elsewhere"),
]


@pytest.mark.parametrize(("language", "sentence"), STANDS)
def test_a_sentence_that_says_whom_and_what_it_speaks_of_stands_alone(language: str, sentence: str) -> None:
    assert refusal(sentence, "sentence", language) is None


@pytest.mark.parametrize(("language", "sentence", "reason"), DOES_NOT)
def test_a_sentence_that_needs_its_neighbours_is_refused(language: str, sentence: str, reason: str) -> None:
    assert refusal(sentence, "sentence", language) == reason


def test_a_slide_lets_a_fragment_stand_under_its_title() -> None:
    fragment = "97,8% de certificats de décès correctement codés"
    assert refusal(fragment, "bullet", "fr", slide=True) is None
    assert refusal(fragment, "bullet", "fr") == "fragment"


def test_figures_in_brackets_do_not_make_a_sentence_too_long() -> None:
    interval = "(–8.70 mm Hg [95% CI –9.72 to –7.69]; p<0.0001), "
    sentence = f"The reduction was larger than with placebo {interval}than with doxazosin {interval}and with bisoprolol {interval}at every visit."
    assert refusal(sentence, "sentence", "en") is None


def test_a_heading_is_never_quoted() -> None:
    assert refusal("The safety of the medicine is good.", "heading", "en") == "not_prose"
