"""Learn the rule that decides whether the sources can answer: `python -m eval.suites.learning_abstention DATA [PROCESSES]`.

For each state that a home may be in (with or without the better model's vectors) one rule,
each from the same questions. Writes `assistant/chat/sufficiency.json`; a person reads the figures and commits it.
"""

import hashlib
import json
import multiprocessing
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.bootstrap import App, open_app
from assistant.chat import sufficiency
from assistant.chat.asked import AUDIENCE, HITS, USE
from assistant.chat.sufficiency import FEATURES, measure
from assistant.corpus.products import find_product
from assistant.corpus.sheet import names_of
from assistant.retrieval.looked import Query
from assistant.retrieval.search import Searcher
from assistant.settings import Settings
from eval.calibrating import (
    ANSWERED,
    REFUSED,
    Judged,
    by_writer,
    calibrate,
    left_out,
    refused_at,
    risk_coverage,
)
from eval.suites.abstention import FOLDER, LEARNT_ON, OWN, PRODUCTS, add_corpora, questions
from eval.suites.house import fresh_house, improve_on_all_cores

TARGET = Path(sufficiency.__file__).parent / "sufficiency.json"


def learn_rule(data: Path, target: Path, say: Callable[[str], None], processes: int = 2) -> dict[str, Any]:
    """Learn all rules and write them with what they rest on and what they reach on questions that they did not see."""
    asked = [{**question, "writer": split} for split in LEARNT_ON for question in questions(split)]
    with fresh_house() as (app, librarian):
        corpora = add_corpora(app, librarian, data, say)
        if corpora != set(PRODUCTS):
            raise FileNotFoundError(data)
        improve_on_all_cores(app, say)
        examples = _measured(app, asked, processes, say)
    rules = {tier: calibrate(some, FEATURES, OWN) for tier, some in examples.items()}
    found = {
        "version": datetime.now(UTC).date().isoformat(),
        "data": f"{', '.join(f'eval/abstention/{split}.yaml' for split in LEARNT_ON)}: {len(asked)} questions on the shipped dossier "
        "and ten European labels",
        "sha256": {split: _sum(split) for split in LEARNT_ON},
        "date": datetime.now(UTC).date().isoformat(),
        "code": f"eval/suites/learning_abstention.py: logistic over {len(FEATURES)} features; the threshold refuses {REFUSED:.0%} of the unanswerable "
        f"questions of all writers but that of {OWN}.yaml, each judged by a rule that was learnt on the others",
        "left_out": {tier: _figures(some) for tier, some in examples.items()},
        "tiers": rules,
    }
    target.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return found


def _measured(
    app: App, asked: Sequence[Mapping[str, Any]], processes: int, say: Callable[[str], None]
) -> dict[str, list[Judged]]:
    """The features of every question by every rule's means, in its order; each process takes a stretch of the questions."""
    stretch = -(-len(asked) // processes)
    parts = [(app.settings, asked[at : at + stretch]) for at in range(0, len(asked), stretch)]
    say(f"{len(asked)} questions are asked in {len(parts)} processes.")
    found: dict[str, list[Judged]] = {}
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        for part in pool.map(_measured_part, parts):
            for tier, some in part.items():
                found.setdefault(tier, []).extend(some)
    return found


def _measured_part(part: tuple[Settings, Sequence[Mapping[str, Any]]]) -> dict[str, list[Judged]]:
    settings, asked = part
    app = open_app(settings)
    found: dict[str, list[Judged]] = {}
    try:
        for question in asked:
            fact = (question.get("evidence") or {}).get("snippet", question["id"])
            group = f"{question['corpus']} {question.get('product')} {fact}"
            for searcher in (app.searcher, replace(app.searcher, better=None)):
                tier, features = _features(app, searcher, question)
                writer = question.get("writer", "")
                judged = Judged(features, bool(question["answerable"]), group, writer)
                found.setdefault(tier, []).append(judged)
    finally:
        app.close()
    return found


def _features(app: App, searcher: Searcher, question: Mapping[str, Any]) -> tuple[str, Mapping[str, float]]:
    product = find_product(app.db, PRODUCTS[question["corpus"]])
    names = names_of(product.name, product.sheet)
    looked = searcher.look(Query(question["question"], product.id, "EU", AUDIENCE, USE, None, HITS))
    assert looked.extent is not None
    with app.db.read() as connection:
        vocabulary = searcher.memory.vocabularies.of(connection, looked.extent)
        found = measure(connection, question["question"], names, looked, vocabulary)
    return found.tier, found.features


def _figures(examples: Sequence[Judged]) -> dict[str, float]:
    """What is refused at `ANSWERED`: of questions left out at random by the fact that they ask for, by product, and by writer.

    By writer only those count that somebody else wrote than the rule: that is what the next stranger's questions are like.
    """
    by_product = [replace(e, group=" ".join(e.group.split()[:2])) for e in examples]
    others = [at for at, example in enumerate(examples) if example.writer != OWN]
    strange = by_writer(examples, FEATURES)
    return {
        "by fact": _refused(left_out(examples, FEATURES), examples),
        "by product": _refused(left_out(by_product, FEATURES), examples),
        "by writer": _refused([strange[at] for at in others], [examples[at] for at in others]),
    }


def _refused(told: Sequence[float], examples: Sequence[Judged]) -> float:
    points = risk_coverage(told, [example.answerable for example in examples])
    return round(refused_at(points, ANSWERED), 3)


def _sum(split: str) -> str:
    return hashlib.sha256((FOLDER / f"{split}.yaml").read_bytes()).hexdigest()


if __name__ == "__main__":
    learnt = learn_rule(Path(sys.argv[1]), TARGET, print, *(int(word) for word in sys.argv[2:3]))
    print(json.dumps(learnt["left_out"], indent=1))
