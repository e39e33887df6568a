"""A case as its row says it, and what its clock says now."""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import RowMapping

from assistant.errors import NotFound
from assistant.people.roles import Permission

STATUSES = ("open", "acknowledged", "closed")
Outcome = Literal["reported", "answered", "not_a_case", "duplicate"]
CRITERIA = ("reporter", "patient", "medicine", "reaction")
"""What makes a report one that an authority counts (rule CH5); it is handed over even where some are missing."""
MEDICAL_INFORMATION = "medical_information"
AUTHORITY_DAYS = {True: 15, False: 90}
"""From the first awareness to the authority: serious, and not (rule CH8). Not known is taken for serious."""


def no_case(case_id: str) -> NotFound:
    """What to raise where no case has the id."""
    return NotFound(f"There is no case {case_id[:60]}.", help="See the list of cases.", case=case_id)


def is_question(kind: str) -> bool:
    """Whether it was handed over as a question, and reports nothing."""
    return kind == MEDICAL_INFORMATION


def permission_for(kind: str) -> Permission:
    """What handling a case of the kind takes: medical information answers questions, safety all else."""
    return Permission.HANDLE_CASES if is_question(kind) else Permission.HANDLE_SAFETY_CASES


def outcomes_of(kind: str) -> tuple[Outcome, ...]:
    """How a case of the kind may end."""
    ended: Outcome = "answered" if is_question(kind) else "reported"
    return (ended, "not_a_case", "duplicate")


def report_by(row: RowMapping) -> datetime | None:
    """Until when what was acknowledged has to be with the authority; None of a question and before it is acknowledged."""
    if row["acknowledged_at"] is None or is_question(row["kind"]):
        return None
    opened: datetime = row["opened_at"]
    return opened + timedelta(days=AUTHORITY_DAYS[row["serious"] is not False])


def clock(row: RowMapping) -> datetime | None:
    """What has to be done by then: acknowledge an open case, hand an acknowledged one over. None where nothing runs."""
    if row["status"] == "open":
        due: datetime = row["due_at"]
        return due
    waits = row["status"] == "acknowledged" and row["reference"] is None
    return report_by(row) if waits else None


def is_overdue(row: RowMapping, now: datetime) -> bool:
    """Whether its clock has run out, as of now."""
    ends = clock(row)
    return ends is not None and ends < now
