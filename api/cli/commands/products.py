"""`ancrage product …`: products, their sheets, and the freeze."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import yaml

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.corpus.label_names import proposed_names
from assistant.corpus.products import (
    add_product,
    find_product,
    freeze_product,
    list_products,
    product_json,
    unfreeze_product,
    update_product,
)
from assistant.corpus.register.files import read_register
from assistant.corpus.register.filling import fill_product, proposed_fill
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require

FIELDS = ("brand", "holder", "cis", "public_page", "synonyms")


def add(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Register a product."""
    product = add_product(app.db, actor, arguments.product, _sheet(arguments, io))
    return {"product": product_json(product)}


def update(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Change the fields that are given; the others stay."""
    sheet = {**find_product(app.db, arguments.product).sheet, **_sheet(arguments, io)}
    return {"product": product_json(update_product(app.db, actor, arguments.product, sheet))}


def fill(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Show what the register proposes; with --apply keep it. Several medicines of the name: exit code 1 and their list."""
    register = read_register(io.path(arguments.register))
    if arguments.apply:
        answer = fill_product(app.db, actor, arguments.product, register, arguments.cis, arguments.fields)
    else:
        answer = proposed_fill(app.db, actor, arguments.product, register, arguments.cis)
        wanted = set(arguments.fields or ())
        answer["proposals"] = [p for p in answer["proposals"] if not wanted or p["field"] in wanted]
    return {"fill": answer, "exit": 1 if answer["cis"] is None else 0}


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Show one product and its sheet, and what its labels call it where the sheet does not."""
    del io
    require(actor, Permission.READ_SOURCES)
    found = find_product(app.db, arguments.product)
    return {"product": product_json(found), "proposed": proposed_names(app.db, found)}


def list_all(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """List the products."""
    del arguments, io
    require(actor, Permission.READ_SOURCES)
    return {"products": [product_json(product) for product in list_products(app.db)]}


def freeze(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Stop drafting, review, publication and chat on a product."""
    del io
    product = freeze_product(app.db, actor, arguments.product, arguments.reason)
    return {"product": product_json(product)}


def unfreeze(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Lift the freeze."""
    del io
    product = unfreeze_product(app.db, actor, arguments.product, arguments.reason)
    return {"product": product_json(product)}


def _sheet(arguments: Namespace, io: Io) -> dict[str, Any]:
    sheet: dict[str, Any] = read_sheet(io.path(arguments.sheet)) if arguments.sheet else {}
    sheet |= {name: value for name in FIELDS if (value := getattr(arguments, name)) is not None}
    if arguments.inn is not None:
        sheet["inn"] = {"en": arguments.inn, "fr": arguments.inn}
    return sheet


def read_sheet(path: Path) -> dict[str, Any]:
    """Read a product sheet from YAML or JSON. Raises InvalidInput where it is not one."""
    try:
        sheet = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(
            f"{path.name} is not a readable YAML or JSON file: {error}.", help="Mend the file."
        ) from error
    if not isinstance(sheet, dict):
        raise InvalidInput(
            f"{path.name} holds no product sheet.", help="It should hold fields such as `brand: …`."
        )
    return sheet
