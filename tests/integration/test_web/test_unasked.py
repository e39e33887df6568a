"""That nothing was found says no more than what was looked for."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from assistant.store.schema import product as product_table
from assistant.store.schema import source as source_table
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
NO_LABEL = "No label of Velmora may be used here"
NO_SHEET = "The sheet of Velmora is empty"


def change(world: World, **kind_or_sheet: object) -> None:
    with world.app.db.write() as tx:
        if "kind" in kind_or_sheet:
            tx.execute(update(source_table).values(kind=kind_or_sheet["kind"]))
        if "sheet" in kind_or_sheet:
            tx.execute(update(product_table).values(sheet=kind_or_sheet["sheet"]))


@pytest.mark.parametrize(("kind", "told"), [("label", False), ("paper", True)])
def test_writer_and_reviewer_are_told_where_no_label_stands_behind_the_piece(
    world: World, browse: Browse, kind: str, told: bool
) -> None:
    change(world, kind=kind)
    assert (NO_LABEL in browse("writer").get(f"/pieces/{world.ids['draft']}").text) is told
    assert (NO_LABEL in browse("medical").get(f"/review/{world.ids['piece']}").text) is told


@pytest.mark.parametrize(("sheet", "told"), [({}, True), ({"inn": {"en": "cardorelone"}}, False)])
def test_writer_and_reviewer_are_told_where_the_rules_have_no_sheet_to_ask(
    world: World, browse: Browse, sheet: dict[str, object], told: bool
) -> None:
    change(world, sheet=sheet)
    assert (NO_SHEET in browse("writer").get(f"/pieces/{world.ids['draft']}").text) is told
    assert (NO_SHEET in browse("medical").get(f"/review/{world.ids['piece']}").text) is told


def test_what_is_served_now_stands_first_among_what_a_source_led_to(world: World, browse: Browse) -> None:
    page = browse("librarian").get(f"/affected?source={world.ids['source']}").text
    places = [page.index(f'href="/pieces/{world.ids[name]}"') for name in ("published", "draft", "piece")]
    assert places[0] == min(places)
