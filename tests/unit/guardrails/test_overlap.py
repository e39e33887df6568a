import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.overlap import LEAST, LEAST_KINSHIP, coverage, kinship


def test_a_quote_on_another_subject_covers_too_little() -> None:
    covered = coverage(
        "Treatment must be stopped when angioedema occurs.",
        ["Potassium was measured at week 4 in all patients."],
    )
    assert covered is not None
    assert covered < LEAST


def test_a_rewording_covers_enough() -> None:
    covered = coverage("Malformations were not observed in rats.", ["No malformations were seen in rats."])
    assert covered is not None
    assert covered >= LEAST


def test_words_in_other_forms_are_kin_where_none_of_them_is_the_same() -> None:
    text, quote = "Malabsorption of hyponatraemic origin.", "Hyponatraemia comes with poor absorption."
    assert (coverage(text, [quote]) or 0) < LEAST
    assert kinship(text, [quote]) >= LEAST_KINSHIP


def test_another_sentence_of_a_label_is_no_kin() -> None:
    assert (
        kinship("Keep the bottle tightly closed.", ["Nausea was seen in one patient in ten."]) < LEAST_KINSHIP
    )


def test_a_statement_of_two_words_is_not_compared() -> None:
    assert coverage("Take twice.", ["Something else entirely."]) is None


@given(st.text(min_size=1), st.lists(st.text(), max_size=3))
@pytest.mark.filterwarnings("error")
def test_a_statement_covers_itself_whatever_else_is_quoted(text: str, others: list[str]) -> None:
    assert coverage(text, [text, *others]) in {None, 1.0}
