"""Publishing, serving and stopping, on both databases."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from assistant.corpus.model import ApprovalRequest
from assistant.corpus.products import freeze_product, unfreeze_product, update_product
from assistant.corpus.sources import withdraw_source
from assistant.errors import (
    Blocked,
    IntegrityError,
    InvalidInput,
    NotAllowed,
    NotFound,
    ProductFrozen,
    SourceNotUsable,
    WrongState,
)
from assistant.people.roles import Actor, Role
from assistant.publishing.cascade import cascade
from assistant.publishing.dependents import affected, affected_by_product
from assistant.publishing.errors import Gone, UnknownPublication
from assistant.publishing.expiry import mark_expired
from assistant.publishing.export import export_piece
from assistant.publishing.listing import list_published, publication_json
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.publishing.serving import published_bytes, served
from assistant.review.decisions import approve, request_changes
from assistant.review.overrides import override
from assistant.review.pieces import load_piece
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.schema import citation, finding, recall, rendition, revision
from tests.builders.dossier import SENTENCES, Terms, add_piece, add_source, document_of, edit
from tests.builders.reading import actions, status_of

PASSWORD = "a passphrase for the tests"
VISA = {"visa_number": "26/05/69999991/PM/001", "visa_granted_on": "2026-05-31"}

People = dict[str, Actor]


@pytest.fixture
def approved(db: Database, people: People, source: str) -> str:
    """A piece that medical and regulatory have signed."""
    return sign(db, people, add_piece(db, people["writer"], document_of(db, source)).id)


@pytest.fixture
def published(db: Database, people: People, approved: str) -> Publication:
    return publish(db, people["regulatory"], approved)


def sign(db: Database, people: People, piece_id: str) -> str:
    submit(db, people["writer"], piece_id)
    approve(db, people["medical"], piece_id, PASSWORD)
    approve(db, people["regulatory"], piece_id, PASSWORD)
    return piece_id


def is_served(db: Database, publication: Publication) -> tuple[bool, str]:
    with db.read() as connection:
        state = served(connection, publication.id, db.clock.now())
        return state.ok, state.code


# Publishing --------------------------------------------------------------------------------------------------


def test_what_is_served_is_what_was_signed_byte_for_byte(
    db: Database, people: People, published: Publication
) -> None:
    signed = review_json(db, people["auditor"], published.piece_id)["manifest"]["content"]["renditions"]
    for made in signed:
        data, media_type = published_bytes(db, published.id, made["name"])
        assert hashlib.sha256(data).hexdigest() == made["sha256"]
        assert media_type == made["media_type"]
    with pytest.raises(NotFound, match="no rendition docx"):
        published_bytes(db, published.id, "docx")


def test_a_publication_says_what_when_and_until_when(
    db: Database, people: People, published: Publication
) -> None:
    shown = publication_json(db, published)
    assert shown["piece"] == published.piece_id
    assert shown["hash"] == review_json(db, people["auditor"], published.piece_id)["manifest"]["hash"]
    assert shown["published_at"] == "2026-06-15T10:00:00+00:00"
    assert shown["expires_on"] == "2027-01-01", "the source's approval ends first"
    assert shown["status"] == "published"
    assert [(s["role"], s["by"]["name"]) for s in shown["signatures"]] == [
        ("medical", "The medical"),
        ("regulatory", "The regulatory"),
    ]


@pytest.mark.parametrize("signed", [[], ["medical"]])
def test_nothing_is_published_before_the_last_signature(
    db: Database, people: People, source: str, signed: list[str]
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source))
    with pytest.raises(WrongState):
        publish(db, people["regulatory"], piece.id)
    submit(db, people["writer"], piece.id)
    for name in signed:
        approve(db, people[name], piece.id, PASSWORD)
    with pytest.raises(WrongState, match="in review"):
        publish(db, people["regulatory"], piece.id)


def test_a_text_sent_back_and_submitted_again_unchanged_is_published_on_its_last_signatures(
    db: Database, people: People, source: str, add_person: Callable[..., Actor]
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source)).id
    turned = add_person("Turned", Role.MEDICAL, Role.WRITER)
    submit(db, people["writer"], piece)
    approve(db, turned, piece, PASSWORD)
    request_changes(db, people["regulatory"], piece, "Explain the dose.")
    submit(db, turned, piece)  # who signed the first round submits the second: that signature counts no more
    for role in ("medical", "regulatory"):
        approve(db, people[role], piece, PASSWORD)
    shown = review_json(db, people["writer"], piece)
    published = publication_json(db, publish(db, people["regulatory"], piece))
    for signatures in (shown["signatures"], published["signatures"]):
        assert [s["by"]["name"] for s in signatures] == ["The medical", "The regulatory"]


def test_publishing_twice_is_refused(db: Database, people: People, published: Publication) -> None:
    with pytest.raises(WrongState, match="published"):
        publish(db, people["regulatory"], published.piece_id)


@pytest.mark.parametrize("role", ["writer", "medical", "legal", "pharmacist", "librarian", "admin", "rep"])
def test_in_the_eu_only_regulatory_publishes(db: Database, people: People, approved: str, role: str) -> None:
    with pytest.raises(NotAllowed):
        publish(db, people[role], approved)
    assert status_of(db, approved) == "approved"


def test_the_author_does_not_publish(
    db: Database, people: People, source: str, add_person: Callable[..., Actor]
) -> None:
    both = add_person("Both", Role.WRITER, Role.REGULATORY)
    piece = add_piece(db, both, document_of(db, source))
    sign(db, people, piece.id)
    with pytest.raises(NotAllowed, match="Both wrote"):
        publish(db, both, piece.id)


def test_an_approved_piece_whose_source_has_gone_is_not_published(
    db: Database, people: People, source: str, approved: str
) -> None:
    withdraw_source(db, people["librarian"], source, "Wrong file")
    with pytest.raises(SourceNotUsable, match="withdrawn"):
        publish(db, people["regulatory"], approved)


def test_a_piece_of_a_frozen_product_is_not_published(db: Database, people: People, approved: str) -> None:
    freeze_product(db, people["safety"], "Velmora", "Signal")
    with pytest.raises(ProductFrozen, match="Signal"):
        publish(db, people["regulatory"], approved)


@pytest.mark.parametrize("table", ["rendition", "document"])
def test_bytes_that_are_not_those_signed_are_neither_published_nor_served(
    db: Database, people: People, approved: str, table: str
) -> None:
    def tamper() -> None:
        with db.write() as tx:
            if table == "rendition":
                tx.execute(update(rendition).where(rendition.c.name == "html").values(bytes=b"<p>20 mg</p>"))
            else:
                tx.execute(update(revision).values(document=revision.c.document + " "))

    tamper()
    with pytest.raises(IntegrityError, match="not what was signed"):
        publish(db, people["regulatory"], approved)
    assert status_of(db, approved) == "approved"


def test_bytes_changed_after_publication_are_not_served(db: Database, published: Publication) -> None:
    with db.write() as tx:
        tx.execute(update(rendition).where(rendition.c.name == "pdf").values(bytes=b"%PDF"))
    with pytest.raises(IntegrityError):
        published_bytes(db, published.id, "pdf")


# France ------------------------------------------------------------------------------------------------------


@pytest.fixture
def french(db: Database, people: People, source: str) -> str:
    """A French promotional piece, approved with its missing mentions overridden."""
    update_product(db, people["librarian"], "Velmora", {"cis": "69999991"})
    terms = Terms(qualification="promotional", market="FR")
    piece = add_piece(db, people["writer"], document_of(db, source), terms)
    submit(db, people["writer"], piece.id, override_request="Mentions on the page around it")
    for block in review_json(db, people["legal"], piece.id)["open"]["blocks"]:
        for name in ("legal", "regulatory"):
            override(db, people[name], piece.id, block["rule"], block["where"], "Seen")
    for name in ("medical", "legal", "regulatory"):
        approve(db, people[name], piece.id, PASSWORD)
    return piece.id


def test_a_french_promotional_piece_waits_for_its_visa(db: Database, people: People, french: str) -> None:
    with pytest.raises(Blocked, match="FR11") as refusal:
        publish(db, people["pharmacist"], french)
    assert {f.rule for f in refusal.value.params["findings"]} == {"FR10", "FR11"}
    assert status_of(db, french) == "approved"
    assert "publication.refused" in actions(db)
    with db.read() as connection:
        assert "EU2" not in set(connection.scalars(select(finding.c.rule))), (
            "the signed page carries its mark"
        )
    with pytest.raises(NotAllowed):
        publish(db, people["regulatory"], french, VISA)
    with pytest.raises(Blocked, match="FR10"):
        publish(db, people["pharmacist"], french, {**VISA, "visa_number": "26/05/60000000/PM/001"})
    publication = publish(db, people["pharmacist"], french, VISA)
    assert publication.release["visa_number"] == VISA["visa_number"]


@pytest.mark.parametrize(
    "visa",
    [
        {"visa_number": VISA["visa_number"], "visa_granted_on": "2026-06-16"},
        {"visa_number": VISA["visa_number"], "visa_granted_on": "2024-06-01"},
    ],
)
def test_a_visa_that_is_not_in_force_releases_nothing(
    db: Database, people: People, french: str, visa: dict[str, str]
) -> None:
    with pytest.raises(Blocked, match="FR11"):
        publish(db, people["pharmacist"], french, visa)


def test_a_visa_number_that_is_none_is_refused(db: Database, people: People, french: str) -> None:
    with pytest.raises(InvalidInput, match="not a visa number"):
        publish(db, people["pharmacist"], french, {**VISA, "visa_number": "123"})


def test_use_ends_with_the_visa_where_that_ends_first(db: Database, people: People, french: str) -> None:
    publication = publish(db, people["pharmacist"], french, {**VISA, "visa_expires_on": "2026-12-01"})
    assert publication.expires_on == date(2026, 12, 1)


# Served or not -----------------------------------------------------------------------------------------------


def test_a_withdrawn_source_stops_it_at_once_before_any_cascade(
    db: Database, people: People, source: str, published: Publication
) -> None:
    assert is_served(db, published) == (True, "")
    withdraw_source(db, people["librarian"], source, "A new risk")
    assert is_served(db, published) == (False, "source_withdrawn")
    with pytest.raises(Gone, match="A new risk"):
        published_bytes(db, published.id, "html")
    assert list_published(db) == []
    (shown,) = list_published(db, stopped=True)
    assert (shown["served"], shown["cause"]) == (False, "source_withdrawn")


def test_a_frozen_product_stops_it_and_it_comes_back_when_the_freeze_is_lifted(
    db: Database, people: People, published: Publication
) -> None:
    freeze_product(db, people["safety"], "Velmora", "Signal")
    assert is_served(db, published) == (False, "product_frozen")
    listed = cascade(db, people["safety"], "product_frozen", product_id=product_of(db, published))
    assert [item["publication"] for item in listed] == [published.id]
    unfreeze_product(db, people["safety"], "Velmora", "Closed")
    assert is_served(db, published) == (True, "")


def product_of(db: Database, publication: Publication) -> str:
    with db.read() as connection:
        return load_piece(connection, publication.piece_id).product_id


def test_it_is_served_to_the_end_of_its_last_day_on_the_markets_wall(
    db: Database, clock: Any, published: Publication
) -> None:
    clock.instant = clock.instant.replace(year=2027, month=1, day=1, hour=22, minute=30)
    assert is_served(db, published) == (True, ""), "23:30 in Brussels"
    clock.advance(hours=1)
    assert is_served(db, published) == (False, "expired"), "00:30 in Brussels, the day after"


def test_what_has_expired_is_marked_once(db: Database, clock: Any, published: Publication) -> None:
    assert mark_expired(db) == []
    clock.advance(days=365)
    (marked,) = mark_expired(db)
    assert marked["publication"] == published.id
    assert mark_expired(db) == []
    assert status_of(db, published.piece_id) == "expired"
    assert is_served(db, published) == (False, "expired")


def test_an_unknown_publication_is_named(db: Database) -> None:
    with pytest.raises(UnknownPublication, match="publication_none"):
        published_bytes(db, "publication_none", "html")


# Recall ------------------------------------------------------------------------------------------------------


def test_a_recalled_piece_is_gone_and_the_reason_is_told(
    db: Database, people: People, published: Publication
) -> None:
    (recalled,) = recall_piece(db, people["safety"], published.piece_id, "Wrong dose")
    assert recalled == {
        "piece": published.piece_id,
        "publication": published.id,
        "reason": "Wrong dose",
        "cause": "recalled",
    }
    with pytest.raises(Gone, match="Wrong dose"):
        published_bytes(db, published.id, "html")
    assert status_of(db, published.piece_id) == "recalled"
    assert actions(db)[-1] == "piece.recalled"
    with pytest.raises(WrongState, match="recalled already"):
        recall_piece(db, people["safety"], published.piece_id, "Again")


def test_only_what_is_published_is_recalled_by_those_who_may(
    db: Database, people: People, approved: str
) -> None:
    with pytest.raises(WrongState, match="never published"):
        recall_piece(db, people["medical"], approved, "No")
    for role in ("writer", "librarian", "rep", "admin", "legal"):
        with pytest.raises(NotAllowed):
            recall_piece(db, people[role], approved, "No")
    with pytest.raises(InvalidInput):
        recall_piece(db, people["medical"], approved, "")


# Next revisions ----------------------------------------------------------------------------------------------


def test_an_edit_of_a_published_piece_leaves_what_is_published_until_the_next_is_signed(
    db: Database, people: People, source: str, published: Publication
) -> None:
    before, _ = published_bytes(db, published.id, "html")
    edit(db, people["writer"], published.piece_id, document_of(db, source, 3))
    assert status_of(db, published.piece_id) == "draft"
    assert published_bytes(db, published.id, "html")[0] == before
    with pytest.raises(WrongState):
        publish(db, people["regulatory"], published.piece_id)
    sign(db, people, published.piece_id)
    newer = publish(db, people["regulatory"], published.piece_id)
    assert is_served(db, newer) == (True, "")
    assert is_served(db, published) == (False, "superseded")
    assert [p["id"] for p in list_published(db)] == [newer.id]


def test_recalling_a_piece_whose_next_revision_is_on_its_way_stops_what_is_published(
    db: Database, people: People, source: str, published: Publication
) -> None:
    edit(db, people["writer"], published.piece_id, document_of(db, source, 3))
    recall_piece(db, people["medical"], published.piece_id, "Wrong")
    assert is_served(db, published) == (False, "recalled")
    assert status_of(db, published.piece_id) == "draft"


# The cascade -------------------------------------------------------------------------------------------------


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


@pytest.fixture
def newer(db: Database, people: People, source: str) -> Callable[..., str]:
    """Approve a next version of the label."""

    def add(*sentences: str, replaces: str | None = None) -> str:
        return add_source(
            db,
            people["librarian"],
            sentences,
            replaces=replaces or source,
            approval=ApprovalRequest("REF-2", date(2026, 6, 1), date(2028, 1, 1)),
            title="Velmora label, next version",
        )

    return add


def test_a_piece_whose_quotes_stand_in_the_newer_version_stays_live_once_that_is_confirmed(
    db: Database, people: People, source: str, published: Publication, newer: Callable[..., str]
) -> None:
    version = newer(*SENTENCES[:2], "A new sentence.")
    assert is_served(db, published) == (False, "source_superseded"), "not before it is confirmed"
    assert cascade(db, people["librarian"], "source_superseded", [source]) == []
    assert is_served(db, published) == (True, "")
    (shown,) = list_published(db)
    assert {s["id"] for s in shown["sources"]} == {source, version}
    withdraw_source(db, people["librarian"], version, "Withdrawn too")
    assert is_served(db, published) == (False, "source_withdrawn")
    (recalled,) = cascade(db, people["librarian"], "source_withdrawn", [version])
    assert recalled["publication"] == published.id


def test_a_piece_whose_support_changed_is_suspended_until_a_new_revision_is_signed(
    db: Database, people: People, source: str, published: Publication, newer: Callable[..., str]
) -> None:
    version = newer(SENTENCES[0], "The recommended starting dose is 5 mg once daily.")
    (stopped,) = cascade(db, people["librarian"], "source_superseded", [source])
    assert stopped["publication"] == published.id
    assert status_of(db, published.piece_id) == "suspended"
    assert is_served(db, published) == (False, "suspended")
    edit(db, people["writer"], published.piece_id, document_of(db, version, 2))
    sign(db, people, published.piece_id)
    again = publish(db, people["regulatory"], published.piece_id)
    assert is_served(db, again) == (True, "")
    assert is_served(db, published) == (False, "superseded")


def test_a_piece_is_suspended_where_the_newer_version_is_not_approved_for_its_market(
    db: Database, people: People, source: str, published: Publication
) -> None:
    add_source(db, people["librarian"], (*SENTENCES, "More."), markets=("US",), replaces=source)
    (stopped,) = cascade(db, people["librarian"], "source_superseded", [source])
    assert stopped["publication"] == published.id
    assert is_served(db, published) == (False, "suspended")


def test_a_second_newer_version_is_compared_with_what_was_quoted_at_first(
    db: Database, people: People, source: str, published: Publication, newer: Callable[..., str]
) -> None:
    second = newer(*SENTENCES[:2], "Second.")
    cascade(db, people["librarian"], "source_superseded", [source])
    third = newer(*SENTENCES[:2], "Third.", replaces=second)
    assert is_served(db, published) == (False, "source_superseded")
    cascade(db, people["librarian"], "source_superseded", [second])
    assert is_served(db, published) == (True, "")
    newer("Nothing of it is left.", replaces=third)
    cascade(db, people["librarian"], "source_superseded", [third])
    assert is_served(db, published) == (False, "suspended")


def test_a_draft_on_a_superseded_source_returns_to_its_writer(
    db: Database, people: People, source: str, newer: Callable[..., str]
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source))
    submit(db, people["writer"], piece.id)
    newer(*SENTENCES, "More.")
    (returned,) = cascade(db, people["librarian"], "source_superseded", [source])
    assert (returned["piece"], returned["publication"]) == (piece.id, None)
    assert status_of(db, piece.id) == "draft"


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


# Readers -----------------------------------------------------------------------------------------------------


def test_an_internal_piece_is_not_shown_to_a_health_professional(
    db: Database, people: People, published: Publication
) -> None:
    assert list_published(db, reader=people["hcp"]) == []
    assert [item["id"] for item in list_published(db, reader=people["rep"])] == [published.id]
    for look in (
        lambda: published_bytes(db, published.id, "html", people["hcp"]),
        lambda: publication_json(db, published, people["hcp"]),
        lambda: export_piece(db, people["hcp"], published.piece_id, "html"),
    ):
        with pytest.raises(NotAllowed):
            look()


# Copies ------------------------------------------------------------------------------------------------------


def test_a_copy_of_what_is_served_is_the_signed_one_and_any_other_is_marked(
    db: Database, people: People, source: str, published: Publication
) -> None:
    signed = export_piece(db, people["rep"], published.piece_id, "html")
    assert signed.approved
    assert signed.content == published_bytes(db, published.id, "html")[0]
    recall_piece(db, people["medical"], published.piece_id, "Wrong")
    copy = export_piece(db, people["writer"], published.piece_id, "html")
    assert not copy.approved
    assert b"Not an approved rendition" in copy.content
    with pytest.raises(NotAllowed):
        export_piece(db, people["rep"], published.piece_id, "html")
    draft = add_piece(db, people["writer"], document_of(db, source, 1))
    assert export_piece(db, people["writer"], draft.id, "pdf").content.startswith(b"%PDF")
    assert export_piece(db, people["writer"], draft.id, "json").media_type == "application/json"
    with pytest.raises(InvalidInput):
        export_piece(db, people["writer"], draft.id, "docx")
