"""`ancrage delegation …`: who decides in whose stead, and when."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.corpus.written import civil_day
from assistant.people.roles import Actor
from assistant.review.delegation import NewDelegation, delegate, delegations, end_delegation


def name(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Name a deputy."""
    del io
    first, last = civil_day(arguments.starts, "--from"), civil_day(arguments.ends, "--until")
    wanted = NewDelegation(arguments.deputy, arguments.role, first, last)
    delegate(app.db, actor, wanted, arguments.reason)
    return {"delegations": delegations(app.db, actor)}


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """List those that the actor gave or holds; everybody's for a coordinator."""
    del arguments, io
    return {"delegations": delegations(app.db, actor)}


def end(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """End one now."""
    del io
    end_delegation(app.db, actor, arguments.delegation)
    return {"delegations": delegations(app.db, actor)}
