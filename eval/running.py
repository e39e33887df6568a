"""Running a suite, or all of them, and writing what they found."""

import importlib
import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from eval.gates import gates
from eval.overview import overview
from eval.provenance import provenance
from eval.report import page
from eval.suites import ALL, SUITES

Say = Callable[[str], None]


def run_suite(name: str, data: Path, out: Path, say: Say) -> dict[str, Any]:
    """Run a suite over the sets in `data` and write `out/<name>.json` and `out/<name>.html`. Returns the report."""
    commit = _commit()
    results = importlib.import_module(f"eval.suites.{name}").run(data, say)
    report = {
        "suite": name,
        "commit": commit,
        "provenance": provenance(name, data, commit),
        "results": results,
    }
    target = out / f"{name}.json"
    last = _last(target)
    _write(target, report)
    (out / f"{name}.html").write_text(page(report, last), encoding="utf-8")
    for gate in gates(report):
        if not gate.holds:
            row = gate.row
            what = f"is {row['value']:.3f}" if gate.measured else "was not measured"
            known = f" (known: {gate.known})" if gate.known is not None else ""
            say(f"Does not hold: {row['dataset']}, {row.get('split', '')}, {row['metric']} {what}{known}.")
    return report


def run_all(data: Path, out: Path, say: Say, suites: Mapping[str, str] = SUITES) -> dict[str, Any]:
    """Run every suite in a process of its own and write `out/all.json` and `out/index.html` besides their reports.

    A suite that fails is named with its error and costs no other one its figures. What is written after each suite
    counts those that have run so far, so that a run that is stopped leaves what it found.
    """
    commit = _commit()
    ran: list[dict[str, Any]] = []
    whole = {"suite": ALL, "commit": commit, "provenance": provenance(ALL, data, commit), "suites": ran}
    for name, about in suites.items():
        say(f"{name}: {about}")
        began = time.monotonic()
        report, error = _apart(name, data, out)
        entry: dict[str, Any] = {
            "suite": name,
            "about": about,
            "seconds": round(time.monotonic() - began, 1),
            "error": error,
            "figures": len(report.get("results", ())),
            "gates": [gate.as_json() for gate in gates(report)] if report else [],
        }
        ran.append(entry)
        missed = [gate for gate in entry["gates"] if not gate["holds"]]
        say(
            f"{name}: {error or str(entry['figures']) + ' figures'}, {entry['seconds']} s, "
            f"{len(entry['gates']) - len(missed)} of {len(entry['gates'])} bounds hold"
        )
        _write(out / f"{ALL}.json", whole)
        (out / "index.html").write_text(overview(whole), encoding="utf-8")
    return whole


def _apart(name: str, data: Path, out: Path) -> tuple[Mapping[str, Any], str]:
    """The suite's report and no error, or nothing and what went wrong."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            return pool.submit(run_suite, name, data, out, _to_stderr).result(), ""
        except Exception as error:  # noqa: BLE001  whatever it is stands in the report, and the other suites go on
            return {}, f"{type(error).__name__}: {error}"


def _to_stderr(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _write(target: Path, report: Mapping[str, Any]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _last(target: Path) -> dict[str, Any] | None:
    """The report that stands where the new one will, to compare with; None where there is none that can be read."""
    try:
        found = json.loads(target.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("results"), list) else None


def _commit() -> str:
    """The commit that was measured, with a plus sign where the work tree differs; empty outside a checkout."""
    here = Path(__file__).parent
    words = ("git", "-C", str(here), "describe", "--always", "--dirty=+", "--abbrev=40", "--exclude=*")
    answer = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  fixed words
    return answer.stdout.strip()
