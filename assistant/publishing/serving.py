"""Served or not, computed at every read from publication × every cited source × product × date."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, select

from assistant.corpus.loading import load_sources
from assistant.corpus.model import Source
from assistant.corpus.products import Product, find_product
from assistant.errors import IntegrityError, NotAllowed, NotFound
from assistant.people.roles import Actor, Role
from assistant.publishing.errors import Gone
from assistant.publishing.model import Publication, Served
from assistant.publishing.quotation import over_quoted
from assistant.publishing.rows import load_publication, recalls_of_publication
from assistant.publishing.standing import covers
from assistant.review.manifest import verify_manifest
from assistant.review.model import Piece
from assistant.review.pieces import load_piece
from assistant.store.batches import batches
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import citation as citation_table
from assistant.store.schema import rendition as rendition_table
from assistant.store.schema import source as source_table

OK = Served(ok=True)
_STOPPED = {
    "recalled": "It was recalled",
    "suspended": "It is suspended",
    "superseded": "It was replaced",
    "expired": "It has expired",
}


def served(connection: Connection, publication_id: str, now: datetime) -> Served:
    """Whether the publication is served at `now`; if not, the first reason. Raises UnknownPublication."""
    publication = load_publication(connection, publication_id)
    piece = load_piece(connection, publication.piece_id)
    product = find_product(connection, piece.product_id)
    sources = cited_sources(connection, [publication])
    recalls = recalls_of_publication(connection, publication.id)
    why = recalls[0].reason if recalls else ""
    over = over_quoted(connection, publication, sources[publication.id])
    return judge(publication, piece, product, sources, civil_date(now, piece.market), why, over)


def judge(  # noqa: PLR0917  everything that decides
    publication: Publication,
    piece: Piece,
    product: Product,
    sources: Mapping[str, Mapping[str, Source]],
    today: date,
    why: str,
    over: frozenset[str] = frozenset(),
) -> Served:
    """The rule itself. `sources` is what `cited_sources` gave, `why` the reason of the last recall, if any, `over` the
    sources that are quoted beyond their display right.
    """
    if publication.status != "published":
        reason = why or ("a newer revision was published" if publication.status == "superseded" else None)
        return Served(False, publication.status, _sentence(_STOPPED[publication.status], reason))
    if publication.expires_on is not None and today > publication.expires_on:
        return Served(
            False,
            "expired",
            f"Its time of use ended on {publication.expires_on}.",
            {"on": publication.expires_on},
        )
    if product.status != "active":
        return Served(
            False,
            "product_frozen",
            _sentence(f"{product.name} is frozen", product.frozen_reason),
            {"product": product.name},
        )
    known = sources[publication.id]
    standing = publication.standing
    for source in known.values():
        judged = _source_holds(source, piece, known, standing, today)
        if not judged.ok:
            return judged
        if source.id in over and piece.qualification != "internal":
            return _not(
                source, "display_right", "may now be shown by its reference and short quotations only"
            )
    return _in_time(publication, today)


def _in_time(publication: Publication, today: date) -> Served:
    """Whether it needs no confirmation, or the day by which it needs one has not passed."""
    if publication.confirm_by is None or today <= publication.confirm_by:
        return OK
    return Served(
        False,
        "unconfirmed",
        f"A source was replaced, and nobody confirmed the content by {publication.confirm_by}.",
        {"on": publication.confirm_by},
    )


def _source_holds(
    source: Source, piece: Piece, known: Mapping[str, Source], standing: Mapping[str, str], today: date
) -> Served:
    """A superseded source holds only through the newer version in which its quotes were found again, and only where
    that version is approved for what the piece is for.
    """
    if source.status == "superseded":
        return _follower_holds(source, piece, known.get(standing.get(source.id, "")))
    approved = source.approval
    if source.status == "withdrawn":
        return _not(source, "withdrawn", _reason("was withdrawn", source.withdrawn_reason))
    if source.status != "approved" or approved is None or today < approved.approved_on:
        return _not(source, "not_approved", "is not approved")
    if today > approved.expires_on:
        return _not(source, "expired", f"expired on {approved.expires_on}")
    return OK


def _follower_holds(source: Source, piece: Piece, follower: Source | None) -> Served:
    """The newer version itself (withdrawn, expired …) is judged in its turn."""
    if follower is None or follower.id != source.replaced_by:
        return _not(
            source, "superseded", "was replaced by a newer version, against which it is not confirmed"
        )
    if not covers(follower, piece):
        return _not(
            source,
            "superseded",
            "was replaced by a newer version that is not approved for the market, audience and use of this content",
        )
    return OK


def _not(source: Source, code: str, what: str) -> Served:
    return Served(
        False,
        f"source_{code}",
        _sentence(f"The approved source {source.title} {what}", None),
        {"source": source.id, "title": source.title},
    )


def _reason(what: str, reason: str | None) -> str:
    return f"{what}: {reason}" if reason else what


def _sentence(what: str, reason: str | None) -> str:
    return _reason(what, reason).rstrip(".") + "."


def cited_sources(
    connection: Connection, publications: Iterable[Publication]
) -> dict[str, dict[str, Source]]:
    """By publication, then by id: every source that any of its segments cites, and the newer versions it stands on."""
    listed = list(publications)
    cited: dict[str, set[str]] = {p.revision_id: set() for p in listed}
    for some in batches(cited):
        rows = connection.execute(
            select(citation_table.c.revision_id, citation_table.c.source_id)
            .where(citation_table.c.revision_id.in_(some))
            .distinct()
        )
        for row in rows:
            cited[row.revision_id].add(row.source_id)
    wanted = {p.id: cited[p.revision_id] | set(p.standing.values()) for p in listed}
    ids = sorted(set().union(*wanted.values())) if wanted else []
    found = {
        source.id: source
        for some in batches(ids)
        for source in load_sources(connection, source_table.c.id.in_(some))
    }
    return {key: {i: found[i] for i in sorted(these) if i in found} for key, these in wanted.items()}


def may_read(reader: Actor | None, piece: Piece) -> bool:
    """Whether a published piece is for this reader: health professionals outside the company see nothing internal.

    `None` is the system itself.
    """
    outside = reader is not None and reader.roles <= {Role.HCP}
    return not outside or piece.qualification != "internal"


def require_reader(connection: Connection, reader: Actor | None, publication_id: str) -> None:
    """Raise NotAllowed unless the publication is for this reader. Raises UnknownPublication."""
    piece = load_piece(connection, load_publication(connection, publication_id).piece_id)
    if not may_read(reader, piece):
        raise NotAllowed(
            "This content is for the company's own people.", help="Ask your contact for what is published."
        )


def published_bytes(
    db: Database, publication_id: str, name: str, reader: Actor | None = None
) -> tuple[bytes, str]:
    """The signed rendition `name` (html, text, pdf) and its media type, byte for byte.

    Raises Gone with the reason, NotFound for an unknown name, NotAllowed where the piece is not for the reader,
    IntegrityError where the bytes are not those signed.
    """
    with db.read() as connection:
        require_reader(connection, reader, publication_id)
        state = served(connection, publication_id, db.clock.now())
        if not state.ok:
            raise Gone(
                f"This content is no longer available. {state.reason}",
                help="Ask its sender for what replaces it.",
                reason=state.reason,
                cause=state.code,
            )
        publication = load_publication(connection, publication_id)
        manifest = verify_manifest(connection, publication.manifest_hash)
        signed = {made["name"]: made for made in manifest["renditions"]}
        if name not in signed:
            raise NotFound(f"There is no rendition {name}.", help=f"There are: {', '.join(sorted(signed))}.")
        row = connection.execute(
            select(rendition_table).where(
                rendition_table.c.revision_id == publication.revision_id, rendition_table.c.name == name
            )
        ).one()
        data = bytes(row.bytes)
    if hashlib.sha256(data).hexdigest() != signed[name]["sha256"]:
        raise IntegrityError(
            f"The stored {name} is not the one that was signed.", help="Restore it from a backup."
        )
    return data, row.media_type
