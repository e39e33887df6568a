"""Whether the documents can answer, asked of real rows: what a question's words, subjects and medicines find there."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest

from assistant.chat.sufficiency import FEATURES, Sufficiency, judge, measure
from assistant.corpus.model import Source
from assistant.retrieval.looked import Looked, Query
from assistant.retrieval.search import Searcher
from assistant.retrieval.vocabulary import Vocabulary
from assistant.store.database import Database
from ingestion.embed import Vectors
from ingestion.index import MemoryIndex
from tests.builders.labels import ENGLISH, label_reading

AddSource = Callable[..., Source]
NAMES = ("Velmora", "cardorelone")


class Lengths:
    """A vector says how long a word is."""

    name = "lengths"

    def embed(self, texts: list[str]) -> Vectors:
        rows = np.array([[len(text), 1.0] for text in texts], dtype=np.float32)
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


@pytest.fixture
def source(add_source: AddSource) -> Source:
    return add_source(label_reading(ENGLISH, "en"), language="en")


@pytest.fixture
def searcher(db: Database) -> Searcher:
    return Searcher(db, Lengths(), lambda _product: MemoryIndex())


def looked(searcher: Searcher, source: Source, question: str) -> Looked:
    return searcher.look(Query(question, source.product_id, "FR", "hcp", None, None, 24))


def vocabulary(searcher: Searcher, found: Looked) -> Vocabulary:
    assert found.extent is not None
    with searcher.db.read() as connection:
        return searcher.memory.vocabularies.of(connection, found.extent)


def features(searcher: Searcher, source: Source, question: str) -> Mapping[str, float]:
    found = looked(searcher, source, question)
    with searcher.db.read() as connection:
        return measure(connection, question, NAMES, found, vocabulary(searcher, found)).features


def told(searcher: Searcher, source: Source, question: str) -> Sufficiency:
    found = looked(searcher, source, question)
    with searcher.db.read() as connection:
        return judge(connection, question, NAMES, found, vocabulary(searcher, found))


def test_the_words_of_a_sentence_are_met_by_it(searcher: Searcher, source: Source) -> None:
    measured = features(searcher, source, "recommended starting dose")
    assert measured["sentence"] > 0.9
    assert measured["unmet"] < 0.1


def test_a_word_that_stands_nowhere_is_the_weightiest_need_left_open(
    searcher: Searcher, source: Source
) -> None:
    measured = features(searcher, source, "starting dose in alopecia")
    assert measured["unmet"] == measured["unmet_in_corpus"] > 0.5
    assert measured["unknown"] > 0


def test_another_medicines_name_is_noticed(searcher: Searcher, source: Source) -> None:
    assert features(searcher, source, "palbociclib starting dose")["unknown_medicine"] == 1.0
    assert features(searcher, source, "starting dose")["unknown_medicine"] == 0.0


def test_words_in_two_passages_are_less_than_words_in_one(searcher: Searcher, source: Source) -> None:
    together = features(searcher, source, "hyperkalaemia placebo")
    apart = features(searcher, source, "lactose placebo")
    assert together["sentence"] > apart["sentence"]
    assert apart["corpus"] > apart["sentence"]


def test_a_share_is_asked_for_and_given(searcher: Searcher, source: Source) -> None:
    measured = features(searcher, source, "hypotension rate")
    assert (measured["quantity"], measured["figure"], measured["type_met"]) == (1.0, 1.0, 1.0)


def test_no_evidence_is_never_enough(searcher: Searcher, source: Source) -> None:
    found = looked(searcher, source, "?")
    with searcher.db.read() as connection:
        answer = judge(connection, "?", NAMES, found, Vocabulary(0, {}))
    assert not answer.enough
    assert set(answer.features) == set(FEATURES)


@pytest.mark.parametrize(
    "question", ["recommended starting dose", "hyperkalaemia rate", "excipients lactose"]
)
def test_what_the_label_tells_is_enough(searcher: Searcher, source: Source, question: str) -> None:
    assert told(searcher, source, question).enough


@pytest.mark.parametrize(
    "question", ["football results", "palbociclib dose", "alopecia incidence", "price of the box in Germany"]
)
def test_what_it_does_not_tell_is_not(searcher: Searcher, source: Source, question: str) -> None:
    assert not told(searcher, source, question).enough
