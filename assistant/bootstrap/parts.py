"""The parts that a home is worked with, each made from the settings when it is first used."""

import threading
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.errors import InvalidInput
from assistant.indexing import Indexes
from assistant.settings import Settings
from assistant.store.clock import Clock
from assistant.store.database import Database
from assistant.store.originals import Originals

if TYPE_CHECKING:
    from assistant.corpus.slides import Slides
    from assistant.engines.protocol import Engine
    from assistant.engines.spending import DailyTokens
    from assistant.notices.addresses import Outside
    from assistant.people.oidc.provider import Provider
    from assistant.retrieval.memory import Memory
    from assistant.retrieval.pictures import Pictures
    from assistant.retrieval.search import Searcher
    from guardrails.judge import MeaningJudge
    from ingestion.better import BetterEmbedder
    from ingestion.embed import FastEmbedder
    from ingestion.english import EnglishEmbedder
    from ingestion.worker import WorkerPool

RETURN_PATH = "/sign-in/return"
"""Where the company's login sends a browser back to, below ANCRAGE_PUBLIC_URL."""


class Parts:
    """The parts of one home; the heavy ones are made when they are first used."""

    def __init__(self, settings: Settings, clock: Clock, db: Database) -> None:
        """Nothing heavy is made yet."""
        self.settings = settings
        self.clock = clock
        self.db = db
        self.originals = Originals(settings.home / "originals")
        self._making = threading.RLock()

    @property
    def pool(self) -> "WorkerPool":
        """The worker processes that read and embed."""
        with self._making:
            return self._pool

    @property
    def embedder(self) -> "FastEmbedder":
        """The model that embeds queries, in this process."""
        with self._making:
            return self._embedder

    @property
    def better(self) -> "BetterEmbedder | None":
        """The better and slower model; None where it is not installed or not wanted."""
        with self._making:
            return self._better

    @property
    def english(self) -> "EnglishEmbedder | None":
        """The model for English beside the better one; None where either is not installed or not wanted."""
        with self._making:
            return self._english

    @property
    def indexes(self) -> Indexes:
        """The vector index of each product."""
        with self._making:
            return self._indexes

    @property
    def searcher(self) -> "Searcher":
        """Search over what may be used now."""
        from assistant.retrieval.parts import RetrievalSettings
        from assistant.retrieval.search import Searcher

        parts = RetrievalSettings.all_without(self.settings.search_without)
        reranker = None
        if self.settings.rerank:
            from assistant.engines.openai_reranker import openai_reranker

            reranker = openai_reranker(self.settings, self.daily_tokens)
        with self._making:
            return Searcher(
                self.db,
                self.embedder,
                self.indexes,
                better=self._better,
                english=self._english,
                reader=self._better if self.settings.tokens else None,
                rarity=self._better,
                settings=parts,
                reranker=reranker,
                memory=self._search_memory,
            )

    @property
    def slides(self) -> "Slides":
        """The pictures of slides."""
        with self._making:
            return self._slides

    @property
    def pictures(self) -> "Pictures":
        """The pictures of pages."""
        with self._making:
            return self._pictures

    def engine(self, name: str) -> "Engine":
        """The engine of that name. Raises InvalidInput."""
        if name == "extractive":
            from assistant.engines.extractive import ExtractiveEngine

            return ExtractiveEngine()
        if name == "openai":
            from assistant.engines.openai import openai_engine

            return openai_engine(self.settings, self.daily_tokens)
        raise InvalidInput(f"{name} is not an engine.", help="The engines are extractive and openai.")

    @property
    def judge(self) -> "MeaningJudge | None":
        """The model that ranks reworded statements; None where the embedded judge does, which needs no wiring.

        Raises InvalidInput or EgressOff where the settings name a model that cannot be asked.
        """
        if self.settings.judge != "openai":
            return None
        from assistant.engines.openai_judge import openai_judge

        return openai_judge(self.settings, self.daily_tokens)

    @property
    def daily_tokens(self) -> "DailyTokens":
        """What a model may still cost today."""
        from assistant.engines.spending import DailyTokens

        return DailyTokens(self.db, self.settings.openai_tokens_per_day)

    @property
    def outside(self) -> "Outside":
        """Where messages may be sent at all."""
        from assistant.notices.addresses import Outside

        return Outside(self.settings.egress, self.settings.webhook_hosts)

    def given_password(self, text: str) -> str:
        """The passphrase that somebody typed. Raises PasswordsOff: no way in or signature goes by it then."""
        if not self.settings.passwords:
            from assistant.people.oidc.errors import passwords_off

            raise passwords_off()
        return text

    @property
    def login(self) -> "Provider":
        """The company's login. Raises LoginNotSetUp."""
        with self._making:
            return self._login

    @cached_property
    def _login(self) -> "Provider":
        from assistant.people.oidc.errors import not_set_up
        from assistant.people.oidc.model import Registration
        from assistant.people.oidc.provider import Provider
        from assistant.people.oidc.wire import Wire

        given = self.settings
        if not given.oidc_issuer:
            raise not_set_up()
        back = f"{given.public_url}{RETURN_PATH}"
        registration = Registration(given.oidc_issuer, given.oidc_client_id, given.oidc_client_secret, back)
        return Provider(registration, Wire(self.outside.require_host))

    @cached_property
    def _pool(self) -> "WorkerPool":
        from ingestion.ocr import find_ocr
        from ingestion.worker import WorkerPool

        settings = self.settings
        ocr = find_ocr() if settings.ocr else None
        return WorkerPool(settings.workers, settings.reader_seconds, settings.reader_megabytes, ocr)

    @cached_property
    def _embedder(self) -> "FastEmbedder":
        from ingestion.embed import FastEmbedder

        return FastEmbedder()

    @cached_property
    def _better(self) -> "BetterEmbedder | None":
        from ingestion.better import BetterEmbedder

        return BetterEmbedder() if self.settings.better and BetterEmbedder.installed() else None

    @cached_property
    def _english(self) -> "EnglishEmbedder | None":
        from ingestion.english import EnglishEmbedder

        return EnglishEmbedder() if self._better is not None and EnglishEmbedder.installed() else None

    @cached_property
    def _search_memory(self) -> "Memory":
        from assistant.retrieval.memory import Memory

        return Memory()

    @cached_property
    def _indexes(self) -> Indexes:
        return Indexes(self.db, self.settings.home / "index", self.embedder.name)

    @cached_property
    def _slides(self) -> "Slides":
        from assistant.corpus.slides import Slides, installed

        folder = self.settings.home / "pictures"
        return Slides(self.db, folder, self.originals, self.pool, installed())

    @cached_property
    def _pictures(self) -> "Pictures":
        from assistant.retrieval.pictures import Pictures

        return Pictures(self.settings.home / "pictures" / "pages", self.originals, self.pool, self.slides)
