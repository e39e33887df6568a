"""Writes docs/figures.md: what was measured last, suite by suite, each bound with its figure and whether it holds, and what is told
besides: the search without each of its parts, how often each kind of lie is caught, how well claims are told apart.

`python -m eval.figures_page OUT` reads the reports that `ancrage eval` left in OUT. A suite that has bounds and no report there
keeps what the page said of it, with the commit and the day of that measurement.
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.gates import Gate, gates, with_bounds
from eval.report import published
from eval.suites import SUITES

PAGE = Path(__file__).parents[1] / "docs" / "figures.md"
_HEAD = """# Figures

What the product does, as it was measured last: every bound that is set for it, the figure, and whether it holds. A bound that does not
hold stays here until it does. Each suite was measured on the commit and the day that it names, by the command beside them, where
FOLDER holds the public sets and documents; written by `python -m eval.figures_page OUT` from the reports in OUT.

Which shipped sets have been read by whoever works on what they measure, and which by nobody, is told in the folders of `eval/`; figures of
read sets say how well a mend fits, not how well it carries over. A figure has its 95 % interval and the number of examples. What
others published for the same set stands beside it. Figures that have no bound are folded below the table of their suite.
"""
_BESIDES = {
    "grounding": re.compile(r"balanced_accuracy|lead over .*|(?:precision|recall)_of_doubt|share_not_judged"),
    "abstention": re.compile(
        r"near misses refused|refused at 90 % answered|the whole chat: (?:answerable answered from the right place|unanswerable not answered)"
    ),
    "retrieval": re.compile(r"ndcg@10|answer shown@3"),
    "drafts": re.compile(
        r"caught:.*|lies (?:stopped|left needs_review)|honest verbatim statements that pass|pieces"
    ),
    "speed": re.compile(
        r"ratio|(?:search )?median ms|first search after a start, s|pages/s, file to searchable|.*memory.*"
    ),
}
"""By suite: the measures without a bound that a reader of the page asks for; the report has all of them."""
_COLUMNS = ("set", "part", "of", "figure", "measured", "n", "published elsewhere")
_SECTION = re.compile(r"^## (\w+)\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_DATA = re.compile(r"""--data[ =](?:'[^']*'|"[^"]*"|\S)+""")


def page(reports: Mapping[str, Mapping[str, Any]], before: str = "") -> str:
    """The page of these reports, by suite, with the sections of `before` for suites that are not among them."""
    kept = {match[1]: match[0].rstrip() for match in _SECTION.finditer(before)}
    sections = [
        "\n".join(section(reports[suite]))
        if suite in reports
        else kept.get(
            suite, f"## {suite}\n\n{SUITES[suite].capitalize()}. Not measured since this page is kept."
        )
        for suite in SUITES
        if suite in with_bounds()
    ]
    return "\n\n".join([_HEAD.rstrip(), *sections]) + "\n"


def section(report: Mapping[str, Any]) -> Iterator[str]:
    """The lines of one suite."""
    how = report["provenance"]
    asked = gates(report)
    held = sum(gate.holds for gate in asked)
    yield f"## {report['suite']}"
    yield ""
    yield f"{SUITES[report['suite']].capitalize()}. {held} of {len(asked)} bounds hold."
    yield f"`{_DATA.sub('--data FOLDER', how['command'])}`, {how['measured at']}, commit {report['commit'][:9]}, {how['machine']}."
    yield ""
    yield "| set | part | of | figure | measured | n | bound | holds | published elsewhere |"
    yield "|---|---|---|---|---|---|---|---|---|"
    yield from (_line(gate) for gate in asked)
    besides = list(_without_bound(report, asked))
    if besides:
        yield from ("", f"<details><summary>Measured besides, without a bound: {len(besides)}</summary>", "")
        yield _cells(_COLUMNS)
        yield "|" + "---|" * len(_COLUMNS)
        told = {_of(gate.row) for gate in asked}
        for row in besides:
            yield _cells([*_named(row), "" if _of(row) in told else _elsewhere(row)])
            told.add(_of(row))
        yield from ("", "</details>")


def _of(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["dataset"], row["metric"]


def _without_bound(report: Mapping[str, Any], asked: Sequence[Gate]) -> Iterator[Mapping[str, Any]]:
    wanted = _BESIDES.get(report["suite"])
    bound = [gate.row for gate in asked]
    for row in report["results"]:
        point, of_others = "x" in row, str(row.get("system")).endswith(", published")
        if wanted and wanted.fullmatch(row["metric"]) and not (point or of_others or row in bound):
            yield row


def _line(gate: Gate) -> str:
    bound = gate.bound.replace(">=", "at least").replace("<=", "at most")
    holds = "yes" if gate.holds else f"**{gate.outcome}**"
    return _cells([*_named(gate.row), bound, holds, _elsewhere(gate.row)])


def _named(row: Mapping[str, Any]) -> list[object]:
    return [row["dataset"], row.get("split"), row.get("system"), row["metric"], _measured(row), row.get("n")]


def _elsewhere(row: Mapping[str, Any]) -> str:
    return "; ".join(f"{entry['system']} {entry['value']:g}" for entry in published(row))


def _cells(cells: Iterable[object]) -> str:
    return "| " + " | ".join("" if cell is None else str(cell).replace("|", r"\|") for cell in cells) + " |"


def _measured(row: Mapping[str, Any]) -> str:
    if row.get("value") is None:
        return "not measured"
    figure = f"{row['value']:.3f}"
    low, high = row.get("low"), row.get("high")
    return figure if low is None or high is None else f"{figure} ({low:.3f} to {high:.3f})"


def main() -> None:
    """Write the page from the reports in the folder that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="the folder of the reports that `ancrage eval` left")
    folder = parser.parse_args().out
    files = {suite: folder / f"{suite}.json" for suite in SUITES}
    reports = {
        suite: json.loads(file.read_text("utf-8"))
        for suite, file in files.items()
        if suite in with_bounds() and file.is_file()
    }
    before = PAGE.read_text("utf-8") if PAGE.is_file() else ""
    PAGE.write_text(page(reports, before), encoding="utf-8")
    print(f"{PAGE.name}: {', '.join(reports) or 'no report found'}")


if __name__ == "__main__":
    main()
