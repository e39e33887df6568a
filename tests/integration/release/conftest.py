"""A source for every market, and signed pieces that wait for their release or had it by silence."""

from datetime import date

import pytest

from assistant.publishing.model import Publication
from assistant.store.database import Database
from tests.builders.dossier import add_source
from tests.builders.release import JULY, People, promotional, published_by_silence
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
    published = published_by_silence(db, people, clock)
    assert (published.expires_on, published.release["visa_tacit"]) == (date(2028, 9, 29), "yes")
    return published


@pytest.fixture
def british(db: Database, people: People, source: str) -> str:
    return promotional(db, people, source, "UK")
