"""PubMedQA with half of its abstracts as sources: who is asked what the sources hold, and what they do not."""

from eval.datasets import RetrievalSet
from eval.suites.abstention import Outcome, rows_of
from eval.suites.abstention_public import asked_of_half


def _set(size: int) -> RetrievalSet:
    keys = [f"q{number}" for number in range(size)]
    return RetrievalSet(
        "pubmedqa",
        "test",
        "en",
        {key: ("", f"Text of {key}.") for key in [*keys, "never asked for"]},
        {key: f"What of {key}?" for key in keys},
        {key: {key: 1} for key in keys},
        "",
    )


def test_every_second_question_has_its_abstract_among_the_sources_and_no_other_has() -> None:
    half, asked = asked_of_half(_set(5))
    assert set(half.documents) == {"q0", "q2", "q4"}
    assert {question["question"]: question["answerable"] for question in asked} == {
        "What of q0?": True,
        "What of q1?": False,
        "What of q2?": True,
        "What of q3?": False,
        "What of q4?": True,
    }


def test_its_figures_are_told_without_near_misses_which_it_has_not() -> None:
    _, asked = asked_of_half(_set(4))
    outcomes = [
        Outcome(question, question["answerable"], float(question["answerable"]), {}, "better")
        for question in asked
    ]
    told = {row["metric"]: row["value"] for row in rows_of("pubmedqa", outcomes) if "x" not in row}
    assert (told["answerable answered"], told["unanswerable refused"]) == (1.0, 1.0)
    assert told["refused at 90 % answered"] == 1.0
    assert "near misses refused" not in told
