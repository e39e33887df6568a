"""The vector indexes of the products: opened when first needed, mended or made again from SQL, compared with it."""

import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from assistant.store.database import Database
from assistant.store.schema import passage, product, source, vector
from assistant.store.vectors import load_vectors

if TYPE_CHECKING:
    from ingestion.index import VectorIndex

_log = logging.getLogger(__name__)

OpenIndex = Callable[[Path, str, str], "VectorIndex"]
"""Opens the index in a folder, by collection and model."""


class Indexes:
    """One collection a product and model. SQL is the truth; what is on the disk is a cache of it."""

    def __init__(self, db: Database, folder: Path, model: str, open_index: OpenIndex | None = None) -> None:
        """`model` names the embedder; `open_index` is Chroma where it is not given."""
        self._db = db
        self._folder = folder
        self.model = model
        self._open_index = open_index or _chroma
        self._open: dict[str, VectorIndex] = {}
        self._lock = threading.RLock()

    def __call__(self, product_id: str) -> "VectorIndex":
        """The index of a product. A damaged or incomplete one is made again first, and that is said in the log."""
        with self._lock:
            if product_id not in self._open:
                self._open[product_id] = self._opened(product_id)
            return self._open[product_id]

    def rebuild(self) -> dict[str, Any]:
        """Make every index again from the vectors in SQL; returns {"products", "vectors"}."""
        with self._lock:
            self._open.clear()
            old = self._generation()
            new = (
                self._folder / f"{int(old.name) + 1:06}"
            )  # a fresh folder: nothing of the damaged one is touched
            counts = []
            for product_id in self._products():
                self._open[product_id] = self._open_index(new, self._collection(product_id), self.model)
                counts.append(self._fill(product_id, self._open[product_id]))
            if counts:
                shutil.rmtree(old, ignore_errors=True)
        return {"products": len(counts), "vectors": sum(counts)}

    def verify(self) -> dict[str, Any]:
        """Compare every index with SQL; returns {"ok", "products": [{"product", "database", "index", …}]}."""
        compared = []
        for product_id in self._products():
            with self._db.read() as connection:
                expected = self._expected(connection, product_id)
            found = self(product_id).ids()
            compared.append(
                {
                    "product": product_id,
                    "database": len(expected),
                    "index": len(found),
                    "missing": len(expected - found),
                    "extra": len(found - expected),
                }
            )
        return {"ok": all(not c["missing"] and not c["extra"] for c in compared), "products": compared}

    def _opened(self, product_id: str) -> "VectorIndex":
        from ingestion.index import IndexDamaged

        try:
            index = self._open_index(self._generation(), self._collection(product_id), self.model)
            count = index.count()
        except IndexDamaged as error:
            _log.warning("%s It is made again from the database.", error.message)
            self.rebuild()
            return self._open[product_id]
        with self._db.read() as connection:
            expected = len(self._expected(connection, product_id))
        if count < expected:
            _log.warning(
                "The index of %s holds %s of %s vectors; the others are added.", product_id, count, expected
            )
            self._fill(product_id, index)
        return index

    def _fill(self, product_id: str, index: "VectorIndex") -> int:
        with self._db.read() as connection:
            keys, matrix = load_vectors(
                connection, self.model, sorted(self._expected(connection, product_id))
            )
        if keys:
            index.upsert(keys, matrix)
        return len(keys)

    def _expected(self, connection: Connection, product_id: str) -> set[str]:
        """The passages of the product's indexed sources that have a vector."""
        return set(
            connection.execute(
                select(passage.c.id)
                .join(source, source.c.reading_id == passage.c.reading_id)
                .join(vector, vector.c.text_sha256 == passage.c.text_sha256)
                .where(
                    source.c.product_id == product_id,
                    source.c.indexed_at.is_not(None),
                    vector.c.model == self.model,
                )
            ).scalars()
        )

    def _products(self) -> list[str]:
        with self._db.read() as connection:
            return list(connection.execute(select(product.c.id).order_by(product.c.id)).scalars())

    def _generation(self) -> Path:
        """The newest folder; the first where there is none."""
        made = sorted(path for path in self._folder.glob("[0-9]*") if path.name.isdigit())
        return made[-1] if made else self._folder / "000001"

    def _collection(self, product_id: str) -> str:
        return f"{product_id}-{self.model}"


def _chroma(folder: Path, collection: str, model: str) -> "VectorIndex":
    from ingestion.index import ChromaIndex

    return ChromaIndex(folder, collection, model=model)
