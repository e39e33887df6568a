"""A figure that stands only in a study's table is told by its row, under the caption and the heads; what no row holds is not."""

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.chat.needs import needs_of
from assistant.chat.question import take_apart
from assistant.chat.result_rows import with_result_rows
from assistant.chat.tables_of_studies import captioned_tables
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from guardrails.model import Evidence
from tests.builders.labels import evidence_of_lines

NAMES = ("Ostivar",)
CAPTION = "Table 2: Overall survival of all patients"
HEADS = "| Ostivarel (N = 400) | Placebo (N = 200)"
MEDIAN = "Median survival (months) (95% CI) | 18.4 (17.3, 20.0) | 13.6 (11.3, 15.8)"
RATIO = "Hazard ratio (95% CI) | 0.63 (0.53, 0.75)"
START = [
    "Characteristic | Ostivarel | Placebo",
    "Stroke, n (%) | 3 (5.8) | 8 (15.1)",
    "Age (years) | 61.4 (9.6) | 60.2 (9.1)",
]


def caption(text: str, passage: str = "c") -> Evidence:
    return replace(
        evidence_of_lines([text], section=("Results",), source_kind="paper", passage=passage), layer="caption"
    )


def table(rows: Sequence[str], passage: str = "t") -> Evidence:
    return evidence_of_lines(
        [(row, "row") for row in rows], section=("Results",), source_kind="paper", passage=passage
    )


OF_SURVIVAL = (caption(CAPTION), table([HEADS, MEDIAN, RATIO]))


def told(question: str, *evidence: Evidence, sentences: Sequence[str] = (), surely: bool = True) -> list[str]:
    needs = needs_of(question, NAMES, Vocabulary(40, {}))
    chosen = read_units(
        [evidence_of_lines(sentences, section=("Results",), source_kind="paper", passage="s")]
    )
    asked = take_apart(question, NAMES, frozenset())
    tables = tuple(captioned_tables(evidence))
    return [unit.text for unit in with_result_rows(chosen, asked, needs, tables, 9, surely=surely)]


@pytest.mark.parametrize(
    ("question", "row"),
    [("median OS?", MEDIAN), ("hazard ratio for death", RATIO), ("HR death vs placebo", RATIO)],
)
def test_the_row_of_the_statistic_is_told_under_its_caption_and_heads(question: str, row: str) -> None:
    assert told(question, *OF_SURVIVAL) == [f"{CAPTION}\n{HEADS}\n{row}"]
    again = [replace(item, passage=f"{item.passage}2", source="source_2") for item in OF_SURVIVAL]
    assert told(question, *OF_SURVIVAL, *again) == [
        f"{CAPTION}\n{HEADS}\n{row}"
    ]  # not once for each strength
    assert told(question, *OF_SURVIVAL, surely=False) == [f"{CAPTION}\n{HEADS}\n{row}"]


def test_a_ratio_of_another_endpoint_gives_way_and_is_told_by_no_table() -> None:
    progression = "The median time to progression was 8.3 against 3.0 months (HR = 0.25, p < 0.001)."
    assert told("hazard ratio for death", *OF_SURVIVAL, sentences=[progression]) == [
        f"{CAPTION}\n{HEADS}\n{RATIO}"
    ]
    assert not told("hazard ratio for stroke", *OF_SURVIVAL)
    assert not told("median OS with torvulimab?", *OF_SURVIVAL, surely=False)


def test_of_two_tables_the_one_whose_caption_says_more_of_the_question_tells() -> None:
    row = "Walk distance, metres | 35.1 | 33.2"
    both = (
        caption("Table 2: All visits"),
        table([HEADS, row]),
        caption("Table 3: Final visit", "d"),
        table([HEADS, row], "u"),
    )
    assert told("walk distance on placebo at the final visit", *both) == [
        f"Table 3: Final visit\n{HEADS}\n{row}"
    ]


def test_a_sentence_without_the_arm_gives_way_to_a_row_with_it() -> None:
    sentence = "The most common adverse reactions were cough (6.8%) and rash (4.2%)."
    harms = (caption("Table 4: Adverse reactions"), table([HEADS, "Cough | 27 (6.8%) | 11 (5.5%)"]))
    assert told("cough on placebo", *harms, sentences=[sentence])[0].endswith("11 (5.5%)")
    assert told("cough", *harms, sentences=[sentence]) == [sentence]


def test_a_row_is_of_the_time_and_the_event_that_are_asked_for() -> None:
    heads, death, both = (
        HEADS,
        "Death | 12 (3.0%) | 9 (4.5%)",
        "Death or first stroke | 30 (7.5%) | 25 (12.5%)",
    )
    counted = (caption("Table 2: Events at 3 years"), table([heads, death, both]))
    assert told("deaths on placebo?", *counted) == [f"Table 2: Events at 3 years\n{heads}\n{death}"]
    assert told("deaths at 3 years?", *counted)
    assert not told("five-year survival", *counted)
    assert told("death or stroke?", *counted) == [f"Table 2: Events at 3 years\n{heads}\n{both}"]


def test_a_sentence_with_the_figure_needs_no_row() -> None:
    sentence = "Median overall survival was 18.4 months with ostivarel and 13.6 months with placebo."
    assert told("median OS?", *OF_SURVIVAL, sentences=[sentence]) == [sentence]


def test_what_patients_had_at_the_start_is_no_result_of_treatment() -> None:
    start = (caption("Table 1. Baseline characteristics"), table(START))
    assert not told("stroke on ostivarel?", *start)
    assert told("mean age?", *start) == ["\n".join(["Table 1. Baseline characteristics", START[0], START[2]])]
    assert told("stroke at baseline?", *start)
    assert not told("stroke on ostivarel?", caption("Table 1. Baseline data (n=23)"), table(START))
    assert told("stroke on ostivarel?", caption("Table 2. Change from baseline to week 12"), table(START))


def test_a_row_named_twice_is_told_under_its_line_or_not_at_all() -> None:
    heads, home, clinic, row = "| Mean (SD)", "Home", "Clinic", "Systolic blood pressure | {}"
    twice = table([heads, home, row.format("147 (13)"), clinic, row.format("157 (14)")])
    under = caption("Table 1: Changes of pressure")
    assert told("clinic systolic blood pressure", under, twice) == [
        "\n".join([under.text, heads, clinic, row.format("157 (14)")])
    ]
    assert not told(
        "systolic blood pressure", under, table([heads, row.format("147 (13)"), row.format("157 (14)")])
    )


def test_a_second_row_of_heads_is_told_where_the_columns_are_divided() -> None:
    first, second = "Outcome | Ostivarel | Placebo | P value", "| n | Change | n | Change"
    walk = "Walk distance, metres | 35 | 25.4 (60.5) | 42 | 33.6 (50.7) | 0.43"
    over = caption("Table 3. Secondary outcomes")
    assert told("walk distance", over, table([first, second, walk])) == [
        f"{over.text}\n{first}\n{second}\n{walk}"
    ]
    assert not told("walk distance", over, table([first, walk]))


def test_a_table_without_a_caption_of_its_own_is_not_told() -> None:
    assert not told("median OS?", table([HEADS, MEDIAN]))
    both = (caption(CAPTION), table([HEADS, MEDIAN]), caption("Table 3: Overall survival of women", "d"))
    assert not told("median OS?", *both)  # set above or below: nothing tells which
    set_above = (
        table([HEADS, RATIO], "u"),
        caption("Table 4: Harms", "e"),
        table([HEADS, "Cough | 3 | 2"], "v"),
    )
    assert told("median OS?", *both, *set_above) == [f"{CAPTION}\n{HEADS}\n{MEDIAN}"]


@pytest.mark.parametrize(
    "question", ["how was overall survival defined?", "définition de l'OS ?", "why median OS?"]
)
def test_what_is_no_question_for_a_figure_is_answered_by_no_row(question: str) -> None:
    assert not told(question, *OF_SURVIVAL)


def test_no_result_of_all_is_told_to_who_asks_of_men_or_women() -> None:
    assert not told("median OS in men?", *OF_SURVIVAL)
    assert not told("median OS in women?", *OF_SURVIVAL)
    of_men = (caption("Table 2: Overall survival of men"), table([HEADS, MEDIAN]))
    assert told("median OS in men?", *of_men)


def test_who_asks_of_an_outcome_in_women_is_told_nothing_of_their_start() -> None:
    assert not told(
        "stroke in women on ostivarel?",
        caption("Table 1: Baseline characteristics of the women"),
        table(START),
    )


def test_the_number_of_a_table_is_no_dose() -> None:
    rows = ["Event | Ostivarel 8 mg (N = 40)", "Cough, n (%) | 5 (12.5)"]
    assert not told("cough with 4 mg?", caption("Table 4: Adverse reactions by week 12"), table(rows))
    assert told("cough with 8 mg?", caption("Table 4: Adverse reactions by week 12"), table(rows))


def test_a_ratio_that_is_measured_in_each_arm_has_a_figure_for_each() -> None:
    rows = ["Measure | Ostivarel | Placebo", "Albumin/creatinine ratio, median | 31.2"]
    assert not told("median albumin/creatinine ratio", caption("Table 3: Change at week 12"), table(rows))


@pytest.mark.parametrize(
    "question", ["WHO grade 3 toxicity on placebo", "toxicité chez les patients qui ont le placebo : % ?"]
)
def test_a_name_and_a_clause_of_whom_ask_for_a_figure_as_any_word_does(question: str) -> None:
    rows = [HEADS, "Toxicity, toxicité of WHO grade 3, n (%) | 30 (7.5) | 8 (4.0)"]
    over = caption("Table 5: Toxicity in patients who took ostivarel or placebo")
    assert told(question, over, table(rows))
    assert not told("who had toxicity of grade 3 on placebo?", over, table(rows))
    assert not told("chez qui le placebo a-t-il une toxicité ?", over, table(rows))


def test_a_bracket_that_never_closes_is_read_at_once() -> None:
    sentence = "Survival was better (see " + "table 2 and " * 16_000
    began = time.perf_counter()
    told("median OS?", *OF_SURVIVAL, sentences=[sentence])
    assert time.perf_counter() - began < 5  # seconds


def test_a_row_is_held_to_the_measure_and_the_class_that_are_asked_for() -> None:
    heads = "Outcome | Ostivarel (N = 400) | Placebo (N = 200)"
    stays = "Heart failure hospitalisations, rate | 171 (14.2%) | 232 (19.3%)"
    pulse = "Change in heart rate, beats per minute | 3.1 (1.2) | 0.2 (1.1)"
    beside = (caption("Table 5: Results"), table([heads, stays]))
    assert not told("effect on heart rate?", *beside)
    assert told("effect on heart rate?", caption("Table 5: Results"), table([heads, stays, pulse])) == [
        f"Table 5: Results\n{heads}\n{pulse}"
    ]
    fourth = "Deaths in NYHA class IV | 12 (3.0%) | 9 (4.5%)"
    assert not told("deaths in NYHA class I?", caption("Table 6: Deaths"), table([heads, fourth]))
