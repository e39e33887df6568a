"""What entries say of sources and their approvals, and of the windows of deposit.

Entries from before 27 November 2026 do not name the row of an approval or of a calendar: it is found by what it is
about. They do not hold a source's title, file name and language either.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from assistant.audit.expected import Digested, TextOf, Whole
from assistant.audit.plain import Body
from assistant.store.schema import approval, deposit_calendar, source_scope

if TYPE_CHECKING:
    from assistant.audit.followed import FollowedRows

NAMED = ("title", "file_name", "language")
"""Of a source: what its entry holds by a digest."""
_SPELLED = {
    "product_id": "product",
    "sha256": "sha256",
    "reading_id": "reading",
    "kind": "kind",
    "cite_notes": "cite_notes",
    "cite_questions": "cite_questions",
    "excluded_pages": "excluded_pages",
    "excluded_times": "excluded_times",
    "display_right": "display_right",
    "replaces": "replaces",
}
SCOPES = ("market", "audience", "use")


def follow_source(rows: "FollowedRows", body: Body) -> None:
    """Registered, approved, superseded, withdrawn, read again, and where it may be shown."""
    told, action, key = body["details"], body["action"], body["subject"]
    if action == "source.registered":
        said = {
            **{column: told[name] for column, name in _SPELLED.items() if name in told},
            "scopes": {scope: told[f"{scope}s"] for scope in SCOPES},
            "status": "pending",
            "replaced_by": None,
            "withdrawn_reason": None,
            "registered_by": body["actor"],
            "registered_at": body["at"],
        }
        if "named_sha256" in told:
            said["title"] = Digested(NAMED, told["named_sha256"])
        elif "excluded_times" in told:
            said["excluded_times"] = Whole(told["excluded_times"])
        rows.say("source", key, body, said)
    elif action == "source.approved":
        rows.add("source", key, body, {"status": "approved"})
        _approved(rows, body)
    elif action == "source.superseded":
        rows.add("source", key, body, {"status": "superseded", "replaced_by": told["by"]})
    elif action == "source.withdrawn":
        why = TextOf(body["number"], body.get("note_sha256"))
        rows.add("source", key, body, {"status": "withdrawn", "withdrawn_reason": why})
    elif action == "source.reread":
        now = {"reading_id": told["after"], "excluded_pages": told["excluded_pages"]}
        rows.add("source", key, body, now)
    elif action == "source.right_set":
        rows.add("source", key, body, {"display_right": told["after"]})


def _approved(rows: "FollowedRows", body: Body) -> None:
    told, about = body["details"], (approval.c.source_id, approval.c.recorded_at)
    said = {
        "source_id": body["subject"],
        **{name: told[name] for name in ("reference", "approved_on", "expires_on")},
        "recorded_by": body["actor"],
        "recorded_at": body["at"],
    }
    key = told.get("approval") or rows.found("approval", about, (body["subject"], body["at"]))
    rows.say("approval", key, body, said)


def follow_calendar(rows: "FollowedRows", body: Body) -> None:
    """The windows of a year, as the last who set them did."""
    if body["action"] != "windows.set":
        return
    told, columns = body["details"], deposit_calendar.c
    market, _, kind = body["subject"].rpartition("-")
    place = (market, kind, told["year"])
    key = told.get("calendar") or rows.found(
        "calendar of deposits", (columns.market, columns.type, columns.year), place
    )
    said = {
        **dict(zip(("market", "type", "year"), place, strict=True)),
        "windows": told["windows"],
        "source": TextOf(body["number"], body.get("note_sha256")),
        "version": told["version"],
        "set_by": body["actor"],
        "set_at": body["at"],
    }
    rows.say("calendar of deposits", key, body, said)


def add_scopes(connection: Connection, rows: Mapping[str, dict[str, Any]]) -> None:
    """Beside the columns of these sources, by their ids, the scopes that rows of their own keep."""
    for row in rows.values():
        row["scopes"] = {scope: [] for scope in SCOPES}
    query = select(source_scope).where(source_scope.c.source_id.in_(list(rows)))
    for one in connection.execute(query.order_by(source_scope.c.value)):
        rows[one.source_id]["scopes"].setdefault(one.scope, []).append(one.value)
