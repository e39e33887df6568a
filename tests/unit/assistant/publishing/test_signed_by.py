"""Signatures as a copy of a piece shows them: name, role, meaning, time with its zone."""

from datetime import UTC, datetime

import pytest

from api.web.words import WORDS
from assistant.publishing.signed_by import ROLES, signature_lines
from assistant.review.model import Signature


def signature(role: str = "medical", meaning: str = "approval", behalf: str | None = None) -> Signature:
    return Signature(
        id="g1",
        piece_id="p1",
        revision_id="r1",
        decision_id="d1",
        manifest_hash="a" * 64,
        user_id="u1",
        printed_name="Rita Moreau",
        role=role,
        meaning=meaning,
        signed_at=datetime(2026, 7, 1, 22, 30, 5, tzinfo=UTC),
        on_behalf_of="u2" if behalf else None,
        behalf_name=behalf,
    )


@pytest.mark.parametrize(
    ("language", "market", "line"),
    [
        (
            "en",
            "UK",
            "Rita Moreau · Medical reviewer · approval · 2026-07-01 23:30:05 (UTC+0100, Europe/London)",
        ),
        (
            "fr",
            "FR",
            "Rita Moreau · Relecteur médical · approbation · 2026-07-02 00:30:05 (UTC+0200, Europe/Paris)",
        ),
        (
            "de",
            "DE",
            "Rita Moreau · Medical reviewer · approval · 2026-07-02 00:30:05 (UTC+0200, Europe/Berlin)",
        ),
    ],
)
def test_a_signature_says_who_as_what_why_and_when_where_the_piece_is_used(
    language: str, market: str, line: str
) -> None:
    assert signature_lines([signature()], language, market) == [line]


def test_a_deputy_is_named_with_the_person_who_was_away_and_a_meaning_stays_as_it_was_signed() -> None:
    (line,) = signature_lines([signature("pharmacist", "Reviewed the doses", "Paul Petit")], "fr", "FR")
    (proposed,) = signature_lines([signature(meaning="Medical reviewer: approval")], "fr", "FR")
    assert "Relecteur médical\N{NO-BREAK SPACE}: approbation" in proposed
    assert line.startswith("Rita Moreau pour Paul Petit · Pharmacien responsable · Reviewed the doses · ")


def test_the_roles_are_those_of_the_pages() -> None:
    for role, word in ROLES["en"].items():
        assert WORDS["role"][role] == word
