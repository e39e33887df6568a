"""Each display right, for each kind of reader, wherever a page, a file or a text is served."""

from collections.abc import Callable

import pytest

from assistant.corpus.products import freeze_product
from assistant.corpus.rights import set_display_right
from assistant.people.roles import Role
from tests.integration.test_web.conftest import Browser, World

OUTSIDE = ("rep", "hcp")
INSIDE = sorted({str(role) for role in Role} - set(OUTSIDE))
PICTURE, TEXT_PAGE, FILE, API_TEXT = (
    "/sources/{}/pages/1.png",
    "/sources/{}/pages/1",
    "/sources/{}/original",
    "/api/sources/{}?text=true",
)
REFUSED = {
    # (right, role): what is refused
    ("reference_only", "rep"): {PICTURE, TEXT_PAGE, FILE, API_TEXT},
    ("in_house", "rep"): {PICTURE, TEXT_PAGE, FILE, API_TEXT},
    ("page_picture", "rep"): {FILE},
    ("handout", "rep"): set(),
    # doctors have no page about sources at all; the picture alone follows the right
    ("reference_only", "hcp"): {PICTURE, TEXT_PAGE, FILE, API_TEXT},
    ("in_house", "hcp"): {PICTURE, TEXT_PAGE, FILE, API_TEXT},
    ("page_picture", "hcp"): {TEXT_PAGE, FILE, API_TEXT},
    ("handout", "hcp"): {TEXT_PAGE, FILE, API_TEXT},
}  # fmt: skip
RIGHTS = ("reference_only", "in_house", "page_picture", "handout")

Browse = Callable[[str], Browser]


def give(world: World, right: str) -> None:
    set_display_right(world.app.db, world.people["librarian"], world.ids["source"], right, "A licence.")


def refused(world: World, browser: Browser) -> set[str]:
    where = (PICTURE, TEXT_PAGE, FILE, API_TEXT)
    return {path for path in where if browser.get(path.format(world.ids["source"])).status_code == 403}


@pytest.mark.parametrize("right", RIGHTS)
def test_people_who_face_doctors_see_what_the_right_allows(world: World, browse: Browse, right: str) -> None:
    give(world, right)
    for role in OUTSIDE:
        assert refused(world, browse(role)) == REFUSED[right, role], role


@pytest.mark.parametrize("role", INSIDE)
def test_the_companys_own_people_see_all_of_the_narrowest(world: World, browse: Browse, role: str) -> None:
    give(world, "reference_only")
    assert refused(world, browse(role)) == set()


def test_a_doctor_sees_no_picture_while_the_product_is_frozen(world: World, browse: Browse) -> None:
    give(world, "page_picture")
    doctor = browse("hcp")
    assert PICTURE not in refused(world, doctor)
    freeze_product(world.app.db, world.people["safety"], "Velmora", "Under re-evaluation.")
    assert PICTURE in refused(world, doctor)


def test_a_rep_sees_no_beginnings_of_pages_in_the_source_page(world: World, browse: Browse) -> None:
    give(world, "in_house")
    shown = browse("rep").get(f"/sources/{world.ids['source']}").text
    assert "recommended starting dose" not in shown
    assert f"/sources/{world.ids['source']}/original" not in shown


def test_a_librarian_changes_the_right_on_the_page(world: World, browse: Browse) -> None:
    page = f"/sources/{world.ids['source']}"
    librarian = browse("librarian")
    done = librarian.send_form(f"{page}/rights", display="reference_only", reason="A publisher's licence.")
    assert done.headers["location"] == f"{page}?done=right_set"
    assert "Its reference and short quotations only" in librarian.get(page).text
    refused_one = librarian.send_form(f"{page}/rights", display="everything", reason="Why.")
    assert "everything is not a display right." in refused_one.text


def test_a_librarian_confirms_the_reference_on_the_page(world: World, browse: Browse) -> None:
    page = f"/sources/{world.ids['source']}"
    librarian = browse("librarian")
    fields = {
        "title": "The Velmora label",
        "authors": "Martin AB; Durand C",
        "journal": "Letters",
        "year": "2024",
    }
    done = librarian.send_form(f"{page}/reference", **fields)
    assert done.headers["location"] == f"{page}?done=reference_confirmed"
    assert "Martin AB, Durand C. The Velmora label. Letters. 2024." in librarian.get(page).text
    wrong = librarian.send_form(f"{page}/reference", **{**fields, "year": "next"})
    assert "next is no year of a publication." in wrong.text
