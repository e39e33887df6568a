"""Public evaluation sets, read from a folder that the person names. None of them is in the repository."""

import csv
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.folders import find_below


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents (id to title and text), questions (id to text) and graded answers (question to document to grade)."""

    name: str
    split: str
    language: Literal["fr", "en"]
    documents: dict[str, tuple[str, str]]
    questions: dict[str, str]
    relevant: dict[str, dict[str, int]]
    checksum: str
    """sha256 over the files that were read."""


LOCATIONS: dict[str, tuple[str, Literal["fr", "en"]]] = {
    "scifact": ("scifact/beir", "en"),
    "cnil_fr": ("cnil_fr/beir_cnil", "fr"),
}


def load_retrieval_set(data: Path, name: str, split: str = "test") -> RetrievalSet | None:
    """Read a set in BEIR's layout; None where the folder does not hold it."""
    folder, language = LOCATIONS[name]
    root = find_below(data, folder)
    files = [root / "corpus.jsonl", root / f"queries_{split}.jsonl", root / "qrels" / f"{split}.tsv"]
    if not all(file.is_file() for file in files):
        return None
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    with files[2].open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            relevant[row["query-id"]][row["corpus-id"]] = int(row["score"])
    questions = {row["_id"]: row["text"] for row in _rows(files[1])}
    return RetrievalSet(
        name=name,
        split=split,
        language=language,
        documents={row["_id"]: (row.get("title", ""), row["text"]) for row in _rows(files[0])},
        questions={key: text for key, text in questions.items() if key in relevant},
        relevant=dict(relevant),
        checksum=checksum(files),
    )


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def checksum(files: list[Path]) -> str:
    """sha256 over the bytes of these files, one after the other."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
