"""A question on a dose is answered by doses, everybody's first, and by no other medicine's."""

from tests.builders.answers import told

INDICATED = {"4.1 Therapeutic indications": ["Ostivar is indicated in adults with chronic gout."]}
POSOLOGY = "4.2 Posology and method of administration"
USUAL = "Treatment in adults should be started with 2 to 3 g ostivarel per day."
URGENT = (
    "If it is urgent to control the symptoms, higher starting doses of 4 to 6 g per day may be necessary."
)
AT_THE_DOSE = "At the recommended dose headache was the most common adverse reaction of ostivarel."
SURVIVED = "In one study, healthy volunteers received a maximum dose of 40 g ostivarel per day."
OF_ANOTHER = "Patients weighing more than 67 kg should receive an initial heparin bolus of 5,000 IU."


def test_what_everybody_gets_comes_before_what_some_get() -> None:
    assert told("dose?", INDICATED | {POSOLOGY: [USUAL, URGENT]}, "label")[0] == USUAL


def test_a_rate_at_the_recommended_dose_is_no_dose() -> None:
    assert told("dose?", INDICATED | {"4.8 Undesirable effects": [AT_THE_DOSE]}, "label") == []


def test_a_label_s_restriction_answers_without_a_figure() -> None:
    kept_from = "Ostivar should not be given in severe renal impairment."
    assert told(
        "dose in severe renal impairment?", INDICATED | {"4.4 Special warnings": [kept_from]}, "label"
    ) == [kept_from]


def test_what_was_given_in_an_overdose_is_no_maximum_dose() -> None:
    assert told("max dose?", INDICATED | {"4.9 Overdose": [SURVIVED]}, "label") == []
    assert told("overdose?", INDICATED | {"4.9 Overdose": [SURVIVED]}, "label") == [SURVIVED]


def test_the_dose_of_what_is_given_beside_it_is_told_to_who_names_that() -> None:
    sections = INDICATED | {POSOLOGY: [USUAL], "Adjunctive therapy": [OF_ANOTHER]}
    assert OF_ANOTHER not in told("dose for 72 kg?", sections, "label")
    assert OF_ANOTHER in told("heparin dose for 72 kg?", sections, "label")


def test_a_dose_as_a_point_in_time_asks_for_none() -> None:
    half_life = "The terminal half-life was estimated to be 50 days."
    sections = INDICATED | {"5.2 Pharmacokinetic properties": [half_life]}
    assert told("half-life after a dose?", sections, "label") == [half_life]


def test_a_volume_is_no_dose_however_the_litre_is_written() -> None:
    for litre in ("ml", "mL"):
        vial = f"At the recommended dose each vial holds 5 {litre} of ostivarel."
        assert told("dose?", INDICATED | {"4.8 Undesirable effects": [vial]}, "label") == []


def test_a_dose_by_size_is_told_to_who_asks_for_one() -> None:
    by_surface = "Treatment should be initiated at 1.5 to 3.5 g/m2 per day."
    sections = INDICATED | {POSOLOGY: [USUAL, by_surface]}
    assert told("starting dose per m2?", sections, "label") == [by_surface]
    assert told("mg/m2 dose?", sections, "label") == [by_surface]
    assert told("dose per kg?", INDICATED | {POSOLOGY: [USUAL]}, "label") == []
    assert USUAL in told("dose with a BMI of 32 kg/m2?", INDICATED | {POSOLOGY: [USUAL]}, "label")


def test_an_exposure_is_no_dose() -> None:
    exposure = "The exposure to ostivarel was 641 mg.h/dl after a single dose of it."
    assert told("dose?", INDICATED | {"5.2 Pharmacokinetic properties": [exposure]}, "label") == []


def test_a_dose_that_killed_is_no_dose_whatever_else_is_asked() -> None:
    fatal = "In a lupus study one fatal case was reported at 600 mg ostivarel per day."
    sections = INDICATED | {POSOLOGY: [USUAL], "4.9 Overdose": [fatal]}
    assert fatal not in told("dose in lupus?", sections, "label")
    assert fatal in told("overdose in lupus?", sections, "label")


def test_what_an_arm_of_a_trial_was_given_is_no_dose_of_another_medicine() -> None:
    arms = "The trial had 3 arms: placebo, ostivarel 50 mg once daily, and open-label bosentan twice daily."
    advice = "The dose of bosentan should be halved during treatment with ostivarel."
    trial = INDICATED | {"5.1 Pharmacodynamic properties": [arms]}
    assert told("bosentan dose?", trial, "label") == []
    assert told("bosentan dose?", trial | {"4.5 Interactions": [advice]}, "label") == [advice]
