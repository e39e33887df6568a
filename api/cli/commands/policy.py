"""`ancrage policy …`: who has to sign and in which order, as data."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io, whole_file
from assistant.bootstrap import App
from assistant.errors import InvalidInput
from assistant.people.roles import Actor
from assistant.review.policy_proposals import adopt_policy, close_proposal, propose_policy
from assistant.review.policy_view import (
    PolicyQuestion,
    as_file,
    check_policy,
    policy_changes,
    show_policy,
    who_signs,
)


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Show the policy in force; with -o as a file that can be changed, proposed and adopted."""
    shown = show_policy(app.db, actor, arguments.hash)
    if arguments.kind:
        asked = PolicyQuestion(arguments.kind, arguments.market, arguments.qualification)
        shown["signers"] = who_signs(app.db, actor, asked, arguments.hash)
    if not arguments.output:
        return shown
    path = io.path(arguments.output)
    with whole_file(path) as half:
        half.write_text(as_file(shown["policy"]), encoding="utf-8")
    return {**shown, "file": str(path)}


def check(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Read the file as a policy."""
    return check_policy(app.db, actor, _text(io, arguments.file))


def adopt(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Put the policy of the file in force, which another person has proposed; asks for the password again."""
    text = _text(io, arguments.file)
    adopt_policy(app.db, actor, text, arguments.reason, app.given_password(io.password()))
    return show_policy(app.db, actor)


def propose(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Put the policy of the file before those who may adopt it."""
    made = propose_policy(app.db, actor, _text(io, arguments.file), arguments.reason)
    return {**show_policy(app.db, actor), "proposal": made}


def close(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Withdraw one's own proposal, or turn down another's."""
    del io
    close_proposal(app.db, actor, arguments.proposal, arguments.reason)
    return show_policy(app.db, actor)


def diff(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """What another policy changes of the one in force."""
    del io
    return {"policy_changes": policy_changes(app.db, actor, arguments.hash)}


def _text(io: Io, name: str) -> str:
    try:
        return io.path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"The file {name} cannot be read as text.", help="Check the path.") from error
