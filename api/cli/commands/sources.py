"""`ancrage source …`: approved documents."""

import time
from argparse import Namespace
from typing import Any

from api.cli.commands.bulk import add_paths, known_products, say_new_products
from api.cli.io import Io, ProgressBar, whole_file
from api.refusal import error_json
from assistant.bootstrap import App
from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.corpus.rights import require_page
from assistant.corpus.showing import shown_source, shown_sources
from assistant.corpus.sources import get_source
from assistant.corpus.written import civil_day, page_numbers, time_stretches
from assistant.errors import InvalidInput
from assistant.people.roles import Actor
from assistant.publishing.versions import source_diff
from assistant.retrieval.marked import marks_on_page, spans_on_page
from assistant.retrieval.view import rectangle_json
from assistant.store.readings import load_page, reading_row
from ingestion.errors import AncrageError

ALL_USES = ("promotional", "reactive_medical", "internal")


def add(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Register files. One bad file never stops the others; the exit code is 1 where any was refused."""
    request = _request(arguments)
    if arguments.report or any(io.path(name).is_dir() for name in arguments.files):
        return add_paths(app, actor, request, arguments, io)
    progress = ProgressBar(io)
    known = known_products(app)
    try:
        outcomes = app.add_sources(actor, [(io.path(name), request) for name in arguments.files], progress)
    finally:
        progress.close()
    added = [outcome for outcome in outcomes if not isinstance(outcome, AncrageError)]
    say_new_products(added, known, arguments, io)
    refused = [
        {"file": name, **error_json(outcome)}
        for name, outcome in zip(arguments.files, outcomes, strict=True)
        if isinstance(outcome, AncrageError)
    ]
    if len(arguments.files) > 1:
        return {"sources": added, "refused": refused, "exit": 1 if refused else 0}
    for outcome in outcomes:
        if isinstance(outcome, AncrageError):
            raise outcome
    return {"source": added[0]}


def approve(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Record an approval; what rests on a source that is replaced by it is seen to."""
    del io
    return app.approve(actor, arguments.source, _required_approval(arguments))


def withdraw(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Withdraw a source; what was published from it is no longer served from this moment."""
    del io
    return app.withdraw(actor, arguments.source, arguments.reason)


def list_all(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """List the sources, of one product or all."""
    del io
    return {"sources": shown_sources(app.db, actor, arguments.product, arguments.status)}


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Show one source, with its pages' text where that is asked for."""
    del io
    return {"source": shown_source(app.db, actor, arguments.source, with_text=arguments.text)}


def diff(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """What changed from one version to the next; one name alone is compared with what it replaces."""
    del io
    old, new = (None, arguments.old) if arguments.new is None else (arguments.old, arguments.new)
    return source_diff(app.db, actor, old, new)


def picture(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Write the picture of a page, with a passage or a quote marked."""
    source = get_source(app.db, arguments.source)
    require_page(app.db, actor, source, arguments.page)
    with app.db.read() as connection:
        shown = load_page(connection, source.reading_id, arguments.page)
        file_format = reading_row(connection, source.reading_id)["format"]
        spans = spans_on_page(connection, source, shown, arguments.passage or "", arguments.quote or "")
    if (arguments.passage or arguments.quote) and not spans:
        raise InvalidInput(
            f"That does not stand on page {arguments.page} of {source.title}.",
            help="`ancrage search` names the page and the passage of a quote.",
        )
    marks = marks_on_page(shown, spans)
    began = time.perf_counter()
    drawn = app.pictures.marked(source, shown, file_format, marks, arguments.zoom)
    milliseconds = round((time.perf_counter() - began) * 1000, 1)
    path = io.path(arguments.output)
    with whole_file(path) as half:
        half.write_bytes(drawn.data)
    return {
        "picture": {
            "source": source.id,
            "page": arguments.page,
            "file": str(path),
            "zoom": arguments.zoom,
            "rectangles": [rectangle_json(arguments.page, box) for box in marks],
            "lasts": drawn.lasts,
            "ms": milliseconds,
        }
    }


def _request(arguments: Namespace) -> SourceRequest:
    given = (arguments.approval, arguments.approved_on, arguments.expires_on)
    return SourceRequest(
        product=arguments.product,
        kind=arguments.kind,
        markets=tuple(dict.fromkeys(m.upper() for m in arguments.markets)),
        language=arguments.language,
        audiences=tuple(dict.fromkeys(arguments.audiences or ["hcp"])),
        uses=tuple(dict.fromkeys(arguments.uses or ALL_USES)),
        title=arguments.title,
        approval=_required_approval(arguments) if any(given) else None,
        replaces=arguments.replaces,
        cite_notes=arguments.cite_notes,
        cite_questions=arguments.cite_questions,
        deck=arguments.deck,
        excluded_pages=page_numbers(arguments.exclude_pages or ""),
        excluded_times=time_stretches(arguments.exclude_times or ""),
        display_right=arguments.display,
        reference=arguments.reference,
    )


def _required_approval(arguments: Namespace) -> ApprovalRequest:
    if not (arguments.approval and arguments.approved_on and arguments.expires_on):
        raise InvalidInput(
            "An approval needs its reference and both dates.",
            help="Give --approval, --approved-on and --expires-on together.",
        )
    return ApprovalRequest(
        reference=arguments.approval,
        approved_on=civil_day(arguments.approved_on, "--approved-on"),
        expires_on=civil_day(arguments.expires_on, "--expires-on"),
    )
