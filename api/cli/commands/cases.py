"""`ancrage case …`: what was reported in conversations, and what safety and medical information do about it."""

from argparse import Namespace
from typing import Any

from api.cli.io import Io
from assistant.bootstrap import App
from assistant.cases import acts
from assistant.cases.desk import MOST, case_json, cases_page
from assistant.people.roles import Actor

_SERIOUS = {"yes": True, "no": False, "unknown": None}


def show_all(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """List them, open ones first, the soonest due first."""
    del io
    found, following = cases_page(app.db, actor, arguments.status, after=arguments.after, limit=MOST)
    return {"cases": found, "next": following}


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """One case with its conversation and its history."""
    del io
    return {"case": case_json(app.db, actor, arguments.case)}


def acknowledge(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Take it: its first clock stops."""
    acts.acknowledge(app.db, actor, arguments.case, serious=_SERIOUS[arguments.serious])
    return show(app, actor, arguments, io)


def forward(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Record its number in the company's safety database."""
    acts.forward(app.db, actor, arguments.case, arguments.reference, arguments.known, arguments.remark)
    return show(app, actor, arguments, io)


def note(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Note what was learnt, or what the reporter was asked for."""
    acts.add_note(app.db, actor, arguments.case, arguments.text, follow_up=arguments.follow_up)
    return show(app, actor, arguments, io)


def correct(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Say that it is about another medicine."""
    acts.correct_product(app.db, actor, arguments.case, arguments.product, arguments.reason)
    return show(app, actor, arguments, io)


def close(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """End it, with its outcome."""
    acts.close(app.db, actor, arguments.case, arguments.outcome, arguments.reason, arguments.duplicate_of)
    return show(app, actor, arguments, io)


def reopen(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Take a closed one up again."""
    acts.reopen(app.db, actor, arguments.case, arguments.reason)
    return show(app, actor, arguments, io)
