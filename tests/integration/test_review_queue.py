"""The review queue: what is expected of whom, found by filters, in pages, and never held for ever."""

import importlib
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update

from assistant.errors import AlreadyDecided, Conflict, InvalidInput, NotAllowed, NotFound
from assistant.people.roles import Actor, Role
from assistant.review import queue_words
from assistant.review.comments import comment
from assistant.review.decisions import approve, request_changes
from assistant.review.queue import Wanted, queue_counts, queue_page
from assistant.review.queue_words import save_numbers
from assistant.review.reassign import candidates, reassign
from assistant.review.rounds import load_task
from assistant.review.saved_filters import delete_filter, save_filter, saved_filters
from assistant.review.submission import SubmitResult, submit
from assistant.review.tasks import claim, give_back
from assistant.store.database import Database
from assistant.store.schema import audit_entry, task_word
from assistant.store.schema import task as task_table
from tests.builders.dossier import Terms, add_piece, document_of
from tests.integration.conftest import PASSWORD, FakeClock

People = dict[str, Actor]


@pytest.fixture
def send(db: Database, people: People, source: str) -> Callable[..., SubmitResult]:
    """Submit a piece of that title."""

    def make(title: str = "Velmora: key points", **terms: str) -> SubmitResult:
        document = replace(document_of(db, source), title=title)
        piece = add_piece(db, people["writer"], document, Terms(**terms))
        return submit(db, people["writer"], piece.id)

    return make


def titles(db: Database, actor: Actor, **wanted: str) -> list[str]:
    return [row["piece"]["title"] for row in queue_page(db, actor, Wanted(**wanted)).rows]


def test_what_is_in_my_hands_comes_before_what_i_may_take(
    db: Database, people: People, clock: FakeClock, send: Callable[..., SubmitResult]
) -> None:
    send("First")
    clock.advance(days=2)
    second = send("Second")
    claim(db, people["medical"], second.piece_id)
    assert titles(db, people["medical"]) == ["Second", "First"]
    assert titles(db, people["medical"], view="mine") == ["Second"]
    assert titles(db, people["medical"], view="unassigned") == ["First"]
    assert queue_counts(db, people["medical"]) == {
        "expected": 2,
        "mine": 1,
        "unassigned": 1,
        "overdue": 0,
        "all": 4,
    }


def test_a_task_is_overdue_the_day_after_it_was_due(
    db: Database, people: People, clock: FakeClock, send: Callable[..., SubmitResult]
) -> None:
    send()
    clock.advance(days=7)
    assert titles(db, people["medical"], view="overdue") == []
    assert titles(db, people["medical"], due="3") == ["Velmora: key points"]
    clock.advance(days=1)
    assert titles(db, people["medical"], view="overdue") == ["Velmora: key points"]
    assert queue_page(db, people["medical"], Wanted(due="overdue")).rows[0]["task"]["overdue"]


def test_filters_narrow_by_market_kind_product_risk_and_words(
    db: Database, people: People, send: Callable[..., SubmitResult]
) -> None:
    send("Vélmora: Élan")
    send("Other", market="FR")
    medical = people["medical"]
    assert titles(db, medical, market="FR") == ["Other"]
    assert titles(db, medical, words="elan VELM") == ["Vélmora: Élan"]
    assert titles(db, medical, words="elan other") == []
    assert titles(db, medical, kind="quiz") == []
    assert titles(db, medical, product="product_none") == []
    shown = {row["task"]["risk"] for row in queue_page(db, medical, Wanted()).rows}
    assert sum(len(titles(db, medical, risk=risk)) for risk in shown) == 2
    assert set(titles(db, medical, order="risk")) == {"Other", "Vélmora: Élan"}


def test_a_question_of_a_thousand_words_is_refused(db: Database, people: People) -> None:
    for count, refused in ((50, False), (51, True), (2000, True)):
        wanted = Wanted(words=" ".join(f"word{n}" for n in range(count)))
        with pytest.raises(InvalidInput) if refused else nullcontext():
            assert not queue_page(db, people["medical"], wanted).rows


@pytest.mark.parametrize("words", ["", "piece"])
@pytest.mark.parametrize("order", ["due", "risk"])
def test_pages_hold_every_task_once(
    db: Database, people: People, clock: FakeClock, send: Callable[..., SubmitResult], order: str, words: str
) -> None:
    send("Another")
    for n in range(5):
        send(f"Piece {n}")
        clock.advance(days=n % 2)
    mine = queue_page(db, people["medical"], Wanted(words="3")).rows[0]["piece"]["id"]
    claim(db, people["medical"], mine)
    seen, after = [], ""
    while True:
        page = queue_page(db, people["medical"], Wanted(order=order, words=words, after=after), size=2)
        seen += [row["piece"]["title"] for row in page.rows]
        after = page.next
        if not after:
            break
    assert seen[0] == "Piece 3", "what is mine comes first"
    assert sorted(seen) == ([] if words else ["Another"]) + [f"Piece {n}" for n in range(5)]
    assert seen == titles(db, people["medical"], order=order, words=words)


def test_others_see_all_and_what_i_decided_stays_findable(
    db: Database, people: People, send: Callable[..., SubmitResult]
) -> None:
    sent = send()
    request_changes(db, people["medical"], sent.piece_id, "Shorter.")
    assert titles(db, people["medical"], view="decided") == ["Velmora: key points"]
    assert titles(db, people["medical"]) == []
    again = submit(db, people["writer"], sent.piece_id)
    assert len(again.tasks) == len(titles(db, people["auditor"], view="all")) == 2


@pytest.mark.parametrize(
    "wanted", [{"view": "none"}, {"risk": "x"}, {"due": "x"}, {"order": "x"}, {"after": "x"}]
)
def test_what_the_queue_does_not_know_is_refused(
    db: Database, people: People, wanted: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput):
        queue_page(db, people["medical"], Wanted(**wanted))


def test_the_queue_is_for_those_who_may_read_pieces(db: Database, people: People) -> None:
    with pytest.raises(NotAllowed):
        queue_page(db, people["rep"], Wanted())


# Leases ------------------------------------------------------------------------------------------------------


def test_a_claim_that_was_not_touched_may_be_taken_by_another(
    db: Database,
    people: People,
    clock: FakeClock,
    send: Callable[..., SubmitResult],
    add_person: Callable[..., Actor],
) -> None:
    other = add_person("Odile", Role.MEDICAL)
    sent = send()
    task = claim(db, people["medical"], sent.piece_id)
    clock.advance(hours=47)
    with pytest.raises(Conflict):
        claim(db, other, sent.piece_id)
    clock.advance(hours=2)
    assert titles(db, other) == ["Velmora: key points"]
    assert claim(db, other, sent.piece_id).assignee_id == other.id
    with pytest.raises(Conflict):
        approve(db, people["medical"], task.id, PASSWORD)
    with db.read() as connection:
        entry = connection.execute(
            select(audit_entry.c.canonical).where(audit_entry.c.action == "task.claimed")
        ).all()[-1]
    assert people["medical"].id in entry.canonical


def test_touching_the_piece_keeps_the_claim(
    db: Database,
    people: People,
    clock: FakeClock,
    send: Callable[..., SubmitResult],
    add_person: Callable[..., Actor],
) -> None:
    other = add_person("Odile", Role.MEDICAL)
    sent = send()
    claim(db, people["medical"], sent.piece_id)
    clock.advance(hours=40)
    comment(db, people["medical"], sent.piece_id, "Still reading.")
    clock.advance(hours=40)
    with pytest.raises(Conflict):
        claim(db, other, sent.piece_id)


def test_a_lapsed_claim_still_lets_its_holder_decide(
    db: Database, people: People, clock: FakeClock, send: Callable[..., SubmitResult]
) -> None:
    sent = send()
    claim(db, people["medical"], sent.piece_id)
    clock.advance(hours=60)
    assert approve(db, people["medical"], sent.piece_id, PASSWORD).outcome == "approved"


# Reassigning -------------------------------------------------------------------------------------------------


def task_for(sent: SubmitResult, role: str) -> str:
    return next(task.id for task in sent.tasks if task.role == role)


@pytest.mark.parametrize("coordinator", ["admin", "regulatory"])
def test_a_coordinator_hands_a_task_to_another_person_and_back_to_all(
    db: Database, people: People, send: Callable[..., SubmitResult], coordinator: str
) -> None:
    sent = send()
    task = task_for(sent, "medical")
    with db.read() as connection:
        assert candidates(connection, load_task(connection, task)) == [
            (people["medical"].id, people["medical"].name)
        ]
    given = reassign(db, people[coordinator], task, people["medical"].id, "She knows the study.")
    assert (given.status, given.assignee_id) == ("claimed", people["medical"].id)
    freed = reassign(db, people[coordinator], task, None, "On leave.")
    assert (freed.status, freed.assignee_id, freed.lease_until) == ("open", None, None)


def test_a_task_goes_only_to_an_independent_person_with_its_role(
    db: Database, people: People, send: Callable[..., SubmitResult], add_person: Callable[..., Actor]
) -> None:
    sent = send()
    task, admin = task_for(sent, "medical"), people["admin"]
    both = add_person("Bo", Role.MEDICAL, Role.REGULATORY)
    claim(db, both, task_for(sent, "regulatory"))
    for to, refusal in (
        (people["legal"].id, InvalidInput),
        ("user_none", InvalidInput),
        (both.id, Conflict),
        (add_person("Adm", Role.MEDICAL, Role.ADMIN).id, NotAllowed),
    ):
        with pytest.raises(refusal):
            reassign(db, admin, task, to, "Because.")
    with pytest.raises(NotAllowed):
        reassign(db, people["medical"], task, people["medical"].id, "I want it.")
    approve(db, people["medical"], task, PASSWORD)
    with pytest.raises(AlreadyDecided):
        reassign(db, admin, task, None, "Too late.")


# Saved filters -----------------------------------------------------------------------------------------------


def test_a_filter_is_saved_under_its_name_by_person(db: Database, people: People) -> None:
    medical = people["medical"]
    save_filter(db, medical, " Grave  in France ", "market=FR&risk=block&done=approved")
    kept = save_filter(db, medical, "Grave in France", "market=FR")
    (found,) = saved_filters(db, medical)
    assert (found.id, found.name, found.query) == (kept, "Grave in France", "market=FR")
    assert saved_filters(db, people["legal"]) == []
    with pytest.raises(NotFound):
        delete_filter(db, people["legal"], kept)
    delete_filter(db, medical, kept)
    assert saved_filters(db, medical) == []
    with pytest.raises(InvalidInput):
        save_filter(db, medical, " ", "")


# What people know of a piece ------------------------------------------------------------------------------------


@pytest.fixture
def known(
    db: Database, people: People, source: str, add_person: Callable[..., Actor]
) -> tuple[Actor, SubmitResult]:
    """A French quiz by Zoé Lambert that Odile Brière holds, beside a European email by somebody else; with its reviewer."""
    zoe, odile = add_person("Zoé Lambert", Role.WRITER), add_person("Odile Brière", Role.MEDICAL)
    sent = []
    for writer, title, market, kind in (
        (zoe, "Élan", "FR", "quiz"),
        (people["writer"], "Other", "EU", "email"),
    ):
        document = replace(document_of(db, source), title=title)
        piece = add_piece(db, writer, document, Terms(market=market))
        sent.append(submit(db, writer, piece.id))
        with db.write() as tx:
            tx.execute(update(task_table).where(task_table.c.piece_id == piece.id).values(kind=kind))
    claim(db, odile, sent[0].piece_id)
    return odile, sent[0]


def test_a_task_is_found_by_title_product_author_holder_market_kind_and_id(
    db: Database, known: tuple[Actor, SubmitResult]
) -> None:
    medical, sent = known
    number = sent.piece_id.removeprefix("piece_")
    for words in (
        *("elan", "ÉLAN velm", "zoe", "Lambert", "lamb zoé elan", "odile", "BRIERE élan"),
        *("fr", "France", "quiz", "quiz france lambert"),
        *(sent.piece_id, sent.piece_id[:12], number, number[:7].upper()),
    ):
        assert titles(db, medical, words=words, view="mine") == ["Élan"], words
    for words in (
        "union",
        "suivi",
        "e-mail",
        "the writer",
        "écrit",
        "briere other",
        "quiz other",
        "piece_0x",
    ):
        assert titles(db, medical, words=words, view="mine") == [], words


@pytest.mark.usefixtures("known")
def test_others_find_another_piece_by_its_own_words(db: Database, people: People) -> None:
    for words in ("the writer", "suivi", "E-MAIL", "european union", "européenne", "velmora OTHER"):
        assert set(titles(db, people["auditor"], words=words, view="all")) == {"Other"}, words


def test_a_task_that_was_given_back_is_not_found_by_its_holder(
    db: Database, people: People, known: tuple[Actor, SubmitResult]
) -> None:
    assert titles(db, people["auditor"], words="odile", view="all") == ["Élan"]
    give_back(db, known[0], known[1].piece_id)
    assert titles(db, people["auditor"], words="odile", view="all") == []


def test_numbers_of_a_piece_find_its_tasks_from_when_they_are_recorded(
    db: Database, known: tuple[Actor, SubmitResult]
) -> None:
    medical, sent = known
    assert titles(db, medical, words="26/0457/VX", view="mine") == []
    with db.write() as tx:
        save_numbers(tx, sent.piece_id, "26/0457/VX", None)
        save_numbers(tx, sent.piece_id, "26/0457/VX", "LETTER-9")  # said twice is kept once
    assert titles(db, medical, words="26/0457/vx", view="mine") == ["Élan"]
    assert titles(db, medical, words="letter-9", view="mine") == ["Élan"]
    assert titles(db, medical, words="26/0458", view="mine") == []


def test_what_is_found_does_not_hang_on_how_many_there_are(
    db: Database, people: People, known: tuple[Actor, SubmitResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    for few in (0, 1, 2000):
        monkeypatch.setattr(queue_words, "_FEW", few)
        monkeypatch.setattr(queue_words, "_FEW_FOR_SEVERAL", few)
        for words in ("zoe", "odile", "velmora zoe", "odile quiz", known[1].piece_id):
            assert set(titles(db, people["auditor"], words=words, view="all")) == {"Élan"}, (few, words)


@pytest.mark.usefixtures("known")
def test_the_migration_gives_older_tasks_the_same_words(db: Database) -> None:
    migration = importlib.import_module("assistant.store.migrations.versions.0028_queue_words")
    everything = select(task_word.c.task_id, task_word.c.word)
    with db.write() as tx:
        before = set(tx.execute(everything).all())
        tx.execute(delete(task_word).where(task_word.c.word.not_in(["elan", "other"])))
        migration.fill(tx.connection)
        assert set(tx.execute(everything).all()) == before
