"""What no check could ask of a piece: that nothing was found says no more than what was looked for."""

from collections.abc import Mapping
from typing import Any

from assistant.bootstrap import App
from assistant.corpus.eligibility import eligible_sources
from assistant.corpus.products import find_product
from assistant.store.clock import civil_date


def unasked(app: App, piece: Mapping[str, Any]) -> tuple[str, ...]:
    """Return "sheet" where the product's sheet is empty, "label" where no label may be used for the piece."""
    market = piece["market"]
    with app.db.read() as connection:
        product = find_product(connection, piece["product"])
        usable = eligible_sources(
            connection,
            product.id,
            market,
            piece["audience"],
            piece["qualification"],
            civil_date(app.clock.now(), market),
        )
    missing = {"sheet": not product.sheet, "label": all(source.kind != "label" for source in usable)}
    return tuple(name for name, holds in missing.items() if holds)
