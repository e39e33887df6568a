"""`ancrage source …`: approved documents."""

import re
from argparse import Namespace
from datetime import date
from typing import Any

from api.cli.io import Io, ProgressBar
from api.refusal import error_json
from assistant.bootstrap import App
from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.corpus.showing import shown_source, shown_sources
from assistant.errors import InvalidInput
from assistant.people.roles import Actor
from ingestion.errors import AncrageError

ALL_USES = ("promotional", "reactive_medical", "internal")


def add(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Register files. One bad file never stops the others; the exit code is 1 where any was refused."""
    request = _request(arguments)
    progress = ProgressBar(io)
    try:
        outcomes = app.add_sources(actor, [(io.path(name), request) for name in arguments.files], progress)
    finally:
        progress.close()
    added = [outcome for outcome in outcomes if not isinstance(outcome, AncrageError)]
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
        excluded_pages=parse_pages(arguments.exclude_pages or ""),
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
        approved_on=parse_date(arguments.approved_on, "--approved-on"),
        expires_on=parse_date(arguments.expires_on, "--expires-on"),
    )


def parse_date(text: str, name: str) -> date:
    """A civil date as 2026-01-31. Raises InvalidInput for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(
            f"{name} is not a date: {text}.", help="Write it as year-month-day: 2026-01-31."
        ) from error


def parse_pages(text: str) -> tuple[int, ...]:
    """Page numbers from "3,7-9". Raises InvalidInput where it says something else."""
    pages: set[int] = set()
    for item in filter(None, (part.strip() for part in text.split(","))):
        named = re.fullmatch(r"([0-9]{1,5})(?:\s*-\s*([0-9]{1,5}))?", item)
        first, last = (int(named[1]), int(named[2] or named[1])) if named else (0, 0)
        if not 1 <= first <= last:
            raise InvalidInput(f"{item} names no pages.", help="Write pages as 3,7-9.")
        pages.update(range(first, last + 1))
    return tuple(sorted(pages))
