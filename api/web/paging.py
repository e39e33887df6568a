"""The addresses below a list that comes in pages, with its filters kept."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode


def page_links(path: str, kept: Mapping[str, str], after: str, following: str | None) -> dict[str, Any]:
    """`next`, where more follows, and `first`, where the reader is beyond the first page; else empty."""
    given = {name: value for name, value in kept.items() if value}
    return {
        "next": f"{path}?{urlencode({**given, 'after': following})}" if following else "",
        "first": (f"{path}?{urlencode(given)}" if given else path) if after else "",
    }
