"""Policies as people and programs read them: the one in force or another, who adopted which, and what one changes of the other."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from assistant.corpus.markets import known_market
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.review.model import KINDS, QUALIFICATIONS
from assistant.review.notes import note_text
from assistant.review.plan import plan_for, plan_json
from assistant.review.policy import Facts, Policy, default_policy
from assistant.review.policy_diff import compare
from assistant.review.policy_history import adoptions, persons, proposals_json
from assistant.review.policy_reading import policy_json, read_policy
from assistant.review.policy_register import hash_in_force, policy_by_hash, policy_in_force
from assistant.review.shapes import Names
from assistant.store.clock import instant
from assistant.store.database import Database

_OF_THE_STORE = ("hash", "in_force", "shipped")


def show_policy(db: Database, actor: Actor, wanted: str | None = None) -> dict[str, Any]:
    """The policy in force, or the one whose hash begins so, with every adoption and proposal, the newest first.

    Raises NotAllowed, NotFound.
    """
    require(actor, Permission.READ_PIECES)
    with db.read() as connection:
        policy = policy_in_force(connection) if wanted is None else policy_by_hash(connection, wanted)
        names = Names(connection)
        return {
            "policy": _shown(connection, policy),
            "adoptions": [
                {
                    "hash": row.policy_hash,
                    "by": names.person(row.adopted_by),
                    "at": instant(row.adopted_at),
                    "reason": note_text(connection, row.note_id),
                    "proposed_by": None if row.proposed_by is None else names.person(row.proposed_by),
                    "accounts_by": persons(names, row.accounts_by),
                }
                for row in adoptions(connection)
            ],
            "proposals": proposals_json(connection, names, actor),
        }


def check_policy(db: Database, actor: Actor, text: str) -> dict[str, Any]:
    """The policy that the text holds, as JSON, and what it changes; nothing is done. Raises NotAllowed, InvalidInput."""
    require(actor, Permission.READ_PIECES)
    policy = read_policy(text)
    with db.read() as connection:
        changes = [one for one in compare(policy_in_force(connection), policy) if one["state"] != "same"]
        return {"policy": _shown(connection, policy), "ok": True, "changes": changes}


def policy_changes(db: Database, actor: Actor, wanted: str) -> dict[str, Any]:
    """What the policy whose hash begins so changes of the one in force, row by row. Raises NotAllowed, NotFound."""
    require(actor, Permission.READ_PIECES)
    with db.read() as connection:
        before, after = policy_in_force(connection), policy_by_hash(connection, wanted)
    return {"before": before.hash, "after": after.hash, "rows": compare(before, after)}


def _shown(connection: Connection, policy: Policy) -> dict[str, Any]:
    return {
        "hash": policy.hash,
        "in_force": policy.hash == hash_in_force(connection),
        "shipped": policy.hash == default_policy().hash,
        **policy_json(policy),
    }


@dataclass(frozen=True, slots=True)
class PolicyQuestion:
    """Of what sort of piece it is asked who signs it."""

    kind: str
    market: str
    qualification: str


def who_signs(db: Database, actor: Actor, asked: PolicyQuestion, wanted: str | None = None) -> dict[str, Any]:
    """Who signs such a piece under the policy in force or another, in which order, and who releases and confirms it.

    Three situations: as usual, with an override asked for, and where nothing is new; what findings ask for beyond that
    is in the workflow's rows. Raises NotAllowed, NotFound, InvalidInput.
    """
    require(actor, Permission.READ_PIECES)
    for value, known, what in (
        (asked.kind, KINDS, "kind"),
        (asked.qualification, QUALIFICATIONS, "qualification"),
    ):
        if value not in known:
            raise InvalidInput(
                f"There is no {what} {value[:60]}.", help=f"One of: {', '.join(sorted(known))}."
            )
    with db.read() as connection:
        policy = policy_in_force(connection) if wanted is None else policy_by_hash(connection, wanted)
    facts = Facts(asked.kind, known_market(asked.market), asked.qualification)
    situations = {
        "usual": facts,
        "override": replace(facts, override_requested=True),
        "unchanged": replace(facts, unchanged=True),
    }
    return {
        "kind": facts.kind,
        "market": facts.market,
        "qualification": facts.qualification,
        "situations": [
            {"situation": name, **plan_json(plan_for(policy, one))} for name, one in situations.items()
        ],
        "release": [str(role) for role in policy.releasers(facts)],
        "confirm": [str(role) for role in policy.confirmers_of(facts)[0]],
        "months_valid": policy.months_valid,
    }


def as_file(shown: dict[str, Any]) -> str:
    """A shown policy as YAML that can be changed and proposed."""
    import yaml

    policy = {name: value for name, value in shown.items() if name not in _OF_THE_STORE}
    return str(yaml.safe_dump(policy, sort_keys=False, allow_unicode=True))
