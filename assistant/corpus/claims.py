"""Approved claims: kept in rows, matched to their references, and left out where they do not hold."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from assistant.corpus.claim_match import Document, Verdict
from assistant.corpus.eligibility import holds_on
from assistant.corpus.loading import load_source, load_sources
from assistant.corpus.model import Source
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database, Transaction
from assistant.store.schema import approved_claim, page, product, reading, sentence, source
from ingestion.approved_claims import ClaimRow, claim_rows

_ENDED = {"superseded", "withdrawn"}


@dataclass(frozen=True, slots=True)
class ApprovedClaim:
    """A claim that holds now, as a check may compare a text with it."""

    id: str
    version: str
    text: str
    variants: tuple[str, ...]
    safety_text: str
    source: str
    page: int
    language: str
    match: str


def rematch(tx: Transaction, product_id: str) -> None:
    """Match the claims of a product anew: after a source of it was registered, approved, superseded or withdrawn."""
    sheets = load_sources(
        tx.connection,
        source.c.product_id == product_id,
        source.c.kind == "claims",
        source.c.status.not_in(_ENDED),
    )
    if not sheets:
        return
    others = load_sources(tx.connection, source.c.product_id == product_id, source.c.kind != "claims")
    documents: dict[str, Document] = {}
    for sheet in sheets:
        rows = [
            _row(sheet, claim, *_judged(tx.connection, claim, others, documents), tx)
            for claim in _claims_of(tx.connection, sheet)
        ]
        tx.execute(delete(approved_claim).where(approved_claim.c.source_id == sheet.id))
        if rows:
            tx.execute(insert(approved_claim), rows)


def matches_of(connection: Connection, product_id: str) -> dict[tuple[str, int, str], tuple[str, str | None]]:
    """How each claim of a product's sheets stands: by sheet, page and id, its match and the source that it refers to."""
    columns = approved_claim.c
    rows = connection.execute(
        select(columns.source_id, columns.page, columns.claim_id, columns.match, columns.match_source)
        .join(source, source.c.id == columns.source_id)
        .where(source.c.product_id == product_id)
    )
    return {(row.source_id, row.page, row.claim_id): (row.match, row.match_source) for row in rows}


def claims_left_out(
    connection: Connection, source_ids: Sequence[str], market: str, today: date
) -> dict[str, frozenset[int]]:
    """Of claims sheets among these sources, the pages whose claims do not hold in this market on this day."""
    columns = (
        approved_claim.c.source_id,
        approved_claim.c.page,
        approved_claim.c.markets,
        approved_claim.c.expires_on,
        approved_claim.c.readable_expiry,
    )
    rows = connection.execute(select(*columns).where(approved_claim.c.source_id.in_(list(source_ids))))
    out: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if not _holds(row, market, today):
            out[row.source_id].add(row.page)
    return {identity: frozenset(pages) for identity, pages in out.items()}


def approved_claims(
    connection: Connection, product_id: str, market: str, language: str, today: date
) -> list[ApprovedClaim]:
    """The claims that hold for a product in a market and language on its date: of approved sheets, in date themselves."""
    sheets = {
        found.id
        for found in load_sources(
            connection,
            source.c.product_id == product_id,
            source.c.kind == "claims",
            source.c.status == "approved",
            product.c.status == "active",
        )
        if market in found.markets and holds_on(found, today)
    }
    if not sheets:
        return []
    rows = connection.execute(
        select(approved_claim)
        .where(approved_claim.c.source_id.in_(sheets), approved_claim.c.language == language)
        .order_by(approved_claim.c.source_id, approved_claim.c.page)
    )
    return [
        ApprovedClaim(
            row.claim_id,
            row.version,
            row.text,
            tuple(row.variants),
            row.safety_text,
            row.source_id,
            row.page,
            row.language,
            row.match,
        )
        for row in rows
        if _holds(row, market, today)
    ]


def shown_claims(db: Database, actor: Actor, source_id: str) -> dict[str, Any]:
    """Every claim of a sheet with its match, and how many match how. Raises NotAllowed, UnknownSource or InvalidInput."""
    require(actor, Permission.READ_SOURCES)
    with db.read() as connection:
        found = load_source(connection, source_id)
        if found.kind != "claims":
            raise InvalidInput(
                f"{found.title} is no claims sheet.", help="See the sheets with `ancrage source list`."
            )
        claims = claims_json(connection, source_id)
    return {"source": source_id, "claims": claims, "counts": counts(claims)}


def claims_json(connection: Connection, source_id: str) -> list[dict[str, Any]]:
    """The claims of a sheet in its order."""
    rows = connection.execute(
        select(approved_claim, source.c.title.label("match_title"))
        .outerjoin(source, source.c.id == approved_claim.c.match_source)
        .where(approved_claim.c.source_id == source_id)
        .order_by(approved_claim.c.page)
    )
    return [
        {
            "page": row.page,
            "id": row.claim_id,
            "version": row.version,
            "text": row.text,
            "variants": list(row.variants),
            "document": row.document,
            "section": row.section,
            "cited_page": row.cited_page,
            "safety_text": row.safety_text,
            "markets": list(row.markets),
            "expires_on": row.expires_on.isoformat() if row.expires_on else None,
            "expiry_readable": bool(row.readable_expiry),
            "language": row.language,
            "match": {
                "status": row.match,
                "source": row.match_source,
                "title": row.match_title,
                "page": row.match_page,
                **row.match_detail,
            },
        }
        for row in rows
    ]


def counts(claims: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many claims match how."""
    told: dict[str, int] = {}
    for claim in claims:
        status = str(claim["match"]["status"])
        told[status] = told.get(status, 0) + 1
    return told


def _holds(row: Any, market: str, today: date) -> bool:
    """A claim names no market: those of its sheet hold. A date that cannot be read holds for nothing."""
    in_market = not row.markets or market in row.markets
    return in_market and bool(row.readable_expiry) and (row.expires_on is None or today <= row.expires_on)


def _claims_of(connection: Connection, sheet: Source) -> list[ClaimRow]:
    rows = connection.execute(
        select(page.c.number, page.c.title, page.c.text)
        .where(page.c.reading_id == sheet.reading_id)
        .order_by(page.c.number)
    )
    meta = connection.execute(select(reading.c.meta).where(reading.c.id == sheet.reading_id)).scalar_one()
    return claim_rows([(row.number, row.title or "", row.text) for row in rows], meta)


def _judged(
    connection: Connection, claim: ClaimRow, others: Sequence[Source], documents: dict[str, Document]
) -> tuple[Verdict, Source | None]:
    if not claim.document:
        return Verdict("no_reference"), None
    found = _referenced(claim.document, others)
    if found is None:
        return Verdict("not_registered"), None
    if found.status == "withdrawn":
        return Verdict("source_withdrawn"), found
    if found.id not in documents:
        documents[found.id] = _document(connection, found)
    return documents[found.id].match(claim), found


def _referenced(named: str, others: Sequence[Source]) -> Source | None:
    """The source that a sheet names by its file, title or id; a superseded one leads to its newest version."""
    wanted = " ".join(named.split()).casefold()

    def is_meant(found: Source) -> bool:
        names = (found.id, found.file_name, PurePath(found.file_name).stem, found.title)
        return wanted in {" ".join(name.split()).casefold() for name in names}

    meant = [found for found in others if is_meant(found)]
    by_id = {found.id: found for found in others}
    # The one in force first; of several, the last registered.
    meant.sort(
        key=lambda found: (found.status == "approved", found.status not in _ENDED, found.registered_at)
    )
    found = meant[-1] if meant else None
    seen: set[str] = set()
    while found is not None and found.status == "superseded" and found.replaced_by in by_id:
        if found.id in seen:
            break
        seen.add(found.id)
        found = by_id[found.replaced_by]
    return found


def _document(connection: Connection, found: Source) -> Document:
    rows = connection.execute(
        select(sentence.c.text, sentence.c.parts, sentence.c.layer)
        .where(sentence.c.reading_id == found.reading_id, sentence.c.kind != "heading")
        .order_by(sentence.c.ordinal)
    )
    usable = [
        (row.parts[0][0], row.text)
        for row in rows
        if row.layer not in found.layers_left_out
        and found.excluded_pages.isdisjoint(part[0] for part in row.parts)
    ]
    return Document(usable, found.language)


def _row(
    sheet: Source, claim: ClaimRow, verdict: Verdict, found: Source | None, tx: Transaction
) -> dict[str, Any]:
    return {
        "source_id": sheet.id,
        "page": claim.page,
        "claim_id": claim.id,
        "version": claim.version,
        "text": claim.text,
        "variants": list(claim.variants),
        "document": claim.document,
        "section": claim.section,
        "cited_page": claim.cited_page,
        "safety_text": claim.safety_text,
        "markets": ["UK" if market == "GB" else market for market in claim.markets],
        "expires_on": claim.expires_on,
        "readable_expiry": int(not claim.expires.strip() or claim.expires_on is not None),
        "language": claim.language if claim.language in {"fr", "en"} else sheet.language,
        "match": verdict.match,
        "match_source": found.id if found is not None else None,
        "match_page": verdict.page,
        "match_detail": verdict.detail,
        "matched_at": tx.now,
    }
