"""A deputy sees in the queue and on the home page whose work it is, and as whom they would sign it, and signs it."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from assistant.audit.listing import Sought, latest_entries
from assistant.people.roles import Role
from assistant.review.delegation import NewDelegation, delegate
from assistant.review.tasks import claim
from assistant.review.view import review_json
from assistant.store.schema import user
from tests.integration.conftest import PASSWORD, insert_person
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
DAYS = NewDelegation("The deputy", "medical", date(2026, 6, 10), date(2026, 6, 20))


def add_deputy(world: World, *roles: Role) -> None:
    with world.app.db.read() as connection:
        who = user.c.id == world.people["medical"].id
        known = connection.scalar(select(user.c.password_hash).where(who))
    with world.app.db.write() as tx:
        world.people["deputy"] = insert_person(tx, "The deputy", roles, known)


@pytest.mark.parametrize(("language", "said"), [("en", "whose deputy you are"), ("fr", "que vous suppléez")])
def test_a_deputy_reads_whose_task_it_is(world: World, browse: Browse, language: str, said: str) -> None:
    db, medical = world.app.db, world.people["medical"]
    add_deputy(world, Role.MEDICAL)
    claim(db, medical, world.ids["piece"])
    deputy = browse("deputy")
    deputy.send_form("/language", language=language, back="/")
    for address in ("/review?view=all", "/"):
        assert said not in deputy.get(address).text
    delegate(db, medical, DAYS, "On leave")
    for address in ("/review", "/"):
        page = deputy.get(address).text
        assert f"The medical, {said}" in page
    assert "The medical" in deputy.get("/notices").text
    assert said not in browse("medical").get("/review").text


def absent_with_a_task(world: World, browse: Browse) -> tuple[str, Browser]:
    """The task that the medical reviewer took before leaving, and the browser of a deputy who has one of their own."""
    add_deputy(world, Role.MEDICAL, Role.REGULATORY)
    task = claim(world.app.db, world.people["medical"], world.ids["piece"]).id
    delegate(world.app.db, world.people["medical"], DAYS, "On leave")
    return task, browse("deputy")


def test_a_deputy_with_a_task_of_their_own_chooses_the_absent_persons_and_signs_it(
    world: World, browse: Browse
) -> None:
    """Only the command line could: there the task is named, and the page showed their own alone."""
    db, piece = world.app.db, world.ids["piece"]
    task, deputy = absent_with_a_task(world, browse)
    own = deputy.get(f"/review/{piece}").text
    assert "Signing as Regulatory reviewer means" in own
    assert "for The medical" not in own.partition('id="instead"')[0].partition('id="decide"')[2]
    link = f'href="/review/{piece}?task={task}'
    assert f"{link}#decide" in own
    assert all(f'{link}"' in deputy.get(address).text for address in ("/review", "/"))
    shown = deputy.get(f"/review/{piece}?task={task}").text
    assert "Signing as Medical reviewer means" in shown
    assert "You sign in your own name, for The medical, whose deputy you are." in shown
    assert f'name="task" value="{task}"' in shown
    assert "Take this review over from The medical" in shown
    seen = re.search(r'name="manifest_hash" value="(\w+)"', shown)
    assert seen
    fields = {"task": task, "manifest_hash": seen[1], "meaning": "Medical reviewer: approval"}
    wrong = deputy.send_form(f"/review/{piece}/approve", **fields, password="not mine at all, no")
    assert wrong.status_code == 403
    assert f'name="task" value="{task}"' in wrong.text
    signed = deputy.send_form(f"/review/{piece}/approve", **fields, password=PASSWORD)
    assert signed.headers["location"] == f"/review/{piece}?done=approved"
    after = deputy.get(signed.headers["location"]).text
    assert "<strong>The deputy</strong> for The medical" in after
    assert 'id="instead"' not in after, "one person signs once in a round"
    signature = review_json(db, world.people["auditor"], piece)["signatures"][0]
    assert (signature["by"]["name"], signature["for"]["name"]) == ("The deputy", "The medical")
    (entry, *_) = latest_entries(db, world.people["auditor"], sought=Sought(action="piece.signed"))
    assert (entry["actor"], entry["details"]["for"]) == ("The deputy", world.people["medical"].id)


_ACTS = {
    "accept": {"statement": "o1"},
    "accept ": {"statement": "o1", "after": "o2"},
    "comment": {"statement": "o1", "text": "Say it shorter."},
    "comment ": {"text": ""},
    "attest": {"statement": "o1", "reason": "The table says it."},
    "override": {"place": "o1", "rule": "FR1", "reason": "It is said elsewhere."},
    "dispute": {"place": "o1", "rule": "FR1", "reason": "It is said elsewhere."},
    "dispute ": {"place": "piece", "rule": "FR1", "reason": ""},
}


@pytest.mark.parametrize("act", _ACTS)
def test_a_deputy_stays_at_the_absent_persons_task_through_every_act_and_refusal(
    world: World, browse: Browse, act: str
) -> None:
    """The page went back to the deputy's own task at the first click, and they signed as another role than they meant."""
    piece = world.ids["piece"]
    task, deputy = absent_with_a_task(world, browse)
    shown = deputy.get(f"/review/{piece}?task={task}&statement=o1").text
    forms = re.findall(
        rf'action="/review/{piece}/(?:accept|comment|attest|override|dispute)".*?</form>', shown, re.DOTALL
    )
    assert forms
    assert all(f'name="task" value="{task}"' in form for form in forms)
    answer = deputy.send_form(f"/review/{piece}/{act.strip()}", task=task, **_ACTS[act])
    after = deputy.get(answer.headers["location"]).text if answer.status_code == 303 else answer.text
    assert "Signing as Medical reviewer means" in after
    assert f'name="task" value="{task}"' in after


def test_a_deputy_who_settles_a_comment_stays_at_the_absent_persons_task(
    world: World, browse: Browse
) -> None:
    piece = world.ids["piece"]
    task, deputy = absent_with_a_task(world, browse)
    deputy.send_form(f"/review/{piece}/comment", text="Say it shorter.")
    shown = deputy.get(f"/review/{piece}?task={task}").text
    form = re.search(rf'action="(/review/{piece}/comments/\w+/resolve)".*?</form>', shown, re.DOTALL)
    assert form
    assert f'name="task" value="{task}"' in form[0]
    settled = deputy.send_form(form[1], task=task)
    assert "Signing as Medical reviewer means" in deputy.get(settled.headers["location"]).text


def test_a_deputy_takes_a_review_over_and_gives_it_back(world: World, browse: Browse) -> None:
    piece = world.ids["piece"]
    add_deputy(world, Role.MEDICAL)
    task = claim(world.app.db, world.people["medical"], piece).id
    delegate(world.app.db, world.people["medical"], DAYS, "On leave")
    deputy = browse("deputy")
    taken = deputy.send_form(f"/review/{piece}/claim", task=task)
    page = deputy.get(taken.headers["location"]).text
    assert "The deputy for The medical" in page
    assert "Take this review over" not in page
    deputy.send_form(f"/review/{piece}/give-back", task=task)
    assert "Take this review over from The medical" in deputy.get(f"/review/{piece}").text


def test_who_reviews_in_two_roles_says_on_the_page_which_task_they_take(world: World, browse: Browse) -> None:
    piece = world.ids["piece"]
    add_deputy(world, Role.MEDICAL, Role.REGULATORY)
    both = browse("deputy")
    page = both.get(f"/review/{piece}").text
    first = re.search(r'/claim">.*?name="task" value="(\w+)"', page)
    other = re.search(r'id="instead".*?\?task=(\w+)#decide', page, re.DOTALL)
    assert first
    assert other
    assert first[1] != other[1]
    taken = both.send_form(f"/review/{piece}/claim", task=other[1])
    assert taken.headers["location"] == f"/review/{piece}?done=claimed"


def test_who_stands_for_nobody_is_offered_nothing_of_another(world: World, browse: Browse) -> None:
    piece = world.ids["piece"]
    add_deputy(world, Role.MEDICAL)
    task = claim(world.app.db, world.people["medical"], piece).id
    page = browse("deputy").get(f"/review/{piece}?task={task}").text
    assert "/approve" not in page
    assert "Take this review" not in page
    refused = browse("deputy").send_form(
        f"/review/{piece}/approve", task=task, password=PASSWORD, meaning="x"
    )
    assert refused.status_code == 409
    assert not review_json(world.app.db, world.people["auditor"], piece)["signatures"]
