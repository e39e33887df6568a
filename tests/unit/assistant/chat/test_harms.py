"""A rate that stands only in a table of harms is told by its row, under the heads of the columns."""

from collections.abc import Sequence

import pytest

from assistant.chat.answering import Judged, answer
from assistant.chat.expected import asks_for_a_rate
from assistant.chat.harms import rows_with_the_rate
from assistant.chat.needs import needs_of
from assistant.chat.question import take_apart
from assistant.chat.readable import readable
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from guardrails.model import Evidence
from tests.builders.labels import evidence_of_lines

NAMES = ("Nalorel",)
HEADS = "Organ class | Adverse event | Nalorel N=400 (%) | Placebo N=398 (%)"
COUGH = "Respiratory disorders | Dry cough | 12.5 | 3.0"
MAJOR = "Vascular disorders | Major bleeding | 1.5 | 1.3"
ANY = "| Any bleeding | 6.0 | 5.8"


def table(
    lines: Sequence[str] = (HEADS, COUGH, MAJOR, ANY),
    section: str = "4.8 Undesirable effects",
    kind: str = "label",
) -> Evidence:
    return evidence_of_lines(
        [(line, "row") for line in lines], section=(section,), source_kind=kind, passage="p8"
    )


def rows(question: str, *evidence: Evidence) -> list[str]:
    needs = needs_of(question, NAMES, Vocabulary(40, {}))
    return [unit.text for unit in rows_with_the_rate(needs, evidence or [table()], 0)]


def test_the_row_that_names_the_harm_is_told_under_its_heads() -> None:
    assert rows("cough rate?") == [f"{HEADS}\n{COUGH}"]
    assert rows("cough rate vs placebo") == [f"{HEADS}\n{COUGH}"]


def test_every_telling_word_has_to_stand_in_the_row_or_its_heads() -> None:
    assert rows("major bleeding rate") == [f"{HEADS}\n{MAJOR}"]
    assert rows("bleeding rate") == [f"{HEADS}\n{ANY}", f"{HEADS}\n{MAJOR}"]
    assert not rows("cough rate with torvulimab")
    assert not rows("hepatitis rate")


def test_a_trials_table_tells_harms_where_it_says_so() -> None:
    assert rows("cough rate?", table(section="Results", kind="paper"))
    baseline = ["Characteristic | Nalorel | Placebo", "Cough | 40 (10%) | 38 (10%)"]
    assert not rows("cough rate?", table(baseline, "Results", "paper"))
    assert not rows("cough rate?", table(section="5.1 Pharmacodynamic properties"))


def test_the_first_row_of_a_table_that_goes_on_from_another_page_is_no_head() -> None:
    assert not rows("cough rate?", table(["Headache | Very common", "Cough | Rare"]))
    assert rows("cough rate?", table(["Adverse reaction | Frequency", "Cough | Rare"]))
    assert rows("cough rate?", table(["| Very common | Common", "Respiratory | Cough | Hiccups"]))


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("how common is cough?", True),
        ("how often does it cause cough?", True),
        ("how often do people get a cough on it?", True),
        ("fréquence de la toux", True),
        ("toux fréquence", True),
        ("what share of patients coughed?", True),
        ("how often should potassium be checked?", False),
        ("LFTs before and then how often?", False),
        ("how often does she change the tubing?", False),
        ("fréquence cardiaque sous traitement", False),
        ("fréquence d'administration", False),
    ],
)
def test_what_happens_has_a_rate_and_what_is_done_an_interval(question: str, asked: bool) -> None:
    assert asks_for_a_rate(question) == asked


SPOKEN = "Most events were mild and resolved within 30 days (for example cough)."
SHARE = "Cough was reported in 12.5% of patients with Nalorel and in 3.0% with placebo."


def told(question: str, *sentences: str) -> list[str]:
    evidence = [
        evidence_of_lines(sentences, section=("4.8 Undesirable effects",), passage="p7"),
        table(),
    ]
    needs = needs_of(question, NAMES, Vocabulary(40, {}))
    units = readable([*read_units(evidence[:1]), *rows_with_the_rate(needs, evidence, 9)], NAMES)
    judged = Judged(needs, {"p7": 0.5, "p8": 0.5})
    return [unit.text for unit in answer(take_apart(question, NAMES, frozenset()), units, judged)]


def test_a_row_is_told_before_a_sentence_without_a_share_and_after_one_with_it() -> None:
    assert told("cough rate?", SPOKEN) == [f"{HEADS}\n{COUGH}"]
    assert told("cough rate?", SPOKEN, SHARE) == [SHARE]


def test_how_events_were_made_up_is_no_rate() -> None:
    made_up = (
        "The analysis involved 448 events, of which 277 (62%) were falls and 47 events (10%) were cough."
    )
    assert told("cough rate?", made_up) == [f"{HEADS}\n{COUGH}"]


def test_a_rate_of_something_else_is_no_answer() -> None:
    assert not told("hiccups rate?", SHARE)
