"""A model as judge of public claims: asked only where one is named, always of the same claims, and no score counts as doubt."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.errors import InvalidInput
from eval.claims import Claim
from eval.metrics import balanced_accuracy_by_group
from eval.model_judging import figures, model_judge, model_rows, sample_of
from guardrails.judge import Judgement
from guardrails.model import Language

ENDPOINT = {"ANCRAGE_OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
CLAIMS = tuple(
    Claim(f"{'True' if carried else 'False'} {number}", "A text.", carried, str(number))
    for number in range(30)
    for carried in (True, False)
)


class Reader:
    """Answers by what the claim begins with; of every seventh it says nothing."""

    def __init__(self, honest: bool = True) -> None:
        self.honest = honest
        self.asked = 0

    def judge(self, statement: str, language: Language, quotes: Sequence[tuple[str, Language]]) -> Judgement:
        assert (language, quotes) == ("en", [("A text.", "en")])
        self.asked += 1
        if self.asked % 7 == 0:
            return Judgement("reader@1", None, "model_busy")
        return Judgement("reader@1", float(statement.startswith("True") == self.honest))


def test_no_model_no_judge_and_an_endpoint_without_a_model_is_refused() -> None:
    with model_judge({}, small=lambda: None) as judge:
        assert judge is None
    with pytest.raises(InvalidInput, match="no model"), model_judge(ENDPOINT):
        raise AssertionError
    with model_judge({**ENDPOINT, "ANCRAGE_OPENAI_MODEL": "small"}, small=never) as judge:
        assert judge is not None
        assert judge.name.startswith("openai:small@"), "whoever names a model is asked for that one"


def never() -> Path | None:
    raise AssertionError


def test_the_sample_is_the_same_at_each_run_and_cuts_no_group() -> None:
    sample = sample_of(CLAIMS, 15)
    assert sample == sample_of(CLAIMS, 15)
    assert len(sample) == 16
    assert all(sum(claim.group == other.group for other in sample) == 2 for claim in sample)
    assert sample == sample_of(CLAIMS, 40)[:16], "a larger sample goes on where a smaller one ended"


def test_its_rows_give_accuracy_and_doubt_with_intervals_and_what_it_did_not_score() -> None:
    said: list[str] = []
    rows = {row["metric"]: row for row in model_rows("medhallu", CLAIMS, Reader(), said.append, 20)}
    assert rows["share_not_scored"]["value"] == 0.1
    assert rows["recall_of_doubt"]["value"] == 1.0
    assert rows["precision_of_doubt"]["value"] < 1.0, "a true claim without a score is doubted"
    accuracy = rows["balanced_accuracy"]
    assert accuracy["low"] < accuracy["value"] <= accuracy["high"]
    assert (accuracy["system"], accuracy["split"], accuracy["n"]) == ("reader@1", "sample of 20", 20)
    assert len(said) == 2


def test_a_judge_that_turns_everything_round_is_below_chance_and_shown_so() -> None:
    sample = CLAIMS[:9]
    turned = Reader(honest=False)
    told = [turned.judge(claim.statement, "en", [(claim.text, "en")]) for claim in sample]
    assert figures(sample, told)["balanced_accuracy"].value == 0.0


def test_balanced_accuracy_needs_both_classes() -> None:
    import numpy as np

    with pytest.raises(ValueError, match="both classes"):
        balanced_accuracy_by_group(np.array([True]), np.array([True]), ["a"])
