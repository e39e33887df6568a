"""What a route asks for: the person, the application, and a form that belongs to the person's session."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.datastructures import FormData, UploadFile

from api.errors import BadRequest, CrossSite
from api.gate import SAFE_METHODS, SESSION_COOKIE, Visitor, same_token
from assistant.bootstrap import App
from assistant.errors import NotSignedIn
from assistant.people.roles import Actor
from assistant.people.sessions import CameIn

MOST_FIELDS = 1000
MOST_FILES = 50

bearer = HTTPBearer(auto_error=False, description="A token made by its user: for machines.")
browser = APIKeyCookie(
    name=SESSION_COOKIE,
    auto_error=False,
    description="A person's session. Changes also carry its token in the header X-CSRF-Token.",
)


def the_app(request: Request) -> App:
    """The application behind the pages."""
    app: App = request.app.state.ancrage
    return app


def the_visitor(request: Request) -> Visitor:
    """Who is asking. The gate has turned strangers away already; this says so to the type checker."""
    visitor: Visitor | None = request.state.visitor
    if visitor is None:
        raise NotSignedIn("Nobody is signed in.", help="Sign in first.")
    return visitor


def came_in(visitor: Annotated[Visitor, Depends(the_visitor)]) -> CameIn:
    """How their session was opened."""
    return visitor.came_in


def the_actor(visitor: Annotated[Visitor, Depends(the_visitor)]) -> Actor:
    """The person who acts."""
    return visitor.actor


async def checked_form(request: Request) -> AsyncIterator[FormData]:
    """The form's fields, once its token is that of the session; empty for a request that changes nothing.

    Uploaded files are spooled to disk as they come, and taken away once the request is over. Raises CrossSite.
    """
    if request.method in SAFE_METHODS:
        yield FormData()
        return
    visitor = the_visitor(request)
    async with request.form(max_fields=MOST_FIELDS, max_files=MOST_FILES) as form:
        if visitor.csrf is not None and not same_token(form.get("csrf"), visitor.csrf):
            raise CrossSite.missing_token()
        yield form


Ancrage = Annotated[App, Depends(the_app)]
Me = Annotated[Actor, Depends(the_actor)]
CameBy = Annotated[CameIn, Depends(came_in)]
Posted = Annotated[FormData, Depends(checked_form)]


def text_of(form: FormData, name: str) -> str:
    """A field's text without the white space around it; empty where it is missing. Raises BadRequest for a file."""
    value = form.get(name, "")
    if isinstance(value, UploadFile):
        raise BadRequest(f"{name} is a file, not a text.", help="Send it as a text field.")
    return value.strip()


def secret_of(form: FormData, name: str) -> str:
    """A password field, exactly as typed."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def texts_of(form: FormData, name: str) -> tuple[str, ...]:
    """Every value of a field that may come several times, in order, without repeats."""
    values = (value.strip() for value in form.getlist(name) if isinstance(value, str))
    return tuple(dict.fromkeys(value for value in values if value))


def files_of(form: FormData, name: str) -> list[UploadFile]:
    """The files that were chosen in a file field."""
    return [item for item in form.getlist(name) if isinstance(item, UploadFile) and item.filename]
