"""What entries say of the desk's rows: comments, deputies, and whose hands a task is in.

Entries from before 27 November 2026 name neither a comment's place nor a new round's tasks: such a comment is held to
the rest, such a task from the first entry that names it.
"""

from typing import TYPE_CHECKING, Any

from assistant.audit.expected import Digested, TextOf
from assistant.audit.plain import Body

if TYPE_CHECKING:
    from assistant.audit.followed import FollowedRows

QUEUED = ("product_id", "market", "kind", "title", "risk")
"""Of a task: what the queue keeps of its piece. All tasks of a round have the same."""
_DECIDED = {
    "piece.signed": "approved",
    "piece.approved_with_changes": "approved_with_changes",
    "piece.changes_requested": "changes_requested",
    "piece.rejected": "rejected",
}
ROUND_ENDS = {
    "piece.approved": "approved",
    "piece.approved_with_changes": "changes_requested",
    "piece.changes_requested": "changes_requested",
    "piece.rejected": "rejected",
    "review.cancelled": "cancelled",
}
"""By action: the status in which it leaves the round; what is undecided of it is cancelled."""


def follow_comment(rows: "FollowedRows", body: Body) -> None:
    """Made by one entry, settled by another."""
    told, action, key = body["details"], body["action"], body["details"].get("comment")
    if action == "piece.commented":
        said = {
            "piece_id": body["subject"],
            "revision_id": told["revision"],
            "author_id": body["actor"],
            "text": TextOf(body["number"], body.get("note_sha256")),
            "mandatory": told["mandatory"],
            "created_at": body["at"],
            "resolved_by": None,
            "resolved_at": None,
        }
        if "quoted_sha256" in told:
            start, end = told["range"] or (None, None)
            said |= {"lineage": told["statement"], "parent_id": told["answers"]}
            said |= {"range_start": start, "range_end": end}
            said["quoted"] = Digested(("quoted",), told["quoted_sha256"])
        rows.say("comment", key, body, said)
    elif action == "comment.resolved":
        rows.add("comment", key, body, {"resolved_by": body["actor"], "resolved_at": body["at"]})


def follow_delegation(rows: "FollowedRows", body: Body) -> None:
    """Named by one entry, ended by another."""
    told, action, key = body["details"], body["action"], body["details"].get("delegation")
    if action == "delegation.named":
        said = {
            "delegator_id": body["subject"],
            "deputy_id": told["deputy"],
            **{name: told[name] for name in ("role", "starts_on", "ends_on")},
            "named_at": body["at"],
            "ended_at": None,
        }
        rows.say("delegation", key, body, said)
    elif action == "delegation.ended":
        rows.add("delegation", key, body, {"ended_at": body["at"]})


def follow_task(rows: "FollowedRows", body: Body) -> None:
    """Opened with its round, then in somebody's hands, given on, decided, or cancelled with its round."""
    told, action = body["details"], body["action"]
    if action == "piece.submitted":
        _opened(rows, body)
    elif action == "review.step_opened":
        for key in rows.under_way[body["subject"]]:
            said = rows.said("task", key)
            if said.get("status") == "waiting" and said["step"] == told["step"] - 1:
                rows.add("task", key, body, {"status": "open", "due_on": told["due_on"]})
    elif action in _HANDS:
        held = {"piece_id": body["subject"], "role": told["role"], **_HANDS[action](body)}
        rows.add("task", told["task"], body, held)
        rows.under_way[body["subject"]].add(told["task"])
    elif action == "task.not_needed" or action in _DECIDED:
        rows.add("task", told["task"], body, {"status": _DECIDED.get(action, "cancelled")})
        rows.under_way[body["subject"]].discard(told["task"])
    if action in ROUND_ENDS:
        for key in rows.under_way.pop(body["subject"], ()):
            rows.add("task", key, body, {"status": "cancelled"})


def _opened(rows: "FollowedRows", body: Body) -> None:
    told = body["details"]
    rows.under_way[body["subject"]] = {one["id"] for one in told.get("tasks", ())}
    for one in told.get("tasks", ()):
        rows.rounds_with_tasks.add(told["round"])
        said = {
            "round_id": told["round"],
            "piece_id": body["subject"],
            "role": one["role"],
            "step": one["step"],
            "status": "waiting" if one["step"] else "open",
            "due_on": one["due_on"],
            "created_at": body["at"],
            "title": Digested(QUEUED, told["queued_sha256"]),
            **_NOBODYS,
        }
        rows.say("task", one["id"], body, said)


_NOBODYS = {"assignee_id": None, "claimed_at": None, "for_id": None}


def _handed(body: Body) -> dict[str, Any]:
    to = body["details"].get("to")
    return _held(body, to) if to is not None else {"status": "open"} | _NOBODYS


def _held(body: Body, by: str, instead_of: str | None = None) -> dict[str, Any]:
    return {"status": "claimed", "assignee_id": by, "claimed_at": body["at"], "for_id": instead_of}


_HANDS = {
    "task.claimed": lambda body: _held(body, body["actor"], body["details"].get("for")),
    "task.given_back": _handed,
    "task.reassigned": _handed,
}
