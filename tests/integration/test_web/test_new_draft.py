"""The form of a new draft, as the server makes it: no script is needed."""

from collections.abc import Callable

from tests.builders.dossier import add_source
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


def test_the_sources_of_the_chosen_medicine_are_offered_first(world: World, browse: Browse) -> None:
    other = add_source(
        world.app.db,
        world.people["librarian"],
        ["The dose of Abrelin is 5 mg."],
        title="Abrelin label",
        product="Abrelin",
    )
    ours = world.ids["source"]
    writer = browse("writer")

    def offered(address: str) -> list[str]:
        page = writer.get(address).text
        return sorted((ours, other), key=lambda source: page.index(f'name="source" value="{source}"'))

    assert offered("/pieces/new?product=Velmora") == [ours, other]
    assert offered("/pieces/new?product=Abrelin") == [other, ours]
    assert offered("/pieces/new") == [other, ours]  # the form shows the first medicine


def test_those_in_the_language_of_the_piece_stand_before_the_others(world: World, browse: Browse) -> None:
    french = add_source(
        world.app.db,
        world.people["librarian"],
        ["La dose de Velmora est de 5 mg."],
        title="Velmora, notice",
        language="fr",
    )
    ours = world.ids["source"]
    for language, wanted in (("en", [ours, french]), ("fr", [french, ours])):
        page = browse("writer").get(f"/pieces/new?product=Velmora&language={language}").text
        assert sorted(wanted, key=lambda source: page.index(f'name="source" value="{source}"')) == wanted
