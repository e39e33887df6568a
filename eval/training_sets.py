"""What the search's weights are learnt on: SciFact's training claims, and the French questions that ship with the product."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from eval.datasets import RetrievalSet, checksum, load_retrieval_set
from eval.sample.labels import text as label_text

FILE = Path(__file__).parent / "training" / "fr.yaml"
_LABEL = "fr"


def training_sets(data: Path) -> list[RetrievalSet]:
    """The sets that are there: SciFact below `data`, the French ones always."""
    scifact = load_retrieval_set(data, "scifact", "train")
    return [*([scifact] if scifact else []), french_questions(), french_titles()]


def french_questions() -> RetrievalSet:
    """Each question with the article, or the sections of the label, that it was written for."""
    written = _written()
    documents = _documents(written)
    by_heading: dict[str, list[str]] = defaultdict(list)
    for key, (heading, _) in documents.items():
        by_heading[_plain(heading)].append(key)
    asked = [
        *((row["asked"], row["title"]) for row in written["articles"]),
        *((row["asked"], row["section"]) for row in written["label"]),
    ]
    questions: dict[str, str] = {}
    relevant: dict[str, dict[str, int]] = {}
    for texts, heading in asked:
        for text in texts:
            key = f"q{len(questions)}"
            questions[key] = text
            relevant[key] = dict.fromkeys(by_heading[_plain(heading)], 1)
    return _set("french_questions", documents, questions, relevant)


def french_titles() -> RetrievalSet:
    """Each heading asks for the text that stood under it."""
    documents = _documents(_written())
    headings = {key: heading for key, (heading, _) in documents.items()}
    bare = {key: ("", text) for key, (_, text) in documents.items()}
    return _set("french_titles", bare, headings, {key: {key: 1} for key in documents})


def _set(
    name: str,
    documents: dict[str, tuple[str, str]],
    questions: dict[str, str],
    relevant: dict[str, dict[str, int]],
) -> RetrievalSet:
    files = [FILE, Path(label_text.__file__).parent / f"{_LABEL}.md"]
    return RetrievalSet(name, "train", "fr", documents, questions, relevant, checksum(files))


def _written() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


def _documents(written: dict[str, Any]) -> dict[str, tuple[str, str]]:
    articles = {f"a{n}": (row["title"], row["text"]) for n, row in enumerate(written["articles"])}
    sections = {f"s{n}": section for n, section in enumerate(_label_sections())}
    return articles | sections


def _plain(heading: str) -> str:
    """A heading without the typography that the label's layout adds."""
    return " ".join(heading.split()).replace("’", "'")


def _label_sections() -> list[tuple[str, str]]:
    """Each heading of the label's first version that has a text, with that text."""
    found: list[tuple[str, list[str]]] = []
    for block in label_text.blocks_of(label_text.load(_LABEL), version=1):
        if block.kind in {"section", "subsection", "topic", "subtopic"}:
            found.append((" ".join(block.text.split()), []))
        elif found:
            found[-1][1].extend([" | ".join(row.cells) for row in block.rows] or [block.text])
    return [(heading, " ".join(texts)) for heading, texts in found if texts]
