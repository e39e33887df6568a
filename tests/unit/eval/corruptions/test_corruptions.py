"""Each corruption makes a sentence wrong in its own way, or leaves it alone."""

import random

import pytest

from eval.corruptions import (
    CORRUPTIONS,
    Corrupted,
    Corruption,
    Material,
    corrupt,
    figures,
    names,
    pairing,
    polarity,
    scope,
)
from eval.corruptions.material import Language

MEDICINES = (("Brelanex", "brelanib"), ("Tolmavir",))
STUDIES = ("ALPHA-1", "BETA-2")


def _made(
    corruption: Corruption, sentence: str, language: Language = "en", others: tuple[str, ...] = ()
) -> set[str]:
    material = Material(sentence, language, others, MEDICINES, STUDIES)
    wrong = [corruption(material, random.Random(seed)) for seed in range(40)]
    return {each.statement for each in wrong if each is not None}


@pytest.mark.parametrize(
    ("corruption", "language", "sentence", "wrong"),
    [
        (
            figures.decimal_shifted,
            "fr",
            "Le taux était de 12,5 points.",
            {"Le taux était de 125 points.", "Le taux était de 1,25 points."},
        ),
        (figures.decimal_shifted, "en", "It rose by 40%.", {"It rose by 4%."}),
        (
            figures.digits_turned,
            "en",
            "Follow-up was 26.4 months.",
            {"Follow-up was 62.4 months.", "Follow-up was 24.6 months."},
        ),
        (figures.values_exchanged, "en", "Nausea: 7.8% versus 5.9%.", {"Nausea: 5.9% versus 7.8%."}),
        (
            figures.p_value_sign,
            "en",
            "The change was large (p < 0.001).",
            {"The change was large (p > 0.001)."},
        ),
        (figures.unit_changed, "en", "Take 10 mg.", {"Take 10 g."}),
        (figures.unit_changed, "fr", "Pendant 4 semaines.", {"Pendant 4 jours."}),
        (
            names.medicine_changed,
            "en",
            "Brelanex (brelanib) is a tablet.",
            {"Tolmavir (Tolmavir) is a tablet."},
        ),
        (
            names.comparator_changed,
            "en",
            "Brelanex was better than placebo.",
            {"Brelanex was better than Tolmavir."},
        ),
        (names.study_changed, "en", "In ALPHA-1, 9 died.", {"In BETA-2, 9 died.", "In ALPHA-1-2, 9 died."}),
        (polarity.negation_dropped, "en", "It should not be used.", {"It should be used."}),
        (polarity.negation_dropped, "fr", "Il ne doit pas être pris.", {"Il doit être pris."}),
        (
            polarity.negation_dropped,
            "fr",
            "Aucune adaptation n’est nécessaire.",
            {"Une adaptation est nécessaire."},
        ),
        (polarity.negation_added, "en", "The dose must be halved.", {"The dose must not be halved."}),
        (polarity.negation_added, "fr", "La dose doit être réduite.", {"La dose ne doit pas être réduite."}),
        (polarity.direction_turned, "en", "Brelanex increased the AUC.", {"Brelanex decreased the AUC."}),
        (
            polarity.direction_turned,
            "fr",
            "Si la kaliémie est supérieure à 5,5.",
            {"Si la kaliémie est inférieure à 5,5."},
        ),
        (
            polarity.groups_exchanged,
            "fr",
            "Plus fréquent sous brelanib que sous placebo.",
            {"Plus fréquent sous placebo que sous brelanib."},
        ),
        (
            scope.population_changed,
            "en",
            "It is for use in adults.",
            {"It is for use in adults and children."},
        ),
        (scope.hedge_strengthened, "en", "It may reduce pain.", {"It will reduce pain."}),
        (scope.hedge_strengthened, "en", "Its use is associated with falls.", {"Its use causes falls."}),
        (scope.time_changed, "fr", "Une prise par jour suffit.", {"Une prise par semaine suffit."}),
        (
            pairing.studies_pooled,
            "fr",
            "Dans ALPHA-1, 9 sont guéris.",
            {"Dans ALPHA-1 et BETA-2, 9 sont guéris."},
        ),
    ],
)
def test_a_sentence_is_made_wrong_in_one_way(
    corruption: Corruption, language: Language, sentence: str, wrong: set[str]
) -> None:
    assert _made(corruption, sentence, language) == wrong


@pytest.mark.parametrize(
    ("corruption", "sentence"),
    [
        (figures.number_changed, "The list is given in section 4.8 (see Table 2)."),
        (figures.number_changed, "The 95% confidence interval is wide."),
        (figures.number_changed, "CYP3A4 takes part in its metabolism."),
        (figures.values_exchanged, "Nausea (7%) and rash (5%) were seen."),
        (polarity.negation_dropped, "It includes, but is not limited to, rash."),
        (polarity.negation_added, "It should not be used and must be returned."),
        (polarity.direction_turned, "Heart failure with reduced ejection fraction is a burden."),
        (scope.hedge_strengthened, "The tablet may be taken with food."),
        (scope.hedge_strengthened, "Patients were recruited from 4 May 2021."),
        (names.medicine_changed, "The tablet is round."),
    ],
)
def test_what_is_no_claim_of_that_kind_is_left_alone(corruption: Corruption, sentence: str) -> None:
    assert _made(corruption, sentence) == set()


def test_a_number_keeps_its_writing() -> None:
    made = _made(figures.number_changed, "In all, 1,207 patients were treated.")
    assert made
    assert all(statement.split()[2][1] == "," for statement in made)


def test_a_bound_moves_away_from_the_estimate() -> None:
    made = _made(figures.interval_bound, "Hazard ratio 0.77 (95% CI 0.66 to 0.90).")
    assert made
    assert all(("0.66" in statement) != ("0.90" in statement) for statement in made)


def test_a_swapped_citation_leaves_the_statement_and_takes_a_quote_that_says_something_else() -> None:
    source, near = "Brelanex is taken with water.", "Brelanex is taken with water every day."
    other = "Store the vials in a refrigerator."
    wrong = pairing.citation_swapped(Material(source, "en", (source, near, other)), random.Random(1))
    assert wrong == Corrupted("citations", "citation swapped", source, source, (other,))


def test_a_borrowed_figure_comes_with_both_sentences() -> None:
    source, other = "Rash occurred in 3.1% of patients.", "Falls occurred in 7.4% of patients."
    wrong = pairing.figure_borrowed(Material(source, "en", (source, other)), random.Random(1))
    assert wrong is not None
    assert wrong.statement == "Rash occurred in 7.4% of patients."
    assert wrong.quotes == (source, other)


def test_the_same_seed_gives_the_same_wrong_statements_and_every_one_differs() -> None:
    sentence = "In ALPHA-1, Brelanex 10 mg once daily may reduce pain in adults by 12.5% compared with placebo (p < 0.05)."
    material = Material(sentence, "en", ("Tolmavir cured 8% of horses.",), MEDICINES, STUDIES)
    made = list(corrupt(material, 3))
    assert made == list(corrupt(material, 3))
    assert len({each.way for each in made}) > len(CORRUPTIONS) // 2
    assert all(each.statement != sentence for each in made if each.kind != "citations")
