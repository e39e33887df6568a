"""A market adaptation is linked to the published revision it began from, and who wrote each text is kept for good."""

import importlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import select, text, update

from assistant.content.editing import edit_segment
from assistant.errors import Blocked, InvalidInput, NotAllowed, WrongState
from assistant.people.roles import Actor, Role
from assistant.publishing.evidence.pack import evidence_pack
from assistant.publishing.publications import publish
from assistant.review.adaptation import adapt, adaptations_json
from assistant.review.changes import changes_since
from assistant.review.decisions import approve, request_changes
from assistant.review.model import Piece
from assistant.review.pieces import load_piece, newest_revision
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.ids import new_id
from assistant.store.schema import adaptation, publication, segment
from tests.builders.dossier import add_piece, add_source, document_of, edit, reworded
from tests.integration.test_evidence_pack import Drawing

PASSWORD = "a passphrase for the tests"
HUMAN = "The recommended starting dose is 10 mg once a day."

People = dict[str, Actor]


@pytest.fixture
def base(db: Database, people: People) -> Piece:
    """A published piece of the EU, of two statements."""
    source = add_source(db, people["librarian"])
    piece = add_piece(db, people["writer"], document_of(db, source))
    submit(db, people["writer"], piece.id)
    for role in ("medical", "regulatory"):
        approve(db, people[role], piece.id, PASSWORD)
    publish(db, people["regulatory"], piece.id)
    return piece


@pytest.fixture
def ann(add_person: Callable[..., Actor]) -> Actor:
    return add_person("Ann", Role.WRITER)


def change(db: Database, who: Actor, piece: Piece, words: str = HUMAN) -> None:
    with db.read() as connection:
        revision = load_piece(connection, piece.id).revision_id
    assert revision is not None
    edit_segment(db, who, piece.id, "s2", words, revision)


def changed(db: Database, piece: Piece) -> tuple[str, dict[str, str]]:
    with db.read() as connection:
        now = load_piece(connection, piece.id)
        found = changes_since(connection, now, newest_revision(connection, now))
        assert found is not None
        return found.base.piece_id, dict(found.how)


def written(db: Database, reader: Actor, piece_id: str) -> dict[str, tuple[str, str | None, int]]:
    shown = review_json(db, reader, piece_id)["written"]
    return {
        lineage: (one["kind"], one["by"]["name"] if one["by"] else one["engine"], one["revision"])
        for lineage, one in shown.items()
    }


# Adaptations -------------------------------------------------------------------------------------------------


def test_an_adaptation_begins_as_the_published_text_and_says_of_which_revision(
    db: Database, people: People, base: Piece, ann: Actor
) -> None:
    made = adapt(db, ann, base.id, "FR")
    assert (made.market, made.language, made.status, made.author_id) == ("FR", "en", "draft", ann.id)
    shown = review_json(db, people["medical"], made.id)
    published = review_json(db, people["medical"], base.id)
    assert shown["adapted_from"] == {
        "piece": base.id,
        "title": published["piece"]["title"],
        "market": "EU",
        "revision": 1,
        "hash": published["piece"]["hash"],
        "manifest": published["manifest"]["hash"],
        "status": "published",
    }
    assert shown["piece"]["hash"] == published["piece"]["hash"], "not a word was changed yet"
    with db.read() as connection:
        assert [one["market"] for one in adaptations_json(connection, base.id)] == ["FR"]


def test_its_review_shows_what_differs_from_the_base_until_it_is_published_itself(
    db: Database, people: People, base: Piece, ann: Actor
) -> None:
    made = adapt(db, ann, base.id, "FR")
    assert changed(db, made) == (base.id, {})
    change(db, ann, made)
    assert changed(db, made) == (base.id, {"s2": "changed"})
    submit(db, ann, made.id, qualification="internal")
    request_changes(db, people["regulatory"], made.id, "Shorter")
    change(db, ann, made, "The recommended starting dose is 10 mg, once a day.")
    assert changed(db, made) == (base.id, {"s2": "changed"})


def test_the_link_stays_to_the_revision_that_was_published_then(
    db: Database, people: People, base: Piece, ann: Actor
) -> None:
    made = adapt(db, ann, base.id, "FR")
    change(db, people["writer"], base)
    assert review_json(db, people["medical"], made.id)["adapted_from"]["revision"] == 1
    assert changed(db, made) == (base.id, {})


def test_whoever_wrote_the_base_does_not_sign_its_adaptation(
    db: Database, people: People, base: Piece, ann: Actor
) -> None:
    made = adapt(db, ann, base.id, "FR")
    again = make_published(db, people, made)
    third = adapt(db, ann, again.id, "EU")
    submit(db, ann, third.id)
    both = replace(people["writer"], roles=frozenset({Role.WRITER, Role.MEDICAL}))
    with pytest.raises(NotAllowed, match="wrote, edited or submitted"):
        approve(db, both, third.id, PASSWORD)


def make_published(db: Database, people: People, piece: Piece) -> Piece:
    """Publish in the database: the market's own conditions are none of this test's."""
    with db.write() as tx:
        tx.execute(
            publication.insert().values(
                id=new_id("publication"),
                piece_id=piece.id,
                revision_id=piece.revision_id,
                manifest_hash="0" * 64,
                status="published",
                release={},
                published_by=people["regulatory"].id,
                published_at=tx.now,
            )
        )
    return piece


def test_what_cannot_be_adapted_is_refused(db: Database, people: People, base: Piece, ann: Actor) -> None:
    with pytest.raises(InvalidInput, match="same market"):
        adapt(db, ann, base.id, "EU")
    with pytest.raises(InvalidInput, match="not a market"):
        adapt(db, ann, base.id, "Mars")
    with pytest.raises(NotAllowed):
        adapt(db, people["medical"], base.id, "FR")
    with pytest.raises(WrongState, match="published now"):
        adapt(db, ann, adapt(db, ann, base.id, "FR").id, "UK")


def test_a_crash_at_the_link_leaves_no_piece(
    db: Database, base: Piece, ann: Actor, die_at: Callable[[str], Callable[[str], None]]
) -> None:
    with pytest.raises(RuntimeError):
        adapt(replace(db, failpoint=die_at("adapt:link")), ann, base.id, "FR")
    with db.read() as connection:
        assert connection.execute(select(adaptation)).all() == []


# Who wrote each text -----------------------------------------------------------------------------------------


def test_the_sources_words_a_persons_and_a_machines_are_told_apart_for_good(
    db: Database, people: People, base: Piece, ann: Actor
) -> None:
    reader = people["auditor"]
    assert written(db, reader, base.id) == {
        "t1": ("machine", "extractive", 1),
        "s1": ("source", "extractive", 1),
        "s2": ("source", "extractive", 1),
    }
    change(db, ann, base)
    assert written(db, reader, base.id)["s2"] == ("human", "Ann", 2)
    assert written(db, reader, base.id)["s1"] == ("source", "extractive", 1)
    with db.read() as connection:
        before = newest_revision(connection, base).document.segment("s2").text
    change(db, people["writer"], base, before)
    assert written(db, reader, base.id)["s2"] == ("source", "The writer", 3)
    change(db, people["writer"], base, "Start with 10 mg once daily.")
    change(db, ann, base, HUMAN)
    assert written(db, reader, base.id)["s2"] == ("human", "Ann", 5)


def test_a_reworded_machine_text_is_a_machines(db: Database, people: People) -> None:
    document = document_of(db, add_source(db, people["librarian"]))
    piece = add_piece(db, people["writer"], document)
    words = reworded(document, "s1", "Velmora is for adults with chronic heart failure.")
    wording = tuple(replace(s, wording="reworded") if s.id == "s1" else s for s in words.segments)
    edit(db, people["writer"], piece.id, replace(words, segments=wording))
    assert written(db, people["auditor"], piece.id)["s1"] == ("machine", "extractive", 2)


def test_an_adaptation_keeps_who_wrote_what_was_taken_over(
    db: Database, people: People, base: Piece, ann: Actor
) -> None:
    made = adapt(db, ann, base.id, "FR")
    change(db, ann, made)
    assert written(db, people["auditor"], made.id) == {
        "t1": ("machine", "extractive", 1),
        "s1": ("source", "extractive", 1),
        "s2": ("human", "Ann", 2),
    }


def test_the_evidence_pack_says_who_wrote_each_text(db: Database, people: People, base: Piece) -> None:
    pack = evidence_pack(db, people["auditor"], base.id, Drawing())
    with zipfile.ZipFile(BytesIO(pack.content)) as archive:
        said = json.loads(next(archive.read(n) for n in archive.namelist() if n.endswith("origins.json")))
    assert said["written"]["s1"]["kind"] == "source"
    assert said["adapted_from"] is None


def test_older_texts_are_told_apart_when_the_database_is_brought_up_to_date(
    db: Database, people: People, base: Piece, ann: Actor
) -> None:
    change(db, ann, base)
    change(db, people["writer"], base, "Start with 10 mg once daily.")
    expected = _origins(db)
    filled = importlib.import_module("assistant.store.migrations.versions.0017_origins")
    with db.write() as tx:
        tx.execute(
            update(segment).values(origin=None, origin_by=None, origin_engine=None, origin_revision=None)
        )
        with Operations.context(MigrationContext.configure(tx.connection)):
            filled._fill()
        assert tx.execute(text("SELECT count(*) FROM segment WHERE origin IS NULL")).scalar() == 0
    assert _origins(db) == expected


def _origins(db: Database) -> list[tuple[object, ...]]:
    with db.read() as connection:
        rows = connection.execute(
            select(
                segment.c.revision_id,
                segment.c.lineage,
                segment.c.origin,
                segment.c.origin_by,
                segment.c.origin_engine,
                segment.c.origin_revision,
            ).order_by(segment.c.revision_id, segment.c.lineage)
        )
        return [tuple(row) for row in rows]


def test_a_source_that_is_not_approved_for_the_new_market_stops_the_adaptation(
    db: Database, base: Piece, ann: Actor
) -> None:
    made = adapt(db, ann, base.id, "US")
    with pytest.raises(Blocked, match="GR8"):
        submit(db, ann, made.id)
