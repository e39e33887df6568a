"""Every refusal as JSON for machines or as a page for people, in their language, without a stack trace."""

import logging
import secrets
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match
from starlette.types import Scope

from api.refusal import error_json
from assistant.errors import NotFound
from ingestion.errors import AncrageError

log = logging.getLogger("ancrage.web")


class CrossSite(AncrageError):
    """A change that does not carry the token of its own session's form."""

    code = "cross_site"
    http_status = 403
    retry = True

    @classmethod
    def missing_token(cls) -> "CrossSite":
        """The form is too old or came from elsewhere."""
        return cls(
            "This form does not belong to your session.",
            help="Open the page again and send the form from there.",
        )


class BodyTooLarge(AncrageError):
    """The request's body is beyond the limit of its address."""

    code = "file_too_large"
    http_status = 413


class BadRequest(AncrageError):
    """The request is not of the shape that this address takes."""

    code = "invalid_input"
    http_status = 422


class Unreadable(AncrageError):
    """The request's body is not what its type says."""

    code = "invalid_input"
    http_status = 400


class WrongMethod(AncrageError):
    """The address exists, but not for this method."""

    code = "wrong_method"
    http_status = 405


class Unexpected(AncrageError):
    """A fault of ours; `params["reference"]` finds it in the log."""

    code = "unexpected"
    http_status = 500
    retry = True


class HttpRefusal(AncrageError):
    """A refusal of the web framework, under its own status."""

    code = "refused"

    def __init__(self, status: int) -> None:
        """The standard phrase of the status is all there is to say."""
        super().__init__(f"{HTTPStatus(status).phrase}.", help="Check the request.")
        self.status = status


def status_of(error: AncrageError) -> int:
    """The HTTP status that says the same."""
    return error.status if isinstance(error, HttpRefusal) else error.http_status


def refusal_response(scope: Scope, error: AncrageError) -> Response:
    """JSON under /api, a page elsewhere."""
    request = Request(scope)
    status = status_of(error)
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
    if request.url.path.startswith("/api/"):
        return JSONResponse(error_json(error), status, headers)
    from api.web.error_pages import heading_of
    from api.web.rendering import page

    heading = heading_of(status, error.code)
    return page(
        request, "error.html", status=status, refusal=error, heading=heading, came_from=_came_from(request)
    )


def _came_from(request: Request) -> str:
    """The page of ours from which a form was sent: whoever signs in again is led back to it."""
    try:
        sent_from = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    if sent_from.netloc != request.url.netloc or sent_from.path.startswith("/sign-in"):
        return ""
    if not _is_a_page(request, sent_from.path):
        return ""
    kept = urlencode([(name, value) for name, value in parse_qsl(sent_from.query) if name != "done"])
    return f"{sent_from.path}?{kept}" if kept else sent_from.path


def _is_a_page(request: Request, path: str) -> bool:
    """Whether it can be looked at: a form that was refused stands at the address it was sent to."""
    scope = {"type": "http", "path": path, "root_path": "", "method": "GET", "headers": []}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


def install(app: FastAPI) -> None:
    """Give the app its handlers: none is a coroutine, for a page reads the database and belongs into a thread."""

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, AncrageError)
        return refusal_response(request.scope, error)

    def misshapen(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part not in {"body", "query", "path"})
        problem = BadRequest(
            f"{where or 'The body'}: {first['msg']}.", help="See the description at /api/openapi.json."
        )
        return refusal_response(request.scope, problem)

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return refusal_response(request.scope, _of_http(error.status_code))

    def fault(request: Request, error: Exception) -> Response:
        reference = secrets.token_hex(4)
        log.error("Fault %s at %s %s", reference, request.method, request.url.path, exc_info=error)
        return refusal_response(
            request.scope,
            Unexpected(
                f"Something went wrong on our side. Reference: {reference}.",
                help="Try again; if it happens again, give the reference to your administrator.",
                reference=reference,
            ),
        )

    app.add_exception_handler(AncrageError, refused)
    app.add_exception_handler(RequestValidationError, misshapen)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, fault)


def _of_http(status: int) -> AncrageError:
    if status == HTTPStatus.NOT_FOUND:
        return NotFound(
            "There is no page at this address.", help="Check the address, or start from the home page."
        )
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return WrongMethod("This address does not take that method.", help="See /api/openapi.json.")
    if status == HTTPStatus.BAD_REQUEST:
        return Unreadable("The body cannot be read.", help="Send JSON in UTF-8, or a form, as its type says.")
    return HttpRefusal(status)
