from pathlib import Path

from eval.report import folder_sha256, gates, page, provenance, published


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


def test_the_page_escapes_what_it_is_given() -> None:
    assert "<script>" not in page(_report(_row(dataset="<script>alert(1)</script>")))


def test_a_gate_says_whether_its_figure_holds() -> None:
    assert [gate.holds for gate in gates(_report(_row(value=0.005)))] == [True]
    assert [gate.holds for gate in gates(_report(_row(value=0.5)))] == [False]
    assert "does not hold" in page(_report(_row(value=0.5)))


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
    before = folder_sha256(tmp_path)
    (tmp_path / "a.txt").write_text("two", "utf-8")
    assert folder_sha256(tmp_path) != before
    assert provenance("speed", tmp_path, "abc")["command"].startswith("ancrage eval speed --data ")
