"""`ancrage release`: what a market asks for before a signed piece is used, and what was recorded of it."""

from argparse import Namespace
from datetime import date
from typing import Any

from api.cli.io import Io, whole_file
from assistant.bootstrap import App
from assistant.corpus.written import civil_day
from assistant.errors import InvalidInput
from assistant.people.roles import Actor
from assistant.publishing.conditions.calendars import NewCalendar, set_calendar, windows_json
from assistant.publishing.conditions.certificates import Signing, certify
from assistant.publishing.conditions.listing import deadlines_json
from assistant.publishing.conditions.permits import (
    Grant,
    grant_permit,
    refuse_permit,
    request_permit,
    void_record,
)
from assistant.publishing.conditions.standing import release_json
from assistant.publishing.conditions.submissions import record_submission
from assistant.publishing.evidence.deposit import deposit_pack
from assistant.publishing.evidence.pack import pack_json
from assistant.review.pieces import load_piece
from assistant.store.clock import civil_date


def show(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Each condition of a piece with its state and what to do next."""
    del io
    return {"release": release_json(app.db, actor, arguments.piece)}


def request(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Record a request that was deposited."""
    del io
    day = _day(app, arguments)
    request_permit(app.db, actor, arguments.piece, arguments.number, day, arguments.outside_window)
    return {"release": release_json(app.db, actor, arguments.piece)}


def grant(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Record a grant."""
    del io
    given = Grant(
        _day(app, arguments),
        arguments.number,
        civil_day(arguments.expires_on, "--expires-on") if arguments.expires_on else None,
        arguments.reference,
    )
    grant_permit(app.db, actor, arguments.piece, given)
    return {"release": release_json(app.db, actor, arguments.piece)}


def refuse(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Record a refusal by the authority."""
    del io
    day = _day(app, arguments)
    refuse_permit(app.db, actor, arguments.piece, day, arguments.reason, arguments.number)
    return {"release": release_json(app.db, actor, arguments.piece)}


def sign(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Certify with one's signature."""
    signing = Signing(arguments.qualification, arguments.registration, arguments.manifest_hash)
    certify(app.db, actor, arguments.piece, signing, app.given_password(io.password()))
    return {"release": release_json(app.db, actor, arguments.piece)}


def submit(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Record a submission at first use."""
    del io
    record_submission(app.db, actor, arguments.piece, arguments.reference, _day(app, arguments))
    return {"release": release_json(app.db, actor, arguments.piece)}


def void(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Strike out what was recorded in error."""
    del io
    found = void_record(app.db, actor, arguments.record, arguments.reason)
    return {"release": release_json(app.db, actor, found.piece_id)}


def deposit(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """Write the deposit pack and say its root."""
    made = deposit_pack(app.db, actor, arguments.piece, app.pictures)
    path = io.path(arguments.output)
    with whole_file(path) as half:
        half.write_bytes(made.content)
    return {"pack": {**pack_json(arguments.piece, made), "file": str(path)}}


def windows(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """The windows of deposit; with days, they are set."""
    del io
    if arguments.days:
        if not (arguments.year and arguments.source):
            raise InvalidInput("Windows are set for a year.", help="Give --year, --days and --source.")
        days = [_pair(one) for one in arguments.days]
        new = NewCalendar(arguments.market, arguments.type, arguments.year, days, arguments.source)
        set_calendar(app.db, actor, new)
    return windows_json(app.db, actor, arguments.market)


def deadlines(app: App, actor: Actor, arguments: Namespace, io: Io) -> dict[str, Any]:
    """What an authority has to answer, and what ends."""
    del arguments, io
    return {"deadlines": deadlines_json(app.db, actor)}


def _day(app: App, arguments: Namespace) -> date:
    """The day that is named, else today in the piece's market."""
    if arguments.on:
        return civil_day(arguments.on, "--on")
    with app.db.read() as connection:
        return civil_date(app.clock.now(), load_piece(connection, arguments.piece).market)


def _pair(text: str) -> tuple[str, str]:
    opens, separator, closes = text.partition("..")
    if not separator:
        raise InvalidInput(
            f"{text} is no window of deposit.", help="Write 2027-01-11..2027-01-29, both days inclusive."
        )
    return opens, closes
