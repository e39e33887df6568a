from eval.report_lessons import teach, turns
from guardrails.safety.likeness import features


def test_what_the_lessons_teach_holds_on_turns_left_out() -> None:
    taught = teach(turns("train", "dev"))
    assert taught.recall >= 0.96
    assert taught.false_alarms <= 0.2


def test_the_name_of_the_samples_medicine_is_no_sign() -> None:
    taught = teach(turns("train", "dev"))
    assert "w:velmora" in features("velmora")
    assert "w:velmora" not in taught.weights


def test_the_lessons_do_not_hold_a_turn_of_the_test_set() -> None:
    lessons = {row["text"].casefold() for row in turns("train", "dev")}
    assert lessons.isdisjoint(row["text"].casefold() for row in turns("test"))
