"""`ancrage user …`: people, their roles, and tokens for machines."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.people.accounts import add_user, find_actor, list_users, user_json
from assistant.people.oidc.confirming import confirm_link, list_links, reject_link
from assistant.people.oidc.identities import link, unlink
from assistant.people.passphrase import change_passphrase, reset_passphrase
from assistant.people.roles import Actor, Role
from assistant.people.sessions import make_token


def add(app: App, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Add a person. On an empty home anybody may add the first one, who must be an admin."""
    name = arguments.user or io.user
    actor = find_actor(app.db, name) if name and list_users(app.db) else None
    roles = frozenset(Role(role) for role in arguments.roles)
    password = None if arguments.without_passphrase else app.given_password(io.password())
    user = add_user(app.db, actor, arguments.name, roles, password, language=arguments.language)
    return {"user": user_json(user)}


def list_people(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """List the people and their roles."""
    del actor, arguments, io
    return {"users": [user_json(user) for user in list_users(app.db)]}


def link_login(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Link an account to the company login by its subject, or invite it by e-mail."""
    del io
    made = link(
        app.db,
        actor,
        arguments.name,
        app.login.issuer,
        subject=arguments.subject or "",
        email=arguments.email or "",
    )
    return {"identity": {"user": made.user_id, "issuer": made.issuer, "linked": made.subject is not None}}


def unlink_login(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Take every link of an account away."""
    del io
    return {"unlinked": unlink(app.db, actor, arguments.name)}


def logins(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """One's own links, and those that one may confirm for others."""
    del arguments, io
    return {"logins": list_links(app.db, actor, passwords=app.settings.passwords)}


def confirm_login(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Confirm a link, with one's passphrase: a shell shows nothing else of who is there."""
    password = app.given_password(io.password())
    confirm_link(app.db, actor, arguments.login, password, passwords=app.settings.passwords)
    return logins(app, actor, arguments, io)


def reject_login(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Reject one's own link, with one's passphrase."""
    reject_link(app.db, actor, arguments.login, app.given_password(io.password()))
    return logins(app, actor, arguments, io)


def passphrase(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Change one's own passphrase: the old one, then the new one. A shell forwards both as two lines."""
    del arguments
    old, both, new = app.given_password(io.password()).partition("\n")
    ended = change_passphrase(app.db, actor, old, new if both else io.password())
    return {"passphrase": {"changed": True, "sessions_ended": ended}}


def reset(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Give somebody a passphrase for once; it is shown this once."""
    del io
    app.given_password("")
    return {
        "one_time": {"user": arguments.name, "passphrase": reset_passphrase(app.db, actor, arguments.name)}
    }


def token(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Make a token for a machine; its text is shown this once."""
    del io
    return {"token": make_token(app.db, actor, arguments.label)}
