"""The words of the label, read from the data files beside this module.

A file is Markdown with a YAML header. `#` and `##` begin the numbered sections of the label, `###` and `####`
are the headings inside them. A block, or a row of a table, that starts with `[v1]` or `[v2]` belongs to that
version alone; everything else belongs to both. The second line of a table gives the columns' relative widths by
its dashes; a row of one cell is the title of a group of rows.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from eval.sample.typography import NO_BREAK, polish

Kind = Literal["section", "subsection", "topic", "subtopic", "paragraph", "bullet", "caption", "table"]

_HEADINGS: dict[str, Kind] = {"#": "section", "##": "subsection", "###": "topic", "####": "subtopic"}
_HEADING = re.compile(r"(#{1,4}) (.+)")
_VERSION_MARK = re.compile(r"\[v(\d)\] (.+)", re.DOTALL)
_KEPT_TOGETHER = re.compile(
    r"(?<=[≥≤<=]) (?=\d)"
    r"|(?<=\bN) (?==)"
    r"|(?<=\d) (?=(?:to|à)\s\d)|(?<=\d\sto) (?=\d)|(?<=\d\sà) (?=\d)"
    r"|(?<=\d) (?=(?:weeks|months|years|hours|days|semaines|mois|ans|heures|jours|patients|points)\b)"
    r"|(?<=\d) (?=m²|L\b)"
    r"|(?<=\bsection) (?=\d)|(?<=\brubrique) (?=\d)|(?<=\b[Tt]able) (?=\d)|(?<=\b[Tt]ableau) (?=\d)"
)
"""The spaces at which a line of the label does not end, beyond those of `polish`: ranges, durations, cross-references."""

_SECTION_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `version` is the only version that has it, or None for both."""

    cells: tuple[str, ...]
    version: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the label; a table has `rows`, the first being its header, and `widths`, other kinds have `text`."""

    kind: Kind
    version: int | None
    text: str = ""
    rows: tuple[Row, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """The label in one language with all its versions; `header` is the file's YAML header."""

    language: str
    header: dict[str, Any]
    blocks: tuple[Block, ...]


def load(language: str) -> Label:
    """Return the label in `language` ("en" or "fr")."""
    source = (Path(__file__).parent / f"{language}.md").read_text(encoding="utf-8")
    _, header, body = source.split("---\n", 2)
    blocks = (_block(text, language) for text in body.strip().split("\n\n"))
    return Label(language, yaml.safe_load(polish(header, language)), tuple(blocks))


def blocks_of(label: Label, version: int) -> tuple[Block, ...]:
    """Return the blocks of one version in their order, tables with the rows of that version alone."""
    return tuple(
        Block(
            block.kind,
            block.version,
            block.text,
            tuple(row for row in block.rows if row.version in (None, version)),
            block.widths,
        )
        for block in label.blocks
        if block.version in (None, version)
    )


def sections_of(label: Label, version: int) -> dict[str, tuple[str, ...]]:
    """Return the texts of each section of one version, a table row being one text, by the section's number.

    The text before the first section has the number "". A chapter such as 4 holds its own heading only.
    """
    sections: dict[str, list[str]] = {"": []}
    number = ""
    for block in blocks_of(label, version):
        if block.kind in ("section", "subsection"):
            number = section_number(block.text)
        texts = [" | ".join(row.cells) for row in block.rows] or [block.text]
        sections.setdefault(number, []).extend(texts)
    return {number: tuple(texts) for number, texts in sections.items()}


def section_number(heading: str) -> str:
    """Return "4.1" for the heading "4.1 Therapeutic indications", and "7" for "7. MARKETING ..."."""
    number = _SECTION_NUMBER.match(heading)
    assert number, f"The heading has no number: {heading}"
    return number[0]


def _block(text: str, language: str) -> Block:
    lines = text.split("\n")
    if "| " in lines[0]:
        return _table([_finished(line, language) for line in lines])
    version, text = _version_and_rest(_finished(" ".join(lines), language))
    if heading := _HEADING.fullmatch(text):
        return Block(_HEADINGS[heading[1]], version, heading[2])
    if text.startswith("- "):
        return Block("bullet", version, text[2:])
    if text.startswith("**"):
        return Block("caption", version, text.strip("*"))
    return Block("paragraph", version, text)


def _finished(text: str, language: str) -> str:
    return _KEPT_TOGETHER.sub(NO_BREAK, polish(text, language))


def _table(lines: list[str]) -> Block:
    widths = tuple(cell.count("-") for cell in _cells(lines[1]))
    rows = []
    for line in [lines[0], *lines[2:]]:
        version, rest = _version_and_rest(line)
        rows.append(Row(_cells(rest), version))
    return Block("table", None, rows=tuple(rows), widths=widths)


def _version_and_rest(text: str) -> tuple[int | None, str]:
    if mark := _VERSION_MARK.fullmatch(text):
        return int(mark[1]), mark[2]
    return None, text


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("|").split("|"))
