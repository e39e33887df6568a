"""Every route of the app, for every role: generated from the route table, so that no route is forgotten."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import Table, insert, select, update

from api.app import create_app
from api.gate import is_open
from assistant.people.roles import Role
from assistant.review.submission import submit
from assistant.store.schema import (
    api_token,
    conversation,
    delegation,
    identity,
    job,
    notice,
    saved_filter,
    task,
)
from tests.builders.dossier import Terms, add_piece, document_of
from tests.integration.conftest import PASSWORD
from tests.integration.test_web.conftest import Browser, World
from tests.integration.test_web.permitted import (
    ANYBODY,
    BODIES,
    HARMLESS,
    LAST,
    MULTIPART,
    NEEDED,
    NOT_OPENED,
    QUERIES,
)

Browse = Callable[[str], Browser]
PARAMETER = re.compile(r"{(\w+)}")


def routes(web: FastAPI) -> list[tuple[str, str]]:
    return [
        (method, context.path)
        for context in iter_route_contexts(web.routes)
        if context.path and context.methods and not is_open(context.path)
        for method in sorted(context.methods - {"HEAD"})
    ]


def address(world: World, path: str) -> str:
    ids = world.ids
    values = {
        "source_id": ids["source"],
        "source": ids["source"],
        "product_id": ids["product"],
        "product": ids["product"],
        "piece_id": ids["piece"],
        "piece": ids["piece"],
        "task": ids["piece"],
        "number": "1",
        "lineage": "s1",
        "statement": "s1",
        "publication_id": ids["publication"],
        "publication": ids["publication"],
        "confirmation_id": "confirmation_0",
        "name": ids["publication"],
        "rendition": "html",
        "comment_id": ids.get("comment", "comment_0"),
        "comment": ids.get("comment", "comment_0"),
        "token_id": ids.get("token", "token_0"),
        "token": ids.get("token", "token_0"),
        "user_id": world.people["rep"].id,
        "user": world.people["rep"].id,
        "job_ids": "job_0",
        "job": "job_0",
    }
    query = QUERIES.get(path, "")
    for name, value in values.items():
        path = path.replace("{" + name + "}", value)
    return path + query


def call(
    browser: Browser,
    world: World,
    method: str,
    path: str,
    *,
    csrf: bool = True,
    harmless: bool = False,
    role: str = "",
) -> int:
    own = {
        "/api/delegations": {**BODIES["/api/delegations"], "role": role}
    }  # nobody delegates another's role
    said = HARMLESS | own if harmless else {}
    token = browser.csrf if csrf else "forged"
    where = address(world, path)
    if method == "GET":
        return browser.get(where).status_code
    if not path.startswith("/api/"):
        return browser.post(where, data={"csrf": token}).status_code
    headers = {"X-CSRF-Token": token}
    if path in MULTIPART:
        files = {"file": ("a.txt", b"text", "text/plain")}
        return browser.post(
            where, data=said.get(path, MULTIPART[path]), files=files, headers=headers
        ).status_code
    body = said.get(path) or BODIES.get(path, {"reason": "R"})
    return browser.request(method, where, json=body, headers=headers).status_code


def test_the_table_of_permissions_names_every_route_and_no_other(world: World) -> None:
    assert sorted(routes(create_app(world.app))) == sorted(NEEDED)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_role_meets_403_exactly_where_the_table_does_not_permit(
    world: World, browse: Browse, role: str
) -> None:
    if role in {"legal", "pharmacist"}:
        _ask_for_a_signature_of(world, role)
    _leave_a_comment_and_a_token(world)
    browser = browse(role)
    actor = world.people[role]
    wrong: list[str] = []
    permitted = {at for at, needed in NEEDED.items() if needed is ANYBODY or actor.may(needed)}
    for method, path in sorted(NEEDED, key=lambda at: order(at, permitted)):
        may = (method, path) in permitted
        if may and (method, path) in NOT_OPENED:
            continue
        status = call(browser, world, method, path, harmless=may, role=role)
        if (status in {401, 403}) == may or status >= 500:
            wrong.append(f"{role}: {method} {path} gave {status}")
    assert not wrong


def order(at: tuple[str, str], permitted: set[tuple[str, str]]) -> tuple[bool, int]:
    """What changes nothing first: what is refused, and what is read; then changes, and last what ends something."""
    method, path = at
    changes = at in permitted and method != "GET"
    return changes, next((n for n, end in enumerate(LAST, 1) if path.endswith(end)), 0)


def _ask_for_a_signature_of(world: World, role: str) -> None:
    """The piece in review is a French one that asks for an override, which legal signs; or by its policy this role."""
    db, people = world.app.db, world.people
    terms = Terms(qualification="promotional", market="FR")
    piece = add_piece(db, people["writer"], document_of(db, world.ids["source"]), terms).id
    submit(db, people["writer"], piece, override_request="Mentions stand on the page around it")
    with db.write() as tx:
        tx.execute(update(task).where(task.c.piece_id == piece, task.c.role == "legal").values(role=role))
    world.ids["piece"] = piece


def _leave_a_comment_and_a_token(world: World) -> None:
    from assistant.people.sessions import list_tokens, make_token
    from assistant.review.comments import comment
    from assistant.review.view import review_json

    comment(world.app.db, world.people["medical"], world.ids["piece"], "A remark")
    shown = review_json(world.app.db, world.people["medical"], world.ids["piece"])
    world.ids["comment"] = shown["comments"][0]["id"]
    owner = world.people["other writer"]
    make_token(world.app.db, owner, "theirs")
    world.ids["token"] = list_tokens(world.app.db, owner)[0].id


def test_a_stranger_reaches_nothing(world: World, browse: Browse) -> None:
    stranger = browse("")
    for method, path in NEEDED:
        where = address(world, path)
        answer = stranger.request(method, where)
        if path.startswith("/api/") or method != "GET":
            assert answer.status_code == 401, (method, path)
        else:
            assert answer.status_code == 303, (method, path)
            assert answer.headers["location"].startswith("/sign-in")


def test_every_change_without_the_sessions_token_is_refused_and_changes_nothing(
    world: World, browse: Browse
) -> None:
    browser = browse("admin")
    before = browser.get("/api/audit/verify").json()["entries"]
    for method, path in NEEDED:
        if method != "GET":
            assert call(browser, world, method, path, csrf=False) == 403, (method, path)
    assert browser.get("/api/audit/verify").json()["entries"] == before


OWNED: dict[str, Table] = {
    "filter_id": saved_filter,
    "token_id": api_token,
    "token": api_token,
    "delegation_id": delegation,
    "delegation": delegation,
    "login_id": identity,
    "login": identity,
    "job_ids": job,
    "job": job,
}
"""What belongs to one person, by the parameter of a route that names it."""
SHARED = {
    *("source_id", "source", "product_id", "product", "piece_id", "piece", "number", "lineage", "statement"),
    *(
        "task",
        "publication_id",
        "publication",
        "name",
        "rendition",
        "comment_id",
        "comment",
        "confirmation_id",
    ),
    *("proposal_id", "proposal", "record", "use", "user_id", "user", "case_id", "case"),
}
"""What is the company's: a role decides."""
OF_OWNERS = [at for at in NEEDED if set(PARAMETER.findall(at[1])) & OWNED.keys()]
FOR_ADMINISTRATORS = {"/users/logins/{login_id}/confirm"}
"""Not even the owner's way."""


def test_every_parameter_of_a_route_is_known_as_a_persons_or_the_companys(world: World) -> None:
    used = {name for _, path in routes(create_app(world.app)) for name in PARAMETER.findall(path)}
    assert used == OWNED.keys() | SHARED
    assert not OWNED.keys() & SHARED


@pytest.mark.parametrize(("method", "path"), OF_OWNERS)
def test_another_persons_item_is_neither_shown_nor_changed(
    world: World, browse: Browse, method: str, path: str
) -> None:
    """For another it is not there; its owner, who sends the same, is let through."""
    (name,) = PARAMETER.findall(path)
    table = OWNED[name]
    where = path.replace("{" + name + "}", _belonging_to_medical(world)[table.name])
    owner, other = browse("medical"), browse("legal")

    def send(browser: Browser) -> int:
        said = {"password": PASSWORD} if table is identity else {}
        if method == "GET":
            return browser.get(where).status_code
        if not path.startswith("/api/"):
            return browser.post(where, data={"csrf": browser.csrf, **said}).status_code
        return browser.request(method, where, json=said, headers={"X-CSRF-Token": browser.csrf}).status_code

    before = _rows(world, table)
    assert send(other) in ({403} if table is api_token or path in FOR_ADMINISTRATORS else {404})
    assert _rows(world, table) == before
    if path not in FOR_ADMINISTRATORS:
        assert send(owner) < 400
        assert method == "GET" or _rows(world, table) != before


def test_another_persons_notice_filter_and_conversation_are_left_alone(world: World, browse: Browse) -> None:
    """Those that are named in what is sent, and those of a list."""
    ids = _belonging_to_medical(world)
    other = browse("legal")
    assert "Mine alone" in browse("medical").get("/review").text
    assert "Mine alone" not in other.get("/review").text
    before = _rows(world, notice)
    told = next(row.id for row in before if row.user_id == world.people["medical"].id)
    other.send_form("/notices/read", notice=told)
    assert _rows(world, notice) == before
    asked = {"question": "What is the dose?", "product": "Velmora", "market": "EU"}
    answer = other.post(
        "/api/ask", json={**asked, "conversation": ids["conversation"]}, headers={"X-CSRF-Token": other.csrf}
    )
    assert answer.status_code == 404
    assert other.send_form("/ask", **asked, conversation=ids["conversation"]).status_code == 404


def _rows(world: World, table: Table) -> list[Any]:
    with world.app.db.read() as connection:
        return list(connection.execute(select(table).order_by(table.c.id)))


def _belonging_to_medical(world: World) -> dict[str, str]:
    """One of each kind; their ids by the name of their table."""
    me, now = world.people["medical"].id, world.app.db.clock.now()
    day = now.date()
    told: dict[Table, dict[str, object]] = {
        saved_filter: {"user_id": me, "name": "Mine alone", "query": "view=all", "created_at": now},
        api_token: {"user_id": me, "name": "robot", "token_sha256": "0" * 64, "created_at": now},
        delegation: {
            "delegator_id": me,
            "deputy_id": world.people["writer"].id,
            "role": "medical",
            "starts_on": day,
            "ends_on": day,
            "named_at": now,
        },
        identity: {
            "user_id": me,
            "issuer": "https://login.example",
            "subject": "7",
            "linked_by": world.people["admin"].id,
            "created_at": now,
        },
        job: {
            "kind": "draft",
            "status": "running",
            "arguments": {},
            "done": 0,
            "total": 1,
            "doing": "",
            "created_by": me,
            "created_at": now,
            "updated_at": now,
        },
        conversation: {
            "user_id": me,
            "product_id": world.ids["product"],
            "market": "EU",
            "started_at": now,
        },
    }
    with world.app.db.write() as tx:
        for table, values in told.items():
            tx.execute(insert(table).values(id=f"{table.name}_mine", **values))
    return {table.name: f"{table.name}_mine" for table in told}
