"""Within a time is not after it; a change by an amount is not a change to it; the first is not the next."""

import pytest

from tests.unit.guardrails.relations.pairs import variants

OPENED = "After opening, use the drops within 21 days."
FIRST = "It is given every 3 weeks for the first four doses, followed by one dose every 9 weeks."


@pytest.mark.parametrize(
    "text",
    [
        "The drops may be used after 21 days.",
        "Once open, the drops must not be used within 21 days.",
    ],
)
def test_after_for_within_is_seen(text: str) -> None:
    assert "within_or_after" in variants(text, OPENED)


@pytest.mark.parametrize(
    "text",
    [
        "Once open, the drops are used within 21 days.",
        "Do not use the drops after 21 days.",
        "Throw the drops away after 21 days and use a new bottle.",
        "The opened drops may be used for up to 21 days.",
    ],
)
def test_other_words_for_within_are_let_stand(text: str) -> None:
    assert "within_or_after" not in variants(text, OPENED)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The vial can be used after 6 hours.", "Discard the vial after 6 hours."),
        ("The opened bottle may be taken after 30 days.", "Throw the opened bottle away after 30 days."),
        ("The mixture is used after 8 hours, at up to 30 °C.", "The mixture is used within 8 hours at not more than 30 °C."),
        ("The pen may be used after 30 days.", "Any pen that was not used within 30 days must be discarded."),
    ],
)  # fmt: skip
def test_a_limit_is_heard_in_throwing_away_and_beside_another_denial(text: str, quote: str) -> None:
    assert "within_or_after" in variants(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Use the mixture within 8 hours.", "Do not shake the mixture and use it within 8 hours."),
        ("Use the mixture within 8 hours.", "If it is not chilled, use the mixture within 8 hours."),
        ("Use the mixture within 8 hours.", "Discard any mixture not used within 8 hours."),
        ("Use the mixture within 8 hours.", "Discard the mixture within 8 hours."),
        ("Give the dose within 8 hours, not later.", "The dose is given within 8 hours."),
        ("Throw the vial away after 6 hours.", "The vial must no longer be used after 6 hours."),
    ],
)
def test_a_denial_of_something_else_turns_no_limit(text: str, quote: str) -> None:
    assert "within_or_after" not in variants(text, quote)


@pytest.mark.parametrize(
    ("text", "quote", "seen"),
    [
        ("Le flacon peut être utilisé après 30 jours.", "Jeter le flacon après 30 jours.", True),
        ("Utilisez le flacon après 30 jours.", "N'utilisez plus le flacon après 30 jours.", True),
        ("À utiliser dans les 8 heures.", "Le mélange est à utiliser dans les 8 heures au plus.", False),
        ("À utiliser dans les 8 heures.", "Ne pas agiter et utiliser dans les 8 heures.", False),
        ("Ne pas utiliser après 8 heures.", "Le mélange s'utilise dans les 8 heures.", False),
        ("Ne pas utiliser dans les 8 heures.", "Le mélange s'utilise dans les 8 heures.", True),
    ],
)
def test_french_limits_of_time_are_read_alike(text: str, quote: str, seen: bool) -> None:
    assert ("within_or_after" in variants(text, quote, language="fr")) is seen


def test_the_rhythm_of_the_first_doses_is_not_that_of_the_next() -> None:
    assert "attributed" in variants(
        "The first four doses are given every 9 weeks and the subsequent ones every 3 weeks.", FIRST
    )
    assert not variants(
        "The first four doses are given every 3 weeks and the subsequent ones every 9 weeks.", FIRST
    )


def test_prolonged_by_is_not_prolonged_to() -> None:
    quote = "The half-life was prolonged to 14 hours in severe renal impairment."
    assert "by_or_to" in variants("Severe renal impairment prolonged the half-life by 14 hours.", quote)
    assert not variants("Severe renal impairment prolonged the half-life to 14 hours.", quote)


def test_the_limit_of_an_interval_is_not_the_margin() -> None:
    quote = "The upper bound (0.31 %) was below the margin of 0.50 %."
    assert "attributed" in variants("The upper bound (0.50 %) was below the margin of 0.31 %.", quote)
    assert not variants("With a margin of 0.50 %, the upper bound was 0.31 %.", quote)


def test_the_day_of_a_difference_belongs_to_neither_arm() -> None:
    quote = (
        "Scores were better from day 6 with tolmavir, and the difference from placebo was shown on day 22."
    )
    assert not variants("The difference between tolmavir and placebo was shown on day 22.", quote)


@pytest.mark.parametrize(
    ("text", "quote", "variant"),
    [
        ("A test is done within 7 days after the start.", "Use contraception for 4 months after the last dose; a test is done within 7 days before the start.", "before_or_after"),
        ("Do not drive in the 24 hours preceding the dose.", "Do not drive in the 24 hours following the dose.", "before_or_after"),
        ("The median time to response was 9.8 months.", "The median duration of response was 9.8 months.", "time_or_length"),
        ("It took a median of 10.4 months to respond, and the response lasted 1.9 months.", "The median time to response was 1.9 months and the median duration of response was 10.4 months.", "time_or_length"),
    ],
)  # fmt: skip
def test_the_other_side_of_an_event_is_seen(text: str, quote: str, variant: str) -> None:
    assert variant in variants(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "The test comes at most 7 days ahead of the start.",
            "A test is done within 7 days before the start.",
        ),
        ("A response lasted a median of 9.8 months.", "The median duration of response was 9.8 months."),
    ],
)
def test_the_same_side_in_other_words_is_let_stand(text: str, quote: str) -> None:
    assert not {"before_or_after", "time_or_length"} & variants(text, quote)
