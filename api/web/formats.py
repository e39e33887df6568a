"""Dates, numbers and places as a person would write them in French or English."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from api.web.language import catalogue
from guardrails.model import Locator

_LOCALES = {"en": "en_GB", "fr": "fr_FR"}
_SHOWN_IN = ZoneInfo("Europe/Paris")
_SOON = 60
_MEGABYTE = 1_000_000
"""Days before an expiry from which it is worth a warning."""
_NO_BREAK = "\N{NO-BREAK SPACE}"
_BEFORE_SIGN = re.compile(r" (?=[:;!?»])")
_WITHIN_QUOTES = re.compile("« ")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W_]|« )")


def as_date(value: date | str) -> date:
    """A civil date, given as such or in ISO form."""
    return value if isinstance(value, date) else date.fromisoformat(value[:10])


def as_instant(value: datetime | str) -> datetime:
    """An instant, given as such or in ISO form."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def date_text(value: date | str | None, language: str) -> str:
    """Such as "3 November 2026", « 3 novembre 2026 »; a dash where there is none."""
    return (
        "–"
        if not value
        else _first(format_date(as_date(value), "d MMMM y", locale=_LOCALES[language]), language)
    )


def instant_text(value: datetime | str | None, language: str) -> str:
    """Such as "3 November 2026, 14:05" in Paris time; a dash where there is none."""
    if not value:
        return "–"
    shown = "d MMMM y, HH:mm"
    said = format_datetime(as_instant(value), shown, tzinfo=_SHOWN_IN, locale=_LOCALES[language])
    return _first(said, language)


def signed_text(value: datetime | str, language: str) -> str:
    """An instant as a signature shows it: with seconds and its distance from GMT (21 CFR 11.50)."""
    shown = "d MMMM y, HH:mm:ss ZZZZ"
    said = format_datetime(as_instant(value), shown, tzinfo=_SHOWN_IN, locale=_LOCALES[language])
    return _first(said, language)


def _first(said: str, language: str) -> str:
    """French says "1er" of the first day of a month."""
    return f"1er{said[1:]}" if language == "fr" and said.startswith("1 ") else said


def number_text(value: float | None, language: str) -> str:
    """Such as "1,234.5", « 1 234,5 »; a dash where there is none."""
    return "–" if value is None else format_decimal(value, locale=_LOCALES[language])


def expiry(value: date | str | None, today: date) -> tuple[str, int] | None:
    """How an expiry stands ("past", "soon" or "later") and in how many days it comes; the day itself is still valid."""
    if not value:
        return None
    days = (as_date(value) - today).days
    return ("past" if days < 0 else "soon" if days <= _SOON else "later"), days


def expiry_text(value: date | str | None, today: date, language: str) -> str:
    """Such as "in 3 months", "today", "12 days ago": when an approval ends, seen from today."""
    standing = expiry(value, today)
    if standing is None:
        return "–"
    days = standing[1]
    words = catalogue(language)
    if days == 0:
        return words.gettext("today")
    size = abs(days)
    if size < _SOON:
        phrase = words.ngettext("%(n)s day", "%(n)s days", size) % {"n": size}
    elif size < 2 * 365:
        months = round(size / 30.44)
        phrase = words.ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    else:
        years = round(size / 365.25)
        phrase = words.ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    return (words.gettext("in %(span)s") if days > 0 else words.gettext("%(span)s ago")) % {"span": phrase}


def timecode(seconds: float) -> str:
    """Seconds as 1:02:03 or 2:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def place_text(locator: Mapping[str, Any] | Locator, language: str) -> str:
    """Such as "page 12", "slide 4", "at 12:05": a locator as a person would say it, without its section."""
    words = catalogue(language)
    place = locator if isinstance(locator, Mapping) else asdict(locator)
    if place.get("slide") is not None:
        return words.gettext("slide %(n)s") % {"n": place["slide"]}
    if place.get("page") is not None:
        return words.gettext("page %(n)s") % {"n": place["page"]}
    if place.get("start") is not None:
        return words.gettext("at %(time)s") % {"time": timecode(float(place["start"]))}
    return ""


def size_text(number: int, language: str) -> str:
    """A number of bytes in kB or MB."""
    if number < _MEGABYTE:
        return f"{number_text(max(1, round(number / 1000)), language)} kB"
    return f"{number_text(round(number / _MEGABYTE, 1), language)} MB"


def typeset(text: str, language: str) -> str:
    """A sentence that was made from values, with the no-break spaces and the apostrophes that French wants."""
    if language != "fr":
        return text
    text = _APOSTROPHE.sub("’", text)
    return _BEFORE_SIGN.sub(_NO_BREAK, _WITHIN_QUOTES.sub(f"«{_NO_BREAK}", text))
