"""Signs a piece that is not promotional, and asks whether a publication is served."""

from assistant.publishing.model import Publication
from assistant.publishing.serving import served
from assistant.review.decisions import approve
from assistant.review.submission import submit
from assistant.store.database import Database
from tests.builders.release import PASSWORD, People


def sign(db: Database, people: People, piece_id: str) -> str:
    """Submit it and sign it for both roles that have to."""
    submit(db, people["writer"], piece_id)
    approve(db, people["medical"], piece_id, PASSWORD)
    approve(db, people["regulatory"], piece_id, PASSWORD)
    return piece_id


def is_served(db: Database, publication: Publication) -> tuple[bool, str]:
    """Whether it may be served now, and the code of why not."""
    with db.read() as connection:
        state = served(connection, publication.id, db.clock.now())
        return state.ok, state.code
