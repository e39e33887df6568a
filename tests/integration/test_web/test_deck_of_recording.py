"""The deck that a recording speaks to, on the recording's page: confirmed, changed or taken away by a librarian."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from assistant.corpus.sources import get_source
from assistant.store.schema import source
from tests.builders.dossier import add_source
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


@pytest.fixture
def dossier(world: World) -> tuple[str, str]:
    """A recording and a deck of one product."""
    db, librarian = world.app.db, world.people["librarian"]
    deck = add_source(db, librarian, ["Deaths fell by 23%.", "Take it with water."], title="The deck")
    talk = add_source(db, librarian, ["Now to deaths, which fell.", "And water with it."], title="The talk")
    with db.write() as tx:
        tx.execute(update(source).where(source.c.id == deck).values(kind="deck"))
        tx.execute(update(source).where(source.c.id == talk).values(kind="transcript"))
    return talk, deck


def test_a_librarian_names_the_deck_and_takes_it_away(
    world: World, browse: Browse, dossier: tuple[str, str]
) -> None:
    talk, deck = dossier
    librarian = browse("librarian")
    page = librarian.get(f"/sources/{talk}").text
    assert "It speaks to no registered deck." in page
    assert f'<option value="{deck}"' in page
    done = librarian.send_form(f"/sources/{talk}/deck", deck=deck)
    assert done.headers["location"] == f"/sources/{talk}?done=deck_set"
    assert "Kept: its turns now point" in librarian.get(done.headers["location"]).text
    assert (get_source(world.app.db, talk).deck or {})["source"] == deck
    assert librarian.send_form(f"/sources/{talk}/deck", deck="").status_code == 303
    assert get_source(world.app.db, talk).deck is None


def test_others_read_it_only_and_a_wrong_deck_is_refused(browse: Browse, dossier: tuple[str, str]) -> None:
    talk, deck = dossier
    assert f'action="/sources/{talk}/deck"' not in browse("writer").get(f"/sources/{talk}").text
    assert browse("writer").send_form(f"/sources/{talk}/deck", deck=deck).status_code == 403
    wrong = browse("librarian").send_form(f"/sources/{talk}/deck", deck=talk)
    assert wrong.status_code == 422
    assert "is no deck" in wrong.text
    assert 'id="deck"' not in browse("librarian").get(f"/sources/{deck}").text
