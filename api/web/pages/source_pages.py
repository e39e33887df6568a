"""One page of a source: its text with a quote marked, its picture, its passages."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from api.auth import Ancrage, Me, checked_form
from api.web import marking
from api.web.pages.pictures import Picture, picture_of, zoomed
from api.web.pages.source_text import reasons_text
from api.web.pages.sources import place_of_page
from api.web.rendering import page, reader_language
from assistant.corpus.rights import require_page
from assistant.corpus.sources import get_source, source_json
from assistant.people.roles import Permission, require
from assistant.retrieval.marked import marks_on_page, spans_on_page
from assistant.retrieval.pictures import SCALE, ZOOMS, picture_tag
from assistant.store.readings import load_page, passages_of, reading_row

router = APIRouter(dependencies=[Depends(checked_form)])
PageNumber = Annotated[int, Path(ge=1, le=1_000_000)]
"""As in an address; no document has more."""


@router.get("/sources/{source_id}/pages/{number}.png")
def page_picture(  # noqa: PLR0917  what the address names, and what is to be marked
    request: Request,
    app: Ancrage,
    me: Me,
    source_id: str,
    number: PageNumber,
    passage: str = "",
    quote: str = "",
    zoom: float = SCALE,
) -> Response:
    """How the page looks, with the quote or passage marked that is asked for. Raises NotFound where it cannot be drawn."""
    source = get_source(app.db, source_id)
    require_page(app.db, me, source, number)
    scale = min(ZOOMS, key=lambda known: abs(known - zoom))
    with app.db.read() as connection:
        shown = load_page(connection, source.reading_id, number)
        file_format = reading_row(connection, source.reading_id)["format"]
        wanted = spans_on_page(connection, source, shown, passage, quote) if passage or quote else []
    marks = marks_on_page(shown, wanted)
    tag = picture_tag(source.sha256, number, scale, marks)
    kept = {"Cache-Control": "private, max-age=86400", "ETag": tag}
    if file_format == "pdf" and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=kept)
    drawn = app.pictures.marked(source, shown, file_format, marks, scale)
    headers = kept if drawn.lasts else {"Cache-Control": "no-store"}
    return Response(drawn.data, media_type="image/png", headers=headers)


@router.get("/sources/{source_id}/pages/{number}")
def source_page(  # noqa: PLR0917  what the address names, and what is to be marked
    request: Request,
    app: Ancrage,
    me: Me,
    source_id: str,
    number: PageNumber,
    passage: str = "",
    quote: str = "",
    zoom: int = 100,
) -> Response:
    """The page; `quote` is marked where it stands, else the passage."""
    require(me, Permission.READ_SOURCES)
    language = reader_language(request)
    source = get_source(app.db, source_id)
    require_page(app.db, me, source, number)
    head = source_json(app.db, source)
    with app.db.read() as connection:
        shown = load_page(connection, source.reading_id, number)
        spans = spans_on_page(connection, source, shown, passage, quote)
        on_page = [
            one.passage
            for one in passages_of(connection, source.reading_id)
            if any(part.span.page == number for part in one.passage.parts)
        ]
    citable = [p for p in on_page if p.layer not in source.layers_left_out]
    picture: Picture | None = picture_of(source.id, source.title, head["format"], shown, spans, language)
    if picture is not None:
        picture = zoomed(picture, zoom, {"passage": passage, "quote": quote}, language)
    return page(
        request,
        "source_page.html",
        source=head,
        number=number,
        count=head["pages"],
        place=place_of_page(head["format"], number, language),
        quality=shown.quality,
        reasons=reasons_text(shown.reasons, language),
        sheet=marking.blocks(shown, spans),
        sheet_language=source.language,
        picture=picture,
        passages=[] if number in source.excluded_pages else citable,
    )
