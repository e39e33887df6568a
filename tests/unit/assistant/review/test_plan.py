"""A plan goes forward step by step, and is complete only with every signature that it asks for."""

from collections import Counter
from datetime import UTC, date, datetime

from hypothesis import given as example
from hypothesis import reject, settings
from hypothesis import strategies as st

from assistant.errors import InvalidInput
from assistant.review.inviolable import missing_signatures
from assistant.review.model import Task
from assistant.review.plan import Plan, complete, current_step, met, plan_for, plan_from, plan_json
from assistant.review.policy import Facts
from assistant.review.policy_reading import read_policy
from tests.builders.policies import policies, with_steps

FACTS = Facts("quiz", "EU", "internal")


def plan_of(text: str, facts: Facts = FACTS) -> Plan:
    return plan_for(read_policy(text), facts)


def test_a_later_step_waits_for_all_of_the_one_before() -> None:
    plan = plan_of(with_steps([{"role": "medical", "needed": 2}], [{"role": "regulatory"}]))
    assert current_step(plan, {}) == 0
    assert current_step(plan, {(0, "medical"): 1}) == 0
    assert current_step(plan, {(0, "medical"): 1, (1, "regulatory"): 1}) == 0
    assert current_step(plan, {(0, "medical"): 2}) == 1
    assert complete(plan, {(0, "medical"): 2, (1, "regulatory"): 1})


def test_enough_of_a_role_is_enough() -> None:
    plan = plan_of(with_steps([{"role": "medical", "needed": 1, "asked": 3}, {"role": "regulatory"}]))
    assert met(plan, {(0, "medical"): 1}, 0, "medical")
    assert not met(plan, {(0, "medical"): 1}, 0, "regulatory")


def test_a_skipped_signature_is_said_with_its_reason_and_its_empty_step_left_out() -> None:
    steps = with_steps(
        [{"role": "legal", "skip": {"unchanged": True}}], [{"role": "medical"}, {"role": "regulatory"}]
    )
    short = plan_of(steps, Facts("quiz", "EU", "internal", unchanged=True))
    assert [[n.role for n in step.signatures] for step in short.steps] == [["medical", "regulatory"]]
    assert [(one.role, one.why) for one in short.skipped] == [("legal", {"unchanged": True})]
    assert len(plan_of(steps).steps) == 2


def test_a_plan_is_kept_and_read_back() -> None:
    plan = plan_of(with_steps([{"role": "medical", "needed": 2, "asked": 3}], [{"role": "regulatory"}]))
    assert plan_from(plan_json(plan), []) == plan


def test_a_round_without_a_plan_asks_for_each_of_its_tasks() -> None:
    tasks = [
        Task(role, "r", "p", role, "open", None, None, datetime.now(UTC), date(2026, 1, 1))
        for role in ("medical", "regulatory")
    ]
    plan = plan_from(None, tasks)
    assert not complete(plan, {(0, "medical"): 1})
    assert complete(plan, {(0, "medical"): 1, (0, "regulatory"): 1})
    assert not complete(plan_from(None, []), {}), "a round that asks for nothing approves nothing"


@example(policies(), st.sampled_from(["FR", "EU"]), st.booleans(), st.lists(st.integers(0, 7), min_size=60))
@settings(max_examples=40, deadline=None)
def test_whatever_the_policy_and_the_order_what_is_complete_carries_what_no_policy_may_drop(
    text: str, market: str, flag: bool, order: list[int]
) -> None:
    try:
        policy = read_policy(text)
    except InvalidInput:
        reject()
    plan = plan_for(policy, Facts("quiz", market, "promotional", override_requested=flag, unchanged=flag))
    given: Counter[tuple[int, str]] = Counter()
    signed: list[str] = []
    step = 0
    while not complete(plan, given):
        now = current_step(plan, given)
        assert now >= step, "a step is never gone back on"
        step = now
        still = [n for n in plan.steps[now].signatures if not met(plan, given, now, n.role)]
        chosen = still[order[len(signed)] % len(still)]
        given[now, chosen.role] += 1
        signed.append(chosen.role)
    assert missing_signatures(signed, [str(n) for n in range(len(signed))], market) == ()
