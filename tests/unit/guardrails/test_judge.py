from hypothesis import given
from hypothesis import strategies as st

from guardrails.judge import SignalsJudge, contributions

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
    score = SignalsJudge().judge(statement, "fr", [(quote, "fr")]).score
    assert score is not None
    assert 0 <= score <= 1
