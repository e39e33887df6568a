"""docs/figures.md: each bound with its figure; a suite that was not measured again keeps its own commit and day."""

import re
from typing import Any

import pytest

from eval.figures_page import PAGE, page
from eval.gates import with_bounds
from eval.suites import SUITES


def _report(suite: str, results: list[dict[str, Any]], commit: str = "1234567890ab") -> dict[str, Any]:
    told = {
        "command": f"ancrage eval {suite} --data somewhere",
        "measured at": "2030-01-02 03:04 UTC",
        "machine": "2 cores",
    }
    return {"suite": suite, "commit": commit, "provenance": told, "results": results}


def _row(**more: Any) -> dict[str, Any]:
    return {"split": "test", "system": "ancrage", "low": 0.7, "high": 0.9, "n": 40, **more}


SEARCHED = _report(
    "retrieval",
    [
        _row(dataset="scifact", metric="ndcg@10", value=0.751),
        _row(dataset="cnil_fr", metric="ndcg@10", value=0.5),
    ],
)


def test_a_bound_stands_with_its_figure_its_interval_and_what_others_published() -> None:
    line = next(line for line in page({"retrieval": SEARCHED}).splitlines() if "scifact" in line)
    assert "0.751 (0.700 to 0.900) | 40 | at least 0.74 | yes |" in line
    assert "BM25 (Anserini) 0.679" in line


def test_what_does_not_hold_and_what_was_not_measured_is_said() -> None:
    lines = [line for line in page({"retrieval": SEARCHED}).splitlines() if "cnil_fr" in line]
    assert [("does not hold" in line, "not measured" in line) for line in lines] == [
        (True, False),
        (False, True),
    ]
    assert "1 of 3 bounds hold." in page({"retrieval": SEARCHED})


@pytest.mark.parametrize(
    "given", ["--data here", "--data=here", "--data 'my own folder'", "--data 'my folder'\"s\""]
)
def test_the_data_folder_of_one_machine_is_not_named(given: str) -> None:
    told = {**SEARCHED["provenance"], "command": f"ancrage eval retrieval {given} --strict"}
    line = "`ancrage eval retrieval --data FOLDER --strict`, 2030-01-02 03:04 UTC, commit 123456789"
    assert line in page({"retrieval": {**SEARCHED, "provenance": told}})


def test_a_bar_in_a_name_begins_no_cell() -> None:
    row = {**_row(dataset="abstention", metric="unanswerable refused", value=1.0), "system": "fast|better"}
    lines = page({"abstention": _report("abstention", [row])}).splitlines()
    head = next(line for line in lines if line.startswith("| set |"))
    line = next(line for line in lines if r"| fast\|better |" in line)
    assert len(re.findall(r"(?<!\\)\|", line)) == head.count("|")


def test_a_suite_that_was_not_measured_again_keeps_its_section() -> None:
    asked = _report("abstention", [], commit="ffffffffffff")
    before = page({"retrieval": SEARCHED, "abstention": _report("abstention", [])})
    after = page({"abstention": asked}, before)
    assert "commit 123456789" in after
    assert "commit fffffffff" in after
    assert after.count("## retrieval\n") == after.count("## abstention\n") == 1
    assert "Not measured since this page is kept." in after.partition("## speed\n")[2]
    assert page({}, after) == after


def test_the_search_without_each_part_is_told_besides_and_nothing_twice() -> None:
    without = {**_row(dataset="scifact", metric="ndcg@10", value=0.7), "system": "ancrage without words"}
    others = {**_row(dataset="scifact", metric="ndcg@10", value=0.6), "system": "BM25, published"}
    point = {**_row(dataset="scifact", metric="ndcg@10", value=0.5), "x": 3}
    told = page({"retrieval": _report("retrieval", [*SEARCHED["results"], without, others, point])})
    bounds, _, besides = told.partition("<details>")
    assert "| scifact | test | ancrage without words | ndcg@10 | 0.700 (0.700 to 0.900) | 40 |" in besides
    assert "| scifact | test | ancrage | ndcg@10 |" in bounds
    assert "| scifact | test | ancrage | ndcg@10 |" not in besides
    assert "0.600" not in told
    assert "0.500 (" not in besides


@pytest.mark.parametrize("suite", [suite for suite in SUITES if suite in with_bounds()])
def test_the_page_in_the_repository_tells_of_every_suite_that_has_bounds(suite: str) -> None:
    assert f"## {suite}\n" in PAGE.read_text("utf-8")
