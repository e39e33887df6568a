"""The figures, counted from what people did; nothing is kept beside it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from assistant.corpus.products import find_product
from assistant.people.roles import Actor, Permission, Role, require
from assistant.review.rounds import UNDECIDED
from assistant.review.working_days import working_days_between
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import (
    audit_entry,
    citation,
    finding,
    override,
    piece,
    publication,
    recall,
    review_round,
    revision,
    task,
)

STAGES = ("writing", "review", "changes", "release")
"""First draft to first submission; a round; from changes asked for to the next submission; from approval to publication."""
_DECIDED = ("approved", "changes_requested", "rejected")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which pieces, and which days: what ended from `since` to `until`, both counted."""

    product: str | None = None
    market: str | None = None
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day is one of them."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


def figures(db: Database, actor: Actor, scope: Scope) -> dict[str, Any]:
    """All of them, as JSON. Administrators, who read no reviews, get counts without reasons. Raises UnknownProduct."""
    require(actor, Permission.READ_FIGURES)
    reasons = bool(actor.roles - {Role.ADMIN})
    with db.read() as connection:
        pieces = _pieces(connection, scope)
        rounds = _by_piece(connection, review_round, pieces, review_round.c.number)
        published = _by_piece(connection, publication, pieces, publication.c.published_at)
        return {
            "cycle": _cycle(scope, pieces, rounds, published),
            "rounds": _rounds(scope, pieces, rounds),
            "findings": _findings(connection, scope, pieces),
            "overrides": _overrides(connection, scope, pieces, reasons=reasons),
            "overdue": _overdue(connection, pieces, db.clock.now()),
            "recalls": _recalls(connection, scope, pieces),
        }


_Pieces = Mapping[str, Row[Any]]
_Rows = Mapping[str, Sequence[Row[Any]]]


def _pieces(connection: Connection, scope: Scope) -> _Pieces:
    query: Select[Any] = select(piece.c.id, piece.c.market, piece.c.created_at)
    if scope.product:
        query = query.where(piece.c.product_id == find_product(connection, scope.product).id)
    if scope.market:
        query = query.where(piece.c.market == scope.market)
    return {row.id: row for row in connection.execute(query)}


def _by_piece(connection: Connection, table: Any, pieces: _Pieces, order: Any) -> _Rows:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(select(table).order_by(order)):
        if row.piece_id in pieces:
            found[row.piece_id].append(row)
    return found


def _cycle(scope: Scope, pieces: _Pieces, rounds: _Rows, published: _Rows) -> list[dict[str, Any]]:
    days: dict[str, list[int]] = {stage: [] for stage in STAGES}

    def add(stage: str, market: str, start: datetime, end: datetime) -> None:
        first, last = civil_date(start, market), civil_date(end, market)
        if scope.covers(last):
            days[stage].append(working_days_between(first, last, market))

    for key, found in pieces.items():
        mine = rounds.get(key, ())
        if mine:
            add("writing", found.market, found.created_at, mine[0].submitted_at)
        for at, one in enumerate(mine):
            if one.status in _DECIDED:
                add("review", found.market, one.submitted_at, one.closed_at)
            if one.status == "changes_requested" and at + 1 < len(mine):
                add("changes", found.market, one.closed_at, mine[at + 1].submitted_at)
        for release in published.get(key, ()):
            approved = [
                r.closed_at
                for r in mine
                if r.status == "approved"
                and r.revision_id == release.revision_id
                and r.closed_at <= release.published_at
            ]
            if approved:
                add("release", found.market, approved[-1], release.published_at)
    return [{"stage": stage, **_spread(counted)} for stage, counted in days.items()]


def _spread(days: list[int]) -> dict[str, Any]:
    if not days:
        return {"count": 0, "median": None, "ninth_of_ten": None, "longest": None}
    ordered = sorted(days)
    ninth = ordered[min(len(ordered) - 1, -(-9 * len(ordered) // 10) - 1)]
    return {"count": len(days), "median": median(ordered), "ninth_of_ten": ninth, "longest": ordered[-1]}


def _rounds(scope: Scope, pieces: _Pieces, rounds: _Rows) -> dict[str, Any]:
    """Of the pieces that a round in these days approved: how many rounds were decided until then; and what passed at once."""
    counts: Counter[int] = Counter()
    decided_first, passed_first = 0, 0
    for key, mine in rounds.items():
        market = pieces[key].market
        decided = [r for r in mine if r.status in _DECIDED]
        if decided and scope.covers(civil_date(decided[0].closed_at, market)):
            decided_first += 1
            passed_first += decided[0].status == "approved"
        until = next((at for at, r in enumerate(decided) if r.status == "approved"), None)
        if until is not None and scope.covers(civil_date(decided[until].closed_at, market)):
            counts[until + 1] += 1
    return {
        "until_approved": [{"rounds": number, "pieces": counts[number]} for number in sorted(counts)],
        "first_decided": decided_first,
        "first_passed": passed_first,
        "first_pass_rate": round(passed_first / decided_first, 3) if decided_first else None,
    }


def _findings(connection: Connection, scope: Scope, pieces: _Pieces) -> list[dict[str, Any]]:
    """By rule: in how many revisions that were sent to review the checks found something."""
    rows = connection.execute(
        select(
            finding.c.rule,
            finding.c.severity,
            revision.c.piece_id,
            finding.c.created_at,
            finding.c.revision_id,
        )
        .join(revision, revision.c.id == finding.c.revision_id)
        .where(finding.c.stage == "submit", finding.c.severity != "info")
    )
    seen: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        if _counts(scope, pieces, row.piece_id, row.created_at):
            seen[row.rule][row.severity].add(row.revision_id)
    found = [
        {
            "rule": rule,
            "revisions": len(set().union(*by.values())),
            "blocking": len(by["block"]),
            "waiting": len(by["needs_review"]),
        }
        for rule, by in seen.items()
    ]
    return sorted(found, key=lambda item: (-int(item["revisions"]), str(item["rule"])))


def _overrides(
    connection: Connection, scope: Scope, pieces: _Pieces, *, reasons: bool
) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(override.c.rule, override.c.reason, override.c.given_at, revision.c.piece_id)
        .join(revision, revision.c.id == override.c.revision_id)
        .order_by(override.c.given_at)
    )
    given: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if _counts(scope, pieces, row.piece_id, row.given_at):
            given[row.rule].append(row.reason)
    return [
        {"rule": rule, "count": len(said), **({"reasons": said} if reasons else {})}
        for rule, said in sorted(given.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _overdue(connection: Connection, pieces: _Pieces, now: datetime) -> list[dict[str, Any]]:
    """Of today, whatever the days of the scope: open tasks past their due date, by role."""
    rows = connection.execute(
        select(task.c.role, task.c.due_on, task.c.piece_id).where(task.c.status.in_(UNDECIDED))
    )
    late: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.piece_id in pieces:
            market = pieces[row.piece_id].market
            today = civil_date(now, market)
            if row.due_on < today:
                late[row.role].append(working_days_between(row.due_on, today, market))
    return [{"role": role, "tasks": len(days), "longest": max(days)} for role, days in sorted(late.items())]


def _recalls(connection: Connection, scope: Scope, pieces: _Pieces) -> list[dict[str, Any]]:
    """By cause: how many publications, and the seconds from the withdrawal of a source to the last mark of a piece.

    Nothing is served from the first of these seconds on: that is computed at every read.
    """
    withdrawn = _withdrawals(connection)
    seconds: dict[str, list[float]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for row in connection.execute(select(recall).where(recall.c.publication_id.is_not(None))):
        if not _counts(scope, pieces, row.piece_id, row.recalled_at):
            continue
        counts[row.cause] += 1
        before = [at for at in withdrawn.get(row.publication_id, ()) if at <= row.recalled_at]
        if row.cause == "source_withdrawn" and before:
            seconds[row.cause].append((row.recalled_at - max(before)).total_seconds())
    return [
        {
            "cause": cause,
            "count": count,
            "median_seconds": round(median(seconds[cause]), 1) if seconds[cause] else None,
            "longest_seconds": round(max(seconds[cause]), 1) if seconds[cause] else None,
        }
        for cause, count in sorted(counts.items())
    ]


def _withdrawals(connection: Connection) -> Mapping[str, list[datetime]]:
    """By publication, when sources that it cites were withdrawn."""
    rows = connection.execute(
        select(publication.c.id, audit_entry.c.at)
        .join(citation, citation.c.revision_id == publication.c.revision_id)
        .join(audit_entry, audit_entry.c.subject == citation.c.source_id)
        .where(audit_entry.c.action == "source.withdrawn")
        .distinct()
    )
    found: dict[str, list[datetime]] = defaultdict(list)
    for row in rows:
        found[row.id].append(row.at)
    return found


def _counts(scope: Scope, pieces: _Pieces, piece_id: str, at: datetime) -> bool:
    return piece_id in pieces and scope.covers(civil_date(at, pieces[piece_id].market))


def markets(db: Database) -> list[str]:
    """Those that pieces were written for."""
    with db.read() as connection:
        rows = connection.execute(select(piece.c.market, func.count()).group_by(piece.c.market))
        return sorted(row.market for row in rows)


def as_rows(document: Mapping[str, Any]) -> Iterable[tuple[str, str, str, object]]:
    """The figures as (figure, of what, measure, value), for a table of one shape."""
    for figure, key in (
        ("cycle", "stage"),
        ("findings", "rule"),
        ("overrides", "rule"),
        ("overdue", "role"),
        ("recalls", "cause"),
    ):
        for item in document[figure]:
            for measure, value in item.items():
                if measure == "reasons":
                    yield from ((figure, item[key], "reason", said) for said in value)
                elif measure != key:
                    yield figure, item[key], measure, value
    for item in document["rounds"]["until_approved"]:
        yield "rounds", str(item["rounds"]), "pieces", item["pieces"]
    for measure in ("first_decided", "first_passed", "first_pass_rate"):
        yield "rounds", "first", measure, document["rounds"][measure]
