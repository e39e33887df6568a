"""What may be typed. Nothing heavy is imported here: `ancrage --help` answers at once.

Values whose meaning the product judges (dates, markets, products) are left as text: a wrong one is a refusal
with a reason (exit code 1). Argparse keeps exit code 2 for a wrong use of the command line.
"""

import argparse
from collections.abc import Sequence

from api.cli.parser.cases import case_commands
from api.cli.parser.drafting import drafting_commands
from api.cli.parser.finding import finding_commands
from api.cli.parser.people import people_commands
from api.cli.parser.policy import policy_commands
from api.cli.parser.products import product_commands
from api.cli.parser.publishing import publishing_commands
from api.cli.parser.review import review_commands
from api.cli.parser.sources import source_commands
from api.cli.parser.system import system_commands


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Parse a command line. Exits with code 2 and a message on stderr where it is wrong."""
    return build_parser().parse_args(argv)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="ancrage",
        description="Content for health professionals in which every sentence quotes an approved source.",
        epilog="Exit codes: 0 done, 1 refused for a stated reason, 2 wrong usage. ANCRAGE_HOME says where things are kept.",
    )
    parser.add_argument("--as", dest="user", metavar="NAME", help="who acts (or ANCRAGE_USER)")
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout, messages on stderr")
    parser.set_defaults(password_stdin=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (
        people_commands,
        product_commands,
        source_commands,
        finding_commands,
        case_commands,
        drafting_commands,
        review_commands,
        policy_commands,
        publishing_commands,
        system_commands,
    ):
        add(commands)
    return parser
