"""A copy of a piece: the signed bytes while it is served, anything else marked as not approved."""

import hashlib
from dataclasses import dataclass, replace

from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.rows import last_publication, live_publication
from assistant.publishing.serving import published_bytes, served
from assistant.review.documents import document_to_json
from assistant.review.pieces import load_piece, newest_revision
from assistant.review.renditions import layout_of, render_layout
from assistant.store.database import Database

FORMATS = ("html", "text", "pdf", "json")


@dataclass(frozen=True, slots=True)
class Copy:
    """The bytes of an export; `approved` says that they are those that were signed and published."""

    media_type: str
    content: bytes
    approved: bool

    @property
    def sha256(self) -> str:
        """Of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def export_piece(db: Database, actor: Actor, piece_id: str, fmt: str) -> Copy:
    """Export the piece as html, text, pdf or json (its document).

    What is published and served now is given as it was signed; json and all else carries no approval, and the
    readable formats say so at their top. Who may not read pieces is told why what was published is not served now.
    Raises NotAllowed, Gone, UnknownPiece, InvalidInput.
    """
    if fmt not in FORMATS:
        raise InvalidInput(f"There is no format {fmt}.", help=f"One of: {', '.join(FORMATS)}.")
    with db.read() as connection:
        piece = load_piece(connection, piece_id)
        publication = live_publication(connection, piece.id) or last_publication(connection, piece.id)
        if fmt != "json" and publication is not None:
            require(actor, Permission.READ_PUBLISHED)
            reads_pieces = actor.may(Permission.READ_PIECES)
            if not reads_pieces or served(connection, publication.id, db.clock.now()).ok:
                content, media_type = published_bytes(db, publication.id, fmt, actor)
                return Copy(media_type, content, approved=True)
        require(actor, Permission.READ_PIECES)
        revision = newest_revision(connection, piece)
        if fmt == "json":
            text = document_to_json(revision.document)
            return Copy("application/json", text.encode(), approved=False)
        page = layout_of(connection, piece, revision)
        marked = replace(page, banner=page.words["not_approved"])
        made = next(r for r in render_layout(marked) if r.name == fmt)
        return Copy(made.media_type, made.data, approved=False)
