"""Cases, for a person to read."""

from typing import Any

from api.cli.show.layout import table, wrapped


def cases_text(document: dict[str, Any]) -> str:
    """The list, by clock."""
    rows = [
        {**row, "late": "overdue" if row["overdue"] else "", "clock": row["clock"] or ""}
        for row in document["cases"]
    ]
    columns = {
        "id": "CASE", "kind": "KIND", "product": "PRODUCT", "status": "STATUS", "clock": "DUE", "late": "", "outcome": "OUTCOME",
    }  # fmt: skip
    return table(rows, columns, "No case.")


def case_text(document: dict[str, Any]) -> str:
    """One case: what was said, and what was done."""
    case = document["case"]
    late = ", overdue" if case["overdue"] else ""
    lines = [f"{case['id']}: {case['kind']}, {case['product']}, {case['status']}{late}"]
    if case["clock"]:
        lines.append(f"  due {case['clock']}")
    if case["reference"]:
        lines.append(f"  in the safety database: {case['reference']}")
    if case["outcome"]:
        lines.append(f"  outcome: {case['outcome']} {case['duplicate_of'] or ''}".rstrip())
    lines += [wrapped(turn["question"], "  > ") for turn in case["turns"]]
    for one in case["history"]:
        lines.append(f"  {one['at']}  {one['by']}: {one['action'].removeprefix('case.')}")
        if one["text"]:
            lines.append(wrapped(one["text"], "      "))
    return "\n".join(lines)
