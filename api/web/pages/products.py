"""Products: their sheets, and the freeze."""

import json
from typing import Any

import yaml
from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, text_of
from api.errors import status_of
from api.web.language import catalogue
from api.web.pages.acts import Act, act_page
from api.web.pages.pulled import pulled_by_freeze
from api.web.rendering import page, reader_language
from assistant.bootstrap import App
from assistant.corpus.label_names import names_in, proposed_names
from assistant.corpus.products import (
    Product,
    add_product,
    find_product,
    freeze_product,
    list_products,
    product_json,
    unfreeze_product,
    update_product,
)
from assistant.corpus.sources import list_sources, source_json
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from ingestion.errors import AncrageError


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases, by which a short text can stand for gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Compose a node that stands for itself."""
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not taken")
        return super().compose_node(parent, index)


router = APIRouter(dependencies=[Depends(checked_form)])
_PLAIN = ("brand", "holder", "cis", "public_page")


@router.get("/products")
def products_page(request: Request, app: Ancrage, me: Me) -> Response:
    """All of them."""
    require(me, Permission.READ_SOURCES)
    products = [product_json(product) for product in list_products(app.db)]
    return page(request, "products.html", products=[_with_gaps(p) for p in products])


@router.get("/products/new")
def new_product_form(request: Request, me: Me) -> Response:
    """An empty sheet."""
    require(me, Permission.MANAGE_PRODUCTS)
    return page(request, "product.html", product=None, called=[], values=_values({}), sources=[])


@router.post("/products")
def new_product(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Register a product."""
    try:
        product = add_product(app.db, me, text_of(form, "product"), _sheet(form))
    except AncrageError as refusal:
        values = _typed(form)
        return page(
            request,
            "product.html",
            status=status_of(refusal),
            product=None,
            called=[],
            values=values,
            sources=[],
            refusal=refusal,
        )
    return RedirectResponse(f"/products/{product.id}?done=product_saved", 303)


@router.get("/products/{product_id}")
def product_page(request: Request, app: Ancrage, me: Me, product_id: str) -> Response:
    """One product, its sheet and its sources."""
    require(me, Permission.READ_SOURCES)
    product = find_product(app.db, product_id)
    return _product_page(request, app, product, _values(product.sheet))


@router.post("/products/{product_id}")
def save_product(request: Request, app: Ancrage, me: Me, form: Posted, product_id: str) -> Response:
    """Save the sheet."""
    product = find_product(app.db, product_id)
    try:
        update_product(app.db, me, product.name, _sheet(form))
    except AncrageError as refusal:
        return _product_page(request, app, product, _typed(form), refusal)
    return RedirectResponse(f"/products/{product.id}?done=product_saved", 303)


@router.get("/products/{product_id}/freeze")
def freeze_form(request: Request, app: Ancrage, me: Me, product_id: str) -> Response:
    """What a freeze stops, before it is asked for."""
    require(me, Permission.FREEZE_PRODUCT)
    return _freeze_page(request, app, me, find_product(app.db, product_id))


@router.post("/products/{product_id}/freeze")
def freeze(request: Request, app: Ancrage, me: Me, form: Posted, product_id: str) -> Response:
    """Freeze."""
    product = find_product(app.db, product_id)
    try:
        freeze_product(app.db, me, product.name, text_of(form, "reason"))
    except AncrageError as refusal:
        return _freeze_page(request, app, me, product, text_of(form, "reason"), refusal)
    return RedirectResponse(f"/products/{product.id}?done=product_frozen", 303)


@router.get("/products/{product_id}/unfreeze")
def unfreeze_form(request: Request, app: Ancrage, me: Me, product_id: str) -> Response:
    """Ask for the reason."""
    require(me, Permission.FREEZE_PRODUCT)
    return _unfreeze_page(request, find_product(app.db, product_id))


@router.post("/products/{product_id}/unfreeze")
def unfreeze(request: Request, app: Ancrage, me: Me, form: Posted, product_id: str) -> Response:
    """Lift the freeze."""
    product = find_product(app.db, product_id)
    try:
        unfreeze_product(app.db, me, product.name, text_of(form, "reason"))
    except AncrageError as refusal:
        return _unfreeze_page(request, product, text_of(form, "reason"), refusal)
    return RedirectResponse(f"/products/{product.id}?done=product_active", 303)


def _product_page(
    request: Request,
    app: App,
    product: Product,
    values: dict[str, Any],
    refusal: AncrageError | None = None,
) -> Response:
    return page(
        request,
        "product.html",
        status=status_of(refusal) if refusal else 200,
        product=product_json(product),
        called=names_in(proposed_names(app.db, product)),
        values=values,
        sources=[source_json(app.db, source) for source in list_sources(app.db, product=product.name)],
        refusal=refusal,
    )


def _freeze_page(
    request: Request,
    app: App,
    me: Actor,
    product: Product,
    reason: str = "",
    refusal: AncrageError | None = None,
) -> Response:
    say = catalogue(reader_language(request)).gettext
    act = Act(
        heading=say("Freeze %(name)s") % {"name": product.name},
        lead=say(
            "While benefit and risk are under re-evaluation, nothing is drafted, reviewed, published or answered about it."
        ),
        button=say("Freeze"),
        address=f"/products/{product.id}/freeze",
        trail=[("/products", say("Products")), (f"/products/{product.id}", product.name)],
        affected=pulled_by_freeze(request, app, me, product),
    )
    return act_page(request, act, reason, refusal)


def _unfreeze_page(
    request: Request, product: Product, reason: str = "", refusal: AncrageError | None = None
) -> Response:
    say = catalogue(reader_language(request)).gettext
    act = Act(
        heading=say("Lift the freeze on %(name)s") % {"name": product.name},
        lead=say("What was published and is still signed and in date is served again."),
        button=say("Lift the freeze"),
        address=f"/products/{product.id}/unfreeze",
        trail=[("/products", say("Products")), (f"/products/{product.id}", product.name)],
        danger=False,
    )
    return act_page(request, act, reason, refusal)


def _with_gaps(product: dict[str, Any]) -> dict[str, Any]:
    """Every field that the list shows, present or not in the sheet."""
    blank: dict[str, Any] = {"inn": {}, "holder": None, "additional_monitoring": None}
    return {**product, "sheet": {**blank, **product["sheet"]}}


def _values(sheet: dict[str, Any]) -> dict[str, Any]:
    inn = sheet.get("inn") or {}
    public_page = sheet.get("public_page")
    return {
        "product": "",
        **{name: sheet.get(name) or "" for name in _PLAIN},
        "public_page": public_page if isinstance(public_page, str) else "",
        "inn_en": inn.get("en", ""),
        "inn_fr": inn.get("fr", ""),
        "additional_monitoring": bool(sheet.get("additional_monitoring")),
        "sheet": yaml.safe_dump(sheet, allow_unicode=True, sort_keys=False) if sheet else "",
    }


def _typed(form: FormData) -> dict[str, Any]:
    names = ("product", *_PLAIN, "inn_en", "inn_fr", "additional_monitoring", "sheet")
    return {name: text_of(form, name) for name in names}


def _sheet(form: FormData) -> dict[str, Any]:
    """The written sheet, with the fields above it laid over; an emptied field is taken out."""
    try:
        written = yaml.load(text_of(form, "sheet"), _PlainLoader) or {}  # noqa: S506  a SafeLoader
        sheet = json.loads(json.dumps(written, default=str))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InvalidInput(
            "The whole sheet is not readable YAML or JSON.", help="Mend it, or empty the box.", field="sheet"
        ) from error
    if not isinstance(sheet, dict):
        raise InvalidInput(
            "The whole sheet is not readable YAML or JSON.", help="Mend it, or empty the box.", field="sheet"
        )
    for name in _PLAIN:
        value = text_of(form, name)
        if value:
            sheet[name] = value
        elif not isinstance(sheet.get(name), dict):
            sheet.pop(name, None)
    inn = {code: text_of(form, f"inn_{code}") for code in ("en", "fr") if text_of(form, f"inn_{code}")}
    if inn:
        sheet["inn"] = {**(sheet.get("inn") or {}), **inn}
    sheet["additional_monitoring"] = bool(text_of(form, "additional_monitoring"))
    return sheet
