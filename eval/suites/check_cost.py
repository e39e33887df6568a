"""What the checks of a draft of twelve statements cost: the statements of drafts on the shipped dossier."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from assistant.bootstrap import App
from assistant.content.drafting import draft
from assistant.content.request import DraftRequest
from assistant.engines.extractive import ExtractiveEngine
from assistant.people.accounts import add_user, find_actor
from assistant.people.roles import Actor, Role
from assistant.review.checking import context_for, report_on
from assistant.review.pieces import load_piece, newest_revision
from eval.metrics import percentile
from eval.suites import figure
from eval.suites.corpora import add_sample
from eval.suites.house import PASSPHRASE, fresh_house
from guardrails.model import Document, PieceKind, Segment
from guardrails.runner import run

STATEMENTS, TIMES = 12, 30
PRODUCT = "Velmora"
_KINDS: tuple[PieceKind, ...] = ("key-moments", "brief", "email")


def check_rows(say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Milliseconds of the checks alone, and of the checks with all that they are given from the database."""
    with fresh_house() as (app, librarian):
        add_sample(app, librarian, PRODUCT, say)
        add_user(app.db, find_actor(app.db, "root"), "writer", frozenset({Role.WRITER}), PASSPHRASE)
        writer = find_actor(app.db, "writer")
        piece_id = _drafted(app, writer, "key-moments")
        with app.db.read() as connection:
            piece = load_piece(connection, piece_id)
            revision = newest_revision(connection, piece)
        document = _of_twelve(revision.document, list(_statements(app, writer)))
        counted = sum(segment.kind == "statement" for segment in document.segments)
        whole = replace(revision, document=document)
        with app.db.read() as connection:
            now = app.clock.now()
            context = context_for(connection, now, piece, whole, "submit")
            alone = [_milliseconds(lambda: run(document, context)) for _ in range(TIMES)]
            worked = [_milliseconds(lambda: run(document, context), time.process_time) for _ in range(TIMES)]
            loaded = [
                _milliseconds(lambda: report_on(connection, now, piece, whole, "submit"))
                for _ in range(TIMES)
            ]
    say(f"checks of {counted} statements: {percentile(alone, 0.5):.1f} ms")
    named = {"checks": alone, "checks, processor time": worked, "checks with their evidence loaded": loaded}
    return [
        figure(f"draft of {counted} statements", f"{share} ms", percentile(values, part), TIMES, system=name)
        for name, values in named.items()
        for share, part in (("median", 0.5), ("p95", 0.95))
    ]


def _drafted(app: App, writer: Actor, kind: PieceKind) -> str:
    request = DraftRequest(kind=kind, product=PRODUCT, market="EU", language="en")
    return draft(app.db, app.searcher, ExtractiveEngine(), writer, request).piece_id


def _statements(app: App, writer: Actor) -> Iterator[Segment]:
    for kind in _KINDS:
        piece_id = _drafted(app, writer, kind)
        with app.db.read() as connection:
            document = newest_revision(connection, load_piece(connection, piece_id)).document
        yield from (segment for segment in document.segments if segment.kind == "statement")


def _of_twelve(document: Document, statements: list[Segment]) -> Document:
    """The document with twelve different statements instead of its own."""
    different = list({segment.text: segment for segment in statements}.values())[:STATEMENTS]
    others = tuple(segment for segment in document.segments if segment.kind != "statement")
    role = next(segment.role for segment in document.segments if segment.kind == "statement")
    twelve = tuple(
        replace(segment, id=f"t{number}", role=role, group="") for number, segment in enumerate(different, 1)
    )
    return replace(document, segments=(*others, *twelve))


def _milliseconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    work()
    return (clock() - began) * 1000
