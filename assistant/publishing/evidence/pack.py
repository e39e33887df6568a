"""The evidence pack of a piece: made in one go, its root recorded in the audit trail."""

from typing import Any

from sqlalchemy import Connection, select

from assistant.audit.trail import record
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.evidence.archive import Pack, packed, plain_json
from assistant.publishing.evidence.excerpts import Draws, Excerpts, excerpts_of
from assistant.publishing.evidence.gather import (
    findings_json,
    history_json,
    origins_of_texts,
    policies_of,
    review_json,
    signatures_json,
    sources_json,
    wording_of,
)
from assistant.publishing.evidence.release import confirmations_json, release_json
from assistant.publishing.evidence.summary import summary_html
from assistant.publishing.evidence.trail import slice_of
from assistant.publishing.evidence.verify import rendition_member
from assistant.publishing.rows import last_publication
from assistant.review.documents import document_to_json
from assistant.review.manifest import verify_manifest
from assistant.review.model import Piece, Revision
from assistant.review.pieces import load_piece, load_revision, newest_revision
from assistant.review.shapes import Names
from assistant.store.database import Database
from assistant.store.schema import manifest as manifest_table
from assistant.store.schema import rendition as rendition_table
from assistant.store.schema import revision as revision_table


def evidence_pack(
    db: Database, actor: Actor, piece_id: str, pictures: Draws, *, outside: bool = False
) -> Pack:
    """Everything that proves the piece, as one archive; the same piece gives the same bytes until something happens to it.

    It proves the revision that was published last, else the one that went to review last, else the newest. With
    `outside` it is for people outside the company: only pages that their display right lets be shown are in it.
    Raises NotAllowed, UnknownPiece, IntegrityError where what is stored is not what was signed.
    """
    require(actor, Permission.READ_PIECES)
    with db.read() as connection:
        piece = load_piece(connection, piece_id)
        members, about, excerpts = _members(connection, piece, outside=outside)
    members |= excerpts.drawn(pictures)
    members["excerpts.json"] = plain_json(excerpts.listed)
    members["summary.html"] = summary_html(members, piece.language)
    pack = packed("evidence", members, about)
    with db.write() as tx:
        details = {
            "root": pack.root,
            "members": len(pack.members),
            "manifest": about["manifest_hash"],
            "anchor": about["anchor"]["number"],
            "outside": outside,
        }
        record(tx, actor, "evidence.packed", piece.id, details)
    return pack


def _members(
    connection: Connection, piece: Piece, *, outside: bool
) -> tuple[dict[str, bytes], dict[str, Any], Excerpts]:
    revision, manifest_hash = revision_to_prove(connection, piece)
    names = Names(connection)
    signed = signed_members(connection, revision, manifest_hash)
    provenance, named, prompts = wording_of(connection, revision)
    trail, notes, anchor = slice_of(connection, [piece.id])
    members = {
        **signed,
        **prompts,
        **policies_of(connection, piece),
        "piece.json": plain_json(history_json(connection, piece, names)),
        "sources.json": plain_json(sources_json(connection, revision, names)),
        "origins.json": plain_json(origins_of_texts(connection, piece, revision, names)),
        "provenance.json": plain_json(provenance),
        "prompts.json": plain_json(named),
        "findings.json": plain_json(findings_json(connection, revision, piece.language)),
        "review.json": plain_json(review_json(connection, piece, names)),
        "signatures.json": plain_json(signatures_json(connection, manifest_hash)),
        "release.json": plain_json(release_json(connection, piece, names)),
        "confirmations.json": plain_json(confirmations_json(connection, piece)),
        "audit/trail.jsonl": trail,
        "audit/notes.json": plain_json(notes),
    }
    about = {
        "piece": piece.id,
        "revision": revision.id,
        "manifest_hash": manifest_hash,
        "anchor": anchor,
        "outside": outside,
    }
    return members, about, excerpts_of(connection, revision, outside=outside)


def revision_to_prove(connection: Connection, piece: Piece) -> tuple[Revision, str | None]:
    """The revision that was published last, else submitted last, else the newest; and its manifest's hash."""
    published = last_publication(connection, piece.id)
    if published is not None:
        return load_revision(connection, published.revision_id), published.manifest_hash
    row = connection.execute(
        select(manifest_table.c.hash, manifest_table.c.revision_id)
        .join(revision_table, revision_table.c.id == manifest_table.c.revision_id)
        .where(revision_table.c.piece_id == piece.id)
        .order_by(revision_table.c.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return newest_revision(connection, piece), None
    return load_revision(connection, row.revision_id), row.hash


def signed_members(connection: Connection, revision: Revision, manifest_hash: str | None) -> dict[str, bytes]:
    """The text, and where it was submitted its manifest and renditions, byte for byte as they were stored.

    Raises IntegrityError where they are not what was signed.
    """
    document = connection.scalar(select(revision_table.c.document).where(revision_table.c.id == revision.id))
    members = {"document.json": (document or document_to_json(revision.document)).encode()}
    if manifest_hash is None:
        return members
    verify_manifest(connection, manifest_hash)
    canonical = connection.scalar(
        select(manifest_table.c.canonical).where(manifest_table.c.hash == manifest_hash)
    )
    renditions = connection.execute(
        select(rendition_table).where(rendition_table.c.revision_id == revision.id)
    )
    members["manifest.json"] = str(canonical).encode()
    return members | {rendition_member(made.name): bytes(made.bytes) for made in renditions}


def pack_json(piece_id: str, pack: Pack) -> dict[str, Any]:
    """What a command says of a pack; `root` is to be kept apart from it."""
    return {
        "piece": piece_id,
        "root": pack.root,
        "members": len(pack.members),
        "bytes": len(pack.content),
        "names": sorted(pack.members),
    }
