"""A manifest: a CSV table of files to register, one a line, with the options of `source add` as its columns.

A wrong value is a refusal of its line alone, and names the line; a wrong table is refused whole.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.model import USES, ApprovalRequest, SourceRequest
from assistant.corpus.written import civil_day, page_numbers, time_stretches
from assistant.errors import InvalidInput
from ingestion.errors import AncrageError

MAX_LINES = 20_000
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "file": ("file", "path", "file name", "filename", "fichier", "chemin", "nom du fichier"),
    "product": ("product", "produit"),
    "kind": ("kind", "type", "document type", "type de document", "nature"),
    "market": ("market", "markets", "marché", "marche", "marchés", "marches", "pays"),
    "language": ("language", "langue"),
    "audience": ("audience", "audiences", "public", "publics", "destinataires"),
    "use": ("use", "uses", "usage", "usages", "utilisation"),
    "title": ("title", "titre"),
    "reference": ("reference", "bibliographic reference", "référence", "référence bibliographique"),
    "approval": ("approval", "approval reference", "approbation", "référence d'approbation"),
    "approved on": ("approved on", "approval date", "approuvé le", "date d'approbation"),
    "expires on": (
        "expires on",
        "expiry date",
        "expiry",
        "expire le",
        "date d'expiration",
        "valable jusqu'au",
    ),
    "replaces": ("replaces", "remplace"),
    "cite notes": ("cite notes", "citer les notes", "notes citables"),
    "cite questions": ("cite questions", "citer les questions", "questions citables"),
    "exclude pages": ("exclude pages", "excluded pages", "pages exclues"),
    "exclude times": ("exclude times", "excluded times", "temps exclus", "passages exclus"),
    "display": ("display", "display right", "droit de présentation", "affichage"),
    "comment": ("comment", "comments", "remark", "commentaire", "commentaires", "remarque"),
}
"""What a column may be called, without regard to case; a hyphen or underscore stands for a space."""
_NAMED = {alias: column for column, aliases in _COLUMNS.items() for alias in aliases}
_KINDS = {
    "rcp": "label", "notice": "label", "article": "paper", "publication": "paper", "diaporama": "deck",
    "présentation": "deck", "transcription": "transcript", "allégations": "claims", "recommandation": "guideline",
    "avis": "opinion",
}  # fmt: skip
_USES = {"promotionnel": "promotional", "information médicale": "reactive_medical", "interne": "internal"}
_YES = {"yes", "true", "1", "x", "oui", "vrai"}
_NO = {"", "no", "false", "0", "non", "faux"}


@dataclass(frozen=True, slots=True)
class BulkItem:
    """One file to take in among many."""

    name: str
    """As the person wrote it."""
    path: Path
    request: SourceRequest
    line: int | None = None
    """Of the manifest."""
    after: str | None = None
    """The name of another file of the same manifest, which this one replaces."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken in, and why."""

    name: str
    error: AncrageError
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a line says nothing."""

    product: str = ""
    kind: str = ""
    markets: tuple[str, ...] = ()


def read_manifest(path: Path, defaults: Defaults) -> list[BulkItem | Refused]:
    """The lines in order; names are found from the manifest's own folder. Raises InvalidInput for a wrong table."""
    rows = _table(path.read_bytes(), path.name)
    folder = path.resolve().parent
    known = {_key(row.get("file", "")) for _, row in rows}
    items: list[BulkItem | Refused] = []
    for line, row in rows:
        try:
            items.append(_item(row, line, folder, known, defaults))
        except AncrageError as error:
            items.append(Refused(row.get("file", ""), at_line(error, line), line))
    return items


def at_line(error: AncrageError, line: int | None) -> AncrageError:
    """The same refusal, saying at which line it stands."""
    if line is None or error.message.startswith(f"Line {line}:"):
        return error
    return type(error)(f"Line {line}: {error.message}", help=error.help, **error.params)


def _table(data: bytes, name: str) -> list[tuple[int, dict[str, str]]]:
    """Each line that says something, with its number in the file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, dict[str, str]]] = []
    columns: list[str] = []
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _header(cells, name)
                continue
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
            rows.append((line, row))
            if len(rows) > MAX_LINES:
                raise InvalidInput(f"{name} has more than {MAX_LINES} lines.", help="Split the manifest.")
    except csv.Error as error:
        raise InvalidInput(
            f"{name} is no sound table: {error}", help="Save it as CSV again.", file=name
        ) from error
    if not rows:
        raise InvalidInput(
            f"{name} names no file.", help="Give a header line, and one line per file.", file=name
        )
    return rows


def _header(cells: Sequence[str], name: str) -> list[str]:
    plain = [" ".join(re.sub(r"[_-]", " ", cell).replace("’", "'").split()).casefold() for cell in cells]
    unknown = [cell for cell, key in zip(cells, plain, strict=True) if key and key not in _NAMED]
    columns = [_NAMED.get(key, "") for key in plain]
    twice = {column for column in columns if column and columns.count(column) > 1} - {"comment"}
    if "file" not in columns or unknown or twice:
        wrong = ", ".join(unknown or sorted(twice))
        raise InvalidInput(
            f"{name} has a column that is not known, or two of one name: {wrong}."
            if wrong
            else f"{name} has no column named file.",
            help=f"The columns are {', '.join(_COLUMNS)}.",
            file=name,
        )
    return columns


def _item(row: Mapping[str, str], line: int, folder: Path, known: set[str], defaults: Defaults) -> BulkItem:
    name = row.get("file", "")
    if not name:
        raise InvalidInput("The line names no file.", help="Fill in the column file.")
    path = (folder / name.replace("\\", "/")).resolve()
    if not path.is_relative_to(folder):
        raise InvalidInput(
            f"{name} is outside the manifest's folder.", help="Put the manifest beside its files.", file=name
        )
    replaces = row.get("replaces") or None
    inside = replaces is not None and _key(replaces) in known
    request = SourceRequest(
        product=row.get("product") or defaults.product,
        kind=_word(row.get("kind", ""), _KINDS) or defaults.kind,
        markets=_several(row.get("market", "").upper()) or defaults.markets,
        language=(row.get("language") or "").casefold() or None,
        audiences=_several(row.get("audience", "")) or ("hcp",),
        uses=_uses(row.get("use", "")) or USES,
        title=row.get("title") or None,
        approval=_approval(row),
        replaces=None if inside else replaces,
        cite_notes=_yes(row.get("cite notes", "")),
        cite_questions=_yes(row.get("cite questions", "")),
        excluded_pages=page_numbers(row.get("exclude pages", "")),
        excluded_times=time_stretches(row.get("exclude times", "")),
        display_right=row.get("display", "").casefold() or "in_house",
        reference=row.get("reference") or None,
    )
    return BulkItem(name, path, request, line, replaces if inside else None)


def _approval(row: Mapping[str, str]) -> ApprovalRequest | None:
    given = [row.get(column, "") for column in ("approval", "approved on", "expires on")]
    if not any(given):
        return None
    if not all(given):
        raise InvalidInput(
            "An approval needs its reference and both dates.",
            help="Fill in the columns approval, approved on and expires on together, or none of them.",
        )
    return ApprovalRequest(given[0], civil_day(given[1], "approved on"), civil_day(given[2], "expires on"))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, re.split(r"[|,;/\s]+", cell))))


def _uses(cell: str) -> tuple[str, ...]:
    words = (part.strip() for part in re.split(r"[|,;/]", cell))
    return tuple(dict.fromkeys(_word(word, _USES) for word in words if word))


def _word(text: str, also: Mapping[str, str]) -> str:
    return also.get(text.casefold(), text.casefold())


def _yes(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise InvalidInput(f"{text} is neither yes nor no.", help="Write yes or no.")
    return word in _YES


def _key(name: str) -> str:
    """How a file is named by another line."""
    return name.replace("\\", "/").removeprefix("./")


__all__ = ["BulkItem", "Defaults", "Refused", "at_line", "read_manifest"]
