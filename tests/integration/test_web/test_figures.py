"""The page of figures: charts with their tables, filters that stay, and the same as CSV."""

from collections.abc import Callable
from html import unescape

from sqlalchemy import insert, select

from api.web.formats import typeset
from assistant.review.overrides import override
from assistant.review.submission import submit
from assistant.store.schema import finding, review_round
from guardrails.packs import title_of
from tests.builders.dossier import Terms, add_piece, document_of
from tests.integration.test_web.conftest import Browser, World

FOUND = {
    "id": "finding_new",
    "stage": "submit",
    "rule_stage": "draft",
    "rule": "GR2",
    "severity": "needs_review",
    "place": "s1",
    "messages": {"en": "Look."},
    "evidence": {},
    "overridable": True,
    "rule_source": "P",
    "pack_version": "0" * 64,
}
"""What the checks found in what was sent to review."""


def test_the_page_shows_what_the_file_says(world: World, browse: Callable[[str], Browser]) -> None:
    del world
    auditor = browse("auditor")
    shown = auditor.get("/figures").text
    assert "Cycle time by stage" in shown
    assert "Approved in their first round: 1 of 1 pieces." in shown
    lines = auditor.get("/figures.csv").text.splitlines()
    assert "rounds,first,first_passed,1" in lines
    assert "rounds,first,first_passed,0" in auditor.get("/figures.csv?until=2001-01-01").text.splitlines()


def test_a_filter_that_cannot_be_is_refused_beside_all_figures(browse: Callable[[str], Browser]) -> None:
    refused = browse("auditor").get("/figures?since=yesterday")
    assert refused.status_code == 422
    assert "yesterday is not a date." in refused.text
    assert "Cycle time by stage" in refused.text


def test_rules_are_called_by_their_titles_in_the_readers_language(
    world: World, browse: Callable[[str], Browser]
) -> None:
    with world.app.db.write() as tx:
        sent = tx.execute(select(review_round.c.revision_id)).scalars().first()
        tx.execute(insert(finding).values(**FOUND, revision_id=sent, created_at=tx.now))
    auditor = browse("auditor")
    assert f'{title_of("GR2", "en")}<span class="under code">GR2</span>' in auditor.get("/figures").text
    auditor.send_form("/language", language="fr")
    french = unescape(auditor.get("/figures").text)
    assert f'{typeset(title_of("GR2", "fr"), "fr")}<span class="under code">GR2</span>' in french


def test_reasons_of_overrides_stand_on_the_page_and_in_the_file_but_not_for_an_administrator(
    world: World, browse: Callable[[str], Browser]
) -> None:
    db, people, reason = world.app.db, world.people, "The agency’s letter of March"
    terms = Terms(qualification="promotional", market="FR")
    piece = add_piece(db, people["writer"], document_of(db, world.ids["source"]), terms).id
    submit(db, people["writer"], piece, override_request="Mentions stand on the page around it")
    override(db, people["legal"], piece, "FR9", "piece", reason)
    auditor, admin = browse("auditor"), browse("admin")
    assert reason in auditor.get("/figures").text
    assert f"overrides,FR9,reason,{reason}" in auditor.get("/figures.csv").text.splitlines()
    for address in ("/figures", "/figures.csv"):
        assert reason not in admin.get(address).text
    assert "overrides,FR9,count,1" in admin.get("/figures.csv").text.splitlines()
