"""The only wiring: from settings to an application whose parts know each other."""

import logging
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assistant.audit.heads import HeadsLog
from assistant.audit.verify import HEADS
from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.corpus.sources import approve, check_request, get_source, source_json, withdraw
from assistant.errors import InvalidInput, WrongState
from assistant.indexing import Indexes
from assistant.jobs import JobFailed, Jobs, OnProgress
from assistant.jobs.ingest import Ingest, request_to_json
from assistant.jobs.meter import Meter
from assistant.jobs.service import Work
from assistant.jobs.table import left_over
from assistant.jobs.writing import Cascade, Draft, Saved
from assistant.people.roles import Actor, Permission, require
from assistant.settings import Settings, failpoint_of
from assistant.store.clock import Clock, SystemClock
from assistant.store.database import Database, Transaction, open_database
from assistant.store.ids import new_id
from assistant.store.migrations import migrate
from assistant.store.originals import Originals, copy_durably, storage_error
from ingestion.errors import AncrageError

if TYPE_CHECKING:
    from assistant.content.request import DraftRequest
    from assistant.corpus.manifest import BulkItem, Refused
    from assistant.corpus.slides import Slides
    from assistant.engines.protocol import Engine
    from assistant.engines.spending import DailyTokens
    from assistant.jobs.bulk import OnFile
    from assistant.notices.addresses import Outside
    from assistant.people.oidc.provider import Provider
    from assistant.retrieval.pictures import Pictures
    from assistant.retrieval.search import Memory, Searcher
    from guardrails.judge import MeaningJudge
    from ingestion.better import BetterEmbedder
    from ingestion.embed import FastEmbedder
    from ingestion.worker import WorkerPool


_log = logging.getLogger(__name__)
OWED = ("cascade",)
"""The kinds of jobs that follow from an act that stands: a failed one is taken up again."""
_PENDING = (
    "This is recorded and holds from now on; nothing that rests on a withdrawn document is served. "
    "Marking the pieces concerned did not finish; the next start of Ancrage, or the same command again, finishes it."
)
RETURN_PATH = "/sign-in/return"
"""Where the company's login sends a browser back to, below ANCRAGE_PUBLIC_URL."""
_LONGEST_NAME = 200  # bytes; file systems take 255


class App:
    """The application on one home. Its heavy parts are made when they are first used."""

    def __init__(self, settings: Settings, clock: Clock, db: Database) -> None:
        """See `open_app`."""
        self.settings = settings
        self.clock = clock
        self.db = db
        self.originals = Originals(settings.home / "originals")
        self._incoming = settings.home / "incoming"
        self._making = threading.RLock()
        self.on_indexed: Callable[[], None] = _nothing_more
        """Is called when a source has become searchable, and when a server starts."""

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
                settings=parts,
                reranker=reranker,
                memory=self._search_memory,
            )

    def improve(
        self, on_progress: OnProgress | None = None, share: tuple[int, int] = (0, 1)
    ) -> dict[str, Any]:
        """Make the missing vectors of the better model, and of words where the chat uses them, or a share of them; returns
        as `improvement`.

        Nothing else is written, so this may run beside the process that owns the home.
        """
        from assistant.chat.sufficiency import uses_words
        from assistant.retrieval.tier import improve
        from assistant.retrieval.vocabulary import learn_words

        if uses_words():
            learn_words(self.db, self.embedder, on_progress, share)
        with self._making:
            better = self._better
        if better is not None:
            improve(self.db, better, on_progress, share=share)
        return self.improvement()

    def improvement(self) -> dict[str, Any]:
        """How far the better tier of search is: {"model", "texts", "missing", "words", "words_missing"}."""
        from assistant.chat.sufficiency import uses_words
        from assistant.retrieval.tier import tier_state
        from assistant.retrieval.vocabulary import words_state

        with self._making:
            better = self._better
        with self.db.read() as connection:
            count, unknown = words_state(connection, self.embedder.name) if uses_words() else (0, 0)
            words = {"words": count, "words_missing": unknown}
            if better is None:
                return {"model": None, "texts": 0, "missing": 0, **words}
            state = tier_state(connection, better.name)
        return {"model": better.name, "texts": state.texts, "missing": state.missing, **words}

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

    @property
    def jobs(self) -> Jobs:
        """The durable work."""
        with self._making:
            return self._jobs

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

    def warm(self) -> None:
        """Load the model and start a worker, so that the first search or file does not wait for them."""
        self.embedder.embed(["warm"])
        for future in [self.pool.embed(["warm"]) for _ in range(self.pool.processes)]:
            future.result()

    def add_sources(
        self,
        actor: Actor,
        files: Sequence[tuple[Path, SourceRequest]],
        on_progress: OnProgress | None = None,
    ) -> list[dict[str, Any] | AncrageError]:
        """Take files in, several at once; returns for each, in order, its source as JSON or the reason why not."""
        jobs: dict[int, Any] = {}
        # The longest first, so that at the end no worker waits for the other one's long file.
        for at in sorted(range(len(files)), key=lambda at: -_size(files[at][0])):
            jobs[at] = _typed(partial(self.start_ingest, actor, *files[at]))
        meter = Meter(self.jobs, [job for job in jobs.values() if isinstance(job, str)], on_progress)
        return [
            job if isinstance(job, AncrageError) else _typed(partial(self._added, job, meter))
            for _, job in sorted(jobs.items())
        ]

    def add_many(
        self, actor: Actor, items: "Sequence[BulkItem | Refused]", on_file: "OnFile"
    ) -> "list[dict[str, Any] | Refused]":
        """Take many files in, resumably; returns for each, in order, its source as JSON or its refusal."""
        from assistant.jobs.bulk import Bulk

        require(actor, Permission.ADD_SOURCE)
        jobs = self.jobs

        def added(job: str) -> dict[str, Any]:
            return self._added(job, Meter(jobs, [job], None))

        start = partial(self.start_ingest, actor)
        return Bulk(self.db, jobs, start, added, 2 * self.pool.processes + 1).take_in(items, on_file)

    def start_ingest(self, actor: Actor, file: Path, request: SourceRequest) -> str:
        """Copy the file into the home and begin its job; returns the job's id at once.

        Raises what can be said before the file is read: NotAllowed, InvalidInput, UnknownSource, StorageFull.
        """
        checked = check_request(actor, request, self.clock.now())
        if checked.replaces is not None:
            get_source(self.db, checked.replaces)
        if not file.is_file():
            raise InvalidInput(f"There is no file {file}.", help="Check the path; a folder cannot be added.")
        jobs = self.jobs  # made first: its beginning clears away copies that no job names
        arguments = self._stage(file) | {"name": file.name, "request": request_to_json(request)}
        return jobs.start("ingest", arguments, actor)

    def draft(
        self, actor: Actor, request: "DraftRequest", on_progress: OnProgress | None = None
    ) -> dict[str, Any]:
        """Draft a piece as a job and wait for it; returns the `draft` JSON in the actor's language."""
        return self.drafted(actor, self.jobs.wait(self.start_draft(actor, request), on_progress)["piece"])

    def start_draft(self, actor: Actor, request: "DraftRequest") -> str:
        """Begin a draft; returns the job's id at once."""
        require(actor, Permission.DRAFT)
        return self.jobs.start("draft", {**asdict(request), "sources": list(request.sources)}, actor)

    def drafted(self, actor: Actor, piece: str) -> dict[str, Any]:
        """The `draft` JSON of a piece."""
        from assistant.content.view import piece_json

        with self.db.read() as connection:
            return piece_json(connection, piece, actor.language, self.clock)

    def check(self, actor: Actor, file: Path, request: "DraftRequest") -> dict[str, Any]:
        """Turn an existing text into a piece with proposed citations and findings; returns the `check` JSON."""
        from assistant.content.from_text import check_file

        piece = check_file(self.db, self.searcher, self.pool, actor, file, request)
        return self.drafted(actor, piece)

    def approve(self, actor: Actor, source_id: str, request: ApprovalRequest) -> dict[str, Any]:
        """Approve a source; what rests on the one that it replaces is seen to. Returns {"source", "recalled"}.

        See `withdraw` for what is answered where that could not be carried out yet.
        """
        with self.db.write() as tx:
            approved = approve(tx, actor, source_id, request)
            new = [entry.subject for entry in tx.entries if entry.action == "source.superseded"]
            job = self._queue_cascade(tx, actor, "source_superseded", new)
        if job is not None:
            followed = self._followed(partial(self._begun, job))
        elif approved.replaces is not None:
            followed = self._followed(partial(self._again, "source_superseded", approved.replaces))
        else:
            followed = {"recalled": []}
        return {"source": source_json(self.db, approved), **followed}

    def withdraw(self, actor: Actor, source_id: str, reason: str) -> dict[str, Any]:
        """Withdraw a source, at once, then recall what rests on it. Returns {"recalled", "sources"}.

        Where the recall could not be carried out the withdrawal stands all the same, and nothing that rests on the
        source is served; the answer then says so in "follow_up" ("pending") and "warning". The next start, or the same
        withdrawal once more, carries it out.
        """
        try:
            with self.db.write() as tx:
                withdraw(tx, actor, source_id, reason)
                job = self._queue_cascade(tx, actor, "source_withdrawn", [source_id])
        except WrongState:  # withdrawn before, by somebody who may: was all that follows from it carried out?
            left = self._again("source_withdrawn", source_id)
            if left is None:
                raise
            followed = self._followed(lambda: left)
        else:
            followed = self._followed(partial(self._begun, job))
        return {**followed, "sources": [source_json(self.db, get_source(self.db, source_id))]}

    def finish_interrupted(self, on_progress: OnProgress | None = None) -> int:
        """Finish what a process that was killed left undone, and wait for it; returns how many jobs that were."""
        ended = [_typed(partial(self.jobs.wait, job, on_progress)) for job in self.take_up()]
        # A refusal stays in its job's row. One that is owed is tried again by each start, and counts when it is done.
        return sum(1 for end in ended if not isinstance(end, JobFailed))

    def take_up(self) -> list[str]:
        """Begin what a process that was killed left undone, and what failed though it is owed; returns the jobs."""
        with self.db.read() as connection:
            if not left_over(connection, OWED):
                return []  # the usual case: nothing heavy is made for it
        return self.jobs.recover()

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

    def tell_people(self) -> dict[str, int]:
        """Say what is overdue, then send what waits; returns the counts of both."""
        from assistant.notices.delivery import Senders, deliver
        from assistant.notices.mail import Mailer
        from assistant.notices.webhook import Poster
        from assistant.review.overdue import mark_overdue

        given, outside = self.settings, self.outside
        senders = Senders(
            Mailer(given.smtp_url, given.mail_from, given.public_url, outside),
            Poster(given.webhook_secret, given.public_url, outside),
        )
        return {**mark_overdue(self.db), **deliver(self.db, senders)}

    def rebuild_index(self) -> dict[str, Any]:
        """Make the vector indexes again from SQL; returns {"products", "vectors"}."""
        return self.indexes.rebuild()

    def verify_index(self) -> dict[str, Any]:
        """Compare the vector indexes with SQL; returns {"ok", "products"}."""
        return self.indexes.verify()

    def doctor(self) -> dict[str, Any]:
        """What is set up and what is missing, as plain values by name."""
        from assistant.doctor import examine

        return {**examine(self.settings, self.db, self.indexes), "better_search": self.improvement()}

    def close(self) -> None:
        """Stop working. Jobs that are not finished are taken up by the next start."""
        with self._making:
            made = self.__dict__
            if "_jobs" in made:
                self._jobs.stop()
            if "_pool" in made:
                self._pool.close()
            if "_jobs" in made:
                self._jobs.close()
            self.db.engine.dispose()

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
    def _search_memory(self) -> "Memory":
        from assistant.retrieval.search import Memory

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

    @cached_property
    def _jobs(self) -> Jobs:
        ingest = Ingest(
            self.db,
            self._incoming,
            self.originals,
            self.pool,
            model=self.embedder.name,
            open_index=self.indexes,
            cascade=self._cascade,
            on_indexed=self._tell_indexed,
        )
        ingest.clear_away()
        works: dict[str, Work] = {
            "ingest": ingest,
            "draft": Draft(self._draft),
            "cascade": Cascade(self.db, self._cascade),
        }
        return Jobs(self.db, self.settings.home, self.settings.database_url, works, OWED)

    def _tell_indexed(self) -> None:
        self.on_indexed()

    def _stage(self, file: Path) -> dict[str, Any]:
        """Copy a file to where a job finds it even after this command was killed."""
        folder = self._incoming / new_id("in")
        target = folder / (
            file.name if len(file.name.encode()) <= _LONGEST_NAME else f"file{file.suffix[:12]}"
        )
        try:
            folder.mkdir(parents=True)
            sha256, _ = copy_durably(file, target)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise storage_error(error) from error
        return {"file": str(target.relative_to(self._incoming)), "sha256": sha256}

    def _added(self, job: str, meter: Meter) -> dict[str, Any]:
        result = self.jobs.wait(job, meter.watch(job))
        found = replace(get_source(self.db, result["source"]), already_known=result["already_known"])
        return source_json(self.db, found)

    def _draft(
        self, actor: Actor, arguments: dict[str, Any], on_progress: OnProgress, saved: Saved
    ) -> object:
        from assistant.content.drafting import draft
        from assistant.content.request import DraftRequest

        request = DraftRequest(**{**arguments, "sources": tuple(arguments["sources"])})
        engine = self.engine(request.engine)
        return draft(
            self.db,
            self.searcher,
            engine,
            actor,
            request,
            on_progress,
            lambda tx, outcome: saved(tx, outcome.piece_id),
            self.judge,
        )

    def _cascade(
        self, actor: Actor, cause: str, sources: list[str], on_progress: OnProgress
    ) -> list[dict[str, Any]]:
        from assistant.publishing.cascade import cascade
        from assistant.publishing.model import Cause

        return cascade(self.db, actor, cast("Cause", cause), sources, on_progress=on_progress)

    def _queue_cascade(self, tx: Transaction, actor: Actor, cause: str, sources: list[str]) -> str | None:
        if not sources:
            return None
        return self.jobs.queue(tx, "cascade", {"cause": cause, "sources": sources}, actor)

    def _begun(self, job: str | None) -> str | None:
        if job is not None:
            self.jobs.begin(job)
        return job

    def _again(self, cause: str, source_id: str) -> str | None:
        """The cascade of this cause and source that was begun and never done, begun again."""
        return self.jobs.again(
            "cascade", lambda asked: asked["cause"] == cause and source_id in asked.get("sources", ())
        )

    def _followed(self, begin: Callable[[], str | None]) -> dict[str, Any]:
        """Wait for the cascade that `begin` names; what it recalled, or that it is still owed."""
        try:
            job = begin()
            return {"recalled": [] if job is None else self.jobs.wait(job)["recalled"]}
        except Exception:  # noqa: BLE001  the act is committed: what stops what follows must not look like its refusal
            _log.exception("What follows from a committed act is still owed")
            return {"recalled": [], "follow_up": "pending", "warning": _PENDING}


def open_app(settings: Settings, clock: Clock | None = None) -> App:
    """Open the home: make it where there is none, bring the database up to date, note the audit's heads outside it.

    The caller owns the home (see `ancrage`'s lock). Raises StorageFull, Busy, IntegrityError or InvalidInput.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise storage_error(error) from error
    used = clock or SystemClock()
    db = replace(
        open_database(settings.database_url, used),
        failpoint=failpoint_of(settings),
        before_commit=_note_for_people,
        after_commit=HeadsLog(settings.home / HEADS).append,
    )
    migrate(db)
    return App(settings, used, db)


def _note_for_people(tx: Transaction) -> None:
    from assistant.notices.outbox import note_for_people

    note_for_people(tx)


def _nothing_more() -> None:
    """Nobody waits for a source to become searchable."""


def _size(file: Path) -> int:
    """Bytes, or 0 of a file that is not there: its own refusal comes later."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _typed(work: Callable[[], Any]) -> Any:
    """The answer, or the refusal as a value."""
    try:
        return work()
    except AncrageError as error:
        return error
