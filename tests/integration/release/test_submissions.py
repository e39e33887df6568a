"""The United States: Form FDA 2253 at first use; elsewhere nothing is asked."""

from datetime import date

import pytest

from assistant.errors import (
    AlreadyDecided,
    Blocked,
    InvalidInput,
)
from assistant.publishing.conditions.permits import (
    request_permit,
)
from assistant.publishing.conditions.standing import release_json
from assistant.publishing.conditions.submissions import record_submission
from assistant.publishing.publications import publish
from assistant.store.database import Database
from tests.builders.dossier import add_piece, document_of
from tests.builders.release import NUMBER, People, promotional


def test_an_american_piece_is_submitted_at_first_use(db: Database, people: People, source: str) -> None:
    piece = promotional(db, people, source, "US")
    with pytest.raises(Blocked, match="US5") as blocked:
        publish(db, people["regulatory"], piece)
    assert "Send it to FDA with the form" in blocked.value.help
    for reference, day, word in (
        (" ", date(2026, 6, 15), "with its reference"),
        ("x" * 201, date(2026, 6, 15), "one line"),
        ("Seq 0042", date(2026, 6, 16), "in the future"),
    ):
        with pytest.raises(InvalidInput, match=word):
            record_submission(db, people["regulatory"], piece, reference, day)
    record_submission(db, people["regulatory"], piece, "Seq 0042", date(2026, 6, 15))
    with pytest.raises(AlreadyDecided, match="The regulatory has recorded the submission"):
        record_submission(db, people["pharmacist"], piece, "Seq 0043", date(2026, 6, 15))
    published = publish(db, people["regulatory"], piece)
    assert published.release["form_2253"] == "Seq 0042"
    assert published.release["form_2253_submitted_on"] == "2026-06-15"


def test_a_submission_given_at_release_is_entered_with_it(db: Database, people: People, source: str) -> None:
    piece = promotional(db, people, source, "US")
    publish(db, people["regulatory"], piece, {"form_2253": "Seq 0042"})
    (kept,) = release_json(db, people["auditor"], piece)["records"]
    assert (kept["state"], kept["reference"]) == ("submitted", "Seq 0042")


def test_nothing_is_asked_elsewhere(db: Database, people: People, source: str) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source)).id
    assert release_json(db, people["auditor"], piece)["conditions"] == []
    with pytest.raises(InvalidInput, match="No visa is asked"):
        request_permit(db, people["pharmacist"], piece, NUMBER, date(2026, 6, 15))
