"""Each corruption of the second program makes a sentence wrong in its own way, or leaves it alone."""

import random

import pytest

from eval.corruptions.material import Corrupted, Corruption, Language, Material
from eval.corruptions.outside import (
    CORRUPTIONS,
    blending,
    citing,
    corrupt,
    direction,
    hedging,
    limits,
    names,
    negation,
    negation_fr,
    numbers,
    population,
    shares,
)

MEDICINES = (("Brelanex", "brelanib"), ("Tolmavir", "tolmavane"))
STUDIES = ("ALPHA-1", "BETA-2")
TABLES = {corruption.__name__: corruption for corruption in CORRUPTIONS if ": " in corruption.__name__}


def _made(
    corruption: Corruption,
    sentence: str,
    language: Language = "en",
    others: tuple[str, ...] = (),
    elsewhere: tuple[str, ...] = (),
) -> set[str]:
    material = Material(sentence, language, (sentence, *others), MEDICINES, STUDIES, elsewhere)
    wrong = [corruption(material, random.Random(seed)) for seed in range(60)]
    return {each.statement for each in wrong if each is not None}


@pytest.mark.parametrize(
    ("corruption", "language", "sentence", "wrong"),
    [
        (numbers.digits_transposed, "en", "It fell by 37 points.", {"It fell by 73 points."}),
        (
            numbers.decimal_moved,
            "fr",
            "Le taux était de 2,4 points.",
            {"Le taux était de 24 points.", "Le taux était de 0,24 points."},
        ),
        (numbers.zero_added_or_lost, "en", "Give 80 mg.", {"Give 8 mg."}),
        (
            numbers.numbers_exchanged,
            "en",
            "Rash came in 4% with brelanib and in 9% without.",
            {"Rash came in 9% with brelanib and in 4% without."},
        ),
        (shares.range_end, "en", "Take 2 to 4 tablets.", {f"Take 2 to {n} tablets." for n in (6, 7, 9, 11)}),
        (
            shares.interval_across_one,
            "en",
            "The ratio was 0.80 (95% CI 0.62 to 0.95).",
            {"The ratio was 0.80 (95% CI 0.62 to 1.95)."},
        ),
        (shares.p_value_or_sign, "en", "It differed (p > 0.05).", {"It differed (p < 0.05)."}),
        (
            shares.per_cent_told_as_points,
            "fr",
            "Le risque a diminué de 20 %.",
            {"Le risque a diminué de 20 points de pourcentage."},
        ),
        (
            shares.share_told_as_fraction,
            "en",
            "It helped 71% of patients.",
            {"It helped a quarter of patients."},
        ),
        (names.study_changed, "en", "In ALPHA-1, 9 died.", {"In ALPHA-2, 9 died.", "In BETA-2, 9 died."}),
        (names.medicine_changed, "en", "Brelanex is a tablet.", {"Tolmavir is a tablet."}),
        (
            names.medicine_changed,
            "en",
            "Use with verapamil.",
            {"Use with digoxin.", "Use with diltiazem."},
        ),
        (negation.not_dropped, "en", "It should not be cut.", {"It should be cut."}),
        (negation.not_added, "en", "The dose was halved.", {"The dose was not halved."}),
        (negation.short_not_added, "en", "The dose was halved.", {"The dose wasn't halved."}),
        (negation.does_not, "en", "The tablet contains sugar.", {"The tablet does not contain sugar."}),
        (
            negation.doubled,
            "en",
            "It must not be given at night.",
            {f"It must not be {verb} at night." for verb in ("withheld", "avoided", "omitted")},
        ),
        (negation.no_dropped, "en", "There was no loss of weight.", {"There was a loss of weight."}),
        (negation.no_added, "en", "There was a loss of weight.", {"There was no loss of weight."}),
        (negation_fr.ne_pas_dropped, "fr", "Il ne convient pas à tous.", {"Il convient à tous."}),
        (negation_fr.ne_pas_added, "fr", "La dose est réduite.", {"La dose n’est pas réduite."}),
        (
            negation_fr.doubled,
            "fr",
            "Il n'est pas recommandé à jeun.",
            {"Il n'est pas déconseillé à jeun.", "Il n'est pas contre-indiqué à jeun."},
        ),
        (
            negation_fr.aucun_changed,
            "fr",
            "Aucune hausse n'a été notée.",
            {"Une hausse a été notée."},
        ),
        (direction.sign_turned, "en", "If the eGFR is < 40, stop.", {"If the eGFR is > 40, stop."}),
        (
            direction.arms_exchanged,
            "fr",
            "Sous brelanib 8 % ont rechuté, contre 15 % sous placebo.",
            {"Sous placebo 8 % ont rechuté, contre 15 % sous brelanib."},
        ),
        (
            population.restriction_dropped,
            "en",
            "The dose must be halved in patients with renal impairment.",
            {"The dose must be halved."},
        ),
        (
            population.share_told_as_all,
            "fr",
            "Une toux est notée chez 12,5 % des patients.",
            {"Une toux est notée chez tous les patients."},
        ),
        (hedging.may_told_as_fact, "en", "The tablets may cause sleep.", {"The tablets cause sleep."}),
        (
            limits.significance_added,
            "en",
            "Falls were rarer, not significant.",
            {"Falls were rarer, statistically significant."},
        ),
        (
            limits.significance_added,
            "fr",
            "La douleur était moins forte.",
            {"La douleur était significativement moins forte."},
        ),
        (
            limits.circumstance_dropped,
            "en",
            "In women, the effect lasted a day.",
            {"The effect lasted a day."},
        ),
        (TABLES["units: mass or volume"], "en", "Take 3 kg.", {"Take 3 g.", "Take 3 lb."}),
        (TABLES["units: time"], "fr", "Pendant 4 heures.", {"Pendant 4 jours.", "Pendant 4 minutes."}),
        (TABLES["names: organ or disease"], "fr", "Elle cause des nausées.", {"Elle cause des céphalées."}),
        (TABLES["negation: opposite word"], "en", "It is ineffective.", {"It is effective."}),
        (
            TABLES["direction: before or after"],
            "fr",
            "À prendre avant le soir.",
            {"À prendre après le soir."},
        ),
        (TABLES["population: age group"], "en", "It is for children.", {"It is for adults."}),
        (TABLES["hedging: adverb of doubt"], "en", "It often helps.", {"It always helps."}),
        (TABLES["limits: route or form"], "en", "Give it orally.", {"Give it intravenously."}),
        (TABLES["limits: statistic"], "en", "The hazard ratio was 0.8.", {"The risk difference was 0.8."}),
        (
            TABLES["limits: line or aim of treatment"],
            "fr",
            "Il est donné en deuxième ligne.",
            {"Il est donné en première ligne."},
        ),
    ],
)
def test_a_sentence_is_made_wrong_in_one_way(
    corruption: Corruption, language: Language, sentence: str, wrong: set[str]
) -> None:
    assert _made(corruption, sentence, language) == wrong


@pytest.mark.parametrize(
    ("corruption", "language", "sentence"),
    [
        (numbers.digit_changed, "en", "It was shown before [12]."),
        (numbers.zero_added_or_lost, "en", "The study began in 2019."),
        (shares.range_end, "en", "They were seen in 4, 12 and 24 people."),
        (negation.not_dropped, "en", "It holds not only sugar."),
        (negation_fr.ne_pas_dropped, "fr", "Il ne contient pas de sucre."),
        (direction.arms_exchanged, "en", "Brelanib and placebo did not differ: 8% than 8%."),
        (population.restriction_dropped, "en", "Rash was reported in patients with asthma."),
        (hedging.may_told_as_fact, "en", "Stop it if it may cause harm."),
        (TABLES["negation: with or without"], "en", "Take it with or without food."),
        (TABLES["population: sex or pregnancy"], "en", "Men and women were alike."),
        (TABLES["units: time"], "en", "Days are long."),
        (names.study_changed, "en", "The alpha-1 receptor is blocked."),
    ],
)
def test_what_is_no_claim_of_that_kind_is_left_alone(
    corruption: Corruption, language: Language, sentence: str
) -> None:
    assert _made(corruption, sentence, language) == set()


def test_what_a_smaller_bound_says_is_more_and_a_larger_one_is_never_put() -> None:
    assert _made(shares.p_value_or_sign, "It differed (p < 0.01).") == {
        "It differed (p > 0.01).",
        "It differed (p < 0.001).",
    }


@pytest.mark.parametrize(
    ("corruption", "sentence", "other", "wrong"),
    [
        (
            blending.predicate_of_another,
            "The yellow tablet is swallowed with milk.",
            "The small patch is changed every third morning.",
            "The yellow tablet is changed every third morning.",
        ),
        (
            blending.circumstance_before,
            "During the second winter, colds were rarer.",
            "Headaches were felt by nine people.",
            "During the second winter, headaches were felt by nine people.",
        ),
        (
            blending.circumstance_behind,
            "Sleep was longer in healthy volunteers.",
            "Weight was higher in patients with gout.",
            "Sleep was longer in patients with gout.",
        ),
        (
            blending.figure_of_another,
            "Rash came in 4% of the group.",
            "Falls came in 7% of the group.",
            "Rash came in 7% of the group.",
        ),
        (
            blending.comparison_of_another,
            "Pain was milder compared with rest.",
            "Sleep was longer compared with warm milk.",
            "Pain was milder compared with warm milk.",
        ),
        (
            blending.object_of_another,
            "The patch is recommended for dry skin.",
            "A syrup is recommended for small children.",
            "The patch is recommended for small children.",
        ),
    ],
)
def test_a_blend_comes_with_both_sentences(
    corruption: Corruption, sentence: str, other: str, wrong: str
) -> None:
    made = corruption(Material(sentence, "en", (sentence, other), MEDICINES, STUDIES), random.Random(1))
    assert made is not None
    assert (made.statement, made.quotes) == (wrong, (sentence, other))


def test_a_name_of_another_document_is_borrowed_but_not_another_name_of_the_same_medicine() -> None:
    sentence = "Brelanex is taken at noon."
    elsewhere = ("Tolmavir is taken at night.", "The brelanib of Brelanex is white.")
    assert _made(blending.medicine_of_another, sentence, elsewhere=elsewhere) == {
        "Tolmavir is taken at noon."
    }
    told = _made(
        blending.study_of_another, "In ALPHA-1, nine fell down.", elsewhere=("In BETA-2, none did.",)
    )
    assert told == {"In BETA-2, nine fell down."}


def test_the_closest_quote_is_the_one_that_shares_most_words_without_saying_it() -> None:
    source = "Brelanex tablets are swallowed whole in the morning."
    same = "In the morning Brelanex tablets are swallowed whole with water."
    near, far = "Brelanex tablets are round and white on both sides.", "Store the vials in a refrigerator."
    material = Material(source, "en", (far, source, same, near))
    for seed in range(5):
        assert citing.closest_in_words(material, random.Random(seed)) == Corrupted(
            "citations", "closest in words", source, source, (near,)
        )


def test_a_quote_is_drawn_from_near_by_or_from_far_off() -> None:
    told = tuple(f"{word * 4} {word * 5} {word * 6}." for word in "abcdefghijklmnopqrstuvwxyz")
    material = Material(told[0], "en", told)
    rngs = [random.Random(seed) for seed in range(40)]
    near = {made.quotes[0] for rng in rngs if (made := citing.another_of_the_section(material, rng))}
    far = {made.quotes[0] for rng in rngs if (made := citing.another_of_the_document(material, rng))}
    assert near <= set(told[1:5])
    assert far <= set(told[9:])


def test_names_are_found_in_the_documents() -> None:
    told = ["Treatment with Brelanex is safe."] * 4 + [
        "Treatment with Insulin is safe.",
        "In the ALPHA-1 trial nine fell.",
    ]
    assert names.found_medicines(told) == ("Brelanex",)
    assert names.found_studies(told) == ("ALPHA-1",)


def test_the_same_seed_gives_the_same_wrong_statements_and_every_one_differs() -> None:
    sentence = "In ALPHA-1, Brelanex 10 mg once daily may reduce pain in adults by 12.5% compared with placebo (p < 0.05)."
    others = (sentence, "Tolmavir cured 8% of horses.", "Store the vials in a refrigerator.")
    material = Material(sentence, "en", others, MEDICINES, STUDIES)
    made = list(corrupt(material, 3))
    assert made == list(corrupt(material, 3))
    assert len({each.way for each in made}) > 15
    assert all(each.statement != sentence for each in made if each.kind != "citations")
    assert all(each.quotes != (sentence,) for each in made if each.kind == "citations")


def test_every_corruption_says_its_kind_and_no_two_have_one_name() -> None:
    kinds = {
        "numbers", "units", "names", "negation", "direction", "citations", "population", "hedging", "blending", "limits",
    }  # fmt: skip
    assert {(each.__doc__ or "").partition(":")[0] for each in CORRUPTIONS} == kinds
    assert len({(each.__module__, each.__name__) for each in CORRUPTIONS}) == len(CORRUPTIONS)
