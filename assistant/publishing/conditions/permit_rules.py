"""What has to be so before something of a permit is recorded: its number, its days, its window, and who was first."""

import re
from datetime import date

from sqlalchemy import Connection, select

from assistant.corpus.products import find_product
from assistant.corpus.sheet import sheet_for
from assistant.errors import AlreadyDecided, Conflict, InvalidInput, WrongState
from assistant.publishing.conditions.calendars import outlook_on
from assistant.publishing.conditions.data import Condition, Window
from assistant.publishing.conditions.records import ReleaseRecord, record_with_number, records_of
from assistant.publishing.conditions.target import Target
from assistant.publishing.model import LIVE
from assistant.review.model import Piece
from assistant.review.pieces import load_piece
from assistant.review.policy import add_months
from assistant.store.clock import civil_date
from assistant.store.database import Transaction
from assistant.store.schema import manifest as manifest_table
from assistant.store.schema import publication as publication_table
from assistant.store.schema import user as user_table
from guardrails.product import ProductSheet

_LONGEST_REFERENCE = 200


def clean_number(condition: Condition, piece: Piece, number: str) -> str:
    """The permit's number in capitals, of the kind that the audience asks for. Raises InvalidInput."""
    clean = number.strip().upper()
    if not re.fullmatch(condition.number["pattern"], clean):
        raise InvalidInput(
            f"{clean[:60]} is not a visa number.",
            help=f"It reads {condition.number['reads']}, for instance {condition.number['example']}.",
            field="number",
        )
    kind = condition.type_of(piece)
    if kind and f"/{kind}/" not in clean:
        raise InvalidInput(
            f"{clean} is no number of a {kind} visa, which this audience asks for.",
            help="Health professionals: PM; the public: GP.",
            field="number",
        )
    return clean


def require_own_number(connection: Connection, piece: Piece, number: str) -> None:
    """Raise InvalidInput where the number names another product's code than the sheet has for this market."""
    product = find_product(connection, piece.product_id)
    codes = ProductSheet(sheet_for(product.sheet, piece.market), piece.market).texts("cis")
    if codes and not any(f"/{code}/" in number for code in codes):
        raise InvalidInput(
            f"The visa number {number} does not name the CIS code of {product.name}, {codes[0]}.",
            help="Correct the number, or the code in the product sheet.",
            field="number",
        )


def clean_reference(text: str | None) -> str | None:
    """A reference on one line, or nothing. Raises InvalidInput."""
    clean = " ".join((text or "").split())
    if len(clean) > _LONGEST_REFERENCE or not clean.isprintable():
        raise InvalidInput(
            f"A reference is one line of at most {_LONGEST_REFERENCE} characters.",
            help="Give the number or name of the letter.",
            field="reference",
        )
    return clean or None


def require_free_number(connection: Connection, number: str, target: Target) -> None:
    """Raise Conflict where the number stands for other bytes: a permit holds for what was deposited, for nothing else."""
    known = record_with_number(connection, number)
    if known is None:
        return
    if known.manifest_hash == target.manifest_hash:
        raise AlreadyDecided(
            f"The visa {number} is recorded for this version already.", help="Its page shows how it stands."
        )
    title = load_piece(connection, known.piece_id).title
    raise Conflict(
        f"The visa {number} was recorded for another version: {title}, {known.manifest_hash[:16]}….",
        help="A visa holds for the very text that was deposited; another text needs one of its own.",
        number=number,
    )


def require_day(tx: Transaction, piece: Piece, target: Target, requested_on: date) -> None:
    """Raise InvalidInput unless it was deposited between the day on which the text got its final form and today."""
    today = civil_date(tx.now, piece.market)
    if requested_on > today:
        raise InvalidInput(
            f"A request of {requested_on} lies in the future: today is {today}.",
            help="Record it once it has been deposited.",
            field="requested_on",
        )
    made = tx.connection.scalar(
        select(manifest_table.c.created_at).where(manifest_table.c.hash == target.manifest_hash)
    )
    if made is not None and requested_on < civil_date(made, piece.market):
        raise InvalidInput(
            f"This text has existed since {civil_date(made, piece.market)}; it cannot have been deposited on {requested_on}.",
            help="Give the day of the deposit; what is deposited is the text in its final form.",
            field="requested_on",
        )


def open_window(
    connection: Connection, condition: Condition, piece: Piece, day: date, outside: str | None
) -> Window | None:
    """The window in which it was deposited; none with a reason to be outside. Raises InvalidInput, naming the next one.

    A day of a year whose windows nobody has recorded is refused whatever the reason: from when silence counts hangs on it.
    """
    kind = condition.type_of(piece)
    if not kind:
        return None
    known = outlook_on(connection, piece.market, kind, day)
    if known.is_open is not None:
        return known.is_open
    if known.missing == day.year:
        raise InvalidInput(
            f"The windows of deposit of {kind} visas in {day.year} are not recorded.",
            help=_enter(condition, kind, day.year),
            field="requested_on",
        )
    if clean_reference(outside):
        return None
    raise InvalidInput(
        f"No window of deposit for {kind} visas is open on {day}.",
        help=f"The next one is open from {known.following.opens_on} to {known.following.closes_on}."
        if known.following
        else _enter(condition, kind, known.missing or day.year),
        field="requested_on",
    )


def _enter(condition: Condition, kind: str, year: int) -> str:
    return (
        f"Enter those of {year} as {condition.authority} has published them: on the page Release conditions, or with "
        f"`ancrage release windows --type {kind} --year {year} --days FIRST..LAST --source DECISION`."
    )


def require_nothing_under_way(
    connection: Connection, condition: Condition, piece: Piece, target: Target
) -> None:
    """Raise AlreadyDecided where a request for these bytes is open: the second is told who was quicker."""
    for one in _records(connection, condition, piece):
        if one.manifest_hash == target.manifest_hash and one.status == "requested":
            who = person_name(connection, one.recorded_by)
            raise AlreadyDecided(
                f"{who} has recorded a request of {one.requested_on} for this version already.",
                help="Record its answer, or strike it out if it is wrong.",
            )


def require_not_refused(connection: Connection, condition: Condition, piece: Piece, target: Target) -> None:
    """Raise WrongState where the authority's last word on these bytes is no."""
    newest = next(
        (one for one in _records(connection, condition, piece) if one.manifest_hash == target.manifest_hash),
        None,
    )
    if newest is not None and newest.status == "refused":
        raise WrongState(
            f"The visa of this version was refused on {newest.decided_on}.",
            help="Change the piece and have it signed and deposited again; what was refused is not released.",
        )


def open_request(
    connection: Connection, condition: Condition, piece: Piece, number: str | None
) -> ReleaseRecord | None:
    """The open request of the piece, by its number where several versions have one. Raises InvalidInput."""
    wanted = clean_number(condition, piece, number) if number else None
    found = [
        one
        for one in _records(connection, condition, piece)
        if one.status == "requested" and wanted in {None, one.number}
    ]
    if len(found) > 1:
        numbers = ", ".join(sorted(str(one.number) for one in found))
        raise InvalidInput(
            f"Several requests are open: {numbers}.", help="Name the number of the one.", field="number"
        )
    return found[0] if found else None


def require_undecided(connection: Connection, condition: Condition, piece: Piece, number: str | None) -> None:
    """Raise AlreadyDecided where somebody else was quicker: the second is told who, and what stands."""
    wanted = clean_number(condition, piece, number) if number else None
    newest = next(iter(_records(connection, condition, piece)), None)
    if newest is None or newest.status not in {"granted", "refused"} or wanted not in {None, newest.number}:
        return
    who = person_name(connection, newest.decided_by or newest.recorded_by)
    if newest.status == "granted":
        raise AlreadyDecided(
            f"{who} has recorded that the visa was granted on {newest.decided_on} already.",
            help="Nothing was changed.",
        )
    if wanted is not None:
        raise AlreadyDecided(
            f"{who} has recorded that the visa was refused on {newest.decided_on} already.",
            help="A refused text is changed, signed and deposited again.",
        )


def require_in_time(found: ReleaseRecord, granted_on: date, condition: Condition) -> None:
    """Raise InvalidInput for a grant before its request, or after silence has granted it."""
    if found.requested_on is not None and granted_on < found.requested_on:
        raise InvalidInput(
            f"It was asked for on {found.requested_on} and cannot have been granted before, on {granted_on}.",
            help="Give the day of the answer.",
            field="granted_on",
        )
    if found.answer_by is not None and granted_on > found.answer_by:
        raise InvalidInput(
            f"Silence made this visa on {found.starts_on()}: an answer of {granted_on} came too late.",
            help=f"It holds until {found.ends_on(condition)}; nothing needs to be recorded.",
            field="granted_on",
        )


def end_of(condition: Condition, granted_on: date, expires_on: date | None) -> date | None:
    """The permit's last day: as given, else as the law says. Raises InvalidInput where it cannot be."""
    if condition.validity_months is None:
        return expires_on
    longest = add_months(granted_on, condition.validity_months)
    if expires_on is None:
        return longest
    if not granted_on <= expires_on <= longest:
        raise InvalidInput(
            f"A visa granted on {granted_on} ends from that day to {longest}, not on {expires_on}.",
            help="Give the right dates.",
            field="expires_on",
        )
    return expires_on


def require_unpublished(connection: Connection, found: ReleaseRecord) -> None:
    """Raise WrongState where these bytes are published and rest on this record: they are recalled first.

    A permit that was asked for to renew theirs carries nothing yet: they name the one that they rest on.
    """
    live = connection.scalars(
        select(publication_table.c.release).where(
            publication_table.c.piece_id == found.piece_id,
            publication_table.c.manifest_hash == found.manifest_hash,
            publication_table.c.status.in_(LIVE),
        )
    )
    if any(found.number is None or one.get("visa_number") in {None, found.number} for one in live):
        raise WrongState(
            "Published content rests on this record.", help="Recall the piece first; then record it."
        )


def person_name(connection: Connection, user_id: str) -> str:
    """The printed name of a person."""
    return connection.scalar(select(user_table.c.name).where(user_table.c.id == user_id)) or user_id


def _records(connection: Connection, condition: Condition, piece: Piece) -> list[ReleaseRecord]:
    """What was recorded of the piece for this condition, the newest first, without what was struck out."""
    return [
        one
        for one in records_of(connection, piece.id)
        if one.condition == condition.id and one.status != "void"
    ]
