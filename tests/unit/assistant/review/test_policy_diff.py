"""What one policy changes of another: every difference is a row, and nothing else is."""

from typing import Any

from hypothesis import given, settings

from assistant.errors import InvalidInput
from assistant.review.policy import Policy, default_policy
from assistant.review.policy_diff import compare
from assistant.review.policy_reading import policy_json, read_policy
from tests.builders.policies import policies, policy_with


def changed(before: Policy, after: Policy) -> list[tuple[str, str, dict[str, Any]]]:
    return [(r["section"], r["state"], r["row"]) for r in compare(before, after) if r["state"] != "same"]


def test_a_signature_that_is_not_asked_for_any_more_is_a_row_that_is_gone() -> None:
    def legal_always(data: dict[str, Any]) -> None:
        signatures = data["workflows"][0]["steps"][0]["signatures"]
        signatures[:] = [one for one in signatures if one["role"] != "legal"] + [{"role": "legal"}]

    found = changed(default_policy(), read_policy(policy_with(legal_always)))
    assert {(section, state) for section, state, _ in found} == {
        ("workflow", "removed"),
        ("workflow", "added"),
    }
    assert [row["when"] for _, state, row in found if state == "added"] == [{}]
    assert all(
        "findings" in row["when"] or "override_requested" in row["when"]
        for _, s, row in found
        if s == "removed"
    )


def test_another_order_of_the_workflows_is_a_change() -> None:
    def two(first: str, second: str) -> Policy:
        def change(data: dict[str, Any]) -> None:
            usual = data["workflows"][0]
            data["workflows"] = [
                {**usual, "name": name, "when": {"markets": [name]}} for name in (first, second)
            ] + [usual]

        return read_policy(policy_with(change))

    assert {section for section, _, _ in changed(two("FR", "UK"), two("UK", "FR"))} == {"order"}


@given(policies(), policies())
@settings(max_examples=40, deadline=None)
def test_nothing_is_said_of_equals_and_something_of_all_others(one: str, other: str) -> None:
    try:
        before, after = read_policy(one), read_policy(other)
    except InvalidInput:
        return
    assert changed(before, before) == []
    assert bool(changed(before, after)) is (policy_json(before) != policy_json(after))
