"""The weights of the search's parts, learnt anew from training questions through the whole product.

It changes nothing: `say` tells the weights, to be put into `assistant/retrieval/weights.json` with where they come from.
For each set it gives what they reach, what weights reach that never saw the set, and what the strongest part reaches
alone: a fusion that is weaker than one of its parts anywhere is not worth shipping.

Words count alike in the passage and in its section: the articles of these sets have one passage or two, so they cannot
say what it is worth to find the right passage of a long section of a label.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assistant.bootstrap import App
from assistant.corpus.products import find_product
from assistant.people.roles import Actor
from assistant.retrieval.looked import Query
from assistant.retrieval.search import Searcher
from eval.datasets import RetrievalSet
from eval.remembering import remembering
from eval.suites import Row, figure
from eval.suites.house import fresh_house, improve_on_all_cores
from eval.suites.retrieval import ingest
from eval.training_sets import training_sets
from eval.tuning import Example, held_out, mean_gain, tune

TIERS = {
    "fast": ("words", "sections", "vectors"),
    "better": ("words", "sections", "vectors", "better", "headings"),
    "english": ("words", "sections", "vectors", "better", "english"),
}
_WITHOUT = {"fast": "better", "better": "english"}
"""The part whose model does not take part in a tier."""
TIED = ("words", "sections")
"""Parts that get the same weight."""


def run(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Learn each tier's weights; the rows give nDCG@10 by set."""
    sets = training_sets(data)
    if not any(examples.name == "scifact" for examples in sets):
        say(f"SciFact's training questions are not in {data}: without them no weights are learnt.")
        return []
    rows: list[dict[str, Any]] = []
    with fresh_house() as (app, librarian):
        owners = {examples.name: _add(app, librarian, examples) for examples in sets}
        improve_on_all_cores(app, say)
        searcher = remembering(app.searcher)
        for tier, names in TIERS.items():
            settings = searcher.settings.without(_WITHOUT[tier]) if tier in _WITHOUT else searcher.settings
            shown = [examples for examples in sets if tier != "english" or examples.language == "en"]
            asked = {
                examples.name: _examples(
                    replace(searcher, settings=settings),
                    examples,
                    find_product(app.db, examples.name).id,
                    owners[examples.name],
                )
                for examples in shown
            }
            learnt = tune(_all(asked), names, TIED)
            say(json.dumps({tier: learnt, "sha256": {s.name: s.checksum for s in shown}}))
            rows += _rows(tier, names, asked, learnt)
    return rows


def _add(app: App, librarian: Actor, examples: RetrievalSet) -> dict[tuple[str, str], str]:
    with TemporaryDirectory() as folder:
        return ingest(app, librarian, examples, Path(folder))


def _all(asked: Mapping[str, list[Example]], but: str = "") -> list[Example]:
    return [example for name, examples in asked.items() if name != but for example in examples]


def _rows(
    tier: str, names: tuple[str, ...], asked: Mapping[str, list[Example]], learnt: Mapping[str, float]
) -> list[dict[str, Any]]:
    """By set; the last row is of all questions with weights that were learnt on other folds of them."""
    rows = []
    for dataset, examples in asked.items():
        alone = {name: mean_gain(examples, {name: 1.0}) for name in names}
        strongest = max(alone, key=lambda name: alone[name])
        rows += [
            _row(dataset, f"{tier} tier, learnt", mean_gain(examples, learnt), len(examples)),
            _row(
                dataset, f"{tier} tier, strongest part alone ({strongest})", alone[strongest], len(examples)
            ),
        ]
        if others := _all(asked, but=dataset):
            unseen = mean_gain(examples, tune(others, names, TIED))
            rows.append(_row(dataset, f"{tier} tier, learnt on the other sets alone", unseen, len(examples)))
    together = _all(asked)
    return [
        *rows,
        _row("all", f"{tier} tier, learnt, held out", held_out(together, names, TIED), len(together)),
    ]


def _row(dataset: str, system: str, value: float, n: int) -> Row:
    return figure(dataset, "ndcg@10", value, n, split="train", system=system)


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
        found.append(Example(np.array(documents, dtype=np.intp), scores.in_deviations(), relevant))
    return found
