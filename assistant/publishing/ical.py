"""The calendar of expiries as an iCalendar file (RFC 5545): a whole-day event each, with an alarm at each threshold."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from assistant.publishing.calendar import Expiry

_LONGEST_LINE = 75
"""Octets; longer lines are folded."""
_WORDS = {
    "en": {
        "source": "Approval ends",
        "publication": "Publication ends",
        "visa": "Visa ends",
        "certificate": "Certificate ends",
    },
    "fr": {
        "source": "Fin d’approbation",
        "publication": "Fin de publication",
        "visa": "Fin de visa",
        "certificate": "Fin de certificat",
    },
}


def icalendar(expiries: Iterable[Expiry], now: datetime, language: str = "en") -> str:
    """The whole file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ancrage//Expiries//EN", "CALSCALE:GREGORIAN"]
    for one in expiries:
        lines += _event(one, now, language)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(one: Expiry, now: datetime, language: str) -> list[str]:
    summary = f"{_WORDS[language][one.kind]}: {one.title} ({one.product})"
    event = [
        "BEGIN:VEVENT",
        f"UID:{one.kind}-{one.id}-{one.expires_on:%Y%m%d}@ancrage",
        f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.expires_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.expires_on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"CATEGORIES:{one.kind.upper()}",
        "TRANSP:TRANSPARENT",
    ]
    for days in one.thresholds:
        event += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_escaped(summary)}",
            f"TRIGGER:-P{days}D",
            "END:VALARM",
        ]
    return [*event, "END:VEVENT"]


def _escaped(text: str) -> str:
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    for character in "\\;,":
        plain = plain.replace(character, f"\\{character}")
    return plain


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets, never cut within a character; what follows the first begins with a space."""
    parts, part = [], ""
    for character in line:
        if len((part + character).encode()) > _LONGEST_LINE:
            parts.append(part)
            part = " "
        part += character
    return [*parts, part]
