"""Whether a sentence or a paper gives the time and the dose that a question gives."""

import time

import pytest

from assistant.chat.times_and_doses import contradicts, gives_time_or_dose, silent_on

TRIAL = (
    "Patients took 110 or 150 mg twice daily and were seen at 3, 6 and 12 months; fewer relapsed at month 12."
)


@pytest.mark.parametrize(
    "question",
    ["relapses at 5 years?", "relapses at 18 months", "rechutes à deux ans ?", "relapses with 75 mg?"],
)
def test_a_trial_is_silent_on_a_time_and_a_dose_that_it_nowhere_gives(question: str) -> None:
    assert silent_on(TRIAL, question)


@pytest.mark.parametrize(
    "question",
    [
        "relapses at one year?",
        "relapses at week 52",
        "rechutes à six mois ?",
        "with 110 mg?",
        "over 75 years of age?",
        "relapses?",
    ],
)
def test_a_trial_is_not_silent_on_what_it_gives_nor_on_an_age(question: str) -> None:
    assert not silent_on(TRIAL, question)


@pytest.mark.parametrize(
    ("sentence", "heading", "question", "other"),
    [
        ("At week 12 the score fell by 4 points.", "", "score at week 24?", True),
        ("At weeks 12 and 24 the score fell.", "", "score at six months?", False),
        ("The score fell by 4 points.", "", "score at week 24?", False),
        ("Each tablet contains 20 mg of lactose.", "Tablets of 10 mg", "lactose in the 15 mg tablets?", True),
        (
            "Each tablet contains 20 mg of lactose.",
            "Tablets of 10 mg",
            "lactose in the 10 mg tablets?",
            False,
        ),
        ("A dose of 20 mg is given.", "", "can 10 mg be given?", False),
    ],
)
def test_a_sentence_on_another_time_or_strength_is_of_another_question(
    sentence: str, heading: str, question: str, other: bool
) -> None:
    assert contradicts(sentence, heading, question) == other


def test_a_label_need_not_repeat_a_dose_in_its_results() -> None:
    assert silent_on("Seizures fell by 40% at 24 weeks.", "seizures at 30 mg?")
    assert not silent_on("Seizures fell by 40% at 24 weeks.", "seizures at 30 mg?", of_doses=False)
    assert silent_on("Seizures fell by 40% at 24 weeks.", "seizures at 5 years?", of_doses=False)


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("seizures at 30 mg?", True),
        ("crises à 5 ans ?", True),
        ("is it taken with food?", False),
        ("contre-indications ?", False),
    ],
)
def test_of_a_question_without_a_time_or_a_dose_no_source_is_silent(question: str, given: bool) -> None:
    assert gives_time_or_dose(question) == given
    assert given or not silent_on(TRIAL, question)


@pytest.mark.parametrize("figures", ["1" * 20_000, "1, " * 7_000, "1 to " * 4_000])
def test_a_long_row_of_figures_is_read_in_a_moment(figures: str) -> None:
    started = time.process_time()
    assert silent_on(figures, "seizures at 12 weeks of 30 mg?")
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("sentence", "question", "other"),
    [
        ("Efficacy has not been evaluated for longer than 3 months.", "efficacy after 12 months?", False),
        ("Efficacy has not been evaluated for longer than 3 months.", "efficacy after 6 weeks?", True),
        ("L'efficacité n'a pas été évaluée au-delà de 3 mois.", "efficacité à 1 an ?", False),
        ("The score fell over the first 3 months.", "score after 12 months?", True),
        ("Over 18 months, 12% were hospitalised.", "hospitalised at 5 years?", True),
        ("In patients treated for at least 6 months, weight fell by 8%.", "weight at 5 years?", True),
        ("It was not evaluated in children, and fell for more than 6 months.", "at 5 years?", True),
    ],
)
def test_what_is_said_of_all_that_is_longer_is_said_of_a_longer_time(
    sentence: str, question: str, other: bool
) -> None:
    assert contradicts(sentence, "", question) is other


@pytest.mark.parametrize(
    "question",
    [
        "can it be given 8 h after onset of symptoms?",
        "can it be given 8 hours after the onset of the symptoms?",
        "peut-on le donner 8 heures après le début des symptômes ?",
    ],
)
def test_whether_it_is_too_late_only_what_gives_a_time_tells(question: str) -> None:
    soon = "Treatment should be initiated as soon as possible after onset of symptoms."
    assert contradicts(soon, "", question)
    assert contradicts("It is given within 6 hours of the onset of symptoms.", "", question)
    assert not contradicts("It may be given up to 8 hours after the onset of symptoms.", "", question)
    assert not contradicts(soon, "", "when is it given after onset of symptoms?")
    assert not contradicts(soon, "", "dose 8 hours after the first injection?")
