"""What became of a piece: rounds, decisions with their reasons, overrides, attestations, revisions against each other."""

import importlib
from collections.abc import Callable

from sqlalchemy import select, update

from assistant.audit.verify import erase_text
from assistant.content.editing import edit_segment
from assistant.review.attestations import attest
from assistant.review.decisions import request_changes
from assistant.review.overrides import override as override_finding
from assistant.review.pieces import load_piece
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.schema import attestation, audit_entry, note, override, review_round
from tests.builders.dossier import Terms, add_piece, document_of, reworded
from tests.integration.test_web.conftest import Browser, World

REASON = "The dose needs its unit in the title."
WORDS = "Velmora is for adults who have chronic heart failure."
WHY = "The label says the same of these adults."


def sent_back(world: World) -> str:
    db, people = world.app.db, world.people
    piece = add_piece(db, people["writer"], reworded(document_of(db, world.ids["source"]), "s1", WORDS)).id
    submit(db, people["writer"], piece)
    attest(db, people["medical"], piece, "s1", WHY)
    request_changes(db, people["medical"], piece, REASON)
    return piece


def edit_title(world: World, piece: str, text: str) -> None:
    with world.app.db.read() as connection:
        newest = load_piece(connection, piece).revision_id
    assert newest
    edit_segment(world.app.db, world.people["writer"], piece, "t1", text, newest)


def test_the_writer_still_reads_why_after_the_first_edit(
    world: World, browse: Callable[[str], Browser]
) -> None:
    piece = sent_back(world)
    edit_title(world, piece, "Velmora in short")
    page = browse("writer").get(f"/pieces/{piece}").text
    assert "Sent back" in page
    assert page.count(REASON) == 2  # at the top, and in the history


def test_the_second_round_shows_what_the_first_decided_and_who_attested(
    world: World, browse: Callable[[str], Browser]
) -> None:
    piece = sent_back(world)
    edit_title(world, piece, "Velmora in short")
    submit(world.app.db, world.people["writer"], piece)
    page = browse("regulatory").get(f"/review/{piece}?show=all&statement=s1").text
    history = page.split('id="history"')[1].split("</section>")[0]
    assert "Round 2, revision 2" in history
    assert "Nothing has been decided yet." in history
    assert "In review" in history
    assert "Unassigned" not in history
    assert "Round 1, revision 1" in history
    assert REASON in history
    assert "Changes requested" in history
    beside = page.split('id="attested-1"')[1].split("</p>")[0]
    assert world.people["medical"].name in beside
    assert WHY in beside


def test_two_revisions_are_compared_word_by_word(world: World, browse: Callable[[str], Browser]) -> None:
    piece = sent_back(world)
    edit_title(world, piece, "Velmora in short")
    edit_title(world, piece, "Velmora in brief")
    auditor = browse("auditor")
    newest = auditor.get(f"/pieces/{piece}/revisions/3").text
    assert "Compared with revision 2" in newest
    assert "<del>short</del>" in newest
    assert "<ins>brief</ins>" in newest
    since = auditor.get(f"/pieces/{piece}/revisions/3?since=1").text
    assert "Compared with revision 1" in since
    assert "<del>short</del>" not in since
    first = auditor.get(f"/pieces/{piece}/revisions/1").text
    assert "Compared with" not in first.split("<form")[0]
    for wrong in ("9", "3?since=9"):
        assert auditor.get(f"/pieces/{piece}/revisions/{wrong}").status_code == 404


def test_the_second_reviewer_sees_who_set_a_finding_aside_and_why(
    world: World, browse: Callable[[str], Browser]
) -> None:
    db, people = world.app.db, world.people
    terms = Terms(qualification="promotional", market="FR")
    piece = add_piece(db, people["writer"], document_of(db, world.ids["source"]), terms).id
    submit(db, people["writer"], piece, override_request="Agreed with the agency")
    block = next(b for b in review_json(db, people["legal"], piece)["open"]["blocks"] if b["overridable"])
    override_finding(
        db, people["legal"], piece, block["rule"], block["where"], "The agency's letter of March"
    )
    place = "" if block["where"] == "piece" else f"?statement={block['where']}"
    page = browse("regulatory").get(f"/review/{piece}{place}").text
    beside = page.split("overridden")[1].split("</ul>")[0]
    assert f"Override 1 of 2, by {people['legal'].name}" in beside
    assert "The agency&#39;s letter of March" in beside
    assert f"overrode {block['rule']}" in page.split('id="history"')[1]
    offered = f"Override {block['rule']} with a reason"
    assert offered in page
    override_finding(db, people["regulatory"], piece, block["rule"], block["where"], "As the letter says")
    page = browse("regulatory").get(f"/review/{piece}{place}").text
    assert "Override 2 of 2, by " in page
    assert offered not in page


def test_where_a_reason_was_erased_the_pages_say_so(world: World, browse: Callable[[str], Browser]) -> None:
    db, piece = world.app.db, sent_back(world)
    with db.read() as connection:
        told = connection.scalars(
            select(audit_entry.c.number).where(
                audit_entry.c.action.in_(("statement.attested", "piece.changes_requested"))
            )
        ).all()
    for number in told:
        erase_text_of(world, number)
    edit_title(world, piece, "Velmora in short")
    submit(db, world.people["writer"], piece)
    page = browse("regulatory").get(f"/review/{piece}?show=all&statement=s1").text
    assert WHY not in page
    assert REASON not in page
    assert "(erased)" in page.split('id="attested-1"')[1].split("</p>")[0]
    assert page.split('id="history"')[1].count("(erased)") == 1


def erase_text_of(world: World, number: int) -> None:
    with world.app.db.write() as tx:
        erase_text(tx, world.people["admin"], number)


def test_what_an_older_version_left_of_an_erased_reason_is_emptied_and_nothing_else(world: World) -> None:
    db, people = world.app.db, world.people
    sent_back(world)
    terms = Terms(qualification="promotional", market="FR")
    piece = add_piece(db, people["writer"], document_of(db, world.ids["source"]), terms).id
    submit(db, people["writer"], piece, override_request="Agreed with the agency")
    block = next(b for b in review_json(db, people["legal"], piece)["open"]["blocks"] if b["overridable"])
    for role in ("legal", "regulatory"):
        override_finding(db, people[role], piece, block["rule"], block["where"], f"Said by {role}")
    migration = importlib.import_module("assistant.store.migrations.versions.0027_erased_copies")
    gone = (WHY, "Agreed with the agency", "Said by legal")
    with db.write() as tx:
        migration.empty_copies(tx.connection)
        kept = tx.execute(select(attestation.c.reason)).scalars().all()
        assert kept == [WHY]
        tx.execute(update(note).where(note.c.text.in_(gone)).values(text=None))
        migration.empty_copies(tx.connection)
        assert tx.execute(select(attestation.c.reason)).scalars().all() == [""]
        assert set(tx.execute(select(review_round.c.override_request)).scalars()) == {None}
        assert sorted(tx.execute(select(override.c.reason)).scalars()) == ["", "Said by regulatory"]
