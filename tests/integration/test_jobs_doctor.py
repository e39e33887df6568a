"""What `ancrage doctor` finds."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import update

from assistant.people.accounts import add_user
from assistant.store.schema import audit_entry
from tests.integration.conftest import PASSWORD

if TYPE_CHECKING:
    from assistant.bootstrap import App


def test_an_empty_home_is_told_its_next_step(app_factory: Callable[[], "App"]) -> None:
    found = app_factory().doctor()
    assert found["migrations"] == "current"
    assert found["unfinished_jobs"] == 0
    assert any("ancrage user add" in advice for advice in found["advice"])


def test_a_broken_trail_is_told(app_factory: Callable[[], "App"]) -> None:
    app = app_factory()
    add_user(app.db, None, "Ada", ["admin"], PASSWORD)
    assert app.doctor()["audit"] == "holds, 1 entries"
    with app.db.engine.begin() as connection:
        connection.execute(update(audit_entry).values(action="user.praised"))
    found = app.doctor()
    assert found["audit"].startswith("broken at 1")
    assert any("does not hold at entry 1" in advice for advice in found["advice"])
