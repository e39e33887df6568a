import errno
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from assistant.errors import IntegrityError, NotFound, StorageFull
from assistant.store.database import open_database
from assistant.store.migrations import migrate
from assistant.store.originals import Originals, copy_durably, sha256_of, storage_error
from assistant.store.schema import setting


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "label.pdf"
    path.write_bytes(b"%PDF-1.7 the bytes")
    return path


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "originals")


def test_bytes_are_kept_once_by_their_digest(originals: Originals, file: Path) -> None:
    sha256, size = originals.keep(file)
    assert originals.keep(file) == (sha256, size) == (sha256_of(file), 18)
    assert originals.open(sha256).read_bytes() == file.read_bytes()
    assert [p.name for p in originals.path(sha256).parent.parent.rglob("*") if p.is_file()] == [sha256]


def test_changed_bytes_are_noticed(originals: Originals, file: Path) -> None:
    sha256, _ = originals.keep(file)
    originals.path(sha256).write_bytes(b"other bytes")
    with pytest.raises(IntegrityError):
        originals.open(sha256)


def test_missing_bytes_are_named(originals: Originals) -> None:
    with pytest.raises(NotFound, match="aaaaaaaaaaaa"):
        originals.open("a" * 64)


def test_what_cannot_be_read_leaves_nothing_half_written(originals: Originals, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        originals.keep(tmp_path / "none.pdf")
    assert [p for p in (tmp_path / "originals").rglob("*") if p.is_file()] == []


def test_a_copy_never_overwrites(file: Path) -> None:
    with pytest.raises(FileExistsError):
        copy_durably(file, file)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_has_its_own_refusal(number: int) -> None:
    refused = storage_error(OSError(number, "no"))
    assert isinstance(refused, StorageFull)
    assert refused.retry is True


def test_another_error_stays_itself() -> None:
    error = OSError(errno.EACCES, "no")
    assert storage_error(error) is error


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow beyond 100 kB, as if the disk were full then."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_no_half_written_original(originals: Originals, tmp_path: Path) -> None:
    big = tmp_path / "big.pdf"
    big.write_bytes(bytes(200_000))
    with full_disk(), pytest.raises(StorageFull):
        originals.keep(big)
    assert [p for p in (tmp_path / "originals").rglob("*") if p.is_file()] == []
    assert originals.keep(big)[1] == 200_000


def test_a_full_disk_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    db = open_database(f"sqlite:///{tmp_path / 'ancrage.sqlite'}")
    migrate(db)
    row = {"name": "big", "value": "x" * 300_000}

    def act() -> None:
        with db.write() as tx:
            tx.execute(insert(setting).values(row))

    with full_disk(), pytest.raises(StorageFull):
        act()
    with db.read() as connection:
        assert connection.execute(select(setting)).all() == []
    act()
    db.engine.dispose()
