"""What one policy changes of another, as rows that a person can read: nothing of layout, everything of meaning."""

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from assistant.review.policy import Policy
from assistant.review.policy_reading import policy_json

Row = dict[str, Any]


def compare(before: Policy, after: Policy) -> list[dict[str, Any]]:
    """Every row of both: {"section", "name", "state": "same|added|removed", "row"}, in the order of `after`.

    A section is `workflow` (its name beside it), `publication`, `confirmation`, `superseded`, `escalation` or `time`.
    The order of the workflows is a row of its own section, `order`: the first that fits counts.
    """
    old, new = dict(_sections(before)), dict(_sections(after))
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        section, name = key
        found += [
            {"section": section, "name": name, "state": state, "row": row}
            for state, row in _rows(old.get(key, []), new.get(key, []))
        ]
    return found


def _sections(policy: Policy) -> Iterator[tuple[tuple[str, str], list[Row]]]:
    data = policy_json(policy)
    yield ("order", ""), [{"workflow": workflow["name"]} for workflow in data["workflows"]]
    for workflow in data["workflows"]:
        steps = [
            {"step": number, "working_days": step.get("working_days"), **signature}
            for number, step in enumerate(workflow["steps"], 1)
            for signature in step["signatures"]
        ]
        yield ("workflow", workflow["name"]), [{"when": workflow["when"]}, *steps]
    yield ("publication", ""), data["publication"]
    yield ("confirmation", ""), data["confirmation"]
    yield (
        ("superseded", ""),
        [{"market": m, "meanwhile": how} for m, how in sorted(data["superseded_and_standing"].items())],
    )
    yield ("escalation", ""), [data["escalation"]]
    yield (
        ("time", ""),
        [
            {"months_valid": data["months_valid"]},
            {"working_days_to_review": data["working_days_to_review"]},
        ],
    )


def _rows(old: list[Row], new: list[Row]) -> Iterator[tuple[str, Row]]:
    before, after = ([json.dumps(row, sort_keys=True) for row in rows] for rows in (old, new))
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (("same", row) for row in new[k:m])
        else:
            yield from (("removed", row) for row in old[i:j])
            yield from (("added", row) for row in new[k:m])
