"""What a difference proves depends on how near the statement is told to its quote."""

import pytest

from eval.judged import findings_on, judge
from guardrails.model import Language

EFFICACY = (
    "The key secondary endpoint, time to first flare in patients who may have received steroids before, was 9.4 months "
    "with tolmavir and 5.1 months with placebo."
)
DOSING = (
    "The recommended dose of tolmavir is 80 mg by mouth twice daily, swallowed whole with a glass of water."
)


def verdict(text: str, quote: str, language: Language = "en") -> str:
    return judge(text, language, [quote], language)


def test_a_word_left_out_of_a_near_copy_blocks() -> None:
    near = EFFICACY.replace("The key secondary endpoint, time", "Time")
    assert verdict(near, EFFICACY) == "block"


def test_the_same_word_left_out_in_free_words_waits_for_a_reviewer() -> None:
    assert verdict("On tolmavir it took 9.4 months until a flare came.", EFFICACY) == "needs_review"


def test_a_piece_cut_out_of_its_quote_is_no_telling_in_free_words() -> None:
    quote = "Such findings suggest that early care could delay the flares."
    assert verdict("Early care delays the flares.", quote) == "block"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("For kidneys that work badly, giving tolmavir is recommended.", "Tolmavir is not recommended in severe renal impairment, whatever its cause and duration."),
        ("An influence of food on how much is taken up was seen.", "There was no influence of a high-fat meal on the absorption of tolmavir in healthy volunteers."),
        ("Among children the half-life comes to 21 days.", "The terminal half-life of tolmavir is about 21 days in adults, with steady state after 16 weeks."),
        ("In post hoc-free words: fewer strokes came about.", "An exploratory analysis in patients over 75 years showed fewer strokes with tolmavir than without it."),
        ("It gets 50 mg bigger.", "The dose is raised by 25 mg every two weeks until the target is reached."),
    ],
)  # fmt: skip
def test_what_contradicts_in_itself_blocks_however_freely_it_is_told(text: str, quote: str) -> None:
    assert verdict(text, quote) == "block"


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("Of tolmavir the recommended dose by mouth makes 160 mg per day.", "computed"),
        ("Of tolmavir the recommended dose by mouth makes 170 mg per day.", "near"),
        ("What is recommended of tolmavir comes to 80 for each dose by mouth.", "loose"),
    ],
)
def test_a_number_of_the_quote_told_less_exactly_waits_and_a_new_one_blocks(text: str, variant: str) -> None:
    numbers = [f for f in findings_on(text, "en", [DOSING], "en") if f.rule == "GR3"]
    assert {f.severity for f in numbers} == ({"needs_review"} if variant == "loose" else {"block"})


def test_a_computed_number_in_a_near_copy_blocks() -> None:
    near = DOSING.replace("80 mg by mouth twice daily", "160 mg by mouth daily")
    assert verdict(near, DOSING) == "block"
