import pytest

from guardrails.safety import intake
from tests.unit.guardrails.safety.told_or_asked import (
    ABOUT_SOMEBODY,
    AS_DOCTORS_ASK,
    AT_A_MOMENT,
    AT_LARGE,
    BARE,
    COURTEOUS,
    DOSE_FOR_AN_AGE,
    EXPLAINED,
    HOW_OFTEN_AFTER_A_DOSE,
    LABORATORY,
    OF_LABELS,
)


@pytest.mark.parametrize(("language", "turn", "reported"), COURTEOUS)
def test_a_courtesy_is_no_if(language: str, turn: str, reported: bool) -> None:
    assert (intake(turn, language) is not None) is reported


@pytest.mark.parametrize(("language", "turn", "reported"), ABOUT_SOMEBODY)
def test_what_to_do_about_a_harm_of_somebody_opens_a_case(language: str, turn: str, reported: bool) -> None:
    assert (intake(turn, language) is not None) is reported


@pytest.mark.parametrize(("language", "turn", "reported"), AT_A_MOMENT)
def test_a_harm_at_a_moment_of_this_treatment_opens_a_case(language: str, turn: str, reported: bool) -> None:
    assert (intake(turn, language) is not None) is reported


@pytest.mark.parametrize(("language", "turn", "reported"), HOW_OFTEN_AFTER_A_DOSE)
def test_how_often_one_serious_event_is_after_a_dose_may_be_a_report(
    language: str, turn: str, reported: bool
) -> None:
    assert (intake(turn, language) is not None) is reported


@pytest.mark.parametrize(("language", "turn", "reported"), AT_LARGE)
def test_a_harm_at_large_opens_none(language: str, turn: str, reported: bool) -> None:
    assert (intake(turn, language) is not None) is reported


@pytest.mark.parametrize(("language", "turn", "reported"), OF_LABELS)
def test_a_figure_or_a_follow_up_of_the_label_opens_none(language: str, turn: str, reported: bool) -> None:
    assert (intake(turn, language) is not None) is reported


@pytest.mark.parametrize(("language", "turn", "reported"), AS_DOCTORS_ASK)
def test_what_doctors_ask_in_other_words_is_told_apart(language: str, turn: str, reported: bool) -> None:
    assert (intake(turn, language) is not None) is reported


@pytest.mark.parametrize(("language", "turn", "reported"), LABORATORY)
def test_a_laboratory_value_under_the_medicine_opens_a_case(language: str, turn: str, reported: bool) -> None:
    assert bool(intake(turn, language)) is reported


@pytest.mark.parametrize(("language", "turn", "reported"), BARE)
def test_one_harm_with_a_question_mark_tells_of_nobody(language: str, turn: str, reported: bool) -> None:
    assert bool(intake(turn, language)) is reported


@pytest.mark.parametrize(("language", "turn", "reported"), DOSE_FOR_AN_AGE)
def test_a_dose_for_an_age_opens_none(language: str, turn: str, reported: bool) -> None:
    assert bool(intake(turn, language)) is reported


@pytest.mark.parametrize(("language", "turn", "reported"), EXPLAINED)
def test_whether_it_explains_somebody_s_harm_opens_a_case(language: str, turn: str, reported: bool) -> None:
    assert bool(intake(turn, language)) is reported
