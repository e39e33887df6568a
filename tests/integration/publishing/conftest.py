"""A signed piece, the same as published, and a newer version of its source."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.corpus.model import ApprovalRequest
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.store.database import Database
from tests.builders.dossier import add_piece, add_source, document_of
from tests.builders.publications import sign
from tests.builders.release import People


@pytest.fixture
def approved(db: Database, people: People, source: str) -> str:
    """A piece that medical and regulatory have signed."""
    return sign(db, people, add_piece(db, people["writer"], document_of(db, source)).id)


@pytest.fixture
def published(db: Database, people: People, approved: str) -> Publication:
    return publish(db, people["regulatory"], approved)


@pytest.fixture
def newer(db: Database, people: People, source: str) -> Callable[..., str]:
    """Approve a next version of the label."""

    def add(*sentences: str, replaces: str | None = None) -> str:
        return add_source(
            db,
            people["librarian"],
            sentences,
            replaces=replaces or source,
            approval=ApprovalRequest("REF-2", date(2026, 6, 1), date(2028, 1, 1)),
            title="Velmora label, next version",
        )

    return add
