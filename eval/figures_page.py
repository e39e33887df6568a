"""Writes docs/figures.md: what was measured last, suite by suite, each bound with its figure and whether it holds.

`python -m eval.figures_page OUT` reads the reports that `ancrage eval` left in OUT. A suite that has bounds and no report there
keeps what the page said of it, with the commit and the day of that measurement.
"""

import argparse
import json
import re
from collections.abc import Iterator, Mapping
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
others published for the same set stands beside it.
"""
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
    told = report["provenance"]
    asked = gates(report)
    held = sum(gate.holds for gate in asked)
    yield f"## {report['suite']}"
    yield ""
    yield f"{SUITES[report['suite']].capitalize()}. {held} of {len(asked)} bounds hold."
    yield f"`{_DATA.sub('--data FOLDER', told['command'])}`, {told['measured at']}, commit {report['commit'][:9]}, {told['machine']}."
    yield ""
    yield "| set | part | of | figure | measured | n | bound | holds | published elsewhere |"
    yield "|---|---|---|---|---|---|---|---|---|"
    yield from (_line(gate) for gate in asked)


def _line(gate: Gate) -> str:
    row = gate.row
    elsewhere = "; ".join(f"{entry['system']} {entry['value']:g}" for entry in published(row))
    cells = [
        row["dataset"],
        row.get("split"),
        row.get("system"),
        row["metric"],
        _measured(row),
        row.get("n"),
        gate.bound.replace(">=", "at least").replace("<=", "at most"),
        "yes" if gate.holds else f"**{gate.outcome}**",
        elsewhere,
    ]
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
