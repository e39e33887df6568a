"""Codes are chosen in the reader's words, and stored as they were."""

from collections.abc import Callable
from datetime import date

from assistant.people.accounts import set_language
from assistant.publishing.recipients import Use, record_use
from assistant.publishing.register import register_json
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


def test_the_way_of_use_is_a_choice_in_french_and_its_code_is_stored(world: World, browse: Browse) -> None:
    app, publisher, piece = world.app, world.people["regulatory"], world.ids["published"]
    set_language(app.db, publisher, "fr")
    where = f"/pieces/{piece}/register"
    page = browse("regulatory").get(where).text
    assert '<select id="mode"' in page
    assert '<option value="hand-out">Remis en main propre</option>' in page
    sent = browse("regulatory").send_form(where, mode="hand-out", used_on="2026-06-15", recipient="Dr Durand")
    assert sent.headers["location"] == f"{where}?done=use_recorded"
    (one,) = register_json(app.db, publisher, piece)["publications"][0]["uses"]
    assert one["mode"] == "hand-out"
    assert "<td>Remis en main propre</td>" in browse("regulatory").get(where).text


def test_a_code_that_no_list_names_is_shown_and_may_be_chosen_again(world: World, browse: Browse) -> None:
    piece = world.ids["published"]
    record_use(
        world.app.db, world.people["regulatory"], Use(piece, "drone_drop", date(2026, 6, 15), "Dr Durand")
    )
    page = browse("regulatory").get(f"/pieces/{piece}/register").text
    assert '<option value="drone_drop">drone drop</option>' in page
    assert "<td>drone drop</td>" in page


def test_the_channel_is_a_choice_in_the_readers_words(world: World, browse: Browse) -> None:
    set_language(world.app.db, world.people["writer"], "fr")
    page = browse("writer").get(f"/pieces/{world.ids['draft']}").text
    assert '<select id="channel"' in page
    assert '<option value="visit">Visite</option>' in page
    assert '<option value="page" selected>' in page
