"""How long the names in the register of recipients are kept, and what erasing one does (rule WF7)."""

from datetime import UTC, date, datetime

import pytest

from assistant.audit.verify import verify_trail
from assistant.corpus.model import ApprovalRequest
from assistant.errors import InvalidInput, NotAllowed, NotFound, WrongState
from assistant.people.roles import Actor
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.publishing.recipients import Use, record_use
from assistant.publishing.register import erase_due, erase_recipient, register_json
from assistant.review.decisions import approve
from assistant.review.submission import submit
from assistant.store.database import Database
from tests.builders.dossier import add_piece, add_source, document_of, edit
from tests.builders.release import PASSWORD
from tests.integration.conftest import FakeClock

People = dict[str, Actor]


@pytest.fixture
def published(db: Database, people: People) -> Publication:
    piece = add_piece(db, people["writer"], document_of(db, add_source(db, people["librarian"]))).id
    return release(db, people, piece)


def release(db: Database, people: People, piece: str) -> Publication:
    submit(db, people["writer"], piece)
    for role in ("medical", "regulatory"):
        approve(db, people[role], piece, PASSWORD)
    return publish(db, people["regulatory"], piece)


def used(db: Database, people: People, published: Publication, day: date, to: str) -> str:
    return str(record_use(db, people["regulatory"], Use(published.id, "visit", day, to))["id"])


def test_names_are_kept_three_years_after_the_last_use(
    db: Database, people: People, published: Publication, clock: FakeClock
) -> None:
    first = used(db, people, published, date(2026, 6, 15), "Dr Ada Quill")
    clock.instant = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
    used(db, people, published, date(2026, 8, 30), "Dr Ben Reed")
    (shown,) = register_json(db, people["auditor"], published.piece_id)["publications"]
    assert (shown["first_used_on"], shown["last_used_on"]) == ("2026-06-15", "2026-08-30")
    assert (shown["kept_until"], shown["erasable"]) == (None, False), "it may still be used"
    with pytest.raises(WrongState, match="3 years after its last use"):
        erase_recipient(db, people["regulatory"], first, "He asked for it.")
    recall_piece(db, people["regulatory"], published.piece_id, "Replaced.")
    with pytest.raises(WrongState, match="until 2029-09-01"):
        erase_recipient(db, people["regulatory"], first, "He asked for it.")
    clock.instant = datetime(2029, 9, 1, 10, 0, tzinfo=UTC)
    assert erase_due(db, people["admin"], "Three years are over.") == 0, "the last day belongs to it"
    clock.instant = datetime(2029, 9, 2, 10, 0, tzinfo=UTC)
    assert register_json(db, people["auditor"], published.piece_id)["publications"][0]["erasable"]


def test_a_version_that_another_replaced_was_in_use_until_then_and_keeps_its_names_while_the_piece_is(
    db: Database, people: People, clock: FakeClock
) -> None:
    long = ApprovalRequest("REF-9", date(2026, 1, 1), date(2035, 1, 1))
    source = add_source(db, people["librarian"], approval=long)
    piece = add_piece(db, people["writer"], document_of(db, source)).id
    first = release(db, people, piece)
    line = used(db, people, first, date(2026, 6, 15), "Dr Ada Quill")
    clock.instant = datetime(2028, 5, 1, 10, 0, tzinfo=UTC)
    edit(db, people["writer"], piece, document_of(db, source, 3))
    release(db, people, piece)

    def kept() -> list[tuple[str, str | None, bool]]:
        shown = register_json(db, people["auditor"], piece)["publications"]
        return [(one["status"], one["kept_until"], one["erasable"]) for one in shown]

    clock.instant = datetime(2029, 6, 16, 10, 0, tzinfo=UTC)
    assert kept() == [("published", None, False), ("superseded", None, False)]
    assert erase_due(db, people["regulatory"], "Three years are over.") == 0
    with pytest.raises(WrongState, match="3 years after its last use"):
        erase_recipient(db, people["regulatory"], line, "He asked for it.")
    recall_piece(db, people["regulatory"], piece, "Replaced.")
    assert kept() == [("recalled", "2032-06-16", False), ("superseded", "2031-05-01", False)]
    clock.instant = datetime(2031, 5, 2, 10, 0, tzinfo=UTC)
    assert erase_due(db, people["regulatory"], "Three years are over.") == 1


def test_erasing_takes_the_name_and_leaves_the_line_and_the_trail(
    db: Database, people: People, published: Publication, clock: FakeClock
) -> None:
    lines = [used(db, people, published, date(2026, 6, 15), name) for name in ("Dr Ada Quill", "Dr Ben Reed")]
    recall_piece(db, people["regulatory"], published.piece_id, "Replaced.")
    clock.instant = datetime(2029, 6, 16, 10, 0, tzinfo=UTC)
    erase_recipient(db, people["pharmacist"], lines[0], "He asked for it.")
    with pytest.raises(NotFound, match="no text to erase"):
        erase_recipient(db, people["pharmacist"], lines[0], "Again.")
    (shown,) = register_json(db, people["auditor"], published.piece_id)["publications"]
    by_id = {one["id"]: one for one in shown["uses"]}
    assert (by_id[lines[0]]["recipient"], by_id[lines[1]]["recipient"]) == (None, "Dr Ben Reed")
    assert (by_id[lines[0]]["mode"], by_id[lines[0]]["used_on"]) == ("visit", "2026-06-15")
    assert erase_due(db, people["regulatory"], "Three years are over.") == 1
    assert verify_trail(db)["ok"]


def test_who_erases_and_what_cannot_be(db: Database, people: People, published: Publication) -> None:
    line = used(db, people, published, date(2026, 6, 15), "Dr Ada Quill")
    for name in ("writer", "rep", "auditor", "medical"):
        with pytest.raises(NotAllowed):
            erase_recipient(db, people[name], line, "Because.")
        with pytest.raises(NotAllowed):
            erase_due(db, people[name], "Because.")
    with pytest.raises(NotFound, match="no line"):
        erase_recipient(db, people["regulatory"], "use_0", "Because.")
    with pytest.raises(InvalidInput, match="needs a reason"):
        erase_recipient(db, people["regulatory"], line, " ")
