"""Products and their sheets, for a person to read."""

from typing import Any

from api.cli.show.layout import table
from assistant.corpus.label_names import names_in


def product_text(document: dict[str, Any]) -> str:
    """A product and its sheet."""
    product = document["product"]
    lines = [f"{product['name']}: {product['status']}"]
    lines += [f"  {name}: {value}" for name, value in product.get("sheet", {}).items() if value]
    if names := ", ".join(names_in(document.get("proposed", {}))):
        lines.append(
            f"  its labels call it {names}: found by it too, and not yet in the sheet (`ancrage product update`)"
        )
    return "\n".join(lines)


def fill_text(document: dict[str, Any]) -> str:
    """What the public register proposes for a sheet."""
    fill = document["fill"]
    if fill["cis"] is None:
        rows = table(fill["candidates"], {"cis": "CIS", "name": "NAME", "status": "STATUS"}, "")
        return f"Several medicines fit {fill['product']}; name one with --cis:\n{rows}"
    marks = {"new": "+", "different": "≠", "same": "="}
    lines = [f"{fill['product']}, CIS {fill['cis']}" + (": kept" if fill["applied"] else "")]
    for one in fill["proposals"]:
        lines.append(f"{marks[one['status']]} {one['field']}: {one['proposed']}")
        if one["status"] == "different":
            lines.append(f"    now: {one['now']}")
        lines.append(f"    {one['file']}, line {one['line']}" + (f", {one['dated']}" if one["dated"] else ""))
    lines += [f"! {p['file']}, line {p['line']}: {p['message']}" for p in fill["problems"]]
    if not fill["applied"]:
        lines.append("Nothing is kept yet; add --apply.")
    return "\n".join(lines)


def products_text(document: dict[str, Any]) -> str:
    """The products."""
    return table(document["products"], {"name": "PRODUCT", "status": "STATUS"}, "No products yet.")
