"""The windows of deposit: as shipped, or as somebody of this installation has set them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, insert, select, update

from assistant.audit.trail import record
from assistant.corpus.written import civil_day
from assistant.errors import Conflict, InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.conditions.data import MARKETS, Calendar, Window, market_of
from assistant.publishing.conditions.deadlines import Outlook, outlook
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.ids import new_id
from assistant.store.schema import deposit_calendar as calendar_table

_LONGEST_SOURCE = 300
_MOST_WINDOWS = 24


def calendars(connection: Connection, market: str, kind: str | None = None) -> list[Calendar]:
    """The calendars of a market by year, of one kind of permit or all; what was set stands for what was shipped."""
    found = {(one.type, one.year): one for one in market_of(market).calendars}
    rows = connection.execute(select(calendar_table).where(calendar_table.c.market == market))
    for row in rows:
        windows = tuple(
            Window(date.fromisoformat(opens), date.fromisoformat(closes)) for opens, closes in row.windows
        )
        found[row.type, row.year] = Calendar(market, row.type, row.year, windows, row.source, row.version)
    return sorted(
        (one for one in found.values() if kind is None or one.type == kind),
        key=lambda one: (one.type, one.year),
    )


def outlook_on(connection: Connection, market: str, kind: str, day: date) -> Outlook:
    """What is known on that day of the windows of that kind of permit."""
    return outlook(calendars(connection, market, kind), day)


def gaps(connection: Connection, market: str, today: date) -> list[tuple[str, int]]:
    """The kinds of permit and years whose windows should be recorded by now: this year's, and from the day on which the law
    has them fixed, the next one's.
    """
    known = {(one.type, one.year) for one in calendars(connection, market)}
    due = market_of(market).calendar_due
    years = [today.year] + [today.year + 1] * (due is not None and (today.month, today.day) >= due)
    return [(kind, year) for kind in kinds_of(market) for year in years if (kind, year) not in known]


@dataclass(frozen=True, slots=True)
class NewCalendar:
    """The windows of one kind of permit in one year, as somebody enters them."""

    market: str
    type: str
    year: int
    days: Sequence[tuple[str, str]]
    """First and last day of each, both inclusive."""
    source: str
    """The decision that fixed them."""
    version: int | None = None
    """The one that was seen, where somebody saw one."""


def set_calendar(db: Database, actor: Actor, new: NewCalendar) -> Calendar:
    """Set the windows of a year, which then stand for those that were shipped.

    Raises NotAllowed, InvalidInput, Conflict where somebody else has set them since.
    """
    require(actor, Permission.SET_WINDOWS)
    market, kind, year = new.market, new.type, new.year
    _require_known(market, kind)
    clean = _clean_source(new.source)
    windows = read_windows(new.days, year)
    with db.write() as tx:
        row = tx.execute(
            select(calendar_table)
            .where(
                calendar_table.c.market == market,
                calendar_table.c.type == kind,
                calendar_table.c.year == year,
            )
            .with_for_update()
        ).first()
        known = 0 if row is None else row.version
        if new.version is not None and new.version != known:
            raise Conflict(
                f"Somebody else has set the windows of {year} in the meantime.",
                help="Look at them again, then change what is still wrong.",
            )
        values = {
            "windows": [[one.opens_on.isoformat(), one.closes_on.isoformat()] for one in windows],
            "source": clean,
            "version": known + 1,
            "set_by": actor.id,
            "set_at": tx.now,
        }
        identity = new_id("calendar") if row is None else row.id
        if row is None:
            keys = {"id": identity, "market": market, "type": kind, "year": year}
            tx.execute(insert(calendar_table).values(**keys, **values))
        else:
            tx.execute(update(calendar_table).where(calendar_table.c.id == identity).values(**values))
        tx.failpoint("windows:row")
        details = {
            "calendar": identity,
            "year": year,
            "windows": values["windows"],
            "version": known + 1,
        }
        record(tx, actor, "windows.set", f"{market}-{kind}", details, free_text=clean)
    return Calendar(market, kind, year, windows, clean, known + 1)


def read_windows(days: Sequence[tuple[str, str]], year: int) -> tuple[Window, ...]:
    """The windows in order. Raises InvalidInput for days that are none, of another year, backwards or overlapping."""
    if not days or len(days) > _MOST_WINDOWS:
        raise InvalidInput(
            f"A year has 1 to {_MOST_WINDOWS} windows of deposit.", help="Give their first and last days."
        )
    windows = sorted(
        (Window(civil_day(opens, "opens_on"), civil_day(closes, "closes_on")) for opens, closes in days),
        key=lambda one: one.opens_on,
    )
    for one in windows:
        if one.opens_on.year != year:
            raise InvalidInput(
                f"The window that opens on {one.opens_on} is not of {year}.",
                help="Give each year its own windows; one may run over into the next.",
            )
        if one.closes_on < one.opens_on:
            raise InvalidInput(
                f"The window that opens on {one.opens_on} closes before it, on {one.closes_on}.",
                help="Give the first day, then the last.",
            )
    for before, after in pairwise(windows):
        if after.opens_on <= before.closes_on:
            raise InvalidInput(
                f"The windows that open on {before.opens_on} and {after.opens_on} overlap.",
                help="Give each its own days.",
            )
    return tuple(windows)


def windows_json(db: Database, actor: Actor, market: str) -> dict[str, Any]:
    """{"windows": the calendars of a market, each window with whether it is over, open or to come, "missing": those that are not
    recorded though they should be, [{"market", "type", "year"}]}. Raises InvalidInput.
    """
    require(actor, Permission.READ_PIECES)
    _require_market(market)
    with db.read() as connection:
        found = calendars(connection, market)
        today = civil_date(db.clock.now(), market)
        missing = gaps(connection, market, today)
    return {
        "windows": [calendar_json(one, today) for one in found],
        "missing": [{"market": market, "type": kind, "year": year} for kind, year in missing],
    }


def calendar_json(one: Calendar, today: date) -> dict[str, Any]:
    """As the command line and the API show it."""
    return {
        "market": one.market,
        "type": one.type,
        "year": one.year,
        "source": one.source,
        "version": one.version,
        "windows": [
            {
                "opens_on": w.opens_on.isoformat(),
                "closes_on": w.closes_on.isoformat(),
                "state": "over" if w.closes_on < today else "open" if w.opens_on <= today else "to_come",
            }
            for w in one.windows
        ],
    }


def kinds_of(market: str) -> tuple[str, ...]:
    """The kinds of permit of a market that are deposited in windows."""
    found = {kind for c in market_of(market).conditions for kind in c.types.values()}
    return tuple(sorted(found, reverse=True))


def kind_for(market: str, audience: str) -> str:
    """The kind of permit that is deposited in windows for that audience; empty where there is none."""
    return next((one.type_for(audience) for one in market_of(market).conditions if one.types), "")


def _require_market(market: str) -> None:
    wanted = {one for one in MARKETS if kinds_of(one)}
    if market not in wanted:
        raise InvalidInput(
            f"Nothing is deposited in windows in the market {market[:8]}.",
            help=f"Markets with windows: {', '.join(sorted(wanted))}.",
        )


def _require_known(market: str, kind: str) -> None:
    _require_market(market)
    if kind not in kinds_of(market):
        raise InvalidInput(
            f"{kind[:8]} is no kind of permit of the market {market}.",
            help=f"One of: {', '.join(kinds_of(market))}.",
        )


def _clean_source(source: str) -> str:
    clean = " ".join(source.split())
    if not clean or len(clean) > _LONGEST_SOURCE or not clean.isprintable():
        raise InvalidInput(
            f"The decision that fixed the windows is named in at most {_LONGEST_SOURCE} characters.",
            help="For instance: ANSM, decision of 22 October 2025.",
        )
    return clean
