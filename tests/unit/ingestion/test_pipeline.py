"""From files to vectors, with a pool that runs in place."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest

from ingestion.assembly import Block, PageDraft, assemble
from ingestion.chunk import passages
from ingestion.embed import Vectors
from ingestion.errors import AncrageError, EmptyFile, ReaderTimeout
from ingestion.model import Reading
from ingestion.pipeline import embedded_text, ingest_files, prepare, text_sha256
from ingestion.worker import Prepared


class PoolInPlace:
    """Reads a file's lines as slides of one bullet; embeds by length; knows what is running."""

    processes = 2

    def __init__(self, *, fails: Callable[[], AncrageError] | None = None) -> None:
        self.fails = fails
        self.embedded: list[str] = []
        self.read_files: list[str] = []

    def read(self, path: Path, kind_hint: str | None = None) -> "Future[Prepared]":  # noqa: ARG002  the Protocol's
        self.read_files.append(path.name)
        future: Future[Prepared] = Future()
        if not path.read_text():
            future.set_exception(EmptyFile("nothing", file=path.name))
            return future
        drafts = [
            PageDraft(n, [Block(line, kind="bullet")], crosses=False)
            for n, line in enumerate(path.read_text().splitlines(), start=1)
        ]
        pages, sentences, language = assemble(drafts)
        reading = Reading("0" * 64, "1", "pptx", pages, sentences, None, language)
        future.set_result(Prepared(reading, tuple(passages(reading))))
        return future

    def embed(self, texts: list[str]) -> "Future[Vectors]":
        future: Future[Vectors] = Future()
        if self.fails:
            future.set_exception(self.fails())
            return future
        self.embedded.extend(texts)
        future.set_result(np.array([[len(text)] for text in texts], dtype=np.float32))
        return future


def files(tmp_path: Path, *contents: str) -> list[Path]:
    made = []
    for number, content in enumerate(contents):
        path = tmp_path / f"{number}.txt"
        path.write_text(content)
        made.append(path)
    return made


def test_files_come_back_in_order_with_a_vector_for_each_text(tmp_path: Path) -> None:
    outcomes = list(ingest_files(files(tmp_path, "alpha\nbeta", "gamma gamma"), PoolInPlace()))
    assert [o.path.name for o in outcomes] == ["0.txt", "1.txt"]
    for outcome in outcomes:
        assert outcome.prepared is not None
        for passage in outcome.prepared.passages:
            text = embedded_text(passage)
            assert outcome.prepared.vectors[text_sha256(text)][0] == len(text)


def test_a_text_that_comes_back_is_embedded_once(tmp_path: Path) -> None:
    pool = PoolInPlace()
    list(ingest_files(files(tmp_path, "same\nsame\nother", "same"), pool))
    assert sorted(pool.embedded) == ["other", "same"]


def test_known_vectors_are_not_made_again(tmp_path: Path) -> None:
    pool = PoolInPlace()
    known = {text_sha256("same")}
    (path,) = files(tmp_path, "same\nother")
    prepared = prepare(path, pool, lambda keys: known & set(keys))
    assert pool.embedded == ["other"]
    assert set(prepared.vectors) == {text_sha256("other")}


def test_a_bad_file_is_its_own_outcome_and_the_others_go_on(tmp_path: Path) -> None:
    outcomes = list(ingest_files(files(tmp_path, "alpha", "", "beta"), PoolInPlace()))
    assert [o.error.code if o.error else None for o in outcomes] == [None, "no_text", None]


def test_a_failure_of_embedding_is_the_files_outcome(tmp_path: Path) -> None:
    pool = PoolInPlace(fails=lambda: ReaderTimeout("stopped"))
    (outcome,) = ingest_files(files(tmp_path, "alpha"), pool)
    assert outcome.prepared is None
    assert isinstance(outcome.error, ReaderTimeout)


def test_prepare_raises_the_refusal(tmp_path: Path) -> None:
    (path,) = files(tmp_path, "")
    with pytest.raises(EmptyFile):
        prepare(path, PoolInPlace(), lambda _: set())


def test_only_a_few_files_are_read_ahead(tmp_path: Path) -> None:
    pool = PoolInPlace()
    outcomes = ingest_files(files(tmp_path, *(["text"] * 10)), pool)
    next(outcomes)
    assert len(pool.read_files) <= 5
