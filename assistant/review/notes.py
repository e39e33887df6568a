"""Reasons: asked for where an act needs one, and read back from the erasable rows beside the audit trail."""

from sqlalchemy import Connection, select

from assistant.errors import InvalidInput
from assistant.store.schema import note as note_table

_LONGEST = 4000


def require_reason(text: str | None, what: str) -> str:
    """The reason without white space around it. Raises InvalidInput where there is none or it is beyond 4,000 characters.

    `what` names the act, as in "A rejection".
    """
    clean = (text or "").strip()
    if not clean:
        raise InvalidInput(f"{what} needs a reason.", help="Say in a sentence why.")
    if len(clean) > _LONGEST:
        raise InvalidInput(
            f"{what} has a reason of {len(clean)} characters.", help=f"Keep it within {_LONGEST} characters."
        )
    return clean


def note_of_entry(connection: Connection, audit_number: int) -> str | None:
    """The id of the note that the audit entry with that number left."""
    found: str | None = connection.scalar(
        select(note_table.c.id).where(note_table.c.audit_number == audit_number)
    )
    return found


def note_text(connection: Connection, note_id: str | None) -> str | None:
    """The text of a note, or nothing once it is erased."""
    if note_id is None:
        return None
    found: str | None = connection.scalar(select(note_table.c.text).where(note_table.c.id == note_id))
    return found
