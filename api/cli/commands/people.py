"""`ancrage user …`: people, their roles, and tokens for machines."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.people.accounts import add_user, find_actor, list_users, user_json
from assistant.people.roles import Actor, Role
from assistant.people.sessions import make_token


def add(app: App, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Add a person. On an empty home anybody may add the first one, who must be an admin."""
    name = arguments.user or io.user
    actor = find_actor(app.db, name) if name and list_users(app.db) else None
    roles = frozenset(Role(role) for role in arguments.roles)
    user = add_user(app.db, actor, arguments.name, roles, io.password(), language=arguments.language)
    return {"user": user_json(user)}


def list_people(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """List the people and their roles."""
    del actor, arguments, io
    return {"users": [user_json(user) for user in list_users(app.db)]}


def token(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Make a token for a machine; its text is shown this once."""
    del io
    return {"token": make_token(app.db, actor, arguments.label)}
