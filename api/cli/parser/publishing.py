"""Publishing, recalling, confirming, proofs and the register of recipients: what may be typed."""

import argparse
from functools import partial

from api.cli.parser.parts import Subparsers, add_command, add_group, password_option, shared_options
from api.cli.parser.releasing import release_commands


def publishing_commands(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add what publishes, takes back, confirms and proves."""
    publish = add_command(commands, "publish", "publish exactly what was signed")
    publish.add_argument("piece")
    publish.add_argument("--visa-number", help="France, promotional: YY/MM/CIS/PM/NNN")
    publish.add_argument("--visa-granted-on", metavar="DATE")
    publish.add_argument(
        "--visa-expires-on", metavar="DATE", help="two years after the grant where it is not given"
    )
    publish.add_argument(
        "--release",
        nargs="+",
        action="extend",
        metavar="KEY=VALUE",
        help="form_2253=… (US)",
    )
    release = add_group(commands, "release", "what a market asks for before a signed piece is used")
    release_commands(partial(add_command, release), password_option)
    recall = add_command(commands, "recall", "take a piece back, at once")
    recall.add_argument("piece")
    recall.add_argument("--reason", required=True)
    confirmation = add_group(
        commands, "confirmation", "published content whose source was replaced: does it hold?"
    )
    add_command(confirmation, "list", "what waits for signatures")
    shown = add_command(confirmation, "show", "the quotes with their old and new places, and who signed")
    shown.add_argument("confirmation")
    sign = add_command(confirmation, "sign", "confirm with your signature; asks for the password again")
    sign.add_argument("confirmation")
    sign.add_argument("--hash", dest="confirmation_hash", help="the hash that you saw")
    password_option(sign)
    decline = add_command(confirmation, "decline", "it does not hold: suspend it")
    decline.add_argument("confirmation")
    decline.add_argument("--reason", required=True)
    summary = "a copy of a piece; before publication it is marked as not approved"
    export = commands.add_parser(
        "export", help=summary, description=summary, parents=[shared_options(acting=False)]
    )
    export.add_argument("piece")
    export.add_argument("--as", dest="format", default="html", choices=["html", "text", "pdf", "json"])
    export.add_argument("-o", "--output", metavar="FILE")
    export.add_argument(
        "--stamped", action="store_true", help="HTML, PDF: as signed, with its end of use and status address"
    )
    pack = add_command(commands, "evidence-pack", "one ZIP that proves a piece without this software")
    pack.add_argument("piece")
    pack.add_argument("-o", "--output", metavar="FILE", required=True)
    _register(commands)
    affected = add_command(commands, "affected", "what a source or a piece has led to, and whom to tell")
    affected.add_argument("--source")
    affected.add_argument("--piece")
    pack.add_argument(
        "--outside", action="store_true", help="for people outside the company: fewer page pictures"
    )


def _register(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    publication = add_group(commands, "publication", "who received what, and whether a copy is in force")
    used = add_command(publication, "record-use", "enter one use in the register of recipients")
    used.add_argument("publication", help="a publication, or a piece for its newest one")
    used.add_argument("--mode", required=True, help="one word: visit, email, hand-out, congress …")
    used.add_argument("--on", metavar="DATE", required=True, help="the day of use")
    used.add_argument("--to", metavar="NAME", required=True, help="who received it; can be erased later")
    uses = add_command(publication, "import-uses", "enter a CSV file: publication, mode, used_on, recipient")
    uses.add_argument("file")
    listed = add_command(
        publication, "register", "who received what of a piece, and until when names are kept"
    )
    listed.add_argument("piece")
    erase = add_command(publication, "erase-recipient", "erase a name that the law no longer asks to be kept")
    erase.add_argument(
        "use", nargs="?", help="a line of the register; with --due every name whose time is over"
    )
    erase.add_argument("--due", action="store_true")
    erase.add_argument("--reason", required=True)
    in_force = add_command(publication, "status", "whether a copy with this hash is in force")
    in_force.add_argument("hash")
