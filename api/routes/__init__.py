"""The JSON API: the same functions and the same shapes as the command line's `--json`."""

from typing import Any

from fastapi import Depends, FastAPI

from api.auth import bearer, browser
from api.schemas import Refused

_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refused, "description": "The body cannot be read at all."},
    401: {"model": Refused, "description": "Nobody is signed in."},
    403: {"model": Refused, "description": "The person's roles do not permit it."},
    404: {"model": Refused, "description": "There is no such thing."},
    409: {"model": Refused, "description": "The world has moved on, or something stands against it."},
    413: {"model": Refused, "description": "The body is larger than this address takes."},
    422: {"model": Refused, "description": "A value that cannot be."},
    503: {
        "model": Refused,
        "description": "Somebody else holds the home or the database just now: try again.",
    },
}


def include_api(web: FastAPI) -> None:
    """Add every route under /api."""
    from api.routes import (
        cases,
        drafting,
        people,
        products,
        publishing,
        releasing,
        review,
        sources,
        system,
        workflow,
    )

    for module in (
        people,
        products,
        sources,
        drafting,
        review,
        workflow,
        publishing,
        releasing,
        cases,
        system,
    ):
        web.include_router(
            module.router,
            prefix="/api",
            responses=_REFUSALS,
            dependencies=[Depends(bearer), Depends(browser)],
        )
