"""What a product's labels call it, on the product's page: a label may tell the substance, the brand, or both."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from assistant.corpus.products import add_product
from assistant.retrieval.names import known_names
from assistant.store.schema import source
from tests.builders.dossier import add_source
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


@pytest.mark.parametrize("title", ["Ostivel, INN-ravolimide", "Velmora label"])
def test_the_page_shows_the_names_that_the_labels_propose(world: World, browse: Browse, title: str) -> None:
    with world.app.db.write() as tx:
        tx.execute(update(source).values(title=title))
    shown = browse("librarian").get(f"/products/{world.ids['product']}")
    assert shown.status_code == 200
    assert ("ravolimide" in shown.text) is ("INN" in title)


@pytest.mark.parametrize(("brand", "learnt"), [("", True), ("Velmora", True), ("Realia", False)])
def test_a_label_that_contradicts_the_sheet_teaches_no_name(world: World, brand: str, learnt: bool) -> None:
    db, librarian = world.app.db, world.people["librarian"]
    sheet = {"brand": brand} if brand else {}
    product = add_product(db, librarian, "Realia", sheet)
    add_source(db, librarian, title="Velmora, INN-ravolimide", product="Realia")
    with db.read() as connection:
        assert ("ravolimide" in known_names(connection, product.id)) is learnt
