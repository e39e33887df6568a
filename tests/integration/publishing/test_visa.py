"""A French promotional piece waits for its visa, on both databases."""

from datetime import date

import pytest
from sqlalchemy import select

from assistant.errors import (
    Blocked,
    InvalidInput,
    NotAllowed,
)
from assistant.publishing.publications import publish
from assistant.store.database import Database
from assistant.store.schema import finding
from tests.builders.reading import actions, status_of
from tests.builders.release import People, promotional

VISA = {"visa_number": "26/05/69999991/PM/001", "visa_granted_on": "2026-05-31"}


@pytest.fixture
def french(db: Database, people: People, source: str) -> str:
    """A French promotional piece, approved with its missing mentions overridden."""
    return promotional(db, people, source, "FR")


def test_a_french_promotional_piece_waits_for_its_visa(db: Database, people: People, french: str) -> None:
    with pytest.raises(Blocked, match="FR11") as refusal:
        publish(db, people["pharmacist"], french)
    assert {f.rule for f in refusal.value.params["findings"]} == {"FR10", "FR11"}
    assert status_of(db, french) == "approved"
    assert "publication.refused" in actions(db)
    with db.read() as connection:
        assert "EU2" not in set(connection.scalars(select(finding.c.rule))), (
            "the signed page carries its mark"
        )
    with pytest.raises(NotAllowed):
        publish(db, people["regulatory"], french, VISA)
    with pytest.raises(Blocked, match="FR10"):
        publish(db, people["pharmacist"], french, {**VISA, "visa_number": "26/05/60000000/PM/001"})
    publication = publish(db, people["pharmacist"], french, VISA)
    assert publication.release["visa_number"] == VISA["visa_number"]


@pytest.mark.parametrize(
    "visa",
    [
        {"visa_number": VISA["visa_number"], "visa_granted_on": "2026-06-16"},
        {"visa_number": VISA["visa_number"], "visa_granted_on": "2024-06-01"},
    ],
)
def test_a_visa_that_is_not_in_force_releases_nothing(
    db: Database, people: People, french: str, visa: dict[str, str]
) -> None:
    with pytest.raises(Blocked, match="FR11"):
        publish(db, people["pharmacist"], french, visa)


def test_a_visa_number_that_is_none_is_refused(db: Database, people: People, french: str) -> None:
    with pytest.raises(InvalidInput, match="not a visa number"):
        publish(db, people["pharmacist"], french, {**VISA, "visa_number": "123"})


def test_use_ends_with_the_visa_where_that_ends_first(db: Database, people: People, french: str) -> None:
    publication = publish(db, people["pharmacist"], french, {**VISA, "visa_expires_on": "2026-12-01"})
    assert publication.expires_on == date(2026, 12, 1)
