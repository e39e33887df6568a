"""A product's sheet filled from the public register: upload its files, see what they propose, keep what is chosen."""

import shutil
from pathlib import Path

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, files_of, text_of, texts_of
from api.errors import status_of
from api.web.pages.source_forms import file_name
from api.web.rendering import page
from assistant.bootstrap import App
from assistant.corpus.products import find_product
from assistant.corpus.register.files import read_register
from assistant.corpus.register.filling import fill_product, proposed_fill
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])


@router.get("/products/{product_id}/register")
def register_page(request: Request, app: Ancrage, me: Me, product_id: str) -> Response:
    """What the register's newest files propose; the form for them where none were brought yet."""
    require(me, Permission.MANAGE_PRODUCTS)
    return _page(request, app, me, product_id)


@router.post("/products/{product_id}/register")
def bring_files(request: Request, app: Ancrage, me: Me, form: Posted, product_id: str) -> Response:
    """Take the register's files in, in place of those from before."""
    require(me, Permission.MANAGE_PRODUCTS)
    found = find_product(app.db, product_id)
    try:
        uploads = files_of(form, "files")
        if not uploads:
            raise InvalidInput("No file was chosen.", help="Choose at least one file.", field="files")
        incoming = _folder(app).with_suffix(".new")
        shutil.rmtree(incoming, ignore_errors=True)
        incoming.mkdir(parents=True)
        for upload in uploads:
            with (incoming / file_name(upload.filename or "")).open("wb") as out:
                shutil.copyfileobj(upload.file, out)
        read_register(incoming)
        shutil.rmtree(_folder(app), ignore_errors=True)
        incoming.rename(_folder(app))
    except AncrageError as refusal:
        return _page(request, app, me, product_id, refusal)
    return RedirectResponse(f"/products/{found.id}/register", 303)


@router.post("/products/{product_id}/register/apply")
def keep(request: Request, app: Ancrage, me: Me, form: Posted, product_id: str) -> Response:
    """Keep the chosen fields."""
    require(me, Permission.MANAGE_PRODUCTS)
    found = find_product(app.db, product_id)
    try:
        fields = texts_of(form, "field")
        if not fields:
            raise InvalidInput("No field was chosen.", help="Tick at least one.", field="field")
        fill_product(
            app.db, me, found.name, read_register(_folder(app)), text_of(form, "cis") or None, fields
        )
    except AncrageError as refusal:
        return _page(request, app, me, product_id, refusal)
    return RedirectResponse(f"/products/{found.id}?done=product_saved", 303)


def _folder(app: App) -> Path:
    return app.settings.home / "register"


def _page(
    request: Request, app: App, me: Actor, product_id: str, refusal: AncrageError | None = None
) -> Response:
    product = find_product(app.db, product_id)
    fill = None
    cis = request.query_params.get("cis", "").strip()
    brought = _folder(app).is_dir()
    if brought:
        try:
            fill = proposed_fill(app.db, me, product.name, read_register(_folder(app)), cis or None)
        except AncrageError as error:
            refusal = refusal or error
    return page(
        request,
        "product_register.html",
        status=status_of(refusal) if refusal else 200,
        product=product,
        fill=fill,
        brought=brought,
        cis=cis,
        refusal=refusal,
    )
