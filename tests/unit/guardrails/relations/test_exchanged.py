"""A thing named where the quotes name another of its kind, and the ways to say the same that it must let stand."""

import pytest

from tests.unit.guardrails.relations.pairs import variants

LIVER = "Tolmavir may damage the liver; kidney function was not affected."
VIALS = "Each vial of Brelanex is for single use and must be stored in a refrigerator."
NAIVE = "Brelanex was studied in treatment-naive patients with psoriasis."
MILK = "Nalorel passes into breast milk; its level in the cerebrospinal fluid is not known."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Tolmavir may damage the lungs.", LIVER),
        ("Each syringe of Brelanex is for single use.", VIALS),
        ("Brelanex was studied in previously treated patients with psoriasis.", NAIVE),
        ("Brelanex was studied in treatment-naive patients with eczema.", NAIVE),
        ("Monthly doses of a corticosteroid raise the exposure.", "Monthly doses of an antifungal raise the exposure."),
        ("The open-label study lasted 12 weeks.", "The double-blind study lasted 12 weeks."),
        ("Nalorel passes into semen.", MILK),
    ],
)  # fmt: skip
def test_another_of_its_kind_is_seen(text: str, quote: str) -> None:
    assert "other_thing" in variants(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Damage to the liver may occur with tolmavir.", LIVER),
        ("Hepatic damage is possible with tolmavir.", LIVER),
        ("Tolmavir did not affect renal function.", LIVER),
        ("A vial of Brelanex is used once.", VIALS),
        ("A bottle of Brelanex is used once.", VIALS),
        ("Previously untreated patients with psoriasis received Brelanex.", NAIVE),
        ("Nalorel is found in the milk of nursing women.", MILK),
        ("Hives were seen.", "Urticaria and headache were seen."),
        ("Patients with high blood pressure may take it.", "Patients with hypertension may take it."),
        ("A heart attack happened in 3 patients.", "Myocardial infarction happened in 3 patients."),
        ("Treatment begins with 5 mg.", "The starting dose is 5 mg; treatment is stopped after a year."),
    ],
)
def test_other_words_for_the_same_are_let_stand(text: str, quote: str) -> None:
    assert not variants(text, quote)


def test_it_is_seen_across_languages() -> None:
    assert "other_thing" in variants(
        "Le stylo se garde au froid.", "Le flacon se garde au froid.", language="fr"
    )
    segment = variants(
        "Les comprimés se prennent le matin.", "Les gélules se prennent le matin.", language="fr"
    )
    assert "other_thing" in segment
