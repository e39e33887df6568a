"""A file that cannot be read: its page leads back to the form, filled in as it was sent."""

import html
from collections.abc import Callable
from datetime import date

from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.jobs.ingest import request_to_json
from assistant.jobs.refusals import error_json
from assistant.store.schema import job as job_table
from ingestion.errors import AncrageError
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
SENT = SourceRequest(
    product="Velmora",
    kind="paper",
    markets=("FR", "DE"),
    title="Dose & age",
    approval=ApprovalRequest("VAL-7", date(2026, 1, 2), date(2027, 1, 2)),
    excluded_pages=(3, 7),
    excluded_times=((600.5, 749.5),),
    cite_notes=True,
)


def test_the_form_is_found_again_as_it_was_sent(world: World, browse: Browse) -> None:
    with world.app.db.write() as tx:
        tx.execute(
            job_table.insert().values(
                id="job_1",
                kind="ingest",
                status="failed",
                arguments={"name": "torn.pdf", "request": request_to_json(SENT)},
                doing="",
                done=0,
                total=0,
                error=error_json(AncrageError("The file cannot be read.")),
                created_by=world.people["librarian"].id,
                created_at=tx.now,
                updated_at=tx.now,
            )
        )
    librarian = browse("librarian")
    page = librarian.get("/jobs/job_1").text
    (address,) = (
        html.unescape(part.partition('"')[0])
        for part in page.split('href="')
        if part.startswith("/sources/new?")
    )
    form = librarian.get(address).text
    for value in ("Velmora", "Dose &amp; age", "DE", "VAL-7", "2026-01-02", "2027-01-02", "3,7"):
        assert f'value="{value}"' in form
    assert 'value="00:10:00-00:12:30"' in form
    assert 'name="market" value="FR" checked' in form
    assert 'name="market" value="EU" checked' not in form
    assert 'name="cite_notes" value="yes" checked' in form
    assert 'name="cite_questions" value="yes" checked' not in form
    assert '<option value="paper" selected>' in form


def test_a_wrong_date_is_marked_where_it_stands_and_the_file_is_asked_for_again(browse: Browse) -> None:
    librarian = browse("librarian")
    form = {
        "csrf": librarian.csrf,
        "product": "Velmora",
        "kind": "deck",
        "market": "EU",
        "reference": "MLR-7",
    }
    dates = {"approved_on": "2020-01-02", "expires_on": "2019-01-02"}
    file = {"files": ("talk.pptx", b"never read")}
    refused = librarian.post("/sources", data={**form, **dates}, files=file)
    assert refused.status_code == 422
    assert '<a href="#expires_on">The approval ends on 2 January 2019' in refused.text
    assert 'id="expires_on-wrong"' in refused.text
    assert "Choose them again: no browser keeps them" in refused.text
    assert 'value="MLR-7"' in refused.text
