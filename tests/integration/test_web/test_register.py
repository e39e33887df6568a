"""Where a piece has gone, on the pages: register, affected-items report, copies, and whether one is in force."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest

from assistant.publishing.publications import publication_json
from assistant.publishing.recalls import recall_piece
from assistant.publishing.rows import load_publication
from eval.suites.withdrawal import multiply
from tests.integration.conftest import FakeClock
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


def test_a_use_is_registered_and_read(world: World, browse: Browse) -> None:
    regulatory, piece = browse("regulatory"), world.ids["published"]
    address = f"/pieces/{piece}/register"
    assert "No use has been registered yet" in regulatory.get(address).text
    wrong = regulatory.send_form(address, mode="visit", used_on="2026-06-14", recipient="Dr Ada Quill")
    assert wrong.status_code == 422
    assert 'value="Dr Ada Quill"' in wrong.text
    done = regulatory.send_form(address, mode="visit", used_on="2026-06-15", recipient="Dr Ada Quill")
    assert done.headers["location"] == f"{address}?done=use_recorded"
    assert "Dr Ada Quill" in browse("auditor").get(address).text
    assert "Register a use" not in browse("auditor").get(address).text
    report = browse("auditor").get(f"/affected?source={world.ids['source']}").text
    assert "Dr Ada Quill" in report
    assert "People to tell" in report
    assert "served now" in report
    assert "Dr Ada Quill" in browse("writer").get(f"/affected?piece={piece}").text
    assert browse("writer").get("/affected").status_code == 422


def test_a_file_of_uses_is_entered_whole_or_not_at_all(world: World, browse: Browse) -> None:
    regulatory, piece = browse("regulatory"), world.ids["published"]
    address = f"/pieces/{piece}/register"
    lines = f"publication,mode,used_on,recipient\n{piece},visit,2026-06-15,Dr Ada Quill\n"
    bad = lines + f"{piece},visit,2026-06-31,Dr Ben Reed\n"
    refused = regulatory.post(
        address, data={"csrf": regulatory.csrf}, files={"file": ("u.csv", bad, "text/csv")}
    )
    assert refused.status_code == 422
    assert "Line 3" in refused.text
    assert "Dr Ada Quill" not in regulatory.get(address).text
    done = regulatory.post(
        address, data={"csrf": regulatory.csrf}, files={"file": ("u.csv", lines, "text/csv")}
    )
    assert done.headers["location"] == f"{address}?done=uses_imported"
    assert "Dr Ada Quill" in regulatory.get(address).text


def test_a_name_is_erased_once_the_law_no_longer_asks_for_it(
    world: World, browse: Browse, clock: FakeClock
) -> None:
    piece = world.ids["published"]
    address = f"/pieces/{piece}/register"
    browse("regulatory").send_form(address, mode="visit", used_on="2026-06-15", recipient="Dr Ada Quill")
    recall_piece(world.app.db, world.people["regulatory"], piece, "Replaced.")
    clock.instant = datetime(2029, 6, 16, 9, 0, tzinfo=UTC)
    regulatory = browse("regulatory")
    use = regulatory.get(address).text.split('name="use" value="')[1].partition('"')[0]
    assert regulatory.send_form(f"{address}/erase", use=use, reason="He asked for it.").status_code == 303
    page = regulatory.get(address).text
    assert "Dr Ada Quill" not in page
    assert "name erased" in page
    assert regulatory.send_form(f"{address}/erase", use="use_0", reason="x").status_code == 404


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("html", b"<!doctype html>")])
def test_a_copy_to_take_along_carries_its_validity(
    world: World, browse: Browse, form: str, start: bytes
) -> None:
    made = browse("rep").get(f"/published/{world.ids['publication']}/copy?as={form}")
    assert made.content.lower().startswith(start.lower())
    assert "attachment" in made.headers["content-disposition"]
    assert browse("rep").get(f"/published/{world.ids['publication']}/copy?as=docx").status_code == 422


def test_anybody_asks_whether_a_copy_is_in_force_and_is_told_nothing_of_its_content(
    world: World, browse: Browse
) -> None:
    with world.app.db.read() as connection:
        shown = load_publication(connection, world.ids["publication"])
    title = publication_json(world.app.db, shown)["title"]
    stranger = browse("")
    page = stranger.get(f"/status/{shown.manifest_hash[:32]}")
    assert page.status_code == 200
    assert "It may be used until 1 January 2027 at the latest." in page.text
    assert title not in page.text
    recall_piece(world.app.db, world.people["regulatory"], world.ids["published"], "A secret reason.")
    page = stranger.get(f"/status/{shown.manifest_hash[:32]}")
    assert "It ended on 15 June 2026." in page.text
    assert "secret" not in page.text


def test_long_reports_and_lists_come_in_pages(world: World, browse: Browse) -> None:
    with world.app.db.read() as connection:
        first = load_publication(connection, world.ids["publication"])
    with world.app.db.write() as tx:
        multiply(tx, first, 120)
    rep, auditor = browse("rep"), browse("auditor")
    for browser, address in ((rep, "/published"), (auditor, f"/affected?source={world.ids['source']}")):
        page = browser.get(address).text
        assert "First page" not in page
        following = re.search(r'rel="next" href="([^"]+)"', page)
        assert following is not None
        last = browser.get(unescape(following[1])).text
        assert 'rel="next"' not in last
        assert "First page" in last
    api = rep.get("/api/publications?limit=50").json()
    assert (len(api["publications"]), bool(api["next"])) == (50, True)
    rest = rep.get(f"/api/publications?limit=1000&after={api['next']}").json()
    assert (len(rest["publications"]), rest["next"]) == (71, None)
    report = auditor.get(f"/api/affected?source={world.ids['source']}").json()["affected"]
    assert (len(report["items"]), report["counts"]["served"]) == (100, 121)
    assert auditor.get(f"/api/affected?source={world.ids['source']}&after=piece_gone").status_code == 422
