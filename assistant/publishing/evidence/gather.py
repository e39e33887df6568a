"""What the database holds of a piece's making, review and use, as plain JSON."""

import json
from collections.abc import Container
from typing import Any

from sqlalchemy import Connection, select

from assistant.corpus.loading import load_source
from assistant.publishing.rows import publication_of
from assistant.review.adaptation import adaptation_json
from assistant.review.history import attestations_json, disputes_json, overrides_json
from assistant.review.kept_prompts import prompt_texts, templates_named
from assistant.review.model import Piece, Revision
from assistant.review.pieces import newest_revision
from assistant.review.policy_register import policy_text
from assistant.review.rounds import decisions_of_round, round_of, signatures_of, tasks_of_round
from assistant.review.shapes import (
    Names,
    decision_json,
    origins_json,
    piece_json,
    signature_json,
    workflow_json,
)
from assistant.review.view import comments_json
from assistant.store.clock import instant
from assistant.store.schema import approval as approval_table
from assistant.store.schema import finding as finding_table
from assistant.store.schema import publication as publication_table
from assistant.store.schema import recall as recall_table
from assistant.store.schema import review_round as round_table
from assistant.store.schema import revision as revision_table


def history_json(connection: Connection, piece: Piece, names: Names) -> dict[str, Any]:
    """The piece, its revisions, its publications with what was given at release, and its recalls."""
    revisions = connection.execute(
        select(revision_table).where(revision_table.c.piece_id == piece.id).order_by(revision_table.c.number)
    ).all()
    publications = connection.execute(
        select(publication_table)
        .where(publication_table.c.piece_id == piece.id)
        .order_by(publication_table.c.published_at, publication_table.c.id)
    )
    recalls = connection.execute(
        select(recall_table)
        .where(recall_table.c.piece_id == piece.id)
        .order_by(recall_table.c.recalled_at, recall_table.c.id)
    )
    return {
        "piece": piece_json(connection, piece, names),
        "revisions": [
            {
                "id": r.id,
                "number": r.number,
                "sha256": r.hash,
                "by": names.person(r.created_by),
                "at": instant(r.created_at),
            }
            for r in revisions
        ],
        "publications": [
            {
                "id": p.id,
                "manifest_hash": p.manifest_hash,
                "status": p.status,
                "release": dict(p.release),
                "by": names.person(p.published_by),
                "at": instant(p.published_at),
                "expires_on": p.expires_on.isoformat() if p.expires_on else None,
            }
            for p in map(publication_of, publications)
        ],
        "recalls": [
            {
                "publication": r.publication_id,
                "cause": r.cause,
                "reason": r.reason,
                "by": names.person(r.recalled_by),
                "at": instant(r.recalled_at),
            }
            for r in recalls
        ],
    }


def sources_json(connection: Connection, revision: Revision, names: Names) -> list[dict[str, Any]]:
    """Every cited source: its file's hash, its scope, and each approval that was recorded, oldest first."""
    cited = sorted({c.source for s in revision.document.segments for c in s.citations})
    return [_source(connection, source_id, names) for source_id in cited]


def _source(connection: Connection, source_id: str, names: Names) -> dict[str, Any]:
    found = load_source(connection, source_id)
    approvals = connection.execute(
        select(approval_table)
        .where(approval_table.c.source_id == source_id)
        .order_by(approval_table.c.recorded_at, approval_table.c.id)
    )
    return {
        "id": found.id,
        "title": found.title,
        "kind": found.kind,
        "language": found.language,
        "file_name": found.file_name,
        "file_sha256": found.sha256,
        "reading": found.reading_id,
        "reference": found.reference,
        "status": found.status,
        "withdrawn_reason": found.withdrawn_reason,
        "replaces": found.replaces,
        "replaced_by": found.replaced_by,
        "display_right": found.display_right,
        "markets": sorted(found.markets),
        "audiences": sorted(found.audiences),
        "uses": sorted(found.uses),
        "excluded_pages": sorted(found.excluded_pages),
        "approvals": [
            {
                "reference": a.reference,
                "approved_on": a.approved_on.isoformat(),
                "expires_on": a.expires_on.isoformat(),
                "recorded_by": names.person(a.recorded_by),
                "recorded_at": instant(a.recorded_at),
            }
            for a in approvals
        ],
    }


def findings_json(connection: Connection, revision: Revision, language: str) -> list[dict[str, Any]]:
    """What the checks found at each stage, with the version of the rule pack that found it."""
    rows = connection.execute(
        select(finding_table)
        .where(finding_table.c.revision_id == revision.id)
        .order_by(finding_table.c.stage, finding_table.c.rule, finding_table.c.place, finding_table.c.id)
    )
    return [
        {
            "checked_at": r.stage,
            "rule": r.rule,
            "severity": r.severity,
            "where": r.place,
            "message": r.messages.get(language) or r.messages["en"],
            "evidence": r.evidence,
            "overridable": r.overridable,
            "rule_source": r.rule_source,
            "pack_version": r.pack_version,
            "at": instant(r.created_at),
        }
        for r in rows
    ]


def review_json(connection: Connection, piece: Piece, names: Names) -> dict[str, Any]:
    """Every round with its tasks and decisions; comments, attestations, overrides and disputes with who and why."""
    rounds = connection.execute(
        select(round_table).where(round_table.c.piece_id == piece.id).order_by(round_table.c.number)
    )
    return {
        "rounds": [
            {
                "id": r.id,
                "number": r.number,
                "revision": r.revision_id,
                "status": r.status,
                "override_request": r.override_request,
                "submitted_by": names.person(r.submitted_by),
                "submitted_at": instant(r.submitted_at),
                "closed_at": instant(r.closed_at),
                "workflow": workflow_json(r, tasks_of_round(connection, r.id)),
                "tasks": [
                    {
                        "id": t.id,
                        "role": t.role,
                        "step": t.step + 1,
                        "status": t.status,
                        "assignee": names.person(t.assignee_id),
                        "for": names.person(t.for_id),
                    }
                    for t in tasks_of_round(connection, r.id)
                ],
                "decisions": [
                    decision_json(connection, d, names) for d in decisions_of_round(connection, r.id)
                ],
            }
            for r in map(round_of, rounds)
        ],
        "comments": comments_json(connection, piece.id, names, newest_revision(connection, piece)),
        "attestations": attestations_json(connection, piece.id, names),
        "overrides": [
            {"revision": revision, **one} for revision, one in overrides_json(connection, piece.id, names)
        ],
        "disputes": [
            {"revision": revision, **one} for revision, one in disputes_json(connection, piece.id, names)
        ],
    }


def origins_of_texts(
    connection: Connection, piece: Piece, revision: Revision, names: Names
) -> dict[str, Any]:
    """Who wrote each text of the revision, and what the piece was adapted from."""
    return {
        "revision": revision.number,
        "written": origins_json(connection, revision.id, names),
        "adapted_from": adaptation_json(connection, piece.id),
    }


def policies_of(connection: Connection, piece: Piece) -> dict[str, bytes]:
    """The policies under which the piece was submitted, each as the bytes of which its name is the SHA-256."""
    hashes = connection.scalars(
        select(round_table.c.policy_hash).where(round_table.c.piece_id == piece.id).distinct()
    )
    kept = {one: policy_text(connection, one) for one in sorted(filter(None, hashes))}
    return {f"policies/{one}.json": text.encode() for one, text in kept.items() if text is not None}


def signatures_json(connection: Connection, manifest_hash: str | None) -> list[dict[str, Any]]:
    """Every signature on that manifest: printed name, role, meaning, instant with its zone (21 CFR 11.50)."""
    if manifest_hash is None:
        return []
    return [signature_json(signature) for signature in signatures_of(connection, manifest_hash)]


def wording_of(
    connection: Connection, revision: Revision
) -> tuple[dict[str, Any], list[dict[str, str | None]], dict[str, bytes]]:
    """How the text came about: its provenance, which templates it names, and those templates' own text by member.

    A template whose text was not kept (a draft from before they were, and another one is installed since) has `file`
    None. Raises IntegrityError where a kept text was changed.
    """
    provenance = json.loads(json.dumps(dict(revision.provenance), default=str))
    named = templates_named(provenance)
    texts = prompt_texts(connection, [one["sha256"] for one in named])
    files: dict[str, bytes] = {}
    listed: list[dict[str, str | None]] = []
    for one in named:
        data = texts.get(one["sha256"])
        file = None if data is None else _file_of(one, files)
        if data is not None and file is not None:
            files[file] = data
        listed.append({**one, "file": file})
    return provenance, listed, files


def _file_of(named: dict[str, str], taken: Container[str]) -> str:
    plain = f"prompts/{named['name']}.j2"
    return plain if plain not in taken else f"prompts/{named['name']}.{named['sha256'][:16]}.j2"
