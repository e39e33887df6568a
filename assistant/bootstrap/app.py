"""The application on one home: its parts, and what is done with several of them at once."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assistant.bootstrap.parts import Parts
from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.jobs import JobFailed, Jobs, OnProgress
from assistant.jobs.incoming import Incoming
from assistant.jobs.ingest import Ingest
from assistant.jobs.refusals import or_refusal
from assistant.jobs.reread import Reread, RereadFollow, Rereading
from assistant.jobs.service import Work
from assistant.jobs.source_acts import OWED, SourceActs
from assistant.jobs.table import left_over
from assistant.jobs.writing import Cascade, Draft, Ends, Saved
from assistant.people.roles import Actor, Permission, require
from assistant.settings import Settings
from assistant.store.clock import Clock
from assistant.store.database import Database
from ingestion.errors import AncrageError

if TYPE_CHECKING:
    from assistant.content.request import DraftRequest
    from assistant.corpus.manifest import BulkItem, Refused
    from assistant.engines.small_question import SmallAnswer
    from assistant.jobs.bulk import OnFile


class App(Parts):
    """The application on one home. Its heavy parts are made when they are first used."""

    def __init__(self, settings: Settings, clock: Clock, db: Database) -> None:
        """See `open_app`."""
        super().__init__(settings, clock, db)
        self._waiting_files = settings.home / "incoming"
        self._incoming = Incoming(db, self._waiting_files, lambda: self.jobs)
        self._source_acts = SourceActs(db, lambda: self.jobs)
        self.rereading = Rereading(db, lambda: self.jobs)
        """Sources read again by a newer reader."""
        self.on_indexed: Callable[[], None] = _nothing_more
        """Is called when a source has become searchable, and when a server starts."""

    @property
    def jobs(self) -> Jobs:
        """The durable work."""
        with self._making:
            return self._jobs

    def improve(
        self, on_progress: OnProgress | None = None, share: tuple[int, int] = (0, 1)
    ) -> dict[str, Any]:
        """Make the missing vectors of the better model and of the one for English, or a share of them; returns as `improvement`.

        Nothing else is written, so this may run beside the process that owns the home.
        """
        from assistant.better_search import make_better

        closely = self.settings.tokens
        return make_better(self.db, self.better, self.english, on_progress, share, closely=closely)

    def improvement(self) -> dict[str, Any]:
        """How far the better tier of search is: {"model", "texts", "missing", "english"}."""
        from assistant.better_search import improvement

        return improvement(self.db, self.better, self.english, closely=self.settings.tokens)

    def warm(self) -> None:
        """Load the model and start a worker, so that the first search or file does not wait for them."""
        self.embedder.embed(["warm"])
        for future in [self.pool.embed(["warm"]) for _ in range(self.pool.processes)]:
            future.result()

    def warm_answers(self, stopped: Callable[[], bool]) -> int:
        """Load what the first question would wait for. See `assistant.chat.warming`."""
        from assistant.chat.warming import warm_answers

        return warm_answers(self.db, lambda: self.searcher, stopped)

    def add_sources(
        self,
        actor: Actor,
        files: Sequence[tuple[Path, SourceRequest]],
        on_progress: OnProgress | None = None,
    ) -> list[dict[str, Any] | AncrageError]:
        """Take files in, several at once; returns for each, in order, its source as JSON or the reason why not."""
        return self._incoming.add(actor, files, on_progress)

    def add_many(
        self, actor: Actor, items: "Sequence[BulkItem | Refused]", on_file: "OnFile"
    ) -> "list[dict[str, Any] | Refused]":
        """Take many files in, resumably; returns for each, in order, its source as JSON or its refusal."""
        return self._incoming.add_many(actor, items, on_file, 2 * self.pool.processes + 1)

    def start_ingest(self, actor: Actor, file: Path, request: SourceRequest) -> str:
        """Copy the file into the home and begin its job; returns the job's id at once. See `Incoming.start`."""
        return self._incoming.start(actor, file, request)

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
        from assistant.content.quoting import Means

        means = Means(self.searcher, self.embedder)
        piece = check_file(self.db, means, self.pool, actor, file, request)
        return self.drafted(actor, piece)

    def approve(self, actor: Actor, source_id: str, request: ApprovalRequest) -> dict[str, Any]:
        """Approve a source, and see to what rests on the one that it replaces. See `SourceActs.approve`."""
        return self._source_acts.approve(actor, source_id, request)

    def withdraw(self, actor: Actor, source_id: str, reason: str) -> dict[str, Any]:
        """Withdraw a source, at once, then recall what rests on it. See `SourceActs.withdraw`."""
        return self._source_acts.withdraw(actor, source_id, reason)

    def finish_interrupted(self, on_progress: OnProgress | None = None) -> int:
        """Finish what a process that was killed left undone, and wait for it; returns how many jobs that were."""
        ended = [or_refusal(partial(self.jobs.wait, job, on_progress)) for job in self.take_up()]
        # A refusal stays in its job's row. One that is owed is tried again by each start, and counts when it is done.
        return sum(1 for end in ended if not isinstance(end, JobFailed))

    def take_up(self) -> list[str]:
        """Begin what a process that was killed left undone, and what failed though it is owed; returns the jobs."""
        with self.db.read() as connection:
            if not left_over(connection, OWED):
                return []  # the usual case: nothing heavy is made for it
        return self.jobs.recover()

    def tell_people(self) -> dict[str, int]:
        """Say what is overdue, then send what waits; returns the counts of both."""
        from assistant.cases.overdue import mark_overdue_cases
        from assistant.notices.delivery import Senders, deliver
        from assistant.notices.mail import Mailer
        from assistant.notices.webhook import Poster
        from assistant.review.overdue import mark_overdue

        given, outside = self.settings, self.outside
        senders = Senders(
            Mailer(given.smtp_url, given.mail_from, given.public_url, outside),
            Poster(given.webhook_secret, given.public_url, outside),
        )
        return {**mark_overdue(self.db), **mark_overdue_cases(self.db), **deliver(self.db, senders)}

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

    def ask_model(self) -> "SmallAnswer":
        """Ask the model of the settings one small question, which costs money and leaves the house. See `ask_model_of`."""
        from assistant.engines.small_question import ask_model_of

        return ask_model_of(self.settings, self.daily_tokens)

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
    def _jobs(self) -> Jobs:
        ingest = Ingest(
            self.db,
            self._waiting_files,
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
            "ends": Ends(self.db, self._keep_up),
            "reread": Reread(
                self.db, self._waiting_files, self.originals, lambda: self.pool, model=self.embedder.name
            ),
            "reread_follow": RereadFollow(
                self.db,
                model=self.embedder.name,
                open_index=self.indexes,
                after=self._after_reread,
                on_indexed=self._tell_indexed,
            ),
        }
        return Jobs(self.db, self.settings.home, self.settings.database_url, works, OWED)

    def _tell_indexed(self) -> None:
        self.on_indexed()

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

    def _after_reread(self, actor: Actor, source: str, on_progress: OnProgress) -> dict[str, list[str]]:
        from assistant.publishing.reread import after_reread

        return after_reread(self.db, actor, source, on_progress)

    def _keep_up(self, on_progress: OnProgress) -> list[str]:
        from assistant.publishing.conditions.keeping_up import keep_up

        return keep_up(self.db, every=True, on_progress=on_progress)


def _nothing_more() -> None:
    """Nobody waits for a source to become searchable."""
