"""A model as judge of a draft's reworded statements: its notes reach the findings, and move no verdict."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.bootstrap import open_app
from assistant.content.drafting import draft
from assistant.content.request import DraftRequest
from assistant.content.view import piece_json
from assistant.corpus.model import Source
from assistant.engines.extractive import ExtractiveEngine
from assistant.engines.model_errors import EgressOff
from assistant.engines.openai_judge import OpenAiJudge
from assistant.engines.protocol import NOBODY, Desk, Proposal, Task
from assistant.people.roles import Actor
from assistant.retrieval.search import Searcher
from assistant.settings import Settings, sqlite_url
from assistant.store.database import Database
from guardrails.judge import Judgement, MeaningJudge
from guardrails.model import Evidence, Language
from ingestion.index import MemoryIndex
from tests.builders.labels import ENGLISH, label_reading

WANTED = DraftRequest("Velmora", "key-moments", "FR", "en")


class NoVectors:
    """An embedder of which no vector is stored: search goes by words alone."""

    name = "none"

    def embed(self, texts: list[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        return np.ones((len(texts), 4), dtype=np.float32)


class Rewording(ExtractiveEngine):
    """Says each statement of the extractive engine in its own words."""

    def propose(self, task: Task, evidence: Sequence[Evidence], desk: Desk = NOBODY) -> Proposal:
        made = super().propose(task, evidence, desk)
        return replace(
            made,
            statements=tuple(replace(s, text=f"As its label says: {s.text}") for s in made.statements),
        )


class Says:
    """A judge that always says the same."""

    def __init__(self, score: float | None, why: str) -> None:
        self.said = Judgement("liar@1", score, why)

    def judge(self, statement: str, language: Language, quotes: Sequence[tuple[str, Language]]) -> Judgement:
        del statement, language, quotes
        return self.said


Drafted = Callable[[MeaningJudge | None], dict[str, Any]]


@pytest.fixture
def drafted(
    db: Database, people: dict[str, Actor], add_source: Callable[..., Source]
) -> Callable[[MeaningJudge | None], dict[str, Any]]:
    add_source(label_reading(ENGLISH), language="en")
    searcher = Searcher(db, NoVectors(), lambda _product: MemoryIndex())

    def make(judge: MeaningJudge | None) -> dict[str, Any]:
        outcome = draft(db, searcher, Rewording(), people["writer"], WANTED, judge=judge)
        with db.read() as connection:
            return piece_json(connection, outcome.piece_id, "en", db.clock)

    return make


def notes(piece: dict[str, Any]) -> list[dict[str, Any]]:
    return [f["evidence"]["judge"] for f in piece["findings"] if "judge" in f["evidence"]]


def verdicts(piece: dict[str, Any]) -> list[tuple[str, str]]:
    return [(s["text"], s["verdict"]) for s in piece["statements"]]


def test_a_judge_that_always_says_supported_unblocks_nothing(drafted: Drafted) -> None:
    alone, lied = drafted(None), drafted(Says(1.0, "because I say so"))
    assert verdicts(lied) == verdicts(alone)
    assert all(verdict != "pass" for text, verdict in verdicts(lied) if text.startswith("As its label"))
    found = notes(lied)
    assert found
    assert {(n["name"], n["score"], n["why"]) for n in found} == {("liar@1", 1.0, "because I say so")}
    assert all(n["beside"]["name"].startswith("signals@") for n in found)


def test_a_judge_that_fails_is_named_with_its_reason_and_the_embedded_one_stands_in(
    drafted: Drafted,
) -> None:
    found = notes(drafted(Says(None, "model_time_out")))
    assert found
    assert all(n["name"].startswith("signals@") for n in found)
    assert {(n["unscored"]["name"], n["unscored"]["why"]) for n in found} == {("liar@1", "model_time_out")}


def test_without_the_setting_no_model_is_asked(tmp_path: Path) -> None:
    settings = Settings(tmp_path, sqlite_url(tmp_path))
    with closing(open_app(settings)) as app:
        assert app.judge is None


def test_the_setting_names_the_model_and_a_host_that_may_not_be_reached_is_refused(tmp_path: Path) -> None:
    near = Settings(
        tmp_path,
        sqlite_url(tmp_path),
        judge="openai",
        openai_base_url="http://127.0.0.1:9/v1",
        openai_model="m",
    )
    with closing(open_app(near)) as app:
        assert isinstance(app.judge, OpenAiJudge)
    away = replace(near, egress=False, openai_base_url="https://model.example/v1", openai_api_key="k")
    with closing(open_app(away)) as app, pytest.raises(EgressOff):
        _ = app.judge
