"""Who is concerned by an act is told of it: in the act's own transaction, once, and never more than they may see."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from assistant.corpus.sources import withdraw_source
from assistant.errors import InvalidInput
from assistant.notices.addresses import NotDelivered, Outside
from assistant.notices.choices import Wanted, choice_of, choose
from assistant.notices.delivery import LEASE, PAUSES, Senders, deliver
from assistant.notices.listing import count_unread, list_notices, mark_read
from assistant.notices.mail import Mailer
from assistant.notices.model import Form
from assistant.notices.outbox import note_for_people
from assistant.notices.webhook import Poster
from assistant.notices.wording import Said
from assistant.people.accounts import deactivate_user
from assistant.people.roles import Actor, Permission, Role
from assistant.publishing.calendar import make_reminders
from assistant.publishing.cascade import cascade
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.review.comments import comment
from assistant.review.decisions import approve, request_changes
from assistant.review.model import Piece
from assistant.review.overdue import mark_overdue
from assistant.review.reassign import reassign
from assistant.review.submission import submit
from assistant.review.tasks import claim
from assistant.store.database import Database
from assistant.store.schema import audit_entry, delivery, notice, source
from tests.builders.dossier import add_piece, add_source, document_of
from tests.builders.policies import policy_with, put_in_force
from tests.integration.conftest import FakeClock

People = dict[str, Actor]
PASSWORD = "a passphrase for the tests"
OUTSIDE = Outside(
    egress=True, hosts=frozenset({"hooks.example"}), resolve=lambda _host, _port: ["93.184.215.14"]
)


@dataclass(frozen=True)
class FakeMailer(Mailer):
    """Keeps what it is given; refuses while it is told to."""

    sent: list[tuple[str, str, list[Said]]] = field(default_factory=list)
    refusing: list[bool] = field(default_factory=list)

    def send(self, key: str, to: str, said: object, language: str) -> None:
        del language
        if self.refusing and self.refusing.pop(0):
            raise NotDelivered("no")
        self.sent.append((key, to, list(said)))  # type: ignore[call-overload]  # the parent's sequence


@dataclass(frozen=True)
class FakePoster(Poster):
    posted: list[tuple[str, str, Form, Said]] = field(default_factory=list)

    def send(self, key: str, address: str, form: Form, said: Said, language: str) -> None:
        del language
        self.posted.append((key, address, form, said))


@pytest.fixture
def told(db: Database) -> Database:
    """The database as the application opens it: acts tell people."""
    return replace(db, before_commit=note_for_people)


@pytest.fixture
def senders() -> Senders:
    return Senders(
        FakeMailer("smtp://localhost", "ancrage@pharma.example", "https://a.example", OUTSIDE),
        FakePoster("", "https://a.example", OUTSIDE),
    )


@pytest.fixture
def piece(told: Database, people: People) -> Piece:
    source = add_source(told, people["librarian"])
    return add_piece(told, people["writer"], document_of(told, source))


def mails(senders: Senders) -> list[tuple[str, str, list[Said]]]:
    assert isinstance(senders.mailer, FakeMailer)
    return senders.mailer.sent


def heard(db: Database, actor: Actor) -> list[tuple[str, str]]:
    return [(said.notice.kind, said.notice.action) for said in list_notices(db, actor)]


def published(db: Database, people: People, piece: Piece) -> str:
    submit(db, people["writer"], piece.id)
    approve(db, people["medical"], piece.id, PASSWORD)
    approve(db, people["regulatory"], piece.id, PASSWORD)
    return publish(db, people["regulatory"], piece.id).id


def by_mail(db: Database, actor: Actor, kind: str, pace: str) -> None:
    choose(db, actor, Wanted(email=f"{actor.id}@pharma.example", kinds={kind: {"email": pace}}), OUTSIDE)


def test_reviewers_hear_of_a_submission_and_others_do_not(
    told: Database, people: People, piece: Piece
) -> None:
    submit(told, people["writer"], piece.id)
    hearing = {name for name, actor in people.items() if heard(told, actor)}
    assert hearing == {"medical", "regulatory"}
    (said,) = list_notices(told, people["medical"])
    assert (said.notice.kind, said.title, said.link) == ("assigned", piece.title, f"/review/{piece.id}")


def test_a_task_that_is_handed_over_is_told_to_its_new_holder_alone(
    told: Database, people: People, piece: Piece, add_person: Callable[..., Actor]
) -> None:
    other = add_person("Another medical", Role.MEDICAL)
    tasks = {task.role: task.id for task in submit(told, people["writer"], piece.id).tasks}
    claim(told, people["regulatory"], piece.id)
    reassign(told, people["admin"], tasks["medical"], other.id, "On leave")
    assert ("assigned", "task.reassigned") in heard(told, other)
    assert ("assigned", "task.reassigned") not in heard(told, people["regulatory"])
    reassign(told, people["admin"], tasks["medical"], None, "Back")
    assert heard(told, other).count(("assigned", "task.reassigned")) == 1


def test_nobody_is_called_upon_to_review_what_they_wrote(
    told: Database, add_person: Callable[..., Actor], people: People
) -> None:
    both = add_person("Writes and reviews", Role.WRITER, Role.MEDICAL)
    own = add_piece(told, both, document_of(told, add_source(told, people["librarian"])))
    submit(told, both, own.id)
    assert heard(told, both) == []


def test_the_writer_hears_of_answers_and_the_publishers_of_the_approval(
    told: Database, people: People, piece: Piece
) -> None:
    submit(told, people["writer"], piece.id)
    comment(told, people["medical"], piece.id, "Which dose?")
    request_changes(told, people["medical"], piece.id, "The dose")
    assert sorted(heard(told, people["writer"])) == [
        ("answered", "piece.changes_requested"),
        ("answered", "piece.commented"),
    ]
    submit(told, people["writer"], piece.id)
    approve(told, people["regulatory"], piece.id, PASSWORD)
    approve(told, people["medical"], piece.id, PASSWORD)
    assert ("approved", "piece.approved") in heard(told, people["regulatory"])
    assert ("approved", "piece.approved") in heard(told, people["writer"])


def test_a_notice_of_a_comment_leads_to_its_statement(told: Database, people: People, piece: Piece) -> None:
    submit(told, people["writer"], piece.id)
    comment(told, people["medical"], piece.id, "Which dose?", lineage="s2")
    (said,) = [one for one in list_notices(told, people["writer"]) if one.notice.action == "piece.commented"]
    assert said.link == f"/pieces/{piece.id}?statement=s2#s2"


def test_whoever_may_review_is_led_to_the_statement_on_the_review_screen(
    told: Database, people: People, add_person: Callable[..., Actor]
) -> None:
    both = add_person("Writes and reviews", Role.WRITER, Role.MEDICAL)
    own = add_piece(told, both, document_of(told, add_source(told, people["librarian"])))
    submit(told, both, own.id)
    comment(told, people["medical"], own.id, "Which dose?", lineage="s2")
    assert [one.link for one in list_notices(told, both)] == [f"/review/{own.id}?statement=s2#s2"]


def test_who_used_a_piece_hears_that_it_was_recalled(told: Database, people: People, piece: Piece) -> None:
    published(told, people, piece)
    recall_piece(told, people["safety"], piece.id, "A new risk")
    hearing = {n for n, a in people.items() if ("recalled", "piece.recalled") in heard(told, a)}
    assert hearing == {"writer", "medical", "regulatory", "pharmacist", "rep", "medinfo"}


def test_a_withdrawn_source_tells_those_whose_piece_falls(
    told: Database, people: People, piece: Piece
) -> None:
    published(told, people, piece)
    assert heard(told, people["rep"]) == []
    source = document_source(told, piece)
    withdraw_source(told, people["librarian"], source, "A new risk")
    cascade(told, people["librarian"], "source_withdrawn", [source])
    cascade(told, people["librarian"], "source_withdrawn", [source])
    assert heard(told, people["rep"]) == [("recalled", "piece.recalled")]


def document_source(db: Database, piece: Piece) -> str:
    with db.read() as connection:
        found: str = connection.execute(
            select(source.c.id).where(source.c.product_id == piece.product_id)
        ).scalar_one()
    return found


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_title_is_shown_to_those_who_may_read_the_piece_alone(
    told: Database, people: People, piece: Piece, role: str
) -> None:
    published(told, people, piece)
    recall_piece(told, people["safety"], piece.id, "A new risk")
    actor = people[role]
    for said in list_notices(told, actor):
        assert said.title == (piece.title if actor.may(Permission.READ_PIECES) else "")
        assert actor.may(Permission.READ_PIECES) or said.link.startswith("/published/")


def test_a_refused_act_tells_nobody(
    told: Database, people: People, piece: Piece, die_at: Callable[[str], Callable[[str], None]]
) -> None:
    with pytest.raises(RuntimeError, match="notices:noted"):
        submit(replace(told, failpoint=die_at("notices:noted")), people["writer"], piece.id)
    with told.read() as connection:
        assert connection.execute(select(notice)).all() == []
    assert submit(told, people["writer"], piece.id).tasks


def test_an_overdue_task_is_said_once_and_escalated_once(
    told: Database, people: People, piece: Piece, clock: FakeClock
) -> None:
    submit(told, people["writer"], piece.id)
    assert mark_overdue(told) == {"overdue": 0, "escalated": 0}
    clock.instant = datetime(2026, 6, 23, 10, tzinfo=UTC)  # due on Monday the 22nd
    assert mark_overdue(told) == {"overdue": 2, "escalated": 0}
    assert mark_overdue(told) == {"overdue": 0, "escalated": 0}
    assert ("overdue", "task.overdue") in heard(told, people["medical"])
    clock.instant = datetime(2026, 6, 25, 10, tzinfo=UTC)  # more than two working days later
    assert mark_overdue(told) == {"overdue": 0, "escalated": 2}
    assert mark_overdue(told) == {"overdue": 0, "escalated": 0}
    assert ("overdue", "task.escalated") in heard(told, people["pharmacist"])


def test_when_and_to_whom_it_is_escalated_is_as_the_policy_of_its_round_says(
    told: Database, people: People, piece: Piece, clock: FakeClock, source: str
) -> None:
    submit(told, people["writer"], piece.id)
    late_to_legal = {"after_working_days": 10, "to": ["legal"]}
    put_in_force(
        told,
        policy_with(lambda data: data.update(escalation=late_to_legal)),
        people["pharmacist"],
        people["regulatory"],
    )
    other = add_piece(told, people["writer"], document_of(told, source, 1))
    submit(told, people["writer"], other.id)
    clock.instant = datetime(2026, 6, 25, 10, tzinfo=UTC)  # two working days and more past due
    assert mark_overdue(told) == {"overdue": 4, "escalated": 2}
    assert ("overdue", "task.escalated") in heard(told, people["pharmacist"])
    assert ("overdue", "task.escalated") not in heard(told, people["legal"])
    clock.instant = datetime(2026, 7, 9, 10, tzinfo=UTC)
    assert mark_overdue(told) == {"overdue": 0, "escalated": 2}
    assert ("overdue", "task.escalated") in heard(told, people["legal"])


def test_an_expiring_source_is_told_to_librarians(
    told: Database, people: People, piece: Piece, clock: FakeClock
) -> None:
    clock.instant = datetime(2026, 12, 20, 10, tzinfo=UTC)
    make_reminders(told)
    (said,) = list_notices(told, people["librarian"])
    assert (said.notice.kind, said.title) == ("expiring", "Velmora label")
    assert said.link == f"/sources/{document_source(told, piece)}"
    assert heard(told, people["writer"]) == []


def test_reading_counts_down_and_touches_nobody_else(told: Database, people: People, piece: Piece) -> None:
    submit(told, people["writer"], piece.id)
    theirs = list_notices(told, people["regulatory"])[0].notice.id
    assert count_unread(told, people["medical"]) == 1
    assert mark_read(told, people["medical"], [theirs]) == 0
    assert mark_read(told, people["medical"]) == 1
    assert (count_unread(told, people["medical"]), count_unread(told, people["regulatory"])) == (0, 1)


def test_mail_goes_at_once_or_in_one_digest_a_day(
    told: Database, people: People, piece: Piece, clock: FakeClock, senders: Senders
) -> None:
    by_mail(told, people["medical"], "assigned", "once")
    by_mail(told, people["writer"], "answered", "daily")
    submit(told, people["writer"], piece.id)
    comment(told, people["medical"], piece.id, "First")
    comment(told, people["medical"], piece.id, "Second")
    assert deliver(told, senders)["sent"] == 1
    assert [(to, len(said)) for _, to, said in mails(senders)] == [("user_the_medical@pharma.example", 1)]
    assert deliver(told, senders) == {"sent": 0, "failed": 0, "dropped": 0, "waiting": 0}
    clock.advance(days=1)
    assert deliver(told, senders)["sent"] == 2
    assert [(to, len(said)) for _, to, said in mails(senders)][1:] == [("user_the_writer@pharma.example", 2)]


def test_a_failed_delivery_comes_again_later_and_later_and_is_given_up(
    told: Database, people: People, piece: Piece, clock: FakeClock, senders: Senders
) -> None:
    assert isinstance(senders.mailer, FakeMailer)
    senders.mailer.refusing.extend([True] * (len(PAUSES) + 1))
    by_mail(told, people["medical"], "assigned", "once")
    submit(told, people["writer"], piece.id)
    for pause in PAUSES:
        assert deliver(told, senders)["waiting"] == 1
        assert deliver(told, senders)["waiting"] == 0
        clock.instant += pause
    assert deliver(told, senders)["failed"] == 1
    clock.advance(days=30)
    assert deliver(told, senders) == {"sent": 0, "failed": 0, "dropped": 0, "waiting": 0}


def test_what_a_killed_sender_left_goes_out_again_under_the_same_key(
    told: Database, people: People, piece: Piece, clock: FakeClock, senders: Senders
) -> None:
    by_mail(told, people["medical"], "assigned", "once")
    submit(told, people["writer"], piece.id)

    class Killed(BaseException):
        pass

    class Dying(FakeMailer):
        def send(self, key: str, to: str, said: object, language: str) -> None:
            super().send(key, to, said, language)
            raise Killed

    assert isinstance(senders.mailer, FakeMailer)
    dying = Dying("smtp://localhost", "a@b", "", OUTSIDE, sent=senders.mailer.sent)
    with pytest.raises(Killed):
        deliver(told, replace(senders, mailer=dying))
    assert deliver(told, senders)["sent"] == 0  # the other sender may still be at it
    clock.instant += LEASE
    assert deliver(told, senders)["sent"] == 1
    first, second = mails(senders)
    assert first[0] == second[0]


def test_rights_are_asked_when_it_is_sent_and_who_left_hears_nothing(
    told: Database, people: People, piece: Piece, senders: Senders
) -> None:
    by_mail(told, people["medical"], "assigned", "once")
    submit(told, people["writer"], piece.id)
    deactivate_user(told, people["admin"], people["medical"].name)
    assert deliver(told, senders)["dropped"] == 1
    assert mails(senders) == []


def test_a_webhook_is_posted_to_where_its_person_chose(
    told: Database, people: People, piece: Piece, senders: Senders
) -> None:
    wanted = Wanted(webhook="https://hooks.example/x", form="teams", kinds={"assigned": {"webhook": True}})
    choose(told, people["medical"], wanted, OUTSIDE)
    submit(told, people["writer"], piece.id)
    assert deliver(told, senders)["sent"] == 1
    assert isinstance(senders.poster, FakePoster)
    assert [(address, form) for _, address, form, _ in senders.poster.posted] == [
        ("https://hooks.example/x", "teams")
    ]


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(kinds={"recalled": {"app": False}}),
        Wanted(kinds={"gossip": {"app": True}}),
        Wanted(kinds={"assigned": {"email": "hourly"}}),
        Wanted(kinds={"assigned": {"email": "once"}}),
        Wanted(kinds={"assigned": {"webhook": True}}),
        Wanted(email="a b@c"),
        Wanted(email="a@b\r\nBcc: c@d"),
        Wanted(webhook="https://elsewhere.example/x"),
        Wanted(webhook="http://hooks.example/x"),
        Wanted(form="pigeon"),
    ],
)
def test_a_choice_that_cannot_be_kept_changes_nothing(told: Database, people: People, wanted: Wanted) -> None:
    before = choice_of(told, people["medical"])
    with pytest.raises(InvalidInput):
        choose(told, people["medical"], wanted, OUTSIDE)
    assert choice_of(told, people["medical"]) == before


def test_the_audit_trail_never_holds_an_address(told: Database, people: People) -> None:
    by_mail(told, people["medical"], "assigned", "once")
    with told.read() as connection:
        texts = connection.execute(select(audit_entry.c.canonical)).scalars().all()
    assert any("notices.chosen" in text for text in texts)
    assert not any("pharma.example" in text for text in texts)


def test_what_is_switched_off_in_the_app_is_not_counted(told: Database, people: People, piece: Piece) -> None:
    choose(told, people["medical"], Wanted(kinds={"assigned": {"app": False}}), OUTSIDE)
    submit(told, people["writer"], piece.id)
    assert count_unread(told, people["medical"]) == 0
    with told.read() as connection:
        assert connection.execute(select(delivery)).all() == []
