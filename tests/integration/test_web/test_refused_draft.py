"""A draft that is refused: the page says what was proposed and why not, and leads back to the form as it was sent."""

import html
from collections.abc import Callable

from assistant.errors import NoEvidence
from assistant.jobs.refusals import error_json
from assistant.store.schema import job as job_table
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
PROPOSED = {
    "text": "Take 20 mg of <it>.",
    "rule": "GR3",
    "code": "number_missing",
    "messages": {"en": "Not there: 20 mg.", "fr": "Absent : 20 mg."},
}
ASKED = {"kind": "quiz", "product": "Velmora", "market": "FR", "language": "fr", "topic": "dose & age"}


def refused(world: World) -> str:
    """A draft of the writer's of which nothing stood."""
    error = NoEvidence(
        "Nothing that the engine proposed stands in the approved sources.", rejected=[PROPOSED]
    )
    with world.app.db.write() as tx:
        tx.execute(
            job_table.insert().values(
                id="job_1",
                kind="draft",
                status="failed",
                arguments={**ASKED, "sources": [world.ids["source"]], "engine": "extractive"},
                doing="",
                done=0,
                total=0,
                error=error_json(error),
                created_by=world.people["writer"].id,
                created_at=tx.now,
                updated_at=tx.now,
            )
        )
    return "job_1"


def test_what_was_proposed_stands_on_the_page_with_the_reason(world: World, browse: Browse) -> None:
    writer, address = browse("writer"), f"/jobs/{refused(world)}"
    page = writer.get(address).text
    assert "Nothing that the engine proposed stands in the approved sources." in page
    assert "Take 20 mg of &lt;it&gt;." in page
    assert "GR3: Not there: 20 mg." in page
    writer.send_form("/language", language="fr")
    assert "GR3\xa0: Absent\xa0: 20 mg." in writer.get(address).text


def test_the_form_is_found_again_as_it_was_sent(world: World, browse: Browse) -> None:
    writer = browse("writer")
    page = writer.get(f"/jobs/{refused(world)}").text
    (address,) = (
        html.unescape(part.partition('"')[0])
        for part in page.split('href="')
        if part.startswith("/pieces/new?")
    )
    form = writer.get(address).text
    assert 'value="dose &amp; age"' in form
    assert 'value="quiz" required checked' in form
    assert f'value="{world.ids["source"]}" checked' in form
