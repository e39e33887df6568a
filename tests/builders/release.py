"""Builds a promotional piece that is signed and waits for its release, in any market."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from assistant.corpus.model import ApprovalRequest
from assistant.corpus.products import update_product
from assistant.people.roles import Actor
from assistant.publishing.conditions.permits import request_permit
from assistant.publishing.conditions.standing import release_json
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.review.attestations import attest
from assistant.review.decisions import approve
from assistant.review.overrides import override
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.database import Database
from tests.builders.dossier import Terms, add_piece, add_source, document_of

People = dict[str, Actor]
NUMBER = "26/07/69999991/PM/001"
OTHER = "26/07/69999991/PM/002"
JULY = datetime(2026, 7, 10, 9, 0, tzinfo=UTC)
LONG = ApprovalRequest("REF-9", date(2026, 1, 1), date(2035, 1, 1))
"""An approval that outlives every visa."""
PASSWORD = "a passphrase for the tests"
CIS = "69999991"


def promotional(
    db: Database, people: People, source: str, market: str, count: int = 2, audience: str = "hcp"
) -> str:
    """Its missing mentions are overridden by two named reviewers; returns the piece's id."""
    sheet = {"cis": CIS, **({} if audience == "hcp" else {"public_advertising": True})}
    update_product(db, people["librarian"], "Velmora", sheet)
    terms = Terms(qualification="promotional", market=market, audience=audience)
    piece = add_piece(db, people["writer"], document_of(db, source, count), terms)
    sign_promotional(db, people, piece.id)
    return piece.id


def published_by_silence(db: Database, people: People, clock: Any) -> Publication:
    """Asked for on 10 July, published on 1 October 2026 since nobody had recorded an answer; its source outlives it."""
    source = add_source(db, people["librarian"], approval=LONG)
    piece = promotional(db, people, source, "FR")
    clock.instant = JULY
    request_permit(db, people["pharmacist"], piece, NUMBER, date(2026, 7, 10))
    clock.instant = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    return publish(db, people["pharmacist"], piece)


def sign_promotional(db: Database, people: People, piece: str, attested: Sequence[str] = ()) -> None:
    """Submit it, override what blocks, attest what is named, and sign for every role that has to."""
    submit(db, people["writer"], piece, override_request="Mentions on the page around it")
    for block in review_json(db, people["legal"], piece)["open"]["blocks"]:
        for name in ("legal", "regulatory"):
            override(db, people[name], piece, block["rule"], block["where"], "Seen")
    for lineage in attested:
        attest(db, people["medical"], piece, lineage, "Read")
    for name in ("medical", "legal", "regulatory"):
        approve(db, people[name], piece, PASSWORD)


def panel(db: Database, people: People, piece: str, condition: str) -> dict[str, Any]:
    """How one condition of a piece stands."""
    shown = release_json(db, people["auditor"], piece)
    return next(one for one in shown["conditions"] if one["id"] == condition)
