"""How a reviewer has the piece before them: as its reader sees it, or as a dense list; the browser remembers which."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from fastapi import Request
from sqlalchemy import Connection
from starlette.responses import Response

from api.gate import cookie
from api.web.as_read import AsRead, as_read
from api.web.reading_order import Row
from assistant.errors import IntegrityError
from assistant.review.manifest import stored_rendition
from assistant.review.model import Piece, Revision
from assistant.review.renditions import html_text, layout_of

VIEW_COOKIE = "ancrage_review"
AS_LIST, AS_PAGE = "list", "page"
_YEAR = 365 * 24 * 3600


def chosen_view(request: Request) -> str:
    """The one that the address names, else the one that this browser was last asked for; the page itself by default."""
    asked = request.query_params.get("view") or cookie(request.headers.getlist("cookie"), VIEW_COOKIE)
    return AS_LIST if asked == AS_LIST else AS_PAGE


def remember_view(request: Request, response: Response) -> Response:
    """Where the address names a view, keep it for the next time."""
    if request.query_params.get("view"):
        response.set_cookie(
            VIEW_COOKIE,
            chosen_view(request),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
            max_age=_YEAR,
        )
    return response


def piece_as_read(
    connection: Connection, piece: Piece, revision: Revision, rows: Sequence[Row], shown: AbstractSet[str]
) -> AsRead | None:
    """The page of the revision: of the very bytes that are signed, where it went to review; a draft's as it would be.

    None where the stored bytes are not those that the manifest names: nobody shall read them for what is signed.
    """
    try:
        stored = stored_rendition(connection, revision.id, "html")
    except IntegrityError:
        return None
    html = html_text(layout_of(connection, piece, revision)) if stored is None else stored.decode()
    return as_read(html, rows, shown)
