"""What changed between versions of a source, and what waits for a confirmation, for a person to read."""

from typing import Any

from api.cli.show.layout import table, wrapped


def confirmations_text(document: dict[str, Any]) -> str:
    """What waits for a confirmation."""
    columns = {
        "id": "CONFIRMATION",
        "due_on": "DUE",
        "meanwhile": "MEANWHILE",
        "title": "TITLE",
        "market": "MARKET",
    }
    return table(document["confirmations"], columns, "Nothing waits for a confirmation.")


def confirmation_text(document: dict[str, Any]) -> str:
    """One confirmation with its quotes and signatures."""
    found = document["confirmation"]
    lines = [
        f"{found['title']} ({found['piece']}): {found['status']}",
        f"  {found['old']['title']} ({found['old']['id']}) → {found['new']['title']} ({found['new']['id']})",
        f"  {found['meanwhile']} until {found['due_on']}; waits for: {', '.join(found['missing']) or 'nobody'}",
        f"  hash {found['hash']}",
    ]
    lines += [wrapped(f"{one['outcome']}: {one['quote']}") for one in found["content"]["carried"]]
    lines += [f"  signed by {s['name']} ({s['role']}), {s['signed_at']}" for s in found["signatures"]]
    return "\n".join(lines)


_SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}


def diff_text(document: dict[str, Any]) -> str:
    """What changed between two versions, and what rests on the older one."""
    diff = document["diff"]
    told = ", ".join(f"{n} {name}" for name, n in diff["counts"].items() if n)
    lines = [
        f"{diff['old']['title']} ({diff['old']['id']}) → {diff['new']['title']} ({diff['new']['id']})",
        f"  {told}",
        "",
    ]
    for section in diff["sections"]:
        counted = ", ".join(f"{n} {name}" for name, n in section["counts"].items() if n)
        kinds = f" ({', '.join(section['kinds'])})" if section["kinds"] else ""
        where = ": ".join(part for part in (section["part"], section["title"]) if part)
        lines.append(f"{'!' if section['lead'] else ' '} {where or '–'}: {counted}{kinds}")
    for change in diff["changes"]:
        sign, kinds = _SIGNS[change["status"]], f" [{', '.join(change['kinds'])}]" if change["kinds"] else ""
        lines += ["", f"{sign} {change['section']['title']}{kinds}"]
        lines += [
            wrapped(f"{name} p. {side['spans'][0]['page']}: {side['text']}", "    ")
            for name in ("old", "new")
            if (side := change[name])
        ]
    lines += [
        "",
        "What rests on the older version:" if document["affected"] else "Nothing rests on the older version.",
    ]
    for piece in document["affected"]:
        lines.append(f"  {piece['title']} ({piece['piece']}, {piece['status']}): support {piece['support']}")
        lines += [
            wrapped(
                f"{one['outcome']}{' (' + ', '.join(one['kinds']) + ')' if one['kinds'] else ''}: {one['text']}",
                "      ",
            )
            for one in piece["statements"]
            if one["outcome"] != "unchanged"
        ]
    return "\n".join(lines)
