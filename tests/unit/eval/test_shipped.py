"""The bounds that CI asks: what fails them, and what they do not ask."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from eval import gates as bounds
from eval import shipped
from eval.gates import Gate, gates, with_bounds
from eval.shipped import NEEDS, PARTS, ask, told, unexpected
from eval.suites import grounding, safety

KNOWN = {
    ("grounding", "corrupted:names:outside", "share_block"),
    ("grounding", "corrupted:citations:outside", "share_block"),
    ("grounding", "pressed:pairs-f:right", "share_block"),
    ("grounding", "pressed:translated-f:right", "share_block"),
    ("grounding", "pressed:pairs-j:right", "share_block"),
    ("grounding", "pressed:pairs-l:right", "share_block"),
    ("grounding", "pressed:pairs-n:right", "share_block"),
    ("safety", "test5", "false_alarms"),
    ("safety", "test6", "recall"),
    ("safety", "test6", "false_alarms"),
}
"""What fails today: a bound may be added here only with its figure in `gates.yaml`, and comes off when it holds."""


def figures(suite: str) -> list[dict[str, Any]]:
    """Figures that are just as they must be, or as they are known to be."""
    return [
        {**gate.row, "value": next(v for v in (gate.known, gate.least, gate.most) if v is not None)}
        for gate in gates({"suite": suite, "results": []})
    ]


def _which(of: dict[str, str]) -> str:
    """The part of the set, or the set where it has none."""
    return of["dataset"] if of["split"] == "both" else of["split"]


def asked(rows: list[dict[str, Any]], suite: str) -> list[Gate]:
    return unexpected(ask(print, {suite: lambda _: rows}))


@pytest.mark.parametrize("suite", PARTS)
def test_all_as_it_must_be_is_as_known_and_each_figure_made_worse_is_not(suite: str) -> None:
    rows = figures(suite)
    assert rows
    assert asked(rows, suite) == []
    for at, gate in enumerate(gates({"suite": suite, "results": rows})):
        worse = [dict(row) for row in rows]
        worse[at]["value"] += -0.01 if gate.least is not None else 0.01
        assert [g.row["metric"] for g in asked(worse, suite)] == [gate.row["metric"]]
        missing = [row for number, row in enumerate(rows) if number != at]
        assert [g.outcome for g in asked(missing, suite)] == ["not measured"]


def test_a_bound_that_is_known_to_fail_is_told_and_noticed_when_it_holds() -> None:
    rows = figures("safety")
    lines = told(ask(print, {"safety": lambda _: rows}))
    assert sum("does not hold, as known" in line for line in lines) == sum(
        suite == "safety" for suite, _, _ in KNOWN
    )
    for row in rows:
        if row["split"] == "test5" and row["metric"] == "false_alarms":
            row["value"] = 0.10
    (better,) = asked(rows, "safety")
    assert better.holds
    assert "take it off the list" in better.outcome


def test_the_bounds_that_are_known_to_fail_are_these() -> None:
    loaded = yaml.safe_load((Path(bounds.__file__).parent / "gates.yaml").read_text("utf-8"))
    listed = {
        (suite, _which(gate["of"]), gate["of"]["metric"])
        for suite, held in loaded.items()
        for gate in held
        if "known" in gate
    }
    assert listed == KNOWN


def test_every_suite_with_bounds_is_asked_or_named_with_what_it_needs() -> None:
    assert set(with_bounds()) == set(PARTS) | set(NEEDS)
    assert not set(PARTS) & set(NEEDS)
    lines = told([])
    assert all(any(line.startswith(f"{suite}: not asked here") for line in lines) for suite in NEEDS)


def test_an_intake_that_hears_nothing_fails_the_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "fires", lambda _: False)
    failed = {gate.row["metric"] for gate in unexpected(ask(print, {"safety": PARTS["safety"]}))}
    assert "recall" in failed


def test_checks_that_let_everything_through_fail_the_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "SENTENCES", 3)
    monkeypatch.setattr(grounding, "judge", lambda *_: "pass")
    monkeypatch.setattr(grounding, "_rewordings", lambda: iter(()))
    monkeypatch.setattr(grounding, "_pressed", lambda: iter(()))
    monkeypatch.setattr(grounding, "judge_rows", lambda *_: [])
    failed = {gate.row["dataset"] for gate in unexpected(ask(print, {"grounding": PARTS["grounding"]}))}
    assert {"corrupted:numbers", "corrupted:names", "corrupted:citations"} <= failed
