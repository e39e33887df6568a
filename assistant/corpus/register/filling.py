"""Filling a product's sheet from the register: proposed with provenance, kept after a person's word."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import select, update

from assistant.audit.trail import record
from assistant.corpus.products import find_product, product_json, sheet_sha256
from assistant.corpus.register.files import Register
from assistant.corpus.register.proposing import candidates, merged, propose
from assistant.corpus.sheet import clean_sheet
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database
from assistant.store.schema import product


def proposed_fill(
    db: Database, actor: Actor, name: str, register: Register, cis: str | None = None
) -> dict[str, Any]:
    """What the register proposes for the product, as JSON; the candidates alone where several medicines fit its name.

    Raises UnknownProduct, or InvalidInput where the register has no such medicine.
    """
    require(actor, Permission.MANAGE_PRODUCTS)
    found = find_product(db, name)
    code = cis or found.sheet.get("cis")
    names = (found.name, found.sheet.get("brand") or "")
    fitting = candidates(register, names, code)
    if not fitting:
        raise InvalidInput(
            f"The register has no medicine {code or found.name}.",
            help="Check the name, or give its CIS code.",
            field="cis",
        )
    answer: dict[str, Any] = {
        "product": found.name,
        "cis": fitting[0].cis if len(fitting) == 1 else None,
        "candidates": [asdict(one) for one in fitting],
        "proposals": [],
        "problems": [asdict(problem) for problem in register.problems],
        "files": dict(register.files),
        "applied": False,
    }
    if len(fitting) == 1:
        proposals, problems = propose(register, fitting[0].cis, found.sheet)
        answer["proposals"] = [{**asdict(one), "status": one.status} for one in proposals]
        answer["problems"] += [asdict(problem) for problem in problems]
    return answer


def fill_product(
    db: Database,
    actor: Actor,
    name: str,
    register: Register,
    cis: str | None = None,
    fields: Collection[str] | None = None,
) -> dict[str, Any]:
    """Keep the proposed values (of these fields, or all); nothing is kept where several medicines fit.

    The same again changes nothing. Raises InvalidInput, naming a field that the register does not propose.
    """
    answer = proposed_fill(db, actor, name, register, cis)
    if answer["cis"] is None:
        return answer
    offered = {one["field"] for one in answer["proposals"]}
    if unknown := set(fields or ()) - offered:
        raise InvalidInput(
            f"The register proposes nothing for {min(unknown)}.",
            help=f"It proposes {', '.join(sorted(offered))}.",
            field="fields",
        )
    with db.write() as tx:
        found = find_product(tx.connection, name)
        tx.execute(select(product.c.id).where(product.c.id == found.id).with_for_update())
        found = find_product(tx.connection, name)
        proposals, _ = propose(register, answer["cis"], found.sheet)
        taken = [one for one in proposals if one.status != "same" and (not fields or one.field in fields)]
        sheet = clean_sheet(merged(found.sheet, taken))
        if sheet != found.sheet:
            tx.execute(update(product).where(product.c.id == found.id).values(sheet=sheet))
            details = {
                "cis": answer["cis"],
                "fields": sorted({one.field for one in taken}),
                "rows": [f"{one.file}:{one.line}" for one in taken],
                "files": dict(register.files),
                "before_sha256": sheet_sha256(found.sheet),
                "after_sha256": sheet_sha256(sheet),
            }
            record(tx, actor, "product.filled", found.id, details)
        kept = find_product(tx.connection, name)
    return {**answer, "applied": True, "sheet": product_json(kept)["sheet"]}
