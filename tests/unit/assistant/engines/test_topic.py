"""How much of a topic each unit carries."""

from collections.abc import Mapping

import pytest

from assistant.engines.extractive import read_units
from assistant.engines.topic import is_told_of, topical_shares
from tests.builders.labels import evidence_of_lines


def shares(
    topic: str, *lines: str, heading: str = "Results", otherwise: Mapping[str, tuple[str, ...]] = {}
) -> list[float]:
    units = read_units([evidence_of_lines(lines, section=(heading,), source_kind="paper")])
    assert [unit.text for unit in units] == list(lines)
    return topical_shares(topic, units, lines, otherwise)


def test_a_rare_word_of_the_topic_counts_more_than_one_that_stands_everywhere() -> None:
    mixed, given, kept = shares(
        "mixing with insulins",
        "Aloxil may be mixed with NPH insulin in one syringe.",
        "The insulin was given before each of the meals.",
        "Opened vials of the insulin were kept for four weeks.",
    )
    assert mixed == 1.0
    assert 0 < given == kept < 0.5


def test_a_short_form_carries_what_a_source_explains_it_by() -> None:
    explained, short, other = shares(
        "left ventricular volumes",
        "The outcome was the left ventricular end-systolic volume index (LVESVi) at week 36.",
        "LVESVi decreased by 7.9 mL/m² with cardorelone.",
        "Body weight decreased by 2 kg with cardorelone.",
    )
    assert explained == short == 1.0
    assert other == 0.0


def test_a_heading_speaks_for_what_stands_under_it() -> None:
    (under,) = shares(
        "renal impairment", "No adjustment of the dose is necessary.", heading="Renal impairment"
    )
    assert under == 1.0


def test_a_word_of_no_unit_takes_nothing_from_the_others() -> None:
    told, other = shares(
        "potassium in astronauts",
        "Potassium was measured at each of the visits.",
        "Sodium was measured at the first of the visits.",
    )
    assert told == 1.0
    assert other == 0.0


def test_without_a_word_of_the_topic_nothing_is_on_it() -> None:
    assert shares("", "Potassium was measured at each of the visits.") == [0.0]
    assert shares("with the", "Potassium was measured at each of the visits.") == [0.0]


def test_a_word_is_carried_by_the_phrase_that_documents_write_for_it_and_by_no_part_of_it() -> None:
    whole, part, other = shares(
        "kidney failure",
        "The dose is halved in severe renal impairment.",
        "Visual impairment was reported in two patients.",
        "Body weight decreased by 2 kg with cardorelone.",
        otherwise={"kidney failure": ("renal impairment",)},
    )
    assert whole == 1.0
    assert part == other == 0.0


def test_a_word_for_people_counts_only_where_no_other_does() -> None:
    lines = (
        "There is no adequate information on the use of Velmora in children.",
        "A study in an obese population showed a rapid onset.",
    )
    young, obese = shares("paediatric population", *lines, otherwise={"paediatric": ("children",)})
    assert (young, obese) == (1.0, 0.0)
    assert shares("study population", *lines)[1] > 0
    assert shares("population", *lines) == [0.0, 1.0]


def test_what_names_another_number_carries_nothing() -> None:
    asked, other = shares(
        "CORAL-1",
        "CORAL-1 compared two doses of cardorelone with placebo in adults.",
        "CORAL-4 compared two doses of cardorelone with placebo in adults.",
    )
    assert (asked, other) == (1.0, 0.0)


TEXTS = (
    "The dose of Velmora in adults is 10 mg once daily.",
    "The dose is halved in renal impairment.",
    "Treatment of patients with heart failure reduced admissions.",
    "Patients took the treatment for two years.",
    "Headache was seen in patients on treatment.",
)


@pytest.mark.parametrize(
    ("topic", "told"),
    [
        ("renal impairment", True),
        ("dose in renal impairment", True),
        ("headache", True),
        ("patients", True),
        ("patients with heart failure", True),
        ("elderly patients", False),
        ("missed dose", False),
        ("switching treatment", False),
        ("quality of life", False),
        ("sujets âgés", False),
    ],
)
def test_a_topic_whose_main_word_stands_nowhere_is_not_told_of(topic: str, *, told: bool) -> None:
    assert is_told_of(topic, TEXTS, {}) is told


def test_one_word_that_few_texts_have_is_enough_beside_one_that_none_has() -> None:
    many = (
        *TEXTS,
        *TEXTS,
        *TEXTS[:4],
        "Interactions with potassium are told below.",
        "It is contraindicated in pregnancy.",
    )
    assert is_told_of("drug interactions", many, {})
    assert is_told_of("contra-indications", many, {})
    assert not is_told_of("driving lessons", many, {})


def test_another_word_for_it_tells_of_it() -> None:
    assert is_told_of("insuffisance rénale", TEXTS, {"insuffisance renale": ("renal impairment",)})
    assert is_told_of("céphalées", TEXTS, {"cephalees": ("headache",)})


def test_of_a_joined_word_all_parts_are_needed_and_a_figure_is_none() -> None:
    long, term, both, named, figure = shares(
        "long-term ASSENT-2",
        "The long form of the questionnaire was used in all.",
        "The term of each of the pregnancies was recorded.",
        "Long-term data were collected by telephone.",
        "ASSENT included patients with an infarction.",
        "The dose was 2 mg in all of the patients.",
    )
    assert both > 0
    assert named > 0
    assert long == term == figure == 0.0


def test_a_word_with_the_stem_of_another_is_not_found_in_it() -> None:
    seen = ("Headache was observed in patients.", "Conservative measures were enough.")
    assert not is_told_of("adherence", seen, {"adherence": ("adherence", "observance")})
    assert not is_told_of("conservation", seen, {})
    assert is_told_of("observance", ("L’observance était de 80 %.", *seen), {})


@pytest.mark.parametrize(("topic", "said"), [("children", "child"), ("enfants", "enfants")])
def test_a_score_of_the_liver_and_child_bearing_tell_of_no_child(topic: str, said: str) -> None:
    told, scored, bearing = shares(
        topic,
        "Attacks fell by 20% in children with asthma (enfants).",
        "In moderate hepatic impairment (Child-Pugh Class B) the dose was halved.",
        "Women of child-bearing potential used contraception in the study.",
        otherwise={topic: (said, "child")},
    )
    assert told == 1.0
    assert scored == bearing == 0.0


@pytest.mark.parametrize("topic", ["Child-Pugh B", "women of child-bearing potential"])
def test_who_asks_for_the_score_or_for_child_bearing_finds_it(topic: str) -> None:
    scored, bearing = shares(
        topic,
        "In moderate hepatic impairment (Child-Pugh Class B) the dose was halved.",
        "Women of child-bearing potential used contraception in the study.",
    )
    assert (scored > bearing) is topic.startswith("Child")
    assert scored != bearing


@pytest.mark.parametrize("topic", ["sujets âgés", "personnes âgées", "elderly"])
def test_the_elderly_are_told_of_by_no_other_age(topic: str) -> None:
    told, by_years, fertile, mean, adult = shares(
        topic,
        "Aucune adaptation de la dose chez les sujets âgés traités par Velmora.",
        "Chez les patients âgés de 75 ans ou plus, l’exposition était semblable.",
        "Les femmes en âge de procréer utilisaient une contraception efficace.",
        "L’âge moyen des patients traités par Velmora était de 66 ans.",
        "Les patients âgés de 18 ans et plus ont été inclus dans l’étude.",
    )
    assert told == by_years == 1.0
    assert fertile == mean == adult == 0.0


def test_who_asks_for_the_age_is_told_of_the_aged_too() -> None:
    told, other = shares(
        "effet de l’âge",
        "Aucune adaptation de la dose chez les sujets âgés traités par Velmora.",
        "Le sexe ne modifie pas la clairance de la cardorélone.",
    )
    assert told > other
