"""Pieces and the tasks on them, for a person to read."""

from typing import Any

from api.cli.show.layout import place, table, wrapped


def statement_lines(statement: dict[str, Any]) -> list[str]:
    """One statement with its verdict, its quotes and their places."""
    verdict = statement.get("verdict")
    lines = [wrapped(("" if verdict in {None, "pass"} else f"[{verdict}] ") + statement["text"])]
    for citation in statement["citations"]:
        lines.append(f"      ↳ {citation['title']}, {place(citation)}")
        if citation["quote"] != statement["text"]:
            lines.append(wrapped(f"« {citation['quote']} »", "        "))
    return lines


def piece_text(document: dict[str, Any]) -> str:
    """A piece with its statements, findings, tasks and signatures."""
    piece = document["piece"]
    head = (
        f"{piece['kind']} for {piece['product']} ({piece['market']}, {piece['language']}): {piece['status']}"
    )
    lines = [head, f"  {piece['id']}, revision {piece['revision']}, {piece['engine']}"]
    for statement in document.get("statements", ()):
        lines += statement_lines(statement)
    if document.get("rejected"):
        lines.append("Rejected:")
        lines += [wrapped(f"{r['rule']}: {r['reason']}: {r['text']}") for r in document["rejected"]]
    if document.get("findings"):
        lines.append("Findings:")
        lines += [wrapped(f"{f['severity']:12} {f['rule']:5} {f['message']}") for f in document["findings"]]
    for task in document.get("tasks", ()):
        hands = (task.get("assignee") or {}).get("name", "")
        lines.append(f"  task {task['id']}  {task['role']}: {task['status']}  {hands}".rstrip())
    for signature in document.get("signatures", ()):
        who = f"{signature['by']['name']} ({signature['role']})"
        lines.append(f"  signed by {who}: {signature['meaning']}, {signature['at']}")
    return "\n".join(lines)


def tasks_text(document: dict[str, Any]) -> str:
    """Tasks, then the reader's own pieces."""
    rows = [
        {
            **row["task"],
            "piece": row["piece"]["id"],
            "kind": row["piece"]["kind"],
            "product": row["piece"]["product"],
        }
        for row in document["tasks"]
    ]
    columns = {
        "id": "TASK", "role": "ROLE", "status": "STATUS", "due_on": "DUE",
        "piece": "PIECE", "kind": "KIND", "product": "PRODUCT",
    }  # fmt: skip
    own = [one for one in document.get("pieces", ()) if one["expected_of_me"]]
    lines = [table(rows, columns, "No task waits." if own else "Nothing is expected of you.")]
    lines += [f"To {one['waits_for']}: {one['piece']['title']} ({one['piece']['id']})" for one in own]
    if document.get("next"):
        lines.append(f"More: --after {document['next']}")
    return "\n".join(lines)
