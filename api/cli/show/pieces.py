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
    for number, question in enumerate(document.get("content", {}).get("questions", ()), 1):
        lines += _question_lines(number, question)
    for statement in document.get("statements", ()):
        lines += statement_lines(statement)
    if document.get("rejected"):
        lines.append("Rejected:")
        lines += [wrapped(f"{r['rule']}: {r['reason']}: {r['text']}") for r in document["rejected"]]
    if document.get("findings"):
        lines.append("Findings:")
        lines += [
            wrapped(f"{f['severity']:12} {f['rule']:5} at {f['where']}: {f['message']}")
            for f in document["findings"]
        ]
    for task in document.get("tasks", ()):
        hands = (task.get("assignee") or {}).get("name", "")
        lines.append(f"  task {task['id']}  {task['role']}: {task['status']}  {hands}".rstrip())
    lines += _decision_lines(document)
    for comment in document.get("comments", ()):
        lines += _comment_lines(comment)
    for signature in document.get("signatures", ()):
        who = f"{signature['by']['name']} ({signature['role']})"
        lines.append(f"  signed by {who}: {signature['meaning']}, {signature['at']}")
    return "\n".join(lines)


def _question_lines(number: int, question: dict[str, Any]) -> list[str]:
    """A question of a quiz with its options, the right one marked; what explains it stands among the statements."""
    lines = [wrapped(f"{number}. {question['stem']}")]
    lines += [wrapped(f"{'✓' if one['key'] else '·'} {one['text']}", "     ") for one in question["options"]]
    return lines


def _decision_lines(document: dict[str, Any]) -> list[str]:
    """What was decided in every round, oldest first, with its reason."""
    lines = []
    for held in reversed(document.get("history", {}).get("rounds", ())):
        for made in held["decisions"]:
            outcome = made["outcome"].replace("_", " ")
            who = f"{_name(made['by'])} ({made['role']})"
            lines.append(f"  round {held['number']}: {outcome} by {who}, {made['at']}")
            lines += [wrapped(made["reason"], "    ")] if made["reason"] else []
    return lines


def _comment_lines(comment: dict[str, Any]) -> list[str]:
    """A comment with what it is called by, so that it can be answered and settled."""
    state = f"settled by {_name(comment['resolved_by'])}" if comment["resolved"] else "open"
    must = "" if not comment["mandatory"] else ", had to be" if comment["resolved"] else ", must be settled"
    answer = f", answers {comment['parent']}" if comment["parent"] else ""
    where = f" at {comment['statement']}" if comment["statement"] else ""
    head = f"  comment {comment['id']}{where} by {_name(comment['by'])}: {state}{must}{answer}"
    return [head, wrapped(comment["text"], "    ")]


def _name(person: dict[str, Any] | None) -> str:
    return str((person or {}).get("name") or "")


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
