"""The weights of the search's parts, learnt anew from the training questions of SciFact through the whole product.

It changes nothing: `say` tells the weights, to be put into `assistant/retrieval/weights.json` with where they come from.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assistant.corpus.products import find_product
from assistant.retrieval.parts import RetrievalSettings
from assistant.retrieval.search import Query, Searcher
from eval.datasets import RetrievalSet, load_retrieval_set
from eval.suites.house import fresh_house, improve_on_all_cores
from eval.suites.retrieval import ingest
from eval.tuning import Example, held_out, mean_gain, tune

TIERS = {
    "fast": ("words", "sections", "vectors"),
    "better": ("words", "sections", "vectors", "better", "headings"),
}


def run(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Learn each tier's weights; the rows give nDCG@10 on held-out folds."""
    examples = load_retrieval_set(data, "scifact", "train")
    if examples is None:
        say(f"SciFact's training questions are not in {data}: nothing to learn from.")
        return []
    rows: list[dict[str, Any]] = []
    with fresh_house() as (app, librarian), TemporaryDirectory() as folder:
        document_of = ingest(app, librarian, examples, Path(folder))
        improve_on_all_cores(app, say)
        product = find_product(app.db, examples.name).id
        for tier, names in TIERS.items():
            on = RetrievalSettings()
            searcher = replace(app.searcher, settings=on if tier == "better" else on.without("better"))
            asked = _examples(searcher, examples, product, document_of)
            learnt = tune(asked, names)
            say(json.dumps({tier: learnt, "sha256": examples.checksum}))
            for system, value in (
                ("learnt, held out", held_out(asked, names)),
                ("learnt", mean_gain(asked, learnt)),
            ):
                rows.append(
                    {
                        "dataset": examples.name,
                        "split": "train",
                        "system": f"{tier} tier, {system}",
                        "metric": "ndcg@10",
                        "value": value,
                        "low": None,
                        "high": None,
                        "n": len(asked),
                    }
                )
    return rows


def _examples(
    searcher: Searcher, examples: RetrievalSet, product: str, document_of: dict[tuple[str, str], str]
) -> list[Example]:
    numbers = {key: number for number, key in enumerate(examples.documents)}
    found: list[Example] = []
    for key, question in examples.questions.items():
        query = Query(text=question, product_id=product, market="EU", audience="hcp", use=None)
        scored = searcher.part_scores(query)
        if scored is None:
            continue
        extent, scores = scored
        owner = {source.reading_id: source.id for source in extent.sources}
        documents = [
            numbers[
                document_of[
                    owner[extent.readings[at]], extent.facts[at].headings[extent.facts[at].sections[inside]]
                ]
            ]
            for at, inside in (extent.place(int(candidate)) for candidate in scores.candidates)
        ]
        relevant = {numbers[document]: grade for document, grade in examples.relevant[key].items()}
        found.append(Example(np.array(documents, dtype=np.intp), scores.parts, relevant))
    return found
