"""Editing through the API: a statement is left out of the revision that was read, and of no other."""

from collections.abc import Callable

from sqlalchemy import select

from assistant.review.view import review_json
from assistant.store.schema import audit_entry
from tests.builders.dossier import add_piece, quiz_of
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


def test_a_statement_is_left_out_of_the_revision_that_was_read(world: World, browse: Browse) -> None:
    writer, piece = browse("writer"), f"/api/pieces/{world.ids['draft']}"
    headers = {"X-CSRF-Token": writer.csrf}
    read = writer.get(piece).json()
    first = read["statements"][0]["id"]
    where = f"{piece}/statements/{first}?base={read['piece']['revision_id']}"
    left = writer.delete(where, headers=headers)
    assert left.status_code == 200
    assert first not in [statement["id"] for statement in left.json()["statements"]]
    assert len(left.json()["statements"]) == len(read["statements"]) - 1
    assert writer.delete(where, headers=headers).status_code == 409
    gone = f"{piece}/statements/{first}?base={left.json()['piece']['revision_id']}"
    assert writer.delete(gone, headers=headers).status_code == 404


def test_each_text_of_a_question_is_reworded_with_its_checks_a_revision_and_an_entry(
    world: World, browse: Browse
) -> None:
    db = world.app.db
    piece = add_piece(db, world.people["writer"], quiz_of(db, world.ids["source"])).id
    writer = browse("writer")
    for lineage, text in (
        ("q1", "Which dose starts it?"),
        ("o1", "15 mg once daily"),
        ("s1", "Start with 10 mg."),
    ):
        before = review_json(db, world.people["writer"], piece)["piece"]
        page = writer.get(f"/pieces/{piece}").text
        assert f'action="/pieces/{piece}/statements/{lineage}"' in page
        tried = writer.send_form(f"/pieces/{piece}/statements/{lineage}/check", text=text)
        assert tried.status_code == 200
        saved = writer.send_form(
            f"/pieces/{piece}/statements/{lineage}", text=text, base=before["revision_id"]
        )
        assert saved.headers["location"] == f"/pieces/{piece}?done=statement_saved#{lineage}"
        after = review_json(db, world.people["writer"], piece)
        assert after["piece"]["revision"] == before["revision"] + 1
        waiting = {f["where"] for f in after["findings"] if f["severity"] != "info"}
        assert lineage in waiting, "what a person wrote waits for a named reviewer"
        page = writer.get(f"/pieces/{piece}").text
        assert text in page
        assert f'id="{lineage}"' in page
    with db.read() as connection:
        acts = [row.action for row in connection.execute(select(audit_entry).order_by(audit_entry.c.number))]
    assert acts[-2:] == ["revision.saved", "piece.checked"]


def test_a_wrong_right_answer_is_blocked_and_a_reader_or_a_stale_page_rewords_nothing(
    world: World, browse: Browse
) -> None:
    db = world.app.db
    piece = add_piece(db, world.people["writer"], quiz_of(db, world.ids["source"])).id
    base = review_json(db, world.people["writer"], piece)["piece"]["revision_id"]
    writer, where = browse("writer"), f"/pieces/{piece}/statements/o2"
    assert writer.send_form(where, text="50 mg once daily", base=base).status_code == 303
    blocks = review_json(db, world.people["writer"], piece)["open"]["blocks"]
    assert ("GR3", "o2") in {(one["rule"], one["where"]) for one in blocks}
    stale = writer.send_form(where, text="10 mg a day", base=base)
    assert stale.status_code == 409
    assert "10 mg a day" in stale.text
    assert "Somebody saved another text meanwhile" in stale.text
    assert f'action="/pieces/{piece}/statements' not in browse("auditor").get(f"/pieces/{piece}").text
