from dataclasses import replace

import pytest

from assistant.chat.neighbours import goes_on, told_with, two_rules
from assistant.chat.question import take_apart
from assistant.chat.readable import readable
from assistant.chat.wording import flat
from assistant.engines.protocol import Quote
from assistant.engines.units import Unit

SECTION = ("4. CLINICAL PARTICULARS", "4.2 Posology and method of administration")


def unit(order: int, text: str) -> Unit:
    return Unit(
        text=text,
        kind="sentence",
        quotes=(Quote("p1", text),),
        source="label",
        source_kind="label",
        language="en",
        zone="dose",
        section=SECTION,
        heading=SECTION[-1],
        slide=False,
        order=order,
        special=False,
        doubtful=False,
        first_of_section=False,
        abstract=False,
    )


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "If a potent P-gp inhibitor has to be given, reduce the dose to 15 mg.",
            "When the P-gp inhibitor is stopped, the former dose is resumed.",
        ),
        ("The combination should be avoided.", "However, short courses are possible."),
        (
            "No dose adjustment is needed in mild renal impairment.",
            "It has not been studied in patients on haemodialysis.",
        ),
        (
            "Aucune adaptation n'est nécessaire chez l'insuffisant rénal modéré.",
            "Ravolimide n'a pas été étudié chez les patients dialysés.",
        ),
        (
            "L'association aux inhibiteurs puissants de la P-gp est déconseillée.",
            "Si un inhibiteur puissant de la P-gp est indispensable, la dose est de 15 mg.",
        ),
        ("La dose est réduite à 5 mg.", "Dans ce cas, la kaliémie est contrôlée chaque semaine."),
        (
            "Les relaxants musculaires peuvent augmenter la somnolence.",
            "En cas d’association avec Nalorel, la vigilance doit être surveillée plus souvent.",
        ),
        (
            "The extent of the interaction with torvulastin is unknown.",
            "Patients in need of the combination should be closely monitored.",
        ),
    ],
)
def test_a_sentence_goes_on_with_its_limit_or_its_case(text: str, after: str) -> None:
    assert goes_on(text, after)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("The maximum dose is 40 mg a day.", "Tablets are taken with food."),
        ("If a dose is missed, it is taken the next day.", "If a patient has a rash, the dose is halved."),
        (
            "No dose adjustment is needed in renal impairment.",
            "Safety has not been established in patients under 18.",
        ),
        ("La dose maximale est de 40 mg par jour.", "Le comprimé se prend au cours d'un repas."),
        (
            "Relaxants may increase drowsiness.",
            "In case of co-administration with brivoprazole, halve the dose.",
        ),
    ],
)
def test_another_subject_does_not_go_on(text: str, after: str) -> None:
    assert not goes_on(text, after)


def test_what_only_differs_is_told_with_what_it_differs_from() -> None:
    rule = unit(4, "Platelets are counted every month.")
    exception = unit(5, "Counts should be more frequent when the dose was raised.")
    assert told_with([rule, exception]) == {exception.text: (rule,)}
    compared = unit(5, "Counts were more frequent than planned.")
    assert told_with([rule, compared]) == {}


def test_what_is_not_known_of_somebody_is_told_with_what_to_do_with_them() -> None:
    unknown = unit(1, "There are no data from the use of ravolimide in pregnant women.")
    animals = unit(2, "Studies in animals have shown no harm to reproduction.")
    advice = unit(3, "Ravolimide is not recommended during pregnancy.")
    of_others = unit(4, "Ravolimide should not be given on haemodialysis.")
    assert told_with([unknown, animals, advice, of_others])[unknown.text] == (advice,)
    assert unknown.text not in told_with([unknown, animals, of_others])


def test_only_neighbours_of_one_section_are_told_together() -> None:
    one, far = unit(4, "The combination should be avoided."), unit(6, "However, it may be given for a week.")
    assert told_with([one, far]) == {}
    elsewhere = replace(far, order=5, section=("4.5 Interaction",))
    assert told_with([one, elsewhere]) == {}


@pytest.mark.parametrize(
    ("question", "concept", "said", "other"),
    [
        (
            "what trough level is the target?",
            "target_level",
            "The therapeutic range is 5 to 10 ng/ml.",
            "Levels rose to 12 ng/ml within a week.",
        ),
        (
            "concentration cible ?",
            "target_level",
            "La fenêtre thérapeutique est de 5 à 10 ng/ml.",
            "La concentration maximale est atteinte en 2 heures.",
        ),
        (
            "How should it be injected?",
            "administration",
            "Inject slowly into the thigh.",
            "After subcutaneous injection, the maximum is reached after 3 days.",
        ),
        (
            "Comment l'injecter ?",
            "administration",
            "La solution doit être injectée lentement dans la cuisse.",
            "Après injection, la demi-vie est de 9 jours.",
        ),
    ],
)
def test_kinetics_answer_no_question_on_targets_or_on_how_it_is_given(
    question: str, concept: str, said: str, other: str
) -> None:
    asked = {c.name: c for c in take_apart(question, (), frozenset()).concepts}
    assert asked[concept].narrow
    assert asked[concept].said.search(flat(said))
    assert not asked[concept].said.search(flat(other))


@pytest.mark.parametrize(
    ("milder", "sterner"),
    [
        (
            "If ALT exceeds 3 x ULN, Ravolimide should be interrupted until it is normal.",
            "If ALT is above 8 x ULN, Ravolimide must be stopped and not given again.",
        ),
        (
            "Interrompre Ravolimide si la kaliémie est supérieure à 5,5 mmol/L.",
            "Arrêter définitivement Ravolimide si la kaliémie dépasse 6,5 mmol/L.",
        ),
        (
            "Ravolimide should not be used within 14 days of discontinuing treatment with a tornate.",
            "At least 5 days should be allowed after stopping Ravolimide before starting a tornate.",
        ),
    ],
)
def test_two_rules_for_one_value_or_one_pair_of_medicines_are_told_together(
    milder: str, sterner: str
) -> None:
    together = told_with([unit(1, milder), unit(2, sterner)])
    assert [one.text for one in together[milder]] == [sterner]
    assert [one.text for one in together[sterner]] == [milder]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "If ALT exceeds 3 x ULN, Ravolimide should be interrupted.",
            "If potassium exceeds 6.0 mmol/L, Ravolimide should be stopped.",
        ),
        (
            "If ALT exceeds 3 x ULN, Ravolimide should be interrupted.",
            "ALT of more than 3 x ULN was seen in 2% of patients.",
        ),
        (
            "Wait 14 days after stopping a tornate.",
            "Contraception is needed for 3 months after stopping Ravolimide.",
        ),
    ],
)
def test_rules_for_different_values_or_medicines_are_not_two_of_one(text: str, after: str) -> None:
    assert not two_rules(text, after)


LISTED = (
    "> 5 and ≤ 8 x ULN: Confirm by another test; if confirmed, stop treatment.",
    "If the levels return to normal, Ravolimide may be considered again.",
    "> 8 x ULN: treatment must be stopped and not be given again.",
)


def test_the_rules_of_a_list_by_limits_are_told_together_whatever_stands_between() -> None:
    milder, between, sterner = (unit(at, text) for at, text in enumerate(LISTED, start=1))
    together = told_with([milder, between, sterner])
    assert sterner in together[milder.text]
    assert milder in together[sterner.text]


def test_a_rule_by_a_limit_is_told_under_a_sub_heading_that_says_of_what() -> None:
    under = ("4.4 Special warnings and precautions for use", "If ALT or AST rises:")
    rules = [
        replace(unit(at, text), section=under, heading=under[-1]) for at, text in enumerate(LISTED, start=1)
    ]
    assert [one.unit.text for one in readable(rules, ())] == [*LISTED]
    bare = [replace(one, section=under[:1], heading=under[0]) for one in rules]
    assert [one.unit.text for one in readable(bare, ())] == [LISTED[1]]


def test_the_dose_of_an_unnamed_medicine_given_beside_is_not_told_as_the_medicine_s() -> None:
    beside = ("4.2 Posology and method of administration", "Adjunctive therapy")
    texts = ("The recommended initial oral dose is 150 mg per day.", "Aspirin is given at 150 mg per day.")
    units = [replace(unit(at, text), section=beside, heading=beside[-1]) for at, text in enumerate(texts, 1)]
    assert [one.unit.text for one in readable(units, ())] == [texts[1]]
