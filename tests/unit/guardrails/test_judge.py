from hypothesis import given
from hypothesis import strategies as st

from guardrails.attestation import fingerprint
from guardrails.judge import SignalsJudge, contributions
from guardrails.model import Verdict
from guardrails.runner import run
from tests.unit.guardrails.builders import RESULT, context, document, evidence, statement

QUOTE = (
    "Cardorelone reduced the risk of hospitalisation in adults with heart failure, and no seizures were seen."
)


def test_the_score_lies_between_none_and_all_and_says_what_it_looked_at() -> None:
    judged = SignalsJudge().judge("Cardorelone reduced hospitalisation.", "en", [(QUOTE, "en")])
    assert judged.scored
    assert judged.score is not None
    assert 0 <= judged.score <= 1
    assert judged.why
    assert judged.judge.startswith("signals@")


def test_a_turned_direction_scores_lower_than_the_same_direction() -> None:
    judge = SignalsJudge()
    same = judge.judge("The risk of hospitalisation was reduced.", "en", [(QUOTE, "en")]).score
    turned = judge.judge("The risk of hospitalisation was increased.", "en", [(QUOTE, "en")]).score
    assert same is not None
    assert turned is not None
    assert turned < same


def test_a_translation_is_not_scored_and_says_so() -> None:
    judged = SignalsJudge().judge("Le risque était réduit.", "fr", [(QUOTE, "en")])
    assert (judged.scored, judged.score, judged.why) == (False, None, "translated")


def test_contributions_add_up_to_the_log_odds() -> None:
    weights = {
        "version": "t",
        "intercept": 0.5,
        "signals": {"a": {"mean": 1.0, "deviation": 2.0, "weight": 3.0}},
    }
    assert contributions(weights, {"a": 3.0}) == {"intercept": 0.5, "a": 3.0}


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_text_is_judged_without_error(statement: str, quote: str) -> None:
    judged = SignalsJudge().judge(statement, "fr", [(quote, "fr")])
    assert judged.why
    assert (judged.score is None) == (judged.why == "unlike")
    assert judged.score is None or 0 <= judged.score <= 1


def test_what_is_unlike_all_that_it_was_learnt_on_is_not_judged_and_nothing_is_turned_round() -> None:
    weights = {
        "version": "t",
        "farthest": 4.0,
        "intercept": 0.0,
        "signals": {"length": {"mean": 2.0, "deviation": 0.5, "weight": 1.0}},
    }
    near, far = "It reduced the risk.", "It reduced the risk. " * 40
    judge = SignalsJudge(weights)
    assert judge.judge(near, "en", [(QUOTE, "en")]).scored
    judged = judge.judge(far, "en", [(QUOTE, "en")])
    assert (judged.score, judged.why) == (None, "unlike")


REWORDED = statement(
    "Fewer patients on cardorelone had the primary endpoint.", RESULT, of=evidence(RESULT), lineage="s1"
)


def verdicts_under(note: object) -> dict[str, Verdict]:
    notes = {fingerprint(REWORDED): note}
    report = run(document(REWORDED), context(evidence(RESULT), market="XX", extra={"judgements": notes}))
    return dict(report.verdicts)


@given(st.one_of(st.floats(), st.none(), st.booleans(), st.text(max_size=9)), st.text(max_size=9))
def test_whatever_a_judge_says_it_approves_nothing_and_blocks_nothing(score: object, why: str) -> None:
    assert verdicts_under({"name": "model", "score": score, "why": why, "votes": ["supported"] * 3}) == {
        "s1": "needs_review"
    }
