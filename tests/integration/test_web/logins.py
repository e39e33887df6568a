"""What the tests of the company's login do again and again: go there and back, and read what came of it."""

import re
from html import unescape
from typing import Any

from sqlalchemy import select

from assistant.review.view import review_json
from assistant.store.schema import (
    audit_entry,
    signature,
)
from tests.integration.test_web.conftest import Browser, World


def back(browser: Browser, query: dict[str, str]) -> Any:
    return browser.get("/sign-in/return", params=query)


def sent_to_sign(browser: Browser, world: World, **changes: str) -> Any:
    """Ask to sign the piece in review by the login; returns the answer."""
    review = review_json(world.app.db, world.people["medical"], world.ids["piece"])
    fields = {
        "by": "login",
        "meaning": "Medical approval",
        "manifest_hash": review["manifest"]["hash"],
        **changes,
    }
    return browser.send_form(f"/review/{world.ids['piece']}/approve", **fields)


def address_in(page: Any) -> str:
    assert page.status_code == 200, page.text[:2000]
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.text)
    assert found
    return unescape(found[1])


def signatures(world: World) -> list[Any]:
    with world.app.db.read() as connection:
        query = select(signature).where(signature.c.piece_id == world.ids["piece"])
        return list(connection.execute(query))


def trail(world: World) -> list[Any]:
    with world.app.db.read() as connection:
        return list(connection.execute(select(audit_entry).order_by(audit_entry.c.number)))


def actions(world: World) -> list[str]:
    return [entry.action for entry in trail(world)]


def refused(world: World, answer: Any, code: str, words: str, *, counted: bool) -> None:
    assert answer.status_code < 500, answer.text[:500]
    assert words in unescape(answer.text), answer.text[:3000]
    assert signatures(world) == []
    said = [e for e in trail(world) if e.action == "signature.refused"]
    assert [f'"why":"{code}"' in e.canonical for e in said] == [True]
    assert ("user.login_wrong" in actions(world)) == counted
