from pathlib import Path

from eval.gates import gates
from eval.plots import curves
from eval.provenance import folder_digest, provenance
from eval.report import page, published


def _row(**changes: object) -> dict[str, object]:
    return {
        "dataset": "true", "split": "both", "system": "checks", "metric": "share_block",
        "value": 0.0, "low": 0.0, "high": 0.01, "n": 10, **changes,
    }  # fmt: skip


def _report(*rows: dict[str, object], suite: str = "grounding") -> dict[str, object]:
    return {"suite": suite, "commit": "abc", "provenance": {"commit": "abc"}, "results": list(rows)}


def test_the_page_shows_every_figure_with_what_it_was_before() -> None:
    html = page(_report(_row(value=0.25)), _report(_row(value=0.125)))
    assert "0.250" in html
    assert "0.125" in html
    assert "http" not in html


def test_the_page_says_first_what_its_suite_asks() -> None:
    assert "What is asked: what the checks block, and how well the judge tells claims apart." in page(
        _report(_row())
    )


def test_the_page_escapes_what_it_is_given() -> None:
    assert "<script>" not in page(_report(_row(dataset="<script>alert(1)</script>")))


def test_a_gate_says_whether_its_figure_holds() -> None:
    def outcomes(value: float) -> list[bool]:
        return [gate.holds for gate in gates(_report(_row(value=value))) if gate.measured]

    assert outcomes(0.005) == [True]
    assert outcomes(0.5) == [False]
    assert "does not hold" in page(_report(_row(value=0.5)))


def test_a_suite_that_measured_nothing_holds_nothing() -> None:
    empty = gates(_report(suite="retrieval"))
    assert empty
    assert not any(gate.holds or gate.measured for gate in empty)
    assert "not measured" in page(_report(suite="retrieval"))


def test_a_database_that_nobody_named_was_not_to_be_measured() -> None:
    def systems(environment: dict[str, str]) -> set[object]:
        return {gate.row.get("system") for gate in gates(_report(suite="desk"), environment)}

    assert "postgresql" not in systems({})
    assert "sqlite" in systems({})
    named = systems({"ANCRAGE_EVAL_POSTGRES_URL": "postgresql://"})
    assert "postgresql" in named
    assert "sqlite" not in named


def test_a_curve_over_orders_of_magnitude_is_drawn_by_the_logarithm_with_ticks_and_a_legend() -> None:
    points = [
        _row(metric="ms by size", system=system, x=size, value=value)
        for system in ("one", "two", "three", "four")
        for size, value in ((10_000, 5.0), (100_000, 30.0), (1_000_000, 900.0))
    ]
    (drawn,) = curves(points)
    assert drawn["logarithmic"] == "x and y"
    assert [label for _, label in drawn["x_ticks"]] == ["10\u202f000", "100\u202f000", "1\u202f000\u202f000"]
    assert [at for at, _ in drawn["x_ticks"]] == [0.0, 280.0, 560.0]
    assert [label for _, label in drawn["y_ticks"]] == ["1", "10", "100", "1\u202f000"]
    html = page(_report(*points))
    assert len({line["dashes"] for line in drawn["lines"]}) == len(drawn["lines"])
    assert all(f" both {name}</li>" in html for name in ("one", "two", "three", "four"))


def test_the_command_says_what_was_set_and_shows_no_secret(tmp_path: Path) -> None:
    told = provenance(
        "speed",
        tmp_path,
        "abc",
        {"ANCRAGE_SPEED_SIZES": "10,20", "ANCRAGE_OPENAI_API_KEY": "sk-1", "PATH": "/bin"},
    )
    assert told["command"].startswith("ANCRAGE_OPENAI_API_KEY=… ANCRAGE_SPEED_SIZES=10,20 ancrage eval speed")
    assert "sk-1" not in str(told)
    assert "numpy" in told["packages"]


def test_rows_with_an_x_become_a_curve_with_its_numbers() -> None:
    html = page(_report(_row(metric="refused", x=0.5, value=0.8), _row(metric="refused", x=1.0, value=0.4)))
    assert "<polyline" in html
    assert "0.800" in html


def test_published_figures_stand_beside_ours() -> None:
    html = page(_report(_row(dataset="scifact", split="test", metric="ndcg@10"), suite="retrieval"))
    assert "BM25 (Anserini)" in html
    assert published(_row(dataset="unheard of")) == []


def test_the_data_is_named_by_its_contents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", "utf-8")
    before = folder_digest(tmp_path)
    (tmp_path / "a.txt").write_text("two", "utf-8")
    assert folder_digest(tmp_path) != before
    assert provenance("speed", tmp_path, "abc", {})["command"].startswith("ancrage eval speed --data ")
