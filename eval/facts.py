"""Checked facts: what people saw on the pages of documents, written down without looking at what the reader makes of them.

Each file of `eval/facts/*.yaml` is a list of facts: `file` and `page`, and one of `order` (snippets that follow each
other), `cell` (row, column and value of a table), `absent` (in no sentence of the page) and `section` with `contains`
(the sentence with the snippet stands under that section).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from eval.fidelity import loose
from ingestion.model import Reading, Sentence
from ingestion.tables import CellAnswer, find_cell

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
    """All facts of a folder's lists, in the order of its files. Raises ValueError for one that is of no known kind."""
    facts = []
    for path in sorted(folder.glob("*.yaml")):
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        for entry in entries if isinstance(entries, list) else ():
            kind = next((kind for kind in KINDS if kind in entry), None)
            if kind is None or not {"file", "page"} <= set(entry):
                raise ValueError(f"{path.name}: this is no fact: {entry}")
            facts.append(Fact(str(entry["file"]), int(entry["page"]), kind, entry))
    return facts


def holds(fact: Fact, reading: Reading) -> bool:
    """Whether the reading says the same."""
    if fact.kind == "cell":
        return _has_cell(fact.content, reading, fact.page)
    sentences = [s for s in reading.sentences if any(part.page == fact.page for part in s.parts)]
    judge = {"order": _in_order, "absent": _is_absent, "section": _is_under}[fact.kind]
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


def is_wrong_in_silence(fact: Fact, reading: Reading) -> bool:
    """Whether a table gives another value for a checked cell, and does not say that it is in doubt."""
    answer = _ask(fact.content, reading, fact.page)
    return bool(answer.values) and not answer.doubtful and not _is_right(answer, fact.content)


def is_right_in_doubt(fact: Fact, reading: Reading) -> bool:
    """Whether a table gives the value of a checked cell, and says that it is in doubt."""
    answer = _ask(fact.content, reading, fact.page)
    return answer.doubtful and _is_right(answer, fact.content)


def _has_cell(content: Mapping[str, Any], reading: Reading, page: int) -> bool:
    answer = _ask(content, reading, page)
    return not answer.doubtful and _is_right(answer, content)


def _is_right(answer: CellAnswer, content: Mapping[str, Any]) -> bool:
    """The value and no other."""
    return [loose(value) for value in answer.values] == [loose(str(content["cell"]["value"]))]


def _ask(content: Mapping[str, Any], reading: Reading, page: int) -> CellAnswer:
    """What the page's tables, or the one with that number in its caption, say under the labels of the row and the column."""
    cell = {name: str(text) for name, text in content["cell"].items()}
    tables = [table for p in reading.pages if p.number == page for table in p.tables]
    number = re.compile(rf"\D*{re.escape(cell['table'])}\b") if "table" in cell else re.compile("")
    named = [table for table in tables if table.caption and number.match(table.caption)]
    row = f"{cell['group']} {cell['row']}" if "group" in cell else cell["row"]
    return find_cell(named or tables, row, cell["column"])


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
