"""Which policy holds: adopted by two people, told row by row, and never one that somebody wrote into the database."""

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from assistant.audit.verify import verify_trail
from assistant.errors import (
    AlreadyDecided,
    Conflict,
    IntegrityError,
    InvalidInput,
    LockedOut,
    NotAllowed,
    NotFound,
    WrongPassword,
)
from assistant.notices.listing import list_notices
from assistant.notices.outbox import note_for_people
from assistant.people.accounts import add_user
from assistant.people.oidc.confirming import confirm_link
from assistant.people.oidc.identities import link
from assistant.people.roles import Actor, Role
from assistant.review.decisions import approve
from assistant.review.model import Piece
from assistant.review.policy_proposals import (
    adopt_policy,
    adopt_proposal,
    close_proposal,
    propose_policy,
    require_may_adopt,
)
from assistant.review.policy_view import check_policy, policy_changes, show_policy
from assistant.review.submission import submit
from assistant.store.database import Database
from assistant.store.schema import audit_entry, policy_adoption, review_policy
from tests.builders.dossier import add_piece, document_of
from tests.builders.policies import IN_ORDER, QUORUM, adopt, policy_with, put_in_force
from tests.builders.reading import actions
from tests.integration.conftest import FakeClock

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


@pytest.fixture
def piece(db: Database, people: People, source: str) -> Piece:
    return add_piece(db, people["writer"], document_of(db, source))


def sign(db: Database, actor: Actor, piece_id: str) -> str:
    return approve(db, actor, piece_id, PASSWORD).piece_status


def test_the_shipped_policy_holds_until_one_is_adopted(db: Database, people: People) -> None:
    shown = show_policy(db, people["writer"])
    assert (shown["policy"]["shipped"], shown["policy"]["in_force"], shown["adoptions"]) == (True, True, [])
    adopted = adopt(db, people, IN_ORDER)
    shown = show_policy(db, people["writer"])
    assert (shown["policy"]["hash"], shown["policy"]["shipped"]) == (adopted, False)
    assert [(one["by"]["name"], one["reason"]) for one in shown["adoptions"]] == [
        ("The regulatory", "The new procedure")
    ]


def test_the_policy_adopted_last_holds_though_it_is_an_older_one(db: Database, people: People) -> None:
    first = adopt(db, people, IN_ORDER)
    adopt(db, people, QUORUM)
    adopt(db, people, IN_ORDER)
    assert show_policy(db, people["writer"])["policy"]["hash"] == first
    with pytest.raises(Conflict, match="in force already"):
        adopt(db, people, IN_ORDER)


@pytest.mark.parametrize("role", ["writer", "medical", "admin", "legal"])
def test_only_regulatory_and_the_pharmacist_adopt_one(db: Database, people: People, role: str) -> None:
    with pytest.raises(NotAllowed, match="may not set policy"):
        propose_policy(db, people[role], IN_ORDER, "Because")
    with pytest.raises(NotAllowed, match="may not set policy"):
        adopt_policy(db, people[role], IN_ORDER, "Because", PASSWORD)


# It takes two people -----------------------------------------------------------------------------------------


def test_nobody_puts_a_policy_in_force_alone(db: Database, people: People) -> None:
    one, other = people["pharmacist"], people["regulatory"]
    with pytest.raises(Conflict, match="Nobody has proposed this policy"):
        adopt_policy(db, one, IN_ORDER, "Because", PASSWORD)
    proposal = propose_policy(db, one, IN_ORDER, "The new procedure")
    assert show_policy(db, other)["policy"]["shipped"]
    for act in (
        lambda: adopt_policy(db, one, IN_ORDER, "Because", PASSWORD),
        lambda: adopt_proposal(db, one, proposal, "Because", PASSWORD),
    ):
        with pytest.raises(NotAllowed, match="Whoever proposed a policy does not adopt it"):
            act()
    with pytest.raises(Conflict, match="proposed already"):
        propose_policy(db, other, IN_ORDER, "The same")
    adopt_policy(db, other, f"# As proposed\n{IN_ORDER}", "I have read it", PASSWORD)
    shown = show_policy(db, other)
    assert shown["policy"]["workflows"][0]["name"] == "in order"
    (adopted,) = shown["adoptions"]
    assert (adopted["proposed_by"]["name"], adopted["by"]["name"]) == ("The pharmacist", "The regulatory")
    assert [(p["status"], p["reason"], p["closing_reason"]) for p in shown["proposals"]] == [
        ("adopted", "The new procedure", "I have read it")
    ]
    assert [a for a in actions(db) if a.startswith("policy.")] == ["policy.proposed", "policy.adopted"]
    with pytest.raises(AlreadyDecided):
        adopt_proposal(db, other, proposal, "Twice", PASSWORD)


def test_whoever_adopts_one_shows_that_it_is_really_them(db: Database, people: People) -> None:
    proposal = propose_policy(db, people["pharmacist"], IN_ORDER, "The new procedure")
    with pytest.raises(WrongPassword):
        adopt_proposal(db, people["regulatory"], proposal, "Yes", "a guess at the passphrase")
    assert show_policy(db, people["regulatory"])["policy"]["shipped"]
    assert actions(db)[-2:] == ["user.password_wrong", "signature.refused"]
    adopt_proposal(db, people["regulatory"], proposal, "Yes", PASSWORD)
    with db.read() as connection:
        last = connection.scalars(
            select(audit_entry.c.canonical).order_by(audit_entry.c.number.desc())
        ).first()
    assert json.loads(last or "")["details"]["proof"]["method"] == "password"


def test_a_refused_adoption_stays_in_the_trail_as_refused_signatures_do(
    db: Database, clock: FakeClock, people: People, add_person: Callable[..., Actor]
) -> None:
    """An inspector asks for the attempts, too, whoever tried and however the proof failed."""
    one, other = people["pharmacist"], people["regulatory"]
    young = add_user(db, add_person("Adam", Role.ADMIN), "Nora", ["regulatory"], PASSWORD).actor()
    with pytest.raises(Conflict):
        adopt_policy(db, other, IN_ORDER, "Yes", PASSWORD)
    with pytest.raises(NotFound):
        adopt_proposal(db, other, "proposal_of_nobody", "Yes", PASSWORD)
    assert "signature.refused" not in actions(db)
    proposal = propose_policy(db, one, IN_ORDER, "The new procedure")
    tried: list[tuple[Callable[[], object], Actor, str]] = [
        (lambda: adopt_proposal(db, one, proposal, "Yes", PASSWORD), one, "not_allowed"),
        (lambda: require_may_adopt(db, one, proposal, "Yes"), one, "not_allowed"),
        (lambda: adopt_policy(db, one, IN_ORDER, "Yes", PASSWORD), one, "not_allowed"),
        (lambda: adopt_policy(db, young, IN_ORDER, "Yes", PASSWORD), young, "not_allowed"),
        (
            lambda: adopt_policy(db, people["medical"], IN_ORDER, "Yes", PASSWORD),
            people["medical"],
            "not_allowed",
        ),
        *[(lambda: adopt_proposal(db, other, proposal, "Yes", "a guess"), other, "wrong_password")] * 5,
        (lambda: adopt_proposal(db, other, proposal, "Yes", PASSWORD), other, "locked_out"),
    ]
    for act, who, why in tried:
        with pytest.raises((NotAllowed, WrongPassword, LockedOut)):
            act()
        with db.read() as connection:
            newest = select(audit_entry).order_by(audit_entry.c.number.desc())
            last = connection.execute(newest).first()
        assert last is not None
        told = json.loads(last.canonical)["details"]
        assert (last.action, last.subject, last.actor_id) == ("signature.refused", "policy", who.id)
        assert (told["proposal"], told["why"]) == (proposal, why)
    clock.advance(minutes=15)
    adopt_proposal(db, other, proposal, "Yes", PASSWORD)
    assert verify_trail(db)["ok"]


def test_an_account_made_for_it_adopts_nothing(
    db: Database, clock: FakeClock, add_person: Callable[..., Actor]
) -> None:
    one = add_person("Rana", Role.ADMIN, Role.REGULATORY)
    admin = add_person("Adam", Role.ADMIN)
    proposal = propose_policy(db, one, IN_ORDER, "The new procedure")
    own = add_user(db, one, "A second self", ["regulatory"], PASSWORD).actor()
    young = add_user(db, admin, "Nora", ["regulatory"], PASSWORD).actor()
    with pytest.raises(NotAllowed, match="younger than a day"):
        adopt_policy(db, young, IN_ORDER, "Yes", PASSWORD)
    clock.advance(days=1)
    with pytest.raises(NotAllowed, match="the proposer has added"):
        adopt_proposal(db, own, proposal, "Yes", PASSWORD)
    assert show_policy(db, one)["policy"]["shipped"]
    adopt_proposal(db, young, proposal, "Yes", PASSWORD)
    assert not show_policy(db, one)["policy"]["shipped"]


def test_whoever_made_the_proposer_s_account_or_login_adopts_nothing_either(
    db: Database, clock: FakeClock, people: People, add_person: Callable[..., Actor]
) -> None:
    """With the parts exchanged it would be one person as well, and by a login that nobody has confirmed."""
    one = add_person("Rana", Role.ADMIN, Role.REGULATORY)
    own = add_user(db, one, "A second self", ["regulatory"], PASSWORD).actor()
    clock.advance(days=1)
    proposal = propose_policy(db, own, IN_ORDER, "The new procedure")
    with pytest.raises(NotAllowed, match="Whoever has added the proposer's account"):
        adopt_proposal(db, one, proposal, "Yes", PASSWORD)
    login = link(db, one, people["pharmacist"].id, "https://login.house.example", subject="p-1")
    with pytest.raises(NotAllowed, match="the proposer has added"):
        adopt_proposal(db, people["pharmacist"], propose_policy(db, one, QUORUM, "Mine"), "Yes", PASSWORD)
    confirm_link(db, people["pharmacist"], login.id, PASSWORD)
    adopt_policy(db, people["pharmacist"], QUORUM, "Yes", PASSWORD)
    assert not show_policy(db, one)["policy"]["shipped"]


def test_who_made_both_accounts_is_said_before_the_adoption_and_for_good(
    db: Database, clock: FakeClock, people: People, add_person: Callable[..., Actor]
) -> None:
    """A house with one administrator could not change its policy otherwise; whoever audits it sees what it rests on."""
    admin = add_person("Adam", Role.ADMIN)
    one, other = (add_user(db, admin, name, ["regulatory"], PASSWORD).actor() for name in ("Ina", "Otto"))
    clock.advance(days=1)
    proposal = propose_policy(db, one, IN_ORDER, "The new procedure")
    seen = [show_policy(db, who)["proposals"][0]["accounts_by"] for who in (other, people["pharmacist"], one)]
    assert [who and [one["name"] for one in who] for who in seen] == [["Adam"], [], None]
    adopt_proposal(db, other, proposal, "Yes", PASSWORD)
    adopt(db, people, QUORUM)
    shown = show_policy(db, people["auditor"])
    for listed in (shown["adoptions"], shown["proposals"]):
        assert [[who["name"] for who in one["accounts_by"]] for one in listed] == [[], ["Adam"]]
    with db.read() as connection:
        entered = connection.scalars(
            select(audit_entry.c.canonical).where(audit_entry.c.action == "policy.adopted")
        ).all()
    assert [json.loads(one)["details"]["accounts_by"] for one in entered] == [[admin.id], []]


def test_who_proposes_what_another_proposes_at_that_moment_is_told_so(db: Database, people: People) -> None:
    refusals: list[Exception] = []

    def second() -> None:
        try:
            propose_policy(db, people["regulatory"], IN_ORDER, "The same")
        except Exception as refusal:  # noqa: BLE001  whatever it is told
            refusals.append(refusal)

    thread = threading.Thread(target=second)

    def meanwhile(point: str) -> None:
        if point == "audit:policy.proposed":
            thread.start()
            thread.join(0.5)  # it waits for the first, or has failed

    propose_policy(replace(db, failpoint=meanwhile), people["pharmacist"], IN_ORDER, "A new procedure")
    thread.join()
    assert [(type(one), str(one)) for one in refusals] == [(Conflict, "This policy is proposed already.")]


def test_a_proposal_is_withdrawn_by_its_proposer_and_turned_down_by_another(
    db: Database, people: People
) -> None:
    one, other = people["pharmacist"], people["regulatory"]
    for closer, status in ((one, "withdrawn"), (other, "refused")):
        proposal = propose_policy(db, one, IN_ORDER, "The new procedure")
        close_proposal(db, closer, proposal, "Not yet")
        assert show_policy(db, one)["proposals"][0]["status"] == status
        assert actions(db)[-1] == f"policy.proposal_{status}"
        with pytest.raises(AlreadyDecided):
            close_proposal(db, other, proposal, "Because")
        with pytest.raises(AlreadyDecided):
            adopt_proposal(db, other, proposal, "Because", PASSWORD)
    assert show_policy(db, one)["policy"]["shipped"]


def test_who_compared_it_with_another_policy_than_the_one_in_force_compares_anew(
    db: Database, people: People
) -> None:
    one, other = people["pharmacist"], people["regulatory"]
    before = show_policy(db, other)["policy"]["hash"]
    proposal = propose_policy(db, one, IN_ORDER, "The new procedure")
    now = adopt(db, people, QUORUM)
    with pytest.raises(Conflict, match="Another policy has come into force"):
        adopt_proposal(db, other, proposal, "Because", PASSWORD, before)
    made = adopt_proposal(db, other, proposal, "Because", PASSWORD, now)
    assert made.workflows[0].name == "in order"


def test_a_crash_while_it_is_adopted_leaves_it_proposed(
    db: Database, people: People, die_at: Callable[[str], Callable[[str], None]]
) -> None:
    proposal = propose_policy(db, people["pharmacist"], IN_ORDER, "The new procedure")
    with pytest.raises(RuntimeError):
        adopt_proposal(
            replace(db, failpoint=die_at("audit:policy.adopted")),
            people["regulatory"],
            proposal,
            "Yes",
            PASSWORD,
        )
    shown = show_policy(db, people["regulatory"])
    assert (shown["policy"]["shipped"], shown["proposals"][0]["status"]) == (True, "open")


def test_those_who_may_adopt_it_are_told_and_whoever_proposed_it_of_what_became_of_it(
    db: Database, people: People
) -> None:
    told = replace(db, before_commit=note_for_people)
    put_in_force(told, IN_ORDER, people["pharmacist"], people["regulatory"])
    heard = {
        name: [(s.notice.action, s.title, s.link) for s in list_notices(told, people[name])]
        for name in ("pharmacist", "regulatory", "medical")
    }
    assert heard == {
        "pharmacist": [("policy.adopted", "Review policy", "/policy")],
        "regulatory": [("policy.proposed", "Review policy", "/policy")],
        "medical": [],
    }


def test_what_a_policy_changes_is_said_row_by_row(db: Database, people: People) -> None:
    def later(data: dict[str, Any]) -> None:
        data["months_valid"] = 12
        data["workflows"][0]["steps"][0]["signatures"][0]["needed"] = 2
        data["workflows"][0]["steps"][0]["signatures"][0]["asked"] = 2

    checked = check_policy(db, people["writer"], policy_with(later))
    assert [(c["section"], c["state"]) for c in checked["changes"]] == [
        ("workflow", "removed"),
        ("workflow", "added"),
        ("time", "removed"),
        ("time", "added"),
    ]
    propose_policy(db, people["pharmacist"], policy_with(later), "Longer")
    found = policy_changes(db, people["writer"], checked["policy"]["hash"][:10])
    assert found["after"] == checked["policy"]["hash"]
    assert [row for row in found["rows"] if row["state"] != "same"] == checked["changes"]


def test_a_policy_that_drops_a_signature_is_not_adopted(db: Database, people: People) -> None:
    text = policy_with(lambda d: d["workflows"][0]["steps"][0]["signatures"].pop(0))
    with pytest.raises(InvalidInput, match="WF2: a medical signature"):
        adopt(db, people, text)
    assert "policy.adopted" not in actions(db)


def test_a_policy_that_somebody_wrote_into_the_database_is_not_obeyed(
    db: Database, people: People, piece: Piece
) -> None:
    adopt(db, people, IN_ORDER)
    with db.write() as tx:
        kept = tx.execute(select(review_policy.c.canonical)).scalar_one()
        forged = kept.replace('"role":"medical"', '"role":"legal"').replace("in order", "forged")
        written = {
            "hash": hashlib.sha256(forged.encode()).hexdigest(),
            "canonical": forged,
            "kept_at": tx.now,
        }
        tx.execute(insert(review_policy).values(written))
        tx.execute(update(policy_adoption).values(policy_hash=written["hash"]))
    with pytest.raises(IntegrityError, match="may not be"):
        submit(db, people["writer"], piece.id)


def test_a_policy_whose_text_was_changed_is_not_obeyed(db: Database, people: People, piece: Piece) -> None:
    adopt(db, people, IN_ORDER)
    with db.write() as tx:
        kept = tx.execute(select(review_policy.c.canonical)).scalar_one()
        tx.execute(update(review_policy).values(canonical=kept.replace("in order", "forged")))
    with pytest.raises(IntegrityError, match="was changed since it was kept"):
        submit(db, people["writer"], piece.id)
