"""A deputy sees in the queue and on the home page whose work it is, and as whom they would sign it."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from assistant.people.roles import Role
from assistant.review.delegation import NewDelegation, delegate
from assistant.review.tasks import claim
from assistant.store.schema import user
from tests.integration.conftest import insert_person
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


@pytest.mark.parametrize(("language", "said"), [("en", "whose deputy you are"), ("fr", "que vous suppléez")])
def test_a_deputy_reads_whose_task_it_is(world: World, browse: Browse, language: str, said: str) -> None:
    db, medical = world.app.db, world.people["medical"]
    with db.read() as connection:
        known = connection.scalar(select(user.c.password_hash).where(user.c.id == medical.id))
    with db.write() as tx:
        world.people["deputy"] = insert_person(tx, "The deputy", [Role.MEDICAL], known)
    claim(db, medical, world.ids["piece"])
    deputy = browse("deputy")
    deputy.send_form("/language", language=language, back="/")
    for address in ("/review?view=all", "/"):
        assert said not in deputy.get(address).text
    days = NewDelegation("The deputy", "medical", date(2026, 6, 10), date(2026, 6, 20))
    delegate(db, medical, days, "On leave")
    for address in ("/review", "/"):
        page = deputy.get(address).text
        assert f"The medical, {said}" in page
    assert "The medical" in deputy.get("/notices").text
    assert said not in browse("medical").get("/review").text
