from functools import cache
from typing import Any

import pytest
import yaml

from eval.report_lessons import (
    ASKED,
    FOLDER,
    UNCLEAR,
    Taught,
    dangers,
    figures,
    lessons,
    questions,
    teach,
    turns,
)
from guardrails.safety.likeness import features


@cache
def strangers() -> tuple[list[dict[str, Any]], Taught]:
    """Turns of three writers, each of whom is left out in turn."""
    rows = turns("dev", "test", "dev2", "test2", "dev3", "test3")
    return rows, teach(rows)


def test_what_is_learned_of_two_writers_holds_on_a_third() -> None:
    _, taught = strangers()
    assert taught.recall >= 0.99
    assert taught.false_alarms <= 0.35


def test_the_name_of_the_samples_medicine_is_no_sign() -> None:
    _, taught = strangers()
    assert "w:velmora" in features("velmora")
    assert "w:velmora" not in taught.report.weights


def test_a_turn_is_taught_whether_its_clauses_ask_or_tell() -> None:
    _, taught = strangers()
    weights = taught.report.weights
    assert {"s:clauses q", "s:clauses t"} <= weights.keys()
    assert weights["s:clauses t"] > weights["s:clauses q"]


def test_some_emergencies_of_two_writers_tell_half_of_a_thirds() -> None:
    rows, taught = strangers()
    of = {
        wanted: [
            found
            for row, found in zip(rows, taught.in_danger, strict=True)
            if row["kind"] != "none" and (row["kind"] == "emergency") is wanted
        ]
        for wanted in (True, False)
    }
    assert sum(of[True]) >= 0.5 * len(of[True])
    assert sum(of[False]) <= 0.1 * len(of[False])
    assert any(
        "emergencies known by the score alone" in line
        for line in dangers(
            [*rows, {"part": "train", "kind": "emergency"}, {"part": "train", "kind": "overdose"}],
            (*taught.in_danger, True, False),
        )
    )


def test_the_figures_say_recall_and_false_alarms_of_every_part() -> None:
    rows, taught = strangers()
    lines = figures(rows, taught.opened)
    assert f"all: recall {taught.recall:.3f}" in lines[0]
    told = {line.rpartition(" (")[0].rpartition(" ")[0] for line in lines}
    assert {f"{part}: {metric}" for part in ("dev", "test3") for metric in ("recall", "false alarms")} <= told


@pytest.mark.parametrize("part", ["test4", "test5", "test6"])
def test_the_lessons_hold_no_turn_that_is_only_measured(part: str) -> None:
    learned = {row["text"].casefold().strip() for row in lessons()}
    kept = yaml.safe_load((FOLDER / f"{part}.yaml").read_text("utf-8"))
    alike = [row for row in kept if row["text"].casefold().strip() in learned]
    assert len(alike) <= 0.02 * len(kept)


def test_a_question_counts_once_and_one_that_can_be_read_either_way_not_at_all() -> None:
    texts = [row["text"].casefold().strip() for row in lessons()]
    assert len(texts) == len(set(texts))
    assert UNCLEAR not in {row["kind"] for row in questions("dev", "blind", "blind2", "strangers")}


@pytest.mark.parametrize("part", ["train", "dev", "blind", "blind2", "strangers", "strangers2"])
def test_what_the_list_says_of_a_question_names_one_that_exists(part: str) -> None:
    asked = {
        row["id"].removeprefix("abstention-")
        for row in yaml.safe_load((ASKED / f"{part}.yaml").read_text("utf-8"))
    }
    listed = yaml.safe_load((FOLDER / "abstention.yaml").read_text("utf-8"))
    assert {name for name in listed if name.rpartition("-")[0] == part} <= asked
