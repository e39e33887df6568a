"""How well the shipped search finds the right document.

The documents of a public set go in as Word files, each article under its title, through the same door as an approved
source; each question is asked of the same search as a writer's or a doctor's. An article's rank is that of its best
passage. The shipped default is measured with both models complete; then each part alone, and the whole without each.
What changes no article's rank, such as what stands around a passage, shows in `eval/suites/in_place.py`.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.bootstrap import App
from assistant.corpus.products import find_product
from assistant.people.roles import Actor
from assistant.retrieval.looked import Query
from assistant.retrieval.parts import RetrievalSettings
from assistant.retrieval.search import Searcher
from eval.datasets import RetrievalSet, retrieval_sets
from eval.metrics import bootstrap, hit, ndcg, percentile, recall, reciprocal_rank
from eval.published import published_figures
from eval.remembering import remembering
from eval.suites import figure
from eval.suites.house import approved_request, fresh_house, improve_on_all_cores
from eval.suites.in_place import in_place
from ingestion.errors import AncrageError

MOST_QUESTIONS = 400
"""Of a set on which the whole is also measured without each part: a larger one takes an hour for what it adds."""
ARTICLES_A_FILE = 1000
LONGEST_HEADING = 250
DEPTH = 30
"""Passages asked for, so that ten documents remain when several passages belong to one."""


def run(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure on every set that `data` holds, its own or another's: any in BEIR's layout, in French or English.

    Where ANCRAGE_EVAL_POSTGRES_URL names a server, everything is measured again on a database of its own there.
    """
    rows: list[dict[str, Any]] = []
    for database, server in _databases(say).items():
        measured = 0
        for found in retrieval_sets(data, say):
            rows += _measure(found, database, server, say)
            rows += [] if server else _published(found)
            measured += 1
        if not measured:
            say(
                f"No set of questions and documents in BEIR's layout is in {data}: the dossier alone is measured."
            )
        rows += in_place(data, database, server, systems, say)
    return rows


def _published(examples: RetrievalSet) -> list[dict[str, Any]]:
    """Figures of others for the same questions."""
    return [
        figure(
            examples.name,
            entry["metric"],
            entry["value"],
            len(examples.questions),
            split=examples.split,
            system=f"{entry['system']}, published",
        )
        for entry in published_figures()
        if entry["dataset"] == examples.name
    ]


def _databases(say: Callable[[str], None]) -> dict[str, str]:
    """What to add to a set's name for each database that is measured, and the server's address."""
    server = os.environ.get("ANCRAGE_EVAL_POSTGRES_URL", "")
    if not server:
        say("ANCRAGE_EVAL_POSTGRES_URL is not set: measured on SQLite alone.")
    return {"": "", **({" on PostgreSQL": server} if server else {})}


def _measure(
    examples: RetrievalSet, database: str, server: str, say: Callable[[str], None]
) -> list[dict[str, Any]]:
    name = f"{examples.name}{database}"
    with fresh_house(server) as (app, librarian), TemporaryDirectory() as folder:
        say(f"{name}: {len(examples.documents)} documents and {len(examples.questions)} questions")
        began = time.perf_counter()
        document_of = ingest(app, librarian, examples, Path(folder))
        say(f"{name}: read in {time.perf_counter() - began:.0f} s")
        improve_on_all_cores(app, say)
        say(f"{name}: searchable with both models after {time.perf_counter() - began:.0f} s")
        searcher = remembering(app.searcher)
        rows: list[dict[str, Any]] = []
        asked = systems(searcher, every=len(examples.questions) <= MOST_QUESTIONS)
        for system, settings in asked.items():
            ranked, milliseconds = _asked(replace(searcher, settings=settings), app, examples, document_of)
            rows += [{**row, "dataset": name} for row in _rows(examples, system, ranked, milliseconds)]
            say(f"{name}: {system} nDCG@10 {rows[-5]['value']:.3f}")
    return rows


def systems(searcher: Searcher, *, every: bool = True) -> dict[str, RetrievalSettings]:
    """The shipped default first (its time is that of new questions), then each part alone, and with `every` the whole without each.

    Reranking is off by default; it is measured besides where ANCRAGE_RERANK and an endpoint are set. The rows of words
    are off by default, too; ANCRAGE_TOKENS makes them part of the whole.
    """
    on = RetrievalSettings().without("rerank")
    alone = {
        "words alone": on.only("words", "sections", "heading_words"),
        "fast model alone": on.only("vectors"),
        "better model alone": on.only("better", "headings"),
        "better model and the one for English alone": on.only("better", "english", "headings"),
        "words and fast model": on.without("better"),
        "words and fast model without coverage": on.without("better").without("coverage"),
    }
    if not every:
        return {"ancrage": on, **alone}
    left_out = {"rerank", "coverage", *([] if searcher.reader else ["tokens"])}
    parts = [name for name in on.names() if name not in left_out]
    more = {"ancrage with rerank": RetrievalSettings()} if searcher.reranker else {}
    return {"ancrage": on, **alone, **{f"ancrage without {name}": on.without(name) for name in parts}, **more}


def _asked(
    searcher: Searcher, app: App, examples: RetrievalSet, document_of: dict[tuple[str, str], str]
) -> tuple[dict[str, list[str]], list[float]]:
    """Each question's documents, best first, and the milliseconds of each search."""
    product = find_product(app.db, examples.name).id
    ranked: dict[str, list[str]] = {}
    milliseconds: list[float] = []
    for key, question in examples.questions.items():
        asked = time.perf_counter()
        query = Query(
            text=question, product_id=product, market="EU", audience="hcp", use=None, k=DEPTH, may_leave=True
        )
        hits = searcher.find(query)
        milliseconds.append((time.perf_counter() - asked) * 1000)
        ranked[key] = list(dict.fromkeys(document_of[h.source, h.section[0]] for h in hits))
    return ranked, milliseconds


def ingest(app: App, librarian: Actor, examples: RetrievalSet, folder: Path) -> dict[tuple[str, str], str]:
    """Add the documents; returns which (source, heading) is which document."""
    keys = list(examples.documents)
    parts = [keys[start : start + ARTICLES_A_FILE] for start in range(0, len(keys), ARTICLES_A_FILE)]
    headings = _headings(examples)
    files = []
    for number, part in enumerate(parts, start=1):
        file = folder / f"{examples.name}-{number}.docx"
        _write(file, [(headings[key], examples.documents[key]) for key in part])
        files.append((file, approved_request(examples.name, "paper", examples.language, file.stem)))
    outcomes = app.add_sources(librarian, files, None)
    document_of = {}
    for part, outcome in zip(parts, outcomes, strict=True):
        if isinstance(outcome, AncrageError):
            raise outcome
        document_of.update({(outcome["id"], headings[key]): key for key in part})
    return document_of


def _headings(examples: RetrievalSet) -> dict[str, str]:
    """Each document's title; its number stands behind a title that an earlier document has, or instead of none."""
    seen: set[str] = set()
    headings = {}
    for key, (title, _) in examples.documents.items():
        clean = " ".join(title.split())[:LONGEST_HEADING]
        heading = f"{clean} ({key})".strip() if not clean or clean in seen else clean
        seen.add(heading)
        headings[key] = heading
    return headings


def _write(file: Path, articles: Sequence[tuple[str, tuple[str, str]]]) -> None:
    """A Word file in which each article stands under its title."""
    from docx import Document

    document = Document()
    for heading, (title, text) in articles:
        document.add_heading(heading, level=1)
        document.add_paragraph(" ".join(text.removeprefix(title).split()) or heading)
    document.save(str(file))


def _rows(
    examples: RetrievalSet, system: str, ranked: dict[str, list[str]], milliseconds: list[float]
) -> list[dict[str, Any]]:
    measures: dict[str, Callable[[list[str], dict[str, int]], float]] = {
        "ndcg@10": ndcg,
        "hit@1": lambda found, right: hit(found, right, 1),
        "recall@10": lambda found, right: recall(found, right, 10),
        "mrr": reciprocal_rank,
    }
    base = {
        "dataset": examples.name,
        "split": examples.split,
        "system": system,
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
