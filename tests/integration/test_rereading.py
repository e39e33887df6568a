"""What an older reader read, read again: compared, taken by who may, and what rests on it; on both databases."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from assistant.audit.verify import verify_trail
from assistant.corpus.loading import load_source
from assistant.corpus.model import Source
from assistant.corpus.rereading import (
    Moved,
    may_read_more,
    otherwise,
    read_by_older,
    reader_json,
    take_reading,
)
from assistant.corpus.sources import withdraw_source
from assistant.errors import Conflict, InvalidInput, NotAllowed, WrongState
from assistant.people.roles import Actor
from assistant.publishing.affected import affected_items
from assistant.publishing.publications import publish
from assistant.publishing.reread import after_reread, reread_diff
from assistant.publishing.serving import served
from assistant.review.checking import report_on
from assistant.review.decisions import approve
from assistant.review.pieces import load_piece, newest_revision
from assistant.review.submission import submit
from assistant.store.database import Database
from assistant.store.schema import audit_entry, passage
from assistant.store.schema import source as source_table
from ingestion.formats import READER_VERSION, WITH_OCR
from tests.builders import dossier
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of
from tests.builders.reading import actions, status_of
from tests.builders.rereading import read_today, store_reading
from tests.integration.conftest import PASSWORD, reading_of

People = dict[str, Actor]
DOSE = "The recommended starting dose is 5 mg once daily."
MISREAD = (SENTENCES[0], DOSE, SENTENCES[2])
"""What today's reader makes of the label: the older one had read another dose."""


def take(db: Database, actor: Actor, source: str, newer: str) -> Moved | None:
    with db.write() as tx:
        before = load_source(tx.connection, source).reading_id
        return take_reading(tx, actor, source, before, newer)


def rules_of(db: Database, piece_id: str) -> set[tuple[str, str]]:
    """The rules that find something in the newest text now, with where."""
    with db.read() as connection:
        piece = load_piece(connection, piece_id)
        report = report_on(connection, db.clock.now(), piece, newest_revision(connection, piece), "draft")
    return {(found.rule, found.where) for found in report.findings}


def reading_now(db: Database, source: str) -> str:
    with db.read() as connection:
        return load_source(connection, source).reading_id


def test_what_reads_the_same_changes_nothing_that_rests_on_it(
    db: Database, people: People, source: str
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, 3))
    before = rules_of(db, piece.id)
    newer = read_today(db, source, SENTENCES)
    with db.read() as connection:
        assert otherwise(connection, load_source(connection, source), newer).same
        assert read_by_older(connection) == [source]
    moved = take(db, people["librarian"], source, newer)
    assert moved is not None
    assert reading_now(db, source) == newer
    with db.read() as connection:
        assert read_by_older(connection) == []
    assert rules_of(db, piece.id) == before
    assert after_reread(db, people["librarian"], source) == {"returned": [], "published": []}
    assert take(db, people["librarian"], source, newer) is None
    assert actions(db).count("source.reread") == 1
    assert verify_trail(db)["ok"]


def test_the_difference_is_shown_before_anybody_decides(db: Database, people: People, source: str) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, 3))
    with pytest.raises(WrongState, match="no newer reading"):
        reread_diff(db, people["librarian"], source)
    read_today(db, source, MISREAD)
    shown = reread_diff(db, people["librarian"], source)
    assert shown["diff"]["counts"]["changed"] == 1
    assert shown["reader"]["otherwise"] == {"sentences": 1, "placed": 0, "tables": 0}
    assert [item["piece"] for item in shown["affected"]] == [piece.id]
    assert {one["outcome"] for one in shown["affected"][0]["statements"]} == {"unchanged", "changed"}
    assert reading_now(db, source) == shown["reading"]
    with pytest.raises(NotAllowed):
        reread_diff(db, people["hcp"], source)


def test_words_under_another_heading_want_a_decision_too(db: Database, source: str) -> None:
    read = dossier.reading_of(SENTENCES)
    elsewhere = replace(read.sentences[1], section=("4. CLINICAL", "4.2 Children"))
    other = replace(
        read, reader_version=READER_VERSION, sentences=(read.sentences[0], elsewhere, read.sentences[2])
    )
    newer = store_reading(db, source, other)
    with db.read() as connection:
        told = otherwise(connection, load_source(connection, source), newer)
    assert not told.same


def test_a_piece_whose_quote_is_gone_goes_back_and_is_told_which(
    db: Database, people: People, source: str
) -> None:
    quoting = add_piece(db, people["writer"], document_of(db, source, 3))
    other = add_piece(db, people["writer"], document_of(db, source, 1))
    submit(db, people["writer"], quoting.id)
    submit(db, people["writer"], other.id)
    take(db, people["librarian"], source, read_today(db, source, MISREAD))
    told = after_reread(db, people["librarian"], source)
    assert told == {"returned": [quoting.id], "published": []}
    assert (status_of(db, quoting.id), status_of(db, other.id)) == ("draft", "in_review")
    assert ("GR1", "s2") in rules_of(db, quoting.id)
    assert not {where for rule, where in rules_of(db, quoting.id) if rule == "GR1"} - {"s2"}
    assert not {where for rule, where in rules_of(db, other.id) if rule == "GR1"}
    assert after_reread(db, people["librarian"], source)["returned"] == [quoting.id]
    assert actions(db).count("piece.returned") == 1
    assert verify_trail(db)["ok"]


def test_what_is_published_stays_and_comes_up_among_the_affected(
    db: Database, people: People, source: str
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, 2))
    submit(db, people["writer"], piece.id)
    approve(db, people["medical"], piece.id, PASSWORD)
    approve(db, people["regulatory"], piece.id, PASSWORD)
    publication = publish(db, people["regulatory"], piece.id)
    take(db, people["librarian"], source, read_today(db, source, MISREAD))
    assert after_reread(db, people["librarian"], source) == {"returned": [], "published": [piece.id]}
    with db.read() as connection:
        assert served(connection, publication.id, db.clock.now()).ok
    (item,) = affected_items(db, people["librarian"], source=source)["items"]
    assert item["read_otherwise"] == [SENTENCES[1]]
    (alone,) = affected_items(db, people["librarian"], piece=piece.id)["items"]
    assert alone["read_otherwise"] == []


def test_a_reading_is_taken_once_by_who_may_and_only_where_it_was_seen(
    db: Database, people: People, source: str, die_at: Callable[[str], Callable[[str], None]]
) -> None:
    before = reading_now(db, source)
    newer = read_today(db, source, MISREAD)
    with pytest.raises(NotAllowed):
        take(db, people["writer"], source, newer)
    with pytest.raises(RuntimeError, match="died"):
        take(replace(db, failpoint=die_at("reread:moved")), people["librarian"], source, newer)
    with db.write() as tx, pytest.raises(Conflict, match="read again meanwhile"):
        take_reading(tx, people["librarian"], source, "reading_of_last_week", newer)
    other = add_source(db, people["librarian"], ("Another label.",), title="Other")
    foreign = read_today(db, other, ("Another label.",))
    with pytest.raises(InvalidInput, match="not what today's reader read"):
        take(db, people["librarian"], source, foreign)
    assert reading_now(db, source) == before
    assert "source.reread" not in actions(db)
    withdraw_source(db, people["librarian"], source, "Wrong file.")
    with pytest.raises(WrongState, match="withdrawn"):
        take(db, people["librarian"], source, newer)
    with db.read() as connection:
        assert not reader_json(connection, load_source(connection, source))["older"]


def test_an_older_readers_reading_is_not_taken(db: Database, people: People, source: str) -> None:
    older = store_reading(db, source, replace(reading_of("One."), reader_version="7"))
    with pytest.raises(InvalidInput):
        take(db, people["librarian"], source, older)


def test_the_entry_says_what_was_and_what_is(db: Database, people: People, source: str) -> None:
    before = reading_now(db, source)
    newer = read_today(db, source, MISREAD)
    take(db, people["librarian"], source, newer)
    with db.read() as connection:
        entry = (
            connection.execute(select(audit_entry).where(audit_entry.c.action == "source.reread"))
            .one()
            ._mapping
        )
        details: Any = json.loads(entry["canonical"])["details"]
    assert (details["before"], details["after"]) == (before, newer)
    assert (details["reader_before"], details["reader_after"]) == ("test-1", READER_VERSION)
    assert details["otherwise"]["sentences"] == 1
    assert details["sha256_before"] != details["sha256_after"]


def test_a_source_moved_behind_the_trails_back_is_found(db: Database, people: People, source: str) -> None:
    before = reading_now(db, source)
    take(db, people["librarian"], source, read_today(db, source, SENTENCES))
    with db.write() as tx:
        tx.execute(update(source_table).where(source_table.c.id == source).values(reading_id=before))
    assert not verify_trail(db)["ok"]


def left_out(db: Database, people: People, add: Callable[..., Source], *again: str) -> list[int]:
    """The pages left out of a document whose second page was, once the reader counts them anew."""
    read = replace(
        reading_of("The dose is 5 mg.", "Not for patients.", "Potassium is measured."), format="docx"
    )
    found = add(read, excluded_pages=(2,))
    newer = store_reading(
        db, found.id, replace(reading_of(*again), format="docx", reader_version=READER_VERSION)
    )
    moved = take(db, people["librarian"], found.id, newer)
    assert moved is not None
    return sorted(moved.source.excluded_pages)


def test_what_an_approval_leaves_out_stays_out_where_pages_are_counted_anew(
    db: Database, people: People, add_source: Callable[..., Source]
) -> None:
    assert left_out(
        db,
        people,
        add_source,
        "A title.",
        "The dose is 5 mg.",
        "Not  for patients.",
        "Potassium is measured.",
    ) == [3]
    assert verify_trail(db)["ok"]


def test_where_it_is_not_found_again_the_source_stays(
    db: Database, people: People, add_source: Callable[..., Source]
) -> None:
    with pytest.raises(Conflict, match="leaves out"):
        left_out(db, people, add_source, "The dose is 5 mg. Not for patients.", "Potassium is measured.")
    assert "source.reread" not in actions(db)


def test_pages_that_the_file_numbers_itself_stay_left_out_by_their_number(
    db: Database, people: People, add_source: Callable[..., Source]
) -> None:
    found = add_source(reading_of("The dose is 5 mg.", "Not for patients."), excluded_pages=(2,))
    again = replace(reading_of("The dose is 5 mg.", "Not for any patients."), reader_version=READER_VERSION)
    moved = take(db, people["librarian"], found.id, store_reading(db, found.id, again))
    assert moved is not None
    assert moved.source.excluded_pages == {2}


def test_passages_of_the_older_reading_stay_for_what_cites_them(
    db: Database, people: People, source: str
) -> None:
    before = reading_now(db, source)
    take(db, people["librarian"], source, read_today(db, source, MISREAD))
    with db.read() as connection:
        kept = connection.scalars(select(passage.c.text).where(passage.c.reading_id == before)).all()
    assert set(kept) == set(SENTENCES)


def test_a_page_that_is_cut_anew_is_left_out_with_all_that_has_a_sentence_of_it(
    db: Database, people: People, add_source: Callable[..., Source]
) -> None:
    read = reading_of("The dose is 5 mg.", "Not for patients.\nNor for nurses.", "Potassium is measured.")
    found = add_source(replace(read, format="docx"), excluded_pages=(2,))
    again = reading_of("The dose is 5 mg.\nNot for patients.", "Nor for nurses.", "Potassium is measured.")
    newer = store_reading(db, found.id, replace(again, format="docx", reader_version=READER_VERSION))
    moved = take(db, people["librarian"], found.id, newer)
    assert moved is not None
    assert moved.source.excluded_pages == {1, 2}


@pytest.mark.parametrize(
    ("again", "out"),
    [
        (
            ("The dose is 5 mg.\nThank you.", "Not for patients.", "Thank you.", "Potassium.\nThank you."),
            {2, 3},
        ),
        (("The dose is 5 mg.\nThank you.", "Thank you.", "Not for patients.", "Potassium.\nThank you."), {3}),
    ],
)
def test_what_every_page_says_takes_no_other_page_out(
    db: Database, people: People, add_source: Callable[..., Source], again: tuple[str, ...], out: set[int]
) -> None:
    read = reading_of(
        "The dose is 5 mg.\nThank you.", "Not for patients.\nThank you.", "Potassium.\nThank you."
    )
    found = add_source(replace(read, format="docx"), excluded_pages=(2,))
    newer = store_reading(
        db, found.id, replace(reading_of(*again), format="docx", reader_version=READER_VERSION)
    )
    moved = take(db, people["librarian"], found.id, newer)
    assert moved is not None
    assert moved.source.excluded_pages == out


def test_a_sentence_of_it_that_is_nowhere_keeps_the_source_where_it_is(
    db: Database, people: People, add_source: Callable[..., Source]
) -> None:
    read = reading_of("The dose is 5 mg.", "Not for patients.\nNor for nurses.")
    found = add_source(replace(read, format="docx"), excluded_pages=(2,))
    again = reading_of("The dose is 5 mg. Nor for nurses.", "Not for patients.")
    newer = store_reading(db, found.id, replace(again, format="docx", reader_version=READER_VERSION))
    with pytest.raises(Conflict) as refused:
        take(db, people["librarian"], found.id, newer)
    assert "save the file anew" in str(refused.value.help)
    assert reading_now(db, found.id) == found.reading_id


def test_a_source_with_recognised_scans_never_goes_back_to_the_plain_reading(
    db: Database, people: People, source: str
) -> None:
    read = dossier.reading_of(SENTENCES)
    plain = store_reading(db, source, replace(read, reader_version=READER_VERSION))
    take(db, people["librarian"], source, plain)
    recognised = store_reading(db, source, replace(read, reader_version=READER_VERSION + WITH_OCR))
    with db.read() as connection:
        reader = reader_json(connection, load_source(connection, source))
    assert (reader["older"], reader["today"]) == (True, recognised)
    take(db, people["librarian"], source, recognised)
    with pytest.raises(InvalidInput, match="not what today's reader read"):
        take(db, people["librarian"], source, plain)
    assert reading_now(db, source) == recognised
    with db.read() as connection:
        assert not reader_json(connection, load_source(connection, source))["older"]


def test_pages_that_could_not_be_read_may_be_read_again(
    db: Database, add_source: Callable[..., Source]
) -> None:
    read = replace(reading_of("The dose is 5 mg."), reader_version=READER_VERSION)
    whole = add_source(read)
    scan = reading_of("The dose is 10 mg.")
    unread = replace(scan.pages[0], quality="unreadable", reasons=("no_text",))
    partly = add_source(replace(scan, reader_version=READER_VERSION, pages=(unread,)))
    with db.read() as connection:
        assert not may_read_more(connection, whole)
        assert may_read_more(connection, partly)
