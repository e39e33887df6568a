"""Worker processes: what they answer, and how they end when a file is hostile."""

import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingestion.errors import EmptyFile, ReaderTimeout, UnreadableFile
from ingestion.worker import WorkerPool


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(processes=1, seconds=20, megabytes=1500) as made:
        yield made


def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nThe dose is 160 mg once daily.\n", encoding="utf-8")
    return path


def test_a_file_comes_back_read_and_cut(pool: WorkerPool, tmp_path: Path) -> None:
    prepared = pool.read(talk(tmp_path)).result(60)
    assert [p.text for p in prepared.passages] == ["The dose is 160 mg once daily."]


def test_texts_come_back_as_unit_rows(pool: WorkerPool) -> None:
    vectors = pool.embed(["one", "two"]).result(60)
    assert vectors.shape == (2, 512)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_refusal_comes_back_typed_with_all_it_says(pool: WorkerPool, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    with pytest.raises(EmptyFile) as refusal:
        pool.read(empty).result(60)
    assert refusal.value.help
    assert refusal.value.params == {"file": "empty.pdf"}


def test_any_other_failure_is_an_unreadable_file(pool: WorkerPool) -> None:
    with pytest.raises(UnreadableFile):
        pool.run(int, "a number", "no number").result(60)


def test_a_worker_that_dies_is_a_stated_limit_and_the_next_task_runs(
    pool: WorkerPool, tmp_path: Path
) -> None:
    with pytest.raises(ReaderTimeout) as refusal:
        pool.run(os._exit, "crasher", 1).result(60)
    assert "this machine lacks memory or forbids processes" in refusal.value.help
    assert pool.read(talk(tmp_path)).result(60).passages


def test_a_task_that_takes_too_long_is_stopped() -> None:
    with WorkerPool(processes=1, seconds=3) as short, pytest.raises(ReaderTimeout) as refusal:
        short.run(time.sleep, "sleeper", 60).result(60)
    assert "3 s" in refusal.value.message


def test_a_task_that_takes_too_much_memory_is_stopped(pool: WorkerPool) -> None:
    with pytest.raises(ReaderTimeout) as refusal:
        pool.run(bytearray, "glutton", 4_000_000_000).result(60)
    assert "1500 MB" in refusal.value.message
    assert "Split the file" in refusal.value.help
    assert "hostile" not in refusal.value.help


def test_a_worker_opens_no_connection(pool: WorkerPool) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        pool.run(socket.getaddrinfo, "caller", "localhost", 80).result(60)
    assert refusal.value.params["reason"] == "PermissionError"


def test_closing_refuses_what_runs_what_waits_and_what_comes_later() -> None:
    pool = WorkerPool(processes=1, seconds=120)
    pool.run(os.getpid, "first").result(60)
    runs, waits = pool.run(time.sleep, "runs", 100), pool.run(time.sleep, "waits", 100)
    pool.close()
    for task in (runs, waits, pool.run(os.getpid, "comes later")):
        with pytest.raises(ReaderTimeout, match="the reader was closed") as refusal:
            task.result(5)
        assert refusal.value.help == "Ancrage is stopping. Do it again once it has started."
    pool.close()


def test_workers_outlive_the_thread_that_started_them() -> None:
    with WorkerPool(processes=1, seconds=20) as shared:
        pids: list[int] = []
        thread = threading.Thread(target=lambda: pids.append(shared.run(os.getpid, "first").result(60)))
        thread.start()
        thread.join()
        assert shared.run(os.getpid, "second").result(60) == pids[0]


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, signal\n"
        "from ingestion.worker import WorkerPool\n"
        "if __name__ == '__main__':\n"
        "    print(WorkerPool(processes=1).run(os.getpid, 'worker').result(60), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": root},
    )
    try:
        worker = os.pidfd_open(int(done.stdout))
    except ProcessLookupError:
        return
    try:
        ended, _, _ = select.select([worker], [], [], 20)
    finally:
        os.close(worker)
    assert ended
