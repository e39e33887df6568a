"""The pages a person can go to from anywhere, by what their roles permit."""

from dataclasses import dataclass

from api.web.language import N_
from assistant.people.roles import Actor, Permission, Role


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation."""

    address: str
    name: str
    """To be translated."""


_PLACES: tuple[tuple[Permission, Place], ...] = (
    (Permission.READ_SOURCES, Place("/notices", N_("Notices"))),
    (Permission.REVIEW, Place("/review", N_("Review queue"))),
    (Permission.REASSIGN, Place("/review", N_("Review queue"))),
    (Permission.READ_PIECES, Place("/pieces", N_("Pieces"))),
    (Permission.RECORD_RELEASE, Place("/release", N_("Release"))),
    (Permission.READ_PIECES, Place("/policy", N_("Review policy"))),
    (Permission.READ_PUBLISHED, Place("/published", N_("Published content"))),
    (Permission.READ_SOURCES, Place("/sources", N_("Sources"))),
    (Permission.READ_SOURCES, Place("/calendar", N_("Calendar"))),
    (Permission.READ_SOURCES, Place("/products", N_("Products"))),
    (Permission.READ_SOURCES, Place("/search", N_("Search"))),
    (Permission.ASK, Place("/ask", N_("Ask"))),
    (Permission.READ_CASES, Place("/cases", N_("Cases"))),
    (Permission.READ_FIGURES, Place("/figures", N_("Figures"))),
    (Permission.VERIFY_AUDIT, Place("/audit", N_("Audit trail"))),
    (Permission.MANAGE_USERS, Place("/users", N_("People"))),
    (Permission.RUN_SYSTEM, Place("/jobs", N_("Work under way"))),
)


def places_of(actor: Actor) -> list[Place]:
    """Where the person may go, in the order of the navigation; a health professional starts at the question box."""
    mine = list(dict.fromkeys(place for permission, place in _PLACES if actor.may(permission)))
    if actor.roles == {Role.HCP}:
        return sorted(mine, key=lambda place: place.address != "/ask")
    return [Place("/", N_("Home")), *mine]


def current(places: list[Place], path: str) -> str:
    """The address of the place that the page at `path` belongs to."""
    fitting = [
        place.address for place in places if path == place.address or path.startswith(f"{place.address}/")
    ]
    return max(fitting, key=len, default="")
