"""Which of a piece's tasks its reader may decide: in their own right, or in the stead of whom they deputise for."""

from collections.abc import Mapping
from typing import Any

from assistant.people.roles import Actor, Role

UNDECIDED = frozenset({"open", "claimed"})
Json = Mapping[str, Any]


def may_decide(me: Actor, review: Json, task: Json | None) -> bool:
    """Whether the reader may sign it, or send the piece back; one person fills one role of a round."""
    if task is None or task["status"] not in UNDECIDED or Role.ADMIN in me.roles:
        return False
    if wrote(me, review) or any(me.id in _hands(one) for one in _decided(review)):
        return False
    if task["assignee"] is not None and task["assignee"]["id"] == me.id:
        return True
    if in_whose_stead(me, review, task) is not None:
        return True
    if task["assignee"] is not None and not task["lapsed"]:
        return False
    return task["role"] in me.roles


def in_whose_stead(me: Actor, review: Json, task: Json) -> Json | None:
    """For whom the reader decides the task: as it is held already, or would be once taken."""
    if task["for"] is not None and task["assignee"]["id"] == me.id:
        found: Json = task["for"]
        return found
    holder = task["for"] or task["assignee"] or {}
    return next(
        (p for p in review["standing_for"] if p["role"] == task["role"] and p["id"] == holder.get("id")),
        None,
    )


def instead(me: Actor, review: Json) -> list[tuple[Json, Json | None]]:
    """What the reader may decide in place of the task that is shown: the task, and in whose stead."""
    shown = (review["task"] or {}).get("id")
    others = [task for task in review["tasks"] if task["id"] != shown and may_decide(me, review, task)]
    return [(task, in_whose_stead(me, review, task)) for task in others]


def wrote(me: Actor, review: Json) -> bool:
    """Whether the reader has a hand in the text or sent it."""
    piece, round_ = review["piece"], review["round"] or {}
    hands = [*piece["editors"], piece["author"], round_.get("submitted_by")]
    return me.id in {person["id"] for person in hands if person}


def _decided(review: Json) -> list[Json]:
    return [task for task in review["tasks"] if task["status"] not in {*UNDECIDED, "waiting", "cancelled"}]


def _hands(task: Json) -> set[str]:
    """Who decided it, and for whom."""
    return {person["id"] for person in (task["assignee"], task["for"]) if person}


def why_not(me: Actor, review: Json) -> str:
    """Why this reader has no decision to make, as a message of the catalogue."""
    from api.web.language import N_

    if wrote(me, review):
        return N_("You wrote, edited or submitted this piece: others decide.")
    if Role.ADMIN in me.roles:
        return N_("Administrators run the system and sign nothing.")
    if any((one["assignee"] or {}).get("id") == me.id for one in _decided(review)):
        return N_("You have decided. The piece waits for the others.")
    if any(t["status"] == "waiting" and t["role"] in me.roles for t in review["tasks"]):
        return N_("It is not your turn yet: you are told once the steps before yours are signed.")
    return N_("Nothing here waits for your decision.")
