"""What is told together: a topic's restriction with what is told of it, the events themselves with their total."""

import pytest

from assistant.engines.extractive import ExtractiveEngine
from assistant.engines.protocol import Task
from guardrails.model import Evidence, PieceKind
from tests.builders.labels import evidence_of_lines, label_evidence

NAMES = ("Nalorel",)


def told(kind: PieceKind, evidence: list[Evidence], topic: str | None = None) -> list[str]:
    focus = frozenset(item.passage for item in evidence)
    return [
        s.text for s in ExtractiveEngine().propose(Task(kind, "en", NAMES, topic, focus), evidence).statements
    ]


PREGNANCY = (
    "There are no adequate data on the use of Nalorel in pregnant women.",
    "Studies in animals showed effects on the development of the skeleton at 12 times the human dose.",
    "Nalorel must not be used during pregnancy unless the condition of the mother requires it.",
)


def of_pregnancy() -> list[Evidence]:
    label = label_evidence()
    return [
        *label,
        evidence_of_lines(
            PREGNANCY,
            section=("4. CLINICAL PARTICULARS", "4.6 Pregnancy"),
            passage="p99",
            source=label[0].source,
        ),
    ]


@pytest.mark.parametrize("kind", ["key-moments", "email", "brief"])
def test_what_forbids_the_topic_comes_with_it(kind: PieceKind) -> None:
    assert PREGNANCY[2] in told(kind, of_pregnancy(), "pregnancy")


def test_without_a_topic_nothing_is_added() -> None:
    assert PREGNANCY[2] not in told("key-moments", of_pregnancy())


EXCLUDED = "Patients with insulin-treated diabetes or with a stroke in the previous year were excluded."
PAPER = [
    evidence_of_lines(["Of 512 randomised patients, 498 received at least one dose.", EXCLUDED], section=("Nalorel in type 2 diabetes", "Methods"), passage="m", source_kind="paper"),
    evidence_of_lines(["HbA1c fell by 0.9% with Nalorel 5 mg and by 0.2% with placebo (difference -0.7; 95% CI -0.9 to -0.5; p<0.001)."], section=("Nalorel in type 2 diabetes", "Results"), passage="r", source_kind="paper"),
    evidence_of_lines(
        [
            "Adverse events were reported by 48.3% of patients with Nalorel 5 mg and by 45.1% with placebo.",
            "Serious adverse events occurred in 2.4% of patients with Nalorel 5 mg and in 2.8% with placebo.",
            "Headache was reported by 4.0% of patients with Nalorel 5 mg and by 3.6% with placebo.",
            "Nausea occurred in 14.2% of patients with Nalorel 5 mg and in 5.0% with placebo.",
            "Hospitalisation for diabetes was observed in 20.0% of patients with placebo.",
            "An increase in ALT was seen in 6.1% of patients with Nalorel 5 mg and in 1.2% with placebo.",
        ],
        section=("Nalorel in type 2 diabetes", "Safety"), passage="s", source_kind="paper",
    ),
]  # fmt: skip


def test_what_a_study_excluded_is_told_of_a_topic_that_it_excludes() -> None:
    assert EXCLUDED in told("key-moments", PAPER, "insulin-treated diabetes")


def test_the_most_frequent_events_come_with_their_total() -> None:
    found = told("key-moments", PAPER)
    assert any(text.startswith("Adverse events were reported") for text in found)
    assert any(text.startswith("Nausea") for text in found)
    assert any("ALT" in text for text in found)
    assert not any(text.startswith("Hospitalisation for diabetes") for text in found), (
        "what the study treats is no event"
    )


WHO = "In this double-blind trial 512 adults with type 2 diabetes were randomly assigned to Nalorel 5 mg or placebo for 26 weeks."


@pytest.mark.parametrize("kind", ["email", "brief"])
def test_a_piece_on_a_study_alone_says_who_was_studied(kind: PieceKind) -> None:
    methods = evidence_of_lines(
        [WHO], section=("Nalorel in type 2 diabetes", "Methods"), passage="w", source_kind="paper"
    )
    assert WHO in told(kind, [methods, *PAPER])
    assert WHO not in told(kind, [*label_evidence(), methods, *PAPER]), "beside a label that says for whom"


WARNED = (
    "Nalorel contains lactose and must not be taken by patients with galactose intolerance.",
    "Dizziness may occur and patients should be told of it before they drive a car.",
    "Acute renal failure has been reported in patients who took Nalorel with a diuretic.",
    "Fatal pancreatitis has been reported, mostly in the first three months of treatment.",
)


def warned() -> list[Evidence]:
    label = label_evidence()
    source = label[0].source
    return [
        *(item for item in label if not item.section[-1].startswith("4.4")),
        evidence_of_lines(WARNED, section=("4. CLINICAL PARTICULARS", "4.4 Special warnings"), passage="p98", source=source),
    ]  # fmt: skip


def test_an_email_warns_of_the_gravest_harm_and_not_of_the_tablet() -> None:
    found = told("email", warned())
    assert WARNED[2] in found
    assert WARNED[3] in found
    assert WARNED[0] not in found
    assert WARNED[1] not in found


HARM = "Acute kidney injury occurred in 3.1% of patients with Nalorel 5 mg and in 1.2% with placebo."


@pytest.mark.parametrize("kind", ["email", "brief"])
def test_the_gravest_harm_of_a_trial_comes_with_its_commonest(kind: PieceKind) -> None:
    harm = evidence_of_lines(
        [HARM], section=("Nalorel in type 2 diabetes", "Safety"), passage="k", source_kind="paper"
    )
    assert HARM in told(kind, [*PAPER, harm])


def test_what_a_trial_was_made_for_is_no_harm_of_it() -> None:
    section = ("Nalorel for acute kidney injury", "Results")
    trial = evidence_of_lines([HARM], section=section, passage="k", source_kind="paper")
    safety = evidence_of_lines(["Adverse events were reported by 48.3% of patients with Nalorel 5 mg and by 45.1% with placebo."], section=("Nalorel for acute kidney injury", "Safety"), passage="s", source_kind="paper")  # fmt: skip
    proposal = ExtractiveEngine().propose(Task("email", "en", NAMES), [trial, safety])
    assert [s.role for s in proposal.statements if s.text == HARM] == ["result"]


def test_a_harm_of_the_abstract_is_not_told_again_with_more_figures() -> None:
    title = "Nalorel in type 2 diabetes"
    again = "Acute kidney injury occurred in 16 patients (3.1%) with Nalorel 5 mg and 6 (1.2%) with placebo; 14 resolved."
    abstract = evidence_of_lines([HARM], section=("Abstract", "Results"), passage="k", source_kind="paper")
    safety = evidence_of_lines([again], section=(title, "Safety"), passage="s", source_kind="paper")
    found = told("key-moments", [abstract, *PAPER, safety])
    assert (HARM in found) + (again in found) == 1


@pytest.mark.parametrize("kind", ["email", "key-moments"])
def test_an_endpoint_of_whatever_rank_is_no_harm(kind: PieceKind) -> None:
    title = "Nalorel in type 2 diabetes"
    deaths = "Death from any cause, which is reported for exploratory purposes only, occurred in 15.7% of patients with Nalorel 5 mg and in 17.2% with placebo."
    exploratory = evidence_of_lines([deaths], section=(title, "Safety"), passage="k", source_kind="paper")
    statements = ExtractiveEngine().propose(Task(kind, "en", NAMES), [*PAPER, exploratory]).statements
    assert [s.text for s in statements if s.role == "adverse_reaction" and s.text == deaths] == []


DEATHS = "There were 14 deaths during the study (five deaths with cardorelone and nine deaths with placebo)."


def _told_in_an_email(result: str) -> list[str]:
    lines = {
        "Methods": "The primary outcome was the change in the memory score or in mortality at two years.",
        "Primary outcome": result,
        "Memory by group": DEATHS,
    }
    paper = [
        evidence_of_lines([line], section=(name,), source_kind="paper", passage=name, page=3)
        for name, line in lines.items()
    ]
    made = ExtractiveEngine().propose(Task("email", "en", ("Velmora", "cardorelone")), paper)
    return [s.text for s in made.statements if s.role == "adverse_reaction"]


def test_counted_deaths_are_the_safety_of_an_email() -> None:
    score = "The primary outcome, the memory score, fell by 2.1 points with cardorelone and 2.4 with placebo (p = 0.61)."
    assert _told_in_an_email(score) == [DEATHS]


def test_deaths_that_a_study_was_made_to_prevent_are_no_harm_of_it() -> None:
    mortality = "The primary outcome, mortality at two years, was 12% with cardorelone versus 15% with placebo (p = 0.01)."
    assert DEATHS not in _told_in_an_email(mortality)
