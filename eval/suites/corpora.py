"""Corpora on which whole questions are asked: the shipped dossier, and a folder of European product information."""

from collections.abc import Callable
from pathlib import Path

from assistant.bootstrap import App
from assistant.corpus.model import SourceRequest
from assistant.people.roles import Actor
from eval.sample.make import FILES
from eval.suites.house import approved_request
from ingestion.errors import AncrageError

_KINDS = {"label": "label", "paper": "paper", "deck": "deck", "webinar": "transcript", "claims": "claims"}
_NEWER = "-v2"


def add_sample(app: App, librarian: Actor, product: str, say: Callable[[str], None]) -> None:
    """The dossier in both languages, in its first versions."""
    files = [
        (file, approved_request(product, kind, file.parent.name))
        for file in sorted(FILES.glob("*/*"))
        if _NEWER not in file.stem and (kind := _kind(file)) is not None
    ]
    _add(app, librarian, files, say)


def add_labels(app: App, librarian: Actor, folder: Path, product: str, say: Callable[[str], None]) -> None:
    """Every PDF of the folder, as one product: a question on one medicine meets the texts on the others."""
    files = [(file, approved_request(product, "label", "en")) for file in sorted(folder.glob("*.pdf"))]
    _add(app, librarian, files, say)


def find_labels(data: Path, names: set[str]) -> Path | None:
    """The folder below `data` that holds files of these names."""
    for name in sorted(names):
        found = next(iter(sorted(data.rglob(name))), None)
        if found is not None:
            return found.parent
    return None


def _kind(file: Path) -> str | None:
    return next((kind for word, kind in _KINDS.items() if file.stem.startswith(word)), None)


def _add(
    app: App, librarian: Actor, files: list[tuple[Path, SourceRequest]], say: Callable[[str], None]
) -> None:
    for (file, _), outcome in zip(files, app.add_sources(librarian, files), strict=True):
        if isinstance(outcome, AncrageError):
            say(f"{file.name} was refused: {outcome.message}")
