"""What a reviewer has read of a piece, what changed since, and a wording tried out before it is saved."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.content.editing import edit_segment
from assistant.content.trial import try_text
from assistant.errors import Conflict, InvalidInput, NotAllowed, NotFound, WrongState
from assistant.people.roles import Actor
from assistant.review.attestations import attest
from assistant.review.changes import changes_since, first_to_read
from assistant.review.comments import comment, resolve_comment
from assistant.review.decisions import approve, request_changes
from assistant.review.model import Piece
from assistant.review.pieces import load_piece, load_revision
from assistant.review.seen import accept_statement, record_opened, seen_of
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.database import Database
from tests.builders.dossier import add_piece, add_source, document_of, edit, quiz_of, reworded
from tests.integration.conftest import PASSWORD

People = dict[str, Actor]


@pytest.fixture
def draft(db: Database, people: People) -> Piece:
    source = add_source(db, people["librarian"])
    return add_piece(db, people["writer"], document_of(db, source, 3))


@pytest.fixture
def piece(db: Database, people: People, draft: Piece) -> str:
    submit(db, people["writer"], draft.id)
    return draft.id


def seen(db: Database, actor: Actor, piece_id: str) -> dict[str, list[str]]:
    with db.read() as connection:
        newest = load_piece(connection, piece_id).revision_id
        assert newest
        return seen_of(connection, actor.id, piece_id, load_revision(connection, newest))


def test_the_decision_says_what_the_reviewer_accepted_opened_and_left_closed(
    db: Database, people: People, piece: str
) -> None:
    accept_statement(db, people["medical"], piece, "s1")
    record_opened(db, people["medical"], piece, "s2")
    approve(db, people["medical"], piece, PASSWORD)
    (decision,) = review_json(db, people["medical"], piece)["decisions"]
    assert decision["seen"] == {
        "accepted": ["s1"],
        "opened": ["s2"],
        "unopened": ["t1", "s3"],
        "of": "segments",
    }


def test_what_one_reviewer_opened_another_has_not(db: Database, people: People, piece: str) -> None:
    record_opened(db, people["medical"], piece, "s1")
    record_opened(db, people["medical"], piece, "s1")
    assert seen(db, people["medical"], piece)["opened"] == ["s1"]
    assert seen(db, people["regulatory"], piece)["unopened"] == ["t1", "s1", "s2", "s3"]


@pytest.mark.parametrize("role", ["writer", "auditor", "admin"])
def test_opening_leaves_no_trace_of_people_who_do_not_decide(
    db: Database, people: People, piece: str, role: str
) -> None:
    record_opened(db, people[role], piece, "s1")
    assert seen(db, people[role], piece)["opened"] == []


def test_another_wording_has_not_been_seen(db: Database, people: People, draft: Piece, piece: str) -> None:
    accept_statement(db, people["medical"], piece, "s1")
    accept_statement(db, people["medical"], piece, "s2")
    with db.read() as connection:
        assert draft.revision_id
        document = load_revision(connection, draft.revision_id).document
    edit(db, people["writer"], piece, reworded(document, "s2", "Begin with 10 mg once daily."))
    found = seen(db, people["medical"], piece)
    assert (found["accepted"], found["opened"], found["unopened"]) == (["s1"], [], ["t1", "s2", "s3"])


def test_a_question_is_opened_and_accepted_with_its_answers_and_the_approval_keeps_all_of_a_quiz(
    db: Database, people: People
) -> None:
    piece = add_piece(db, people["writer"], quiz_of(db, add_source(db, people["librarian"]))).id
    submit(db, people["writer"], piece)
    record_opened(db, people["medical"], piece, "o1")
    assert seen(db, people["medical"], piece)["opened"] == ["q1", "o1", "o2", "o3"]
    accept_statement(db, people["medical"], piece, "q1")
    record_opened(db, people["medical"], piece, "m1")
    attest(db, people["medical"], piece, "q1", "It asks and claims nothing.")
    approve(db, people["medical"], piece, PASSWORD)
    (decision,) = review_json(db, people["medical"], piece)["decisions"]
    assert decision["seen"] == {
        "accepted": ["q1", "o1", "o2", "o3"],
        "opened": ["m1"],
        "unopened": ["t1", "s1"],
        "of": "segments",
    }


def test_a_question_that_got_another_answer_is_opened_anew(db: Database, people: People) -> None:
    quiz = quiz_of(db, add_source(db, people["librarian"]))
    piece = add_piece(db, people["writer"], quiz).id
    submit(db, people["writer"], piece)
    record_opened(db, people["medical"], piece, "q1")
    request_changes(db, people["medical"], piece, "Another distractor.")
    edit(db, people["writer"], piece, reworded(quiz, "o1", "15 mg once daily"))
    submit(db, people["writer"], piece)
    assert seen(db, people["medical"], piece)["unopened"] == ["t1", "o1", "s1", "m1"]
    record_opened(db, people["medical"], piece, "q1")
    assert "o1" in seen(db, people["medical"], piece)["opened"]


def test_only_an_independent_reviewer_accepts_what_is_under_review(
    db: Database, people: People, draft: Piece
) -> None:
    with pytest.raises(WrongState):
        accept_statement(db, people["medical"], draft.id, "s1")
    submit(db, people["writer"], draft.id)
    with pytest.raises(NotAllowed):
        accept_statement(db, people["writer"], draft.id, "s1")
    with pytest.raises(NotFound):
        accept_statement(db, people["medical"], draft.id, "none")
    accept_statement(db, people["medical"], draft.id, "s1")
    accept_statement(db, people["medical"], draft.id, "s1")


def test_a_piece_that_comes_back_shows_what_changed_since_it_was_decided_on(
    db: Database, people: People, draft: Piece, piece: str
) -> None:
    assert first_to_read(db, piece) == "s1"
    request_changes(db, people["medical"], piece, "Shorter.")
    with db.read() as connection:
        assert draft.revision_id
        document = load_revision(connection, draft.revision_id).document
    shorter = replace(document, segments=tuple(s for s in document.segments if s.id != "s3"))
    newest = edit(db, people["writer"], piece, reworded(shorter, "s2", "Begin with 10 mg once daily."))
    with db.read() as connection:
        found = changes_since(connection, load_piece(connection, piece), load_revision(connection, newest))
    assert found is not None
    assert found.how == {"s2": "changed"}
    assert found.before("s2") == "The recommended starting dose is 10 mg once daily."
    assert [s.id for s in found.removed] == ["s3"]
    assert first_to_read(db, piece) == "s2"


# Trying a wording out ----------------------------------------------------------------------------------------


def test_a_wrong_figure_is_told_before_anything_is_saved(db: Database, people: People, draft: Piece) -> None:
    trial = try_text(
        db, people["writer"], draft.id, "s2", "The recommended starting dose is 40 mg once daily."
    )
    assert trial.verdict == "block"
    assert trial.failing
    assert ("removed", "10") in trial.diff
    with db.read() as connection:
        assert load_piece(connection, draft.id).revision_id == draft.revision_id


def test_the_source_s_own_words_fail_nothing_and_stay_verbatim(
    db: Database, people: People, draft: Piece
) -> None:
    trial = try_text(
        db, people["writer"], draft.id, "s2", "The recommended starting dose is 10 mg once daily."
    )
    assert (trial.verdict, trial.wording, list(trial.failing)) == ("pass", "verbatim", [])


def test_only_a_writer_tries_and_an_empty_text_is_refused(db: Database, people: People, draft: Piece) -> None:
    with pytest.raises(NotAllowed):
        try_text(db, people["medical"], draft.id, "s2", "Text.")
    with pytest.raises(InvalidInput):
        try_text(db, people["writer"], draft.id, "s2", " ")


def test_the_second_of_two_editors_is_told(db: Database, people: People, draft: Piece) -> None:
    assert draft.revision_id
    edit_segment(db, people["writer"], draft.id, "s2", "Begin with 10 mg once daily.", draft.revision_id)
    with pytest.raises(Conflict):
        edit_segment(db, people["writer"], draft.id, "s2", "Start at 10 mg once daily.", draft.revision_id)


# Comments on words -------------------------------------------------------------------------------------------


def the_comment(db: Database, people: People, piece: str, comment_id: str) -> dict[str, Any]:
    shown: list[dict[str, Any]] = review_json(db, people["medical"], piece)["comments"]
    return next(c for c in shown if c["id"] == comment_id)


def test_a_comment_follows_its_words_through_revisions_and_its_answers_stay_with_it(
    db: Database, people: People, draft: Piece, piece: str
) -> None:
    asked = comment(db, people["medical"], piece, "Per day?", lineage="s2", quoted="10 mg", mandatory=True)
    first = comment(db, people["writer"], piece, "Yes.", parent=asked)
    comment(db, people["medical"], piece, "Then say so.", parent=first)
    shown = review_json(db, people["medical"], piece)["comments"]
    assert [c["parent"] for c in shown if c["id"] != asked] == [asked, asked]
    assert {c["statement"] for c in shown} == {"s2"}
    begun = the_comment(db, people, piece, asked)["words"]
    assert (begun["state"], begun["start"]) == ("here", 33)
    with db.read() as connection:
        assert draft.revision_id
        document = load_revision(connection, draft.revision_id).document
    for text, state in (("Begin with 10 mg a day.", "moved"), ("Begin with 20 mg a day.", "changed")):
        edit(db, people["writer"], piece, reworded(document, "s2", text))
        assert the_comment(db, people, piece, asked)["words"]["state"] == state
    shorter = replace(document, segments=tuple(s for s in document.segments if s.id != "s2"))
    edit(db, people["writer"], piece, shorter)
    assert the_comment(db, people, piece, asked)["words"]["state"] == "gone"
    resolve_comment(db, people["medical"], asked)
    settled = the_comment(db, people, piece, asked)
    assert settled["resolved_by"]["name"] == people["medical"].name


def test_words_that_the_statement_does_not_hold_are_refused(db: Database, people: People, piece: str) -> None:
    with pytest.raises(InvalidInput):
        comment(db, people["medical"], piece, "What?", lineage="s2", quoted="20 mg")
