"""Products, their sheets, and the freeze."""

from fastapi import APIRouter

from api.auth import Ancrage, Me
from api.schemas import Json, NewProduct, ProductOut, Products, Reason, SheetFields
from assistant.corpus.products import (
    add_product,
    find_product,
    freeze_product,
    list_products,
    product_json,
    unfreeze_product,
    update_product,
)
from assistant.people.roles import Permission, require

router = APIRouter(prefix="/products", tags=["products"])


@router.get("", response_model=Products, summary="List the products")
def products(app: Ancrage, me: Me) -> Json:
    """For staff."""
    require(me, Permission.READ_SOURCES)
    return {"products": [product_json(product) for product in list_products(app.db)]}


@router.post("", response_model=ProductOut, status_code=201, summary="Register a product")
def new_product(app: Ancrage, me: Me, body: NewProduct) -> Json:
    """An incomplete sheet is taken."""
    return {"product": product_json(add_product(app.db, me, body.name, body.sheet))}


@router.get("/{product}", response_model=ProductOut, summary="Show a product and its sheet")
def show_product(app: Ancrage, me: Me, product: str) -> Json:
    """By name or id."""
    require(me, Permission.READ_SOURCES)
    return {"product": product_json(find_product(app.db, product))}


@router.patch("/{product}", response_model=ProductOut, summary="Change fields of the sheet")
def change_product(app: Ancrage, me: Me, product: str, body: SheetFields) -> Json:
    """The fields that are not named stay."""
    require(me, Permission.MANAGE_PRODUCTS)
    found = find_product(app.db, product)
    changed = update_product(app.db, me, found.name, {**found.sheet, **body.sheet})
    return {"product": product_json(changed)}


@router.post("/{product}/freeze", response_model=ProductOut, summary="Freeze a product")
def freeze(app: Ancrage, me: Me, product: str, body: Reason) -> Json:
    """Nothing is drafted, reviewed, published or answered about it from this moment."""
    return {"product": product_json(freeze_product(app.db, me, product, body.reason))}


@router.post("/{product}/unfreeze", response_model=ProductOut, summary="Lift the freeze")
def unfreeze(app: Ancrage, me: Me, product: str, body: Reason) -> Json:
    """What is still signed and in date is served again."""
    return {"product": product_json(unfreeze_product(app.db, me, product, body.reason))}
