"""Reasons, read back from the erasable rows beside the audit trail."""

from sqlalchemy import Connection, select

from assistant.store.schema import note as note_table


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
