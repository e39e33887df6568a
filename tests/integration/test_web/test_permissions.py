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
from assistant.people.roles import Permission, Role
from assistant.review.policy import default_policy
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

ANYBODY = None
"""Everybody who is signed in."""
NEEDED: dict[tuple[str, str], Permission | None] = {
    # pages
    ("GET", "/"): ANYBODY,
    ("GET", "/me"): ANYBODY,
    ("GET", "/notices"): ANYBODY,  # one's own
    ("POST", "/notices/read"): ANYBODY,
    ("POST", "/notices/choice"): ANYBODY,
    ("GET", "/me/passphrase"): ANYBODY,
    ("POST", "/me/passphrase"): ANYBODY,  # one's own
    ("POST", "/me/delegations"): Permission.REVIEW,
    ("POST", "/me/delegations/{delegation_id}/end"): ANYBODY,  # one's own; another's does not exist for them
    ("POST", "/me/tokens"): ANYBODY,
    ("POST", "/me/tokens/{token_id}/revoke"): Permission.MANAGE_USERS,  # somebody else's
    ("POST", "/me/logins/{login_id}/confirm"): ANYBODY,  # one's own; another's does not exist for them
    ("POST", "/me/logins/{login_id}/reject"): ANYBODY,
    ("POST", "/sign-out"): ANYBODY,
    ("GET", "/sources"): Permission.READ_SOURCES,
    ("GET", "/sources/new"): Permission.ADD_SOURCE,
    ("POST", "/sources"): Permission.ADD_SOURCE,
    ("GET", "/sources/{source_id}"): Permission.READ_SOURCES,
    ("GET", "/sources/{source_id}/original"): Permission.READ_SOURCES,
    ("GET", "/sources/{source_id}/pages/{number}"): Permission.READ_SOURCES,
    ("GET", "/sources/{source_id}/pages/{number}.png"): ANYBODY,  # its display right lets everybody see it
    ("GET", "/sources/{source_id}/changes"): Permission.READ_SOURCES,
    ("GET", "/confirmations"): Permission.READ_PIECES,
    ("GET", "/confirmations/{confirmation_id}"): Permission.READ_PIECES,
    ("POST", "/confirmations/{confirmation_id}/sign"): Permission.REVIEW,
    ("POST", "/confirmations/{confirmation_id}/decline"): Permission.REVIEW,
    ("POST", "/sources/{source_id}/rights"): Permission.APPROVE_SOURCE,
    ("POST", "/sources/{source_id}/deck"): Permission.ADD_SOURCE,
    ("POST", "/sources/{source_id}/reference"): Permission.ADD_SOURCE,
    ("POST", "/sources/{source_id}/approve"): Permission.APPROVE_SOURCE,
    ("GET", "/sources/{source_id}/withdraw"): Permission.WITHDRAW_SOURCE,
    ("POST", "/sources/{source_id}/withdraw"): Permission.WITHDRAW_SOURCE,
    ("GET", "/calendar"): Permission.READ_SOURCES,
    ("GET", "/calendar.ics"): Permission.READ_SOURCES,
    ("GET", "/api/calendar"): Permission.READ_SOURCES,
    ("GET", "/products"): Permission.READ_SOURCES,
    ("POST", "/products"): Permission.MANAGE_PRODUCTS,
    ("GET", "/products/new"): Permission.MANAGE_PRODUCTS,
    ("GET", "/products/{product_id}"): Permission.READ_SOURCES,
    ("POST", "/products/{product_id}"): Permission.MANAGE_PRODUCTS,
    ("GET", "/products/{product_id}/register"): Permission.MANAGE_PRODUCTS,
    ("POST", "/products/{product_id}/register"): Permission.MANAGE_PRODUCTS,
    ("POST", "/products/{product_id}/register/apply"): Permission.MANAGE_PRODUCTS,
    ("GET", "/products/{product_id}/freeze"): Permission.FREEZE_PRODUCT,
    ("POST", "/products/{product_id}/freeze"): Permission.FREEZE_PRODUCT,
    ("GET", "/products/{product_id}/unfreeze"): Permission.FREEZE_PRODUCT,
    ("POST", "/products/{product_id}/unfreeze"): Permission.FREEZE_PRODUCT,
    ("GET", "/search"): Permission.SEARCH,
    ("GET", "/pieces"): Permission.READ_PIECES,
    ("POST", "/pieces"): Permission.DRAFT,
    ("GET", "/pieces/new"): Permission.DRAFT,
    ("GET", "/pieces/{piece_id}"): Permission.READ_PIECES,
    ("GET", "/pieces/{piece_id}/revisions/{number}"): Permission.READ_PIECES,
    ("POST", "/pieces/{piece_id}/statements/{lineage}"): Permission.EDIT,
    ("POST", "/pieces/{piece_id}/statements/{lineage}/check"): Permission.EDIT,
    ("POST", "/pieces/{piece_id}/adapt"): Permission.DRAFT,
    ("POST", "/pieces/{piece_id}/submit"): Permission.SUBMIT,
    ("POST", "/pieces/{piece_id}/publish"): Permission.PUBLISH,
    ("POST", "/pieces/{piece_id}/evidence-pack"): Permission.READ_PIECES,
    ("POST", "/pieces/{piece_id}/release"): Permission.RECORD_RELEASE,  # to certify: CERTIFY
    ("POST", "/pieces/{piece_id}/deposit-pack"): Permission.RECORD_RELEASE,
    ("GET", "/affected"): Permission.READ_PIECES,
    ("GET", "/pieces/{piece_id}/register"): Permission.READ_PIECES,
    ("POST", "/pieces/{piece_id}/register"): Permission.PUBLISH,
    ("POST", "/pieces/{piece_id}/register/erase"): Permission.ERASE_RECIPIENTS,
    ("GET", "/published/{publication_id}/copy"): Permission.READ_PUBLISHED,
    ("GET", "/api/pieces/{piece}/uses"): Permission.READ_PIECES,
    ("POST", "/api/uses/{use}/erase"): Permission.ERASE_RECIPIENTS,
    ("GET", "/release"): Permission.READ_PIECES,
    ("POST", "/release/windows"): Permission.SET_WINDOWS,
    ("GET", "/pieces/{piece_id}/recall"): Permission.RECALL,
    ("POST", "/pieces/{piece_id}/recall"): Permission.RECALL,
    ("GET", "/check"): Permission.DRAFT,
    ("POST", "/check"): Permission.DRAFT,
    ("GET", "/review"): Permission.READ_PIECES,
    ("POST", "/review/filters"): Permission.READ_PIECES,
    ("POST", "/review/filters/{filter_id}/delete"): Permission.READ_PIECES,
    ("POST", "/review/{piece_id}/give-back"): Permission.REVIEW,
    ("POST", "/review/{piece_id}/reassign"): Permission.REASSIGN,
    ("GET", "/review/{piece_id}"): Permission.READ_PIECES,
    ("GET", "/review/{piece_id}/preview"): Permission.READ_PIECES,
    ("POST", "/review/{piece_id}/claim"): Permission.REVIEW,
    ("POST", "/review/{piece_id}/accept"): Permission.REVIEW,
    ("POST", "/review/{piece_id}/comment"): Permission.COMMENT,
    ("POST", "/review/{piece_id}/comments/{comment_id}/resolve"): Permission.COMMENT,
    ("POST", "/review/{piece_id}/attest"): Permission.ATTEST,
    ("POST", "/review/{piece_id}/override"): Permission.OVERRIDE,
    ("POST", "/review/{piece_id}/dispute"): Permission.OVERRIDE,
    ("POST", "/review/{piece_id}/approve"): Permission.REVIEW,
    ("POST", "/review/{piece_id}/send-back"): Permission.REVIEW,
    ("GET", "/published"): Permission.READ_PUBLISHED,
    ("GET", "/published/{publication_id}"): Permission.READ_PUBLISHED,
    ("GET", "/p/{name}"): Permission.READ_PUBLISHED,
    ("GET", "/ask"): Permission.ASK,
    ("POST", "/ask"): Permission.ASK,
    ("POST", "/ask/question"): Permission.ASK,
    ("GET", "/cases"): Permission.READ_CASES,
    ("GET", "/cases/{case_id}"): Permission.READ_CASES,
    ("POST", "/cases/{case_id}"): Permission.HANDLE_CASES,  # what reports something: HANDLE_SAFETY_CASES
    ("GET", "/figures"): Permission.READ_FIGURES,
    ("GET", "/figures.csv"): Permission.READ_FIGURES,
    ("GET", "/audit"): Permission.VERIFY_AUDIT,
    ("GET", "/audit/export"): Permission.VERIFY_AUDIT,
    ("POST", "/audit/verify"): Permission.VERIFY_AUDIT,
    ("GET", "/users"): Permission.MANAGE_USERS,
    ("POST", "/users"): Permission.MANAGE_USERS,
    ("POST", "/users/{user_id}/close"): Permission.MANAGE_USERS,
    ("POST", "/users/{user_id}/reset"): Permission.MANAGE_USERS,
    ("POST", "/users/link"): Permission.MANAGE_USERS,
    ("POST", "/users/{user_id}/unlink"): Permission.MANAGE_USERS,
    ("POST", "/users/logins/{login_id}/confirm"): Permission.MANAGE_USERS,
    ("GET", "/jobs"): Permission.RUN_SYSTEM,
    ("GET", "/jobs/{job_ids}"): ANYBODY,  # one's own; somebody else's does not exist for them
    # API
    ("GET", "/api/users"): Permission.MANAGE_USERS,
    ("POST", "/api/users"): Permission.MANAGE_USERS,
    ("POST", "/api/users/{user}/close"): Permission.MANAGE_USERS,
    ("GET", "/api/logins"): ANYBODY,  # one's own; for administrators those that they may confirm, too
    ("POST", "/api/logins/{login}/confirm"): ANYBODY,
    ("POST", "/api/logins/{login}/reject"): ANYBODY,
    ("POST", "/api/tokens"): ANYBODY,
    ("DELETE", "/api/tokens/{token}"): Permission.MANAGE_USERS,
    ("GET", "/api/delegations"): ANYBODY,  # those that they gave or hold; all for who may reassign
    ("POST", "/api/delegations"): Permission.REVIEW,
    ("POST", "/api/delegations/{delegation}/end"): ANYBODY,  # one's own; another's does not exist for them
    ("POST", "/api/pieces/{piece}/adapt"): Permission.DRAFT,
    ("POST", "/api/pieces/{piece}/disputes"): Permission.OVERRIDE,
    ("GET", "/policy"): Permission.READ_PIECES,
    ("POST", "/policy/proposals"): Permission.SET_POLICY,
    ("POST", "/policy/proposals/{proposal_id}/adopt"): Permission.SET_POLICY,
    ("POST", "/policy/proposals/{proposal_id}/close"): Permission.SET_POLICY,
    ("GET", "/api/policy/changes"): Permission.READ_PIECES,
    ("POST", "/api/policy/proposals"): Permission.SET_POLICY,
    ("POST", "/api/policy/proposals/{proposal}/adopt"): Permission.SET_POLICY,
    ("POST", "/api/policy/proposals/{proposal}/close"): Permission.SET_POLICY,
    ("GET", "/api/policy"): Permission.READ_PIECES,
    ("POST", "/api/policy"): Permission.SET_POLICY,
    ("POST", "/api/policy/check"): Permission.READ_PIECES,
    ("GET", "/api/products"): Permission.READ_SOURCES,
    ("POST", "/api/products"): Permission.MANAGE_PRODUCTS,
    ("GET", "/api/products/{product}"): Permission.READ_SOURCES,
    ("PATCH", "/api/products/{product}"): Permission.MANAGE_PRODUCTS,
    ("POST", "/api/products/{product}/freeze"): Permission.FREEZE_PRODUCT,
    ("POST", "/api/products/{product}/unfreeze"): Permission.FREEZE_PRODUCT,
    ("GET", "/api/sources"): Permission.READ_SOURCES,
    ("POST", "/api/sources"): Permission.ADD_SOURCE,
    ("GET", "/api/sources/{source}"): Permission.READ_SOURCES,
    ("POST", "/api/sources/{source}/approve"): Permission.APPROVE_SOURCE,
    ("POST", "/api/sources/{source}/rights"): Permission.APPROVE_SOURCE,
    ("GET", "/api/sources/{source}/affected"): Permission.READ_SOURCES,
    ("POST", "/api/sources/{source}/withdraw"): Permission.WITHDRAW_SOURCE,
    ("GET", "/api/jobs/{job}"): ANYBODY,
    ("GET", "/api/search"): Permission.SEARCH,
    ("POST", "/api/drafts"): Permission.DRAFT,
    ("POST", "/api/check"): Permission.DRAFT,
    ("GET", "/api/pieces"): Permission.READ_PIECES,
    ("GET", "/api/pieces/{piece}"): Permission.READ_PIECES,
    ("PUT", "/api/pieces/{piece}/statements/{statement}"): Permission.EDIT,
    ("POST", "/api/pieces/{piece}/submit"): Permission.SUBMIT,
    ("GET", "/api/tasks"): Permission.READ_PIECES,
    ("GET", "/api/pieces/{piece}/review"): Permission.READ_PIECES,
    ("POST", "/api/reviews/{task}/claim"): Permission.REVIEW,
    ("POST", "/api/reviews/{task}/approve"): Permission.REVIEW,
    ("POST", "/api/reviews/{task}/request-changes"): Permission.REVIEW,
    ("POST", "/api/reviews/{task}/reject"): Permission.REVIEW,
    ("POST", "/api/pieces/{piece}/comments"): Permission.COMMENT,
    ("POST", "/api/comments/{comment}/resolve"): Permission.COMMENT,
    ("POST", "/api/pieces/{piece}/attestations"): Permission.ATTEST,
    ("POST", "/api/pieces/{piece}/overrides"): Permission.OVERRIDE,
    ("POST", "/api/pieces/{piece}/publish"): Permission.PUBLISH,
    ("POST", "/api/pieces/{piece}/recall"): Permission.RECALL,
    ("POST", "/api/pieces/{piece}/evidence-pack"): Permission.READ_PIECES,
    ("GET", "/api/pieces/{piece}/release"): Permission.READ_PIECES,
    ("POST", "/api/pieces/{piece}/release/request"): Permission.RECORD_RELEASE,
    ("POST", "/api/pieces/{piece}/release/grant"): Permission.RECORD_RELEASE,
    ("POST", "/api/pieces/{piece}/release/refuse"): Permission.RECORD_RELEASE,
    ("POST", "/api/pieces/{piece}/release/certificate"): Permission.CERTIFY,
    ("POST", "/api/pieces/{piece}/release/submission"): Permission.RECORD_RELEASE,
    ("POST", "/api/release/{record}/void"): Permission.RECORD_RELEASE,
    ("POST", "/api/pieces/{piece}/deposit-pack"): Permission.RECORD_RELEASE,
    ("GET", "/api/release/windows"): Permission.READ_PIECES,
    ("PUT", "/api/release/windows"): Permission.SET_WINDOWS,
    ("GET", "/api/release/deadlines"): Permission.READ_PIECES,
    ("GET", "/api/publications"): Permission.READ_PUBLISHED,
    ("POST", "/api/publications/{publication}/uses"): Permission.PUBLISH,
    ("GET", "/api/affected"): Permission.READ_PIECES,
    ("GET", "/api/publications/{publication}/{rendition}"): Permission.READ_PUBLISHED,
    ("POST", "/api/ask"): Permission.ASK,
    ("GET", "/api/cases"): Permission.READ_CASES,
    ("GET", "/api/cases/{case}"): Permission.READ_CASES,
    ("POST", "/api/cases/{case}/acknowledge"): Permission.HANDLE_CASES,
    ("POST", "/api/cases/{case}/forward"): Permission.HANDLE_CASES,
    ("POST", "/api/cases/{case}/notes"): Permission.HANDLE_CASES,
    ("POST", "/api/cases/{case}/close"): Permission.HANDLE_CASES,
    ("POST", "/api/cases/{case}/reopen"): Permission.HANDLE_CASES,
    ("GET", "/api/audit/verify"): Permission.VERIFY_AUDIT,
    ("GET", "/api/audit/entries"): Permission.VERIFY_AUDIT,
}
BODIES: dict[str, dict[str, object]] = {
    "/api/delegations": {
        "deputy": "The medical",
        "role": "medical",
        "starts_on": "2026-06-15",
        "ends_on": "2026-06-16",
        "reason": "R",
    },
    "/api/pieces/{piece}/adapt": {"market": "FR"},
    "/api/pieces/{piece}/disputes": {"rule": "GR2", "reason": "R"},
    "/api/users": {"name": "N", "roles": ["rep"], "password": "long enough for anyone"},
    "/api/tokens": {"name": "robot"},
    "/api/logins/{login}/confirm": {},
    "/api/logins/{login}/reject": {},
    "/api/products": {"name": "P"},
    "/api/products/{product}": {"sheet": {}},
    "/api/sources/{source}/approve": {
        "approval": "A",
        "approved_on": "2026-01-01",
        "expires_on": "2027-01-01",
    },
    "/api/sources/{source}/rights": {"display": "in_house", "reason": "R"},
    "/api/drafts": {"product": "Velmora", "kind": "quiz", "market": "EU", "language": "en"},
    "/api/pieces/{piece}/statements/{statement}": {"text": "T", "base": "revision_0"},
    "/api/pieces/{piece}/submit": {},
    "/api/reviews/{task}/claim": {},
    "/api/reviews/{task}/approve": {"password": "x"},
    "/api/pieces/{piece}/comments": {"text": "T"},
    "/api/comments/{comment}/resolve": {},
    "/api/pieces/{piece}/attestations": {"statement": "s1", "reason": "R"},
    "/api/pieces/{piece}/overrides": {"rule": "GR1", "reason": "R"},
    "/api/pieces/{piece}/publish": {},
    "/api/pieces/{piece}/release/request": {"number": "N", "requested_on": "2026-06-15"},
    "/api/pieces/{piece}/release/grant": {"granted_on": "2026-06-15"},
    "/api/pieces/{piece}/release/refuse": {"refused_on": "2026-06-15", "reason": "R"},
    "/api/pieces/{piece}/release/certificate": {
        "qualification": "doctor",
        "registration": "7",
        "password": "x",
    },
    "/api/pieces/{piece}/release/submission": {"reference": "R", "submitted_on": "2026-06-15"},
    "/api/release/{record}/void": {"reason": "R"},
    "/api/release/windows": {"year": 2027, "days": [], "source": "S"},
    "/api/publications/{publication}/uses": {"mode": "visit", "used_on": "2026-06-15", "recipient": "N"},
    "/api/policy": {"text": "T", "reason": "R", "password": "x"},
    "/api/policy/check": {"text": "T"},
    "/api/policy/proposals/{proposal}/adopt": {"reason": "R", "password": "x"},
    "/api/policy/proposals": {"text": "T", "reason": "R"},
    "/api/cases/{case}/acknowledge": {},
    "/api/cases/{case}/forward": {"reference": "PV-1"},
    "/api/cases/{case}/notes": {"text": "T"},
    "/api/cases/{case}/close": {"outcome": "reported"},
    "/api/ask": {"question": "What is the dose?", "product": "Velmora", "market": "EU"},
}
MULTIPART = {
    "/api/sources": {"product": "Velmora", "kind": "label", "market": "EU"},
    "/api/check": {"product": "Velmora", "market": "EU"},
}
QUERIES = {
    "/api/search": "?q=dose&product=Velmora&market=EU",
    "/api/policy/changes": f"?hash={default_policy().hash}",
}
NOT_OPENED = {("GET", "/search"), ("GET", "/api/search")}
"""They need the model; whether they may be used is asked all the same where they may not."""
NOWHERE = {"product": "No such product", "market": "EU"}
HARMLESS: dict[str, dict[str, object]] = {
    "/api/drafts": {**NOWHERE, "kind": "quiz", "language": "en"},
    "/api/ask": {**NOWHERE, "question": "What is the dose?"},
    "/api/sources": {**NOWHERE, "kind": "label"},
    "/api/check": NOWHERE,
    "/api/reviews/{task}/approve": {"password": PASSWORD},
}
"""Said by those who may, instead: nothing of it needs the model."""
LAST = (
    "/freeze",
    "/unfreeze",
    "/withdraw",
    "/recall",
    "/reject",
    "/close",
    "/sign-out",
)
"""What ends something comes after all that needs it, in this order."""

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
    for name, value in values.items():
        path = path.replace("{" + name + "}", value)
    return path + QUERIES.get(path, "")


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
