"""The words of the trial paper, read from the data files beside this module."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from eval.sample.typography import polish, polish_all

_FOLDER = Path(__file__).parent
_HEADING = re.compile(r"(#{1,2}) (.+)")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the body: `kind` is "section", "subsection", "paragraph", or "table" or "figure" (its name)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in one language: the front matter, tables and back matter of the YAML file, and the body."""

    language: str
    front: dict[str, Any]
    body: tuple[Block, ...]
    references: tuple[str, ...]


def load(language: str) -> Paper:
    """Return the paper in `language` ("en" or "fr")."""
    front = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    body = (_FOLDER / f"{language}.md").read_text(encoding="utf-8")
    references = (_FOLDER / "references.txt").read_text(encoding="utf-8").splitlines()
    polished = polish_all(front, language)
    assert isinstance(polished, dict)
    return Paper(
        language,
        polished,
        tuple(_block(polish(text.strip(), language)) for text in body.split("\n\n")),
        tuple(polish(reference, "en") for reference in references),
    )


def sections(paper: Paper) -> dict[str, str]:
    """Return the text of each part by an identifier that is the same in both languages, tables included.

    Abstract parts, sections and back matter are numbered in their order: "abstract 1", "section 4", ...
    """
    front = paper.front
    parts = {
        "front": " ".join(front[key] for key in ("title", "authors", "affiliations", "history", "keywords")),
        "figure": front["figure"]["caption"],
    }
    for number, part in enumerate(front["abstract"], start=1):
        parts[f"abstract {number}"] = part["text"]
    number = 0
    for block in paper.body:
        if block.kind.endswith("section"):
            number += 1
        if block.kind not in ("table", "figure"):
            parts[f"section {number}"] = f"{parts.get(f'section {number}', '')}\n{block.text}"
    for name, table in front["tables"].items():
        cells = [cell for row in [table["columns"], *table["rows"]] for cell in row]
        parts[f"table {name}"] = "\n".join([table["caption"], *cells, table["note"]])
    for number, part in enumerate(front["back_matter"], start=1):
        parts[f"back matter {number}"] = part["text"]
    return parts


def _block(text: str) -> Block:
    if heading := _HEADING.fullmatch(text):
        return Block("section" if len(heading[1]) == 1 else "subsection", heading[2])
    if text.startswith("!"):
        kind, name = text[1:].split()
        return Block(kind, name)
    return Block("paragraph", text)
