"""The folder's data files: read once, when first needed."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

HERE = Path(__file__).parent


@cache
def table(name: str) -> Mapping[str, Any]:
    """The mapping in the YAML file `name`, a path below this folder. Raises OSError and yaml.YAMLError."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (HERE / name).open(encoding="utf-8") as file:
        return cast("Mapping[str, Any]", yaml.load(file, Loader=loader))  # noqa: S506  both loaders are safe ones


@cache
def pattern(file: str, name: str, language: str) -> re.Pattern[str]:
    """The pattern of a language in a table, without regard to letter case. Raises as `table` does."""
    return re.compile(table(file)[name][language], re.IGNORECASE)
