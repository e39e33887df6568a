"""A new version on the pages: what changed, its pictures, and the confirmation of what stands."""

from collections.abc import Callable
from datetime import date

from assistant.corpus.model import ApprovalRequest
from assistant.publishing.cascade import cascade
from tests.builders.dossier import SENTENCES, add_source
from tests.integration.conftest import PASSWORD
from tests.integration.test_web.conftest import Browser, World

AS = Callable[[str], Browser]


def replaced(world: World) -> str:
    """A next version in which the dose changed and the rest stands."""
    texts = (
        SENTENCES[0],
        SENTENCES[1],
        "The most common adverse reaction was hyperkalaemia, in 160 of 1,207 patients.",
    )
    approval = ApprovalRequest("REF-9", date(2026, 6, 1), date(2028, 1, 1))
    librarian = world.people["librarian"]
    source = world.ids["source"]
    version = add_source(
        world.app.db, librarian, texts, replaces=source, approval=approval, title="Next label"
    )
    cascade(world.app.db, librarian, "source_superseded", [source])
    return version


def test_the_page_shows_both_versions_with_the_words_that_differ(world: World, browse: AS) -> None:
    version = replaced(world)
    shown = browse("writer").get(f"/sources/{version}/changes")
    assert shown.status_code == 200
    assert "<mark>142</mark>" in shown.text
    assert "<mark>160</mark>" in shown.text
    assert f"/sources/{version}/pages/3?quote=" in shown.text


def test_who_may_not_read_sources_does_not_see_what_changed(world: World, browse: AS) -> None:
    version = replaced(world)
    assert browse("hcp").get(f"/sources/{version}/changes").status_code == 403


def test_two_people_confirm_on_the_page(world: World, browse: AS) -> None:
    replaced(world)
    medical, regulatory = browse("medical"), browse("regulatory")
    listed = medical.get("/confirmations")
    (address,) = {
        part.split('"')[0] for part in listed.text.split('href="')[1:] if part.startswith("/confirmations/")
    }
    assert medical.send_form(f"{address}/sign", password="not the passphrase").status_code in {401, 403}
    assert medical.send_form(f"{address}/sign", password=PASSWORD).status_code == 303
    assert "Sign and confirm" not in medical.get(address).text
    assert "Sign and confirm" in regulatory.get(address).text
    assert regulatory.send_form(f"{address}/sign", password=PASSWORD).status_code == 303
    assert "Confirmed" in regulatory.get(address).text
    assert "Nothing to confirm" in medical.get("/confirmations").text
