"""The sets written by hand are whole: they load, they are balanced as their pages say, their sums are the committed ones."""

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

EVAL = Path(__file__).parents[3] / "eval"


def _rows(path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((EVAL / path).read_text(encoding="utf-8"))
    return rows


@pytest.mark.parametrize("folder", ["abstention", "safety"])
def test_no_case_of_the_test_set_is_in_the_set_for_tuning(folder: str) -> None:
    word = {"abstention": "question", "safety": "text"}[folder]
    dev = [(row["language"], row[word]) for row in _rows(f"{folder}/dev.yaml")]
    test = [(row["language"], row[word]) for row in _rows(f"{folder}/test.yaml")]
    assert len(set(dev + test)) == len(dev) + len(test)


def test_no_question_that_the_rule_is_learnt_on_is_measured() -> None:
    learnt, measured = (
        {row["question"].casefold().strip(" ?") for name in names for row in _rows(f"abstention/{name}.yaml")}
        for names in (["train"], ["dev", "test", "blind"])
    )
    assert not learnt & measured
    assert all(("kind" in row) != row["answerable"] for row in _rows("abstention/train.yaml"))


@pytest.mark.parametrize("folder", ["abstention", "adversarial", "library", "safety"])
def test_a_set_is_the_one_whose_sum_was_committed(folder: str) -> None:
    for line in (EVAL / folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((EVAL / folder / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("part", ["dev", "test", "blind"])
def test_half_of_the_questions_have_no_answer_and_half_of_these_are_near_misses(part: str) -> None:
    rows = _rows(f"abstention/{part}.yaml")
    unanswerable = [row for row in rows if not row["answerable"]]
    near = [row for row in unanswerable if row["near_miss"]]
    assert 0.45 <= len(unanswerable) / len(rows) <= 0.55
    assert len(near) >= len(unanswerable) / 2
    assert all(("evidence" in row) == row["answerable"] for row in rows)


@pytest.mark.parametrize("part", ["dev", "test"])
def test_six_in_ten_turns_are_reports_of_every_kind(part: str) -> None:
    kinds = Counter(row["kind"] for row in _rows(f"safety/{part}.yaml"))
    assert 0.55 <= 1 - kinds["none"] / kinds.total() <= 0.65
    assert len(kinds) == 8


@pytest.mark.parametrize("part", ["dev3", "test3"])
def test_the_halves_of_a_strangers_turns_hold_every_kind_alike(part: str) -> None:
    rows = _rows(f"safety/{part}.yaml")
    kinds = Counter(row["kind"] for row in rows)
    assert (len(rows), kinds["none"], len(kinds)) == (80, 36, 8)
    assert {row["text"] for row in rows}.isdisjoint(
        row["text"] for row in _rows(f"safety/{'test3' if part == 'dev3' else 'dev3'}.yaml")
    )


@pytest.mark.parametrize("writer", [5, 6])
def test_the_halves_of_the_later_strangers_turns_hold_every_kind_alike(writer: int) -> None:
    halves = [_rows(f"safety/{part}{writer}.yaml") for part in ("dev", "test")]
    kinds = [Counter(row["kind"] for row in rows) for rows in halves]
    assert kinds[0] == kinds[1]
    assert (len(halves[0]), kinds[0]["none"], len(kinds[0])) == (160, 90, 8)
    assert {row["text"] for row in halves[0]}.isdisjoint(row["text"] for row in halves[1])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_rewording_is_not_its_source(language: str) -> None:
    rows = _rows(f"rewordings/{language}.yaml")
    assert all(row["statement"] != row["source"] for row in rows)
    assert all(row["translated"] == (row["language"] != language) for row in rows)
    assert len({(row["source"], row["statement"]) for row in rows}) == len(rows) >= 150


@pytest.mark.parametrize("language", ["en", "fr"])
def test_there_are_a_hundred_and_fifty_marked_sentences_in_each_language(language: str) -> None:
    blocks = (EVAL / f"facts/sentences/{language}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    assert sum(len(block.split(" ¦ ")) for block in blocks) >= 150
    assert not any("\n" in block or "¦" in block.replace(" ¦ ", " ") for block in blocks)


def test_every_fact_is_of_one_kind() -> None:
    files = [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((EVAL / "facts").glob("*.yaml"))
    ]
    facts = [fact for rows in files if isinstance(rows, list) for fact in rows]
    kinds = Counter(
        next(key for key in ("order", "cell", "absent", "section") if key in fact) for fact in facts
    )
    assert kinds["order"] >= 40
    assert kinds["cell"] >= 60
    assert kinds["section"] >= 30
