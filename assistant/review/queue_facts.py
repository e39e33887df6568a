"""What the queue keeps of a task, so that no page of it reads a piece: written at submission, and on every touch."""

import re
import unicodedata

from sqlalchemy import update

from assistant.people.roles import Actor
from assistant.review.working_days import lease_end
from assistant.store.database import Transaction
from assistant.store.schema import task as task_table
from guardrails.model import Report

GRAVITY = ("block", "needs_review", "warn", "none")
"""What a task's `risk` counts: the place of the worst severity found."""
_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 40


def risk_of(report: Report) -> int:
    """The place in GRAVITY of the worst finding; what is for information only is no risk."""
    places = [GRAVITY.index(f.severity) for f in report.findings if f.severity in GRAVITY]
    return min(places, default=len(GRAVITY) - 1)


def title_words(title: str) -> tuple[str, ...]:
    """The words of a title or of a question to the queue: small letters without accents, each once."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(dict.fromkeys(word[:_LONGEST_WORD] for word in _WORD.findall(kept)))


def renew_lease(tx: Transaction, actor: Actor, piece_id: str) -> None:
    """The actor has touched the piece: what they hold of it stays theirs for as long again."""
    tx.execute(
        update(task_table)
        .where(
            task_table.c.piece_id == piece_id,
            task_table.c.assignee_id == actor.id,
            task_table.c.status == "claimed",
        )
        .values(lease_until=lease_end(tx.now))
    )
