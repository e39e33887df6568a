"""The files of a folder that can be read, and those that are passed over, each with its reason."""

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InvalidInput
from ingestion.errors import AncrageError, EmptyFile
from ingestion.formats import sniff

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not taken in because nothing here reads it, and why."""

    path: Path
    error: AncrageError


def files_in(folder: Path) -> tuple[list[Path], list[Skipped]]:
    """All files below the folder in the order of their names; hidden ones and links that lead out are passed over."""
    home = folder.resolve()
    found: list[Path] = []
    skipped: list[Skipped] = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(part.startswith(".") for part in path.relative_to(folder).parts[:-1]):
            continue
        try:
            _require_readable(path, home)
        except AncrageError as error:
            skipped.append(Skipped(path, error))
        else:
            found.append(path)
    return found, skipped


def _require_readable(path: Path, home: Path) -> None:
    if path.name.startswith((".", "~$")) or path.name in {"Thumbs.db", "desktop.ini"}:
        raise InvalidInput(
            f"{path.name} is a hidden file of another program.", help="Nothing has to be done."
        )
    if not path.resolve().is_relative_to(home):
        raise InvalidInput(f"{path.name} leads out of the folder.", help="Add the file itself.")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise InvalidInput(
            f"{path.name} cannot be opened: {error.strerror}.", help="Check the rights on the file."
        ) from error
    if not head:
        raise EmptyFile(f"{path.name} is empty.", help="Check the file and add it again.", file=path.name)
    sniff(head, path.name)


__all__ = ["Skipped", "files_in"]
