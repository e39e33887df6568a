"""What is signed: canonical JSON (RFC 8785) that names the text, its sources, its rules and the bytes of its renditions."""

import hashlib
from collections.abc import Sequence
from typing import Any

import rfc8785
from sqlalchemy import Connection, select

from assistant.corpus.products import find_product
from assistant.errors import IntegrityError
from assistant.review.checking import plain
from assistant.review.model import Piece, Rendition, Revision
from assistant.store.schema import approval as approval_table
from assistant.store.schema import manifest as manifest_table
from assistant.store.schema import rendition as rendition_table
from assistant.store.schema import revision as revision_table
from assistant.store.schema import source as source_table

SCHEMA = "ancrage-manifest/1"
OUTSIDE = ("visa_number", "visa_granted_on", "visa_expires_on")
"""Facts of the release that are not known when the piece is signed."""


def build_manifest(
    connection: Connection,
    piece: Piece,
    revision: Revision,
    renditions: Sequence[Rendition],
    templates: Sequence[dict[str, str]],
    pack_version: str,
) -> str:
    """The canonical manifest of the revision, with the piece's qualification, audience and channel as they are given.

    `templates` are {"name", "version", "sha256"} of whatever shaped the renditions.
    """
    product = find_product(connection, piece.product_id)
    tokens = sorted({s.text.strip() for s in revision.document.segments if s.kind == "token"})
    return rfc8785.dumps(
        {
            "schema": SCHEMA,
            "piece": piece.id,
            "kind": piece.kind,
            "product": {"id": product.id, "name": product.name},
            "market": piece.market,
            "audience": piece.audience,
            "channel": piece.channel,
            "qualification": piece.qualification,
            "language": piece.language,
            "locale": piece.language,
            "revision": {"id": revision.id, "number": revision.number, "document_sha256": revision.hash},
            "sources": _sources(connection, revision),
            "engine": {
                "name": piece.engine,
                "provenance_sha256": hashlib.sha256(rfc8785.dumps(plain(revision.provenance))).hexdigest(),
            },
            "templates": list(templates),
            "pack_version": pack_version,
            "renditions": [
                {"name": made.name, "media_type": made.media_type, "sha256": made.sha256}
                for made in renditions
            ],
            "outside": [*OUTSIDE, *tokens],
        }
    ).decode()


def manifest_hash(canonical: str) -> str:
    """SHA-256, in hexadecimal, of a manifest."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def _sources(connection: Connection, revision: Revision) -> list[dict[str, Any]]:
    """Each cited source: its bytes, its readings that are quoted, and the approval under which it was used."""
    readings: dict[str, set[str]] = {}
    for segment in revision.document.segments:
        for cited in segment.citations:
            readings.setdefault(cited.source, set()).add(cited.reading)
    if not readings:
        return []
    rows = connection.execute(
        select(source_table.c.id, source_table.c.sha256)
        .where(source_table.c.id.in_(list(readings)))
        .order_by(source_table.c.id)
    )
    return [
        {
            "id": row.id,
            "sha256": row.sha256,
            "readings": sorted(readings[row.id]),
            "approval": _approval(connection, row.id),
        }
        for row in rows
    ]


def _approval(connection: Connection, source_id: str) -> str | None:
    reference: str | None = connection.scalar(
        select(approval_table.c.reference)
        .where(approval_table.c.source_id == source_id)
        .order_by(approval_table.c.recorded_at.desc(), approval_table.c.id.desc())
        .limit(1)
    )
    return reference


def verify_manifest(connection: Connection, expected_hash: str) -> dict[str, Any]:
    """The manifest with that hash, after everything stored that it names has been hashed again.

    Raises IntegrityError where the manifest, the document or a rendition is not what was signed.
    """
    import json

    row = connection.execute(select(manifest_table).where(manifest_table.c.hash == expected_hash)).first()
    if row is None or manifest_hash(row.canonical) != expected_hash:
        raise _broken("the manifest", expected_hash)
    manifest: dict[str, Any] = json.loads(row.canonical)
    document = connection.scalar(
        select(revision_table.c.document).where(revision_table.c.id == row.revision_id)
    )
    signed_document = manifest["revision"]["document_sha256"]
    if document is None or hashlib.sha256(document.encode()).hexdigest() != signed_document:
        raise _broken("the document", expected_hash)
    stored = {
        found.name: hashlib.sha256(found.bytes).hexdigest()
        for found in connection.execute(
            select(rendition_table).where(rendition_table.c.revision_id == row.revision_id)
        )
    }
    if stored != {signed["name"]: signed["sha256"] for signed in manifest["renditions"]}:
        raise _broken("a rendition", expected_hash)
    return manifest


def stored_rendition(connection: Connection, revision_id: str, name: str) -> bytes | None:
    """The bytes of a rendition that are, or were, to be signed; none of a revision that never went to review.

    Raises IntegrityError where they are not those that its manifest names.
    """
    import json

    row = connection.execute(
        select(manifest_table.c.hash, manifest_table.c.canonical, rendition_table.c.bytes)
        .join(rendition_table, rendition_table.c.revision_id == manifest_table.c.revision_id)
        .where(manifest_table.c.revision_id == revision_id, rendition_table.c.name == name)
    ).first()
    if row is None:
        return None
    named = {made["name"]: made["sha256"] for made in json.loads(row.canonical)["renditions"]}
    if hashlib.sha256(row.bytes).hexdigest() != named.get(name):
        raise _broken("a rendition", row.hash)
    return bytes(row.bytes)


def _broken(what: str, expected: str) -> IntegrityError:
    return IntegrityError(
        f"What is stored is not what was signed: {what} does not agree with the hash {expected[:12]}….",
        help="Nothing was published. Restore the database from a backup and run `ancrage audit verify`.",
        manifest=expected,
    )
