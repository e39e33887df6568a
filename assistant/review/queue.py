"""The review queue, a page at a time: what is expected of a person first, by what is kept on the tasks alone.

Each view is a few lanes, every one a walk along one index; their heads are merged. So a page costs the same whether
ten tasks wait or a hundred thousand.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, Role, require
from assistant.review.delegation import stands_for
from assistant.review.queue_facts import GRAVITY
from assistant.review.queue_words import Term, seed_of, terms_of
from assistant.review.rounds import UNDECIDED, UNFINISHED, task_of
from assistant.review.shapes import Names, task_json
from assistant.review.states import TASK
from assistant.store.clock import MARKET_ZONES, civil_date
from assistant.store.database import Database
from assistant.store.schema import product as product_table
from assistant.store.schema import task as task_table
from assistant.store.schema import user as user_table

VIEWS = ("expected", "mine", "unassigned", "overdue", "all", "decided")
ORDERS = ("due", "risk")
DUE = ("overdue", "3", "7", "30")
PAGE = 50
COUNTED_TO = 1000
"""Counts beyond it are given as "1,000 or more"."""
_NO_LANE = 9
_ROLES = (Role.MEDICAL, Role.REGULATORY, Role.LEGAL, Role.PHARMACIST)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks, and in which order; an empty word filters nothing."""

    view: str = "expected"
    product: str = ""
    market: str = ""
    kind: str = ""
    risk: str = ""
    due: str = ""
    words: str = ""
    order: str = "due"
    after: str = ""
    """Where the page before ended, as its `next` said."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue."""

    rows: Sequence[Mapping[str, Any]]
    """{"task": …, "piece": …}, as `review list` has them, with risk and lease."""
    next: str
    """To ask for what follows; empty at the end."""


@dataclass(frozen=True, slots=True)
class _Lane:
    """Tasks that one index holds in order; those of a lower rank come first."""

    rank: int
    where: tuple[ColumnElement[bool], ...]


def queue_page(db: Database, actor: Actor, wanted: Wanted, size: int = PAGE) -> QueuePage:
    """The page of the queue after `wanted.after`. Raises NotAllowed, InvalidInput."""
    require(actor, Permission.READ_PIECES)
    _require_known(wanted)
    with db.read() as connection:
        now = db.clock.now()
        terms = terms_of(connection, wanted.words)
        seed = seed_of(connection, terms)
        conditions = _conditions(wanted, now)
        conditions += [term.holds() for term in terms if term is not seed]
        lanes = _lanes(actor, wanted.view, now, stands_for(connection, actor, now, ""))
        if seed is not None:
            found = _among_few(connection, seed, lanes, conditions, wanted, size + 1)
        else:
            found = _along(connection, lanes, conditions, wanted, size + 1)
        shown = found[:size]
        more = len(found) > size
        return QueuePage(
            _rows(connection, [row for _, row in shown], now),
            _cursor(*shown[-1], wanted) if more else "",
        )


_Found = list[tuple[int, Row[Any]]]
"""Tasks with the rank of their lane, in order."""


def _along(
    connection: Connection,
    lanes: Sequence[_Lane],
    conditions: Sequence[ColumnElement[bool]],
    wanted: Wanted,
    most: int,
) -> _Found:
    """Walk each lane's index from where the page begins, in one statement, and merge the heads."""
    order = _order(wanted)
    rank, after = _read_cursor(wanted)
    walks = []
    for lane in lanes:
        if lane.rank < rank:
            continue
        query = select(task_table, literal(lane.rank).label("place")).where(*lane.where, *conditions)
        if lane.rank == rank and after is not None:
            query = query.where(tuple_(*order) > tuple_(*after))
        walks.append(select(query.order_by(*order).limit(most).subquery()))
    if not walks:
        return []
    found = [(row.place, row) for row in connection.execute(union_all(*walks))]
    return sorted(found, key=lambda pair: (pair[0], *_key(pair[1], wanted)))


def _among_few(
    connection: Connection,
    seed: Term,
    lanes: Sequence[_Lane],
    conditions: Sequence[ColumnElement[bool]],
    wanted: Wanted,
    most: int,
) -> _Found:
    """Look up the few tasks that a word finds, once, and ask each for its lane and all else: no index is walked past others."""
    place = case(*((and_(*lane.where), lane.rank) for lane in lanes), else_=_NO_LANE)
    order = (place, *_order(wanted))
    query = select(task_table, place.label("place"))
    if seed.worded:
        ids = seed.tasks().cte("named").prefix_with("MATERIALIZED")
        query = query.join(ids, ids.c.task_id == task_table.c.id)
    else:
        query = query.where(task_table.c.assignee_id.in_(seed.holders))
    rank, after = _read_cursor(wanted)
    if after is not None:
        query = query.where(tuple_(*order) > tuple_(literal(rank), *after))
    query = query.where(place < _NO_LANE, *conditions).order_by(*order).limit(most)
    return [(row.place, row) for row in connection.execute(query)]


def queue_counts(db: Database, actor: Actor) -> dict[str, int]:
    """How many tasks each view holds that waits for a decision, up to COUNTED_TO. Raises NotAllowed."""
    require(actor, Permission.READ_PIECES)
    with db.read() as connection:
        now = db.clock.now()
        standing = stands_for(connection, actor, now, "")
        counts = []
        for view in VIEWS[:-1]:
            lanes = _lanes(actor, view, now, standing)
            if not lanes:
                continue
            waiting = union_all(*(select(task_table.c.id).where(*lane.where) for lane in lanes))
            few = waiting.limit(COUNTED_TO).subquery()  # no lane is counted beyond what is told
            counts.append(select(literal(view).label("view"), func.count().label("tasks")).select_from(few))
        found = {row.view: int(row.tasks) for row in connection.execute(union_all(*counts))}
        return {view: found.get(view, 0) for view in VIEWS[:-1]}


def _require_known(wanted: Wanted) -> None:
    for value, known, what in (
        (wanted.view, VIEWS, "view"),
        (wanted.order, ORDERS, "order"),
        (wanted.due or DUE[0], DUE, "due date"),
        (wanted.risk or GRAVITY[0], GRAVITY, "risk"),
    ):
        if value not in known:
            raise InvalidInput(f"The queue has no {what} {value}.", help=f"One of: {', '.join(known)}.")


def _lanes(actor: Actor, view: str, now: datetime, standing: Mapping[str, Collection[str]]) -> list[_Lane]:
    """`standing`: by role, those for whom the person stands today."""
    task = task_table.c
    if view == "decided":
        outcomes = sorted(set(TASK) - {*UNFINISHED, "cancelled"})
        return [_Lane(0, (task.assignee_id == actor.id, task.status == outcome)) for outcome in outcomes]
    if view == "all":
        return [
            _Lane(0, (task.role == role, task.status == status)) for role in _ROLES for status in UNDECIDED
        ]
    mine = [_Lane(0, (task.assignee_id == actor.id, task.status == "claimed"))]
    mine += [  # of those for whom the person stands today
        _Lane(0, (task.assignee_id == absent, task.status == "claimed", task.role == role))
        for role, people in sorted(standing.items())
        for absent in sorted(people)
    ]
    if view == "mine":
        return mine
    reviewer = actor.may(Permission.REVIEW)
    roles = [r for r in _ROLES if r in actor.roles or (view != "expected" and not reviewer)]
    held = {actor.id} | {p for people in standing.values() for p in people}
    lapsed = (task.status == "claimed", task.lease_until < now, task.assignee_id.not_in(sorted(held)))
    takeable = [
        _Lane(1, (task.role == role, *which))
        for role in roles
        for which in ((task.status == "open",), lapsed)
    ]
    if view == "overdue":
        late = _late(now)
        return [_Lane(lane.rank, (*lane.where, late)) for lane in mine + takeable]
    return takeable if view == "unassigned" else mine + takeable


def _late(now: datetime, days: int = 0) -> ColumnElement[bool]:
    """Due before that many days from now, on the date of each market."""
    dates = {market: civil_date(now, market) + timedelta(days=days) for market in (*MARKET_ZONES, "")}
    usual = dates[""]
    others: dict[date, list[str]] = {}
    for market, day in dates.items():
        if day != usual:
            others.setdefault(day, []).append(market)
    due, market_column = task_table.c.due_on, task_table.c.market
    if not others:
        return due < usual
    elsewhere = [and_(due < day, market_column.in_(markets)) for day, markets in others.items()]
    apart = [market for markets in others.values() for market in markets]
    return or_(and_(due < usual, market_column.not_in(apart)), *elsewhere)


def _conditions(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    task = task_table.c
    found = [
        column == value
        for column, value in (
            (task.product_id, wanted.product),
            (task.market, wanted.market),
            (task.kind, wanted.kind),
        )
        if value
    ]
    if wanted.risk:
        found.append(task.risk == GRAVITY.index(wanted.risk))
    if wanted.due:
        found.append(_late(now, 0 if wanted.due == "overdue" else int(wanted.due) + 1))
    return found


def _order(wanted: Wanted) -> tuple[ColumnElement[Any], ...]:
    task = task_table.c
    return (task.risk, task.due_on, task.id) if wanted.order == "risk" else (task.due_on, task.id)


def _key(row: Row[Any], wanted: Wanted) -> tuple[Any, ...]:
    return (row.risk, row.due_on, row.id) if wanted.order == "risk" else (row.due_on, row.id)


def _cursor(rank: int, row: Row[Any], wanted: Wanted) -> str:
    return "~".join(str(part) for part in (rank, *_key(row, wanted)))


def _read_cursor(wanted: Wanted) -> tuple[int, tuple[Any, ...] | None]:
    if not wanted.after:
        return 0, None
    parts = wanted.after.split("~")
    try:
        if wanted.order == "risk":
            rank, risk, due, task_id = parts
            return int(rank), (int(risk), date.fromisoformat(due), task_id)
        rank, due, task_id = parts
        return int(rank), (date.fromisoformat(due), task_id)
    except ValueError as error:
        raise InvalidInput(
            "The address names no place in the queue.", help="Open the queue from its beginning."
        ) from error


def _rows(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> list[dict[str, Any]]:
    products = _texts(connection, product_table, {row.product_id for row in rows})
    people = _texts(connection, user_table, {row.assignee_id for row in rows if row.assignee_id})
    names = Names(connection, people)
    return [
        {
            "task": {
                **task_json(task_of(row), names, now, row.market),
                "risk": GRAVITY[row.risk],
            },
            "piece": {
                "id": row.piece_id,
                "title": row.title,
                "kind": row.kind,
                "market": row.market,
                "product": products.get(row.product_id, ""),
            },
        }
        for row in rows
    ]


def _texts(connection: Connection, table: Any, ids: set[str]) -> dict[str, str]:
    rows = connection.execute(select(table.c.id, table.c.name).where(table.c.id.in_(sorted(ids))))
    return {row.id: row.name for row in rows}
