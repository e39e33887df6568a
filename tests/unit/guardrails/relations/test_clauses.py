"""A value or a finding of the one owner of its clause, told of an owner that the quotes name elsewhere."""

import pytest

from tests.unit.guardrails.relations.pairs import variants

AGES = (
    "Fever was seen in 31 % of participants aged 12 to 17 years and in 12 % of those aged 60 years or older."
)
LIVER = (
    "Exposure rose 3.2-fold in severe hepatic impairment, whereas it was the same in mild hepatic impairment."
)
LOOKS = "At the interim analysis follow-up was 9.4 months; at the final analysis it was 27.8 months."
CONTRA = "Nalorel is contraindicated in patients with glaucoma; in patients with asthma it needs supervision."
RASH = "Rash was very common (16 %); syncope was rare."
WHOLE = "In the overall population the rate fell (p = 0.012); in patients with diabetes it did not."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Fever was seen in 31 % of participants aged 60 years or older.", AGES),
        ("At the interim analysis, follow-up was 27.8 months.", LOOKS),
        ("Nalorel is contraindicated in patients with asthma.", CONTRA),
        ("Syncope was seen in 16 % of patients.", RASH),
        ("Syncope was very common and rash was rare.", RASH),
        ("In patients with diabetes the rate fell (p = 0.012).", WHOLE),
    ],
)
def test_what_belongs_to_another_is_seen(text: str, quote: str) -> None:
    assert "attributed" in variants(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Among participants aged 60 years or older, 12 % had fever.", AGES),
        ("Fever: 12 % (60 years or older) and 31 % (12 to 17 years).", AGES),
        ("Exposure rose 3.2-fold when hepatic impairment was severe.", LIVER),
        ("Follow-up at the final analysis was 27.8 months.", LOOKS),
        ("Patients with glaucoma must not take nalorel: it is contraindicated.", CONTRA),
        ("Rash was seen in 16 % of patients.", RASH),
        ("Rash was very common and syncope was rare.", RASH),
        ("The rate fell in the overall population (p = 0.012).", WHOLE),
        ("The dose is 10 mg in asthma.", "The dose is 10 mg in gout; the same dose is taken in asthma."),
    ],
)
def test_what_is_its_own_is_let_stand(text: str, quote: str) -> None:
    assert not variants(text, quote)


def test_one_owner_alone_is_left_to_the_reviewer() -> None:
    quote = "In gout the dose is 5 mg; it may be raised to 10 mg."
    assert "attributed" not in variants("In gout the dose is 10 mg.", quote)
