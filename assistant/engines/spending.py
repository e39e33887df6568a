"""What the model costs: tokens a day against a budget, and money per draft by the prices of the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Protocol

from sqlalchemy import select, update

from assistant.engines.model_errors import budget_spent, budget_too_small
from assistant.store.by_text import insert_into
from assistant.store.database import Database, Transaction
from assistant.store.schema import setting

_MILLION = Decimal(1_000_000)


class Purse(Protocol):
    """Tokens that may be spent."""

    def reserve(self, tokens: int) -> str:
        """Take them out before a request; returns the day that they count to. Raises BudgetSpent."""

    def settle(self, day: str, reserved: int, spent: int) -> None:
        """Put right what was reserved of that day, once it is known what was spent."""


@dataclass(frozen=True, slots=True)
class DailyTokens:
    """Counts tokens by the day, UTC, for all processes on one database. A budget of 0 counts and refuses nothing.

    What a process that died had reserved stays spent: the endpoint may have charged it.
    """

    db: Database
    budget: int

    def reserve(self, tokens: int) -> str:
        """Take them out of today; returns the day. Raises BudgetSpent, which says when the next one begins."""
        if self.budget and tokens > self.budget:
            raise budget_too_small(tokens, self.budget)
        with self.db.write() as tx:
            day = _day(tx.now)
            spent = _spent(tx, day)
            if self.budget and spent + tokens > self.budget:
                raise budget_spent(spent, self.budget, _midnight(tx.now))
            _write(tx, day, spent + tokens)
        return day

    def settle(self, day: str, reserved: int, spent: int) -> None:
        """Replace a reservation by what was spent, on its own day though that may be over."""
        with self.db.write() as tx:
            _write(tx, day, max(0, _spent(tx, day) + spent - reserved))

    def today(self) -> int:
        """Tokens spent or reserved today."""
        with self.db.read() as connection:
            found = connection.scalar(
                select(setting.c.value).where(setting.c.name == _name(_day(self.db.clock.now())))
            )
        return int(found or 0)


def _day(now: datetime) -> str:
    return f"{now.astimezone(UTC):%Y-%m-%d}"


def _name(day: str) -> str:
    return f"openai_tokens:{day}"


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)


def _spent(tx: Transaction, day: str) -> int:
    """The day's count, locked; begun where there is none, by whoever comes first."""
    tx.execute(insert_into(tx, setting).on_conflict_do_nothing(), {"name": _name(day), "value": 0})
    found = tx.connection.scalar(
        select(setting.c.value).where(setting.c.name == _name(day)).with_for_update()
    )
    return int(found or 0)


def _write(tx: Transaction, day: str, tokens: int) -> None:
    tx.execute(update(setting).where(setting.c.name == _name(day)).values(value=tokens))


@dataclass(slots=True)
class Usage:
    """What one draft took."""

    requests: int = 0
    read: int = 0
    written: int = 0
    estimated: bool = False
    """Some of it was counted here, because the endpoint did not say."""
    models: list[str] = field(default_factory=list)
    """What the models that answered call themselves: a name in the settings may stand for another version each month."""

    def add(self, read: int, written: int, *, estimated: bool, model: str = "") -> None:
        """One more request."""
        if model and model not in self.models:
            self.models.append(model)
        self.requests += 1
        self.read += read
        self.written += written
        self.estimated = self.estimated or estimated

    def as_json(self, prices: tuple[Decimal, Decimal] | None) -> Mapping[str, object]:
        """For the provenance: tokens, and what they cost where the prices are known."""
        told: dict[str, object] = {
            "requests": self.requests,
            "input_tokens": self.read,
            "output_tokens": self.written,
            "estimated": self.estimated,
        }
        if self.models:
            told["models"] = list(self.models)
        if prices is not None:
            cost = (self.read * prices[0] + self.written * prices[1]) / _MILLION
            told |= {"cost": f"{cost:.6f}", "prices_per_million": [str(price) for price in prices]}
        return told
