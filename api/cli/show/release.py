"""`ancrage release` for a person to read."""

from typing import Any


def release(document: dict[str, Any]) -> str:
    """Each condition with its state and what to do next, then the register."""
    found = document["release"]
    lines = [f"{found['piece']} ({found['market']}): {'ready' if found['ready'] else 'not ready'}"]
    if not found["conditions"]:
        lines.append("  This market asks for nothing more than the signatures.")
    for one in found["conditions"]:
        number = f" {one['number']}" if one["number"] else ""
        lines += [
            f"  {'✓' if one['met'] else '·'} {one['title']['en']}{number}: {one['state'].replace('_', ' ')}"
        ]
        lines += [f"      {one['next']}"]
    for one in found["records"]:
        days = ", ".join(
            f"{name.replace('_', ' ')} {one[name]}"
            for name in ("requested_on", "answer_by", "decided_on", "expires_on")
            if one[name]
        )
        lines.append(
            f"  {one['id']}  {one['state']}  {one['number'] or one['reference'] or ''}  {days}".rstrip()
        )
    return "\n".join(lines)


def windows(document: dict[str, Any]) -> str:
    """By year."""
    lines = []
    for one in document["windows"]:
        lines.append(f"{one['market']} {one['type']} {one['year']}: {one['source']}")
        lines += [
            f"  {w['opens_on']} to {w['closes_on']}  {w['state'].replace('_', ' ')}" for w in one["windows"]
        ]
    lines += [
        f"Not recorded: {one['type']} {one['year']}. Enter them as published, with --type {one['type']} --year {one['year']} --days … --source …"
        for one in document.get("missing", ())
    ]
    return "\n".join(lines) or "No windows of deposit are recorded."


def deadlines(document: dict[str, Any]) -> str:
    """Soonest first."""
    return (
        "\n".join(
            f"{one['on']}  {one['condition']['en']}: {one['what']}  {one['title']} ({one['record']['number'] or one['record']['id']})"
            for one in document["deadlines"]
        )
        or "Nothing is due."
    )


def register(document: dict[str, Any]) -> str:
    """By publication."""
    found = document["register"]
    lines = [
        f"{found['title']} ({found['piece']}): names are kept {found['keep_years']} years after the last use"
    ]
    for one in found["publications"]:
        lines.append(
            f"  {one['id']} {one['status']}, names kept until {one['kept_until'] or 'it is no longer used'}"
        )
        lines += [
            f"    {u['used_on']}  {u['mode']}  {u['recipient'] or '(erased)'}  {u['id']}" for u in one["uses"]
        ]
    return "\n".join(lines)
