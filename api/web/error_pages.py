"""What a page of a refusal says above the refusal itself, by its status."""

from dataclasses import dataclass
from http import HTTPStatus

from api.web.language import N_


@dataclass(frozen=True, slots=True)
class Heading:
    """The page's heading; both texts are to be translated."""

    text: str
    instead: str = ""
    """Said in place of the refusal's own advice, where that speaks to programs."""


_USUAL = Heading(N_("This could not be done"))
_FAULT = Heading(N_("A fault on our side"))
_HEADINGS: dict[int, Heading] = {
    HTTPStatus.BAD_REQUEST: Heading(
        N_("This could not be read"), N_("Go back, load the page again and send the form once more.")
    ),
    HTTPStatus.UNAUTHORIZED: Heading(
        N_("Please sign in"), N_("Sign in, open the page again and send the form from there.")
    ),
    HTTPStatus.NOT_FOUND: Heading(N_("Not found")),
    HTTPStatus.METHOD_NOT_ALLOWED: Heading(
        N_("No page to look at"), N_("Nothing was changed. Start from the home page.")
    ),
    HTTPStatus.CONFLICT: Heading(N_("Not as things stand")),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Heading(N_("Too large")),
    HTTPStatus.TOO_MANY_REQUESTS: Heading(N_("Too much at once")),
    HTTPStatus.SERVICE_UNAVAILABLE: Heading(N_("Not just now")),
}
_NOT_OPEN = Heading(N_("Not open to you"))


def heading_of(status: int, code: str) -> Heading:
    """The heading for a status; a role that is missing is told from other things that are forbidden."""
    if code == "not_allowed":
        return _NOT_OPEN
    return _HEADINGS.get(status, _FAULT if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _USUAL)
