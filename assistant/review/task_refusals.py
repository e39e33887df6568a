"""Why a task is not to be decided by who asks: what happened to it meanwhile, and through whom."""

from sqlalchemy import Connection, select

from assistant.errors import AlreadyDecided, Conflict, WrongState
from assistant.people.accounts import find_user
from assistant.review.model import Piece, Task
from assistant.review.rounds import UNDECIDED, decisions_of_round, tasks_of_round
from assistant.store.schema import review_round as round_table


def not_yet(connection: Connection, task: Task) -> WrongState:
    """The steps before it are not signed."""
    first = ", ".join(sorted(set(roles_awaited(connection, task.round_id))))
    return WrongState(
        f"It is not the turn of {task.role} yet: first comes {first}.",
        help="The task opens by itself once the steps before it are signed.",
        task=task.id,
    )


def roles_awaited(connection: Connection, round_id: str) -> list[str]:
    """The roles whose decision a round waits for now."""
    return [t.role for t in tasks_of_round(connection, round_id) if t.status in UNDECIDED]


def cancelled(connection: Connection, task: Task) -> Conflict:
    """Somebody ended the round, or enough others have signed."""
    for made in reversed(decisions_of_round(connection, task.round_id)):
        by = _name(connection, made.decided_by)
        if made.outcome == "rejected":
            return Conflict(
                f"{by} has rejected the piece for good.", help="Nothing is left to decide.", task=task.id
            )
        if made.outcome != "approved":
            return Conflict(
                f"{by} has sent the piece back to its writer.",
                help="It comes to you again once it is submitted again.",
                task=task.id,
            )
    status = connection.scalar(select(round_table.c.status).where(round_table.c.id == task.round_id))
    if status == "cancelled":
        return Conflict(
            "The review was ended: the piece was edited or recalled, or a source of it was.",
            help="Open the piece: its history says what happened.",
            task=task.id,
        )
    return Conflict(
        f"Enough others have signed as {task.role}: this signature is not needed any more.",
        help="Open the piece: it says who has signed.",
        task=task.id,
    )


def held(connection: Connection, task: Task) -> Conflict:
    """Somebody else has it in hand."""
    return Conflict(
        f"{_name(connection, str(task.assignee_id))} has claimed the task {task.id}.",
        help="Ask its holder to decide or to give it back; untouched, it may be taken after a while.",
        task=task.id,
    )


def already_decided(piece: Piece, task: Task) -> AlreadyDecided:
    """Every decision lands once."""
    return AlreadyDecided(
        f"The {task.role} task of the piece {piece.id} is decided already: {task.status.replace('_', ' ')}.",
        help="Every decision lands once; nothing was changed.",
        task=task.id,
        status=task.status,
    )


def _name(connection: Connection, person: str) -> str:
    found = find_user(connection, person)
    return found.name if found is not None else "Somebody else"
