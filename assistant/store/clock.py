"""Time comes in as an argument: instants in UTC, civil dates in the market's time zone."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

MARKET_ZONES = {
    "FR": "Europe/Paris",
    "EU": "Europe/Brussels",
    "UK": "Europe/London",
    "US": "America/New_York",
    "DE": "Europe/Berlin",
    "ES": "Europe/Madrid",
    "IT": "Europe/Rome",
    "BE": "Europe/Brussels",
    "CH": "Europe/Zurich",
    "CA": "America/Toronto",
}


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


def instant(value: datetime | None) -> str | None:
    """ISO 8601 in UTC, to the second: as JSON has it."""
    return None if value is None else value.isoformat(timespec="seconds")


def civil_date(at: datetime, market: str) -> date:
    """The date on the wall in the market (Brussels where the market is not listed). Approval and expiry are inclusive."""
    return at.astimezone(zone_of(market)).date()


def zone_of(market: str) -> ZoneInfo:
    """The market's time zone; that of Brussels where the market is not listed."""
    return ZoneInfo(MARKET_ZONES.get(market, "Europe/Brussels"))
