"""Columns that keep their meaning in both databases."""

from datetime import UTC, datetime

from sqlalchemy import Dialect, String, TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An instant in UTC. Refuses a naive value; stored as ISO 8601 text so that both databases order it alike."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's signature
        """To text, always with microseconds and offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """From text."""
        return None if value is None else datetime.fromisoformat(value)
