"""Why a published piece is no longer served, as its reader is told it, in the reader's language."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from assistant.corpus.products import freeze_product
from assistant.corpus.sources import withdraw_source
from assistant.publishing.cascade import cascade
from assistant.publishing.expiry import mark_expired
from assistant.publishing.model import Cause
from assistant.review.view import review_json
from assistant.store.schema import approval, publication
from tests.builders.dossier import SENTENCES, add_source, document_of, edit
from tests.integration.conftest import PASSWORD
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
YESTERDAY = date(2026, 6, 14)


def end_the_publication(world: World) -> None:
    with world.app.db.write() as tx:
        tx.execute(update(publication).values(expires_on=YESTERDAY))


def mark_it_expired(world: World) -> None:
    end_the_publication(world)
    mark_expired(world.app.db)


def end_the_approval(world: World) -> None:
    with world.app.db.write() as tx:
        tx.execute(update(approval).values(expires_on=YESTERDAY))


def begin_the_approval_later(world: World) -> None:
    with world.app.db.write() as tx:
        tx.execute(update(approval).values(approved_on=date(2026, 12, 1)))


def ask_for_a_confirmation(world: World) -> None:
    with world.app.db.write() as tx:
        tx.execute(update(publication).values(release={"confirm_by": {"any": YESTERDAY.isoformat()}}))


def withdraw_it(world: World) -> None:
    withdraw_source(world.app.db, world.people["librarian"], world.ids["source"], "Wrong dose")


def freeze_it(world: World) -> None:
    freeze_product(world.app.db, world.people["regulatory"], "Velmora", "A signal")


def replace_it(world: World) -> None:
    add_source(world.app.db, world.people["librarian"], (*SENTENCES, "More."), replaces=world.ids["source"])


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (end_the_publication, "Sa durée d’utilisation a pris fin le 14 juin 2026."),
        (mark_it_expired, "sa durée d’utilisation a pris fin le 14 juin 2026."),
        (end_the_approval, "a pris fin le 14 juin 2026."),
        (begin_the_approval_later, "n’est pas approuvée."),
        (ask_for_a_confirmation, "personne n’a confirmé le contenu avant le 14 juin 2026 inclus."),
        (freeze_it, "Velmora est gelé"),
        (withdraw_it, "a été retirée\N{NO-BREAK SPACE}: Wrong dose."),
        (replace_it, "a été remplacée par une version plus récente, au regard de laquelle"),
    ],
)
def test_a_reader_is_told_in_french_why_a_piece_stopped(
    world: World, browse: Browse, happens: Callable[[World], Any], said: str
) -> None:
    happens(world)
    reader = browse("hcp")
    reader.send_form("/language", language="fr", back="/")
    page = reader.get(f"/published/{world.ids['publication']}")
    assert page.status_code == 410
    told = page.text.partition('<div class="note bad">')[2].partition("</div>")[0]
    assert said in told
    assert 'lang="en"' not in told
    assert "remplacée par." not in told
    for english in ("source ", "approved", "ended", "was ", "its time"):
        assert english not in told.lower().replace("la source ", "").replace("une source ", ""), told


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (end_the_publication, ("Its time of use ended on 14 June 2026.", "edit it here")),
        (mark_it_expired, ("Its time of use ended on 14 June 2026.", "edit it here")),
        (replace_it, ("was replaced by a newer version", "edit it here")),
    ],
)
def test_its_writer_reads_on_the_piece_why_it_stopped_and_what_brings_it_back(
    world: World, browse: Browse, happens: Callable[[World], Any], said: tuple[str, ...]
) -> None:
    address = f"/pieces/{world.ids['published']}"
    before = browse("writer").get(address).text
    assert 'id="stopped"' not in before
    assert "1 January 2027" in before, "until when it may be used"
    happens(world)
    page = browse("writer").get(address).text
    note = page.partition('id="stopped"')[2].partition("</section>")[0]
    assert all(one in note for one in said), note
    assert "_" not in note.replace("_blank", ""), "no reader knows ids"


def test_a_recalled_or_rejected_piece_says_that_it_has_ended_for_good(world: World, browse: Browse) -> None:
    regulatory, writer = browse("regulatory"), browse("writer")
    regulatory.send_form(f"/pieces/{world.ids['published']}/recall", reason="A new risk was found")
    note = writer.get(f"/pieces/{world.ids['published']}").text.partition('id="stopped"')[2]
    assert "A new risk was found" in note.partition("</section>")[0]
    assert "It has ended for good" in note.partition("</section>")[0]
    piece = world.ids["piece"]
    browse("medical").send_form(
        f"/review/{piece}/send-back", reason="Wrong topic.", outcome="reject", final="yes"
    )
    page = writer.get(f"/pieces/{piece}").text
    assert "Rejected for good" in page
    assert "It has ended for good" in page
    assert "Sent back" not in page


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (withdraw_it, "Label"),
        (replace_it, "a été remplacée"),
    ],
)
def test_what_brought_a_piece_back_from_review_is_said_to_its_writer_and_to_who_is_about_to_sign(
    world: World, browse: Browse, happens: Callable[[World], Any], said: str
) -> None:
    piece = world.ids["piece"]
    task = review_json(world.app.db, world.people["medical"], piece)["task"]["id"]
    world.app.db.clock.advance(minutes=1)  # type: ignore[attr-defined]  # the fake one
    happens(world)
    cause: Cause = "source_withdrawn" if happens is withdraw_it else "source_superseded"
    cascade(world.app.db, world.people["librarian"], cause, [world.ids["source"]])
    medical, writer = browse("medical"), browse("writer")
    for reader in (medical, writer):
        reader.send_form("/language", language="fr", back="/")
    refused = medical.send_form(f"/review/{piece}/approve", task=task, meaning="approval", password=PASSWORD)
    assert refused.status_code == 409
    assert "son historique dit ce qui s’est passé" in refused.text
    history = refused.text.partition('id="history"')[2].partition("</section>")[0]
    assert said in history
    note = writer.get(f"/pieces/{piece}").text.partition('id="returned"')[2].partition("</section>")[0]
    assert said in note
    assert "La source" in note
    assert "source_" not in note + history
    assert "The librarian" in note
    world.app.db.clock.advance(minutes=1)  # type: ignore[attr-defined]  # the fake one
    document = document_of(world.app.db, world.ids["source"], 1)
    edit(world.app.db, world.people["writer"], piece, document)
    later = writer.get(f"/pieces/{piece}").text
    assert 'id="returned"' not in later, "once the writer has saved another text"
    assert said in later.partition('id="history"')[2], "its history keeps it"


def test_one_notice_is_one_in_french(world: World, browse: Browse) -> None:
    medical, writer = browse("medical"), browse("writer")
    writer.send_form("/language", language="fr", back="/")
    writer.send_form("/notices/read")
    medical.send_form(f"/review/{world.ids['piece']}/comment", text="Why?")
    assert "1 non lue<" in writer.get("/").text
    medical.send_form(f"/review/{world.ids['piece']}/comment", text="And why here?")
    assert "2 non lues<" in writer.get("/").text


def test_a_suspended_piece_names_no_version_by_its_id_in_english_either(world: World, browse: Browse) -> None:
    replace_it(world)
    cascade(world.app.db, world.people["librarian"], "source_superseded", [world.ids["source"]])
    page = browse("hcp").get(f"/published/{world.ids['publication']}").text
    assert "replaced by." not in page
    assert "source_" not in page.partition("<main")[2].partition("</main>")[0]
