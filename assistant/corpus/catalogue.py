"""The whole corpus as one table: every source in a few statements, then filtered and sorted as the reader asks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, select

from assistant.corpus.loading import load_sources
from assistant.corpus.model import Source
from assistant.people.roles import Actor, Permission, require
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import page

SORTS = ("title", "product", "kind", "status", "expires", "added", "unreadable")
_NEVER = date.max
PAGE = 100
"""Sources on a page."""
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class CorpusQuery:
    """What the reader asks for; an empty value asks nothing. Values that nobody knows fit nothing, and refuse nothing."""

    text: str = ""
    """Words of the title, the file's name or the reference; all of them."""
    product: str = ""
    kind: str = ""
    market: str = ""
    audience: str = ""
    use: str = ""
    status: str = ""
    language: str = ""
    right: str = ""
    expiring: str = ""
    """Ends within so many days, and has not ended."""
    pages: str = ""
    """`unreadable` or `doubtful`: has such pages."""
    reference: str = ""
    """`confirmed` or `open`."""
    sort: str = ""
    """One of SORTS, with a minus sign the other way round; by title where it is none of them."""

    def filtered(self) -> bool:
        """Whether anything but the order is asked for."""
        return any(getattr(self, one.name) for one in fields(self) if one.name != "sort")

    def sorted_by(self) -> tuple[str, bool]:
        """The column, and whether it stands the other way round."""
        name = self.sort.removeprefix("-")
        return (name, self.sort.startswith("-")) if name in SORTS else ("title", False)


def query_of(given: Mapping[str, str]) -> CorpusQuery:
    """A query from an address's parameters; others are passed over."""
    return CorpusQuery(**{one.name: given.get(one.name, "").strip()[:200] for one in fields(CorpusQuery)})


def corpus(db: Database, actor: Actor) -> list[dict[str, Any]]:
    """Every source, in order of registration, with what the table shows of it."""
    require(actor, Permission.READ_SOURCES)
    now = db.clock.now()
    with db.read() as connection:
        found = load_sources(connection)
        qualities: dict[str, Counter[str]] = defaultdict(Counter)
        for row in connection.execute(
            select(page.c.reading_id, page.c.quality, func.count().label("pages"))
            .where(page.c.reading_id.in_({one.reading_id for one in found}))
            .group_by(page.c.reading_id, page.c.quality)
        ):
            qualities[row.reading_id][row.quality] = row.pages
    return [_row(one, qualities[one.reading_id], one.status_at(now), _days_left(one, now)) for one in found]


def choose(rows: Iterable[Mapping[str, Any]], query: CorpusQuery) -> list[Mapping[str, Any]]:
    """The rows that fit, in the order that is asked for; equal ones stand by title."""
    fitting = sorted((row for row in rows if _fits(row, query)), key=_title)
    name, backwards = query.sorted_by()
    return sorted(fitting, key=lambda row: _key(row, name), reverse=backwards)


def cut(rows: Sequence[Mapping[str, Any]], after: str) -> tuple[Sequence[Mapping[str, Any]], str]:
    """The page of sorted rows behind the one with the id `after`, and the `after` of the next page."""
    return behind(rows, after, PAGE, lambda row: str(row["id"]))


def behind(
    found: Sequence[_Found], after: str, limit: int | None, id_of: Callable[[_Found], str]
) -> tuple[Sequence[_Found], str]:
    """What stands behind the one with the id `after`, `limit` of it or all, and the `after` of what follows; from the
    beginning where none has that id, as where a filter no longer fits it.
    """
    begin = next((at + 1 for at, one in enumerate(found) if id_of(one) == after), 0)
    end = len(found) if limit is None else begin + limit
    return found[begin:end], id_of(found[end - 1]) if end < len(found) else ""


def _row(one: Source, pages: Counter[str], status: str, days_left: int | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "product": one.product,
        "kind": one.kind,
        "language": one.language,
        "status": status,
        "markets": sorted(one.markets),
        "audiences": sorted(one.audiences),
        "uses": sorted(one.uses),
        "display_right": one.display_right,
        "expires_on": one.approval.expires_on.isoformat() if one.approval else None,
        "days_left": days_left,
        "pages": pages.total(),
        "unreadable": pages["unreadable"],
        "doubtful": pages["doubtful"],
        "left_out": len(one.excluded_pages),
        "indexed": one.indexed_at is not None,
        "file_name": one.file_name,
        "reference": one.reference,
        "reference_confirmed": one.bibliography is not None,
        "registered_at": one.registered_at.isoformat(timespec="seconds"),
    }


def _days_left(one: Source, now: Any) -> int | None:
    if one.approval is None:
        return None
    return min((one.approval.expires_on - civil_date(now, market)).days for market in one.markets or {"EU"})


def _fits(row: Mapping[str, Any], query: CorpusQuery) -> bool:
    single = ("product", "kind", "status", "language")
    several: Sequence[tuple[str, str]] = (("market", "markets"), ("audience", "audiences"), ("use", "uses"))
    return (
        all(getattr(query, name) in {"", row[name]} for name in single)
        and all(not getattr(query, name) or getattr(query, name) in row[key] for name, key in several)
        and query.right in {"", row["display_right"]}
        and _words_stand(row, query.text)
        and _ends_within(row, query.expiring)
        and (
            not query.pages or bool(row.get(query.pages) if query.pages in {"unreadable", "doubtful"} else 0)
        )
        and query.reference in {"", "confirmed" if row["reference_confirmed"] else "open"}
    )


def _words_stand(row: Mapping[str, Any], text: str) -> bool:
    shown = f"{row['title']} {row['file_name']} {row['reference']}".casefold()
    return all(word in shown for word in text.casefold().split())


def _ends_within(row: Mapping[str, Any], days: str) -> bool:
    if not days:
        return True
    left = row["days_left"]
    return (
        days.isdecimal() and left is not None and row["status"] == "approved" and 0 <= left <= int(days[:5])
    )


def _title(row: Mapping[str, Any]) -> str:
    return str(row["title"]).casefold()


def _key(row: Mapping[str, Any], name: str) -> Any:
    if name == "expires":
        return row["expires_on"] or _NEVER.isoformat()
    if name == "added":
        return row["registered_at"]
    value = row[name]
    return value.casefold() if isinstance(value, str) else value
