"""Warm worker processes for what is slow or hostile: reading, rendering and embedding.

Each task has a limit on its time and its memory. PDFium is not safe for threads and a hostile file may crash it or the
parsers of XML, so they run here alone. A worker dies with its parent, opens no socket, and leaves interrupts to the
parent.
"""

import atexit
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np

from ingestion.bounds import storable
from ingestion.chunk import MAX_TOKENS
from ingestion.embed import FastEmbedder, Vectors
from ingestion.errors import AncrageError, EmptyFile, ReaderTimeout, UnreadableFile
from ingestion.model import Passage, Reading
from ingestion.ocr import Ocr

_T = TypeVar("_T")
_LOOK_SECONDS = 1.0
"""How often a worker looks whether its parent lives."""
_TASKS_PER_WORKER = 200
"""Then a worker is replaced by a fresh one, so that leaks of the parsers end."""
_GARBAGE = 20_000, 20, 20
"""When cycles are looked for: a reading is a hundred thousand objects that stay, and looking through them costs a tenth of its time."""

_SLOW = "The file may be damaged or hostile. Print it to a new PDF and add that one, or split it."
_MEMORY = "Split the file, or print it to a new PDF and add that one."
_CLOSED = "Ancrage is stopping. Do it again once it has started."
_ENDED = "If it happens with other files too, this machine lacks memory or forbids processes; if with this one alone, it may be damaged."


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reading and its passages."""

    reading: Reading
    passages: tuple[Passage, ...]


class WorkerPool:
    """Processes that read and embed. Close it, or use it as a context."""

    def __init__(
        self, processes: int = 2, seconds: float = 120.0, megabytes: int = 1500, ocr: Ocr | None = None
    ) -> None:
        """Processes start at the first task. `seconds` and `megabytes` bound each task.

        With `ocr`, a file that turns out to have scanned pages is read once more, with its own time for these.
        """
        self._processes = processes
        self._seconds = seconds
        self._megabytes = megabytes
        self._ocr = ocr
        self._pool: Any = None
        self._tasks: set[Future[Any]] = set()
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def processes(self) -> int:
        """How many workers there are."""
        return self._processes

    def read(
        self, path: Path, kind_hint: str | None = None, *, max_tokens: int = MAX_TOKENS
    ) -> "Future[Prepared]":
        """Read a file and cut it into passages. The future raises an IngestionError for every failure."""
        first = self._submit(_read, path.name, str(path), kind_hint, max_tokens)
        if self._ocr is None:
            return first
        ocr: Ocr = self._ocr
        outer: Future[Prepared] = Future()
        outer.set_running_or_notify_cancel()

        def look(done: "Future[Prepared]") -> None:
            if not _has_scans(done):
                _copy(done, outer)
                return
            again = self._submit(
                _read, path.name, str(path), kind_hint, max_tokens, ocr, seconds=self._seconds + ocr.seconds
            )
            again.add_done_callback(lambda read: _copy(read, outer))

        first.add_done_callback(look)
        return outer

    def embed(self, texts: list[str]) -> "Future[Vectors]":
        """Embed texts with the embedded model: one unit row each."""
        return self._submit(_embed, f"{len(texts)} texts", texts)

    def run(self, work: Callable[..., _T], label: str, *arguments: object) -> "Future[_T]":
        """Run any importable function of plain arguments under the same limits."""
        return self._submit(work, label, *arguments)

    def close(self) -> None:
        """End the processes; tasks that run or wait are refused, as are those that are given later."""
        with self._lock:
            self._closed = True
            pool, self._pool = self._pool, None
            unfinished = list(self._tasks)
        if pool is not None:
            pool.stop()
            pool.join()
        for task in unfinished:  # pebble leaves them open: whoever waits for one would wait for ever
            task.cancel()

    def _submit(
        self, work: Callable[..., Any], label: str, *arguments: object, seconds: float | None = None
    ) -> "Future[Any]":
        outer: Future[Any] = Future()
        outer.set_running_or_notify_cancel()
        with self._lock:
            if self._closed:
                outer.set_exception(self._stopped(label, "the reader was closed", _CLOSED))
                return outer
            if self._pool is None or not self._pool.active:
                self._pool = self._start_pool()
            inner: Future[Any] = self._pool.schedule(
                _answer, args=[work, *arguments], timeout=seconds or self._seconds
            )
            self._tasks.add(inner)
        inner.add_done_callback(lambda done: self._pass_on(done, outer, label))
        return outer

    def _start_pool(self) -> Any:
        import pebble

        atexit.unregister(self.close)
        atexit.register(self.close)
        return pebble.ProcessPool(
            max_workers=self._processes,
            max_tasks=_TASKS_PER_WORKER,
            initializer=_start,
            initargs=[self._megabytes, os.getpid()],
            context=multiprocessing.get_context("spawn"),
        )

    def _pass_on(self, done: "Future[Any]", outer: "Future[Any]", label: str) -> None:
        """Turn the ways in which a worker can end into an answer or a typed error."""
        self._tasks.discard(done)
        try:
            answer = done.result()
        except TimeoutError:
            outer.set_exception(self._stopped(label, f"it took more than {self._seconds:.0f} s"))
        except MemoryError:
            outer.set_exception(self._stopped(label, f"it needed more than {self._megabytes} MB", _MEMORY))
        except CancelledError:
            outer.set_exception(self._stopped(label, "the reader was closed", _CLOSED))
        except Exception as error:  # noqa: BLE001  pebble's ProcessExpired, or an answer that cannot be pickled
            # A closing pool ends its processes: what ran there may hear of that end before it hears that it was cancelled.
            why = (
                ("the reader was closed", _CLOSED)
                if self._closed
                else (f"its process ended ({_told(error)})", _ENDED)
            )
            outer.set_exception(self._stopped(label, *why))
        else:
            if isinstance(answer, BaseException):
                outer.set_exception(answer)
            else:
                outer.set_result(answer)

    def _stopped(self, label: str, why: str, help_: str = _SLOW) -> ReaderTimeout:
        return ReaderTimeout(
            f"The reader was stopped on {label}: {why}.",
            help=help_,
            file=label,
            reason=why,
        )


def _start(megabytes: int, parent: int) -> None:
    """Set up a worker: limits, no interrupts, death with the parent, no sockets."""
    import gc
    import resource

    gc.freeze()
    gc.set_threshold(*_GARBAGE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024, megabytes * 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_die_with, args=[parent], daemon=True).start()
    sys.addaudithook(_forbid_sockets)


def _die_with(parent: int) -> None:
    """End this process when its parent has gone. (Linux's own signal follows the parent's thread, not its process.)"""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)


def _forbid_sockets(event: str, _: tuple[object, ...]) -> None:
    """An audit hook cannot be taken off again: whatever a file makes a parser do, it cannot reach another host."""
    if event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"}:
        raise PermissionError(f"{event} is not allowed in a reader")


def _answer(work: Callable[..., Any], *arguments: object) -> object:
    """Run a task. Typed errors come back as values, so that pickling never changes them."""
    try:
        return work(*arguments)
    except MemoryError:
        raise
    except AncrageError as error:
        return error
    except RecursionError as error:
        return _unreadable(error)
    except Exception as error:  # noqa: BLE001  the parsers raise anything; every failure ends typed
        return _unreadable(error)


def _unreadable(error: Exception) -> UnreadableFile:
    return UnreadableFile(
        f"The file is damaged: its reader stopped ({type(error).__name__}: {_told(error)}).",
        help="Open it in its own program, save it again, and add that copy.",
        reason=type(error).__name__,
    )


def _told(error: Exception) -> str:
    """What a parser says, short and in characters that can be kept."""
    return storable(" ".join(str(error).split())[:200])


def _has_scans(done: "Future[Prepared]") -> bool:
    """Whether a file that was read has pages that are pictures of text."""
    error = done.exception()
    if error is not None:
        return isinstance(error, EmptyFile) and "scan" in str(error.params.get("reasons", ""))
    return any("scan" in page.reasons for page in done.result().reading.pages)


def _copy(done: "Future[Prepared]", outer: "Future[Prepared]") -> None:
    error = done.exception()
    if error is not None:
        outer.set_exception(error)
    else:
        outer.set_result(done.result())


def _read(path: str, kind_hint: str | None, max_tokens: int, ocr: Ocr | None = None) -> Prepared:
    from ingestion.chunk import passages
    from ingestion.formats import read

    reading = read(Path(path), kind_hint, ocr)
    return Prepared(reading, tuple(passages(reading, max_tokens=max_tokens)))


_embedder: FastEmbedder | None = None


def _embed(texts: list[str]) -> Vectors:
    global _embedder  # noqa: PLW0603  a worker keeps its warm model between tasks
    if _embedder is None:
        _embedder = FastEmbedder()
    return np.ascontiguousarray(_embedder.embed(texts))
