"""Signing in, sessions, tokens, headers, limits, and what an error may say."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from api.app import create_app
from api.gate import SESSION_COOKIE
from assistant.people.sessions import make_token
from tests.integration.conftest import PASSWORD, FakeClock
from tests.integration.test_web.conftest import HOSTILE, Browser, World

Browse = Callable[[str], Browser]


def sign_in(browser: TestClient, name: str, password: str, **fields: str) -> Any:
    token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/sign-in").text)
    assert token is not None
    return browser.post(
        "/sign-in",
        data={"csrf": token[1], "name": name, "password": password, **fields},
        follow_redirects=False,
    )


def test_signing_in_opens_a_session_in_a_cookie_that_scripts_cannot_read(
    world: World, browse: Browse
) -> None:
    browser = browse("")
    answer = sign_in(browser, "the writer", PASSWORD, next="/pieces?status=draft")
    assert (answer.status_code, answer.headers["location"]) == (303, "/pieces?status=draft")
    kept = answer.headers["set-cookie"]
    assert SESSION_COOKIE in kept
    assert "HttpOnly" in kept
    assert "SameSite=lax" in kept
    assert browser.get("/pieces").status_code == 200
    del world


def test_over_https_the_cookie_is_for_https_only(world: World) -> None:
    with TestClient(create_app(world.app), base_url="https://testserver") as browser:
        assert "Secure" in sign_in(browser, "the writer", PASSWORD).headers["set-cookie"]


def test_a_wrong_passphrase_keeps_the_name_and_never_shows_the_passphrase(browse: Browse) -> None:
    answer = sign_in(browse(""), "The writer", "not the right passphrase")
    assert answer.status_code == 403
    assert 'value="The writer"' in answer.text
    assert "not the right passphrase" not in answer.text
    assert 'role="alert"' in answer.text


def test_after_five_wrong_passphrases_the_account_rests(browse: Browse, clock: FakeClock) -> None:
    browser = browse("")
    for _ in range(5):
        sign_in(browser, "The writer", "not the right passphrase")
    assert "rests" in sign_in(browser, "The writer", PASSWORD).text
    clock.advance(minutes=16)
    assert sign_in(browser, "The writer", PASSWORD).status_code == 303


def test_a_sign_in_form_from_elsewhere_is_refused(browse: Browse) -> None:
    browser = browse("")
    answer = browser.post("/sign-in", data={"csrf": "guess", "name": "The writer", "password": PASSWORD})
    assert answer.status_code == 403
    assert SESSION_COOKIE not in browser.cookies


def test_signing_out_ends_the_session_for_good(browse: Browse) -> None:
    browser = browse("writer")
    kept = browser.cookies[SESSION_COOKIE]
    browser.send_form("/sign-out")
    browser.cookies.set(SESSION_COOKIE, kept)
    assert browser.get("/pieces").status_code == 303


def test_a_session_runs_out_after_a_day_of_work(browse: Browse, clock: FakeClock) -> None:
    browser = browse("writer")
    clock.instant += timedelta(hours=11)
    assert browser.get("/pieces").headers["location"].startswith("/sign-in")


def test_a_token_acts_as_its_user_and_needs_no_form_token(world: World, browse: Browse) -> None:
    token = make_token(world.app.db, world.people["librarian"], "robot")
    robot = browse("")
    robot.headers["Authorization"] = f"Bearer {token}"
    assert robot.get("/api/sources").json()["sources"][0]["product"] == "Velmora"
    made = robot.post("/api/products", json={"name": "Another", "sheet": {}})
    assert (made.status_code, made.json()["product"]["name"]) == (201, "Another")
    assert robot.get("/api/users").status_code == 403


def test_a_false_token_is_nobody(browse: Browse) -> None:
    answer = browse("").get("/api/sources", headers={"Authorization": "Bearer ancrage_guess"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert set(answer.json()["error"]) >= {"code", "message", "retry", "help"}


def test_a_change_from_another_site_is_refused_even_with_the_token(browse: Browse) -> None:
    browser = browse("writer")
    answer = browser.post("/sign-out", data={"csrf": browser.csrf}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/", "/sources", "/nothing", "/api/sources", "/sign-in", "/api/nothing"])
def test_every_answer_carries_the_security_headers(browse: Browse, path: str) -> None:
    answer = browse("writer").get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_static_files_are_kept_for_ever_under_an_address_with_their_digest(browse: Browse) -> None:
    page = browse("").get("/sign-in").text
    style = re.search(r'href="(/static/ancrage\.css\?v=[0-9a-f]{12})"', page)
    assert style is not None
    answer = browse("").get(style[1])
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")


def pages(world: World) -> Iterator[tuple[str, str]]:
    ids = world.ids
    yield from [
        ("writer", "/"),
        ("writer", "/sources"),
        ("librarian", f"/sources/{ids['source']}"),
        ("writer", f"/sources/{ids['source']}/pages/1"),
        ("librarian", f"/sources/{ids['source']}/withdraw"),
        ("librarian", "/sources/new"),
        ("writer", "/pieces/new"),
        ("writer", f"/pieces/{ids['draft']}"),
        ("medical", f"/review/{ids['piece']}"),
        ("rep", f"/published/{ids['publication']}"),
        ("librarian", f"/products/{ids['product']}"),
        ("admin", "/audit"),
    ]


def test_no_page_has_inline_script_or_style_and_source_text_is_never_markup(
    world: World, browse: Browse
) -> None:
    for role, path in pages(world):
        answer = browse(role).get(path)
        assert answer.status_code == 200, path
        assert HOSTILE not in answer.text, path
        assert "alert('x')</script>" not in answer.text, path
        assert not re.search(r"<[^>]+\sstyle=", answer.text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", answer.text), path
        assert not re.search(r"<[^>]+\son\w+=", answer.text), path


def test_the_signed_bytes_are_served_exactly_and_can_run_nothing(world: World, browse: Browse) -> None:
    from assistant.publishing.serving import published_bytes

    data, _media_type = published_bytes(world.app.db, world.ids["publication"], "html")
    answer = browse("rep").get(f"/p/{world.ids['publication']}")
    assert answer.content == data
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert browse("rep").get(f"/p/{world.ids['publication']}.pdf").content.startswith(b"%PDF")
    assert browse("rep").get(f"/p/{world.ids['publication']}.exe").status_code == 404


def test_a_fault_says_a_reference_and_nothing_of_the_code(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    web = create_app(world.app)

    def fault() -> None:
        raise RuntimeError("the secret inside")

    web.add_api_route("/sign-in/fault", fault)
    web.add_api_route("/api/fault", fault)
    browser = TestClient(web, raise_server_exceptions=False)
    browser.headers["Authorization"] = "Bearer " + make_token(world.app.db, world.people["writer"], "t")
    for path in ("/sign-in/fault", "/api/fault"):
        caplog.clear()
        answer = browser.get(path)
        assert answer.status_code == 500
        assert "secret inside" not in answer.text
        assert "Traceback" not in answer.text
        reference = re.search(r"Reference: ([0-9a-f]{8})", answer.text)
        assert reference is not None
        assert reference[1] in caplog.text


def test_what_does_not_exist_is_said_as_a_page_or_as_json(browse: Browse) -> None:
    browser = browse("writer")
    page = browser.get("/no/such/page")
    assert (page.status_code, "<h1" in page.text) == (404, True)
    assert browser.get("/api/no/such").json()["error"]["code"] == "not_found"
    assert browser.get("/pieces/piece_0").status_code == 404
    assert browser.delete("/pieces", headers={"X-CSRF-Token": browser.csrf}).status_code == 405


def test_a_body_beyond_the_limit_is_refused_whether_it_says_its_length_or_not(browse: Browse) -> None:
    browser = browse("writer")
    headers = {"X-CSRF-Token": browser.csrf, "Content-Type": "application/json"}
    huge = b'{"product": "' + b"x" * 3_000_000 + b'"}'
    announced = browser.post("/api/drafts", content=huge, headers=headers)
    streamed = browser.post("/api/drafts", content=iter([huge]), headers=headers)
    assert (announced.status_code, streamed.status_code) == (413, 413)
    assert announced.json()["error"]["code"] == "file_too_large"


def test_a_malformed_body_names_what_is_wrong(browse: Browse) -> None:
    browser = browse("writer")
    answer = browser.post("/api/drafts", json={"product": 1}, headers={"X-CSRF-Token": browser.csrf})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid_input"


def test_another_persons_work_does_not_exist_for_me(world: World, browse: Browse) -> None:
    from assistant.jobs.table import insert_job

    with world.app.db.write() as tx:
        job = insert_job(tx, "draft", {}, world.people["writer"], "nobody")
    assert browse("writer").get(f"/api/jobs/{job}").status_code == 200
    assert browse("other writer").get(f"/api/jobs/{job}").status_code == 404
    assert browse("other writer").get(f"/jobs/{job}").status_code == 404
    assert browse("admin").get(f"/api/jobs/{job}").status_code == 200


def test_the_language_of_the_screens_is_chosen_per_person_and_before_signing_in(browse: Browse) -> None:
    stranger = browse("")
    assert 'lang="en"' in stranger.get("/sign-in").text
    assert 'lang="fr"' in stranger.get("/sign-in", headers={"Accept-Language": "fr"}).text
    browser = browse("writer")
    browser.send_form("/language", language="fr", back="/pieces")
    shown = browser.get("/pieces")
    assert 'lang="fr"' in shown.text
    assert "<h1>Contenus</h1>" in shown.text
    refused = browser.get("/users")
    assert "n’en a pas le droit" in refused.text


def test_the_server_answers_a_health_check_to_anyone(browse: Browse) -> None:
    assert browse("").get("/api/health").json() == {"ok": True}


def test_openapi_describes_every_operation_with_its_answer_and_its_refusals(browse: Browse) -> None:
    described = browse("").get("/api/openapi.json").json()
    assert set(described["components"]["securitySchemes"]) == {"HTTPBearer", "APIKeyCookie"}
    for path, operations in described["paths"].items():
        assert path.startswith("/api/"), path
        for method, operation in operations.items():
            where = (method, path)
            assert operation["summary"], where
            assert operation["description"], where
            assert operation["tags"], where
            assert {"401", "403", "404", "409", "422"} <= set(operation["responses"]), where
            good = next(r for status, r in operation["responses"].items() if status.startswith("2"))
            assert "204" in operation["responses"] or good.get("content"), where
            refused = operation["responses"]["422"]["content"]["application/json"]["schema"]["$ref"]
            assert refused.endswith("/Refused"), where


def test_no_request_reads_the_database_on_the_event_loop(world: World, browse: Browse) -> None:
    """While one visitor's session is looked up, or a refusal is put into words, everybody else's pages go on."""
    on_the_loop: list[str] = []
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)
        with suppress(RuntimeError):
            asyncio.get_running_loop()
            on_the_loop.append(statement)

    writer, stranger = browse("writer"), browse("")
    token = make_token(world.app.db, world.people["writer"], "probe")
    event.listen(world.app.db.engine, "before_cursor_execute", note)
    try:
        for path in ("/", f"/pieces/{world.ids['draft']}", "/audit", "/pieces/piece_gone", "/nowhere"):
            writer.get(path)
        writer.post("/pieces", data={"csrf": "another"})
        writer.post("/pieces", data={"csrf": "another"}, headers={"Sec-Fetch-Site": "cross-site"})
        writer.post("/pieces", headers={"Content-Length": "999999999"})
        writer.send_form("/language", language="fr")
        writer.get("/api/pieces", headers={"Authorization": f"Bearer {token}"})
        stranger.get("/api/pieces", headers={"Authorization": "Bearer wrong"})
        stranger.get("/pieces")
    finally:
        event.remove(world.app.db.engine, "before_cursor_execute", note)
    assert len(sent) > 20
    assert on_the_loop == []


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        ("http://testserver/review/piece_1?statement=s2", "/sign-in?next=/review/piece_1%3Fstatement%3Ds2"),
        ("http://testserver/sign-in?next=/x", "/sign-in"),
        ("https://elsewhere.test/review/piece_1", "/sign-in"),
        ("http://[", "/sign-in"),
        ("", "/sign-in"),
    ],
)
def test_a_form_sent_after_the_session_ended_leads_by_the_login_back_to_its_page(
    browse: Browse, referer: str, leads_to: str
) -> None:
    sent = browse("").post(
        "/review/piece_1/approve", data={"meaning": "approval"}, headers={"Referer": referer}
    )
    assert sent.status_code == 401
    assert f'href="{leads_to}"' in sent.text


def test_another_language_is_read_at_the_same_place_of_the_same_page(world: World, browse: Browse) -> None:
    medical, piece = browse("medical"), world.ids["piece"]

    def way_back(answer: Any) -> str:
        found = re.search(r'name="back" value="([^"]*)"><button class="link" name="language"', answer.text)
        assert found
        return unescape(found[1])

    asked = "/pieces?title=Key+%26+dose&status=in_review"
    assert way_back(medical.get(f"{asked}&done=saved")) == asked
    place = f"/review/{piece}?statement=s1"
    form = {"csrf": medical.csrf, "meaning": "approval", "password": "not mine at all, no"}
    sent_from = {"referer": f"http://testserver{place}&done=claimed"}
    refused = medical.post(f"/review/{piece}/approve", data=form, headers=sent_from)
    assert refused.status_code == 403
    assert way_back(refused) == place
    for strange in ("http://[", ""):
        assert (
            way_back(medical.post(f"/review/{piece}/approve", data=form, headers={"referer": strange})) == "/"
        )
    assert medical.send_form("/language", language="fr", back=place).headers["location"] == place
