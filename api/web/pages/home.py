"""What each person sees first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, checked_form
from api.web.blocks import Block, Cell, Line
from api.web.formats import date_text, expiry, expiry_text, instant_text
from api.web.language import catalogue
from api.web.rendering import page, reader_language, today
from api.web.words import markets_text, tone, word
from assistant.bootstrap import App
from assistant.cases.desk import running_cases
from assistant.corpus.sources import list_sources, source_json
from assistant.people.roles import Actor, Permission, Role
from assistant.publishing.calendar import KINDS, Kind, reminders
from assistant.publishing.confirming import list_confirmations
from assistant.publishing.listing import published_page
from assistant.review.delegation import stands_for
from assistant.review.listing import list_pieces, standing_against
from assistant.review.queue import Wanted, queue_page

router = APIRouter(dependencies=[Depends(checked_form)])
MOST_ROWS = 12
_OPEN_STATES = ("changes_requested", "draft", "approved", "in_review")
_IN_HAND = frozenset({"changes_requested", "draft"})
_EXPIRES_SOON = frozenset({"soon", "past"})


@dataclass(frozen=True, slots=True)
class _Reader:
    request: Request
    app: App
    me: Actor
    language: str

    @property
    def say(self) -> Callable[[str], str]:
        return catalogue(self.language).gettext


@router.get("/")
def home(request: Request, app: Ancrage, me: Me) -> Response:
    """The blocks of all roles that the person has; a health professional starts at the question box."""
    if me.roles == {Role.HCP}:
        return RedirectResponse("/ask", 303)
    reader = _Reader(request, app, me, reader_language(request))
    waiting = [one for one in list_confirmations(app.db, me) if one["expected_of_me"]] if _reviews(me) else []
    stopped = _stopped_briefs(app, me) if Role.REP in me.roles else []
    makers: Sequence[tuple[bool, Callable[[_Reader], Block]]] = (
        (_reviews(me), _expected),
        (bool(waiting), lambda reader: _to_confirm(reader, waiting)),
        (me.may(Permission.HANDLE_CASES), _cases),
        (me.may(Permission.DRAFT), _drafts),
        (me.may(Permission.PUBLISH), _to_publish),
        (me.may(Permission.ADD_SOURCE), _waiting_sources),
        (bool(me.roles & {Role.REP, Role.HCP}), _visits),
        (bool(stopped), lambda reader: _stopped(reader, stopped)),
        (bool(_reminded(me)), _reminders),
        (bool(me.roles & {Role.ADMIN, Role.LIBRARIAN, Role.AUDITOR}), _expiring),
    )
    blocks = [make(reader) for wanted, make in makers if wanted]
    blocks.sort(key=lambda block: not block.rows)  # what is there to do comes before what is not
    return page(request, "home.html", blocks=blocks or [_published(reader)], most_rows=MOST_ROWS)


def _place(reader: _Reader, of: Mapping[str, Any]) -> Cell:
    """The medicine and the country of a piece or of a publication."""
    return Cell(f"{of['product']}, {word('market', of['market'], reader.language)}")


def _reviews(me: Actor) -> bool:
    return me.may(Permission.REVIEW) and Role.ADMIN not in me.roles


def _reminded(me: Actor) -> tuple[Kind, ...]:
    """The kinds of which a person is reminded: sources those who keep them, publications and visas those who release."""
    if me.roles & {Role.ADMIN, Role.AUDITOR}:
        return KINDS
    kinds: tuple[Kind, ...] = ("source",) if Role.LIBRARIAN in me.roles else ()
    return (*kinds, "publication", "visa", "certificate") if me.may(Permission.PUBLISH) else kinds


def _reminders(reader: _Reader) -> Block:
    say, day = reader.say, today(reader.request)
    found = reminders(reader.app.db, reader.me, _reminded(reader.me))
    return Block(
        say("Reminders"),
        (say("Title"), say("Ends"), say("Product")),
        [
            Line(
                f"/{'sources' if item['kind'] == 'source' else 'published'}/{item['id']}",
                item["title"],
                (
                    Cell(expiry_text(item["expires_on"], day, reader.language), "warn"),
                    Cell(f"{item['product']}, {markets_text(item['markets'], reader.language)}"),
                ),
                word("expiry_kind", item["kind"], reader.language),
            )
            for item in found[:MOST_ROWS]
        ],
        say("No reminder"),
        say("Reminders come 180, 90, 30 and 7 days before something ends."),
        "/calendar",
        say("Open the calendar"),
        everything="/calendar",
    )


def _expected(reader: _Reader) -> Block:
    say, language = reader.say, reader.language
    tasks = queue_page(reader.app.db, reader.me, Wanted(), MOST_ROWS).rows
    with reader.app.db.read() as connection:
        stead = stands_for(connection, reader.me, reader.app.clock.now(), "")

    def absent(item: Mapping[str, Any]) -> str:
        """In whose hands it is, where the reader deputises for them."""
        holder = item["task"]["assignee"] or {}
        return holder["name"] if holder.get("id") in stead.get(item["task"]["role"], ()) else ""

    def what(item: Mapping[str, Any]) -> str:
        kind, whose = word("piece_kind", item["piece"]["kind"], language), absent(item)
        return f"{kind}, {whose}, {say('whose deputy you are')}" if whose else kind

    def address(item: Mapping[str, Any]) -> str:
        at = f"?task={item['task']['id']}" if absent(item) else ""
        return f"/review/{item['piece']['id']}{at}"

    return Block(
        say("Expected of me"),
        (say("Piece"), say("Due"), say("As"), say("Product")),
        [
            Line(
                address(item),
                item["piece"]["title"],
                (
                    Cell(say("overdue"), "bad")
                    if item["task"]["overdue"]
                    else Cell(date_text(item["task"]["due_on"], language)),
                    Cell(word("role", item["task"]["role"], language)),
                    _place(reader, item["piece"]),
                ),
                what(item),
            )
            for item in tasks
        ],
        say("Nothing waits for you"),
        say("Pieces that writers send to review show up here."),
        everything="/review",
    )


def _to_confirm(reader: _Reader, waiting: Sequence[Mapping[str, Any]]) -> Block:
    say, language, day = reader.say, reader.language, today(reader.request)
    return Block(
        say("To confirm"),
        (say("Piece"), say("Due"), say("Meanwhile"), say("New source")),
        [
            Line(
                f"/confirmations/{item['id']}",
                item["title"],
                (
                    Cell(say("overdue"), "bad")
                    if date.fromisoformat(item["due_on"]) < day
                    else Cell(date_text(item["due_on"], language)),
                    Cell(word("meanwhile", item["meanwhile"], language)),
                    Cell(item["new"]["title"]),
                ),
                word("market", item["market"], language),
            )
            for item in waiting[:MOST_ROWS]
        ],
        say("Nothing to confirm"),
        say("When a source is replaced, what still stands shows up here."),
        everything="/confirmations",
    )


def _drafts(reader: _Reader) -> Block:
    say = reader.say
    mine = list_pieces(reader.app.db, reader.me, author=reader.me.id)
    still_open = [piece for piece in mine if piece["status"] in _OPEN_STATES]
    ordered = sorted(still_open, key=lambda piece: _OPEN_STATES.index(piece["status"]))[:MOST_ROWS]
    against = standing_against(reader.app.db, reader.me, ordered)
    return Block(
        say("My pieces under way"),
        (say("Title"), say("Status"), say("Kind"), say("Product")),
        [
            replace(
                _piece_line(reader, piece), under=_what_blocks(reader, piece["status"], against[piece["id"]])
            )
            for piece in ordered
        ],
        say("Nothing under way"),
        say("Draft key moments, a quiz, an email or a brief from the approved sources."),
        "/pieces/new",
        say("New draft"),
        everything="/pieces?by=me",
    )


def _what_blocks(reader: _Reader, status: str, against: Mapping[str, int]) -> str:
    """What stops a piece that its writer has in hand, or that a person will have to judge."""
    if status not in _IN_HAND:
        return ""
    between = reader.say(": ")
    return ", ".join(
        f"{word('severity', severity, reader.language)}{between}{against[severity]}"
        for severity in ("block", "needs_review")
        if against.get(severity)
    )


def _cases(reader: _Reader) -> Block:
    """Those that the person handles and whose clock runs, the soonest due first."""
    say, language = reader.say, reader.language
    return Block(
        say("Cases by their clock"),
        (say("Case"), say("Status"), say("Due")),
        [
            Line(
                f"/cases/{case['id']}",
                word("case_kind", case["kind"], language),
                (
                    Cell(word("case_status", case["status"], language), tone(case["status"])),
                    Cell(instant_text(case["clock"], language), "bad" if case["overdue"] else ""),
                ),
                case["product"],
            )
            for case in running_cases(reader.app.db, reader.me, MOST_ROWS)
        ],
        say("No case waits"),
        say("Possible side effects and other reports from conversations show up here at once."),
        "/cases",
        say("See all cases"),
        everything="/cases",
    )


def _to_publish(reader: _Reader) -> Block:
    say = reader.say
    return Block(
        say("Signed and ready to be published"),
        (say("Title"), say("Status"), say("Kind"), say("Product")),
        [
            _piece_line(reader, piece)
            for piece in list_pieces(reader.app.db, reader.me, status="approved", limit=MOST_ROWS)
        ],
        say("Nothing waits to be published"),
        say("A piece shows up here once all its reviewers have signed."),
        everything="/pieces?status=approved",
    )


def _piece_line(reader: _Reader, piece: Mapping[str, Any]) -> Line:
    language = reader.language
    return Line(
        f"/pieces/{piece['id']}",
        piece["title"],
        (
            Cell(word("piece_status", piece["status"], language), tone(piece["status"])),
            Cell(word("piece_kind", piece["kind"], language)),
            _place(reader, piece),
        ),
    )


def _waiting_sources(reader: _Reader) -> Block:
    say = reader.say
    sources = [source_json(reader.app.db, s) for s in list_sources(reader.app.db) if s.status == "pending"]
    return Block(
        say("Sources that wait for their approval"),
        (say("Title"), say("Status"), say("Product")),
        [_source_line(reader, source) for source in sources[:MOST_ROWS]],
        say("No source waits"),
        say("A document that is added without an approval shows up here."),
        "/sources/new",
        say("Add a source"),
        everything="/sources?status=pending",
    )


def _expiring(reader: _Reader) -> Block:
    say, day = reader.say, today(reader.request)
    sources = [source_json(reader.app.db, source) for source in list_sources(reader.app.db)]
    soon = [
        source
        for source in sources
        if source["status"] in {"approved", "expired"}
        and (expiry(source["expires_on"], day) or ("later",))[0] in _EXPIRES_SOON
    ]
    soon.sort(key=lambda source: source["expires_on"])
    return Block(
        say("Expired, or soon to expire"),
        (say("Title"), say("Expires"), say("Product")),
        [
            Line(
                f"/sources/{source['id']}",
                source["title"],
                (
                    Cell(
                        expiry_text(source["expires_on"], day, reader.language),
                        "bad" if source["status"] == "expired" else "warn",
                    ),
                    Cell(source["product"]),
                ),
            )
            for source in soon[:MOST_ROWS]
        ],
        say("Nothing expires in the next two months"),
        say("Approvals that run out show up here in time."),
        everything="/calendar",
    )


def _source_line(reader: _Reader, source: Mapping[str, Any]) -> Line:
    return Line(
        f"/sources/{source['id']}",
        source["title"],
        (
            Cell(word("source_status", source["status"], reader.language), tone(source["status"])),
            Cell(source["product"]),
        ),
    )


def _briefs(reader: _Reader) -> Block:
    found, _ = published_page(reader.app.db, reader.me, kind="brief", limit=MOST_ROWS)
    return _publications(reader, reader.say("Briefs for my visits"), found)


def _visits(reader: _Reader) -> Block:
    say = reader.say
    return replace(
        _briefs(reader),
        nothing=say("No brief is in force"),
        what_to_do=say("A brief shows up here once its reviewers have signed it."),
        address="/published",
        action=say("See what is published now"),
    )


_PARTS = 10
"""How far back the list of briefs, served ones too, is looked through for those that were stopped."""


def _stopped_briefs(app: App, me: Actor) -> list[dict[str, Any]]:
    """Briefs that a representative may still have in hand and must leave; what a newer one replaced stands among the others."""
    found: list[dict[str, Any]] = []
    following: str | None = ""
    for _ in range(_PARTS):
        part, following = published_page(app.db, me, kind="brief", stopped=True, after=following or "")
        found += [one for one in part if not one["served"] and one["status"] != "superseded"]
        if following is None or len(found) >= MOST_ROWS:
            break
    return found[:MOST_ROWS]


def _stopped(reader: _Reader, found: Sequence[Mapping[str, Any]]) -> Block:
    say, language = reader.say, reader.language
    return Block(
        say("No longer to be used"),
        (say("Title"), say("Why"), say("Product")),
        [
            Line(
                f"/published/{item['id']}",
                item["title"],
                (
                    Cell(
                        word(
                            "stopped",
                            "source" if item["cause"].startswith("source_") else item["cause"],
                            language,
                        ),
                        "bad",
                    ),
                    _place(reader, item),
                ),
            )
            for item in found
        ],
        "",
    )


def _published(reader: _Reader) -> Block:
    found, _ = published_page(reader.app.db, reader.me, limit=MOST_ROWS)
    return _publications(reader, reader.say("Published content"), found)


def _publications(reader: _Reader, title: str, found: Sequence[Mapping[str, Any]]) -> Block:
    say, day = reader.say, today(reader.request)
    return Block(
        title,
        (say("Title"), say("Expires"), say("Product")),
        [
            Line(
                f"/published/{item['id']}",
                item["title"],
                (
                    Cell(expiry_text(item["expires_on"], day, reader.language)),
                    _place(reader, item),
                ),
                word("piece_kind", item["kind"], reader.language),
            )
            for item in found[:MOST_ROWS]
        ],
        say("Nothing is published yet"),
        say("A piece is published after its reviewers have signed it."),
        everything="/published",
    )
