"""The workflow and the permissions as pages of the documentation: `python -m assistant.review.tables docs`.

They are made from the tables that the code obeys, and a test holds that the pages are those tables.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assistant.people.roles import PERMISSIONS, Role
from assistant.review.inviolable import INVIOLABLE
from assistant.review.policy import Asked, PolicyStep, Rule, When, Workflow, default_policy
from assistant.review.states import PIECE, TASK

ACTS: Mapping[tuple[str, str], str] = {
    ("draft", "in_review"): "the writer submits it; the checks run and the tasks are opened",
    ("in_review", "approved"): "the last signature that the policy asks for",
    ("in_review", "changes_requested"): "a reviewer asks for changes, or approves on condition of changes",
    ("in_review", "rejected"): "a reviewer rejects it",
    ("in_review", "draft"): "it is edited, or one of its sources falls away",
    ("changes_requested", "draft"): "the writer edits it",
    ("changes_requested", "in_review"): "the writer submits it again",
    (
        "approved",
        "published",
    ): "a publisher named by the policy releases it, once the release conditions of the market are met",
    ("approved", "draft"): "it is edited, or one of its sources falls away",
    ("published", "superseded"): "a newer revision or piece takes its place",
    ("published", "expired"): "its time of use ends",
    ("published", "recalled"): "a person recalls it, or one of its sources is withdrawn",
    ("published", "suspended"): "a source was replaced and its quotes do not stand in the newer version",
    ("published", "draft"): "the next revision is begun; what is published stays as it was signed",
    ("suspended", "published"): "the publication is confirmed by signatures",
    ("suspended", "superseded"): "a newer revision takes its place",
    ("suspended", "expired"): "its time of use ends",
    ("suspended", "recalled"): "a person recalls it, or one of its sources is withdrawn",
    ("suspended", "draft"): "the next revision is begun",
    ("expired", "draft"): "the next revision is begun",
    ("expired", "recalled"): "a person recalls it",
}
"""What brings a piece from one state to the next."""
TASK_ACTS: Mapping[tuple[str, str], str] = {
    ("waiting", "open"): "the steps before it are signed",
    ("waiting", "cancelled"): "the round is closed",
    ("open", "claimed"): "a reviewer of its role takes it",
    ("open", "cancelled"): "the round is closed, or enough others of its role have signed",
    ("claimed", "open"): "it is given back",
    ("claimed", "approved"): "signed",
    ("claimed", "approved_with_changes"): "approved on condition; nothing is signed",
    ("claimed", "changes_requested"): "changes are asked for",
    ("claimed", "rejected"): "rejected",
    ("claimed", "cancelled"): "the round is closed, or enough others of its role have signed",
}
_MADE = "<!-- Made by `python -m assistant.review.tables docs`. Change the code, then make it again. -->\n"


def workflow_page() -> str:
    """docs/workflow.md."""
    policy = default_policy()
    escalation = policy.escalation
    return "\n".join(
        [
            "# Workflow\n",
            _MADE,
            (
                "A step that is not in these tables does not happen (`assistant/review/states.py`), and who has to sign is data "
                "(`assistant/review/policies.yaml`, until a company adopts its own: see [policies.md](policies.md)).\n"
            ),
            "## A piece\n",
            *_picture(PIECE, ("draft",)),
            *_steps(PIECE, ACTS),
            "\n## A review task\n",
            "A task of the first step begins open, one of a later step waiting.\n",
            *_picture(TASK, ("waiting", "open")),
            *_steps(TASK, TASK_ACTS),
            "\n## Who has to approve\n",
            (
                "The first workflow that fits the piece counts. Its steps follow one another; the signatures of a step are asked "
                "for side by side, each from another person, none of whom wrote, edited or submitted the piece.\n"
            ),
            *(line for workflow in policy.workflows for line in _workflow(workflow)),
            "## What no policy may drop\n",
            "A policy without one of these is refused, and they are counted once more before a piece is released.\n",
            *_table(("Rule", "What holds"), INVIOLABLE),
            "\n## Who may publish\n",
            "The first row that fits counts; any one of its roles.\n",
            *_rules(policy.publication),
            "\n## Who confirms a publication whose source was replaced\n",
            *_table(
                ("Roles", "When", "Working days"),
                [
                    (_roles(found.rule.roles), _when(found.rule.when), str(found.working_days))
                    for found in policy.confirmation
                ],
            ),
            "\n## Time\n",
            (
                f"A review is due after {policy.working_days_to_review} working days. A task that nobody has decided "
                f"{escalation.after_working_days} working days after its due date is told to: {_roles(escalation.to)}. "
                f"A publication holds for {policy.months_valid} months.\n"
            ),
        ]
    )


def permissions_page() -> str:
    """docs/permissions.md."""
    return "\n".join(
        [
            "# Permissions\n",
            _MADE,
            (
                "A person may hold several roles and may do what any of them permits. Beyond this table: nobody decides on a piece "
                "that they wrote, edited or submitted, an administrator signs nothing, and who may publish goes by market "
                "(see workflow.md).\n"
            ),
            *_table(
                ("Act", *Role),
                [
                    (permission.replace("_", " "), *("●" if role in roles else "" for role in Role))
                    for permission, roles in PERMISSIONS.items()
                ],
            ),
            "",
        ]
    )


PAGES = {"workflow.md": workflow_page, "permissions.md": permissions_page}


def main(arguments: Sequence[str]) -> None:
    """Write the pages into the named folder."""
    folder = Path(arguments[0] if arguments else "docs")
    for name, make in PAGES.items():
        (folder / name).write_text(make(), encoding="utf-8")


def _picture(table: Mapping[str, Iterable[str]], first: Iterable[str]) -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2", *(f"    [*] --> {state}" for state in first)]
    for state, following in table.items():
        lines += [f"    {state} --> {to}" for to in sorted(following)] or [f"    {state} --> [*]"]
    return [*lines, "```\n"]


def _steps(table: Mapping[str, Iterable[str]], acts: Mapping[tuple[str, str], str]) -> list[str]:
    rows = [(state, to, acts[state, to]) for state, following in table.items() for to in sorted(following)]
    return _table(("From", "To", "By"), [(_plain(a), _plain(b), c) for a, b, c in rows])


def _workflow(workflow: Workflow) -> list[str]:
    """Its steps as a picture and as a table."""
    drawn = ["```mermaid", "flowchart LR", "    s0([submitted])"]
    before = ["s0"]
    for number, step in enumerate(workflow.steps, 1):
        nodes = [f"s{number}{chr(96 + at)}" for at in range(1, len(step.signatures) + 1)]
        drawn += [
            f'    {node}["{_asked(asked, "<br>")}"]'
            for node, asked in zip(nodes, step.signatures, strict=True)
        ]
        drawn += [f"    {earlier} --> {node}" for earlier in before for node in nodes]
        before = nodes
    drawn += ["    signed([approved])", *(f"    {node} --> signed" for node in before), "```\n"]
    rows = [
        (str(number), asked.role, _count(asked), _sometimes(asked), _days(step))
        for number, step in enumerate(workflow.steps, 1)
        for asked in step.signatures
    ]
    heads = ("Step", "Role", "Signatures", "When", "Working days")
    return [f"### {workflow.name}\n", f"For: {_when(workflow.when)}.\n", *drawn, *_table(heads, rows), ""]


def _asked(asked: Asked, between: str) -> str:
    said = [
        asked.role,
        *([] if asked.asked == 1 else [_count(asked)]),
        *([] if asked.always else [_sometimes(asked)]),
    ]
    return between.join(said)


def _count(asked: Asked) -> str:
    return str(asked.needed) if asked.needed == asked.asked else f"{asked.needed} of {asked.asked}"


def _sometimes(asked: Asked) -> str:
    return _when(asked.when) + ("" if asked.skip is None else f"; skipped where {_when(asked.skip)}")


def _days(step: PolicyStep) -> str:
    return "" if step.working_days is None else str(step.working_days)


def _rules(rules: Sequence[Rule]) -> list[str]:
    return _table(("Roles", "When"), [(_roles(rule.roles), _when(rule.when)) for rule in rules])


def _when(when: When) -> str:
    said = [
        f"{_plain(name)}: {('yes' if wanted else 'no') if isinstance(wanted, bool) else ', '.join(wanted)}"
        for name, wanted in when.conditions.items()
    ]
    return "; ".join(said) or "always"


def _roles(roles: Iterable[Role]) -> str:
    return ", ".join(roles)


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows)]


if __name__ == "__main__":
    main(sys.argv[1:])
