"""A review policy, for a person to read."""

from typing import Any

from api.cli.show.layout import wrapped


def policy_text(document: dict[str, Any]) -> str:
    """Who signs in which order, who may publish, and who adopted it."""
    policy = document["policy"]
    state = ("in force" if policy["in_force"] else "not in force") + (
        ", shipped" if policy["shipped"] else ""
    )
    lines = [f"Policy {policy['hash'][:12]} ({state})"]
    for workflow in policy["workflows"]:
        lines.append(f"{workflow['name']}: {_conditions(workflow['when'])}")
        for number, step in enumerate(workflow["steps"], 1):
            asked = "; ".join(_signature(one) for one in step["signatures"])
            days = f" ({step['working_days']} working days)" if "working_days" in step else ""
            lines.append(wrapped(f"{number}. {asked}{days}"))
    lines.append("May publish, the first row that fits:")
    lines += [f"  {' or '.join(row['roles'])}: {_conditions(row['when'])}" for row in policy["publication"]]
    lines += [
        f"Adopted by {one['by']['name']} on {one['at']}: {one['hash'][:12]}{_made_both(one)}"
        for one in document.get("adoptions", ())
    ]
    lines += [
        f"Proposed by {one['by']['name']} on {one['at']}, {one['status']}: {one['hash'][:12]} ({one['id']})"
        for one in document.get("proposals", ())
        if one["status"] != "adopted"
    ]
    lines += _signers(document.get("signers"))
    lines += [changes_line(one) for one in document.get("changes", ())]
    if document.get("file"):
        lines.append(f"Written to {document['file']}.")
    return "\n".join(lines)


def _made_both(one: dict[str, Any]) -> str:
    return "".join(
        f" ({who['name']} made the accounts of both, proposer and adopter)"
        for who in one["accounts_by"] or ()
    )


def _signers(found: dict[str, Any] | None) -> list[str]:
    if found is None:
        return []
    lines = [f"Who signs {found['kind']}, {found['market']}, {found['qualification'].replace('_', ' ')}:"]
    for one in found["situations"]:
        steps = ", then ".join(
            " and ".join(_signature({**s, "when": {}}) for s in step["signatures"]) for step in one["steps"]
        )
        lines.append(wrapped(f"  {one['situation']}: {steps} ({one['workflow']})"))
    return [*lines, f"  released by: {' or '.join(found['release'])}"]


def changes_text(document: dict[str, Any]) -> str:
    """What one policy changes of the other; + is new, - is gone."""
    changes = [one for one in document["policy_changes"]["rows"] if one["state"] != "same"]
    return "\n".join(map(changes_line, changes)) or "Nothing."


def changes_line(one: dict[str, Any]) -> str:
    """A row that is new or gone."""
    said = "; ".join(
        f"{name.replace('_', ' ')}: {_conditions(value) if isinstance(value, dict) else _plain(value)}"
        for name, value in one["row"].items()
        if value is not None
    )
    mark = "+" if one["state"] == "added" else "-"
    return wrapped(f"{mark} {one['section']}{' ' + one['name'] if one['name'] else ''}: {said}")


def _plain(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _signature(asked: dict[str, Any]) -> str:
    several = (
        asked["role"] if asked["asked"] == 1 else f"{asked['needed']} of {asked['asked']} {asked['role']}"
    )
    when = f" where {_conditions(asked['when'])}" if asked["when"] else ""
    skip = f", skipped where {_conditions(asked['skip'])}" if "skip" in asked else ""
    return several + when + skip


def _conditions(when: dict[str, Any]) -> str:
    said = [
        f"{name.replace('_', ' ')} {', '.join(wanted) if isinstance(wanted, list) else 'yes' if wanted else 'no'}"
        for name, wanted in when.items()
    ]
    return " and ".join(said) or "always"
