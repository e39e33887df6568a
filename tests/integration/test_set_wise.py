"""What rests on a source is read in as many statements for thirty pieces as for three, and in pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Connection, update

from assistant.corpus.model import ApprovalRequest
from assistant.errors import InvalidInput
from assistant.people.roles import Actor
from assistant.publishing.affected import affected_items
from assistant.publishing.calendar import calendar, reminders
from assistant.publishing.cascade import cascade
from assistant.publishing.dependents import affected, affected_by_product
from assistant.publishing.errors import UnknownPublication
from assistant.publishing.listing import list_published, published_page
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.recipients import Use, record_use
from assistant.publishing.versions import source_diff
from assistant.review.decisions import approve
from assistant.review.pieces import load_piece
from assistant.review.submission import submit
from assistant.store.database import Database
from assistant.store.schema import publication as publication_table
from eval.suites.withdrawal import multiply
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of
from tests.builders.statements import counted
from tests.integration.conftest import PASSWORD

People = dict[str, Actor]


@dataclass(frozen=True)
class World:
    """A source with three pieces that were published with it, and another source beside it."""

    db: Database
    people: People
    source: str
    newer: str
    product: str


Read = Callable[[World], object]


@pytest.fixture
def published(db: Database, people: People, source: str) -> Publication:
    made = add_piece(db, people["writer"], document_of(db, source)).id
    submit(db, people["writer"], made)
    approve(db, people["medical"], made, PASSWORD)
    approve(db, people["regulatory"], made, PASSWORD)
    released = publish(db, people["regulatory"], made)
    record_use(db, people["regulatory"], Use(released.id, "visit", date(2026, 6, 15), "Dr Ada Quill"))
    return released


def _within(db: Database, read: Callable[[Connection], object]) -> object:
    with db.read() as connection:
        return read(connection)


READERS: dict[str, Read] = {
    "affected items": lambda w: affected_items(w.db, w.people["auditor"], source=w.source),
    "a page of them": lambda w: affected_items(w.db, w.people["auditor"], source=w.source, limit=3),
    "what a withdrawal stops": lambda w: _within(w.db, lambda c: affected(c, [w.source])),
    "what a freeze stops": lambda w: _within(w.db, lambda c: affected_by_product(c, w.product)),
    "what a new version changes": lambda w: source_diff(w.db, w.people["writer"], w.source, w.newer),
    "calendar": lambda w: calendar(w.db, w.people["writer"]),
    "reminders": lambda w: reminders(w.db, w.people["writer"]),
    "published list": lambda w: list_published(w.db, reader=w.people["rep"]),
    "a page of it": lambda w: published_page(w.db, w.people["rep"], limit=3),
}


@pytest.fixture
def world(db: Database, people: People, source: str, published: Publication) -> World:
    newer = add_source(db, people["librarian"], (*SENTENCES[:2], "Another sentence."), title="Newer")
    with db.write() as tx:
        product = load_piece(tx.connection, published.piece_id).product_id
        multiply(tx, published, 2)
    return World(db, people, source, newer, product)


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_thirty_pieces_take_as_many_statements_as_three(
    world: World, published: Publication, read: Read
) -> None:
    read(world)  # two versions are compared once
    with counted(world.db) as few:
        read(world)
    with world.db.write() as tx:
        multiply(tx, published, 27, first=2)
    with counted(world.db) as many:
        read(world)
    assert len(many) == len(few)


def test_the_pages_of_the_report_are_the_report_and_each_has_all_counts_and_people(world: World) -> None:
    auditor = world.people["auditor"]
    whole = affected_items(world.db, auditor, source=world.source)
    assert [len(whole["items"]), whole["next"], whole["counts"]["served"]] == [3, None, 3]
    first = affected_items(world.db, auditor, source=world.source, limit=2)
    rest = affected_items(world.db, auditor, source=world.source, limit=2, after=first["next"])
    assert [*first["items"], *rest["items"]] == whole["items"]
    assert rest["next"] is None
    for page in (first, rest):
        assert (page["counts"], page["people"]) == (whole["counts"], whole["people"])
    with pytest.raises(InvalidInput, match="no longer there"):
        affected_items(world.db, auditor, source=world.source, after="piece_gone", limit=2)


def test_the_pages_of_what_is_published_are_the_list_without_what_is_not_served(
    world: World, published: Publication
) -> None:
    with world.db.write() as tx:
        multiply(tx, published, 27, first=2)
        stopped = [f"publication_{at:016x}" for at in range(0, 29, 3)]
        tx.execute(
            update(publication_table)
            .where(publication_table.c.id.in_(stopped))
            .values(expires_on=date(2026, 6, 1))
        )
    whole = list_published(world.db, reader=world.people["rep"])
    walked, after = [], ""
    while True:
        page, following = published_page(world.db, world.people["rep"], after=after, limit=7)
        walked += page
        if following is None:
            break
        assert len(page) == 7
        after = following
    assert walked == whole
    assert not {one["id"] for one in walked} & set(stopped)
    assert [one["id"] for one in published_page(world.db, None, kind="quiz")[0]] == []
    with pytest.raises(UnknownPublication):
        published_page(world.db, None, after="publication_gone")


def test_what_was_confirmed_against_a_newer_version_is_in_that_versions_report(
    db: Database, people: People, source: str, published: Publication
) -> None:
    newer = add_source(
        db,
        people["librarian"],
        (*SENTENCES, "More."),
        replaces=source,
        approval=ApprovalRequest("REF-2", date(2026, 6, 1), date(2028, 1, 1)),
    )
    assert affected_items(db, people["auditor"], source=newer)["items"] == []
    cascade(db, people["librarian"], "source_superseded", [source])
    (item,) = affected_items(db, people["auditor"], source=newer)["items"]
    assert [one["id"] for one in item["publications"]] == [published.id]
