"""The order of a review on its page, deputies on one's own page, and the policy by the API."""

from collections.abc import Callable

import pytest

from assistant.content.editing import edit_segment
from assistant.people.roles import Role
from assistant.people.sessions import make_token
from assistant.review.disputes import disputed
from assistant.review.pieces import load_piece
from assistant.review.policy import default_policy
from assistant.review.policy_proposals import propose_policy
from assistant.review.policy_reading import read_policy
from assistant.review.policy_view import show_policy
from assistant.review.submission import submit
from assistant.review.tasks import claim
from assistant.store.schema import user
from tests.builders.dossier import add_piece, document_of, reworded
from tests.builders.policies import policy_with, put_in_force, with_steps
from tests.integration.conftest import PASSWORD
from tests.integration.test_web.conftest import Browser, World

IN_ORDER = with_steps([{"role": "medical"}], [{"role": "regulatory"}])


def in_review(world: World, text: str | None = None) -> str:
    db, people = world.app.db, world.people
    if text is not None:
        put_in_force(db, text, people["pharmacist"], people["regulatory"])
    piece = add_piece(db, people["writer"], document_of(db, world.ids["source"])).id
    submit(db, people["writer"], piece)
    return piece


def test_the_page_says_who_is_next_and_who_comes_then(world: World, browse: Callable[[str], Browser]) -> None:
    piece = in_review(world, IN_ORDER)
    page = browse("regulatory").get(f"/review/{piece}").text
    assert "Step 1 of 2" in page
    assert "<strong>Medical reviewer</strong> · then Regulatory" in " ".join(page.split())
    assert "Waits for its turn" in page
    assert "It is not your turn yet" in page
    assert "Sign and approve" not in page
    assert f"/review/{piece}" not in browse("regulatory").get("/review").text
    assert f"/review/{piece}" in browse("medical").get("/review").text


def test_the_page_names_the_policy_and_who_is_skipped(world: World, browse: Callable[[str], Browser]) -> None:
    piece = in_review(world)
    page = browse("medical").get(f"/review/{piece}").text
    assert default_policy().hash[:12] in page
    assert "Step 1 of" not in page


def test_a_deputy_is_named_on_ones_own_page_and_signs_for_the_absent_person(
    world: World, browse: Callable[[str], Browser]
) -> None:
    db = world.app.db
    piece = in_review(world)
    with db.write() as tx:  # another medical reviewer, who is the legal one here
        tx.execute(
            user.update().where(user.c.id == world.people["legal"].id).values(roles=["legal", "medical"])
        )
    claim(db, world.people["medical"], piece)
    medical = browse("medical")
    assert "Nobody stands for you" in medical.get("/me").text
    wrong = medical.send_form(
        "/me/delegations",
        deputy=world.people["legal"].id,
        role="medical",
        starts_on="2026-06-20",
        ends_on="2026-06-10",
        reason="Leave",
    )
    assert wrong.status_code == 422
    assert "would end before it begins" in wrong.text
    named = medical.send_form(
        "/me/delegations",
        deputy=world.people["legal"].id,
        role="medical",
        starts_on="2026-06-10",
        ends_on="2026-06-20",
        reason="Leave",
    )
    assert named.headers["location"] == "/me?done=deputy_named#deputies"
    deputy = browse("legal")
    assert f"/review/{piece}" in deputy.get("/review").text
    page = deputy.get(f"/review/{piece}").text
    assert "You sign in your own name, for The medical, whose deputy you are." in page
    task = page.split('name="task" value="')[1].split('"')[0]
    deputy.send_form(f"/review/{piece}/approve", task=task, meaning="approval", password=PASSWORD)
    signed = " ".join(browse("auditor").get(f"/review/{piece}").text.split())
    assert "<strong>The legal</strong> for The medical" in signed
    ends = medical.get("/me").text.split("/me/delegations/")[1].split("/end")[0]
    assert medical.send_form(f"/me/delegations/{ends}/end").headers["location"].startswith("/me?done=")
    assert Role.MEDICAL in world.people["medical"].roles


def test_two_people_change_the_policy_on_its_page(world: World, browse: Callable[[str], Browser]) -> None:
    proposer, adopter, reader = browse("pharmacist"), browse("regulatory"), browse("writer")
    assert 'href="/policy"' in reader.get("/pieces").text
    assert "Propose another policy" not in reader.get("/policy").text
    page = proposer.get("/policy").text
    assert default_policy().hash[:12] in page
    wrong = proposer.send_form("/policy/proposals", text="a: [", reason="New")
    assert (wrong.status_code, "is not YAML" in wrong.text) == (422, True)
    assert ">a: [</textarea>" in wrong.text
    done = proposer.send_form("/policy/proposals", text=IN_ORDER, reason="The new procedure")
    assert done.headers["location"] == "/policy?done=policy_proposed#proposals"
    found = read_policy(IN_ORDER)
    (offered,) = show_policy(world.app.db, world.people["regulatory"])["proposals"]
    own = proposer.get(f"/policy?hash={found.hash}").text
    assert "Withdraw it" in own
    assert "Adopt it" not in own
    compared = " ".join(adopter.get(f"/policy?hash={found.hash}").text.split())
    assert "Compare and decide" in adopter.get("/policy").text
    assert "<ins>Step 2: Regulatory reviewer" in compared
    assert "<del>" in compared
    address = f"/policy/proposals/{offered['id']}"
    stale = adopter.send_form(
        f"{address}/adopt", before=found.hash, reason="Yes", hash=found.hash, password=PASSWORD
    )
    assert (stale.status_code, "Another policy has come into force" in stale.text) == (409, True)
    fields = {"before": default_policy().hash, "reason": "I have read it", "hash": found.hash}
    assert 'name="password"' in adopter.get(f"/policy?hash={found.hash}").text
    unproved = adopter.send_form(f"{address}/adopt", **fields, password="a guess at the passphrase")
    assert (unproved.status_code, "/policy?done" in unproved.headers.get("location", "")) == (403, False)
    fields["password"] = PASSWORD
    assert proposer.send_form(f"{address}/adopt", **fields).status_code == 403
    assert (
        adopter.send_form(f"{address}/adopt", **fields).headers["location"] == "/policy?done=policy_adopted"
    )
    after = " ".join(reader.get("/policy").text.split())
    assert "Proposed by The pharmacist, adopted by The regulatory" in after
    assert adopter.send_form(f"{address}/close", reason="Late").status_code == 409


@pytest.mark.usefixtures("world")
def test_the_page_says_who_signs_what_and_draws_the_states_in_french_too(
    browse: Callable[[str], Browser],
) -> None:
    browser = browse("medical")
    page = " ".join(browser.get("/policy?kind=email&market=FR&qualification=promotional#signs").text.split())
    asked = page.split('<ol class="flow">')
    assert [role for role in ("Medical reviewer", "Legal reviewer") if role in asked[2]] == [
        "Medical reviewer",
        "Legal reviewer",
    ]
    assert "Legal reviewer" not in asked[1].split("</ol>")[0]
    assert "Responsible pharmacist" in asked[1]
    assert 'class="states"' in page
    assert browser.get("/policy?kind=poster").status_code == 422
    assert browser.get("/policy?hash=ffffffffffff").status_code == 404
    browser.send_form("/language", language="fr")
    french = browser.get("/policy").text
    assert "Qui signe quoi" in french
    assert "En relecture" in french


@pytest.mark.usefixtures("world")
def test_machines_propose_compare_and_adopt_by_the_api(browse: Callable[[str], Browser]) -> None:
    one, other = browse("pharmacist"), browse("regulatory")
    for browser in (one, other):
        browser.headers["X-CSRF-Token"] = browser.csrf
    proposed = one.post("/api/policy/proposals", json={"text": IN_ORDER, "reason": "New"})
    assert proposed.status_code == 201
    address = f"/api/policy/proposals/{proposed.json()['proposal']}"
    changes = other.get(f"/api/policy/changes?hash={read_policy(IN_ORDER).hash[:12]}").json()[
        "policy_changes"
    ]
    assert changes["before"] == default_policy().hash
    assert any(row["state"] == "added" for row in changes["rows"])
    assert one.post(f"{address}/adopt", json={"reason": "Mine", "password": PASSWORD}).status_code == 403
    adopted = other.post(
        f"{address}/adopt", json={"reason": "Yes", "before": changes["before"], "password": PASSWORD}
    )
    assert adopted.json()["policy"]["workflows"][0]["name"] == "in order"
    signers = other.get("/api/policy?kind=quiz&market=EU").json()["signers"]
    assert [len(s["steps"]) for s in signers["situations"]] == [2, 2, 2]
    again = one.post(
        "/api/policy/proposals",
        json={"text": policy_with(lambda d: d.update(months_valid=3)), "reason": "New"},
    )
    closed = one.post(f"/api/policy/proposals/{again.json()['proposal']}/close", json={"reason": "No"})
    assert closed.json()["proposals"][0]["status"] == "withdrawn"


def test_the_policy_is_shown_checked_and_adopted_by_the_api(
    world: World, browse: Callable[[str], Browser]
) -> None:
    api = browse("regulatory")
    head = {"authorization": f"Bearer {make_token(world.app.db, world.people['regulatory'], 'test')}"}
    shown = api.get("/api/policy", headers=head).json()["policy"]
    assert (shown["hash"], shown["shipped"]) == (default_policy().hash, True)
    bad = policy_with(lambda d: d["workflows"][0]["steps"][0]["signatures"].pop(0))
    refused = api.post("/api/policy/check", headers=head, json={"text": bad})
    assert refused.status_code == 422
    assert "WF2" in refused.json()["error"]["message"]
    wanted = {"text": IN_ORDER, "reason": "New", "password": PASSWORD}
    alone = api.post("/api/policy", headers=head, json=wanted)
    assert (alone.status_code, "Nobody has proposed" in alone.json()["error"]["message"]) == (409, True)
    propose_policy(world.app.db, world.people["pharmacist"], IN_ORDER, "New")
    adopted = api.post("/api/policy", headers=head, json=wanted)
    assert adopted.status_code == 201
    assert adopted.json()["policy"]["workflows"][0]["name"] == "in order"
    listed = api.get("/api/delegations", headers=head)
    assert listed.json() == {"delegations": []}


def test_a_published_piece_is_adapted_from_its_page_and_its_review_shows_what_differs(
    world: World, browse: Callable[[str], Browser]
) -> None:
    base = world.ids["published"]
    writer = browse("other writer")
    page = writer.get(f"/pieces/{base}").text
    assert "Begin an adaptation" in page
    with world.app.db.read() as connection:
        market = load_piece(connection, base).market
    other = "FR" if market == "EU" else "EU"
    refused = writer.send_form(f"/pieces/{base}/adapt", market=market)
    assert "same market" in refused.text
    made = writer.send_form(f"/pieces/{base}/adapt", market=other).headers["location"].split("?")[0]
    piece = made.rsplit("/", 1)[1]
    assert "Adapted from" in writer.get(made).text
    assert made in writer.get(f"/pieces/{base}").text
    with world.app.db.read() as connection:
        revision = load_piece(connection, piece).revision_id
    assert revision is not None
    words = "Velmora is for adults with chronic heart failure."
    edit_segment(world.app.db, world.people["other writer"], piece, "s1", words, revision)
    submit(world.app.db, world.people["other writer"], piece, qualification="internal")
    review = browse("medical").get(f"/review/{piece}").text
    called = {"EU": "European Union", "FR": "France"}[market]
    assert f"Only what differs from the published piece of {called}" in review
    assert "Written by Another writer" in review
    assert "<ins>" in review


def test_what_a_rewording_leaves_out_of_its_quote_stands_with_the_finding(
    world: World, browse: Callable[[str], Browser]
) -> None:
    db, writer = world.app.db, world.people["writer"]
    words = "At the start, the recommended dose is 10 mg."
    piece = add_piece(db, writer, reworded(document_of(db, world.ids["source"]), "s2", words)).id
    submit(db, writer, piece)
    page = browse("medical").get(f"/review/{piece}?statement=s2").text
    assert "Left out of its quotes: <q>once daily</q>" in page


def test_a_finding_is_disputed_on_the_page_and_becomes_an_example(
    world: World, browse: Callable[[str], Browser]
) -> None:
    db, writer = world.app.db, world.people["writer"]
    words = "The recommended starting dose is 10 mg once a day."
    piece = add_piece(db, writer, reworded(document_of(db, world.ids["source"]), "s2", words)).id
    submit(db, writer, piece)
    medical = browse("medical")
    page = medical.get(f"/review/{piece}?statement=s2").text
    assert "Why the finding is wrong" in page
    rule = page.split(f'action="/review/{piece}/dispute"')[1].split('name="rule" value="')[1].split('"')[0]
    assert medical.send_form(f"/review/{piece}/dispute", rule=rule, place="s2", reason="").status_code == 422
    done = medical.send_form(f"/review/{piece}/dispute", rule=rule, place="s2", reason="It says the same")
    assert done.headers["location"].startswith(f"/review/{piece}?done=disputed&statement=s2")
    assert "Disputed by " in (after := medical.get(f"/review/{piece}?statement=s2").text)
    assert "It says the same" in after
    (example,) = disputed(db, world.people["medical"])
    assert (example["rule"], example["statement"], example["decision"]) == (rule, words, "disputed")


def test_the_queue_shows_a_writers_own_pieces_and_the_api_pages_the_tasks(
    world: World, browse: Callable[[str], Browser]
) -> None:
    in_review(world)
    page = browse("writer").get("/review").text
    assert "Your pieces" in page
    assert f"/pieces/{world.ids['draft']}" in page
    assert "Your pieces" not in browse("writer").get("/review?kind=quiz").text
    head = {"authorization": f"Bearer {make_token(world.app.db, world.people['auditor'], 'test')}"}
    api = browse("")
    first = api.get("/api/tasks?limit=1", headers=head).json()
    assert len(first["tasks"]) == 1
    second = api.get(f"/api/tasks?limit=500&after={first['next']}", headers=head).json()
    assert second["next"] is None
    assert first["tasks"][0]["task"]["id"] not in {one["task"]["id"] for one in second["tasks"]}
