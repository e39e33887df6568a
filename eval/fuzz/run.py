"""Read spoilt files in worker processes and say how each ended."""

import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswer
from dataclasses import dataclass
from pathlib import Path

from eval.fuzz.invariants import broken
from eval.fuzz.mutate import Case
from ingestion.errors import AncrageError, IngestionError
from ingestion.worker import Prepared, WorkerPool

GRACE = 30.0
"""Seconds beyond the time limit in which a pool must have given its answer."""
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file ended."""

    number: int
    made: str
    code: str
    """`read`, the code of a refusal, or what must not be: `broken`, `untyped`, `hung`."""
    seconds: float
    """From handing it over to its answer; with the wait for a free process."""
    detail: str = ""

    @property
    def good(self) -> bool:
        """A sound reading or a typed refusal."""
        return self.code not in {"broken", "untyped", "hung"}


def run(
    cases: Iterable[Case], pool: WorkerPool, seconds: float, seen: Callable[[Outcome], None] = lambda _: None
) -> list[Outcome]:
    """Read every case; `seconds` is the pool's limit for one file."""
    outcomes: list[Outcome] = []
    waiting: list[tuple[Case, Path, float, Future[Prepared]]] = []
    with tempfile.TemporaryDirectory(prefix="ancrage-fuzz-") as folder:

        def end() -> None:
            it, path, begun, future = waiting.pop(0)
            outcomes.append(
                _outcome(it.number, it.made, begun, future, seconds * (1 + pool.processes) + GRACE)
            )
            seen(outcomes[-1])
            path.unlink(missing_ok=True)
            path.parent.rmdir()

        for it in cases:
            path = _written(it, Path(folder))
            waiting.append((it, path, time.perf_counter(), pool.read(path)))
            if len(waiting) > pool.processes:
                end()
        while waiting:
            end()
    return outcomes


def run_files(paths: Iterable[Path], pool: WorkerPool, seconds: float) -> list[Outcome]:
    """Read files where they are, in order."""
    handed = [(number, path, time.perf_counter(), pool.read(path)) for number, path in enumerate(paths)]
    patience = seconds * (1 + len(handed)) + GRACE
    return [_outcome(number, path.name, begun, future, patience) for number, path, begun, future in handed]


def _written(it: Case, folder: Path) -> Path:
    own = folder / str(it.number)
    own.mkdir()
    path = own / it.name.encode()[:_LONGEST_NAME].decode(errors="ignore").replace("/", "_")
    path.write_bytes(it.data)
    return path


def _outcome(number: int, made: str, begun: float, future: "Future[Prepared]", patience: float) -> Outcome:
    code, detail = "read", ""
    try:
        prepared = future.result(patience)
        faults = broken(prepared.reading, prepared.passages)
        if faults:
            code, detail = "broken", "; ".join(faults)
    except IngestionError as error:
        code, detail = error.code, _fault_of(error)
        if detail:
            code = "untyped"
    except NoAnswer:
        code = "hung"
    except AncrageError as error:
        code, detail = error.code, error.message
    except Exception as error:  # noqa: BLE001  what must not be is what is looked for here
        code, detail = "untyped", f"{type(error).__name__}: {error}"
    return Outcome(number, made, code, time.perf_counter() - begun, detail)


def _fault_of(error: IngestionError) -> str:
    """A refusal must say what is wrong and what to do, in text that can be stored and shown."""
    if not error.message.strip() or not error.help.strip():
        return "a refusal without its message or help"
    text = f"{error.message}{error.help}{error.params!r}"
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return "a refusal with text that cannot be stored"
    return ""
