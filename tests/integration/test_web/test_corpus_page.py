"""The corpus page: its filters have an address of their own, its columns sort, and an empty list says what to do."""

from collections.abc import Callable

from assistant.publishing.calendar import make_reminders
from tests.integration.conftest import FakeClock
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


def test_filters_stand_in_the_address_and_are_kept_by_the_order(world: World, browse: Browse) -> None:
    shown = browse("writer").get("/sources?market=EU&right=handout&sort=expires").text
    assert f'href="/sources/{world.ids["source"]}"' in shown
    assert '<option value="handout" selected>' in shown
    assert 'aria-sort="ascending"' in shown
    assert "/sources?market=EU&amp;right=handout&amp;sort=-expires" in shown
    assert "1 of 1 source" in shown


def test_an_empty_choice_says_what_to_do(browse: Browse) -> None:
    shown = browse("writer").get("/sources?kind=paper").text
    assert "No source fits these filters" in shown
    assert 'name="kind"' in shown  # the form is still there


def test_the_page_speaks_french(browse: Browse) -> None:
    reader = browse("writer")
    reader.headers["accept-language"] = "fr"
    shown = reader.get("/sources?expiring=180").text
    assert "source" in shown


def test_nonsense_in_the_address_finds_nothing_and_breaks_nothing(browse: Browse) -> None:
    answer = browse("writer").get("/sources?expiring=x&pages=y&sort=z&market=%00&text=" + "a" * 3000)
    assert answer.status_code == 200


def test_the_calendar_lists_the_source_and_gives_a_file(world: World, browse: Browse) -> None:
    reader = browse("regulatory")
    shown = reader.get("/calendar?kind=source").text
    assert f'href="/sources/{world.ids["source"]}"' in shown
    file = reader.get("/calendar.ics?kind=source")
    assert file.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in file.text
    assert reader.get("/calendar?product=Nothing").status_code == 200


def test_a_source_shows_the_reminder_of_its_end(world: World, browse: Browse, clock: FakeClock) -> None:
    clock.advance(days=190)
    make_reminders(world.app.db)
    assert "Reminder of 30 days made" in browse("auditor").get(f"/sources/{world.ids['source']}").text
    assert "Reminders" in browse("auditor").get("/").text
