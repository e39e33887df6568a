from pathlib import Path

import pytest
import yaml

from eval.report_lessons import turns
from eval.suites.safety import measure, run

CASES = [
    {"language": "en", "text": "my patient developed a rash", "kind": "adverse_event"},
    {"language": "en", "text": "what is the maximum dose", "kind": "none"},
]


def test_the_gate_the_development_turns_reach_the_safety_team_and_few_harmless_ones_do() -> None:
    rows = {row["metric"]: row["value"] for row in measure("shipped", "dev", turns("dev"))}
    assert rows["recall"] >= 0.95
    assert rows["false_alarms"] <= 0.15
    assert min(value for metric, value in rows.items() if metric.startswith("recall ")) >= 0.9


def test_recall_is_of_reports_and_false_alarms_of_harmless_turns() -> None:
    rows = {row["metric"]: (row["value"], row["n"]) for row in measure("own", "x", CASES)}
    assert rows["recall"] == (1.0, 1)
    assert rows["false_alarms"] == (0.0, 1)
    assert rows["recall adverse_event"] == (1.0, 1)


@pytest.mark.parametrize("folder", ["safety", "elsewhere"])
def test_sets_in_the_given_folder_are_measured_too(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "mine.yaml").write_text(yaml.safe_dump(CASES), encoding="utf-8")
    rows = run(tmp_path, lambda _: None)
    assert {row["split"] for row in rows if row["dataset"] == "given"} == (
        {"mine"} if folder == "safety" else set()
    )
