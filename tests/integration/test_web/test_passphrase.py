"""Changing one's passphrase on the page and by the command, and coming in with one for once."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

from api.cli.commands import execute
from api.cli.io import Io
from api.cli.parser import parse
from api.gate import SESSION_COOKIE
from assistant.people.accounts import verify_password
from assistant.people.sessions import open_session
from tests.integration.conftest import PASSWORD
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
NEW = "another passphrase for the tests"


def test_a_person_changes_their_passphrase_and_stays_signed_in(world: World, browse: Browse) -> None:
    here, there = browse("rep"), browse("rep")
    assert 'href="/me/passphrase"' in here.get("/me").text
    page = here.get("/me/passphrase").text
    assert 'autocomplete="current-password"' in page
    for old, new, again, status in (
        ("not the right passphrase", NEW, NEW, 403),
        (PASSWORD, NEW, "something else", 422),
        (PASSWORD, "tiny pw", "tiny pw", 422),
    ):
        answer = here.send_form("/me/passphrase", old=old, new=new, again=again)
        assert answer.status_code == status
        assert new not in answer.text
    done = here.send_form("/me/passphrase", old=PASSWORD, new=NEW, again=NEW)
    assert done.headers["location"] == "/me?done=passphrase_changed"
    assert here.get("/me").status_code == 200
    assert there.get("/me").headers["location"].startswith("/sign-in")
    assert verify_password(world.app.db, world.people["rep"], NEW)


def test_who_came_with_a_passphrase_for_once_does_nothing_before_changing_it(
    world: World, browse: Browse
) -> None:
    admin, rep = browse("admin"), world.people["rep"]
    shown = admin.send_form(f"/users/{rep.id}/reset").text
    found = re.search(r'class="code">([0-9a-f-]{29})<', shown)
    assert found is not None
    assert "no-store" in admin.send_form(f"/users/{rep.id}/reset").headers["cache-control"]
    given = re.search(r'class="code">([0-9a-f-]{29})<', admin.send_form(f"/users/{rep.id}/reset").text)
    assert given is not None
    opened = open_session(world.app.db, rep.name, given[1])
    browser = browse("")
    browser.cookies.set(SESSION_COOKIE, opened.token)
    browser.csrf = opened.csrf
    for path in ("/", "/published", "/ask", "/me"):
        assert browser.get(path).headers["location"] == "/me/passphrase", path
    assert browser.get("/api/publications").status_code == 403
    assert browser.send_form("/ask", question="What is the dose?").status_code == 403
    assert "for once" in browser.get("/me/passphrase").text
    done = browser.send_form("/me/passphrase", old=given[1], new=NEW, again=NEW)
    assert done.status_code == 303
    assert browser.get("/published").status_code == 200


def test_the_commands_change_and_reset(world: World) -> None:
    def run(person: str, *argv: str, secrets: tuple[str, ...] = ()) -> dict[str, object]:
        lines = iter(secrets)
        out = io.StringIO()
        ends = Io(out, io.StringIO(), Path(), None, lambda: next(lines))
        arguments = parse(["--as", world.people[person].name, "--json", "user", *argv])
        execute(world.app, arguments, ends)
        document: dict[str, object] = json.loads(out.getvalue())
        return document

    changed = run("rep", "passphrase", "--password-stdin", secrets=(PASSWORD, NEW))
    assert changed == {"passphrase": {"changed": True, "sessions_ended": 0}}
    again = run(
        "rep", "passphrase", "--password-stdin", secrets=(f"{NEW}\n{PASSWORD}",)
    )  # as a shell forwards them
    assert again["passphrase"] == {"changed": True, "sessions_ended": 0}
    none = run("rep", "passphrase", "--password-stdin", secrets=(f"{PASSWORD}\n",) * 2)
    assert "error" in none, "forwarded with an empty new one"
    verify_password(world.app.db, world.people["rep"], PASSWORD)
    given = run("admin", "reset", world.people["rep"].name)["one_time"]
    assert isinstance(given, dict)
    assert open_session(world.app.db, world.people["rep"].name, str(given["passphrase"]))
    assert "error" in run("rep", "reset", world.people["hcp"].name)
