"""How well the shipped search finds the right document.

Each document of a public set goes in as one row of a claims sheet, through the same door as an approved source;
each question is asked of the same search as a writer's or a doctor's. A document's rank is that of its best passage.
"""

import csv
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.bootstrap import App
from assistant.corpus.products import find_product
from assistant.people.roles import Actor
from assistant.retrieval.search import Query
from eval.datasets import LOCATIONS, RetrievalSet, load_retrieval_set
from eval.metrics import bootstrap, hit, ndcg, percentile, recall
from eval.suites.house import approved_request, fresh_house
from ingestion.errors import AncrageError

ROWS_A_FILE = 2000
DEPTH = 50
"""Passages asked for, so that ten documents remain when several passages belong to one."""

PUBLISHED = (
    {
        "dataset": "scifact",
        "split": "test",
        "system": "BM25 (Anserini), published",
        "metric": "ndcg@10",
        "value": 0.679,
    },
    {
        "dataset": "scifact",
        "split": "test",
        "system": "BGE-base-en-v1.5, published",
        "metric": "ndcg@10",
        "value": 0.741,
    },
    {
        "dataset": "cnil_fr",
        "split": "test",
        "system": "plain BM25, published",
        "metric": "ndcg@10",
        "value": 0.612,
    },
    {
        "dataset": "cnil_fr",
        "split": "test",
        "system": "engine in service, published",
        "metric": "hit@1",
        "value": 0.340,
    },
)


def run(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure on every set that `data` holds; a set that is not there is said and left out."""
    rows: list[dict[str, Any]] = []
    for name in LOCATIONS:
        found = load_retrieval_set(data, name)
        if found is None:
            say(f"{name} is not in {data}: left out.")
            continue
        rows += _measure(found, say)
        rows += [
            {**row, "low": None, "high": None, "n": len(found.questions)}
            for row in PUBLISHED
            if row["dataset"] == name
        ]
    return rows


def _measure(examples: RetrievalSet, say: Callable[[str], None]) -> list[dict[str, Any]]:
    with fresh_house() as (app, librarian), TemporaryDirectory() as folder:
        began = time.perf_counter()
        document_of = _ingest(app, librarian, examples, Path(folder))
        say(f"{examples.name}: {len(examples.documents)} documents in {time.perf_counter() - began:.0f} s")
        product = find_product(app.db, examples.name).id
        ranked: dict[str, list[str]] = {}
        milliseconds: list[float] = []
        for key, question in examples.questions.items():
            asked = time.perf_counter()
            query = Query(text=question, product_id=product, market="EU", audience="hcp", use=None, k=DEPTH)
            hits = app.searcher.search(query)
            milliseconds.append((time.perf_counter() - asked) * 1000)
            ranked[key] = list(dict.fromkeys(document_of[h.source, h.parts[0].span.page] for h in hits))
    return _rows(examples, ranked, milliseconds)


def _ingest(app: App, librarian: Actor, examples: RetrievalSet, folder: Path) -> dict[tuple[str, int], str]:
    """Add the documents; returns which (source, page) is which document."""
    keys = list(examples.documents)
    parts = [keys[start : start + ROWS_A_FILE] for start in range(0, len(keys), ROWS_A_FILE)]
    files = []
    for number, part in enumerate(parts, start=1):
        file = folder / f"{examples.name}-{number}.csv"
        with file.open("w", encoding="utf-8", newline="") as lines:
            sheet = csv.writer(lines)
            sheet.writerow(["id", "text"])
            for key in part:
                title, text = examples.documents[key]
                # The title is carried along as the heading of each of the document's passages.
                sheet.writerow([title or key, text.removeprefix(title).strip() or text])
        files.append((file, approved_request(examples.name, "claims", examples.language, file.stem)))
    outcomes = app.add_sources(librarian, files, lambda done, total, doing: None)  # noqa: ARG005  nobody watches
    document_of = {}
    for part, outcome in zip(parts, outcomes, strict=True):
        if isinstance(outcome, AncrageError):
            raise outcome
        document_of.update({(outcome["id"], page): key for page, key in enumerate(part, start=1)})
    return document_of


def _rows(
    examples: RetrievalSet, ranked: dict[str, list[str]], milliseconds: list[float]
) -> list[dict[str, Any]]:
    measures: dict[str, Callable[[list[str], dict[str, int]], float]] = {
        "ndcg@10": ndcg,
        "hit@1": lambda found, right: hit(found, right, 1),
        "recall@10": lambda found, right: recall(found, right, 10),
    }
    base = {
        "dataset": examples.name,
        "split": examples.split,
        "system": "ancrage",
        "checksum": examples.checksum,
    }
    rows = []
    for metric, measure in measures.items():
        interval = bootstrap([measure(ranked[key], examples.relevant[key]) for key in examples.questions])
        rows.append(
            {
                **base,
                "metric": metric,
                "value": interval.value,
                "low": interval.low,
                "high": interval.high,
                "n": interval.n,
            }
        )
    median = percentile(milliseconds, 0.5)
    return [
        *rows,
        {
            **base,
            "metric": "search median ms",
            "value": median,
            "low": None,
            "high": None,
            "n": len(milliseconds),
        },
    ]
