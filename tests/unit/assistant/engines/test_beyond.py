"""Beside a label, an e-mail, a brief, a quiz or a summary that promotes tells no result of another disease or of an age that the label does not name."""

from dataclasses import replace

import pytest

from assistant.engines.extractive import ExtractiveEngine
from assistant.engines.protocol import Task
from guardrails.model import Evidence, PieceKind
from tests.builders.labels import evidence_of_lines, label_evidence

LABEL = label_evidence(
    {
        "4.1 Therapeutic indications": ["Nalorel is indicated in adults for the treatment of asthma."],
        "4.2 Posology and method of administration": [
            "The recommended starting dose of Nalorel is 10 mg once daily."
        ],
        "4.3 Contraindications": ["Hypersensitivity to the active substance."],
    }
)
FOUND = "Attacks occurred in 12.4% of patients with Nalorel and in 19.8% with placebo (hazard ratio 0.61; 95% CI 0.48 to 0.77; p < 0.001)."
IN_CHILDREN = "Attacks occurred in 9.1% of children with Nalorel and in 15.3% with placebo (hazard ratio 0.58; 95% CI 0.41 to 0.82; p = 0.002)."
PIECES: list[PieceKind] = ["email", "brief", "quiz"]


def paper(title: str, *results: str) -> Evidence:
    item = evidence_of_lines(
        results, section=(title, "Results"), passage="r1", source="source_2", source_kind="paper", page=3
    )
    return replace(item, title=title)


def told(kind: PieceKind, *evidence: Evidence, promotional: bool = False) -> set[str]:
    task = Task(kind, "en", ("Nalorel",), promotional=promotional)
    made = ExtractiveEngine().propose(task, [*LABEL, *evidence])
    return {s.text for s in made.statements} | {q.feedback.text for q in made.questions}


@pytest.mark.parametrize("kind", PIECES)
def test_a_study_of_another_disease_gives_no_result(kind: PieceKind) -> None:
    assert FOUND not in told(kind, paper("Nalorel in adults with migraine: a randomised trial", FOUND))


@pytest.mark.parametrize("kind", PIECES)
@pytest.mark.parametrize(
    "title",
    ["Nalorel in asthma: a trial", "Nalorel and heart failure in adults with asthma", "The LUMEN trial"],
)
def test_a_study_of_the_indicated_or_of_an_unnamed_disease_does(kind: PieceKind, title: str) -> None:
    assert FOUND in told(kind, paper(title, FOUND))


@pytest.mark.parametrize("kind", PIECES)
def test_where_the_label_speaks_of_adults_alone_no_result_in_children_is_told(kind: PieceKind) -> None:
    assert IN_CHILDREN not in told(kind, paper("Nalorel in asthma: a trial", IN_CHILDREN))


@pytest.mark.parametrize("kind", PIECES)
def test_a_study_that_is_set_aside_is_shown_with_why(kind: PieceKind) -> None:
    title = "Nalorel in adults with migraine: a randomised trial"
    made = ExtractiveEngine().propose(Task(kind, "en", ("Nalorel",)), [*LABEL, paper(title, FOUND)])
    assert [(r.text, r.rule, r.reason) for r in made.rejected] == [(title, "GR9", "beyond_indication")]


@pytest.mark.parametrize("promotional", [True, False])
def test_a_summary_tells_what_each_source_says_unless_it_promotes(*, promotional: bool) -> None:
    other = paper("Nalorel in adults with migraine: a randomised trial", FOUND)
    young = paper("Nalorel in asthma: a trial", IN_CHILDREN)
    assert (FOUND in told("key-moments", other, promotional=promotional)) == (not promotional)
    assert (IN_CHILDREN in told("key-moments", young, promotional=promotional)) == (not promotional)


def test_a_summary_that_promotes_tells_what_is_indicated() -> None:
    assert FOUND in told("key-moments", paper("Nalorel in asthma: a trial", FOUND), promotional=True)


def test_a_summary_that_promotes_tells_no_later_treatment_of_the_label_itself() -> None:
    indicated = (
        "Nalorel is indicated in adults with myocardial infarction within 6 hours after symptom onset."
    )
    late = "Patients have been successfully treated with Nalorel later than 6 hours after symptom onset."
    label = label_evidence(
        {"4.1 Therapeutic indications": [indicated], "5.1 Pharmacodynamic properties": [late]}
    )
    summaries = [
        ExtractiveEngine().propose(Task("key-moments", "en", ("Nalorel",), promotional=promotes), label)
        for promotes in (True, False)
    ]
    assert [late in {s.text for s in made.statements} for made in summaries] == [False, True]
    assert [r.reason for r in summaries[0].rejected] == ["beyond_time"]


def test_without_a_label_nothing_is_left_out() -> None:
    made = ExtractiveEngine().propose(
        Task("email", "en", ("Nalorel",)), [paper("Nalorel in migraine", FOUND)]
    )
    assert FOUND in {s.text for s in made.statements}


@pytest.mark.parametrize("kind", PIECES)
def test_a_study_in_an_indicated_disease_that_is_no_known_condition_is_not_set_aside(kind: PieceKind) -> None:
    indicated = (
        "Nalorel is indicated in adults for the treatment of hypertension and of chronic kidney disease."
    )
    label = label_evidence({"4.1 Therapeutic indications": [indicated]})
    study = paper(
        "Nalorel and hospitalisation for heart failure in chronic kidney disease: a randomised trial", FOUND
    )
    made = ExtractiveEngine().propose(Task(kind, "en", ("Nalorel",)), [*label, study])
    assert "GR9" not in {one.rule for one in made.rejected}


@pytest.mark.parametrize("kind", PIECES)
def test_a_result_later_than_the_indication_allows_is_not_told_and_shown_with_why(kind: PieceKind) -> None:
    indicated = (
        "Nalorel is indicated in adults with myocardial infarction within 6 hours after onset of symptoms."
    )
    late = "Of patients treated 6 to 12 hours after symptom onset, 7.9% died with Nalorel and 9.8% with placebo (p = 0.01)."
    label = label_evidence({"4.1 Therapeutic indications": [indicated]})
    study = paper("Nalorel in myocardial infarction: a randomised trial", late)
    made = ExtractiveEngine().propose(Task(kind, "en", ("Nalorel",)), [*label, study])
    assert late not in {s.text for s in made.statements} | {q.feedback.text for q in made.questions}
    assert [(r.text, r.rule, r.reason) for r in made.rejected] == [(late, "GR9", "beyond_time")]
    summary = ExtractiveEngine().propose(Task("key-moments", "en", ("Nalorel",)), [*label, study])
    assert late in {s.text for s in summary.statements}


@pytest.mark.parametrize("kind", PIECES)
def test_a_result_in_children_is_left_out_though_it_denies_something_else(kind: PieceKind) -> None:
    harmless = IN_CHILDREN[:-1] + ", and no severe attack occurred."
    assert harmless not in told(kind, paper("Nalorel in asthma: a trial", harmless))
