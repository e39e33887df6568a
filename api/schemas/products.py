"""The shapes of products and their sheets."""

from pydantic import Field

from api.schemas.base import Incoming, Json, Outgoing


class NewProduct(Incoming):
    """A product to register."""

    name: str
    sheet: Json = Field(
        default_factory=dict, description="Any fields of the product sheet; all may be missing."
    )


class SheetFields(Incoming):
    """Fields of the sheet to change; the others stay."""

    sheet: Json


class ProductOut(Outgoing):
    """A product."""

    product: Json


class Products(Outgoing):
    """The products."""

    products: list[Json]
