"""Quotes of a source that is read again: only what today's reader reads whole and in its place stands."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from assistant.content.editing import edit_segment
from assistant.content.trial import try_text
from assistant.corpus.model import Source
from assistant.errors import Blocked
from assistant.people.roles import Actor
from assistant.publishing.affected import affected_items
from assistant.publishing.publications import publish
from assistant.publishing.reread import after_reread
from assistant.review.decisions import approve
from assistant.review.pieces import load_piece, newest_revision
from assistant.review.submission import submit
from assistant.store.database import Database
from guardrails.model import Segment
from ingestion.formats import READER_VERSION
from ingestion.model import Cell, Head, PageSpan, Reading, Sentence, Table
from tests.builders import dossier
from tests.builders.dossier import SENTENCES, add_piece, document_of
from tests.builders.reading import status_of
from tests.builders.rereading import quoting, store_reading
from tests.integration.conftest import PASSWORD, reading_of
from tests.integration.test_rereading import reading_now, rules_of, take

People = dict[str, Actor]
AddSource = Callable[..., Source]
EU = ("EU", "FR")
NOTHING: dict[str, list[str]] = {"returned": [], "published": []}


def today(read: Reading) -> Reading:
    return replace(read, reader_version=READER_VERSION)


def signed(db: Database, people: People, piece: str) -> None:
    submit(db, people["writer"], piece)
    approve(db, people["medical"], piece, PASSWORD)
    approve(db, people["regulatory"], piece, PASSWORD)


def follows(db: Database, people: People, source: str, newer: Reading) -> dict[str, list[str]]:
    """What follows where the source takes that reading."""
    take(db, people["librarian"], source, store_reading(db, source, newer))
    return after_reread(db, people["librarian"], source)


@pytest.mark.parametrize(
    ("quote", "now"),
    [
        (
            "The recommended dose is 5 mg once daily",
            ("The recommended dose is 5 mg once daily only in patients without renal impairment.",),
        ),
        (
            "The dose in children is 5 mg once daily.",
            (
                "The dose in children is not 5 mg.",
                "It was thought that The dose in children is 5 mg once daily. No longer.",
            ),
        ),
    ],
)
def test_a_quote_that_is_read_as_part_of_a_sentence_does_not_stand(
    db: Database, people: People, add_source: AddSource, quote: str, now: Sequence[str]
) -> None:
    found = add_source(reading_of(quote, "Potassium is measured each month."), markets=EU)
    piece = add_piece(db, people["writer"], quoting(db, found.id, quote))
    other = add_piece(db, people["writer"], quoting(db, found.id, "Potassium is measured each month."))
    signed(db, people, piece.id)
    newer = today(reading_of(now[0], "Potassium is measured each month.", *now[1:]))
    assert follows(db, people, found.id, newer) == {"returned": [piece.id], "published": []}
    assert status_of(db, piece.id) == "draft"
    assert ("GR1", "s1") in rules_of(db, piece.id)
    assert not rules_of(db, other.id)


def test_a_quote_of_two_sentences_stands_also_where_they_are_read_as_one_or_in_two_passages(
    db: Database, people: People, add_source: AddSource
) -> None:
    both = "The dose is 5 mg once daily.", "It is taken with food."
    found = add_source(reading_of("\n".join(both)), markets=EU)
    with_space = " ".join(both)
    piece = add_piece(db, people["writer"], quoting(db, found.id, with_space))
    submit(db, people["writer"], piece.id)
    read = reading_of("\n".join(both))
    one = Sentence(0, with_space, "sentence", "body", (PageSpan(1, 0, len(with_space)),), ("4.1 Section",))
    assert follows(db, people, found.id, replace(today(read), sentences=(one,))) == NOTHING
    assert not {rule for rule, _ in rules_of(db, piece.id)} & {"GR1", "GR4"}


def moved_under(*section: str) -> Reading:
    """The label with its dose under another heading."""
    read = dossier.reading_of(SENTENCES)
    dose = replace(read.sentences[1], section=section)
    return replace(today(read), sentences=(read.sentences[0], dose, read.sentences[2]))


def test_words_under_another_heading_go_back_to_the_writer(db: Database, people: People, source: str) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, 2))
    other = add_piece(db, people["writer"], document_of(db, source, 1))
    signed(db, people, piece.id)
    signed(db, people, other.id)
    newer = moved_under("4. CLINICAL", "4.3 Contraindications", "Children")
    assert follows(db, people, source, newer) == {"returned": [piece.id], "published": []}
    assert (status_of(db, piece.id), status_of(db, other.id)) == ("draft", "approved")
    assert ("GR1", "s2") in rules_of(db, piece.id)
    with pytest.raises(Blocked):
        submit(db, people["writer"], piece.id)


def saved_again(db: Database, people: People, piece_id: str, lineage: str) -> Segment:
    """The statement as it is after its writer has saved the same text."""
    with db.read() as connection:
        newest = newest_revision(connection, load_piece(connection, piece_id))
    text = newest.document.segment(lineage).text
    tried = try_text(db, people["writer"], piece_id, lineage, text)
    saved = edit_segment(db, people["writer"], piece_id, lineage, text, newest.id)
    assert "GR1" not in {found["rule"] for found in (*tried.failing, *tried.standing)}
    return saved.document.segment(lineage)


def test_a_writer_who_saves_the_text_again_cites_where_it_stands_now(
    db: Database, people: People, source: str
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, 2))
    signed(db, people, piece.id)
    section = ("4. CLINICAL", "4.3 Contraindications", "Children")
    follows(db, people, source, moved_under(*section))
    (cited,) = saved_again(db, people, piece.id, "s2").citations
    assert cited.locator.section == " › ".join(section[1:])
    assert cited.reading == reading_now(db, source)
    assert not {rule for rule, where in rules_of(db, piece.id) if where == "s2" and rule == "GR1"}
    submit(db, people["writer"], piece.id)
    with pytest.raises(
        Blocked, match="attestation"
    ):  # its new place is judged: doses under contraindications
        approve(db, people["medical"], piece.id, PASSWORD)


def test_saving_again_finds_no_place_for_words_that_are_gone(
    db: Database, people: People, source: str
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, 3))
    submit(db, people["writer"], piece.id)
    read = dossier.reading_of(SENTENCES)
    gone = replace(today(read), sentences=tuple(one for one in read.sentences if one.text != SENTENCES[1]))
    follows(db, people, source, gone)
    with db.read() as connection:
        newest = newest_revision(connection, load_piece(connection, piece.id))
    said = newest.document.segment("s2").text
    assert edit_segment(db, people["writer"], piece.id, "s2", said, newest.id) == newest
    assert ("GR1", "s2") in rules_of(db, piece.id)


@pytest.mark.parametrize("how", ["typography", "ancestor", "list"])
def test_what_readers_tell_apart_without_meaning_is_the_same_place(
    db: Database, people: People, source: str, how: str
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, 3))
    submit(db, people["writer"], piece.id)
    read = today(dossier.reading_of(SENTENCES))
    ways = {
        "typography": lambda one: replace(one, section=tuple(f"{title} :" for title in one.section)),
        "ancestor": lambda one: replace(one, section=("ANNEX I", *one.section)),
        "list": lambda one: replace(one, kind="bullet"),
    }
    newer = replace(read, sentences=tuple(ways[how](one) for one in read.sentences))
    assert follows(db, people, source, newer) == NOTHING
    assert status_of(db, piece.id) == "in_review"


def test_between_the_move_and_what_follows_nothing_of_another_place_is_published(
    db: Database, people: People, source: str
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, 2))
    other = add_piece(db, people["writer"], document_of(db, source, 1))
    signed(db, people, piece.id)
    signed(db, people, other.id)
    newer = moved_under("4. CLINICAL", "4.3 Contraindications")
    take(db, people["librarian"], source, store_reading(db, source, newer))
    with pytest.raises(Blocked):
        publish(db, people["regulatory"], piece.id)
    assert publish(db, people["regulatory"], other.id).piece_id == other.id
    assert after_reread(db, people["librarian"], source) == {"returned": [piece.id], "published": []}


def test_words_under_another_heading_are_told_of_what_is_published(
    db: Database, people: People, source: str
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, 2))
    signed(db, people, piece.id)
    publish(db, people["regulatory"], piece.id)
    newer = moved_under("4. CLINICAL", "4.3 Contraindications")
    assert follows(db, people, source, newer) == {"returned": [], "published": [piece.id]}
    (item,) = affected_items(db, people["librarian"], source=source)["items"]
    assert item["read_otherwise"] == [SENTENCES[1]]


def test_another_number_of_the_heading_or_another_page_is_the_same_place(
    db: Database, people: People, source: str
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, 3))
    submit(db, people["writer"], piece.id)
    read = dossier.reading_of(("A page before.", *SENTENCES))
    renumbered = tuple(replace(one, section=("5. Clinical",)) for one in read.sentences)
    assert follows(db, people, source, replace(today(read), sentences=renumbered)) == NOTHING
    assert status_of(db, piece.id) == "in_review"


def table_of(arm: str) -> Reading:
    """A table of one row, whose second column is headed so."""
    row = "Headache | 12"
    read = reading_of(row)
    table = Table(
        0,
        len(row),
        1,
        2,
        (Cell(0, 0, 0, 8, "Headache", "header"), Cell(0, 1, 11, 13, "12", "value")),
        (Head(("Reaction",)), Head((arm,))),
    )
    page = replace(read.pages[0], tables=(table,))
    return replace(read, pages=(page,), sentences=(replace(read.sentences[0], kind="row", layer="table"),))


@pytest.mark.parametrize(("arm", "returned"), [("Placebo", True), ("Velmora", False)])
def test_a_row_under_other_column_heads_goes_back(
    db: Database, people: People, add_source: AddSource, arm: str, *, returned: bool
) -> None:
    found = add_source(table_of("Velmora"), markets=EU)
    piece = add_piece(db, people["writer"], quoting(db, found.id, "Headache | 12"))
    told = follows(db, people, found.id, today(table_of(arm)))
    assert told == {"returned": [piece.id] if returned else [], "published": []}


def test_a_quote_beside_a_left_out_page_stands_where_pages_are_counted_anew(
    db: Database, people: People, add_source: AddSource
) -> None:
    pages = "The dose is 5 mg once daily.", "Not for patients.", "Potassium is measured each month."
    found = add_source(replace(reading_of(*pages), format="docx"), excluded_pages=(2,), markets=EU)
    piece = add_piece(db, people["writer"], quoting(db, found.id, pages[2]))
    submit(db, people["writer"], piece.id)
    newer = replace(today(reading_of("A title of it.", *pages)), format="docx")
    # The builder names sections by their page.
    by_text = {one.text: one.section for one in reading_of(*pages).sentences}
    kept = tuple(replace(one, section=by_text.get(one.text, ())) for one in newer.sentences)
    assert follows(db, people, found.id, replace(newer, sentences=kept)) == NOTHING
    assert not rules_of(db, piece.id)
    approve(db, people["medical"], piece.id, PASSWORD)
    assert status_of(db, piece.id) == "in_review"
