"""Checked facts: what people saw on the pages of documents, written down without looking at what the reader makes of them.

Each file of `eval/facts/*.yaml` is a list of facts: `file` and `page`, and one of `order` (snippets that follow each
other), `cell` (row, column and value of a table), `absent` (in no sentence of the page) and `section` with `contains`
(the sentence with the snippet stands under that section).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from eval.fidelity import loose
from ingestion.model import Reading, Sentence

FactKind = Literal["order", "cell", "absent", "section"]
FOLDER = Path(__file__).parent / "facts"
KINDS: tuple[FactKind, ...] = ("order", "cell", "absent", "section")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a careful person sees on a page of a file."""

    file: str
    page: int
    kind: FactKind
    content: Mapping[str, Any]
    """The fact as it was written."""

    def __str__(self) -> str:
        return f"{self.file} page {self.page}: {self.kind} {self.content[self.kind]}"


def load_facts(folder: Path = FOLDER) -> list[Fact]:
    """All facts of a folder, in the order of its files. Raises ValueError for one that is of no known kind."""
    facts = []
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
            kind = next((kind for kind in KINDS if kind in entry), None)
            if kind is None or not {"file", "page"} <= set(entry):
                raise ValueError(f"{path.name}: this is no fact: {entry}")
            facts.append(Fact(str(entry["file"]), int(entry["page"]), kind, entry))
    return facts


def holds(fact: Fact, reading: Reading) -> bool:
    """Whether the reading says the same."""
    sentences = [s for s in reading.sentences if any(part.page == fact.page for part in s.parts)]
    judge = {"order": _in_order, "cell": _has_cell, "absent": _is_absent, "section": _is_under}[fact.kind]
    return judge(fact.content, sentences)


def _in_order(content: Mapping[str, Any], sentences: list[Sentence]) -> bool:
    text = loose(" ".join(sentence.text for sentence in sentences))
    at = 0
    for snippet in content["order"]:
        found = text.find(loose(str(snippet)), at)
        if found < 0:
            return False
        at = found + 1
    return True


def _has_cell(content: Mapping[str, Any], sentences: list[Sentence]) -> bool:
    """A row that names the row and has the value as a cell: in the column's place, or with the column's name before it."""
    cell = {name: loose(str(content["cell"][name])) for name in ("row", "column", "value")}
    return any(_row_says(cell, rows) for rows in _tables(sentences))


def _row_says(cell: Mapping[str, str], rows: list[list[str]]) -> bool:
    columns = {at for row in rows for at, text in enumerate(row) if cell["column"] in text}
    for row in rows:
        if not any(cell["row"] in text for text in row):
            continue
        for at, text in enumerate(row):
            named, _, value = text.partition("=")
            if cell["value"] == value and cell["column"] in named:
                return True
            if cell["value"] == text and (at in columns or at - len(row) in {c - len(row) for c in columns}):
                return True
    return False


def _tables(sentences: list[Sentence]) -> Iterator[list[list[str]]]:
    table: list[list[str]] = []
    for sentence in sentences:
        if sentence.kind == "row":
            table.append([loose(text) for text in sentence.text.split(" | ")])
        elif table:
            yield table
            table = []
    if table:
        yield table


def _is_absent(content: Mapping[str, Any], sentences: list[Sentence]) -> bool:
    wanted = loose(str(content["absent"]))
    return all(wanted not in loose(sentence.text) for sentence in sentences)


def _is_under(content: Mapping[str, Any], sentences: list[Sentence]) -> bool:
    """The section is named by its number, or by words of a heading of the path."""
    wanted, snippet = str(content["section"]).strip().rstrip("."), loose(str(content["contains"]))
    numbered = re.compile(re.escape(wanted) + r"(?!\d|\.\d)") if wanted[:1].isdigit() else None
    return any(
        numbered.match(heading) if numbered else loose(wanted) in loose(heading)
        for sentence in sentences
        if snippet in loose(sentence.text)
        for heading in sentence.section
    )
