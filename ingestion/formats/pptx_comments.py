"""Comments on slides, classic and threaded: shown to the librarian, never quoted."""

from collections.abc import Iterator
from typing import Any

from ingestion.errors import IngestionError
from ingestion.formats.archive import Archive
from ingestion.formats.office import A, runs_text, tidy


def authors(archive: Archive) -> dict[str, str]:
    """Names by the id that a comment gives, of both kinds of comments."""
    found: dict[str, str] = {}
    for part in ("ppt/commentAuthors.xml", "ppt/authors.xml"):
        try:
            root = archive.xml(part)
        except (KeyError, IngestionError):
            continue
        for item in root:
            if isinstance(item.tag, str) and item.get("id") and item.get("name"):
                found[item.get("id")] = " ".join(item.get("name").split())
    return found


def comments(root: Any, names: dict[str, str]) -> Iterator[str]:
    """Each comment and each answer as "Name: words", in the order of the thread."""
    for item in root.iter():
        if not isinstance(item.tag, str) or _local(item) not in {"cm", "reply"}:
            continue
        words = " ".join(filter(None, (_words(child) for child in item)))
        if words:
            name = names.get(item.get("authorId") or "")
            yield f"{name}: {words}" if name else words


def _words(child: Any) -> str:
    if not isinstance(child.tag, str):
        return ""
    if _local(child) == "text":
        return tidy(child.text or "").replace("\n", " ")
    if _local(child) == "txBody":
        return " ".join(filter(None, (runs_text(p).replace("\n", " ") for p in child.iter(f"{A}p"))))
    return ""


def _local(item: Any) -> str:
    return str(item.tag).rsplit("}", 1)[-1]
