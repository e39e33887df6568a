"""An existing text, checked against the approved sources."""

import tempfile
from pathlib import Path

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, files_of, text_of
from api.errors import status_of
from api.web.choices import MARKETS, options, product_options, usual_market
from api.web.formats import date_text
from api.web.language import LANGUAGES, catalogue
from api.web.pages.source_forms import put_down
from api.web.rendering import page, reader_language
from assistant.bootstrap import App
from assistant.content.request import DraftRequest
from assistant.errors import InvalidInput
from assistant.people.roles import Permission, require
from assistant.store.clock import civil_date
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])


@router.get("/check")
def check_form(request: Request, app: Ancrage, me: Me) -> Response:
    """The empty form."""
    require(me, Permission.DRAFT)
    language = reader_language(request)
    values = {"text": "", "product": "", "market": usual_market(language), "language": language}
    return _check_page(request, app, values)


@router.post("/check")
def check(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Check the pasted text or the chosen file; the result is a piece."""
    require(me, Permission.DRAFT)
    values = {name: text_of(form, name) for name in ("text", "product", "market", "language")}
    try:
        with tempfile.TemporaryDirectory(dir=app.settings.home) as folder:
            uploads = files_of(form, "file")
            if uploads:
                path = put_down(uploads[0], Path(folder), 0)
            elif values["text"]:
                path = Path(folder) / f"{_title(app, values['language'])}.txt"
                path.write_text(values["text"], encoding="utf-8")
            else:
                raise InvalidInput("There is no text.", help="Paste a text or choose a file.", field="text")
            wanted = DraftRequest(values["product"], "text", values["market"], values["language"])
            made = app.check(me, path, wanted)
    except AncrageError as refusal:
        return _check_page(request, app, values, refusal)
    return RedirectResponse(f"/pieces/{made['piece']['id']}", 303)


def _title(app: App, language: str) -> str:
    """What a pasted text is called, in its own language; a file brings its name."""
    known = language if language in LANGUAGES else "en"
    say = catalogue(known).gettext
    return say("Text checked on %(day)s") % {"day": date_text(civil_date(app.clock.now(), "FR"), known)}


def _check_page(
    request: Request, app: App, values: dict[str, str], refusal: AncrageError | None = None
) -> Response:
    return page(
        request,
        "check.html",
        status=status_of(refusal) if refusal else 200,
        values=values,
        products=product_options(app),
        markets=options(request, "market", MARKETS),
        refusal=refusal,
    )
