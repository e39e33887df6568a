"""What a withdrawal stops, on both databases: each piece once, whatever dies on the way."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from assistant.corpus.sources import withdraw_source
from assistant.publishing.cascade import cascade
from assistant.publishing.dependents import affected, affected_by_product
from assistant.publishing.model import Publication
from assistant.review.pieces import load_piece
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.schema import citation, recall
from tests.builders.dossier import add_piece, add_source, document_of
from tests.builders.publications import is_served, sign
from tests.builders.reading import actions, status_of
from tests.builders.release import People


def test_a_withdrawal_recalls_what_is_published_and_returns_the_rest_to_their_writers(
    db: Database, people: People, source: str, published: Publication
) -> None:
    writer = people["writer"]
    draft = add_piece(db, writer, document_of(db, source, 1))
    in_review = add_piece(db, writer, document_of(db, source, 2))
    submit(db, writer, in_review.id)
    signed = sign(db, people, add_piece(db, writer, document_of(db, source, 3)).id)
    other = add_source(db, people["librarian"], ("Another label says this.",), title="Other label")
    untouched = add_piece(db, writer, document_of(db, other, 1))
    with db.read() as connection:
        expected = {(item["piece"], item["publication"]) for item in affected(connection, [source])}
    withdraw_source(db, people["librarian"], source, "A new risk")
    recalled = cascade(db, people["librarian"], "source_withdrawn", [source])
    assert {(r["piece"], r["publication"]) for r in recalled} == expected
    assert {r["piece"] for r in recalled} == {published.piece_id, draft.id, in_review.id, signed}
    assert all("A new risk" in r["reason"] for r in recalled)
    states = [
        status_of(db, piece) for piece in (published.piece_id, draft.id, in_review.id, signed, untouched.id)
    ]
    assert states == ["recalled", "draft", "draft", "draft", "draft"]
    shown = review_json(db, writer, in_review.id)
    assert {task["status"] for task in shown["tasks"]} == {"cancelled"}
    assert any(finding["rule"] == "GR7" for finding in shown["findings"])


def test_a_finished_cascade_changes_nothing_when_it_runs_again(
    db: Database, people: People, source: str, published: Publication
) -> None:
    add_piece(db, people["writer"], document_of(db, source, 1))
    withdraw_source(db, people["librarian"], source, "A new risk")
    first = cascade(db, people["librarian"], "source_withdrawn", [source])
    before = actions(db)
    assert cascade(db, people["librarian"], "source_withdrawn", [source]) == first
    assert actions(db) == before
    assert published.id in {item["publication"] for item in first}


@pytest.mark.parametrize(
    "point",
    [
        "recall:publication",
        "recall:row",
        "audit:piece.recalled",
        "checks:findings",
        "audit:piece.returned",
        "review:round_closed",
    ],
)
def test_a_cascade_that_died_goes_on_and_stops_each_piece_once(
    db: Database,
    people: People,
    source: str,
    published: Publication,
    die_at: Callable[[str], Any],
    point: str,
) -> None:
    in_review = add_piece(db, people["writer"], document_of(db, source, 1))
    submit(db, people["writer"], in_review.id)
    withdraw_source(db, people["librarian"], source, "A new risk")
    with pytest.raises(RuntimeError, match="died"):
        cascade(replace(db, failpoint=die_at(point)), people["librarian"], "source_withdrawn", [source])
    stopped = cascade(db, people["librarian"], "source_withdrawn", [source])
    assert {(s["piece"], s["publication"]) for s in stopped} == {
        (published.piece_id, published.id),
        (in_review.id, None),
    }
    with db.read() as connection:
        assert len(connection.execute(select(recall)).all()) == 2
    done = actions(db)
    assert done.count("piece.recalled") == done.count("piece.returned") == done.count("review.cancelled") == 1


def test_what_a_freeze_would_stop_is_listed_before_it_is_done(db: Database, published: Publication) -> None:
    with db.read() as connection:
        (item,) = affected_by_product(connection, load_piece(connection, published.piece_id).product_id)
    assert item["publication"] == published.id


def test_a_fragment_that_cites_stops_the_piece_like_a_statement(
    db: Database, people: People, published: Publication
) -> None:
    other = add_source(db, people["librarian"], ("Another label says this.",), title="Other label")
    with db.write() as tx:
        row = tx.execute(select(citation).where(citation.c.lineage == "s1")).one()
        tx.execute(citation.insert().values({**row._mapping, "lineage": "f1", "source_id": other}))
    assert is_served(db, published) == (True, "")
    withdraw_source(db, people["librarian"], other, "Fragment's source")
    assert is_served(db, published) == (False, "source_withdrawn")
