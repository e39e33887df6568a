"""Registering, approving and withdrawing sources: each act once, with its audit entry."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath

from sqlalchemy import insert, select, update

from assistant.audit.expected import columns_sha256
from assistant.audit.followed_sources import NAMED
from assistant.audit.trail import record
from assistant.corpus.claims import rematch
from assistant.corpus.decks import match_deck
from assistant.corpus.fit import fitting_language, turns_within
from assistant.corpus.loading import load_source, load_sources
from assistant.corpus.markets import known_market
from assistant.corpus.model import (
    AUDIENCE,
    KINDS,
    LANGUAGES,
    RIGHTS,
    USES,
    ApprovalRequest,
    Source,
    SourceRequest,
)
from assistant.corpus.products import find_or_none, find_product, insert_product, require_reason
from assistant.corpus.view import source_json
from assistant.errors import Conflict, InvalidInput, WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.store.clock import civil_date
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.ids import source_id as identity_of
from assistant.store.schema import approval as approval_table
from assistant.store.schema import reading, source, source_scope

_LONGEST_TEXT = 2000


def register_source(
    db: Database, actor: Actor, request: SourceRequest, reading_id: str, sha256: str, file_name: str
) -> Source:
    """Register bytes that were stored and read already; see `register`."""
    with db.write() as tx:
        return register(tx, actor, request, reading_id, sha256, file_name)


def register(
    tx: Transaction, actor: Actor, request: SourceRequest, reading_id: str, sha256: str, file_name: str
) -> Source:
    """Register within a transaction; with an approval it is approved at once, and what it replaces is superseded.

    The same bytes for the same product change nothing: the source is returned with `already_known`.
    Raises NotAllowed, InvalidInput, UnknownSource (of `replaces`), Conflict or WrongState; UnsupportedFormat where the
    kind does not go with the file.
    """
    checked = check_request(actor, request, tx.now)
    known = find_or_none(tx.connection, checked.product)
    owner = known or insert_product(tx, actor, checked.product, {})
    identity = identity_of(owner.id, sha256)
    if tx.execute(select(source.c.id).where(source.c.id == identity)).first():
        return replace(load_source(tx.connection, identity), already_known=True)
    if checked.replaces is not None:
        _require_replaceable(tx, checked.replaces, owner.id, identity)
    _insert_source(tx, actor, checked, _File(owner.id, identity, reading_id, sha256, file_name))
    match_deck(tx, load_source(tx.connection, identity), checked.deck)
    if checked.approval is not None:
        _approve(tx, actor, load_source(tx.connection, identity), checked.approval)
    rematch(tx, owner.id)
    return load_source(tx.connection, identity)


def approve_source(db: Database, actor: Actor, source_id: str, request: ApprovalRequest) -> Source:
    """Record an approval; one more, for an approved or expired source, renews it. The same again changes nothing.

    What the source replaces is superseded in the same transaction.
    Raises UnknownSource, InvalidInput for dates that cannot be, WrongState for a withdrawn or superseded source.
    """
    with db.write() as tx:
        return approve(tx, actor, source_id, request)


def approve(tx: Transaction, actor: Actor, source_id: str, request: ApprovalRequest) -> Source:
    """Approve within a transaction; see `approve_source`."""
    require(actor, Permission.APPROVE_SOURCE)
    found = _locked(tx, source_id)
    if found.status in {"withdrawn", "superseded"}:
        why = f"replaced by {found.replaced_by}" if found.replaced_by else "withdrawn"
        raise WrongState(
            f"{found.title} is {found.status} and cannot be approved.",
            help=f"It was {why}; register the document that is to be used now.",
        )
    checked = _check_approval(request, found.markets, tx.now)
    last = found.approval
    given = (checked.reference, checked.approved_on, checked.expires_on)
    if last is None or (last.reference, last.approved_on, last.expires_on) != given:
        _approve(tx, actor, found, checked)
        rematch(tx, found.product_id)
    return load_source(tx.connection, source_id)


def withdraw_source(db: Database, actor: Actor, source_id: str, reason: str) -> Source:
    """Withdraw at once: nothing that cites it is served from here on. Raises UnknownSource or WrongState."""
    with db.write() as tx:
        return withdraw(tx, actor, source_id, reason)


def withdraw(tx: Transaction, actor: Actor, source_id: str, reason: str) -> Source:
    """Withdraw within a transaction; see `withdraw_source`."""
    require(actor, Permission.WITHDRAW_SOURCE)
    stated = require_reason(reason)
    found = _locked(tx, source_id)
    if found.status == "withdrawn":
        raise WrongState(f"{found.title} is withdrawn already.", help="Nothing was changed.")
    tx.execute(
        update(source).where(source.c.id == source_id).values(status="withdrawn", withdrawn_reason=stated)
    )
    record(tx, actor, "source.withdrawn", source_id, {"before": found.status}, free_text=stated)
    rematch(tx, found.product_id)
    return load_source(tx.connection, source_id)


def mark_indexed(tx: Transaction, actor: Actor, source_id: str, model: str, vectors: int) -> None:
    """Say that search finds the source from here on; a second time changes nothing."""
    changed = tx.execute(
        update(source)
        .where(source.c.id == source_id, source.c.indexed_at.is_(None))
        .values(indexed_at=tx.now)
    )
    if changed.rowcount:
        record(tx, actor, "source.indexed", source_id, {"model": model, "vectors": vectors})


def get_source(db: Database, source_id: str) -> Source:
    """One source. Raises UnknownSource."""
    with db.read() as connection:
        return load_source(connection, source_id)


def list_sources(db: Database, product: str | None = None, status: str | None = None) -> list[Source]:
    """The sources, of one product or all, of one status (as it is now, "expired" too) or all."""
    with db.read() as connection:
        conditions = [source.c.product_id == find_product(connection, product).id] if product else []
        found = load_sources(connection, *conditions)
    now = db.clock.now()
    return [s for s in found if status is None or s.status_at(now) == status]


def check_request(actor: Actor, request: SourceRequest, now: datetime) -> SourceRequest:
    """The request with its values cleaned. Called before a file is read, too, so that a typing error costs nothing.

    Raises NotAllowed or InvalidInput.
    """
    require(actor, Permission.ADD_SOURCE)
    if request.kind not in KINDS:
        raise InvalidInput(
            f"{request.kind} is not a kind of source.", help=f"The kinds are {', '.join(KINDS)}."
        )
    if request.language is not None and request.language not in LANGUAGES:
        raise InvalidInput(f"{request.language} is not a language that is read here.", help="Use fr or en.")
    if not request.product.strip():
        raise InvalidInput("A source belongs to a product.", help="Name it with --product.")
    if not request.markets:
        raise InvalidInput("A source is approved for at least one market.", help="Name it with --market.")
    if not request.uses or set(request.uses) - set(USES):
        raise InvalidInput("A use is missing or unknown.", help=f"The uses are {', '.join(USES)}.")
    if not request.audiences or not all(AUDIENCE.fullmatch(audience) for audience in request.audiences):
        raise InvalidInput("An audience is missing or cannot be one.", help="Use a word such as hcp.")
    if any(page < 1 for page in request.excluded_pages):
        raise InvalidInput("Pages are counted from 1.", help="Write --exclude-pages 3,7-9.")
    if request.display_right not in RIGHTS:
        raise InvalidInput(
            f"{request.display_right} is not a display right.", help=f"The rights are {', '.join(RIGHTS)}."
        )
    markets = tuple(known_market(market) for market in request.markets)
    approval = request.approval
    if approval is not None:
        require(actor, Permission.APPROVE_SOURCE)
        approval = _check_approval(approval, frozenset(markets), now)
    title = " ".join(request.title.split())[:_LONGEST_TEXT] if request.title else None
    return replace(request, markets=markets, approval=approval, title=title)


def _check_approval(request: ApprovalRequest, markets: frozenset[str], now: datetime) -> ApprovalRequest:
    reference = " ".join(request.reference.split())
    if not reference or len(reference) > _LONGEST_TEXT:
        raise InvalidInput(
            "An approval takes its reference.", help="Give the approval's number with --approval."
        )
    first, last = _today(markets, now)
    if request.approved_on > last:
        raise InvalidInput(
            f"The approval's date {request.approved_on} is in the future.",
            help="Give the day on which it was given.",
            field="approved_on",
        )
    if request.expires_on < request.approved_on:
        raise InvalidInput(
            f"The approval ends on {request.expires_on}, before it begins on {request.approved_on}.",
            help="Check both dates.",
            field="expires_on",
        )
    if request.expires_on < first:
        raise InvalidInput(
            f"The approval expired on {request.expires_on}.",
            help="Give the dates of an approval that holds today.",
            field="expires_on",
        )
    return replace(request, reference=reference)


def _today(markets: frozenset[str], now: datetime) -> tuple[date, date]:
    """The earliest and the latest date on the walls of these markets."""
    dates = [civil_date(now, market) for market in markets]
    return min(dates), max(dates)


def _require_replaceable(tx: Transaction, old_id: str, product_id: str, new_id_: str) -> None:
    old = _locked(tx, old_id)
    if old.product_id != product_id:
        raise Conflict(
            f"{old.title} belongs to {old.product}.",
            help="A source replaces one of the same product.",
            source=old_id,
        )
    if old.status == "withdrawn":
        raise WrongState(
            f"{old.title} is withdrawn.", help="There is nothing left to replace: leave out --replaces."
        )
    waiting = load_sources(tx.connection, source.c.replaces == old_id, source.c.status != "withdrawn")
    newer = old.replaced_by or next((s.id for s in waiting if s.id != new_id_), None)
    if newer is not None:
        raise Conflict(
            f"{old.title} is replaced by {newer} already.",
            help=f"Replace {newer} instead.",
            source=old_id,
            newer=newer,
        )


@dataclass(frozen=True, slots=True)
class _File:
    product_id: str
    identity: str
    reading_id: str
    sha256: str
    name: str


def _insert_source(tx: Transaction, actor: Actor, request: SourceRequest, file: _File) -> None:
    language = fitting_language(tx, request, file.reading_id, file.name)
    own_title = tx.execute(select(reading.c.title).where(reading.c.id == file.reading_id)).scalar()
    title = request.title or own_title or PurePath(file.name).stem
    named = {"title": title[:_LONGEST_TEXT], "file_name": file.name, "language": language}
    excluded = sorted({*request.excluded_pages, *turns_within(tx, request, file.reading_id, file.name)})
    times = [list(stretch) for stretch in request.excluded_times]
    tx.execute(
        insert(source).values(
            id=file.identity,
            product_id=file.product_id,
            sha256=file.sha256,
            reading_id=file.reading_id,
            kind=request.kind,
            status="pending",
            cite_notes=request.cite_notes,
            cite_questions=request.cite_questions,
            excluded_pages=excluded,
            excluded_times=times,
            display_right=request.display_right,
            reference=(request.reference or "")[:_LONGEST_TEXT],
            replaces=request.replaces,
            registered_by=actor.id,
            registered_at=tx.now,
            **named,
        )
    )
    scopes = {"market": request.markets, "audience": request.audiences, "use": request.uses}
    tx.execute(
        insert(source_scope),
        [
            {"source_id": file.identity, "scope": scope, "value": value}
            for scope, values in scopes.items()
            for value in dict.fromkeys(values)
        ],
    )
    details = {
        "product": file.product_id,
        "sha256": file.sha256,
        "reading": file.reading_id,
        "kind": request.kind,
        "cite_notes": request.cite_notes,
        "cite_questions": request.cite_questions,
        "deck": request.deck,
        "excluded_pages": excluded,
        "excluded_times": times,
        "display_right": request.display_right,
        "replaces": request.replaces,
        "named_sha256": columns_sha256(named, NAMED),
        **{f"{scope}s": sorted(set(values)) for scope, values in scopes.items()},
    }
    record(tx, actor, "source.registered", file.identity, details)


def _approve(tx: Transaction, actor: Actor, found: Source, request: ApprovalRequest) -> None:
    approval_id = new_id("approval")
    tx.execute(
        insert(approval_table).values(
            id=approval_id,
            source_id=found.id,
            reference=request.reference,
            approved_on=request.approved_on,
            expires_on=request.expires_on,
            recorded_by=actor.id,
            recorded_at=tx.now,
        )
    )
    tx.execute(update(source).where(source.c.id == found.id).values(status="approved"))
    tx.failpoint("approve:approved")
    details = {
        "approval": approval_id,
        "reference": request.reference,
        "approved_on": request.approved_on.isoformat(),
        "expires_on": request.expires_on.isoformat(),
    }
    record(tx, actor, "source.approved", found.id, details)
    if found.replaces is not None:
        _supersede(tx, actor, found.replaces, found.id)


def _supersede(tx: Transaction, actor: Actor, old_id: str, newer: str) -> None:
    old = _locked(tx, old_id)
    if old.replaced_by == newer or old.status == "withdrawn":
        return  # renewed, or withdrawn meanwhile: nothing is left to supersede
    if old.replaced_by is not None:
        raise Conflict(
            f"{old.title} is replaced by {old.replaced_by} already.",
            help=f"Replace {old.replaced_by} instead.",
        )
    tx.execute(update(source).where(source.c.id == old_id).values(status="superseded", replaced_by=newer))
    record(tx, actor, "source.superseded", old_id, {"before": old.status, "by": newer})


def _locked(tx: Transaction, source_id: str) -> Source:
    """The source, held until the transaction ends (SQLite has one writer at a time anyway)."""
    tx.execute(select(source.c.id).where(source.c.id == source_id).with_for_update())
    return load_source(tx.connection, source_id)


__all__ = [
    "ApprovalRequest",
    "Source",
    "SourceRequest",
    "approve",
    "approve_source",
    "check_request",
    "get_source",
    "list_sources",
    "mark_indexed",
    "register",
    "register_source",
    "source_json",
    "withdraw",
    "withdraw_source",
]
