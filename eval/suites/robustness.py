"""Does every file end in a stated way? Real files, those that must index, and thousands that were spoilt on purpose."""

import os
import resource
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import yaml

from eval.fuzz.mutate import case
from eval.fuzz.run import Outcome, run_files
from eval.fuzz.run import run as run_spoilt
from eval.fuzz.seeds import real_seeds, sample_seeds
from eval.suites import Row, figure
from ingestion.worker import WorkerPool

MUST_INDEX = Path(__file__).parents[1] / "facts" / "must_index.yaml"
SECONDS = 30.0
REAL_SECONDS = 120.0
"""The product's own limit."""
MEGABYTES = 1500
MUTATIONS = 3_000
_TOLD = 40


def run(data: Path, say: Callable[[str], None]) -> list[Row]:
    """Measure over the documents in a folder. ANCRAGE_MUTATIONS and ANCRAGE_FUZZ_SEED change how many, and which."""
    count = int(os.environ.get("ANCRAGE_MUTATIONS", MUTATIONS))
    seed = int(os.environ.get("ANCRAGE_FUZZ_SEED", "0"))
    files = sorted(path for path in data.rglob("*") if path.is_file())
    with WorkerPool(processes=2, seconds=REAL_SECONDS, megabytes=MEGABYTES) as pool:
        real = run_files(files, pool, REAL_SECONDS)
    rows = [*_rows("real", real, say), *_must_index(files, real, say)]
    with WorkerPool(processes=2, seconds=SECONDS, megabytes=MEGABYTES) as pool:
        seeds = sample_seeds() + real_seeds(data)
        begun = time.monotonic()

        def seen(outcome: Outcome) -> None:
            if not outcome.good:
                say(f"{outcome.number} {outcome.made}: {outcome.code}: {outcome.detail[:300]}")
            if (outcome.number + 1) % 100 == 0:
                say(f"{outcome.number + 1}/{count} after {time.monotonic() - begun:.0f} s")

        spoilt = run_spoilt((case(seeds, number, seed) for number in range(count)), pool, SECONDS, seen)
        rows += _rows("spoilt", spoilt, say)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(figure("spoilt", "reader_peak_megabytes", peak, len(spoilt), split="test"))
    rows.append(figure("spoilt", "parent_peak_megabytes", parent, len(spoilt), split="test"))
    return rows


def _rows(dataset: str, outcomes: list[Outcome], say: Callable[[str], None]) -> list[Row]:
    """The share that ended in a stated way, and how many ended how."""
    codes = Counter(outcome.code for outcome in outcomes)
    bad = [outcome for outcome in outcomes if not outcome.good]
    for outcome in bad[:_TOLD]:
        say(f"{dataset}: {outcome.made}: {outcome.code}: {outcome.detail[:300]}")
    typed = 1 - len(bad) / max(len(outcomes), 1)
    return [
        figure(dataset, "stated_outcome", typed, len(outcomes), split="test"),
        *(
            figure(dataset, f"outcome:{code}", count, len(outcomes), split="test")
            for code, count in sorted(codes.items())
        ),
    ]


def _must_index(files: list[Path], outcomes: list[Outcome], say: Callable[[str], None]) -> list[Row]:
    """Of the files on the list that are in this folder, the share that was read."""
    named = set(yaml.safe_load(MUST_INDEX.read_text(encoding="utf-8"))["must_index"])
    ended = {path.name: outcome for path, outcome in zip(files, outcomes, strict=True)}
    here = sorted(named & set(ended))
    for name in here:
        if ended[name].code != "read":
            say(f"must index: {name}: {ended[name].code}: {ended[name].detail[:300]}")
    if not here:
        return []
    read = sum(ended[name].code == "read" for name in here)
    return [figure("real", "must_index", read / len(here), len(here), split="test")]
