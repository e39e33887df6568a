"""Can the approved sources answer, on a public set: PubMedQA's test questions, with the abstracts of every second one as sources.

Each question was made from one abstract. Where that is among the sources, they can answer; else they hold hundreds of
abstracts of the same field, and not the one that is asked for. The rule was learnt on none of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.chat.statements import judged
from assistant.chat.sufficiency import Sufficiency
from assistant.corpus.products import find_product
from eval.datasets import RetrievalSet, load_pubmedqa
from eval.suites.house import fresh_house, improve_on_all_cores
from eval.suites.retrieval import ingest


def asked_of_half(examples: RetrievalSet) -> tuple[RetrievalSet, list[Mapping[str, Any]]]:
    """The set with the documents of every second question alone, and all its questions, with whether they are held."""
    keys = list(examples.questions)
    held = keys[::2]
    half = replace(
        examples,
        documents={key: examples.documents[key] for key in held},
        questions={key: examples.questions[key] for key in held},
        relevant={key: examples.relevant[key] for key in held},
    )
    kept = set(held)
    questions: list[Mapping[str, Any]] = [
        {
            "question": examples.questions[key],
            "language": examples.language,
            "answerable": key in kept,
            "near_miss": False,
            "kind": "absent_fact",
        }
        for key in keys
    ]
    return half, questions


def judged_of_half(data: Path, say: Callable[[str], None]) -> list[tuple[Mapping[str, Any], Sufficiency]]:
    """Each question with the shipped rule's verdict; nothing where the set is not there."""
    examples = load_pubmedqa(data)
    if examples is None:
        say(f"PubMedQA is not below {data}: left out.")
        return []
    half, questions = asked_of_half(examples)
    with fresh_house() as (app, librarian), TemporaryDirectory() as folder:
        ingest(app, librarian, half, Path(folder))
        improve_on_all_cores(app, say)
        product = find_product(app.db, half.name)
        return [
            (question, judged(app.db, app.searcher, question["question"], product, "EU"))
            for question in questions
        ]
