"""What each market asks for at release, as data: one file of the folder `markets` each, read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from assistant.people.roles import Role
from assistant.review.model import Piece

MARKETS = ("FR", "UK", "US", "EU")
"""Those with a file of their own; every other market has that of the EU."""
Form = Literal["permit", "certificate", "submission"]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who may certify with this qualification, and which register of the profession names them."""

    roles: frozenset[Role]
    register: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that has to be there before a piece is released."""

    id: str
    form: Form
    market: str
    title: Mapping[str, str]
    authority: str
    rules: tuple[str, ...]
    """The rules of the market's pack that hold it at release."""
    when: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, Mapping[str, str]]
    """What it rests on in law, by subject and language."""
    types: Mapping[str, str] = field(default_factory=dict)
    number: Mapping[str, str] = field(default_factory=dict)
    answer_months: int | None = None
    validity_months: int | None = None
    remind_months: int | None = None
    signatories: Mapping[str, Signatory] = field(default_factory=dict)
    meaning: Mapping[str, str] = field(default_factory=dict)

    def asked_of(self, piece: Piece) -> bool:
        """Whether the piece has to meet it."""
        facts = {"qualifications": piece.qualification, "kinds": piece.kind}
        return all(facts[name] in wanted for name, wanted in self.when.items())

    def type_of(self, piece: Piece) -> str:
        """Which kind of permit, by audience: PM or GP in France; empty where there is only one."""
        return self.type_for(piece.audience)

    def type_for(self, audience: str) -> str:
        """As `type_of`, for an audience."""
        return self.types.get(audience, self.types.get("other", ""))


@dataclass(frozen=True, slots=True)
class Window:
    """Days within which requests are deposited, both inclusive."""

    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """The windows of one kind of permit in one year, and the decision that fixed them."""

    market: str
    type: str
    year: int
    windows: tuple[Window, ...]
    source: str
    version: int = 0
    """How often somebody has set it in this installation; 0: as it was shipped."""


@dataclass(frozen=True, slots=True)
class Market:
    """One file."""

    conditions: tuple[Condition, ...]
    calendars: tuple[Calendar, ...]
    keep_years: int
    """How long the lines of the register of recipients are kept after the last use (WF7)."""
    keep_source: Mapping[str, str]
    calendar_due: tuple[int, int] | None = None
    """Month and day from which the windows of the next year are known."""


def conditions_of(piece: Piece) -> tuple[Condition, ...]:
    """What the piece has to meet at release."""
    return tuple(condition for condition in market_of(piece.market).conditions if condition.asked_of(piece))


@cache
def market_of(market: str) -> Market:
    """What is asked in that market."""
    import yaml

    name = (market if market in MARKETS else "EU").lower()
    text = files("assistant.publishing.conditions").joinpath("markets", f"{name}.yaml").read_text("utf-8")
    data = yaml.safe_load(text)
    return Market(
        conditions=tuple(_condition(data["market"], row) for row in data["conditions"]),
        calendars=tuple(_calendar(data["market"], row) for row in data["windows"]),
        keep_years=data["register"]["keep_years"],
        keep_source=data["register"]["source"],
        calendar_due=_month_and_day(data.get("next_windows_known_from")),
    )


def _condition(market: str, row: Mapping[str, Any]) -> Condition:
    return Condition(
        id=row["id"],
        form=row["form"],
        market=market,
        title=row["title"],
        authority=row["authority"],
        rules=tuple(row["rules"]),
        when={name: tuple(values) for name, values in row["when"].items()},
        sources=row["sources"],
        types=row.get("types", {}),
        number=row.get("number", {}),
        answer_months=row["answer"]["months"] if "answer" in row else None,
        validity_months=row.get("validity_months"),
        remind_months=row.get("remind_months"),
        signatories={name: _signatory(one) for name, one in row.get("signatories", {}).items()},
        meaning=row.get("meaning", {}),
    )


def _signatory(row: Mapping[str, Any]) -> Signatory:
    names = {language: row[language] for language in ("en", "fr")}
    return Signatory(frozenset(Role(role) for role in row["roles"]), row["register"], names)


def _month_and_day(written: str | None) -> tuple[int, int] | None:
    if written is None:
        return None
    month, day = written.split("-")
    return int(month), int(day)


def _calendar(market: str, row: Mapping[str, Any]) -> Calendar:
    windows = tuple(Window(opens, closes) for opens, closes in row["days"])
    return Calendar(market, row["type"], row["year"], windows, row["source"])
