"""Which processes are alive: each has a row with a heartbeat, named by its host, its number and when it began."""

import os
import secrets
import socket
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from assistant.store.database import Transaction
from assistant.store.schema import executor

BEAT_SECONDS = 10.0
_SILENT = timedelta(seconds=60)


def executor_name() -> str:
    """A new name for this process. Its beginning is part of it, since the system gives numbers out again."""
    return f"{_host()}:{os.getpid()}:{_began(os.getpid())}:{secrets.token_hex(2)}"


def beat(tx: Transaction, name: str) -> None:
    """Show a sign of life."""
    changed = tx.execute(update(executor).where(executor.c.id == name).values(seen_at=tx.now))
    if not changed.rowcount:
        tx.execute(insert(executor).values(id=name, seen_at=tx.now))


def sign_off(tx: Transaction, name: str) -> None:
    """Leave."""
    tx.execute(delete(executor).where(executor.c.id == name))


def living(connection: Connection, now: datetime) -> set[str]:
    """The executors that live: seen within a minute and, where they are of this host, still running."""
    rows = connection.execute(select(executor.c.id, executor.c.seen_at))
    return {row.id for row in rows if now - row.seen_at <= _SILENT and not _gone(row.id)}


def _gone(name: str) -> bool:
    """Whether it is a process of this host that has ended."""
    host, number, began, _ = name.rsplit(":", 3)
    return host == _host() and _began(int(number)) != began


def _host() -> str:
    return socket.gethostname().replace(":", "-")[:40]


def _began(process: int) -> str:
    """When a process began, in the system's ticks; "0" where the system does not tell; "" where there is none."""
    stat = Path(f"/proc/{process}/stat")
    if Path("/proc/self/stat").exists():
        try:
            return stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
        except OSError:
            return ""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        return "0"
    return "0"
