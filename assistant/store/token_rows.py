"""The signs of a model's rows of a passage's words, keyed as vectors are: by the text and the model."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from assistant.store.by_text import keep_once, known_texts
from assistant.store.database import Transaction
from assistant.store.schema import token_rows


def save_token_rows(tx: Transaction, model: str, rows: Mapping[str, tuple[int, bytes]]) -> None:
    """Keep (width, signs) by text hash; what is known already stays as it is."""
    kept = {
        key: {"text_sha256": key, "model": model, "width": width, "signs": signs}
        for key, (width, signs) in rows.items()
    }
    keep_once(tx, token_rows, kept)


def known_token_rows(connection: Connection, model: str, keys: Sequence[str]) -> set[str]:
    """Which of these texts have rows of this model."""
    return known_texts(connection, token_rows, model, keys)


def token_rows_of(connection: Connection, model: str, keys: Sequence[str]) -> dict[str, tuple[int, bytes]]:
    """The (width, signs) of those of the texts that have them: of a few, for one search."""
    query = select(token_rows).where(
        token_rows.c.model == model, token_rows.c.text_sha256.in_(list(dict.fromkeys(keys)))
    )
    return {row.text_sha256: (row.width, bytes(row.signs)) for row in connection.execute(query)}
