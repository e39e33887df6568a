"""Suites: each measures one thing and answers with the rows of its report."""

from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]
"""dataset, split, system, metric, value, low, high, n; a row with an `x` besides is a point of a curve."""

SUITES: Mapping[str, str] = {
    "safety": "turns that report a case, and harmless ones that look like it",
    "grounding": "what the checks block, and how well the judge tells claims apart",
    "extraction": "how faithfully documents are read",
    "abstention": "whether questions are refused that the sources cannot answer",
    "retrieval": "whether search finds the right document",
    "drafts": "what a model that lies gets past the checks",
    "robustness": "whether every file ends in a stated way",
    "speed": "pages a second, memory, milliseconds of a search",
    "desk": "the review desk with 100,000 tasks",
    "deciding": "whether a decision is lost or made twice when many decide at once",
    "weights": "the weights of the search's parts, learnt anew",
}
"""In the order in which `all` runs them: the quick ones first."""

ALL = "all"


def figure(
    dataset: str, metric: str, value: float, n: int, *, split: str = "all", system: str = "ancrage"
) -> Row:
    """A figure that has no interval."""
    return {
        "dataset": dataset,
        "split": split,
        "system": system,
        "metric": metric,
        "value": value,
        "low": None,
        "high": None,
        "n": n,
    }
