"""A disputed finding stands as it stood, and becomes an example that the evaluation reads, without anybody's name."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.audit.verify import erase_note, verify_trail
from assistant.errors import InvalidInput, NotAllowed, NotFound
from assistant.people.roles import Actor
from assistant.review.disputes import dispute, disputed, examples_text
from assistant.review.model import Piece
from assistant.review.overrides import override
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.database import Database
from eval.suites.grounding import disputed_examples
from tests.builders.dossier import Terms, add_piece, add_source, document_of

People = dict[str, Actor]
REASON = "Ada Lovelace says that this is the same"


@pytest.fixture
def reworded(db: Database, people: People) -> Piece:
    """Its first statement is worded anew, which waits for a person by GR2 or GR9."""
    document = document_of(db, add_source(db, people["librarian"]))
    said = next(one for one in document.segments if one.id == "s2")
    other = replace(said, text="Once daily, 10 mg is the recommended starting dose.", wording="human")
    segments = tuple(other if one.id == "s2" else one for one in document.segments)
    return add_piece(db, people["writer"], replace(document, segments=segments))


def finding_of(db: Database, people: People, piece: Piece) -> str:
    shown = review_json(db, people["medical"], piece.id)
    return str(next(one["rule"] for one in shown["findings"] if one["where"] == "s2"))


def test_a_dispute_is_in_the_trail_once_and_lifts_nothing(
    db: Database, people: People, reworded: Piece
) -> None:
    submit(db, people["writer"], reworded.id)
    rule = finding_of(db, people, reworded)
    before = review_json(db, people["medical"], reworded.id)["open"]
    number = dispute(db, people["medical"], reworded.id, rule, "s2", REASON)
    assert dispute(db, people["medical"], reworded.id, rule, "s2", "again") == number
    shown = review_json(db, people["medical"], reworded.id)
    assert shown["open"] == before
    for told in (shown["disputes"], shown["history"]["rounds"][0]["disputes"]):
        assert [(one["rule"], one["where"], one["by"]["name"], one["reason"]) for one in told] == [
            (rule, "s2", people["medical"].name, REASON)
        ]
    assert verify_trail(db)["ok"]
    erase_note(db, people["admin"], number)
    assert review_json(db, people["medical"], reworded.id)["disputes"][0]["reason"] is None


def test_an_example_holds_what_was_judged_and_nobody_who_judged(
    db: Database, people: People, reworded: Piece, tmp_path: Path
) -> None:
    submit(db, people["writer"], reworded.id)
    rule = finding_of(db, people, reworded)
    dispute(db, people["medical"], reworded.id, rule, "s2", REASON)
    dispute(db, people["regulatory"], reworded.id, rule, "s2", REASON)
    (example,) = disputed(db, people["legal"])
    assert example["statement"] == "Once daily, 10 mg is the recommended starting dose."
    assert [one["text"] for one in example["quotes"]] == [
        "The recommended starting dose is 10 mg once daily."
    ]
    assert (example["rule"], example["verdict"], example["decision"]) == (rule, "needs_review", "disputed")
    text = examples_text([example])
    assert not any(word in text for word in ("Ada", "user_", "The medical", reworded.id))
    folder = tmp_path / "disputed"
    folder.mkdir()
    (folder / "ours.jsonl").write_text(text, encoding="utf-8")
    (judged,) = disputed_examples(tmp_path, lambda _line: None)
    assert (judged.group, judged.verdict, judged.statement) == (
        "disputed",
        "needs_review",
        example["statement"],
    )


def test_an_override_by_two_is_an_example_where_it_is_on_a_statement(db: Database, people: People) -> None:
    terms = Terms(qualification="promotional", market="FR")
    piece = add_piece(db, people["writer"], document_of(db, add_source(db, people["librarian"])), terms)
    submit(db, people["writer"], piece.id, override_request="Agreed with the agency")
    blocks = review_json(db, people["legal"], piece.id)["open"]["blocks"]
    for name in ("legal", "regulatory"):
        for block in blocks:
            override(db, people[name], piece.id, block["rule"], block["where"], "Agency letter")
    expected = {(b["rule"], "overridden") for b in blocks if b["where"] != "piece"}
    assert {(one["rule"], one["decision"]) for one in disputed(db, people["legal"])} == expected


def test_only_an_independent_reviewer_disputes_what_was_found_and_says_why(
    db: Database, people: People, reworded: Piece
) -> None:
    submit(db, people["writer"], reworded.id)
    rule = finding_of(db, people, reworded)
    with pytest.raises(NotAllowed):
        dispute(db, people["writer"], reworded.id, rule, "s2", REASON)
    with pytest.raises(NotFound):
        dispute(db, people["medical"], reworded.id, "FR99", "s2", REASON)
    with pytest.raises(InvalidInput):
        dispute(db, people["medical"], reworded.id, rule, "s2", " ")
    with pytest.raises(NotAllowed):
        disputed(db, people["rep"])
