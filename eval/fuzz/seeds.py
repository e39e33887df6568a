"""The sound files that are spoilt: the shipped dossier, small office files made here, and real ones from a folder."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingestion.errors import AncrageError
from ingestion.formats import sniff
from ingestion.model import FileFormat

_SAMPLE = Path(__file__).parents[1] / "sample" / "files"
_HEAD = 4096
LARGEST = 1_500_000
"""A real file above this is not spoilt: the reader's faults are as well found in small ones, in less time."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound file."""

    name: str
    data: bytes
    form: FileFormat


def sample_seeds() -> list[Seed]:
    """The shipped dossier in both languages, and a text document and a workbook, which it lacks."""
    files = sorted(path for path in _SAMPLE.rglob("*") if path.is_file())
    return [
        *_seeds(files),
        Seed("notes.docx", _document(), "docx"),
        Seed("claims.xlsx", _workbook(), "claims"),
    ]


def real_seeds(folder: Path) -> list[Seed]:
    """The files in a folder of kinds that are read, in order of their paths."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return list(_seeds(path for path in files if 0 < path.stat().st_size <= LARGEST))


def _seeds(files: Iterable[Path]) -> Iterable[Seed]:
    for path in files:
        data = path.read_bytes()
        try:
            yield Seed(path.name, data, sniff(data[:_HEAD], path.name))
        except AncrageError:
            continue


def _document() -> bytes:
    from docx import Document

    made = Document()
    made.add_heading("4.2 Posology", level=1)
    made.add_paragraph("The recommended dose in adults is 10 mg once daily. It may be raised to 20 mg.")
    table = made.add_table(rows=3, cols=3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"Cell {row} {column}"
    made.add_paragraph("La dose recommandée chez l’adulte est de 10 mg une fois par jour.")
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "text", "document", "page"])
    for number in range(20):
        sheet.append([f"C-{number}", f"The dose is {number} mg once daily in adults.", "label.pdf", number])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
