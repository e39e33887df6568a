"""What a publication says of the conditions that it met: the facts of its release, outside the signed manifest."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.publishing.conditions.data import Condition
from assistant.publishing.conditions.records import ReleaseRecord


def facts_of(condition: Condition, found: ReleaseRecord) -> dict[str, str]:
    """As they stand in the publication's `release`: names of the condition and dates as text."""
    ends = found.ends_on(condition)
    if condition.form == "permit":
        facts: dict[str, Any] = {
            "visa_number": found.number,
            "visa_granted_on": found.starts_on(),
            "visa_expires_on": ends,
            "visa_tacit": "yes" if found.status == "requested" else None,
        }
    elif condition.form == "certificate":
        facts = {
            "certificate": f"{found.printed_name}, {found.registration}",
            "certificate_signed_on": found.decided_on,
            "certificate_expires_on": ends,
        }
    else:
        facts = {condition.id: found.reference, f"{condition.id}_submitted_on": found.decided_on}
    return {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in facts.items()
        if value is not None
    }


def with_facts(release: Mapping[str, Any], condition: Condition, found: ReleaseRecord) -> dict[str, Any]:
    """The `release` with what this record says in place of all that another said of the condition."""
    prefix = {"permit": "visa_", "certificate": "certificate"}.get(condition.form, condition.id)
    kept = {name: value for name, value in release.items() if not name.startswith(prefix)}
    return {**kept, **facts_of(condition, found)}
