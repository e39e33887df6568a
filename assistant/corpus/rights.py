"""What of a source may be shown to whom: the one place that asks, wherever a page, a file or a long text is served.

From the narrowest to the widest: `reference_only` (a publisher's licence: the reference and short quotations),
`in_house` (the company's own people see all of it; others its quotes), `page_picture` (others see the quoted pages, too),
`handout` (the whole file may be handed over).
"""

from sqlalchemy import select, update

from assistant.audit.trail import record
from assistant.corpus.loading import load_source
from assistant.corpus.model import RIGHTS, Source
from assistant.corpus.products import require_reason
from assistant.errors import InvalidInput, NotAllowed
from assistant.people.roles import Actor, Permission, Role, require
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import product, source

SHORT_QUOTATION = 300
"""Characters of a quotation that a licence for the reference alone still bears, as in rule GR10."""
MOST_QUOTATIONS = 3
"""Of one such source in one piece, as in rule GR10."""
_OUTSIDE = frozenset({Role.HCP, Role.REP})
"""A representative's screen is a doctor's screen: what it shows is shown outside the company."""


def stands_outside(actor: Actor) -> bool:
    """Whether what this person sees counts as shown outside the company."""
    return actor.roles <= _OUTSIDE


def shows_pages(actor: Actor, right: str) -> bool:
    """Whether this person may see whole pages: their picture or their text."""
    return not stands_outside(actor) or RIGHTS.index(right) >= RIGHTS.index("page_picture")


def hands_over_file(actor: Actor, right: str) -> bool:
    """Whether this person may have the file itself."""
    return not stands_outside(actor) or right == "handout"


def require_page(db: Database, actor: Actor, found: Source, number: int) -> None:
    """Raise NotAllowed unless the person may see this page.

    Outside the company only pages that the approval covers are shown, of a source that is in force for that person.
    """
    if not shows_pages(actor, found.display_right):
        raise NotAllowed(
            f"Pages of {found.title} are not shown outside the company.",
            help="Its reference and its quotes may be shown.",
            source=found.id,
            right=found.display_right,
        )
    if not stands_outside(actor):
        require(actor, Permission.READ_SOURCES)
        return
    if number in found.excluded_pages or not _in_force(db, found):
        raise NotAllowed(
            f"Page {number} of {found.title} is not shown: its approval does not cover it now.",
            help="Ask your contact for what is approved.",
            source=found.id,
        )


def require_file(actor: Actor, found: Source) -> None:
    """Raise NotAllowed unless the person may have the file."""
    require(actor, Permission.READ_SOURCES)
    if not hands_over_file(actor, found.display_right):
        raise NotAllowed(
            f"The file of {found.title} is not handed over.",
            help="Its display right does not allow it; ask a librarian.",
            source=found.id,
            right=found.display_right,
        )


def require_text(actor: Actor, found: Source) -> None:
    """Raise NotAllowed unless the person may read the text of its pages."""
    require(actor, Permission.READ_SOURCES)
    if not shows_pages(actor, found.display_right):
        raise NotAllowed(
            f"The text of {found.title} is not shown outside the company.",
            help="Its reference and its quotes may be shown.",
            source=found.id,
            right=found.display_right,
        )


def set_display_right(db: Database, actor: Actor, source_id: str, right: str, reason: str) -> Source:
    """Change what may be shown, from now on everywhere; the same again changes nothing.

    Raises UnknownSource, or InvalidInput for an unknown right or an empty reason.
    """
    require(actor, Permission.APPROVE_SOURCE)
    stated = require_reason(reason)
    known_right(right)
    with db.write() as tx:
        tx.execute(select(source.c.id).where(source.c.id == source_id).with_for_update())
        found = load_source(tx.connection, source_id)
        if found.display_right != right:
            tx.execute(update(source).where(source.c.id == source_id).values(display_right=right))
            details = {"before": found.display_right, "after": right}
            record(tx, actor, "source.right_set", source_id, details, free_text=stated)
        return load_source(tx.connection, source_id)


def known_right(right: str) -> str:
    """The right itself. Raises InvalidInput for an unknown one."""
    if right not in RIGHTS:
        raise InvalidInput(f"{right} is not a display right.", help=f"The rights are {', '.join(RIGHTS)}.")
    return right


def _in_force(db: Database, found: Source) -> bool:
    now = db.clock.now()
    with db.read() as connection:
        status = connection.scalar(select(product.c.status).where(product.c.id == found.product_id))
    approved = found.approval
    if status != "active" or found.status != "approved" or approved is None:
        return False
    return any(
        approved.approved_on <= civil_date(now, market) <= approved.expires_on for market in found.markets
    )
