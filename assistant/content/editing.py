"""A writer changes a text: a new revision, human wording, and the review under way is void."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from assistant.content.citing_again import cited_anew
from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.people.roles import Actor, Permission, require
from assistant.review.checking import check_revision
from assistant.review.layout import SECTIONS, SUBSECTIONS
from assistant.review.model import Piece, Revision
from assistant.review.pieces import load_piece, newest_revision, save_revision
from assistant.store.database import Database
from guardrails.model import Document, Segment
from guardrails.verbatim import is_verbatim

LONGEST_TEXT = 4_000
"""Characters of one segment."""
_FIXED = {
    "token": "A token is filled by the mail system; its name cannot be edited.",
    "fragment": "A mandatory mention is approved text: change it in the product's sheet, then draft again.",
}
_LEFT_OUT = frozenset({"statement", "question"})
"""What a writer leaves out; headings go with what stands under them, and what a piece must say stays."""


def edit_segment(
    db: Database, actor: Actor, piece_id: str, lineage: str, text: str, base_revision: str
) -> Revision:
    """Save a new text for one segment; its quotes of an earlier reading are cited anew where today's has them.

    The same text again changes nothing else.

    Raises NotFound for an unknown segment, InvalidInput for an empty text or a segment that may not be edited,
    Conflict where `base_revision` is no longer the newest.
    """
    clean = clean_text(text)

    def change(connection: Connection, document: Document) -> Document:
        return cited_anew(connection, with_text(document, lineage, clean), lineage)

    return _saved(db, actor, piece_id, base_revision, change)


def remove_segment(db: Database, actor: Actor, piece_id: str, lineage: str, base_revision: str) -> Revision:
    """Leave a statement or a question out; a question goes with its options and feedback, a heading with the last that it stood above.

    Raises as `edit_segment`, and InvalidInput for any other segment, a part of a question, and the last statement.
    """
    return _saved(db, actor, piece_id, base_revision, lambda _, document: _without(document, lineage))


def may_be_left_out(document: Document, segment: Segment) -> bool:
    """Whether its writer is offered to leave it out: a statement or a question that is not the last."""
    if segment.kind not in _LEFT_OUT:
        return False
    return not _in_a_question(document, segment) and _still_says_something(_left(document, segment))


def _saved(
    db: Database,
    actor: Actor,
    piece_id: str,
    base: str,
    change: Callable[[Connection, Document], Document],
) -> Revision:
    require(actor, Permission.EDIT)
    with db.write() as tx:
        piece: Piece = load_piece(tx.connection, piece_id)
        newest = newest_revision(tx.connection, piece)
        if newest.id != base:
            raise Conflict(
                "A newer revision of this piece has been saved meanwhile.",
                help="Read the newest revision, then change it: what is saved now replaces its text.",
                piece=piece_id,
                newest=newest.id,
            )
        document = change(tx.connection, newest.document)
        if document == newest.document:
            return newest
        saved = save_revision(tx, actor, piece_id, document, {**newest.provenance, "edited": True}, base)
        if saved.id != newest.id:
            check_revision(tx, load_piece(tx.connection, piece_id), saved, "draft", actor)
        return saved


def clean_text(text: str) -> str:
    """The text without white space around it. Raises InvalidInput for none, and for one that is too long."""
    clean = text.strip()
    if not clean or len(clean) > LONGEST_TEXT:
        raise InvalidInput(
            "The text is empty." if not clean else f"The text is longer than {LONGEST_TEXT} characters.",
            help="Write a sentence, or leave the text out of the piece.",
        )
    return clean


def with_text(document: Document, lineage: str, text: str) -> Document:
    """The document with another text of a segment, marked as a person's unless it is its source's own words."""
    segment = _segment(document, lineage)
    if segment.kind in _FIXED:
        raise InvalidInput(_FIXED[segment.kind], help="Edit another segment.", segment=lineage)
    if segment.text == text:
        return document
    changed = replace(segment, text=text)
    if segment.kind == "statement":
        changed = replace(changed, wording="verbatim" if is_verbatim(changed) else "human")
    else:
        changed = replace(changed, wording="human")  # no longer the phrasebook's: a reviewer reads it (GR1)
    title = text if segment.role == "title" else document.title
    segments = tuple(changed if s.id == lineage else s for s in document.segments)
    return replace(document, title=title, segments=segments)


def _without(document: Document, lineage: str) -> Document:
    segment = _segment(document, lineage)
    if segment.role in {"title", "subject"}:
        raise InvalidInput("A piece keeps its title.", help="Change its text instead.", segment=lineage)
    if segment.kind not in _LEFT_OUT and not _in_a_question(document, segment):
        raise InvalidInput(
            "Only a statement or a question is left out: this text belongs to every such piece.",
            help="Change its text where it may be changed.",
            segment=lineage,
        )
    if _in_a_question(document, segment):
        raise InvalidInput(
            "A question keeps its answers and its explanation.",
            help="Leave out the question: they go with it.",
            segment=lineage,
        )
    kept = _left(document, segment)
    if not _still_says_something(kept):
        raise InvalidInput(
            "It is the last statement of the piece.", help="Change its text instead.", segment=lineage
        )
    return replace(document, segments=kept)


def _in_a_question(document: Document, segment: Segment) -> bool:
    if segment.kind == "question" or not segment.group:
        return False
    return any(s.kind == "question" for s in document.group(segment.group))


def _left(document: Document, segment: Segment) -> tuple[Segment, ...]:
    whole = segment.kind == "question" and segment.group
    gone = document.group(segment.group) if whole else (segment,)
    at = document.segments.index(segment)
    before = [s for s in document.segments[:at] if s not in gone]
    after = [s for s in document.segments[at:] if s not in gone]
    while before and _is_emptied(before[-1], after[0] if after else None):
        before.pop()
    return (*before, *after)


def _is_emptied(above: Segment, following: Segment | None) -> bool:
    """Whether it is a heading that nothing stands under now."""
    level = _level(above)
    if level is None:
        return False
    below = None if following is None else _level(following)
    return following is None or following.group != above.group or (below is not None and below <= level)


def _level(segment: Segment) -> int | None:
    if segment.kind != "structure":
        return None
    return 2 if segment.role in SECTIONS else 3 if segment.role in SUBSECTIONS else None


def _still_says_something(segments: Sequence[Segment]) -> bool:
    return any(s.kind in {"statement", "question"} for s in segments)


def _segment(document: Document, lineage: str) -> Segment:
    try:
        return document.segment(lineage)
    except KeyError as error:
        raise NotFound(
            f"The piece has no segment {lineage}.", help="Its page lists the segments.", segment=lineage
        ) from error
