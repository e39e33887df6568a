"""The folder's data files: read once, when first needed."""

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
