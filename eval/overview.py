"""The first page of a run of all suites: what must hold and whether it does, and where each figure is."""

from collections.abc import Mapping
from typing import Any

from eval.report import environment


def overview(whole: Mapping[str, Any]) -> str:
    """The page as HTML. Links lead to the suites' own pages beside it."""
    bounds = [(entry["suite"], gate) for entry in whole["suites"] for gate in entry["gates"]]
    return (
        environment()
        .get_template("overview.html.j2")
        .render(
            whole=whole,
            bounds=bounds,
            kept=sum(gate["holds"] for _, gate in bounds),
            minutes=sum(entry["seconds"] for entry in whole["suites"]) / 60,
        )
    )
