"""A source that an older reader read, on its page: told, compared, and moved by who may."""

from collections.abc import Callable

import pytest

from assistant.corpus.sources import get_source
from assistant.errors import NotFound
from tests.builders.dossier import SENTENCES
from tests.builders.rereading import read_today
from tests.integration.test_web.conftest import Browser, World

AS = Callable[[str], Browser]
CHANGED = ("Velmora is indicated in children with chronic heart failure.", *SENTENCES[1:])


def test_its_page_says_so_and_leads_to_the_comparison_and_the_move(world: World, browse: AS) -> None:
    source, librarian = world.ids["source"], browse("librarian")
    assert "Read by an older reader (test-1)" in librarian.get(f"/sources/{source}").text
    before = get_source(world.app.db, source).reading_id
    newer = read_today(world.app.db, source, CHANGED)
    assert "Reading again would change 1 sentence." in librarian.get(f"/sources/{source}").text
    shown = librarian.get(f"/sources/{source}/reread")
    assert "<mark>children</mark>" in shown.text
    assert "Take the newer reading" in shown.text
    assert "Take the newer reading" not in browse("writer").get(f"/sources/{source}/reread").text
    address = f"/sources/{source}/reread/take"
    assert browse("writer").send_form(address, before=before, reading=newer).status_code == 403
    taken = librarian.send_form(address, before=before, reading=newer)
    assert (taken.status_code, taken.headers["location"]) == (303, f"/sources/{source}?done=source_reread")
    assert "older reader" not in librarian.get(f"/sources/{source}").text
    assert "a quote is no longer found in it" in librarian.get(f"/affected?source={source}").text


def test_a_page_that_is_out_of_date_moves_nothing(world: World, browse: AS) -> None:
    source = world.ids["source"]
    newer = read_today(world.app.db, source, CHANGED)
    refused = browse("librarian").send_form(
        f"/sources/{source}/reread/take", before="reading_0000000000000000", reading=newer
    )
    assert refused.status_code == 409
    assert "was read again meanwhile" in refused.text
    assert get_source(world.app.db, source).reading_id != newer


def test_a_file_that_is_lost_is_said_on_the_page_of_the_work(world: World, browse: AS) -> None:
    librarian = browse("librarian")
    begun = librarian.send_form(f"/sources/{world.ids['source']}/reread")
    assert begun.status_code == 303
    job = begun.headers["location"].rpartition("/")[2]
    with pytest.raises(NotFound, match="is not in the home"):
        world.app.jobs.wait(job)
    assert "is not in the home" in librarian.get(f"/jobs/{job}").text
