"""Vectors in SQL, keyed by the text they stand for and the model that made them. The index is rebuilt from them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from assistant.store.batches import batches
from assistant.store.by_text import keep_once, known_texts
from assistant.store.database import Transaction
from assistant.store.schema import passage, vector

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH = 500


def save_vectors(tx: Transaction, model: str, vectors: Mapping[str, "NDArray[np.float32]"]) -> None:
    """Keep unit vectors by text hash; one that is known already stays as it is."""
    rows = {
        key: {
            "text_sha256": key,
            "model": model,
            "dimensions": int(values.shape[0]),
            "values": values.astype("<f4").tobytes(),
        }
        for key, values in vectors.items()
    }
    keep_once(tx, vector, rows)


def known_vectors(connection: Connection, model: str, keys: Sequence[str]) -> set[str]:
    """Which of these texts have a vector of this model."""
    return known_texts(connection, vector, model, keys)


def load_vectors(
    connection: Connection, model: str, passage_ids: Sequence[str]
) -> tuple[list[str], "NDArray[np.float32]"]:
    """The passages of `passage_ids` that have a vector, sorted by id, and the matrix of these, one row each."""
    import numpy as np

    rows: list[Any] = []
    for start in range(0, len(passage_ids), _BATCH):
        batch = passage_ids[start : start + _BATCH]
        rows += connection.execute(
            select(passage.c.id, vector.c["values"])
            .join(vector, passage.c.text_sha256 == vector.c.text_sha256)
            .where(vector.c.model == model, passage.c.id.in_(batch))
        ).all()
    rows.sort(key=lambda row: str(row[0]))
    if not rows:
        return [], np.empty((0, 0), dtype=np.float32)
    matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4").reshape(len(rows), -1)
    return [row[0] for row in rows], matrix.astype(np.float32, copy=False)


def vectors_of(
    connection: Connection, model: str, keys: Sequence[str]
) -> "tuple[NDArray[np.float32], NDArray[np.bool_]]":
    """A row for each key in the order given, and which of the rows are known; an unknown one is all noughts."""
    import numpy as np

    found: dict[str, bytes] = {}
    for batch in batches(keys, _BATCH):
        query = select(vector.c.text_sha256, vector.c["values"])
        rows = connection.execute(query.where(vector.c.model == model, vector.c.text_sha256.in_(batch)))
        found.update((row[0], row[1]) for row in rows)
    known = np.array([key in found for key in keys], dtype=np.bool_)
    if not found:
        return np.zeros((len(keys), 0), dtype=np.float32), known
    nothing = bytes(len(next(iter(found.values()))))
    matrix = np.frombuffer(b"".join(found.get(key, nothing) for key in keys), dtype="<f4")
    return matrix.reshape(len(keys), -1).astype(np.float32, copy=False), known
