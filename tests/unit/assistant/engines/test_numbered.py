"""STRIDE-1 is not STRIDE-4, and type 2 not type 1."""

import pytest

from assistant.engines.numbered import names_another, numbered_in


@pytest.mark.parametrize(
    ("topic", "text", "over"),
    [
        ("efficacy in type 2 diabetes", "HbA1c fell by 0.2%.", "5.1 Properties › Type 1 diabetes mellitus"),
        ("CORAL-1", "In CORAL-4, walking distance did not differ.", ""),
        ("CORAL-2", "CORAL III compared two doses.", ""),
        ("SGLT2 inhibitors", "The medicine inhibits SGLT1 in the gut.", ""),
        ("essai CORAL-1", "Dans CORAL-2, la survie ne différait pas.", ""),
    ],
)
def test_another_number_behind_the_same_word_is_another_thing(topic: str, text: str, over: str) -> None:
    assert names_another(numbered_in(topic), text, over)


@pytest.mark.parametrize(
    ("topic", "text", "over"),
    [
        ("efficacy in type 2 diabetes", "In type 2 patients HbA1c fell.", "Type 1 diabetes mellitus"),
        ("type 2 diabetes", "Patients with types 1 or 2 were asked.", ""),
        ("CORAL-1", "In both CORAL-1 and CORAL-4 trials walking distance rose.", ""),
        ("CORAL-2", "A large trial (CORAL II) showed the same.", ""),
        ("CORAL I", "CORAL I-III were put together.", ""),
        ("week 12", "At week 24 the difference was 3 points.", ""),
        ("renal impairment stage 3 or worse", "It must not be given in renal impairment of stage 5.", ""),
        ("grade 3 events", "Grade 4 events were seen in 8% of patients.", ""),
        ("NYHA class III", "It is started in hospital in NYHA class II to IV.", ""),
        ("phase 3", "Studies of phase I, II and III were put together.", ""),
        ("dose 10 mg", "A dose 20 mg higher was tried.", ""),
        ("CORAL-1", "Walking distance rose by 35 metres.", "Efficacy"),
        ("bleeding", "In CORAL-4 bleeding was seen in 2%.", ""),
        ("interleukin-6", "Interleukin 1β did not change.", ""),
    ],
)
def test_the_same_number_a_range_with_it_a_measure_and_no_number_are_not(
    topic: str, text: str, over: str
) -> None:
    assert not names_another(numbered_in(topic), text, over)
