"""A source for every market, and signed pieces that wait for their release or had it by silence."""

from datetime import UTC, date, datetime

import pytest

from assistant.publishing.conditions.permits import (
    request_permit,
)
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.store.database import Database
from tests.builders.dossier import add_source
from tests.builders.release import JULY, LONG, NUMBER, People, promotional
from tests.integration.conftest import FakeClock


@pytest.fixture
def source(db: Database, people: People) -> str:
    return add_source(db, people["librarian"], markets=("EU", "FR", "UK", "US"))


@pytest.fixture
def french(db: Database, people: People, source: str, clock: FakeClock) -> str:
    """Signed on 15 June, with the clock in July's window of deposit (8 to 28 July 2026)."""
    piece = promotional(db, people, source, "FR")
    clock.instant = JULY
    return piece


@pytest.fixture
def by_silence(db: Database, people: People, clock: FakeClock) -> Publication:
    """Asked for on 10 July, published on 1 October 2026 since nobody had recorded an answer; its source outlives it."""
    source = add_source(db, people["librarian"], approval=LONG)
    piece = promotional(db, people, source, "FR")
    clock.instant = JULY
    request_permit(db, people["pharmacist"], piece, NUMBER, date(2026, 7, 10))
    clock.instant = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    published = publish(db, people["pharmacist"], piece)
    assert (published.expires_on, published.release["visa_tacit"]) == (date(2028, 9, 29), "yes")
    return published


@pytest.fixture
def british(db: Database, people: People, source: str) -> str:
    return promotional(db, people, source, "UK")
