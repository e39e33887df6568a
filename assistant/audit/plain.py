"""Values of columns as entries write them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

Body = Mapping[str, Any]
"""An entry, read from its canonical text."""


def plain(value: Any) -> Any:
    """As JSON holds it: moments in UTC and days as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
