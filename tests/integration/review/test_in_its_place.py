"""A verbatim sentence is judged in its place, across passages too: through `check`, on both databases (rule GR11)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from assistant.content.drafting import draft
from assistant.content.from_text import check_text
from assistant.content.quoting import Means
from assistant.content.request import DraftRequest
from assistant.content.view import piece_json
from assistant.corpus.model import Source
from assistant.engines.protocol import NOBODY, Desk, Proposal, ProposedStatement, Quote, Task
from assistant.people.roles import Actor
from assistant.retrieval.search import Searcher
from assistant.store.database import Database
from guardrails.model import Evidence
from ingestion.index import MemoryIndex
from tests.builders.labels import label_reading

RESULT = "All-cause mortality was 10% with Velmora and 15% with placebo at 12 months."
LIMIT = "However, this difference was not statistically significant after adjustment."
PLAIN = "Hyperkalaemia occurred in 6% of patients on Velmora and in 2% on placebo."
FILLER = tuple(
    f"In ALPHA-1 the visit of month {month} was attended by {900 + month} adults with heart failure who received Velmora."
    for month in range(2, 12)
)
SECTIONS: Mapping[str, Sequence[str]] = {
    "4.1 Therapeutic indications": ["Velmora is indicated in adults for the treatment of heart failure."],
    "4.8 Undesirable effects": [PLAIN],
    "5.1 Clinical results": [*FILLER, RESULT, LIMIT],
}


class NoVectors:
    name = "none"

    def embed(self, texts: list[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        return np.ones((len(texts), 4), dtype=np.float32)


class Model:
    """An engine that tells single sentences, as a model does."""

    name = "openai"
    model = "test"
    rounds = 2

    def __init__(self, *texts: str) -> None:
        self.texts = texts

    def propose(self, task: Task, evidence: Sequence[Evidence], desk: Desk = NOBODY) -> Proposal:
        del desk
        held = [(text, item) for text in self.texts for item in evidence if text in item.text]
        told = [
            ProposedStatement("result", text, (Quote(item.passage, text),))
            for text, item in held
            if text not in task.left_out
        ]
        return Proposal(tuple(told))


@pytest.fixture
def searcher(db: Database, add_source: Callable[..., Source]) -> Searcher:
    add_source(label_reading(SECTIONS), markets=("FR", "EU"))
    return Searcher(db, NoVectors(), lambda _product: MemoryIndex())


def _of(db: Database, piece: str) -> dict[str, Any]:
    with db.read() as connection:
        shown: dict[str, Any] = piece_json(connection, piece, "en", db.clock)
    return shown


def test_a_text_from_elsewhere_that_leaves_out_the_however_waits(
    db: Database, searcher: Searcher, people: dict[str, Actor]
) -> None:
    made = check_text(
        db,
        Means(searcher, NoVectors()),
        people["writer"],
        f"{RESULT}\n\n{PLAIN}",
        DraftRequest("Velmora", "text", "EU", "en"),
    )
    shown = _of(db, made)
    assert [s["verdict"] for s in shown["statements"]] == ["needs_review", "pass"]
    (finding,) = [f for f in shown["findings"] if f["rule"] == "GR11"]
    assert LIMIT in finding["message"]


def test_a_model_s_draft_offers_no_sentence_without_its_however(
    db: Database, searcher: Searcher, people: dict[str, Actor]
) -> None:
    wanted = DraftRequest("Velmora", "key-moments", "EU", "en")
    made = draft(db, searcher, Model(RESULT, PLAIN), people["writer"], wanted)
    shown = _of(db, made.piece_id)
    assert [s["text"] for s in shown["statements"]] == [PLAIN]
    whole = draft(db, searcher, Model(f"{RESULT} {LIMIT}", PLAIN), people["writer"], wanted)
    assert f"{RESULT} {LIMIT}" in [s["text"] for s in _of(db, whole.piece_id)["statements"]]
