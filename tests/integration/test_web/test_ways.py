"""The ways of the users through the pages, form by form, without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import update

from assistant.people.roles import Role
from assistant.review.view import review_json
from assistant.store.schema import audit_entry
from tests.builders.dossier import Terms, add_piece, document_of, reworded
from tests.integration.conftest import PASSWORD
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


def status(world: World, piece: str) -> str:
    return str(review_json(world.app.db, world.people["auditor"], piece)["piece"]["status"])


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_a_piece_goes_from_draft_to_its_readers_and_is_gone_when_its_source_is_withdrawn(
    world: World, browse: Browse
) -> None:
    piece = world.ids["draft"]
    writer = browse("writer")
    shown = writer.get(f"/pieces/{piece}").text
    assert "The recommended starting dose is 10 mg once daily." in shown
    sent = writer.send_form(
        f"/pieces/{piece}/submit", qualification="internal", audience="hcp", channel="page"
    )
    assert sent.headers["location"] == f"/pieces/{piece}?done=submitted"
    for role in ("medical", "regulatory"):
        reviewer = browse(role)
        assert f"/review/{piece}" in reviewer.get("/review").text
        screen = reviewer.get(f"/review/{piece}?statement=s2").text
        assert "<mark" in screen
        signed = reviewer.send_form(
            f"/review/{piece}/approve",
            manifest_hash=hidden(screen, "manifest_hash"),
            task=hidden(screen, "task"),
            meaning="approval",
            password=PASSWORD,
        )
        assert signed.status_code == 303, signed.text
    publisher = browse("regulatory")
    published = publisher.send_form(f"/pieces/{piece}/publish")
    page = published.headers["location"].partition("?")[0]
    reader = browse("rep")
    framed = reader.get(page).text
    assert "The medical" in framed
    assert "The regulatory" in framed
    publication = page.rpartition("/")[2]
    assert b"10 mg once daily" in reader.get(f"/p/{publication}").content
    librarian = browse("librarian")
    warned = librarian.get(f"/sources/{world.ids['source']}/withdraw").text
    assert "This will stop 3 pieces at once" in warned
    librarian.send_form(f"/sources/{world.ids['source']}/withdraw", reason="A new risk was found")
    for address in (page, f"/p/{publication}", f"/p/{publication}.pdf"):
        gone = reader.get(address)
        assert gone.status_code == 410
        assert "A new risk was found" in gone.text
    assert publication not in reader.get("/published").text
    trail = browse("auditor").get("/api/audit/entries").json()["entries"]
    assert "source.withdrawn" in {entry["action"] for entry in trail}
    assert status(world, piece) == "recalled"


def test_a_wrong_passphrase_signs_nothing_and_the_screen_keeps_what_was_typed(
    world: World, browse: Browse
) -> None:
    piece = world.ids["piece"]
    refused = browse("medical").send_form(
        f"/review/{piece}/approve", meaning="I have read it all", password="not the right passphrase"
    )
    assert refused.status_code == 403
    assert 'value="I have read it all"' in refused.text
    assert "not the right passphrase" not in refused.text
    assert status(world, piece) == "in_review"


def test_a_screen_that_shows_an_older_text_cannot_be_signed(world: World, browse: Browse) -> None:
    refused = browse("medical").send_form(
        f"/review/{world.ids['piece']}/approve", manifest_hash="0" * 64, meaning="approval", password=PASSWORD
    )
    assert refused.status_code == 409
    assert "What you saw is not what would be signed" in refused.text


def test_the_writer_reads_why_they_cannot_decide(world: World, browse: Browse) -> None:
    screen = browse("writer").get(f"/review/{world.ids['piece']}").text
    assert "You wrote, edited or submitted this piece: others decide." in screen
    assert 'name="password"' not in screen


def test_a_reviewer_sends_a_piece_back_and_its_writer_reads_why(world: World, browse: Browse) -> None:
    piece = world.ids["piece"]
    browse("medical").send_form(f"/review/{piece}/send-back", outcome="changes", reason="Say the duration")
    assert status(world, piece) == "changes_requested"
    read = browse("writer").get(f"/pieces/{piece}").text
    note = read[read.index("<h2>Sent back</h2>") : read.index('id="piece-title"')]
    assert "Say the duration" in note
    assert "The medical, Medical reviewer" in note


def test_a_writer_is_led_from_a_comment_to_its_statement_and_told_when_it_is_left_out(
    world: World, browse: Browse
) -> None:
    piece = world.ids["piece"]
    medical, writer = browse("medical"), browse("writer")
    medical.send_form(f"/review/{piece}/comment", text="Leave this out", statement="s1", mandatory="yes")
    page = writer.get(f"/pieces/{piece}").text
    assert '<a href="#s1">On this statement</a>' in page
    assert "The review starts again and the signatures are void." in page
    gone = writer.send_form(f"/pieces/{piece}/statements/s1/leave-out", base=hidden(page, "base"))
    assert "done=statement_left_out" in gone.headers["location"]
    page = writer.get(f"/pieces/{piece}").text
    assert 'id="s1"' not in page
    assert '<a href="#s1">' not in page
    assert "statement left out" in page


def test_a_statement_is_left_out_of_the_newest_text_only(world: World, browse: Browse) -> None:
    piece = world.ids["draft"]
    writer = browse("writer")
    address, base = (
        f"/pieces/{piece}/statements/s1/leave-out",
        hidden(writer.get(f"/pieces/{piece}").text, "base"),
    )
    assert writer.send_form(address, base=base).status_code == 303
    stale = writer.send_form(address, base=base)
    assert stale.status_code == 409
    assert "A newer revision of this piece has been saved meanwhile." in stale.text


def test_the_last_statement_is_not_offered_to_be_left_out(world: World, browse: Browse) -> None:
    db, people = world.app.db, world.people
    piece = add_piece(db, people["writer"], document_of(db, world.ids["source"], 1), Terms()).id
    writer = browse("writer")
    page = writer.get(f"/pieces/{piece}").text
    assert "/leave-out" not in page
    refused = writer.send_form(f"/pieces/{piece}/statements/s1/leave-out", base=hidden(page, "base"))
    assert refused.status_code == 422
    assert "It is the last statement of the piece." in refused.text


def test_a_mandatory_comment_holds_the_signature_until_it_is_settled(world: World, browse: Browse) -> None:
    piece = world.ids["piece"]
    medical = browse("medical")
    medical.send_form(f"/review/{piece}/comment", text="Add the date", statement="s1", mandatory="yes")
    held = medical.send_form(f"/review/{piece}/approve", meaning="approval", password=PASSWORD)
    assert held.status_code == 409
    assert "mandatory" in held.text
    comment = review_json(world.app.db, world.people["medical"], piece)["comments"][0]["id"]
    settle = f"/comments/{comment}/resolve"
    assert settle in medical.get(f"/review/{piece}?statement=s1").text
    assert settle not in browse("writer").get(f"/pieces/{piece}").text
    medical.send_form(f"/review/{piece}/comments/{comment}/resolve")
    assert (
        medical.send_form(f"/review/{piece}/approve", meaning="approval", password=PASSWORD).status_code
        == 303
    )


def test_a_reworded_statement_waits_for_an_attestation_in_a_name(world: World, browse: Browse) -> None:
    db = world.app.db
    document = reworded(document_of(db, world.ids["source"], 2), "s2", "Start with 10 mg once daily.")
    piece = add_piece(db, world.people["writer"], document, Terms()).id
    browse("writer").send_form(
        f"/pieces/{piece}/submit", qualification="internal", audience="hcp", channel="page"
    )
    medical = browse("medical")
    screen = medical.get(f"/review/{piece}?statement=s2").text
    assert "Attest this statement" in screen
    medical.send_form(f"/review/{piece}/attest", statement="s2", reason="Same meaning")
    assert "Attested" in medical.get(f"/review/{piece}?statement=s2").text


def test_an_edit_makes_a_new_revision_and_a_stale_one_is_refused_with_its_text_kept(
    world: World, browse: Browse
) -> None:
    piece = world.ids["draft"]
    writer = browse("writer")
    base = hidden(writer.get(f"/pieces/{piece}").text, "base")
    same = writer.send_form(f"/pieces/{piece}/statements/t1", text="Velmora: key points", base=base).headers[
        "location"
    ]
    assert "done=statement_same" in same
    saved = writer.send_form(f"/pieces/{piece}/statements/t1", text="Velmora in short", base=base)
    assert "done=statement_saved" in saved.headers["location"]
    stale = writer.send_form(f"/pieces/{piece}/statements/t1", text="Another title <b>", base=base)
    assert stale.status_code == 409
    assert "Another title &lt;b&gt;" in stale.text
    assert "Velmora in short" in stale.text


def test_a_recall_asks_why_and_stops_the_page_at_once(world: World, browse: Browse) -> None:
    medical = browse("medical")
    piece = world.ids["published"]
    empty = medical.send_form(f"/pieces/{piece}/recall", reason=" ")
    assert empty.status_code == 422
    assert browse("rep").get(f"/p/{world.ids['publication']}").status_code == 200
    medical.send_form(f"/pieces/{piece}/recall", reason="A figure was wrong")
    gone = browse("hcp").get(f"/published/{world.ids['publication']}")
    assert (gone.status_code, "A figure was wrong" in gone.text) == (410, True)


def test_a_freeze_stops_what_is_published_and_lifting_it_brings_it_back(world: World, browse: Browse) -> None:
    safety = browse("safety")
    product = world.ids["product"]
    assert "This will stop 1 piece at once" in safety.get(f"/products/{product}/freeze").text
    safety.send_form(f"/products/{product}/freeze", reason="Benefit and risk are re-evaluated")
    assert browse("rep").get(f"/p/{world.ids['publication']}").status_code == 410
    safety.send_form(f"/products/{product}/unfreeze", reason="The re-evaluation has ended")
    assert browse("rep").get(f"/p/{world.ids['publication']}").status_code == 200


def test_a_form_that_is_refused_keeps_what_was_typed_and_says_what_to_do(
    world: World, browse: Browse
) -> None:
    librarian = browse("librarian")
    refused = librarian.post(
        "/sources",
        data={
            "csrf": librarian.csrf,
            "product": "Velmora <new>",
            "kind": "paper",
            "market": ["FR"],
            "title": "A title",
            "reference": "A-1",
            "approved_on": "2026-01-01",
        },
        files={"files": ("a.pdf", b"%PDF-1.4", "application/pdf")},
    )
    assert refused.status_code == 422
    assert 'value="Velmora &lt;new&gt;"' in refused.text
    assert "An approval needs its reference and both dates." in refused.text
    assert 'role="alert"' in refused.text
    del world


def test_an_administrator_adds_a_person_who_can_then_sign_in(world: World, browse: Browse) -> None:
    admin = browse("admin")
    short = admin.send_form("/users", name="Noa", role="rep", language="fr", password="too short")
    assert short.status_code == 422
    assert 'value="Noa"' in short.text
    made = admin.send_form(
        "/users", name="Noa", role="rep", language="fr", password="seven seas and a harbour"
    )
    assert made.headers["location"] == "/users?done=user_added"
    assert "Noa" in admin.get("/users").text
    closed = admin.send_form(f"/users/{world.people['rep'].id}/close")
    assert closed.headers["location"] == "/users?done=user_closed"


def test_a_token_is_shown_once_and_ends_when_it_is_revoked(browse: Browse) -> None:
    writer = browse("writer")
    page = writer.send_form("/me/tokens", name="my robot").text
    token = re.search(r"ancrage_[\w-]+", page)
    assert token is not None
    assert token[0] not in writer.get("/me").text
    robot = browse("")
    robot.headers["Authorization"] = f"Bearer {token[0]}"
    assert robot.get("/api/pieces").status_code == 200
    ending = re.search(r"/me/tokens/(token_\w+)/revoke", writer.get("/me").text)
    assert ending is not None
    writer.send_form(ending[0])
    assert robot.get("/api/pieces").status_code == 401


def test_everyone_has_a_first_page_and_a_health_professional_starts_at_the_question(browse: Browse) -> None:
    assert browse("hcp").get("/").headers["location"] == "/ask"
    expected = {
        "writer": "My pieces under way",
        "medical": "Expected of me",
        "librarian": "Sources that wait for their approval",
        "regulatory": "Signed and ready to be published",
        "rep": "Briefs for my visits",
        "admin": "Expired, or soon to expire",
        "medinfo": "Published content",
    }
    for role, title in expected.items():
        assert title in browse(role).get("/").text, role
    assert set(expected) < {role.value for role in Role}


def test_the_source_page_shows_the_approval_and_what_was_made_from_it(world: World, browse: Browse) -> None:
    page = browse("medical").get(f"/sources/{world.ids['source']}").text
    assert "REF-1" in page
    assert "1 January 2027" in page
    assert page.count("Velmora: key points") == 3


def test_a_page_marks_the_quote_that_a_citation_names(world: World, browse: Browse) -> None:
    quote = "The recommended starting dose is 10 mg once daily."
    page = browse("writer").get(f"/sources/{world.ids['source']}/pages/2", params={"quote": quote}).text
    assert f'<mark id="quote">{quote}</mark>' in page


def test_filters_narrow_the_lists(world: World, browse: Browse) -> None:
    writer = browse("writer")
    assert "No source fits these filters" in writer.get("/sources?kind=paper").text
    assert "key points" in writer.get("/pieces?status=draft").text
    assert "No piece fits these filters" in writer.get("/pieces?status=rejected").text
    del world


def test_a_job_that_is_not_there_is_said_in_words_without_its_id(browse: Browse) -> None:
    writer = browse("writer")
    answer = writer.get("/jobs/job_0123456789abcdef")
    assert answer.status_code == 404
    assert "This work is not there, or it is somebody else&#39;s." in answer.text
    assert "job_0123456789abcdef" not in re.sub(r'(href|action|value|content)="[^"]*"', "", answer.text)
    writer.send_form("/language", language="fr")
    french = writer.get("/jobs/job_0123456789abcdef").text
    assert "Ce travail n’existe pas, ou il est à quelqu’un d’autre." in french


def test_a_french_page_tells_what_a_signature_means_and_keeps_the_words_that_were_signed(
    world: World, browse: Browse
) -> None:
    auditor = browse("auditor")
    address = f"/published/{world.ids['publication']}"
    assert '<span class="small">approval</span>' in auditor.get(address).text
    auditor.send_form("/language", language="fr")
    page = auditor.get(address).text
    assert '<span class="small">approbation</span>' in page
    assert "<dt>Signé avec les mots</dt><dd>approval</dd>" in page


def test_the_audit_page_says_what_was_verified_and_nothing_about_the_rest(
    world: World, browse: Browse
) -> None:
    auditor = browse("auditor")
    page = auditor.get("/audit").text
    assert "No whole verification is on record" in page
    assert "The last whole verification held" not in page
    assert auditor.send_form("/audit/verify").headers["location"] == "/audit?done=trail_verified"
    page = auditor.get("/audit").text
    assert "The last whole verification held" in page
    assert "by The auditor: every entry up to number" in page
    assert "The entry since then was checked just now" in page
    assert "is found by a whole verification only" in page
    with world.app.db.engine.begin() as connection:
        connection.execute(update(audit_entry).where(audit_entry.c.number == 2).values(action="other.thing"))
    auditor.send_form("/audit/verify")
    page = auditor.get("/audit").text
    assert "The last whole verification found the trail broken" in page
    assert "The first entry that does not agree is number 2." in page
    assert "held" not in page[page.index("<h1>") : page.index("<table>")]


def test_the_trail_is_exported_for_the_independent_verifier(browse: Browse) -> None:
    exported = browse("auditor").get("/audit/export").text
    assert '"canonical"' in exported.splitlines()[0]


def published_json(browser: Browser) -> Any:
    return browser.get("/api/publications").json()["publications"]


def test_the_api_speaks_the_shapes_of_the_command_line(world: World, browse: Browse) -> None:
    writer = browse("writer")
    source = writer.get(f"/api/sources/{world.ids['source']}").json()["source"]
    assert {"id", "sha256", "product", "kind", "status", "pages", "passages", "pages_by_quality"} <= set(
        source
    )
    piece = writer.get(f"/api/pieces/{world.ids['draft']}").json()
    assert {"piece", "statements", "rejected", "findings", "content"} <= set(piece)
    review = writer.get(f"/api/pieces/{world.ids['piece']}/review").json()
    assert {"piece", "task", "decision", "signature"} <= set(review)
    publication = published_json(writer)[0]
    assert {"id", "piece", "hash", "published_at", "expires_on", "status"} <= set(publication)
    verified = browse("auditor").get("/api/audit/verify").json()
    assert {"ok", "entries", "first_bad", "head"} <= set(verified)
    affected = writer.get(f"/api/sources/{world.ids['source']}/affected").json()["affected"]
    assert len(affected) == 3


def test_a_review_can_be_done_by_the_api_alone(world: World, browse: Browse) -> None:
    medical = browse("medical")
    headers = {"X-CSRF-Token": medical.csrf}
    piece = world.ids["piece"]
    claimed = medical.post(f"/api/reviews/{piece}/claim", headers=headers).json()
    assert claimed["task"]["status"] == "claimed"
    signed = medical.post(
        f"/api/reviews/{claimed['task']['id']}/approve",
        json={"password": PASSWORD, "manifest_hash": claimed["manifest"]["hash"]},
        headers=headers,
    ).json()
    assert signed["signature"]["manifest_hash"] == claimed["manifest"]["hash"]
    again = medical.post(f"/api/reviews/{piece}/approve", json={"password": PASSWORD}, headers=headers)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "already_decided")


def test_internal_content_is_for_the_companys_own_people(world: World, browse: Browse) -> None:
    from assistant.publishing.publications import publish
    from assistant.review.decisions import approve

    db, people, piece = world.app.db, world.people, world.ids["piece"]
    approve(db, people["medical"], piece, PASSWORD)
    approve(db, people["regulatory"], piece, PASSWORD)
    publication = publish(db, people["regulatory"], piece).id
    assert browse("rep").get(f"/published/{publication}").status_code == 200
    outside = browse("hcp")
    assert publication not in outside.get("/published").text
    assert outside.get(f"/published/{publication}").status_code == 403
    assert outside.get(f"/p/{publication}").status_code == 403
