"""A question that names no matter of its own takes that of the one before; any other is read as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.following import Thing, asks_alone, carried, leans, narrowed_to, without_thing

NAMES = ("Velmora", "cardorelone")


@pytest.mark.parametrize(
    ("before", "typed", "read"),
    [
        ("starting dose in adults?", "and in children?", "starting dose in children?"),
        ("dose adjustment in renal impairment?", "and hepatic?", "dose adjustment in hepatic impairment?"),
        ("is it contraindicated in lactation?", "and pregnancy?", "is it contraindicated in pregnancy?"),
        ("Shelf life after first use?", "and unopened?", "Shelf life unopened?"),
        ("dose for 85 kg?", "and for 65 kg?", "dose for 65 kg?"),
        ("can Velmora be taken with warfarin?", "and with digoxin?", "can Velmora be taken with digoxin?"),
        ("how common is nausea?", "and headache?", "how common is headache?"),
        ("shelf life?", "what about the 10 mg tablets?", "shelf life the 10 mg tablets?"),
        ("what to do for grade 3 rash?", "and grade 4?", "what to do for grade 4 rash?"),
        ("posologie chez l’adulte ?", "et chez l’enfant ?", "posologie chez l’enfant ?"),
        ("dose en cas d’insuffisance rénale ?", "et hépatique ?", "dose en cas d’insuffisance hépatique ?"),
        ("posologie ?", "chez la femme enceinte ?", "posologie chez la femme enceinte ?"),
        ("dose in mild hepatic impairment?", "and severe hepatic?", "dose in severe hepatic impairment?"),
        (
            "dose in mild renal impairment?",
            "what about severe hepatic impairment?",
            "dose in severe hepatic impairment?",
        ),
        ("and the half-life in adults?", "and in children?", "and the half-life in children?"),
        ("shelf life after opening?", "and before opening?", "shelf life before opening?"),
        ("dose in renal impairment?", "and mild hepatic?", "dose in mild hepatic impairment?"),
        ("dose in mild renal impairment?", "and hepatic?", "dose in mild hepatic impairment?"),
        ("dose in mild renal impairment?", "and hepatic impairment?", "dose in hepatic impairment?"),
        ("dose in severe renal failure?", "and dialysis?", "dose in dialysis?"),
        ("how common is mild rash?", "and severe headache?", "how common is severe headache?"),
        (
            "dose en cas d’insuffisance hépatique légère ?",
            "et sévère hépatique ?",
            "dose en cas d’insuffisance sévère hépatique ?",
        ),
        (
            "dose en cas d’insuffisance rénale légère ?",
            "et hépatique sévère ?",
            "dose en cas d’insuffisance hépatique sévère ?",
        ),
        (
            "dose en cas d’insuffisance rénale légère ?",
            "et insuffisance hépatique ?",
            "dose en cas d’insuffisance hépatique ?",
        ),
    ],
)
def test_what_is_named_takes_the_place_of_its_kind(before: str, typed: str, read: str) -> None:
    assert carried(typed, before, NAMES) == read


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        ("starting dose in adults?", "what is the half-life?"),
        ("starting dose?", "thanks"),
        ("conduite automobile ?", "grossesse ?"),
        ("starting dose?", "and the side effects in children?"),
        ("dose for 85 kg?", "and she is bleeding now from the mouth, what do I do?"),
        ("dose?", "and bicalutamide?"),
        ("can Velmora be crushed?", "and warfarin?"),
        ("missed dose?", "why?"),
        ("starting dose in women with renal impairment?", "and in pregnancy?"),
        ("dose in children?", "and in renal impairment?"),
        ("dose with warfarin and digoxin?", "and rivaroxaban?"),
        ("in adults?", "and in children?"),
        ("Velmora in adults?", "and in children?"),
        ("reduction with doxazosin?", "and vs bisoprolol?"),
        ("dose at 12 weeks. She is worse", "and at 24 weeks?"),
        ("posologie chez l’adulte ?", "and in the children?"),
        ("dose in pregnancy?", "and he swallowed a battery"),
        ("primary endpoint?", "and it was a child"),
        ("prévalence chez les hommes ?", "et chez les femmes ?"),
        ("how did cognition change in patients over 75 years?", "and 40 years old?"),
        ("evolution of memory at 2 years?", "and in 40 yo?"),
        ("and in children?", "and in the elderly?"),
        ("what about adults?", "and children?"),
        ("et chez l’adulte ?", "et chez l’enfant ?"),
        ("dose in mild or moderate hepatic impairment?", "and severe hepatic?"),
        ("dose in mild to moderate hepatic impairment?", "and in severe hepatic impairment?"),
        ("dose si insuffisance hépatique légère à modérée ?", "et hépatique sévère ?"),
        ("can men and children take it?", "and adults?"),
        ("évolution sur 2 ans et au-delà de 75 ans ?", "et à 40 ans ?"),
    ],
)
def test_any_other_question_stays_its_own(before: str, typed: str) -> None:
    assert carried(typed, before, NAMES) is None


def test_what_it_is_narrowed_to_is_told_with_its_kind() -> None:
    assert narrowed_to("and for 12 kg?", NAMES) == Thing("weight", "12 kg")
    assert narrowed_to("et chez l’enfant ?", NAMES) == Thing("age_group", "enfant")
    assert narrowed_to("and in children with renal impairment?", NAMES) is None


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        ("dose in patients without renal impairment?", "and hepatic?"),
        ("contraindicated in non-pregnant women?", "and breastfeeding?"),
        ("can it be used if she isn’t pregnant?", "and breastfeeding?"),
        ("dose in adults not on dialysis?", "and in hepatic impairment?"),
        ("dose with normal renal function?", "and hepatic impairment?"),
        ("dose in renal impairment with eGFR below 30?", "and hepatic?"),
        ("dose in hepatic impairment Child-Pugh B?", "and renal?"),
        ("can it be used without spironolactone?", "and with ketoconazole?"),
        ("dose for less than 60 kg?", "and 90 kg?"),
        ("dose < 60 kg?", "and 90 kg?"),
        ("dose from 30 to 60 kg?", "and 90 kg?"),
        ("dose in children over 12 years?", "and adults?"),
        ("dose in children aged 6 to 12 years?", "and adolescents?"),
        ("dose in children 6-12 years?", "and adults?"),
        ("dose in adults over 75?", "and children?"),
        ("posologie sans insuffisance rénale ?", "et hépatique ?"),
        ("posologie en l’absence d’insuffisance rénale ?", "et hépatique ?"),
        ("posologie chez la femme non enceinte ?", "et allaitante ?"),
        ("dose pour moins de 60 kg ?", "et pour 90 kg ?"),
        ("dose à partir de 60 kg ?", "et 90 kg ?"),
        ("dose chez l’enfant de plus de 12 ans ?", "et chez l’adulte ?"),
        ("dose chez l’enfant de 6 à 12 ans ?", "et chez l’adulte ?"),
    ],
)
def test_nothing_is_put_where_a_bound_or_a_denial_of_the_other_would_stand_around_it(
    before: str, typed: str
) -> None:
    assert carried(typed, before, NAMES) is None


@pytest.mark.parametrize(
    ("before", "typed", "read"),
    [
        ("survival in adults at 12 months?", "and in children?", "survival in children at 12 months?"),
        ("survie à 12 mois ?", "et à 24 mois ?", "survie à 24 mois ?"),
        ("is the 5 mg tablet for adults?", "and children?", "is the 5 mg tablet for children?"),
        ("is it more common in adults?", "and in children?", "is it more common in children?"),
        (
            "is it used in adults to reduce mortality?",
            "and in children?",
            "is it used in children to reduce mortality?",
        ),
        ("dose chez l’adulte de 20 mg ?", "et chez l’enfant ?", "dose chez l’enfant de 20 mg ?"),
        (
            "que faire en cas d’insuffisance rénale ?",
            "et hépatique ?",
            "que faire en cas d’insuffisance hépatique ?",
        ),
    ],
)
def test_a_figure_or_a_comparison_that_is_no_bound_keeps_its_place(
    before: str, typed: str, read: str
) -> None:
    assert carried(typed, before, NAMES) == read


@pytest.mark.parametrize(
    "typed",
    [
        "and in children?",
        "in the elderly?",
        "and after opening?",
        "what about severe hepatic impairment?",
        "and in children with renal impairment?",
        "and severe?",
        "and over 75?",
        "and in women?",
        "and not in pregnancy?",
        "and warfarin or digoxin?",
        "and with Velmora in children?",
        "et chez l’enfant de plus de 12 ans ?",
        "et hépatique légère à modérée ?",
        "et moins de 60 kg ?",
        "chez la femme enceinte ?",
    ],
)
def test_what_only_names_whom_or_how_far_is_a_follow_up_by_its_form(typed: str) -> None:
    assert leans(typed, NAMES)


@pytest.mark.parametrize(
    "typed",
    [
        "what is the dose in children?",
        "pregnancy?",
        "contraindications in pregnancy?",
        "and the half-life?",
        "and the dose in children?",
        "and?",
        "thanks",
        "what about driving?",
        "et la durée de conservation ?",
        "et en cas d’oubli ?",
        "grossesse ?",
    ],
)
def test_what_names_a_matter_or_opens_with_nothing_is_a_question_of_its_own(typed: str) -> None:
    assert not leans(typed, NAMES)


def test_a_degree_of_a_disease_and_one_of_what_is_listed_are_whole_by_their_own_words() -> None:
    assert asks_alone("and severe hepatic impairment?", "half-life?", NAMES)
    assert asks_alone("and headache?", "side effects?", NAMES)
    assert asks_alone("et avec la warfarine ?", "interactions ?", NAMES)
    assert not asks_alone("and severe hepatic?", "half-life?", NAMES)
    assert not asks_alone("and headache?", "dose?", NAMES)
    assert not asks_alone("and in children?", "side effects?", NAMES)


def test_the_matter_is_what_is_left_without_the_thing_and_what_leads_to_it() -> None:
    assert without_thing("reconstitution in pregnancy?", Thing("state", "pregnancy")).split() == [
        "reconstitution",
        "?",
    ]
    left = without_thing("insulin requirements in hepatic impairment?", Thing("organ", "hepatic"))
    assert left.split() == ["insulin", "requirements", "?"]


@given(st.text(max_size=80), st.text(max_size=120))
def test_any_text_may_be_typed(typed: str, before: str) -> None:
    read = carried(typed, before, NAMES)
    assert read is None or read.endswith("?")


@pytest.mark.parametrize(
    ("before", "typed", "read"),
    [
        ("fréquence de l’hypotension ?", "et de la toux ?", "fréquence de la toux ?"),
        ("fréquence de l'hypotension ?", "et la toux ?", "fréquence de la toux ?"),
        ("fréquence de l’hypotension ?", "et toux ?", "fréquence de toux ?"),
        ("fréquence de la toux ?", "et hypotension ?", "fréquence d’hypotension ?"),
        ("fréquence de la toux ?", "et de l’hypotension ?", "fréquence de l’hypotension ?"),
        ("fréquence du vertige ?", "et des nausées ?", "fréquence des nausées ?"),
        ("association avec l’aspirine ?", "et la warfarine ?", "association avec la warfarine ?"),
        ("association avec l’aspirine ?", "et kétoconazole ?", "association avec kétoconazole ?"),
        ("la toux est-elle fréquente ?", "et l’hypotension ?", "l’hypotension est-elle fréquente ?"),
        ("posologie chez l’adulte ?", "et le nourrisson ?", "posologie chez le nourrisson ?"),
        ("how common is nausea?", "and the headache?", "how common is headache?"),
        ("dose in Child-Pugh B?", "and Child-Pugh C?", "dose in Child-Pugh C?"),
        ("dose chez le cirrhotique Child B ?", "et Child A ?", "dose chez le cirrhotique Child A ?"),
        ("use in NYHA class II?", "and NYHA IV?", "use in NYHA IV?"),
    ],
)
def test_it_reads_as_right_french_and_a_class_takes_a_class_s_place(
    before: str, typed: str, read: str
) -> None:
    assert carried(typed, before, NAMES) == read


@pytest.mark.parametrize(
    "typed",
    [
        "severe?",
        "mild or moderate?",
        "class II?",
        "and C?",
        "grade 3?",
        "et les rares ?",
        "rare ones?",
        "and the serious ones?",
        "légère ?",
    ],
)
def test_how_far_or_how_often_alone_leans_and_says_not_on_what(typed: str) -> None:
    assert leans(typed, NAMES)
    assert narrowed_to(typed, NAMES) is None or not asks_alone(typed, "side effects?", NAMES)


@pytest.mark.parametrize("typed", ["severe renal impairment?", "serious headache?", "rare diseases?"])
def test_what_says_of_what_is_no_bare_degree(typed: str) -> None:
    assert not leans(typed, NAMES)


def test_what_is_measured_is_nobody_whom_it_is_for() -> None:
    assert carried("and of renal function?", "monitoring of potassium", NAMES) is None
    assert (
        carried("and in renal impairment?", "starting dose?", NAMES) == "starting dose in renal impairment?"
    )
