"""`ancrage user`: what may be typed."""

import argparse

from api.cli.parser.parts import Subparsers, add_command, add_group, password_option
from assistant.people.roles import Role


def people_commands(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `user`."""
    user = add_group(commands, "user", "people and their roles")
    add = add_command(user, "add", "add a person; the first one on an empty home must be an admin")
    add.add_argument("name")
    add.add_argument(
        "--role",
        dest="roles",
        nargs="+",
        action="extend",
        required=True,
        choices=[r.value for r in Role],
        metavar="ROLE",
    )
    add.add_argument(
        "--language", default="en", choices=["fr", "en"], help="the language of this person's pages"
    )
    password_option(add)
    add.add_argument(
        "--without-passphrase", action="store_true", help="the person comes in by the company login alone"
    )
    link = add_command(user, "link", "link an account to the company login")
    link.add_argument("name")
    link.add_argument("--subject", help="how the login itself names the person (its claim sub)")
    link.add_argument(
        "--email", help="instead: the verified address of the first login (ANCRAGE_OIDC_BY_EMAIL)"
    )
    add_command(user, "unlink", "take the links of an account away").add_argument("name")
    add_command(user, "logins", "your links to the company login, and those that you may confirm for others")
    for name, summary in (
        ("confirm-login", "say that a linked login is its account's: it signs from now on"),
        ("reject-login", "say that a linked login is not yours: the link ends"),
    ):
        answer = add_command(user, name, summary)
        answer.add_argument("login", help="its id, see `ancrage user logins`")
        password_option(answer)
    add_command(user, "list", "list the people")
    password_option(
        add_command(user, "passphrase", "change your passphrase: the old one, then the new one, a line each")
    )
    reset = add_command(
        user, "reset", "give somebody a passphrase for once, to be changed at their first sign-in"
    )
    reset.add_argument("name")
    token = add_command(user, "token", "make a token for a machine that acts as you; it is shown once")
    token.add_argument("label", help="what it is for")
