"""Figures that others published, to stand beside ours."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def published_figures() -> Sequence[Mapping[str, Any]]:
    """All of them: data set, metric, system, value and source."""
    found: Sequence[Mapping[str, Any]] = yaml.safe_load(
        (Path(__file__).parent / "published.yaml").read_text("utf-8")
    )["figures"]
    return found
