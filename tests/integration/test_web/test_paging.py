"""Lists that grow without end come in pages that hold everything once, with their filters kept, without a script."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from assistant.corpus import catalogue
from assistant.notices import listing as notices
from assistant.review import listing as pieces
from assistant.store.schema import job
from assistant.store.schema import notice as notice_table
from assistant.store.schema import piece as piece_table
from tests.builders.dossier import add_piece, add_source, document_of
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
NEXT = re.compile(r'rel="next" href="([^"]+)"')


def walk(browser: Browser, address: str, item: str) -> list[list[str]]:
    """What each page lists, by the first group of `item`."""
    found: list[list[str]] = []
    for _ in range(20):
        text = browser.get(address).text
        found.append(re.findall(item, text))
        following = NEXT.search(text)
        if following is None:
            return found
        address = following[1].replace("&amp;", "&")
    raise AssertionError("the pages do not end")


def test_pieces_come_in_pages_and_keep_their_filters(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PAGE", 2)
    for _ in range(3):
        add_piece(world.app.db, world.people["writer"], document_of(world.app.db, world.ids["source"], 1))
    item = r'<th scope="row"><a href="/pieces/(piece_\w+)"'
    pages = walk(browse("writer"), "/pieces", item)
    assert [len(one) for one in pages] == [2, 2, 2]
    assert len({piece for one in pages for piece in one}) == 6
    drafts = walk(browse("writer"), "/pieces?status=draft", item)
    assert [len(one) for one in drafts] == [2, 2]
    assert world.ids["published"] not in {piece for one in drafts for piece in one}


def test_a_piece_that_changes_meanwhile_moves_no_other_between_pages(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PAGE", 2)
    first = browse("writer").get("/pieces").text
    item = r'<th scope="row"><a href="/pieces/(piece_\w+)"'
    with world.app.db.write() as tx:
        changed = update(piece_table).where(piece_table.c.id == re.findall(item, first)[1])
        tx.execute(changed.values(updated_at=tx.now + timedelta(hours=1)))
    following = NEXT.search(first)
    assert following is not None
    second = re.findall(item, browse("writer").get(following[1].replace("&amp;", "&")).text)
    assert len(second) == 1
    assert second[0] not in re.findall(item, first)


def test_the_api_keeps_its_shape_and_says_what_follows(browse: Browse) -> None:
    writer = browse("writer")
    whole = writer.get("/api/pieces").json()
    assert (len(whole["pieces"]), whole["next"]) == (3, None)
    first = writer.get("/api/pieces?limit=2").json()
    second = writer.get("/api/pieces", params={"limit": 2, "after": first["next"]}).json()
    assert first["pieces"] + second["pieces"] == whole["pieces"]
    assert second["next"] is None
    sources = writer.get("/api/sources").json()
    assert sources["next"] is None
    for path in ("/api/pieces", "/pieces", "/notices"):
        for after in (
            "x",
            "2026-01-01~piece_1",
            "2026-01-01T00:00:00+00:00~",
            "2026-01-01T00:00:00+00:00~a\0",
            "0001-01-01T00:00:00+14:00~a",
        ):
            assert writer.get(path, params={"after": after}).status_code == 422, (path, after)


def test_sources_come_in_pages_sorted_and_filtered_as_asked(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "PAGE", 2)
    for n in range(4):
        add_source(world.app.db, world.people["librarian"], [f"Sentence {n} of a label."], title=f"Extra {n}")
    item = r'<a href="/sources/(source_\w+)"'
    pages = walk(browse("librarian"), "/sources?sort=-title&text=extra", item)
    assert [len(one) for one in pages] == [2, 2]
    titles = re.findall(r"Extra \d", "".join(browse("librarian").get("/sources?sort=-title&text=extra").text))
    assert titles[:2] == ["Extra 3", "Extra 2"]
    listed = browse("librarian").get("/api/sources?limit=3").json()
    rest = browse("librarian").get("/api/sources", params={"limit": 3, "after": listed["next"]}).json()
    assert len({one["id"] for one in listed["sources"] + rest["sources"]}) == 5
    assert browse("librarian").get("/sources?after=source_none").status_code == 200


def test_notices_and_jobs_come_in_pages(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "PAGE", 3)
    monkeypatch.setattr("assistant.jobs.table.PAGE", 3)
    with world.app.db.write() as tx:
        for n in range(7):
            at = tx.now + timedelta(minutes=n // 2)  # several at one moment
            told = {"user_id": world.people["rep"].id, "kind": "approved", "action": "piece.published"}
            tx.execute(
                insert(notice_table).values(
                    id=f"notice_{n}", audit_number=9000 + n, subject=world.ids["published"], at=at, **told
                )
            )
            done = {"kind": "draft", "status": "done", "done": 1, "total": 1, "doing": "", "arguments": {}}
            tx.execute(
                insert(job).values(id=f"job_{n}", created_by="x", created_at=at, updated_at=at, **done)
            )
    assert [len(one) for one in walk(browse("rep"), "/notices", r'<tr>\s*<th scope="row"><a href="(/p)')] == [
        3,
        3,
        1,
    ]
    jobs = walk(browse("admin"), "/jobs", r'href="/jobs/(job_\d)"')
    assert [len(one) for one in jobs] == [3, 3, 1]
    assert [one for some in jobs for one in some] == [f"job_{n}" for n in (6, 5, 4, 3, 2, 1, 0)]
