"""The checks, run on a revision as the world is now, and kept."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from math import isfinite
from typing import Any

import rfc8785
from sqlalchemy import Connection, delete, insert, select

from assistant.audit.trail import record
from assistant.corpus.claims import approved_claims
from assistant.corpus.eligibility import source_facts
from assistant.corpus.footnotes import registered
from assistant.corpus.products import find_product
from assistant.corpus.sheet import sheet_for
from assistant.people.roles import SYSTEM, Actor
from assistant.retrieval.beside import beside_in
from assistant.retrieval.still_read import cited_evidence
from assistant.retrieval.wholes import wholes_of
from assistant.review.judging import notes_of
from assistant.review.model import NewPiece, Piece, Revision
from assistant.review.pieces import editors
from assistant.store.clock import civil_date
from assistant.store.database import Transaction
from assistant.store.ids import new_id
from assistant.store.schema import attestation as attestation_table
from assistant.store.schema import finding as finding_table
from assistant.store.schema import manifest as manifest_table
from guardrails.attestation import fingerprint
from guardrails.model import CheckContext, Document, Finding, Report, Stage
from guardrails.runner import run


def attested_lineages(
    connection: Connection, piece: Piece, revision: Revision, wrote: frozenset[str] | None = None
) -> frozenset[str]:
    """Lineages whose text and citations, as they stand in the revision, a medical reviewer attested who has not edited
    the piece since. `wrote`: its `editors`, where they are known already.
    """
    rows = connection.execute(
        select(
            attestation_table.c.lineage, attestation_table.c.fingerprint, attestation_table.c.user_id
        ).where(attestation_table.c.piece_id == piece.id)
    )
    wrote = editors(connection, piece) if wrote is None else wrote
    given = {(row.lineage, row.fingerprint) for row in rows if row.user_id not in wrote}
    if not given:
        return frozenset()
    return frozenset(s.id for s in revision.document.segments if (s.id, fingerprint(s)) in given)


def context_for(
    connection: Connection,
    now: datetime,
    piece: Piece,
    revision: Revision,
    stage: Stage,
    *,
    visa: Mapping[str, object] | None = None,
    extra: Mapping[str, object] | None = None,
    attested: frozenset[str] | None = None,
) -> CheckContext:
    """Everything the checks may look at, as plain data: the product, the cited passages and sources, the attestations.

    `visa` and `extra` carry what a release adds (number and dates), `attested` what is known to be attested. The date is the one on the wall in the market.
    """
    given = _context(connection, now, piece, revision.document, stage)
    return replace(
        given,
        visa=visa,
        manifest_hash=connection.scalar(
            select(manifest_table.c.hash).where(manifest_table.c.revision_id == revision.id)
        ),
        attested=attested_lineages(connection, piece, revision) if attested is None else attested,
        extra={**given.extra, "judgements": notes_of(revision.provenance), **(extra or {})},
    )


def _context(
    connection: Connection, now: datetime, piece: Piece | NewPiece, document: Document, stage: Stage
) -> CheckContext:
    today = civil_date(now, piece.market)
    product = find_product(connection, piece.product_id)
    cited = [citation for segment in document.segments for citation in segment.citations]
    source_ids = list(dict.fromkeys(citation.source for citation in cited))
    found = cited_evidence(connection, cited)
    return CheckContext(
        today=today,
        stage=stage,
        market=piece.market,
        language=piece.language,
        audience=piece.audience,
        qualification=piece.qualification,
        product={
            **sheet_for(product.sheet, piece.market),
            "name": product.name,
            "status": product.status,
            "frozen_reason": product.frozen_reason,
        },
        evidence=found.evidence,
        beside=beside_in(connection, found.evidence),
        wholes=wholes_of(connection, source_ids),
        sources=source_facts(connection, source_ids, today),
        channel=piece.channel,
        extra={
            "registered": registered(connection, piece.product_id, _footnotes(document)),
            "claims": _claims(connection, piece, today),
            "read_otherwise": found.read_otherwise,
        },
    )


def _claims(connection: Connection, piece: Piece | NewPiece, today: date) -> list[dict[str, object]]:
    """The library of approved claims as plain data."""
    found = approved_claims(connection, piece.product_id, piece.market, piece.language, today)
    return [
        {"id": c.id, "text": c.text, "variants": list(c.variants), "safety_text": c.safety_text}
        for c in found
    ]


def _footnotes(document: Document) -> list[str]:
    return [note.text for s in document.segments for c in s.citations for note in c.references]


def report_on(
    connection: Connection,
    now: datetime,
    piece: Piece,
    revision: Revision,
    stage: Stage,
    attested: frozenset[str] | None = None,
) -> Report:
    """What the checks say of the revision now. Nothing is kept."""
    return run(revision.document, context_for(connection, now, piece, revision, stage, attested=attested))


def report_on_draft(
    connection: Connection, now: datetime, new: NewPiece, document: Document, stage: Stage
) -> Report:
    """What the checks would say of a document that is not stored yet."""
    return run(document, _context(connection, now, new, document, stage))


def check_revision(
    tx: Transaction, piece: Piece, revision: Revision, stage: Stage, actor: Actor = SYSTEM
) -> Report:
    """Run the checks at that stage and keep their findings instead of those of an earlier run."""
    report = report_on(tx.connection, tx.now, piece, revision, stage)
    save_report(tx, actor, piece, revision, stage, report)
    return report


def save_report(
    tx: Transaction, actor: Actor, piece: Piece, revision: Revision, stage: Stage, report: Report
) -> None:
    """Keep the findings of this run; the audit entry keeps their number and digest, and that of the rules, for good."""
    tx.execute(delete(finding_table).where(finding_table.c.revision_id == revision.id))
    rows = [_row(found, revision, stage, report.pack_version) for found in report.findings]
    if rows:
        tx.execute(insert(finding_table), [{**row, "created_at": tx.now} for row in rows])
    tx.failpoint("checks:findings")
    digest = [[row["rule"], row["severity"], row["place"], row["evidence"]] for row in rows]
    details = {
        "revision": revision.id,
        "stage": stage,
        "findings": dict(sorted(Counter(found.severity for found in report.findings).items())),
        "findings_sha256": hashlib.sha256(rfc8785.dumps(digest)).hexdigest(),
        "pack_version": report.pack_version,
    }
    record(tx, actor, "piece.checked", piece.id, details)


def _row(found: Finding, revision: Revision, stage: Stage, pack_version: str) -> dict[str, Any]:
    return {
        "id": new_id("finding"),
        "revision_id": revision.id,
        "stage": stage,
        "rule_stage": found.stage,
        "rule": found.rule,
        "severity": found.severity,
        "place": found.where,
        "messages": dict(found.messages),
        "evidence": plain(found.evidence),
        "overridable": found.overridable,
        "rule_source": found.source,
        "pack_version": pack_version,
    }


def plain(value: object) -> Any:
    """The value as JSON: tuples and sets become lists, anything else that JSON does not know its text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=str)
    if value is None or isinstance(value, str | bool | int) or (isinstance(value, float) and isfinite(value)):
        return value
    return str(value)
