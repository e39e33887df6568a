"""What a revision changed since it was last decided on or published: a reviewer reads that first, the rest on demand."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from assistant.review.model import Piece, Revision
from assistant.review.pieces import load_piece, load_revision, newest_revision
from assistant.review.reading import in_order
from assistant.store.database import Database
from assistant.store.schema import adaptation as adaptation_table
from assistant.store.schema import publication as publication_table
from assistant.store.schema import review_round as round_table
from guardrails.attestation import fingerprint
from guardrails.model import Segment


@dataclass(frozen=True, slots=True)
class Changes:
    """Against which revision, and how: by lineage "changed" or "added"; what is not named stands as it did."""

    base: Revision
    how: Mapping[str, str]
    removed: tuple[Segment, ...]

    def before(self, lineage: str) -> str | None:
        """The text that the segment had."""
        return next((s.text for s in self.base.document.segments if s.id == lineage), None)


def changes_since(connection: Connection, piece: Piece, revision: Revision) -> Changes | None:
    """Since the newest revision before it that was published, else since what it was adapted from, else since the newest
    that was decided on; nothing where there is none.
    """
    base_id = connection.scalar(
        select(publication_table.c.revision_id)
        .where(publication_table.c.piece_id == piece.id, publication_table.c.revision_id != revision.id)
        .order_by(publication_table.c.published_at.desc())
        .limit(1)
    )
    base_id = base_id or connection.scalar(
        select(adaptation_table.c.base_revision_id).where(adaptation_table.c.piece_id == piece.id)
    )
    base_id = base_id or connection.scalar(
        select(round_table.c.revision_id)
        .where(
            round_table.c.piece_id == piece.id,
            round_table.c.revision_id != revision.id,
            round_table.c.status != "cancelled",
        )
        .order_by(round_table.c.number.desc())
        .limit(1)
    )
    return None if base_id is None else compare(load_revision(connection, base_id), revision)


def compare(base: Revision, revision: Revision) -> Changes:
    """By lineage and fingerprint: a statement whose text or citations changed is another statement to judge."""
    old = {s.id: fingerprint(s) for s in base.document.segments}
    new = {s.id for s in revision.document.segments}
    how = {
        s.id: "added" if s.id not in old else "changed"
        for s in revision.document.segments
        if old.get(s.id) != fingerprint(s)
    }
    return Changes(base, how, tuple(s for s in base.document.segments if s.id not in new))


def first_to_read(db: Database, piece_id: str) -> str:
    """The first segment that changed, statements before headings and answers, else the first statement, else the first
    text; empty where there is none. Raises UnknownPiece.
    """
    with db.read() as connection:
        piece = load_piece(connection, piece_id)
        revision = newest_revision(connection, piece)
        changes = changes_since(connection, piece, revision)
    read = in_order(revision.document.segments)
    statements = [s.id for s in read if s.kind == "statement"]
    changed = [s.id for s in read if changes and s.id in changes.how]
    return next(
        iter([s for s in changed if s in statements] or changed or statements or [s.id for s in read]), ""
    )
