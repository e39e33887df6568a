"""What a market asks for at release, besides the signatures: number and dates of a French visa, and the end of use."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.errors import InvalidInput
from assistant.review.policy import add_months

_VISA_NUMBER = re.compile(r"\d{2}/\d{2}/\d{8}/(?:PM|GP)/\d{3}")
_VISA_MONTHS = 24
_VISA_FIELDS = ("visa_number", "visa_granted_on", "visa_expires_on")
RECORDS = ("certificate", "form_2253")
"""Records that the release rules of a market look for, besides the visa (UK1, US5)."""
_LONGEST_RECORD = 200


@dataclass(frozen=True, slots=True)
class Release:
    """What is known only when a piece is released. Everything in it stands outside the signed manifest."""

    visa_number: str | None = None
    visa_granted_on: date | None = None
    visa_expires_on: date | None = None
    other: Mapping[str, str] = field(default_factory=dict)
    """Records that other markets' rules ask for: those of `RECORDS`."""

    def visa(self, manifest_hash: str) -> dict[str, object] | None:
        """The visa as checks read it, tied to the manifest that it is given for; nothing where there is none."""
        if self.visa_number is None:
            return None
        return {
            "number": self.visa_number,
            "granted_on": self.visa_granted_on,
            "expires_on": self.visa_expires_on,
            "manifest_hash": manifest_hash,
        }

    @property
    def ends(self) -> list[date]:
        """The last days of what was granted or certified."""
        certified = self.other.get("certificate_expires_on")
        given = [self.visa_expires_on, date.fromisoformat(certified) if certified else None]
        return [day for day in given if day is not None]

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        days = {"visa_granted_on": self.visa_granted_on, "visa_expires_on": self.visa_expires_on}
        dated = {name: day.isoformat() for name, day in days.items() if day is not None}
        number = {} if self.visa_number is None else {"visa_number": self.visa_number}
        return {**self.other, **number, **dated}


def read_release(given: Mapping[str, Any] | None) -> Release:
    """Read what the publisher gives. A visa without an end holds two years from its grant (ANSM).

    Only what a release rule looks for is taken, so that nobody writes what the system itself keeps beside it.
    Raises InvalidInput for any other name, a record that is no line of at most 200 characters, a number that is not `YY/MM/CIS/PM/NNN`, a date that is none, an end before the grant
    or more than two years after it (ANSM), a visa without its number or its date.
    """
    values = {key: value for key, value in (given or {}).items() if value not in (None, "")}
    other = {key: _record(key, value) for key, value in values.items() if key not in _VISA_FIELDS}
    if other.keys() != values.keys() and not {"visa_number", "visa_granted_on"} <= values.keys():
        raise InvalidInput(
            "A visa is given with its number and the date on which it was granted.",
            help="Give visa_number and visa_granted_on, or neither.",
        )
    if other.keys() == values.keys():
        return Release(other=other)
    number = str(values["visa_number"]).strip().upper()
    if not _VISA_NUMBER.fullmatch(number):
        raise InvalidInput(
            f"{number} is not a visa number.",
            help="It reads YY/MM/CIS/PM/NNN, for instance 26/05/60000000/PM/001.",
        )
    granted = _day(values["visa_granted_on"], "visa_granted_on")
    longest = add_months(granted, _VISA_MONTHS)
    expires = _day(values["visa_expires_on"], "visa_expires_on") if "visa_expires_on" in values else longest
    if expires > longest:
        raise InvalidInput(
            f"A visa granted on {granted} ends on {longest} at the latest, not on {expires}.",
            help="A visa holds two years at most; give the right dates.",
        )
    if expires < granted:
        raise InvalidInput(
            f"The visa ends on {expires}, before it was granted on {granted}.", help="Give the right dates."
        )
    return Release(number, granted, expires, other)


def _record(name: str, value: object) -> str:
    if name not in RECORDS:
        raise InvalidInput(
            f"{name[:_LONGEST_RECORD]} is no record of a release.",
            help=f"The records are: {', '.join((*_VISA_FIELDS, *RECORDS))}.",
            record=name[:_LONGEST_RECORD],
        )
    clean = value.strip() if isinstance(value, str) else ""
    if not clean or len(clean) > _LONGEST_RECORD or not clean.isprintable():
        raise InvalidInput(
            f"{name} is not a line of text of at most {_LONGEST_RECORD} characters.",
            help="Give its number or reference.",
            record=name,
        )
    return clean


def _day(value: object, name: str) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidInput(f"{name} is no date: {value}.", help="Write it as 2026-05-31.") from error


def stored_release(kept: Mapping[str, Any]) -> Release:
    """What a publication keeps, read back: the visa with its dates, everything else by name."""
    days = {
        name: date.fromisoformat(str(kept[name]))
        for name in ("visa_granted_on", "visa_expires_on")
        if kept.get(name)
    }
    other = {
        name: value for name, value in kept.items() if name not in _VISA_FIELDS and isinstance(value, str)
    }
    number = kept.get("visa_number")
    return Release(None if number is None else str(number), **days, other=other)


def end_of_use(begins: date, months: int, release: Release, source_ends: Collection[date]) -> date:
    """The last day of use, inclusive: the earliest of the limit, the visa's end and the first source's (WF5)."""
    return min([add_months(begins, months), *source_ends, *release.ends])
