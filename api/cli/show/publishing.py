"""What is published, what it led to, and its proof, for a person to read."""

from typing import Any

from api.cli.show.layout import table


def publication_text(document: dict[str, Any]) -> str:
    """A publication and until when it may be used."""
    publication = document["publication"]
    return (
        f"{publication['status']}: {publication['piece']} as {publication['id']}\n"
        f"  manifest {publication['hash']}\n  until {publication['expires_on'] or 'no date'}"
    )


def recalled_text(document: dict[str, Any]) -> str:
    """What was stopped, and why."""
    return (
        "\n".join(f"Recalled {item['piece']}: {item['reason']}" for item in document["recalled"])
        or "Nothing."
    )


def calendar_text(document: dict[str, Any]) -> str:
    """What runs out."""
    columns = {
        "expires_on": "LAST DAY", "days_left": "DAYS", "kind": "WHAT", "title": "TITLE", "product": "PRODUCT",
    }  # fmt: skip
    lines = [table(document["calendar"], columns, "Nothing runs out.")]
    if document.get("file"):
        lines.append(f"Written to {document['file']}.")
    return "\n".join(lines)


def verdict_text(document: dict[str, Any]) -> str:
    """Whether the audit trail holds."""
    if document["ok"]:
        return f"The chain holds: {document['entries']} entries, head {document['head']}."
    where = f" at entry {document['first_bad']} of {document['entries']}" if document["first_bad"] else ""
    return f"The trail does not hold{where}: {document['reason']}."


def export_text(document: dict[str, Any]) -> str:
    """A copy of a piece, or where it was written."""
    export = document["export"]
    return str(export.get("text") or export.get("file") or export)


def pack_text(document: dict[str, Any]) -> str:
    """Where a pack is, and how it is checked."""
    pack = document["pack"]
    return (
        f"{pack['file']}: {pack['members']} members, {pack['bytes']} bytes\n  root {pack['root']}\n"
        "  Keep the root apart from the file; it also stands in the audit trail. "
        "Check: python verify.py FILE --root ROOT"
    )


def affected_text(document: dict[str, Any]) -> str:
    """What a source or a piece has led to, and whom to tell."""
    found = document["affected"]
    told = ", ".join(f"{count} {name}" for name, count in found["counts"].items())
    lines = [told]
    for item in found["items"]:
        lines.append(f"  {item['title']} ({item['piece']}, {item['status']})")
        for one in item["publications"]:
            state = "served" if one["served"] else one["reason"]
            lines.append(f"    {one['id']}: {state}")
            lines += [
                f"      {u['used_on']} {u['mode']}: {u['recipient'] or '(erased)'}" for u in one["uses"]
            ]
    lines.append("To tell:")
    lines += [f"  {person['name']} ({', '.join(person['because'])})" for person in found["people"]]
    return "\n".join(lines)


def status_text(document: dict[str, Any]) -> str:
    """Whether a copy is in force."""
    status = document["status"]
    when = f" since {status['since']}" if status["since"] else ""
    return f"{status['state'].replace('_', ' ')}{when}"
