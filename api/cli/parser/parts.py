"""What every command is built of."""

import argparse

USES = ("promotional", "reactive_medical", "internal")
Subparsers = argparse._SubParsersAction  # noqa: SLF001  argparse gives its type no public name


def shared_options(*, acting: bool = True) -> argparse.ArgumentParser:
    """Options that may stand before or after the command's own."""
    shared = argparse.ArgumentParser(add_help=False)
    if acting:
        shared.add_argument("--as", dest="user", metavar="NAME", default=argparse.SUPPRESS, help="who acts")
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer as JSON")
    return shared


def add_command(
    commands: "Subparsers[argparse.ArgumentParser]", name: str, summary: str
) -> argparse.ArgumentParser:
    """A command with the options that all of them share."""
    return commands.add_parser(name, help=summary, description=summary, parents=[shared_options()])


def add_group(
    commands: "Subparsers[argparse.ArgumentParser]", name: str, summary: str
) -> "Subparsers[argparse.ArgumentParser]":
    """A command whose actions are commands of their own."""
    group = commands.add_parser(name, help=summary, description=summary)
    return group.add_subparsers(dest="action", required=True, metavar="ACTION")


def password_option(parser: argparse.ArgumentParser) -> None:
    """Where a signature reads the password from."""
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
