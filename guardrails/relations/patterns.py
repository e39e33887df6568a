"""The patterns of `relations.yaml`, each made once."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from guardrails.tables import table


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """The one at this place of the file."""
    return re.compile(_at(path))


@cache
def patterns(*path: str) -> Mapping[str, re.Pattern[str]]:
    """Those of a group, by name."""
    return {name: re.compile(found) for name, found in _at(path).items()}


def _at(path: tuple[str, ...]) -> Any:
    found: Any = table("relations.yaml")
    for name in path:
        found = found[name]
    return found
