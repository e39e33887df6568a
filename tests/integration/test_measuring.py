"""What a measurement stands on: a made-up corpus that search finds its way in, and a database of its own."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from assistant.corpus.products import find_product
from assistant.people.roles import Actor
from assistant.retrieval import gathering
from assistant.retrieval.looked import Query
from assistant.store.clock import SystemClock
from assistant.store.token_rows import save_token_rows, token_rows_of
from assistant.store.vectors import known_vectors
from eval.kept_vectors import keep
from eval.suites.house import fresh_house
from eval.suites.made_up import MadeUp, SyntheticEmbedder
from eval.suites.search_cost import systems, times
from tests.integration.conftest import FakeClock

if TYPE_CHECKING:
    from assistant.bootstrap import App


def test_a_made_up_corpus_is_found_by_words_and_vectors_exactly_and_by_the_index(
    app_factory: Callable[[], "App"],
    people: dict[str, Actor],
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock.instant = SystemClock().now()  # a measured source is approved as of yesterday
    app = app_factory()
    corpus = MadeUp(app, people["librarian"], "made-up", SyntheticEmbedder(16))
    corpus.grow(40)
    corpus.grow(60)
    searcher = replace(app.searcher, embedder=corpus.embedder, indexes=lambda _: corpus.index, better=None)
    product = find_product(app.db, "made-up").id

    def query(words: str) -> Query:
        return Query(words, product, "EU", "hcp", None)

    asked = corpus.questions(2)
    exact = searcher.find(query(asked[0]))
    assert len(exact) == 8
    monkeypatch.setattr(gathering, "EXACT_UP_TO", 10)
    assert searcher.find(query(asked[0]))[0].passage == exact[0].passage
    found = times(searcher, systems(better=False), query, asked)
    assert {name: len(values) for name, values in found.items()} == dict.fromkeys(systems(better=False), 2)


@pytest.mark.postgres
def test_a_house_on_postgresql_has_a_database_of_its_own_with_the_kept_vectors_and_drops_it(
    postgres_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANCRAGE_HOME", str(tmp_path))
    with fresh_house() as (app, librarian):
        MadeUp(app, librarian, "made-up", SyntheticEmbedder(16)).grow(3)
        with app.db.write() as tx:
            save_token_rows(tx, "made-up-16", {"a" * 64: (16, b"\x01\x80")})
        keep(app.settings.home, tmp_path / "eval-vectors.sqlite")
    with fresh_house(postgres_server) as (app, librarian):
        assert not app.db.is_sqlite
        url = app.db.engine.url
        MadeUp(app, librarian, "other", SyntheticEmbedder(8)).grow(3)
        with app.db.read() as connection:
            kept = (
                connection.execute(text("SELECT text_sha256 FROM vector WHERE model = 'made-up-16'"))
                .scalars()
                .all()
            )
            assert len(known_vectors(connection, "made-up-16", list(kept))) == 3
            rows = token_rows_of(connection, "made-up-16", ["a" * 64])
            assert rows == {"a" * 64: (16, b"\x01\x80")}
    server = create_engine(url.set(database="postgres"))
    with server.connect() as connection:
        left = connection.execute(
            text("SELECT count(*) FROM pg_database WHERE datname LIKE 'ancrage_eval_%'")
        )
        assert left.scalar() == 0
    server.dispose()
