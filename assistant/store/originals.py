"""The files as they came, kept once by the sha256 of their bytes."""

import errno
import hashlib
import os
import secrets
import shutil
from pathlib import Path

from assistant.errors import IntegrityError, NotFound, StorageFull

_CHUNK = 1 << 20


class Originals:
    """`<folder>/ab/<sha256>`: written under another name, flushed to the disk, then renamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where these bytes are, or would be."""
        return self._folder / sha256[:2] / sha256

    def keep(self, file: Path) -> tuple[str, int]:
        """Copy a file's bytes in; returns (sha256, bytes). Raises StorageFull, with nothing half written."""
        self._folder.mkdir(parents=True, exist_ok=True)
        waiting = self._folder / f".{secrets.token_hex(8)}.part"
        try:
            sha256, size = copy_durably(file, waiting)
            target = self.path(sha256)
            if target.exists():
                waiting.unlink()
            else:
                target.parent.mkdir(exist_ok=True)
                waiting.replace(target)
                _sync_folder(target.parent)
        except OSError as error:
            waiting.unlink(missing_ok=True)
            raise storage_error(error) from error
        return sha256, size

    def discard(self, sha256: str) -> None:
        """Remove bytes that no row names."""
        self.path(sha256).unlink(missing_ok=True)

    def open(self, sha256: str) -> Path:
        """The path of bytes that must be there and must be these. Raises NotFound or IntegrityError."""
        path = self.path(sha256)
        if not path.is_file():
            raise NotFound(
                f"The original {sha256[:12]} is not in the home.",
                help="Restore the home's folder of originals.",
            )
        if sha256_of(path) != sha256:
            raise IntegrityError(
                f"The stored bytes of {sha256[:12]} have changed.",
                help="Restore this file from a copy of the home.",
            )
        return path


def copy_durably(file: Path, target: Path) -> tuple[str, int]:
    """Copy, hash and flush to the disk; returns (sha256, bytes)."""
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as read, target.open("xb") as written:
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest(), size


def sha256_of(file: Path) -> str:
    """The sha256 of a file's bytes."""
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def file_size(file: Path) -> int:
    """Bytes, or 0 of a file that is not there: its own refusal comes later."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def free_bytes(folder: Path) -> int:
    """What the disk still takes."""
    return shutil.disk_usage(folder).free


def storage_error(error: OSError) -> Exception:
    """StorageFull where the disk refuses to write; any other error as it is."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}:
        return StorageFull(
            "The disk is full or cannot be written; nothing was changed.",
            help="Free some space, then do it again.",
        )
    return error


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
