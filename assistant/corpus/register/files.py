"""The register's tab-separated files as rows. A bad row is named and left out; the rest goes on."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import InvalidInput

_KINDS: Mapping[str, tuple[str, int]] = {
    # what a file's name begins with: its kind, and how many columns a row has at least
    "CIS_CIP_BDPM": ("presentations", 12),
    "CIS_COMPO": ("composition", 8),
    "CIS_CPD": ("conditions", 2),
    "CIS_GENER": ("generics", 4),
    "CIS_HAS_SMR": ("smr", 6),
    "CIS_HAS_ASMR": ("asmr", 6),
    "CIS_MITM": ("essential", 4),
    "CIS_BDPM": ("medicines", 12),
}
_MOST_COLUMNS = 20
_CIS_AT = {"generics": 2}
_LARGEST = 200_000_000
"""Bytes: the whole register's largest file has about 5 million."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that could not be used, or was used with a doubt."""

    file: str
    line: int
    code: str
    """columns, encoding, mixed_encoding, cis, price or date."""
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row and where it stands."""

    file: str
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """Every readable row by the kind of its file and its CIS code."""

    rows: Mapping[str, Mapping[str, tuple[Row, ...]]]
    files: Mapping[str, str]
    """The digest of each file's bytes, by its name."""
    problems: tuple[Problem, ...] = ()

    def of(self, kind: str, cis: str) -> tuple[Row, ...]:
        """The rows of one medicine in the files of that kind."""
        return self.rows.get(kind, {}).get(cis, ())

    def medicines(self) -> Iterator[Row]:
        """Every row of the register's list of medicines."""
        for rows in self.rows.get("medicines", {}).values():
            yield from rows


@dataclass(slots=True)
class _Reading:
    rows: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_register(folder: Path) -> Register:
    """Read the files of the register that the folder holds. Raises InvalidInput where it has no list of medicines."""
    if not folder.is_dir():
        raise InvalidInput(
            f"{folder} is not a folder.", help="Name the folder that holds the register's files."
        )
    found, digests = _Reading(), {}
    for path in sorted(folder.iterdir()):
        kind = _kind_of(path.name)
        if kind is None or not path.is_file():
            continue
        if path.stat().st_size > _LARGEST:
            found.problems.append(
                Problem(path.name, 0, "size", "The file is too large to be the register's.")
            )
            continue
        data = path.read_bytes()
        digests[path.name] = hashlib.sha256(data).hexdigest()
        _read(path.name, *kind, data, found)
    if "medicines" not in found.rows:
        raise InvalidInput(
            f"{folder.name} holds no readable list of medicines.",
            help="It should hold CIS_bdpm.txt and the files beside it, as the public register gives them.",
        )
    rows = {kind: {cis: tuple(of) for cis, of in by_cis.items()} for kind, by_cis in found.rows.items()}
    return Register(rows, digests, tuple(found.problems))


def _kind_of(name: str) -> tuple[str, int] | None:
    if not name.lower().endswith((".txt", ".tsv", ".csv")):
        return None
    return next((kind for begins, kind in _KINDS.items() if name.upper().startswith(begins)), None)


def _read(name: str, kind: str, columns: int, data: bytes, found: _Reading) -> None:
    encodings: set[str] = set()
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        line = raw.strip(b"\r\x1a\x00 ")
        if not line:
            continue
        text, encoding = _decoded(line)
        if encoding == "undecodable":
            found.problems.append(Problem(name, number, "encoding", "It is neither UTF-8 nor Windows-1252."))
            continue
        if encoding != "ascii":
            if encodings and encoding not in encodings:
                message = f"It is written in {encoding}, lines before it are not. It was read so."
                found.problems.append(Problem(name, number, "mixed_encoding", message))
            encodings.add(encoding)
        cells = tuple(" ".join(cell.split()) for cell in text.split("\t"))
        if not columns <= len(cells) <= _MOST_COLUMNS:
            message = f"It has {len(cells)} columns, at least {columns} are needed."
            found.problems.append(Problem(name, number, "columns", message))
            continue
        cis = cells[_CIS_AT.get(kind, 0)]
        if len(cis) != 8 or not (cis.isascii() and cis.isdigit()):  # noqa: PLR2004  a CIS code has eight digits
            found.problems.append(Problem(name, number, "cis", f"{cis[:20]} is no CIS code of eight digits."))
            continue
        found.rows.setdefault(kind, {}).setdefault(cis, []).append(Row(name, number, cells))


def _decoded(line: bytes) -> tuple[str, str]:
    for encoding in ("ascii", "utf-8", "cp1252"):
        try:
            return line.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return "", "undecodable"
