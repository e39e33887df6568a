"""`ancrage policy …`: who has to sign and in which order, as data."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.errors import InvalidInput
from assistant.people.roles import Actor
from assistant.review.policy_register import adopt_policy, check_policy, show_policy

_OF_THE_STORE = ("hash", "in_force", "shipped")


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Show the policy in force; with -o as a file that can be changed and adopted."""
    shown = show_policy(app.db, actor, arguments.hash)
    if not arguments.output:
        return shown
    import yaml

    policy = {name: value for name, value in shown["policy"].items() if name not in _OF_THE_STORE}
    path = io.path(arguments.output)
    path.write_text(yaml.safe_dump(policy, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return {**shown, "file": str(path)}


def check(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Read the file as a policy."""
    return check_policy(app.db, actor, _text(io, arguments.file))


def adopt(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Put the policy of the file in force."""
    adopt_policy(app.db, actor, _text(io, arguments.file), arguments.reason)
    return show_policy(app.db, actor)


def _text(io: Io, name: str) -> str:
    try:
        return io.path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"The file {name} cannot be read as text.", help="Check the path.") from error
