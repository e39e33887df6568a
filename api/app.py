"""The pages and the API as one ASGI application."""

from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.armour import Headed, Limited
from api.errors import install
from api.gate import Gate
from api.web.piece_style import piece_style
from api.web.rendering import STATIC, asset
from assistant.bootstrap import App

DESCRIPTION = """Content for health professionals in which every sentence quotes an approved source, and which nobody
publishes without a person's signature.

A person's browser carries a session cookie, and the session's token in the header `X-CSRF-Token` on every change.
A machine carries `Authorization: Bearer …` with a token that its user has made. Every refusal has the shape
`{"error": {"code", "message", "retry", "help"}}`.
"""
TAGS = [
    {"name": "people", "description": "People, roles, tokens."},
    {"name": "products", "description": "Products, their sheets, and the freeze."},
    {"name": "sources", "description": "Approved documents."},
    {"name": "jobs", "description": "Durable work and its progress."},
    {"name": "search", "description": "Search in what may be used now."},
    {"name": "drafting", "description": "Drafts, checks, edits."},
    {"name": "review", "description": "Submission, tasks, decisions, signatures."},
    {"name": "publishing", "description": "Publications, recalls, the signed bytes."},
    {"name": "ask", "description": "Questions and the cases that they open."},
    {"name": "system", "description": "Health and the audit trail."},
]


_FOR_EVER = "public, max-age=31536000, immutable"


class _Kept(StaticFiles):
    """Static files whose addresses carry a digest: a browser keeps them for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOR_EVER
        return response


def create_app(app: App) -> FastAPI:
    """The ASGI application over an open home."""
    from api.routes import include_api
    from api.web.pages import include_pages

    web = FastAPI(
        title="Ancrage",
        version="1",
        description=DESCRIPTION,
        openapi_tags=TAGS,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[Middleware(Headed), Middleware(Gate, db=app.db), Middleware(Limited)],
    )
    web.state.ancrage = app
    install(web)
    include_api(web)
    include_pages(web)
    web.add_api_route("/static/piece.css", _piece_style, include_in_schema=False)
    web.mount("/static", _Kept(directory=STATIC), name="static")
    web.add_api_route("/favicon.ico", _icon, include_in_schema=False)
    return web


def _piece_style() -> Response:
    return Response(piece_style(), media_type="text/css", headers={"Cache-Control": _FOR_EVER})


def _icon() -> Any:
    return RedirectResponse(asset("mark.svg"), 301)
