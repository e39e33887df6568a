"""The order of a review on its page, deputies on one's own page, and the policy by the API."""

from collections.abc import Callable

from assistant.people.roles import Role
from assistant.people.sessions import make_token
from assistant.review.policy import default_policy
from assistant.review.policy_register import adopt_policy
from assistant.review.submission import submit
from assistant.review.tasks import claim
from assistant.store.schema import user
from tests.builders.dossier import add_piece, document_of
from tests.builders.policies import policy_with, with_steps
from tests.integration.conftest import PASSWORD
from tests.integration.test_web.conftest import Browser, World

IN_ORDER = with_steps([{"role": "medical"}], [{"role": "regulatory"}])


def in_review(world: World, text: str | None = None) -> str:
    db, people = world.app.db, world.people
    if text is not None:
        adopt_policy(db, people["regulatory"], text, "The new procedure")
    piece = add_piece(db, people["writer"], document_of(db, world.ids["source"])).id
    submit(db, people["writer"], piece)
    return piece


def test_the_page_says_who_is_next_and_who_comes_then(world: World, browse: Callable[[str], Browser]) -> None:
    piece = in_review(world, IN_ORDER)
    page = browse("regulatory").get(f"/review/{piece}").text
    assert "Step 1 of 2" in page
    assert "<strong>Medical reviewer</strong>; then Regulatory" in " ".join(page.split())
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
    adopted = api.post("/api/policy", headers=head, json={"text": IN_ORDER, "reason": "New"})
    assert adopted.status_code == 201
    assert adopted.json()["policy"]["workflows"][0]["name"] == "in order"
    listed = api.get("/api/delegations", headers=head)
    assert listed.json() == {"delegations": []}
