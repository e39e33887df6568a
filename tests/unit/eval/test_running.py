"""A run of all suites writes what it found, and a suite that fails costs no other one its figures."""

import json
from pathlib import Path

import pytest

from eval.overview import overview
from eval.running import run_all


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    data, out = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("out")
    said: list[str] = []
    run_all(data, out, said.append, {"no_such_suite": "fails at once", "safety": "needs no data"})
    return out, said


def test_a_suite_that_fails_is_named_and_the_next_one_runs(ran: tuple[Path, list[str]]) -> None:
    out, said = ran
    failed, safety = json.loads((out / "all.json").read_text("utf-8"))["suites"]
    assert "ModuleNotFoundError" in failed["error"]
    assert safety["error"] == ""
    assert safety["figures"] == len(json.loads((out / "safety.json").read_text("utf-8"))["results"])
    assert any("no_such_suite" in line for line in said)


def test_the_first_page_shows_every_bound_and_leads_to_the_suites(ran: tuple[Path, list[str]]) -> None:
    out, _ = ran
    html = (out / "index.html").read_text("utf-8")
    whole = json.loads((out / "all.json").read_text("utf-8"))
    gates = [gate for entry in whole["suites"] for gate in entry["gates"]]
    assert gates
    assert html.count("✓ holds") + html.count("✗") - 1 == len(gates)  # one suite failed
    assert 'href="safety.html"' in html
    assert "It failed" in html
    assert "http" not in html


def test_what_it_is_given_is_escaped() -> None:
    entry = {"suite": "x", "about": "<b>", "seconds": 1.0, "error": "<script>", "figures": 0, "gates": []}
    assert "<script>" not in overview({"provenance": {}, "suites": [entry]})
