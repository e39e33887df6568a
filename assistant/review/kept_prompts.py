"""The templates of the house by which texts came about: kept for good by hash, in the transaction that names them."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from assistant.errors import IntegrityError
from assistant.store.by_text import keep_once
from assistant.store.database import Transaction
from assistant.store.schema import kept_prompt
from prompts.library import stored_templates


def templates_named(provenance: Mapping[str, Any]) -> list[dict[str, str]]:
    """Name, version and digest of every template that a revision's provenance names, each once: phrases, then prompts."""
    named = [*provenance.get("templates", ()), *provenance.get("prompts", ())]
    once = {
        (one["name"], one["sha256"]): {key: str(one[key]) for key in ("name", "version", "sha256")}
        for one in named
    }
    return list(once.values())


def keep_prompts(tx: Transaction, provenance: Mapping[str, Any]) -> None:
    """Let the text of each template that is named be found by its hash for good.

    One of an older revision that was never kept, and that is installed no more, cannot be: it stays named only.
    """
    wanted = {one["sha256"] for one in templates_named(provenance)}
    if not wanted:
        return
    known = set(tx.execute(select(kept_prompt.c.sha256).where(kept_prompt.c.sha256.in_(wanted))).scalars())
    if wanted <= known:
        return
    rows = {
        digest: {"sha256": digest, "bytes": data, "kept_at": tx.now}
        for digest, data in _installed().items()
        if digest in wanted - known
    }
    keep_once(tx, kept_prompt, rows)


def prompt_texts(connection: Connection, digests: Sequence[str]) -> dict[str, bytes]:
    """By hash, the kept text, else the installed one where it is the very one. Raises IntegrityError for a changed one."""
    installed = {digest: data for digest, data in _installed().items() if digest in digests}
    rows = connection.execute(select(kept_prompt).where(kept_prompt.c.sha256.in_(digests)))
    kept = {row.sha256: bytes(row.bytes) for row in rows}
    for digest, data in kept.items():
        if hashlib.sha256(data).hexdigest() != digest:
            raise IntegrityError(
                f"The text of the prompt {digest[:16]}… was changed since it was kept.",
                help="Run `ancrage audit verify`.",
            )
    return installed | kept


def _installed() -> dict[str, bytes]:
    return dict(stored_templates().values())
