"""A source, a piece that rests on it, and the piece under review."""

import pytest

from assistant.people.roles import Actor
from assistant.review.model import Piece
from assistant.review.submission import SubmitResult, submit
from assistant.store.database import Database
from tests.builders.dossier import Terms, add_piece, document_of

People = dict[str, Actor]


@pytest.fixture
def piece(db: Database, people: People, source: str) -> Piece:
    return add_piece(db, people["writer"], document_of(db, source))


@pytest.fixture
def submitted(db: Database, people: People, piece: Piece) -> SubmitResult:
    return submit(db, people["writer"], piece.id)


@pytest.fixture
def with_request(db: Database, people: People, source: str) -> Piece:
    """In review with blocks that may be overridden: a French promotional piece without any mention."""
    terms = Terms(qualification="promotional", market="FR")
    piece = add_piece(db, people["writer"], document_of(db, source), terms)
    submit(db, people["writer"], piece.id, override_request="Agreed with the agency")
    return piece
