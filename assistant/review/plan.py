"""What a policy asks for one piece, kept with its round: the steps, their signatures, and how far they have come.

Pure: the same plan and the same signatures give the same answer, whatever the policy has become since.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.review.model import Task
from assistant.review.policy import Asked, Facts, Policy, When


@dataclass(frozen=True, slots=True)
class Needed:
    """How many signatures of a role a step waits for, and of how many tasks."""

    role: str
    needed: int
    asked: int


@dataclass(frozen=True, slots=True)
class Step:
    """Signatures that are asked for side by side."""

    signatures: tuple[Needed, ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A signature that the policy would ask for and need not, and why."""

    role: str
    why: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """The way of one round. `policy` is the hash of the policy that it was made by; none of a round before there was one."""

    policy: str | None
    workflow: str
    steps: tuple[Step, ...]
    skipped: tuple[Skipped, ...] = ()


Given = Mapping[tuple[int, str], int]
"""How many signatures there are, by step (from 0) and role."""


def plan_for(policy: Policy, facts: Facts) -> Plan:
    """The steps that the first fitting workflow asks for; a step of which nothing is asked for is left out."""
    workflow = policy.workflow(facts)
    steps, skipped = [], []
    for step in workflow.steps:
        called = [asked for asked in step.signatures if asked.when.holds(facts)]
        skipped += [_skipped(a.role, a.skip) for a in called if a.skip is not None and a.skip.holds(facts)]
        kept = [asked for asked in called if asked.skip is None or not asked.skip.holds(facts)]
        if kept:
            days = step.working_days or policy.working_days_to_review
            steps.append(Step(_together(kept), days))
    return Plan(policy.hash, workflow.name, tuple(steps), tuple(skipped))


def _skipped(role: str, why: When) -> Skipped:
    return Skipped(str(role), {n: w if isinstance(w, bool) else list(w) for n, w in why.conditions.items()})


def _together(asked: Sequence[Asked]) -> tuple[Needed, ...]:
    """Two rows for one role ask for the greater number, not for the sum."""
    most: dict[str, Needed] = {}
    for one in asked:
        role = str(one.role)
        before = most.get(role, Needed(role, 0, 0))
        most[role] = Needed(role, max(one.needed, before.needed), max(one.asked, before.asked))
    return tuple(most[role] for role in sorted(most))


def met(plan: Plan, given: Given, step: int, role: str) -> bool:
    """Whether enough people have signed for that role in that step."""
    wanted = next((n.needed for n in plan.steps[step].signatures if n.role == role), 0)
    return given.get((step, role), 0) >= wanted


def current_step(plan: Plan, given: Given) -> int:
    """The first step that still lacks a signature; the number of steps once none does."""
    for number, step in enumerate(plan.steps):
        if not all(met(plan, given, number, one.role) for one in step.signatures):
            return number
    return len(plan.steps)


def complete(plan: Plan, given: Given) -> bool:
    """Whether every signature of a plan that asks for any is there."""
    return bool(plan.steps) and current_step(plan, given) == len(plan.steps)


def given_by(tasks: Collection[Task]) -> Counter[tuple[int, str]]:
    """What the tasks of a round have brought."""
    return Counter((task.step, task.role) for task in tasks if task.status == "approved")


def plan_json(plan: Plan) -> dict[str, Any]:
    """As it is kept with the round."""
    return {
        "policy": plan.policy,
        "workflow": plan.workflow,
        "steps": [
            {
                "working_days": step.working_days,
                "signatures": [
                    {"role": n.role, "needed": n.needed, "asked": n.asked} for n in step.signatures
                ],
            }
            for step in plan.steps
        ],
        "skipped": [{"role": one.role, "why": dict(one.why)} for one in plan.skipped],
    }


def plan_from(kept: Mapping[str, Any] | None, tasks: Collection[Task]) -> Plan:
    """The plan of a round; of one before plans were kept, one step that asks for each of its tasks."""
    if kept is None:
        roles = Counter(task.role for task in tasks)
        step = Step(tuple(Needed(role, n, n) for role, n in sorted(roles.items())), 0)
        return Plan(None, "", (step,) if roles else ())
    return Plan(
        kept["policy"],
        kept["workflow"],
        tuple(
            Step(
                tuple(Needed(n["role"], n["needed"], n["asked"]) for n in step["signatures"]),
                step["working_days"],
            )
            for step in kept["steps"]
        ),
        tuple(Skipped(one["role"], one["why"]) for one in kept["skipped"]),
    )
