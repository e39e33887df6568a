"""Who asks for a result is told the result: of the primary endpoint, as a rate, and with the rank that the paper gives it."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from assistant.chat.answering import Judged, answer
from assistant.chat.bounds import stated
from assistant.chat.expected import asks_for_a_rate, gives_a_rate, tells_a_result
from assistant.chat.needs import needs_of
from assistant.chat.neighbours import told_with_rank
from assistant.chat.question import concepts, take_apart
from assistant.chat.readable import readable
from assistant.chat.wording import flat
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from assistant.store.words import stems
from tests.builders.labels import evidence_of_lines

NAMES = ("Selmor", "selmorfen")
DEFINED = "The primary endpoint was the proportion of patients without a seizure at week 16."
RESULT = "At week 16, 41.0% of patients with selmorfen and 22.5% with placebo were without a seizure (difference 18.5 points; 95% CI 11.2 to 25.8)."
DIZZY = "Dizziness was a reason for stopping selmorfen."
RATE = "Dizziness occurred in 9.1% of patients with selmorfen and 4.4% with placebo."
LATER = "All subsequent endpoints are therefore exploratory."
SLEEP = "Sleep improved by 2.1 points with selmorfen and 1.0 points with placebo."
GROUPS = "Subgroup analyses were prespecified but not adjusted for multiplicity."
OLDER = (
    "In patients aged 65 years or older, 39.0% with selmorfen and 21.0% with placebo were without a seizure."
)
PAPER: Mapping[str, Sequence[str]] = {
    "Endpoints": [
        DEFINED,
        "The secondary endpoints were the change in sleep score and the number of seizures.",
        GROUPS,
    ],
    "Results": [RESULT, LATER, SLEEP],
    "Subgroups": [OLDER],
    "Safety": [DIZZY, RATE],
}
EVIDENCE = [
    evidence_of_lines(lines, section=(name,), passage=name, page=at, source_kind="paper")
    for at, (name, lines) in enumerate(PAPER.items(), 2)
]
COUNTS = Counter(stem for e in EVIDENCE for stem in set(stems(f"{e.heading} {e.text}", "en")))
UNITS = read_units(EVIDENCE)


def answers(question: str) -> list[str]:
    asked = take_apart(question, NAMES, frozenset(COUNTS))
    needs = needs_of(question, NAMES, Vocabulary(len(EVIDENCE), COUNTS))
    judged = Judged(needs, {e.passage: 0.5 for e in EVIDENCE}, told_with=told_with_rank(UNITS))
    return [unit.text for unit in answer(asked, readable(UNITS, NAMES), judged)]


@pytest.mark.parametrize(
    "question",
    [
        "primary endpoint result?",
        "main result?",
        "did it meet its primary endpoint",
        "was the primary endpoint met?",
        "primary endpoint vs placebo?",
        "critère principal contre placebo ?",
    ],
)
def test_the_primary_result_is_told_and_not_what_the_endpoint_is(question: str) -> None:
    told = answers(question)
    assert RESULT in told
    assert DEFINED not in told


def test_who_asks_what_the_endpoint_was_is_told_that() -> None:
    assert DEFINED in answers("what was the primary endpoint?")


def test_the_primary_result_is_none_of_a_secondary_endpoint() -> None:
    assert RESULT not in answers("secondary endpoint results?")


def test_a_rate_is_told_before_what_only_speaks_of_it() -> None:
    assert answers("dizziness rate?") == [RATE]


def test_exploratory_results_and_those_of_subgroups_are_told_with_their_rank() -> None:
    assert answers("sleep?") == [LATER, SLEEP]
    assert set(answers("in patients aged over 65?")) >= {GROUPS, OLDER}
    assert told_with_rank(UNITS).keys() == {SLEEP, OLDER}


@pytest.mark.parametrize(
    "question", ["AKI rate?", "incidence of rash", "rate of falls", "taux d'arrêt", "pourcentage de chutes"]
)
def test_these_ask_for_a_rate(question: str) -> None:
    assert asks_for_a_rate(question)


@pytest.mark.parametrize(
    "question",
    ["heart rate effect?", "infusion rate", "taux plasmatique cible ?", "taux de potassium à viser", "dose?"],
)
def test_these_ask_for_none(question: str) -> None:
    assert not asks_for_a_rate(question)


def test_a_dose_is_no_rate() -> None:
    assert not gives_a_rate("Take 20 mg twice daily for 6 weeks.")
    assert gives_a_rate("0,51 poussée par patient")


KIDNEYS: Mapping[str, Sequence[str]] = {
    "Methods": [
        "Eligible patients had an eGFR of 45 to 89 mL/min.",
        "Patients with an eGFR below 45 were excluded.",
    ],
    "Results": [
        "Creatinine rose in 5.0% of patients with selmorfen.",
        "In patients with an eGFR of 45 to 59, 40.1% of the selmorfen group were without a seizure.",
    ],
    "Funding": ["The trial was funded by Ormel Pharma.", "A. Reed has received fees from Ormel Pharma."],
}


def of_kidneys(question: str) -> list[str]:
    evidence = [
        evidence_of_lines(lines, section=(name,), passage=name, page=at, source_kind="paper")
        for at, (name, lines) in enumerate(KIDNEYS.items(), 2)
    ]
    asked = take_apart(question, NAMES, frozenset())
    needs = needs_of(question, NAMES, Vocabulary(3, {}))
    judged = Judged(needs, {e.passage: 0.5 for e in evidence}, values=stated(question))
    return [unit.text for unit in answer(asked, readable(read_units(evidence), NAMES), judged)]


def test_a_given_value_is_answered_by_what_holds_it() -> None:
    for question in ("works with eGFR 50?", "does it work if eGFR is 50"):
        assert of_kidneys(question) == [KIDNEYS["Results"][1]]


def test_of_patients_whom_the_study_left_out_only_that_is_told() -> None:
    assert of_kidneys("eGFR 25?") == [KIDNEYS["Methods"][1]]


def test_who_paid_is_told_to_who_asks_and_to_nobody_else() -> None:
    for question in ("who paid for the trial?", "how was the study funded?", "qui a financé l'étude ?"):
        assert KIDNEYS["Funding"][0] in of_kidneys(question)
    assert not set(KIDNEYS["Funding"]) & set(of_kidneys("creatinine rise?"))


def test_names_alone_under_such_a_heading_say_who_paid() -> None:
    names, small = (
        "The Ormel Foundation and the Institute for Sleep.",
        "Copyright Reed and others, open access.",
    )
    own = "Dr Reed is funded by a grant from the Institute for Sleep."
    evidence = [evidence_of_lines([names, small, own], section=("Funding",), source_kind="paper", page=2)]
    asked = take_apart("who paid for it?", NAMES, frozenset())
    needs = needs_of("who paid for it?", NAMES, Vocabulary(3, {}))
    units = readable(read_units(evidence), NAMES)
    assert [unit.text for unit in answer(asked, units, Judged(needs, {"p1": 0.5}))] == [names]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The study was supported by an unrestricted grant from Ormel Pharma.", True),
        ("L'étude a été financée par la société Ormel.", True),
        ("The design grants the trial a unique place.", False),
        ("The sponsor had no role in the design of the trial.", False),
        ("This view is supported by earlier findings.", False),
    ],
)
def test_what_tells_who_paid(sentence: str, told: bool) -> None:
    assert bool(concepts()["funding"].said.search(flat(sentence))) == told


@pytest.mark.parametrize(
    ("question", "name", "asked"),
    [
        ("does it cut seizures?", "splitting", False),
        ("can the tablet be cut?", "splitting", True),
        ("does it stop attacks?", "stopping", False),
        ("when should I stop it?", "stopping", True),
        ("does it work in migraine?", "result", True),
        ("how does it work?", "result", False),
        ("who funds the treatment?", "funding", False),
        ("who pays for it?", "funding", True),
        ("qui finance ?", "funding", True),
        ("qui paye le traitement ?", "funding", False),
        ("which company sponsored the study?", "funding", True),
        ("patients past 80?", "elderly", True),
        ("above 70 mg?", "elderly", False),
    ],
)
def test_what_a_question_is_about(question: str, name: str, asked: bool) -> None:
    assert (name in {concept.name for concept in take_apart(question, (), frozenset()).concepts}) == asked


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The groups did not differ in falls.", True),
        ("Selmorfen was not superior to placebo.", True),
        ("Falls occurred in 3.1% of patients with selmorfen and 4.0% with placebo.", True),
        ("P-values of the primary endpoints were adjusted by the Holm method.", False),
        ("The primary endpoint was assessed with the Ashworth scale.", False),
        ("There was no significant difference in falls dependent on the order of treatment (P>0.99).", False),
        (
            "There was no significant interaction between treatment order and the primary outcome (P=0.62).",
            False,
        ),
        ("Falls were fewer after adjustment for treatment order (3.1% versus 4.0%; P=0.01).", True),
    ],
)
def test_how_a_result_was_reckoned_is_none(sentence: str, told: bool) -> None:
    assert tells_a_result(sentence, "en") == told
