"""Builds review policies: the shipped one changed, and any that hypothesis can think of."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from assistant.people.roles import Actor
from assistant.review.policy import Policy, default_policy
from assistant.review.policy_proposals import adopt_policy, propose_policy
from assistant.review.policy_reading import policy_json
from assistant.store.database import Database
from tests.builders.release import PASSWORD


def put_in_force(
    db: Database, text: str, proposer: Actor, adopter: Actor, why: str = "A new procedure"
) -> Policy:
    """As two people do it."""
    propose_policy(db, proposer, text, why)
    return adopt_policy(db, adopter, text, why, PASSWORD)


def adopt(db: Database, people: Mapping[str, Actor], text: str) -> str:
    """The pharmacist's proposal, which regulatory adopts; the policy's hash."""
    return put_in_force(db, text, people["pharmacist"], people["regulatory"], "The new procedure").hash


ROLES = ("medical", "regulatory", "legal", "pharmacist")
MARKETS = ("FR", "EU", "UK", "BE")


def shipped() -> dict[str, Any]:
    """The shipped policy as data of its own."""
    return deepcopy(policy_json(default_policy()))


def policy_with(change: Callable[[dict[str, Any]], object]) -> str:
    """The shipped policy as text, after the change."""
    data = shipped()
    change(data)
    return json.dumps(data)


def with_steps(*steps: list[dict[str, Any]]) -> str:
    """A policy with one workflow: each step is a list of signatures."""
    legal = {"role": "legal", "when": {"override_requested": True}}

    def change(data: dict[str, Any]) -> None:
        made = [{"signatures": list(step)} for step in steps]
        made[-1]["signatures"].append(legal)
        data["workflows"] = [{"name": "in order", "when": {}, "steps": made}]

    return policy_with(change)


IN_ORDER = with_steps([{"role": "medical"}], [{"role": "regulatory"}])
QUORUM = with_steps([{"role": "medical", "needed": 2, "asked": 3}, {"role": "regulatory"}])

_CONDITIONS = {
    "kinds": st.lists(st.sampled_from(["quiz", "email", "key-moments"]), min_size=1, max_size=2),
    "markets": st.lists(st.sampled_from(MARKETS), min_size=1, max_size=2),
    "qualifications": st.lists(st.sampled_from(["promotional", "internal"]), min_size=1, max_size=2),
    "findings": st.lists(st.sampled_from(["FR8", "FR21"]), min_size=1, max_size=2),
    "override_requested": st.booleans(),
    "unchanged": st.booleans(),
}


@st.composite
def conditions(draw: Callable[[Any], Any]) -> dict[str, Any]:
    """One or two conditions."""
    names = draw(st.lists(st.sampled_from(sorted(_CONDITIONS)), min_size=1, max_size=2, unique=True))
    return {name: draw(_CONDITIONS[name]) for name in names}


@st.composite
def signatures(draw: Callable[[Any], Any]) -> dict[str, Any]:
    """One row of a step; most are asked for always."""
    needed = draw(st.integers(1, 2))
    row = {"role": draw(st.sampled_from(ROLES)), "needed": needed, "asked": needed + draw(st.integers(0, 1))}
    sometimes = draw(st.integers(0, 3))
    if sometimes == 0:
        row["when"] = draw(conditions())
    if sometimes == 1:
        row["skip"] = draw(conditions())
    return row


@st.composite
def workflows(draw: Callable[[Any], Any], when: dict[str, Any], name: str) -> dict[str, Any]:
    """Steps of random signatures among which the inviolable ones stand, in random places, or (one time in four) not."""
    steps = draw(st.lists(st.lists(signatures(), max_size=2), min_size=1, max_size=3))
    never_dropped: list[dict[str, Any]] = [
        {"role": "medical"},
        {"role": "regulatory"},
        {"role": "legal", "when": {"override_requested": True}},
    ]
    for row in never_dropped:
        if draw(st.integers(0, 11)):
            steps[draw(st.integers(0, len(steps) - 1))].append(row)
    kept = [step for step in steps if step] or [[{"role": "legal"}]]
    return {"name": name, "when": when, "steps": [{"signatures": step} for step in kept]}


@st.composite
def policies(draw: Callable[[Any], Any]) -> str:
    """A policy as text: valid, but for those that lack what no policy may lack."""
    first = draw(workflows(draw(conditions()), "some"))
    rest = draw(workflows({}, "rest"))
    return policy_with(lambda data: data.update(workflows=[first, rest]))
