"""Public evaluation sets, read from a folder that the person names. None of them is in the repository."""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.errors import InvalidInput
from eval.folders import find_below
from guardrails.model import Language
from ingestion.language import detect

SPLITS = ("test", "dev", "train")
PUBMEDQA, PUBMEDQA_TEST = "ori_pqal.json", "test_ground_truth.json"
_READ_FOR_LANGUAGE = 20


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents (id to title and text), questions (id to text) and graded answers (question to document to grade)."""

    name: str
    split: str
    language: Language
    documents: dict[str, tuple[str, str]]
    questions: dict[str, str]
    relevant: dict[str, dict[str, int]]
    checksum: str
    """sha256 over the files that were read."""


def retrieval_folders(data: Path) -> dict[str, Path]:
    """Every folder at or below `data` in BEIR's layout (`corpus.jsonl`, `qrels/`), by the name of the set.

    A folder that is only called after the layout (`scifact/beir`, `cnil_fr/beir_cnil`) has the name of the one it is in;
    where two have one name, the first by path counts.
    """
    found: dict[str, Path] = {}
    for corpus in sorted(data.resolve().rglob("corpus.jsonl")):
        folder = corpus.parent
        if (folder / "qrels").is_dir():
            found.setdefault((folder.parent if folder.name.startswith("beir") else folder).name, folder)
    return found


def load_retrieval_set(data: Path, name: str, split: str = "test") -> RetrievalSet | None:
    """Read a set by its name; None where no folder below `data` holds it, or not this split of it."""
    folder = retrieval_folders(data).get(name)
    return read_retrieval_set(folder, name, split) if folder else None


def retrieval_sets(data: Path, say: Callable[[str], None]) -> Iterator[RetrievalSet]:
    """All sets of questions and documents below `data`, each with its test questions, or those for tuning where it has no others.

    One that cannot be read is said and left out.
    """
    for name, folder in retrieval_folders(data).items():
        found = (read_retrieval_set(folder, name, split) for split in SPLITS)
        try:
            yield from islice((examples for examples in found if examples), 1)
        except InvalidInput as error:
            say(f"{name} is left out: {error.message} {error.help}")
    yield from filter(None, [load_pubmedqa(data)])


def read_retrieval_set(folder: Path, name: str, split: str) -> RetrievalSet | None:
    """Read a folder in BEIR's layout; None where it does not hold this split.

    The questions stand in `queries.jsonl`, as BEIR publishes them, or in `queries_<split>.jsonl`. Raises InvalidInput for
    a file that is not in this layout, and for documents that are in neither French nor English.
    """
    corpus, qrels = folder / "corpus.jsonl", folder / "qrels" / f"{split}.tsv"
    queries = next(
        filter(Path.is_file, (folder / f"queries_{split}.jsonl", folder / "queries.jsonl")),
        folder / "queries",
    )
    files = [corpus, queries, qrels]
    if not all(file.is_file() for file in files):
        return None
    relevant = _relevant(qrels)
    documents = {key: (str(row.get("title") or ""), text) for key, text, row in _texts(corpus)}
    return RetrievalSet(
        name=name,
        split=split,
        language=_language(name, documents),
        documents=documents,
        questions={key: text for key, text, _ in _texts(queries) if key in relevant},
        relevant=relevant,
        checksum=checksum(files),
    )


def load_pubmedqa(data: Path) -> RetrievalSet | None:
    """PubMedQA's questions, each of which asks for the abstract that it was made from; None where the file is not there.

    The test questions where the list of them stands beside it, else all.
    """
    file = find_below(data, PUBMEDQA)
    if not file.is_file():
        return None
    rows: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
    test = file.parent / PUBMEDQA_TEST
    asked = [key for key in json.loads(test.read_text("utf-8")) if key in rows] if test.is_file() else rows
    return RetrievalSet(
        name="pubmedqa",
        split="test" if test.is_file() else "all",
        language="en",
        documents={key: ("", " ".join(row["CONTEXTS"])) for key, row in rows.items()},
        questions={key: rows[key]["QUESTION"] for key in asked},
        relevant={key: {key: 1} for key in asked},
        checksum=checksum([file, *([test] if test.is_file() else [])]),
    )


def _relevant(qrels: Path) -> dict[str, dict[str, int]]:
    """Each question that has an answer, with the grade of each document; BEIR writes grades of nought, too."""
    graded: dict[str, dict[str, int]] = defaultdict(dict)
    with qrels.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            try:
                graded[row["query-id"]][row["corpus-id"]] = int(row["score"])
            except (KeyError, TypeError, ValueError) as error:
                raise _not_beir(qrels, "a heading line and then query-id, corpus-id and score") from error
    return {key: grades for key, grades in graded.items() if max(grades.values()) > 0}


def _texts(file: Path) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The id and the text of each line, and the line."""
    with file.open(encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            try:
                row = json.loads(line)
                yield str(row["_id"]), str(row["text"]), row
            except (KeyError, TypeError, ValueError) as error:
                raise _not_beir(file, "one JSON object a line, with _id and text") from error


def _not_beir(file: Path, wanted: str) -> InvalidInput:
    return InvalidInput(
        f"{file} is not in BEIR's layout.", help=f"It needs {wanted}. Mend it or take it away."
    )


def _language(name: str, documents: Mapping[str, tuple[str, str]]) -> Language:
    """The language that most of the first documents are in. Raises InvalidInput where it is neither French nor English."""
    read = [detect(text) for _, text in islice(documents.values(), _READ_FOR_LANGUAGE)]
    told: tuple[Language, Language] = ("en", "fr")
    most = max(told, key=read.count)
    if not read.count(most):
        raise InvalidInput(
            f"The documents of {name} are in neither French nor English.",
            help="Take the set out of the folder: only these two languages are searched.",
        )
    return most


def checksum(files: list[Path]) -> str:
    """sha256 over the bytes of these files, one after the other."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
