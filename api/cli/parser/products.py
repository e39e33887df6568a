"""`ancrage product`: what may be typed."""

import argparse

from api.cli.parser.parts import Subparsers, add_command, add_group


def product_commands(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `product`."""
    product = add_group(commands, "product", "products and their sheets")
    for name, summary in (("add", "register a product"), ("update", "change fields of a product's sheet")):
        add = add_command(product, name, summary)
        add.add_argument("product")
        add.add_argument("--sheet", metavar="FILE", help="the product sheet, YAML or JSON")
        add.add_argument("--brand")
        add.add_argument("--inn", help="international non-proprietary name")
        add.add_argument("--holder", help="marketing-authorisation holder")
        add.add_argument("--cis", help="French CIS code, 8 digits")
        add.add_argument("--public-page", help="link to the public product page")
        add.add_argument("--synonym", dest="synonyms", nargs="+", action="extend")
    fill = add_command(product, "fill", "fill the sheet from the French public register of medicines")
    fill.add_argument("product")
    fill.add_argument("--register", metavar="DIR", required=True, help="the folder with the register's files")
    fill.add_argument("--cis", help="which medicine, where several have the name")
    fill.add_argument("--field", dest="fields", nargs="+", action="extend", help="only these fields")
    fill.add_argument("--apply", action="store_true", help="keep what is proposed")
    show = add_command(product, "show", "show one product")
    show.add_argument("product")
    add_command(product, "list", "list the products")
    for name, summary in (
        ("freeze", "benefit and risk are under re-evaluation: stop everything"),
        ("unfreeze", "lift the freeze"),
    ):
        freeze = add_command(product, name, summary)
        freeze.add_argument("product")
        freeze.add_argument("--reason", default="")
