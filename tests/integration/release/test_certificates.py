"""The United Kingdom: a named signatory certifies the final form."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.errors import (
    Blocked,
    Conflict,
    InvalidInput,
    NotAllowed,
    WrongPassword,
)
from assistant.people.roles import Actor, Role
from assistant.publishing.conditions.certificates import Signing, certify
from assistant.publishing.publications import publish
from assistant.publishing.rows import load_publication
from assistant.store.database import Database
from tests.builders.dossier import Terms, add_piece, add_source, document_of
from tests.builders.reading import actions
from tests.builders.release import LONG, PASSWORD, People, promotional
from tests.integration.conftest import FakeClock

DOCTOR = Signing("doctor", "GMC 7012345")


def test_a_british_piece_is_certified_by_a_named_signatory(
    db: Database, people: People, british: str
) -> None:
    with pytest.raises(Blocked, match="UK1") as blocked:
        publish(db, people["regulatory"], british)
    assert "A doctor or pharmacist who did not draw it up" in blocked.value.help
    with pytest.raises(InvalidInput, match="signed by a doctor or pharmacist, not typed"):
        publish(db, people["regulatory"], british, {"certificate": "ZN-1"})
    with pytest.raises(WrongPassword):
        certify(db, people["medical"], british, DOCTOR, "not the passphrase of anybody")
    signed = certify(db, people["medical"], british, DOCTOR, PASSWORD)
    assert (signed.printed_name, signed.registration) == ("The medical", "GMC 7012345")
    assert signed.expires_on == date(2028, 6, 15)
    assert "fair and truthful" in str(signed.meaning)
    published = publish(db, people["regulatory"], british)
    assert published.release["certificate"] == "The medical, GMC 7012345"
    assert "release.certificate_refused" in actions(db)


def test_who_may_certify(
    db: Database, people: People, british: str, add_person: Callable[..., Actor]
) -> None:
    with pytest.raises(NotAllowed):
        certify(db, people["regulatory"], british, DOCTOR, PASSWORD)
    with pytest.raises(NotAllowed, match="cannot certify as doctor"):
        certify(db, people["pharmacist"], british, DOCTOR, PASSWORD)
    with pytest.raises(InvalidInput, match="no qualification"):
        certify(db, people["medical"], british, Signing("nurse", "12345"), PASSWORD)
    with pytest.raises(InvalidInput, match="register of the profession"):
        certify(db, people["medical"], british, Signing("doctor", "GMC"), PASSWORD)
    both = add_person("Wanda too", Role.WRITER, Role.MEDICAL)
    with pytest.raises(Conflict, match="not what would be certified"):
        certify(db, both, british, replace(DOCTOR, manifest_hash="0" * 64), PASSWORD)
    assert certify(
        db, people["pharmacist"], british, Signing("pharmacist", "2012345"), PASSWORD
    ).registration == ("GPhC 2012345")


def test_whoever_drew_it_up_does_not_certify_it(
    db: Database, source: str, add_person: Callable[..., Actor]
) -> None:
    author = add_person("Both", Role.WRITER, Role.MEDICAL)
    terms = Terms(qualification="promotional", market="UK")
    piece = add_piece(db, author, document_of(db, source), terms).id
    with pytest.raises(NotAllowed, match="wrote, edited or submitted"):
        certify(db, author, piece, DOCTOR, PASSWORD)


def test_a_piece_in_use_is_certified_again_before_two_years_are_over(
    db: Database, people: People, clock: FakeClock
) -> None:
    source = add_source(db, people["librarian"], approval=LONG, markets=("UK",))
    piece = promotional(db, people, source, "UK")
    certify(db, people["medical"], piece, DOCTOR, PASSWORD)
    published = publish(db, people["regulatory"], piece)
    assert published.expires_on == date(2028, 6, 15)
    clock.instant = datetime(2028, 5, 1, 9, 0, tzinfo=UTC)
    certify(db, people["pharmacist"], piece, Signing("pharmacist", "2012345"), PASSWORD)
    with db.read() as connection:
        assert load_publication(connection, published.id).expires_on == date(2030, 5, 1)
