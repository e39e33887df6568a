"""Does a turn that reports a case reach the safety team, and how many harmless turns does the team read in vain?

The shipped parts of `eval/safety` are measured, and any `safety/*.yaml` of the same shape below `--data`. The intake is
written and taught on all parts but `test4`, `test5` and `test6`, which are only measured.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from eval.metrics import bootstrap
from guardrails.safety import intake

FOLDER = Path(__file__).parent.parent / "safety"
PARTS = ("dev", "test", "dev2", "test2", "dev3", "test3", "dev5", "test4", "test5", "dev6", "test6")
NONE = "none"


def run(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure every set; the reports that were missed in the development set are said."""
    rows: list[dict[str, Any]] = []
    for dataset, path in _sets(data):
        turns = yaml.safe_load(path.read_text("utf-8"))
        rows += measure(dataset, path.stem, turns)
        if path.stem.startswith("dev"):
            missed = [turn["text"] for turn in turns if turn["kind"] != NONE and not fires(turn)]
            say(f"{dataset} {path.stem}: {len(missed)} reports missed. {' | '.join(missed)}")
    return rows


def fires(turn: Mapping[str, Any]) -> bool:
    """Whether the turn opens a case."""
    return intake(turn["text"], turn["language"]) is not None


def measure(dataset: str, split: str, turns: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Recall and false alarms, all together, by language and by kind, with bootstrap intervals."""
    fired = [(turn, fires(turn)) for turn in turns]
    reports = [(turn, found) for turn, found in fired if turn["kind"] != NONE]
    harmless = [(turn, found) for turn, found in fired if turn["kind"] == NONE]
    groups = {"recall": reports, "false_alarms": harmless}
    for language in sorted({turn["language"] for turn in turns}):
        groups[f"recall {language}"] = [(t, f) for t, f in reports if t["language"] == language]
        groups[f"false_alarms {language}"] = [(t, f) for t, f in harmless if t["language"] == language]
    for kind in sorted({turn["kind"] for turn, _ in reports}):
        groups[f"recall {kind}"] = [(t, f) for t, f in reports if t["kind"] == kind]
    return [
        _row(dataset, split, metric, [found for _, found in group])
        for metric, group in groups.items()
        if group
    ] + _first_aid(dataset, split, reports)


def _first_aid(
    dataset: str, split: str, reports: Sequence[tuple[Mapping[str, Any], bool]]
) -> list[dict[str, Any]]:
    """Of the emergencies, those taken as one: their answer begins with the emergency number (rule CH9)."""
    signals = [intake(t["text"], t["language"]) for t, _ in reports if t["kind"] == "emergency"]
    known = [signal is not None and signal.kind == "emergency" for signal in signals]
    return [_row(dataset, split, "emergencies known as such", known)] if known else []


def _row(dataset: str, split: str, metric: str, values: Sequence[bool]) -> dict[str, Any]:
    interval = bootstrap([float(value) for value in values])
    return {
        "dataset": dataset,
        "split": split,
        "system": "intake",
        "metric": metric,
        "value": interval.value,
        "low": interval.low,
        "high": interval.high,
        "n": len(values),
    }


def _sets(data: Path) -> list[tuple[str, Path]]:
    shipped = [("shipped", FOLDER / f"{part}.yaml") for part in PARTS]
    return shipped + [("given", path) for path in sorted((data / "safety").glob("*.yaml"))]
