"""`ancrage source`: what may be typed."""

import argparse

from api.cli.parser.parts import USES, Subparsers, add_command, add_group
from api.cli.parser.source_options import (
    KINDS,
    RIGHTS,
    deck_options,
    manifest_options,
    picture_options,
    reference_options,
    rights_options,
)


def _approval(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--approval", metavar="REF", required=required, help="reference of the approval")
    parser.add_argument("--approved-on", metavar="DATE", required=required, help="as 2026-01-31")
    parser.add_argument("--expires-on", metavar="DATE", required=required, help="last day of validity")


def source_commands(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `source`."""
    source = add_group(commands, "source", "approved documents")
    add = add_command(
        source, "add", "register documents; a product it does not know is registered by its name"
    )
    add.add_argument("files", nargs="+", metavar="FILE", help="files, or folders with all that is below them")
    add.add_argument(
        "--report", metavar="FILE", help="write what became of each file: FILE as JSON, and as CSV"
    )
    add.add_argument("--product", required=True)
    add.add_argument("--kind", required=True, choices=KINDS)
    add.add_argument("--market", dest="markets", nargs="+", action="extend", required=True)
    add.add_argument("--language", choices=["fr", "en"], help="as detected, where it is not given")
    add.add_argument(
        "--audience", dest="audiences", nargs="+", action="extend", help="hcp where none is named"
    )
    add.add_argument(
        "--use", dest="uses", nargs="+", action="extend", choices=USES, help="all three where none is named"
    )
    add.add_argument("--title", help="as found in the file, where it is not given")
    add.add_argument("--reference", default="", help="bibliographic reference, Vancouver form")
    add.add_argument("--replaces", metavar="SOURCE", help="the source of which this is the new version")
    add.add_argument("--cite-notes", action="store_true", help="speaker notes may be quoted")
    add.add_argument("--exclude-pages", metavar="3,7-9", help="pages or slides that the approval leaves out")
    rights_options(add)
    _approval(add, required=False)
    manifest_options(
        add_command(source, "import", "register the files that a manifest (CSV) names, one a line")
    )
    claims = add_command(source, "claims", "how each claim of a sheet stands to the source that it refers to")
    claims.add_argument("source")
    approve = add_command(source, "approve", "record the approval of a source")
    approve.add_argument("source")
    _approval(approve, required=True)
    withdraw = add_command(source, "withdraw", "stop a source and everything made from it, at once")
    withdraw.add_argument("source")
    withdraw.add_argument("--reason", required=True)
    listing = add_command(source, "list", "list the sources")
    listing.add_argument("--product")
    listing.add_argument("--status")
    rights = add_command(source, "rights", "change what may be shown of a source outside the company")
    rights.add_argument("source")
    rights.add_argument("--display", required=True, choices=RIGHTS)
    rights.add_argument("--reason", required=True)
    deck_options(
        add_command(source, "deck", "the deck that a recording speaks to: confirm it, name another, or none")
    )
    reference = "the bibliographic reference: what the document proposes, and what a person confirmed"
    reference_options(add_command(source, "reference", reference))
    show = add_command(source, "show", "show one source, its approval and what was made from it")
    show.add_argument("source")
    show.add_argument("--text", action="store_true", help="with the text of its pages")
    picture_options(add_command(source, "picture", "the picture of a page, with a passage or a quote marked"))
    diff = add_command(
        source, "diff", "what changed from one version to the next, and which pieces rest on it"
    )
    diff.add_argument("old", help="the older version; alone: the newer one, compared with what it replaces")
    diff.add_argument("new", nargs="?")
    reread = add_command(
        source, "reread", "read again by today's reader what an older one read; what reads otherwise is shown"
    )
    reread.add_argument(
        "source", nargs="?", help="it takes the newer reading, also where that says otherwise"
    )
    reread.add_argument(
        "--all", action="store_true", help="all that an older reader read; only what reads the same takes it"
    )
    reread.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
