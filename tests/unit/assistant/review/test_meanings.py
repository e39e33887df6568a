"""The meaning of a signature is told in the reader's language and kept as it was signed."""

import pytest

from assistant.people.roles import Actor, Permission, Role
from assistant.publishing.confirming import MEANING
from assistant.review.meanings import SIGNERS, meaning_in


@pytest.mark.parametrize(
    ("signed", "english", "french"),
    [
        ("approval", "approval", "approbation"),
        ("approbation", "approval", "approbation"),
        (
            "Medical reviewer: approval",
            "Medical reviewer: approval",
            "Relecteur médical\N{NO-BREAK SPACE}: approbation",
        ),
        (
            "Pharmacien responsable : approbation",
            "Responsible pharmacist: approval",
            "Pharmacien responsable : approbation",
        ),
        (MEANING, MEANING, "confirmation que le contenu tient dans la nouvelle version"),
    ],
)
def test_what_the_product_proposes_is_told_in_either_language(signed: str, english: str, french: str) -> None:
    assert (meaning_in(signed, "en"), meaning_in(signed, "fr")) == (english, french)


@pytest.mark.parametrize("own", ["approval of the dosing table only", "Medical approval", "", "Zustimmung"])
def test_what_people_wrote_themselves_stays_as_they_wrote_it(own: str) -> None:
    assert meaning_in(own, "fr") == own


def test_a_language_without_words_of_its_own_shows_what_was_signed() -> None:
    assert meaning_in("approval", "de") == "approval"


def test_every_role_that_signs_is_known() -> None:
    signing = {
        role.value for role in Role if Actor("user_1", "One", frozenset({role})).may(Permission.REVIEW)
    }
    assert set(SIGNERS) == signing
