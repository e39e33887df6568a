"""A sentence answers a narrowed question where it names the very thing, and not where it stands beside a likeness of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.naming import names, of_degree, units_of


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [
        ("300 mg", "Headache | 100 mg: 5% | 300mg: 9%"),
        ("2.5 mg", "The dose is 2.5 mg once daily."),
        ("2,5 mg", "The dose is 2.5 mg once daily."),
        ("50 mg", "He takes 50 mg/day."),
        ("day 3", "Urine volume rose at both day 3 (535 mL) and week 6."),
        ("6 weeks", "At week 6 the volume was unchanged."),
        ("grade 4", "Stop for grade 4 rash."),
        ("12 kg", "Children of 12 kg take one tablet."),
        ("40 years old", "In patients of 40 years the clearance is lower."),
        ("40 ans", "À partir de 40 ans, la dose est de 5 mg."),
        ("children", "Paediatric population: no data."),
        ("child", "Not recommended in children."),
        ("femmes enceintes", "Ne pas utiliser pendant la grossesse."),
        ("renal", "Severe kidney disease: 5 mg."),
        ("dialysis", "Patients on haemodialysis take half."),
        ("older people", "No adjustment in elderly patients."),
        ("warfarin", "Warfarin: a 2.4 fold increase."),
        ("headaches", "Nervous system | Headache | 9.7"),
        ("adults", "Each adult takes 5 mg."),
    ],
)
def test_a_sentence_names_the_thing(thing: str, sentence: str) -> None:
    assert names(sentence, thing)


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [
        ("12 kg", "The recommended dose is 250 mg at intervals of 1 month."),
        ("12 kg", "The mean weight was 112 kg."),
        ("12 kg", "Patients of 12.5 kg were left out."),
        ("5 mg", "The dose is 5 mg/kg."),
        ("5 mg", "The dose is 2.5 mg."),
        ("1.5 mg", "The dose is 15 mg."),
        ("300 mg", "At 100 mg, 300 patients had a headache."),
        ("day 3", "On day 30 the volume was unchanged."),
        ("40 years old", "In patients over 75 years, cognition was stable."),
        ("40 years old", "40 patients were followed for a year."),
        ("child", "In Child-Pugh class B the dose is 5 mg."),
        ("children", "Women of child-bearing potential use contraception."),
        ("older people", "All patients take 5 mg."),
        ("pregnant women", "Women take 5 mg."),
        ("personnes âgées", "Les personnes traitées prennent 5 mg."),
        ("hypertension", "Hypertriglyceridaemia is common."),
        ("renal", "Empagliflozin raised urine volume by 545 mL."),
        ("unopened", "Once opened, use within 28 days."),
    ],
)
def test_a_likeness_of_the_thing_is_not_the_thing(thing: str, sentence: str) -> None:
    assert not names(sentence, thing)


def test_years_are_one_unit_in_either_language() -> None:
    assert units_of("over 75 years") == units_of("40 ans") == units_of("40 yo") == {"year"}
    assert units_of("week 6, no figure with a unit") == frozenset()


@pytest.mark.parametrize(
    ("sentence", "question", "holds"),
    [
        ("No dose adjustment in mild hepatic impairment.", "dose in severe hepatic impairment?", False),
        ("Insuffisance hépatique légère (Child-Pugh A) : aucune adaptation.", "et sévère ?", False),
        ("Child-Pugh class A: 5 mg.", "dose in severe hepatic impairment?", False),
        ("Contraindicated in severe hepatic impairment.", "dose in severe hepatic impairment?", True),
        ("In mild and severe hepatic impairment: 5 mg.", "dose in severe hepatic impairment?", True),
        ("Contre-indiqué en Child-Pugh C.", "dose si insuffisance hépatique sévère ?", True),
        ("In hepatic impairment: 5 mg.", "dose in severe hepatic impairment?", True),
        ("No dose adjustment in mild hepatic impairment.", "dose in hepatic impairment?", True),
    ],
)
def test_what_holds_for_another_degree_does_not_hold(sentence: str, question: str, holds: bool) -> None:
    assert of_degree(sentence, question) is holds


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_may_be_compared(sentence: str, thing: str) -> None:
    assert names(sentence, thing) in {True, False}
