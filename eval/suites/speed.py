"""From file to searchable, and a search: seconds, pages a second, peak memory, and ratios to other ways of doing it.

Every figure of a report comes from one run on one machine; only the ratios travel to another one. The LlamaIndex
baseline runs with the Python named by ANCRAGE_EVAL_BASELINE_PYTHON (see `eval/baselines/llamaindex.py`).
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.corpus.products import find_product
from assistant.retrieval.looked import Query
from eval.folders import label_files
from eval.metrics import percentile
from eval.suites import figure
from eval.suites.check_cost import check_rows
from eval.suites.house import approved_request, fresh_house
from eval.suites.memory import peak_memory
from eval.suites.pictures import picture_figures, picture_times
from eval.suites.reading import reading_rows
from eval.suites.search_cost import search_rows
from ingestion.errors import AncrageError

QUESTIONS = (
    "recommended dose", "renal impairment", "contraindications", "overdose", "pregnancy and breast-feeding",
    "very common adverse reactions", "primary endpoint hazard ratio", "hepatic impairment dose adjustment",
    "posologie recommandée", "interactions with strong CYP3A4 inhibitors", "how should it be stored",
    "mechanism of action", "elderly patients", "paediatric population", "monitoring of blood pressure",
)  # fmt: skip


def run(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure on every PDF in `data`, or in the folders called `labels` below it; then searches and checks.

    The fused search is timed on a public set where one is below `data`. ANCRAGE_SPEED_PARTS names what is measured, of
    reading, search and checks; all of it where it is not set.
    """
    parts = (os.environ.get("ANCRAGE_SPEED_PARTS") or "reading,search,checks").split(",")
    rows = _reading(data, say) if "reading" in parts else []
    rows += search_rows(data, say) if "search" in parts else []
    return rows + (check_rows(say) if "checks" in parts else [])


def _reading(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    files = label_files(data)
    if not files:
        say(f"There is no PDF in {data}: reading is not measured.")
        return []
    data = files[0].parent
    rows = [*reading_rows(files, data.name, say), *_product(files, data.name, say)]
    ours = next(row["value"] for row in rows if row["metric"] == "pages/s, file to searchable")
    for name, rate in _baselines(data, say):
        rows.append(figure(data.name, "pages/s, file to searchable", rate, len(files), system=name))
        rows.append(figure(data.name, "ratio", ours / rate, len(files), system=f"ancrage / {name}"))
    rows.append(figure(data.name, "--help median s", _help_seconds(), 9))
    return rows


def _product(files: Sequence[Path], dataset: str, say: Callable[[str], None]) -> list[dict[str, Any]]:
    with fresh_house() as (app, librarian):
        app.warm()
        requests = [(file, approved_request("speed", "label", "en")) for file in files]
        with peak_memory() as peak:
            began = time.perf_counter()
            outcomes = app.add_sources(librarian, requests, lambda done, total, doing: None)  # noqa: ARG005
            seconds = time.perf_counter() - began
        for file, outcome in zip(files, outcomes, strict=True):
            if isinstance(outcome, AncrageError):
                say(f"{file.name} was refused: {outcome.message}")
        added = [outcome for outcome in outcomes if not isinstance(outcome, AncrageError)]
        pages, passages = sum(o["pages"] for o in added), sum(o["passages"] for o in added)
        say(f"{pages} pages, {passages} passages in {seconds:.1f} s")
        product = find_product(app.db, "speed").id
        milliseconds = []
        for words in QUESTIONS * 4:
            began = time.perf_counter()
            app.searcher.search(
                Query(text=words, product_id=product, market="EU", audience="hcp", use=None, k=8)
            )
            milliseconds.append((time.perf_counter() - began) * 1000)
        pictures = picture_times(app, [outcome["id"] for outcome in added])
    n = len(files)
    drawn = [
        figure(dataset, f"{name} {share} ms", percentile(times, part), len(times))
        for name, times in picture_figures(pictures)
        for share, part in (("median", 0.5), ("p95", 0.95))
        if times
    ]
    return [
        *drawn,
        figure(dataset, "pages/s, file to searchable", pages / seconds, n),
        figure(dataset, "pages", pages, n),
        figure(dataset, "passages", passages, n),
        figure(dataset, "peak memory MB, all processes", peak[0] / 1e6, n),
        figure(dataset, "search median ms", percentile(milliseconds, 0.5), len(milliseconds)),
        figure(dataset, "search p95 ms", percentile(milliseconds, 0.95), len(milliseconds)),
    ]


def _baselines(data: Path, say: Callable[[str], None]) -> Iterator[tuple[str, float]]:
    folder = Path(__file__).parent.parent / "baselines"
    runs = {"pypdfium2 + model + Chroma, one process": (sys.executable, folder / "plain.py")}
    if other := os.environ.get("ANCRAGE_EVAL_BASELINE_PYTHON"):
        runs["LlamaIndex"] = (other, folder / "llamaindex.py")
    else:
        say("ANCRAGE_EVAL_BASELINE_PYTHON is not set: LlamaIndex is left out.")
    for name, (python, script) in runs.items():
        words = (python, str(script), str(data))
        answer = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  our own scripts
        if answer.returncode:
            say(f"{name} failed: {answer.stderr.strip().splitlines()[-1:]}")
            continue
        yield name, json.loads(answer.stdout.strip().splitlines()[-1])["pages_per_second"]


def _help_seconds() -> float:
    command = Path(sys.executable).with_name("ancrage")
    times = []
    for _ in range(9):
        began = time.perf_counter()
        subprocess.run((str(command), "--help"), capture_output=True, check=True)  # noqa: S603  our own command
        times.append(time.perf_counter() - began)
    return percentile(times, 0.5)
