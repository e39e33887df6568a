"""What changed from one version of a source to the next, and what rests on it: the JSON of `source diff`."""

import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from assistant.corpus.diff import Change, Diff
from assistant.corpus.diff.sections import Place
from assistant.corpus.diff.stored import diff_of
from assistant.corpus.diff.summary import SectionChanges, by_section, counts, place_of_change
from assistant.corpus.loading import load_source
from assistant.corpus.model import Source
from assistant.corpus.rights import require_text
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.support import affected_by_version
from assistant.retrieval.places import rectangles_of
from assistant.retrieval.view import rectangle_json
from assistant.store.database import Database
from assistant.store.readings import load_page
from ingestion.model import Page, PageSpan, Sentence


def source_diff(db: Database, actor: Actor, old: str | None, new: str) -> dict[str, Any]:
    """{"diff": {…}, "affected": […]}: `old` is what `new` replaces where it is not named.

    `affected` holds what the actor may read of pieces. Raises NotAllowed, UnknownSource, InvalidInput where there is
    nothing to compare with.
    """
    require(actor, Permission.READ_SOURCES)
    with db.read() as connection:
        newer = load_source(connection, new)
        older = load_source(connection, _older(newer, old))
        for version in (older, newer):
            require_text(actor, version)
        return compared_json(connection, actor, older, newer)


def compared_json(connection: Connection, actor: Actor, older: Source, newer: Source) -> dict[str, Any]:
    """The JSON of `source_diff`, of two versions, or of one source with two readings. Who may see them was asked."""
    began = time.perf_counter()
    diff = diff_of(connection, older, newer)
    seconds = time.perf_counter() - began
    sides = _Side(connection, older), _Side(connection, newer)
    pieces = affected_by_version(connection, older, diff) if actor.may(Permission.READ_PIECES) else []
    return {
        "diff": {
            "old": _source_json(older),
            "new": _source_json(newer),
            "counts": counts(diff.changes),
            "sections": [_section_json(section) for section in by_section(diff)],
            "changes": [_change_json(diff, c, sides) for c in diff.changes if c.status != "unchanged"],
            "ms": round(seconds * 1000, 1),
        },
        "affected": pieces,
    }


def _older(newer: Source, named: str | None) -> str:
    found = named or newer.replaces
    if found is None:
        raise InvalidInput(
            f"{newer.title} replaces no other version.",
            help="Name both versions: the older one, then the newer one.",
            source=newer.id,
        )
    if found == newer.id:
        raise InvalidInput("These are one and the same version.", help="Name two different ones.")
    return found


class _Side:
    """One version: its pages, loaded when a change needs them."""

    def __init__(self, connection: Connection, source: Source) -> None:
        self._connection = connection
        self._source = source
        self._pages: dict[int, Page] = {}

    def json(self, sentences: Sequence[Sentence], marks: Sequence[tuple[int, int]]) -> dict[str, Any] | None:
        """The text with its marks and places; nothing where this side has no sentence."""
        if not sentences:
            return None
        parts = [part for sentence in sentences for part in sentence.parts]
        return {
            "source": self._source.id,
            "text": " ".join(sentence.text for sentence in sentences),
            "marks": [list(mark) for mark in marks],
            "section": list(sentences[0].section),
            "kind": sentences[0].kind,
            "spans": [{"page": p.page, "start": p.start, "end": p.end} for p in parts],
            "rectangles": [rectangle_json(p.page, box) for p in parts for box in self._boxes(p)],
        }

    def _boxes(self, part: PageSpan) -> Sequence[Any]:
        if part.page not in self._pages:
            self._pages[part.page] = load_page(self._connection, self._source.reading_id, part.page)
        return rectangles_of(self._pages[part.page], part)


def _source_json(source: Source) -> dict[str, Any]:
    return {"id": source.id, "title": source.title, "status": source.status, "language": source.language}


def _section_json(section: SectionChanges) -> dict[str, Any]:
    return {
        **place_json(section.place),
        "lead": section.lead,
        "counts": {
            name: section.counts[name] for name in ("changed", "added", "removed", "moved", "repeated")
        },
        "kinds": section.sorted_kinds(),
    }


def place_json(place: Place) -> dict[str, str]:
    """A section as JSON."""
    return {"part": place.part, "code": place.code, "title": place.title}


def _change_json(diff: Diff, change: Change, sides: tuple[_Side, _Side]) -> dict[str, Any]:
    before, after = diff.sentences
    return {
        "status": change.status,
        "kinds": list(change.kinds),
        "relocated": change.relocated,
        "section": place_json(place_of_change(diff, change)),
        "old": sides[0].json([before[at] for at in change.old], change.old_marks),
        "new": sides[1].json([after[at] for at in change.new], change.new_marks),
    }
