"""A source is replaced: what still stands waits for two signatures, live or suspended; on both databases."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from assistant.audit.verify import verify_trail
from assistant.corpus.model import ApprovalRequest
from assistant.corpus.sources import withdraw_source
from assistant.errors import AlreadyDecided, AncrageError, Conflict, NotAllowed, WrongPassword, WrongState
from assistant.people.roles import Actor, Role
from assistant.publishing import cascade as cascading
from assistant.publishing.cascade import cascade
from assistant.publishing.confirming import confirm, confirmation_json, decline, list_confirmations
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.publishing.serving import published_bytes, served
from assistant.review.decisions import approve
from assistant.review.pieces import load_piece
from assistant.review.submission import submit
from assistant.store.database import Database
from assistant.store.schema import confirmation, confirmation_signature
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of
from tests.builders.policies import policy_with, put_in_force
from tests.builders.reading import actions
from tests.integration.conftest import FakeClock

PASSWORD = "a passphrase for the tests"
People = dict[str, Actor]


@pytest.fixture
def published(db: Database, people: People, source: str) -> Publication:
    return publish_one(db, people, source)


def publish_one(db: Database, people: People, source: str) -> Publication:
    piece = add_piece(db, people["writer"], document_of(db, source)).id
    submit(db, people["writer"], piece)
    approve(db, people["medical"], piece, PASSWORD)
    approve(db, people["regulatory"], piece, PASSWORD)
    return publish(db, people["regulatory"], piece)


@pytest.fixture
def suspended_meanwhile(db: Database, people: People) -> None:
    """A market whose policy serves nothing that is not confirmed."""
    text = policy_with(lambda data: data.update(superseded_and_standing={"other": "suspended"}))
    put_in_force(db, text, people["pharmacist"], people["regulatory"])


def replaced(
    db: Database, people: People, source: str, *more: str, sentences: tuple[str, ...] = SENTENCES[:2]
) -> str:
    approval = ApprovalRequest("REF-2", date(2026, 6, 1), date(2028, 1, 1))
    texts = (*sentences, *(more or ("A new sentence.",)))
    version = add_source(
        db, people["librarian"], texts, replaces=source, approval=approval, title="Next label"
    )
    cascade(db, people["librarian"], "source_superseded", [source])
    return version


def one(db: Database, people: People) -> dict[str, Any]:
    (found,) = list_confirmations(db, people["auditor"])
    return found


def state(db: Database, publication: Publication) -> str:
    with db.read() as connection:
        found = served(connection, publication.id, db.clock.now())
        return "served" if found.ok else found.code


def test_what_stands_stays_live_and_waits_for_the_roles_that_the_policy_names(
    db: Database, people: People, source: str, published: Publication
) -> None:
    version = replaced(db, people, source)
    assert state(db, published) == "served"
    found = one(db, people)
    assert (found["old"]["id"], found["new"]["id"], found["meanwhile"]) == (source, version, "live")
    assert found["missing"] == ["medical", "regulatory"]


def test_two_named_people_confirm_and_the_published_bytes_stay_as_signed(
    db: Database, people: People, source: str, published: Publication, clock: FakeClock
) -> None:
    before = published_bytes(db, published.id, "html")
    replaced(db, people, source)
    found = one(db, people)
    half = confirm(db, people["medical"], found["id"], PASSWORD, found["hash"])
    assert (half["status"], half["missing"]) == ("open", ["regulatory"])
    whole = confirm(db, people["regulatory"], found["id"], PASSWORD)
    assert whole["status"] == "confirmed"
    assert {(s["name"], s["role"], s["hash"]) for s in whole["signatures"]} == {
        (people["medical"].name, "medical", found["hash"]),
        (people["regulatory"].name, "regulatory", found["hash"]),
    }
    clock.advance(days=60)
    assert state(db, published) == "served"
    assert published_bytes(db, published.id, "html") == before
    assert list_confirmations(db, people["auditor"]) == []


def test_the_record_names_each_quote_with_its_lineage_fingerprint_and_both_places(
    db: Database, people: People, source: str, published: Publication
) -> None:
    version = replaced(db, people, source, sentences=("A first sentence that is new.", *SENTENCES[:2]))
    content = confirmation_json(db, people["auditor"], one(db, people)["id"])["content"]
    assert (content["manifest"], content["publication"]) == (published.manifest_hash, published.id)
    assert content["new"]["id"] == version
    carried = {item["lineage"]: item for item in content["carried"]}
    assert set(carried) == {"s1", "s2"}
    assert carried["s1"]["old"]["spans"] == [[1, 0, len(SENTENCES[0])]]
    assert carried["s1"]["new"]["spans"] == [[2, 0, len(SENTENCES[0])]]
    assert len(carried["s1"]["fingerprint"]) == 64


def test_past_its_day_it_is_not_served_until_it_is_confirmed(
    db: Database, people: People, source: str, published: Publication, clock: FakeClock
) -> None:
    replaced(db, people, source)
    found = one(db, people)
    clock.advance(days=40)
    assert state(db, published) == "unconfirmed"
    confirm(db, people["medical"], found["id"], PASSWORD)
    assert state(db, published) == "unconfirmed"
    confirm(db, people["regulatory"], found["id"], PASSWORD)
    assert state(db, published) == "served"


@pytest.mark.usefixtures("suspended_meanwhile")
def test_where_the_policy_says_so_it_is_suspended_until_it_is_confirmed(
    db: Database, people: People, source: str
) -> None:
    published = publish_one(db, people, source)
    replaced(db, people, source)
    assert state(db, published) == "suspended"
    found = one(db, people)
    confirm(db, people["regulatory"], found["id"], PASSWORD)
    assert state(db, published) == "suspended"
    confirm(db, people["medical"], found["id"], PASSWORD)
    assert state(db, published) == "served"
    with db.read() as connection:
        assert load_piece(connection, published.piece_id).status == "published"


def test_who_confirms_and_what_happens_meanwhile_is_as_the_policy_of_its_round_says(
    db: Database, people: People, source: str, published: Publication
) -> None:
    def stricter(data: dict[str, Any]) -> None:
        data["superseded_and_standing"] = {"other": "suspended"}
        data["confirmation"] = [{"roles": ["medical", "legal"], "working_days": 1, "when": {}}]

    put_in_force(db, policy_with(stricter), people["pharmacist"], people["regulatory"])
    replaced(db, people, source)
    assert state(db, published) == "served"
    assert one(db, people)["missing"] == ["medical", "regulatory"]


def test_what_lost_a_quote_is_suspended_and_nobody_is_asked_to_confirm_it(
    db: Database, people: People, source: str, published: Publication
) -> None:
    replaced(
        db, people, source, sentences=(SENTENCES[0], "The recommended starting dose is 5 mg once daily.")
    )
    assert state(db, published) == "suspended"
    assert list_confirmations(db, people["auditor"]) == []


def test_declining_suspends_it_with_a_reason(
    db: Database, people: People, source: str, published: Publication
) -> None:
    replaced(db, people, source)
    found = one(db, people)
    confirm(db, people["regulatory"], found["id"], PASSWORD)
    assert decline(db, people["medical"], found["id"], "The context changed")["status"] == "declined"
    assert state(db, published) == "suspended"
    with pytest.raises(AlreadyDecided):
        confirm(db, people["medical"], found["id"], PASSWORD)


def test_the_author_an_administrator_and_one_person_twice_do_not_confirm(
    db: Database, people: People, source: str, published: Publication, add_person: Callable[..., Actor]
) -> None:
    replaced(db, people, source)
    found = one(db, people)["id"]
    both = add_person("Both", Role.MEDICAL, Role.REGULATORY)
    confirm(db, both, found, PASSWORD)
    for person in (both, people["admin"], people["writer"], people["legal"]):
        with pytest.raises(NotAllowed):
            confirm(db, person, found, PASSWORD)
    assert state(db, published) == "served"
    assert actions(db).count("confirmation.signed") == 1


def test_only_who_may_sign_it_is_asked_to_confirm_it(
    db: Database, people: People, source: str, published: Publication
) -> None:
    replaced(db, people, source)
    author = replace(people["writer"], roles=frozenset({Role.WRITER, Role.MEDICAL}))
    assert [found["expected_of_me"] for found in list_confirmations(db, people["medical"])] == [True]
    assert [found["expected_of_me"] for found in list_confirmations(db, author)] == [False]
    assert published.status == "published"


def test_a_wrong_passphrase_or_another_hash_signs_nothing(
    db: Database, people: People, source: str, published: Publication
) -> None:
    replaced(db, people, source)
    found = one(db, people)["id"]
    with pytest.raises(WrongPassword, match="The passphrase is wrong"):
        confirm(db, people["medical"], found, "not the passphrase at all")
    with pytest.raises(Conflict):
        confirm(db, people["medical"], found, PASSWORD, "0" * 64)
    assert "signature.refused" in actions(db)
    assert one(db, people)["signatures"] == []
    assert published.id


def test_a_version_that_was_withdrawn_meanwhile_is_not_confirmed(
    db: Database, people: People, source: str, published: Publication
) -> None:
    version = replaced(db, people, source)
    found = one(db, people)["id"]
    withdraw_source(db, people["librarian"], version, "A new risk")
    with pytest.raises(WrongState):
        confirm(db, people["medical"], found, PASSWORD)
    cascade(db, people["librarian"], "source_withdrawn", [version])
    assert list_confirmations(db, people["auditor"]) == []
    assert state(db, published) == "recalled"


def test_a_recall_ends_what_waits(db: Database, people: People, source: str, published: Publication) -> None:
    replaced(db, people, source)
    recall_piece(db, people["regulatory"], published.piece_id, "By mistake")
    assert list_confirmations(db, people["auditor"]) == []


def test_a_third_version_asks_anew_and_the_earlier_question_is_closed(
    db: Database, people: People, source: str, published: Publication
) -> None:
    second = replaced(db, people, source)
    first = one(db, people)["id"]
    third = replaced(db, people, second, "Another new sentence.")
    found = one(db, people)
    assert found["new"]["id"] == third
    assert confirmation_json(db, people["auditor"], first)["status"] == "cancelled"
    assert {
        item["lineage"]
        for item in confirmation_json(db, people["auditor"], found["id"])["content"]["carried"]
    } == {"s1", "s2"}
    confirm(db, people["medical"], found["id"], PASSWORD)
    confirm(db, people["regulatory"], found["id"], PASSWORD)
    assert state(db, published) == "served"


def test_two_who_confirm_at_once_sign_once_each_and_settle_it_once(
    db: Database, people: People, source: str, published: Publication, add_person: Callable[..., Actor]
) -> None:
    replaced(db, people, source)
    found = one(db, people)["id"]
    second = add_person("Second medical", Role.MEDICAL)
    outcomes: list[object] = []
    barrier = threading.Barrier(3)

    def act(person: Actor) -> None:
        barrier.wait()
        try:
            outcomes.append(confirm(db, person, found, PASSWORD))
        except AncrageError as refusal:
            outcomes.append(refusal)

    threads = [
        threading.Thread(target=act, args=(p,)) for p in (people["medical"], people["regulatory"], second)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([o for o in outcomes if isinstance(o, AncrageError)]) == 1
    with db.read() as connection:
        roles = connection.scalars(select(confirmation_signature.c.role)).all()
        assert sorted(roles) == ["medical", "regulatory"]
    assert actions(db).count("publication.confirmed") == 1
    assert state(db, published) == "served"


@pytest.mark.parametrize(
    "point",
    [
        "confirmation:signature",
        "audit:confirmation.signed",
        "confirmation:closed",
        "confirmation:settled",
        "audit:publication.confirmed",
    ],
)
def test_a_process_that_dies_while_it_is_signed_leaves_nothing_half_done(
    db: Database,
    people: People,
    source: str,
    published: Publication,
    die_at: Callable[[str], Any],
    point: str,
) -> None:
    replaced(db, people, source)
    found = one(db, people)["id"]
    confirm(db, people["medical"], found, PASSWORD)
    with pytest.raises(RuntimeError, match="died"):
        confirm(replace(db, failpoint=die_at(point)), people["regulatory"], found, PASSWORD)
    assert one(db, people)["missing"] == ["regulatory"]
    assert confirm(db, people["regulatory"], found, PASSWORD)["status"] == "confirmed"
    assert state(db, published) == "served"
    assert verify_trail(db)["ok"]


@pytest.mark.parametrize(
    "point", ["confirmation:row", "audit:confirmation.opened", "audit:publication.compared"]
)
def test_a_cascade_that_died_asks_for_one_confirmation_only(
    db: Database,
    people: People,
    source: str,
    published: Publication,
    die_at: Callable[[str], Any],
    point: str,
) -> None:
    approval = ApprovalRequest("REF-2", date(2026, 6, 1), date(2028, 1, 1))
    add_source(
        db, people["librarian"], (*SENTENCES[:2], "New."), replaces=source, approval=approval, title="Next"
    )
    with pytest.raises(RuntimeError, match="died"):
        cascade(replace(db, failpoint=die_at(point)), people["librarian"], "source_superseded", [source])
    for _ in range(2):
        assert cascading.cascade(db, people["librarian"], "source_superseded", [source]) == []
    with db.read() as connection:
        assert connection.scalar(select(func.count()).select_from(confirmation)) == 1
        row = connection.execute(select(confirmation)).one()
    assert json.loads(row.canonical)["publication"] == published.id
    assert state(db, published) == "served"
