"""The page of notices: one's own, counted in the menu, and one's choice."""

from collections.abc import Callable

from assistant.notices.choices import choice_of
from assistant.review.comments import comment
from tests.integration.test_web.conftest import Browser, World


def test_unread_notices_are_counted_in_the_menu_until_they_are_read(
    world: World, browse: Callable[[str], Browser]
) -> None:
    writer = browse("writer")
    before = writer.get("/notices").text.count("New</span>")
    comment(world.app.db, world.people["medical"], world.ids["piece"], "Which dose?")
    page = writer.get("/notices").text
    assert page.count("New</span>") == before + 1
    assert f"{before + 1} unread" in writer.get("/").text
    assert writer.send_form("/notices/read").status_code == 303
    assert "unread" not in writer.get("/notices").text


def test_a_choice_is_kept_and_a_wrong_one_is_shown_again(
    world: World, browse: Callable[[str], Browser]
) -> None:
    medical = browse("medical")
    form = {"email": "ada@pharma.example", "form": "slack", "assigned-app": "on", "assigned-email": "daily"}
    assert medical.send_form("/notices/choice", **form).status_code == 303
    kept = choice_of(world.app.db, world.people["medical"])
    assert (kept.email, kept.form, kept.ways("assigned").email) == ("ada@pharma.example", "slack", "daily")
    assert (kept.ways("answered").app, kept.ways("recalled").app) == (False, True)
    refused = medical.send_form("/notices/choice", **{**form, "webhook": "https://elsewhere.example/x"})
    assert refused.status_code == 422
    assert "may not post to elsewhere.example" in refused.text
    assert choice_of(world.app.db, world.people["medical"]) == kept
