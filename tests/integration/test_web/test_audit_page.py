"""The trail's page: what each entry says in words, whose it is, what was hashed, and which entries are looked for."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from html import unescape
from urllib.parse import urlencode

import pytest

from assistant.audit.listing import Sought, latest_entries, people_of_trail
from assistant.store.clock import civil_date
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
CODES = re.compile(r'<span class="under code">([a-z]+\.[a-z_]+)</span>')
ENTRIES = re.compile(r'<pre class="entry">(.*?)</pre><p><code class="entry">(\w+)</code>', re.DOTALL)


def shown(browser: Browser, **asked: str) -> str:
    answer = browser.get(f"/audit?{urlencode(asked)}")
    assert answer.status_code == 200
    return str(answer.text)


def test_the_entries_are_found_by_who_what_about_and_when(world: World, browse: Browse) -> None:
    auditor, db = browse("auditor"), world.app.db
    assert set(CODES.findall(shown(auditor, action="piece.signed"))) == {"piece.signed"}
    of_writer = latest_entries(
        db, world.people["auditor"], sought=Sought(by=world.people["writer"].id), limit=500
    )
    page = shown(auditor, by=world.people["writer"].id)
    assert len(CODES.findall(page)) == len(of_writer)
    assert {entry["actor"] for entry in of_writer} == {"The writer"}
    about = shown(auditor, about="label <script>")
    assert {"source.registered", "source.approved"} <= set(CODES.findall(about))
    assert "piece.begun" not in CODES.findall(about)
    assert CODES.findall(shown(auditor, about=world.ids["draft"]))[-1] == "piece.begun"
    assert not CODES.findall(shown(auditor, about="100%"))
    today = civil_date(db.clock.now(), "")
    assert CODES.findall(shown(auditor, since=today.isoformat(), until=today.isoformat()))
    later = shown(auditor, since=(today + timedelta(days=1)).isoformat())
    assert "No entry fits these filters" in later
    earlier = shown(auditor, until=(today - timedelta(days=1)).isoformat())
    assert "No entry fits these filters" in earlier
    for day in ("0001-01-01", "9999-12-31"):
        shown(auditor, since=day, until=day)


def test_a_filter_that_cannot_be_read_is_refused_and_never_passed_over(browse: Browse) -> None:
    auditor = browse("auditor")
    for wrong in ("15/06/2026", "tomorrow"):
        answer = auditor.get(f"/audit?{urlencode({'since': wrong})}")
        assert answer.status_code == 422
        assert f"{wrong} is not a date." in answer.text
    assert "No entry fits these filters" in shown(auditor, by="nobody\x00")


def test_older_entries_keep_the_filter(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.web.pages.audit.AT_ONCE", 2)
    auditor = browse("auditor")
    first = shown(auditor, by=world.people["writer"].id)
    older = re.search(r'href="(\?[^"]+)" rel="next"', first)
    assert older
    second = auditor.get(f"/audit{unescape(older[1])}").text
    assert len(CODES.findall(second)) == 2
    assert "The regulatory</td>" not in second
    assert "Newest entries" in second
    assert "Newest entries" not in first


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("As Medical reviewer", "Meaning: approval", "Signed")),
        ("fr", ("En tant que Relecteur médical", "Sens\N{NO-BREAK SPACE}: approval", "Signé")),
    ],
)
def test_an_inspector_reads_as_what_somebody_signed_and_the_text_that_was_hashed(
    world: World, browse: Browse, language: str, said: tuple[str, ...]
) -> None:
    auditor = browse("auditor")
    auditor.send_form("/language", language=language, back="/")
    page = shown(auditor, action="piece.signed", by=world.people["medical"].id)
    assert all(one in page for one in said)
    entries = ENTRIES.findall(page)
    assert entries
    for canonical, digest in entries:
        assert sha256(unescape(canonical).encode()).hexdigest() == digest


def test_who_acted_is_offered_by_name_and_to_those_alone_who_verify(world: World, browse: Browse) -> None:
    people = dict(people_of_trail(world.app.db, world.people["auditor"]))
    assert people[world.people["writer"].id] == "The writer"
    assert world.people["hcp"].id not in people
    assert browse("writer").get("/audit?by=anybody").status_code == 403


def test_what_is_found_is_exported_as_filtered(world: World, browse: Browse) -> None:
    auditor = browse("auditor")
    asked = {"action": "piece.signed", "by": world.people["medical"].id}
    link = re.search(r'href="(/audit/export\?[^"]+)"', shown(auditor, **asked))
    assert link
    told, *entries = auditor.get(unescape(link[1])).text.splitlines()
    assert json.loads(told)["part"]["sought"] == {"action": "piece.signed", "actor": asked["by"]}
    assert entries
    assert {json.loads(json.loads(one)["canonical"])["action"] for one in entries} == {"piece.signed"}
    assert "/audit/export?" not in shown(auditor)
    assert browse("writer").get(unescape(link[1])).status_code == 403
    assert auditor.get("/audit/export?since=tomorrow").status_code == 422
