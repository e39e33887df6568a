"""What is never done again, what is only not yet done, what is advised against, unknown, or new each year."""

import pytest

from guardrails.model import Language
from tests.unit.guardrails.relations.pairs import variants

FOR_GOOD = "Treatment should be stopped and re-introduction of Tolmavir is not to be considered."
NOT_YET = "Tolmavir should not be given again before the platelets have been counted."
UNKNOWN = "It is not known if tolmavir is excreted into breast milk."
AGAINST = (
    "L'allaitement est déconseillé pendant le traitement et au cours des 5 jours suivant la dernière prise."
)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        (
            "Treatment is interrupted until recovery, after which Tolmavir may be reintroduced.",
            FOR_GOOD,
            "en",
        ),
        ("Tolmavir must never be given again.", NOT_YET, "en"),
        ("Because tolmavir is excreted into breast milk, caution is needed.", UNKNOWN, "en"),
        ("L'allaitement est possible dès le lendemain de la dernière prise.", AGAINST, "fr"),
    ],
)
def test_what_the_quotes_rule_out_or_leave_open_is_seen(text: str, quote: str, language: Language) -> None:
    assert variants(text, quote, language=language) & {"asserted", "forbids"}


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Stop treatment, and do not reintroduce Tolmavir.", FOR_GOOD, "en"),
        ("Count the platelets before Tolmavir is given again.", NOT_YET, "en"),
        ("Whether tolmavir is excreted into breast milk is unknown.", UNKNOWN, "en"),
        ("Ne pas allaiter pendant le traitement ni durant les 5 jours après la dernière prise.", AGAINST, "fr"),
        ("Une fois la diarrhée résolue, reprendre à une dose plus faible.", "Interrompre jusqu'à résolution puis reprendre à dose réduite.", "fr"),
    ],
)  # fmt: skip
def test_the_same_in_other_words_is_let_stand(text: str, quote: str, language: Language) -> None:
    assert not variants(text, quote, language=language) & {"asserted", "forbids"}


def test_a_prevalence_is_no_incidence() -> None:
    standing = "The prevalence of asthma is about 6% of adults in the region."
    assert "other_thing" in variants("Each year about 6% of adults in the region develop asthma.", standing)
    assert "other_thing" not in variants("About 6% of adults in the region have asthma.", standing)


def test_a_size_of_a_change_is_no_value_reached() -> None:
    fall = "La pression systolique moyenne avait diminué de 3,1 mmHg sous tolmavir."
    assert "level_for_change" in variants(
        "La pression systolique moyenne était de 3,1 mmHg sous tolmavir.", fall, language="fr"
    )
    assert "level_for_change" not in variants(
        "La baisse moyenne de la pression systolique était de 3,1 mmHg sous tolmavir.", fall, language="fr"
    )


def test_what_is_done_by_others_alone_is_not_done_better_by_them() -> None:
    quote = "Combined therapy showed greater improvement in quality of life than tolmavir alone."
    assert "turned" in variants(
        "Tolmavir alone showed greater improvement in quality of life than training.", quote
    )
    assert "turned" not in variants("Tolmavir alone showed less improvement in quality of life.", quote)


def test_of_men_and_women_who_has_more() -> None:
    quote = "Urinary infections were more frequent in women (9.1%) than in men (2.4%)."
    assert "turned" in variants("Urinary infections were more frequent in men than in women.", quote)
    assert "turned" not in variants("Urinary infections were less frequent in men than in women.", quote)


def test_of_the_older_and_the_younger_who_has_more() -> None:
    quote = "Falls were more frequent in patients aged 75 years and older than in younger patients."
    assert "turned" in variants(
        "Falls were more frequent in patients under 75 than in older patients.", quote
    )
    assert "turned" not in variants(
        "Falls were less frequent in patients under 75 than in older patients.", quote
    )


def test_a_value_belongs_to_its_class_and_to_its_inhibitors() -> None:
    classes = "Heart failure was of NYHA class II in 68.1% of the patients, of class III in 29.6% and of class IV in 2.3%."
    assert "attributed" in variants("29.6% of patients were in NYHA class IV.", classes)
    assert "attributed" not in variants("29.6% of patients were in NYHA class III.", classes)
    partners = "A dose reduction to 5 mg is recommended with strong CYP3A4 inhibitors; no adjustment is needed with moderate inhibitors."
    assert "attributed" in variants("With moderate CYP3A4 inhibitors, reduce the dose to 5 mg.", partners)
    assert "attributed" not in variants("With strong CYP3A4 inhibitors, reduce the dose to 5 mg.", partners)


def test_a_value_belongs_to_its_measure_in_a_line_without_a_verb() -> None:
    line = "Performance Sensitivity 100% Specificity 97.2% F1 score 0.8"
    assert "attributed" in variants(
        "Its specificity is 100% and its sensitivity 97.2%, with an F1 score of 0.8.", line
    )
    assert "attributed" not in variants("Its sensitivity is 100% and its specificity 97.2%.", line)
