import pytest

from assistant.chat.bounds import Interval, bounds, excludes, stated

BELOW_30 = "There is limited experience in patients with an eGFR below 30 mL/min/1.73 m², in whom the dose is 5 mg once daily."
SOUS_30 = "L’expérience est limitée chez les patients dont le DFGe est inférieur à 30 mL/min/1,73 m²."


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (BELOW_30, "My patient has an eGFR of 45: what starting dose?"),
        (BELOW_30, "eGFR 45 mL/min/1.73 m²: which dose?"),
        (BELOW_30, "Which dose at 45 mL/min?"),
        (BELOW_30, "Which dose if eGFR is between 30 and 60?"),
        (BELOW_30, "Which dose with a creatinine clearance of 30 mL/min?"),
        (SOUS_30, "Mon patient a un DFGe à 45 : quelle dose ?"),
        (SOUS_30, "Quelle dose si le DFG est d'au moins 30 ?"),
        ("The target dose is 20 mg in patients with an eGFR of 60 mL/min/1.73 m² or more.", "Target dose with an eGFR of 59?"),
        ("30 to less than 60 mL/min eGFR: 10 mg.", "Dose for an eGFR of 60?"),
        ("Reduce the dose if serum potassium is more than 5.5 to 6.0 mmol/L.", "Potassium is 5.5, what should be done?"),
        ("Le traitement est arrêté si la kaliémie est supérieure à 6,0 mmol/L.", "Que faire si la kaliémie est à 5,8 ?"),
        ("La dose est maintenue si la kaliémie est comprise entre 5,0 et 5,5 mmol/L.", "Kaliémie de 4,6 : quelle dose ?"),
        ("It is indicated with left ventricular ejection fraction of 40% or less.", "Is it indicated with an LVEF of 55%?"),
        ("Indiqué si la fraction d’éjection est ≤ 40 %.", "Puis-je le donner avec une FEVG de 50 % ?"),
        ("The safety in children below 18 years of age has not been established.", "Dose in a 45-year-old patient?"),
        ("Experience in patients over 85 years of age is limited.", "Which dose for a patient aged 80?"),
        ("Aucune donnée chez les enfants de moins de 18 ans.", "Quelle dose chez un patient de 70 ans ?"),
        ("In patients with moderate hepatic impairment (Child-Pugh B), the dose is 5 mg.", "Dose in Child-Pugh A?"),
        ("It is contraindicated in severe hepatic impairment (Child-Pugh C).", "Dose in moderate hepatic impairment?"),
        ("Contre-indiqué en cas d’insuffisance hépatique sévère.", "Quelle dose en Child-Pugh A ?"),
        ("Patients who weigh less than 50 kg start at 5 mg.", "Dose for a patient weighing 80 kg?"),
        ("With a systolic blood pressure below 100 mmHg, volume is corrected first.", "Systolic pressure of 130: what dose?"),
    ],
)  # fmt: skip
def test_a_sentence_about_other_values_than_the_asked_one_is_excluded(sentence: str, question: str) -> None:
    assert excludes(sentence, question)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (BELOW_30, "My patient has an eGFR of 25: what starting dose?"),
        (BELOW_30, "What is the dose in renal impairment?"),
        (BELOW_30, "Which dose if eGFR is below 20?"),
        (SOUS_30, "Mon patient a un DFGe de 25 mL/min : quelle dose initiale ?"),
        ("The target dose is 20 mg with an eGFR of 60 mL/min/1.73 m² or more.", "Target dose with an eGFR of 60?"),
        ("Potassium is measured 1 week and 4 weeks after the start.", "Potassium of 5.2: when is it measured again?"),
        ("The recommended starting dose is 10 mg once daily.", "My patient has an eGFR of 45: what starting dose?"),
        ("Potassium must be 5.0 mmol/L or less and eGFR must be above 30 mL/min.", "Start with potassium 4.5 and eGFR 45?"),
        ("The mean left ventricular ejection fraction was 29.7%.", "Mean LVEF of 35%?"),
        ("In moderate hepatic impairment (Child-Pugh B), the dose is 5 mg.", "Dose in Child-Pugh B?"),
        ("No adjustment in mild to moderate hepatic impairment.", "Dose in moderate hepatic impairment?"),
        ("Experience in patients over 85 years of age is limited.", "Dose for an 86-year-old patient?"),
        ("The patients had NYHA class II to IV.", "Were NYHA class III patients included?"),
        ("Hyperkalaemia was reported in more than 10% of patients.", "Potassium of 5.2: how frequent is it?"),
        (BELOW_30, ""),
    ],
)  # fmt: skip
def test_a_sentence_that_holds_the_value_or_bounds_nothing_stays(sentence: str, question: str) -> None:
    assert not excludes(sentence, question)


def test_a_range_is_one_interval_with_its_open_end() -> None:
    assert bounds("eGFR from 30 to less than 60 mL/min") == {"egfr": (Interval(30, 60, open_high=True),)}
    assert bounds("Kaliémie supérieure à 5,0 et jusqu’à 5,5 mmol/L") == {
        "potassium": (Interval(5.0, 5.5, open_low=True),)
    }


def test_a_week_a_dose_or_an_enzyme_is_no_value_of_a_measure() -> None:
    assert stated("When is potassium measured: at week 4, with 10 mg, with CYP3A4 inhibitors?") == {}


def test_values_of_two_measures_are_told_apart() -> None:
    asked = stated("Dose for an 86-year-old patient with an eGFR of 70 and a kaliémie à 4,8 mmol/L?")
    assert asked == {
        "egfr": (Interval(70, 70),),
        "age": (Interval(86, 86),),
        "potassium": (Interval(4.8, 4.8),),
    }


@pytest.mark.parametrize(
    ("question", "low"),
    [("any data in the over 70s?", 70), ("over-80s", 80), ("des données après 65 ans ?", 65)],
)
def test_an_age_group_is_an_age(question: str, low: float) -> None:
    (age,) = stated(question)["age"]
    assert age.low == low


def test_these_are_no_ages() -> None:
    for question in ("after 52 weeks", "over 70 mg", "après 10 ans de suivi", "since the 90s"):
        assert "age" not in stated(question)


@pytest.mark.parametrize("question", ["clairance 20, dose ?", "clearance of 20"])
def test_a_clearance_with_its_value_is_that_of_creatinine(question: str) -> None:
    assert stated(question) == {"egfr": (Interval(20.0, 20.0),)}


@pytest.mark.parametrize(
    "question", ["AST 6 x LSN, CAT ?", "ALT 6x ULN", "transaminases à 6 fois la normale"]
)
def test_multiples_of_the_limit_of_normal_are_of_the_enzyme_that_is_named(question: str) -> None:
    assert stated(question) == {"transaminases": (Interval(6, 6),)}


def test_a_rule_of_a_list_by_limits_is_of_what_stands_over_it() -> None:
    rule = "> 5 and ≤ 8 x ULN: stop treatment."
    assert bounds(f"Raised ALT/AST\n{rule}") == {"transaminases": (Interval(5, 8, open_low=True),)}
    assert not bounds(f"Raised ALT or bilirubin\n{rule}")
    assert not bounds(rule)
    assert excludes(f"Raised ALT/AST\n{rule}", "ALT 9 x ULN?")
    assert not excludes("Bilirubin > 2 x ULN: stop treatment.", "ALT 1.5 x ULN?")


def test_a_body_mass_index_is_a_measure_of_its_own() -> None:
    assert not bounds("At least 18 men took part.")
    assert excludes("It is for adults with a BMI of 30 kg/m2 or more.", "BMI 27, ok?")
    assert not excludes("It is for adults with a BMI of 30 kg/m2 or more.", "BMI 32, ok?")


def test_what_is_told_in_several_units_is_no_bound() -> None:
    """A percentage is not compared with mmol/mol, nor a count per litre with one per microlitre."""
    assert not excludes("Above 53 mmol/mol of HbA1c the dose is 20 mg.", "HbA1c 8%, which dose?")
    assert not excludes("The dose is 20 mg from 300 eosinophils/µl.", "eosinophils 0.4 G/L, dose?")


def test_what_a_measure_came_to_is_its_value_and_what_it_changed_by_is_none() -> None:
    for question in ("if potassium rises to 5.8", "si la kaliémie monte à 5,8", "le potassium atteint 5,8"):
        assert stated(question) == {"potassium": (Interval(5.8, 5.8),)}, question
    assert stated("Que faire si le DFGe passe à 25 ?") == {"egfr": (Interval(25, 25),)}
    for question in (
        "if potassium rises by 0.3",
        "if potassium rises by about 0.3 mmol/L",
        "si la kaliémie augmente de 0,3 mmol/L",
        "si le DFGe baisse de 10 mL/min",
    ):
        assert stated(question) == {}, question
