"""A revision of a piece as it stood, word by word against another one."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth import Ancrage, Me
from api.web.rendering import page
from assistant.errors import NotFound
from assistant.people.roles import Permission, require
from assistant.review.changes import Changes, compare
from assistant.review.history import revision_heads
from assistant.review.model import Revision
from assistant.review.pieces import load_piece, load_revision
from assistant.review.shapes import Names, piece_json
from assistant.review.word_diff import word_diff
from assistant.store.clock import instant

router = APIRouter()


@router.get("/pieces/{piece_id}/revisions/{number}")
def revision_page(
    request: Request, app: Ancrage, me: Me, piece_id: str, number: int, since: int = 0
) -> Response:
    """The texts of the revision, against `since`: another revision of the piece, the one before it if none is named."""
    require(me, Permission.READ_PIECES)
    with app.db.read() as connection:
        piece = load_piece(connection, piece_id)
        found = {row.number: row for row in revision_heads(connection, piece.id)}
        base = since or max((one for one in found if one < number), default=0)
        for wanted in (number, base):
            if wanted and wanted not in found:
                raise NotFound(
                    f"There is no revision {wanted} of this piece.",
                    help=f"It has revisions 1 to {max(found)}.",
                )
        shown = load_revision(connection, found[number].id)
        older = load_revision(connection, found[base].id) if base and base != number else None
        names = Names(connection)
        return page(
            request,
            "revision.html",
            piece=piece_json(connection, piece, names),
            number=number,
            base=base if older else 0,
            others=sorted((one for one in found if one != number), reverse=True),
            by=(names.person(found[number].created_by) or {}).get("name", ""),
            at=instant(found[number].created_at),
            segments=_segments(shown, compare(older, shown) if older else None),
        )


def _segments(shown: Revision, changes: Changes | None) -> list[dict[str, Any]]:
    """Each segment in order with its words, and last what is left out."""
    rows = [
        {
            "role": one.role,
            "language": one.language,
            "how": changes.how.get(one.id, "") if changes else "",
            "words": word_diff(changes.before(one.id) or "", one.text)
            if changes and one.id in changes.how
            else [("same", one.text)],
        }
        for one in shown.document.segments
    ]
    gone = [
        {"role": one.role, "language": one.language, "how": "removed", "words": [("removed", one.text)]}
        for one in (changes.removed if changes else ())
    ]
    return [*rows, *gone]
