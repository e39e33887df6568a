"""Which numbers may follow from those of a quote: by computing, or told less exactly."""

import pytest

from guardrails.numbers import missing
from guardrails.numbers.derived import derivation


def how(text: str, quote: str, language: str = "en") -> set[str | None]:
    """How each number that the quote does not hold may follow from it."""
    return {
        derivation(lost.quantity, (text, language), [(quote, language)])
        for lost in missing(text, language, [(quote, language)])
    }


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The hazard was lowered by 39 %.", "The hazard ratio was 0.61."),
        ("It rose by 22 %.", "The rate ratio was 1.22."),
        ("The other 92 % had none.", "8 % of patients had one."),
        ("Of 320 patients, 22 did not.", "Of 320 patients, 298 did."),
        ("The daily dose is 20 mg/kg/day.", "It is given at 10 mg/kg twice daily."),
        ("The arms lie 12 percentage points apart.", "It was 45 % with A and 33 % with B."),
        ("It was 3-fold.", "It was 60 mg in one group and 20 mg in the other."),
    ],
)
def test_what_is_computed(text: str, quote: str) -> None:
    assert how(text, quote) == {"computed"}


def test_figures_beyond_all_measure_are_computed_with_by_nobody() -> None:
    huge = "9" * 18
    assert how("It was 7 in all.", f"It was {huge} % in one arm. The number was {huge}.") == {None}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It was 2.6 % on warfarin.", "It was 2.6 % a year on warfarin."),
        ("Patients of 65 years were left out.", "Patients of more than 65 years were left out."),
        ("Use beyond 8 weeks was not studied.", "Do not exceed 8 weeks."),
        ("It takes half an hour to one hour.", "It takes 30 to 60 minutes."),
        ("It worked on the two strains A.", "It worked on A(H1N1) and A(H3N2)."),
        ("Half had it by 6.3 weeks.", "The median time was 6.3 weeks."),
        ("The interval left out 1.", "The hazard ratio was 0.61."),
        ("It was at least 10 IU/mL.", "It lay above the threshold, which is 10 IU/mL."),
        ("It never exceeded 9.8 months.", "It came after 2.6 months (range 0.4 to 9.8)."),
        ("Do not start it at a QTc of 450 ms or more.", "Start it only if the QTc is below 450 ms."),
        (
            "Never freeze it, and do not let it lie above 30 °C.",
            "It must not be frozen. It may lie at up to 30 °C.",
        ),
        ("Do not give these patients more than 40 mg a day.", "The daily dose must not exceed 40 mg."),
        ("The quartiles of what they lost were 18 to 51 %.", "It changed by −34 % (quartiles −51 to −18 %)."),
    ],
)
def test_what_is_told_less_exactly(text: str, quote: str) -> None:
    assert how(text, quote) == {"loose"}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It lasts about two months.", "It lasts 8 weeks."),
        ("They were seen again at six months.", "They were seen again at week 24."),
        ("More than half of them slept better.", "58 % of them slept better."),
        ("Over 90 % stayed on it.", "93.2 % stayed on it."),
        ("Fewer than one in a hundred bled.", "0.4 % bled."),
        ("Under a third came back.", "29 of 100 came back."),
        ("Itching is met in 1 to 10 % of them.", "Itching: common (≥ 1/100 to < 1/10)."),
        ("Itching is met in 1 % to less than 10 %.", "Itching: common (≥ 1/100 to < 1/10)."),
        ("A quarter of them stopped.", "Of the 480 participants, 120 stopped."),
        ("25 % of them stopped.", "Of the 480 participants, 120 stopped."),
        ("One in ten was sick.", "30 of 300 were sick."),
        ("The rate was halved.", "The rate went from 3.0 before to 1.5 after."),
        ("It took twice as long.", "It took 12 days with A and 6 days with B."),
    ],
)
def test_what_is_told_otherwise(text: str, quote: str) -> None:
    assert how(text, quote) == {"otherwise"}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The hazard was lowered by 61 %.", "The hazard ratio was 0.61."),
        ("It is at least 8 weeks.", "Do not exceed 8 weeks."),
        ("Patients under 75 years need less.", "Patients of 75 years or older need less."),
        ("At least 14 days.", "Up to 14 days."),
        (
            "It must not be frozen; it may lie above 30 °C.",
            "It must not be frozen. It may lie at up to 30 °C.",
        ),
        ("More than 40 mg a day is given.", "The daily dose must not exceed 40 mg."),
        ("It was divided by 2.6.", "It was multiplied by 2.6."),
        ("It fell to 1.9 points.", "The change was −1.9 points."),
        ("The dose is 50 mg.", "The dose is 25 mg twice daily."),
        ("The dose is 45 mg.", "The dose is 30 mg."),
        ("It is for those with at most two therapies.", "It is for those with four therapies."),
        ("All were followed for at least 38 months.", "The median follow-up was 38 months."),
        ("The median was 13.4 months.", "The median was 11.2 months (95 % CI 9.7 to 13.4)."),
        ("The observed p < 0.048 counted.", "The observed value was p = 0.048."),
        ("A third of them stopped.", "Of the 480 participants, 120 stopped."),
        ("26 % of them stopped.", "Of the 480 participants, 120 stopped."),
        ("The rate was halved.", "The rate went from 4.0 before to 3.0 after."),
        ("More than half of them slept better.", "42 % of them slept better."),
        ("More than half of them slept better.", "95 % of them slept better."),
        ("Over 90 % stayed on it.", "At least 93.2 % stayed on it."),
        ("Fewer than one in a hundred bled.", "1.4 % bled."),
        ("More than 20 mg is taken.", "25 mg is taken."),
        ("They were seen again at six months.", "They were seen again at week 48."),
        ("They were seen within six months.", "They were seen after more than 24 weeks."),
        ("Itching is met in 1 to 10 % of them.", "Itching: uncommon (≥ 1/1,000 to < 1/100)."),
    ],
)
def test_what_follows_from_nothing(text: str, quote: str) -> None:
    assert how(text, quote) == {None}


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Just under one patient in twenty (4.8%) stopped.", "4.8% of patients stopped.", "en"),
        (
            "It is not given for more than three months (12 weeks).",
            "It is not given for more than 12 weeks.",
            "en",
        ),
        ("Moins d'un patient sur cinq (19,4 %) a arrêté.", "19,4 % des patients ont arrêté.", "fr"),
        (
            "Vials come in four strengths: 10 mg, 20 mg, 40 mg and 80 mg.",
            "Vials hold 10 mg, 20 mg, 40 mg or 80 mg.",
            "en",
        ),
    ],
)
def test_what_explains_the_number_beside_it(text: str, quote: str, language: str) -> None:
    assert how(text, quote, language) in ({"gloss"}, {"gloss", "loose"})


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Just under one patient in fifty (4.8%) stopped.", "4.8% of patients stopped."),
        ("Over one patient in twenty (4.8%) stopped.", "4.8% of patients stopped."),
        ("One patient in twenty (5.2%) stopped.", "4.8% of patients stopped."),
        ("Vials come in four strengths: 10 mg, 20 mg and 40 mg.", "Vials hold 10 mg, 20 mg or 40 mg."),
    ],
)
def test_what_explains_it_wrongly(text: str, quote: str) -> None:
    assert "gloss" not in how(text, quote) or len(how(text, quote)) > 1
