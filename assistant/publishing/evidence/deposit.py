"""The deposit pack: what an authority is given of a signed piece, as one archive that can be checked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from assistant.audit.trail import record
from assistant.corpus.loading import load_source
from assistant.corpus.products import find_product
from assistant.corpus.references import reference_json
from assistant.corpus.sheet import sheet_for
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.conditions.calendars import outlook_on
from assistant.publishing.conditions.data import Condition, conditions_of
from assistant.publishing.conditions.records import HOLDING, ReleaseRecord, records_of
from assistant.publishing.conditions.target import Target, target_of
from assistant.publishing.evidence.archive import Pack, packed, plain_json
from assistant.publishing.evidence.deposit_words import FORM_WORDS, WORDS
from assistant.publishing.evidence.excerpts import Draws, Excerpts, excerpts_of
from assistant.publishing.evidence.gather import signatures_json
from assistant.publishing.evidence.pack import signed_members
from assistant.publishing.evidence.summary import environment
from assistant.review.changes import compare
from assistant.review.manifest import verify_manifest
from assistant.review.model import Piece, Revision
from assistant.review.pieces import load_piece, load_revision
from assistant.review.word_diff import word_diff
from assistant.store.clock import civil_date
from assistant.store.database import Database


def deposit_pack(db: Database, actor: Actor, piece_id: str, pictures: Draws) -> Pack:
    """The signed piece, its marked references, its changes and the form's facts, as one archive; its root is audited.

    An authority is shown the pages that the house may see itself. Raises NotAllowed,
    UnknownPiece, WrongState before the piece is signed, IntegrityError where what is stored is not what was signed.
    """
    require(actor, Permission.RECORD_RELEASE)
    with db.read() as connection:
        piece = load_piece(connection, piece_id)
        target = target_of(connection, piece, "be deposited")
        verify_manifest(connection, target.manifest_hash)
        today = civil_date(db.clock.now(), piece.market)
        members, excerpts = _members(connection, piece, target, today)
    members |= excerpts.drawn(pictures)
    members["references/excerpts.json"] = plain_json(excerpts.listed)
    members["summary.html"] = _summary(members, excerpts, piece.language)
    pack = packed("deposit", members, {"piece": piece.id, "manifest_hash": target.manifest_hash})
    with db.write() as tx:
        details = {"root": pack.root, "members": len(pack.members), "manifest": target.manifest_hash}
        record(tx, actor, "deposit.packed", piece.id, details)
    return pack


def _members(
    connection: Connection, piece: Piece, target: Target, today: date
) -> tuple[dict[str, bytes], Excerpts]:
    revision = load_revision(connection, target.revision_id)
    condition = next(iter(conditions_of(piece)), None)
    records = [] if condition is None else _live(connection, piece, condition)
    granted = _last_granted(records, condition, target, today)
    signatures = signatures_json(connection, target.manifest_hash)
    sources = _references(connection, revision)
    form = {
        **_about(connection, piece, condition),
        **_request(connection, piece, condition, records, target, today),
        "previous_number": granted.number if granted else None,
        "manifest_hash": target.manifest_hash,
        "statements": sum(s.kind == "statement" for s in revision.document.segments),
        "sources": len(sources),
        "signed_by": [f"{s['by']['name']} ({s['role']}), {s['at']}" for s in signatures],
        "made_on": today.isoformat(),
    }
    members = {
        **signed_members(connection, revision, target.manifest_hash),
        "form.json": plain_json(form),
        "references/references.json": plain_json(sources),
        "changes.json": plain_json(_changes(connection, revision, granted)),
        "signatures.json": plain_json(signatures),
    }
    return members, excerpts_of(connection, revision, outside=False)


def _live(connection: Connection, piece: Piece, condition: Condition) -> list[ReleaseRecord]:
    found = records_of(connection, piece.id)
    return [one for one in found if one.condition == condition.id and one.status != "void"]


def _last_granted(
    records: list[ReleaseRecord], condition: Condition | None, target: Target, today: date
) -> ReleaseRecord | None:
    """The newest version before this one that the authority granted, whether it has ended since or not."""
    if condition is None:
        return None
    return next(
        (
            one
            for one in records
            if one.manifest_hash != target.manifest_hash
            and one.state_on(today, condition) in {*HOLDING, "expired"}
        ),
        None,
    )


def _about(connection: Connection, piece: Piece, condition: Condition | None) -> dict[str, Any]:
    product = find_product(connection, piece.product_id)
    sheet = sheet_for(product.sheet, piece.market)
    return {
        "title": piece.title,
        "kind": piece.kind,
        "product": sheet.get("brand") or product.name,
        "inn": (sheet.get("inn") or {}).get(piece.language),
        "cis": sheet.get("cis"),
        "holder": sheet.get("holder"),
        "market": piece.market,
        "audience": piece.audience,
        "channel": piece.channel,
        "language": piece.language,
        "authority": condition.authority if condition else None,
        "type": condition.type_of(piece) or condition.id if condition else None,
    }


def _request(
    connection: Connection,
    piece: Piece,
    condition: Condition | None,
    records: list[ReleaseRecord],
    target: Target,
    today: date,
) -> dict[str, Any]:
    """The number and the window: as recorded, else the window that is open or comes next."""
    own = next((one for one in records if one.manifest_hash == target.manifest_hash), None)
    kind = condition.type_of(piece) if condition else ""
    day = own.requested_on if own and own.requested_on else today
    known = outlook_on(connection, piece.market, kind, day) if kind else None
    window = known and (known.is_open or (None if own else known.following))
    return {
        "number": own.number if own else None,
        "requested_on": own.requested_on.isoformat() if own and own.requested_on else None,
        "window_opens_on": window.opens_on.isoformat() if window else None,
        "window_closes_on": window.closes_on.isoformat() if window else None,
    }


def _references(connection: Connection, revision: Revision) -> list[dict[str, Any]]:
    """Every cited source once, in the order in which it is first cited."""
    cited = dict.fromkeys(c.source for s in revision.document.segments for c in s.citations)
    listed = []
    for number, source_id in enumerate(cited, start=1):
        source = load_source(connection, source_id)
        known = reference_json(connection, source)
        listed.append(
            {
                "number": number,
                "source": source_id,
                "title": source.title,
                "kind": source.kind,
                "vancouver": known["vancouver"],
                "file_name": source.file_name,
                "file_sha256": source.sha256,
                "approval": source.approval.reference if source.approval else None,
            }
        )
    return listed


def _changes(connection: Connection, revision: Revision, granted: ReleaseRecord | None) -> dict[str, Any]:
    """By statement, since the version that was granted last; word by word where it was reworded."""
    if granted is None:
        return {"since": None, "changes": []}
    found = compare(load_revision(connection, granted.revision_id), revision)
    changes = [
        {
            "segment": s.id,
            "kind": s.kind,
            "how": found.how[s.id],
            "before": found.before(s.id),
            "after": s.text,
            "words": [list(part) for part in word_diff(found.before(s.id) or "", s.text)],
        }
        for s in revision.document.segments
        if s.id in found.how
    ]
    changes += [
        {
            "segment": s.id,
            "kind": s.kind,
            "how": "removed",
            "before": s.text,
            "after": None,
            "words": [["removed", s.text]],
        }
        for s in found.removed
    ]
    since = {
        "number": granted.number,
        "granted_on": granted.decided_on.isoformat() if granted.decided_on else None,
        "manifest_hash": granted.manifest_hash,
    }
    return {"since": since, "changes": changes}


def _summary(members: Mapping[str, bytes], excerpts: Excerpts, language: str) -> bytes:
    import json

    words = WORDS.get(language, WORDS["en"])
    form = json.loads(members["form.json"])
    labels = FORM_WORDS.get(language, FORM_WORDS["en"])
    page = (
        environment()
        .get_template("deposit.html.j2")
        .render(
            words=words,
            language=language,
            form=form,
            rows=[(label, form[name]) for name, label in labels.items() if form.get(name)],
            excerpts=excerpts.listed,
            references=json.loads(members["references/references.json"]),
            changes=json.loads(members["changes.json"]),
            files=sorted(name for name in members if name.startswith("renditions/")),
        )
    )
    return page.encode()
