"""The review screen: the piece on the left, the source of the current statement on the right, the decision at the foot."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from sqlalchemy import Connection
from starlette.responses import Response

from api.errors import status_of
from api.web import marking
from api.web.language import catalogue
from api.web.pages.pictures import Picture, picture_of, zoomed
from api.web.pages.review_pane import AS_PAGE, chosen_view, piece_as_read
from api.web.pages.review_tasks import UNDECIDED, in_whose_stead, instead, may_decide, why_not, wrote
from api.web.pages.sources import place_of_page
from api.web.piece_style import piece_style_address
from api.web.reading_order import Row, by_gravity, rows
from api.web.rendering import page, reader_language
from api.web.unasked import unasked
from api.web.words import word
from assistant.bootstrap import App
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.rows import stops_of_piece
from assistant.review.changes import Changes, changes_since
from assistant.review.gate import NAMED_REVIEWERS_TO_OVERRIDE
from assistant.review.reassign import candidates
from assistant.review.rounds import load_task
from assistant.review.seen import is_noted, seen_of
from assistant.review.view import read_review
from assistant.review.word_diff import word_diff
from assistant.store.readings import load_page, reading_row
from guardrails.attestation import fingerprint
from guardrails.model import Citation, Document
from ingestion.errors import AncrageError

_NOTHING_TYPED = dict.fromkeys(("meaning", "reason", "form", "text", "quoted", "quoted_at", "mandatory"), "")
"""`form` says in which of the forms the rest was typed: "attest s1", "override GR2 s1", "comment " on the piece."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A page on which a quote stands."""

    name: str
    sheet: Sequence[marking.Block]
    lines: bool
    """Whether the page's line breaks mean something: they do on slides, not in a PDF's paragraphs."""
    picture: Picture | None
    suffix: str
    """Of its anchors: empty for the first page of the screen."""


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A citation with the pages around its quote: more than one where the quote goes on over the page."""

    citation: Citation
    pages: Sequence[PageView]


def review_page(  # noqa: PLR0917  the page, and what was typed before a refusal
    request: Request,
    app: App,
    me: Actor,
    piece_id: str,
    statement: str,
    refusal: AncrageError | None = None,
    values: Mapping[str, str] | None = None,
) -> Response:
    """The screen at a statement, the first one where none is named, and at a task, the reader's own where none is."""
    require(me, Permission.READ_PIECES)
    language = reader_language(request)
    say = catalogue(language).gettext
    with app.db.read() as connection:
        wanted = (values or {}).get("task") or request.query_params.get("task")
        read = read_review(connection, app.clock.now(), me, piece_id, wanted)
        review, revision, attested = read.shown, read.revision, read.standing.attested
        piece, task = review["piece"], review["task"]
        verdicts = {s["id"]: s["verdict"] for s in review["statements"]}
        lines = rows(revision.document, verdicts, review["findings"], attested)
        changes = changes_since(connection, read.piece, revision)
        only_changed = changes is not None and bool(changes.how) and request.query_params.get("show") != "all"
        carried = [
            line
            for line in lines
            if not only_changed or statement in line.places or _changed(changes, line) or _unsettled(line)
        ]
        at = _position(carried, statement)
        current = carried[at] if carried else None
        place = (
            statement if current and statement in current.places else current.segment.id if current else ""
        )
        asked = {**request.query_params, "statement": place, "task": wanted or ""}
        quotes = _quotes(connection, _cited(revision.document, current), asked, language) if current else []
        seen = seen_of(connection, me.id, piece_id, revision)
        stops = stops_of_piece(connection, piece_id)
        hands = _hands(connection, me, review)
        shown = {one for line in carried for one in line.places}
        as_page = chosen_view(request) == AS_PAGE
        pane = piece_as_read(connection, read.piece, revision, lines, shown) if as_page else None
    under_way = [c for c in review["comments"] if not c["parent"] and not c["resolved"]]
    flagged = {c["statement"] for c in under_way if c["mandatory"]}
    current_places = current.places if current else ()
    show = "show=all&" if request.query_params.get("show") == "all" else ""
    at_task = task["id"] if task and task["id"] == wanted else ""
    kept_task = f"task={at_task}&" if at_task else ""
    mine = may_decide(me, review, task)
    return page(
        request,
        "review.html",
        status=status_of(refusal) if refusal else 200,
        piece=piece,
        unasked=unasked(app, piece),
        rows=lines,
        lineages={one for line in lines for one in line.places},
        current=current,
        before=carried[at - 1].segment.id if at > 0 else "",
        after=carried[at + 1].segment.id if at + 1 < len(carried) else "",
        quotes=quotes,
        place=place,
        passage=next((s.text for s in revision.document.segments if s.id == place), ""),
        answered=next((option for option in current.options if option.id == place), None)
        if current
        else None,
        unsettled=_ahead(carried, at, {row.segment.id for row in carried if row.needs_look} | flagged),
        unopened=_ahead(carried, at, set(seen["unopened"])),
        awaiting=[one for one in current.places if one in review["open"]["unattested"]] if current else [],
        findings=by_gravity([f for f in review["findings"] if f["where"] == "piece"]),
        comments_here=[c for c in review["comments"] if c["statement"] in current_places],
        comments_elsewhere=[c for c in review["comments"] if c["statement"] not in current_places],
        discussed=Counter(c["statement"] for c in under_way),
        remarked=_remarked(revision.document, under_way),
        statement_address=lambda lineage: (
            f"/review/{piece_id}?{show}{kept_task}statement={lineage}#{lineage}"
        ),
        showing_all=bool(show),
        at_task=at_task,
        steps=_steps(review, language),
        override_request=(review["round"] or {}).get("override_request"),
        task=task,
        tasks=review["tasks"],
        workflow=review["workflow"],
        hands=hands,
        seen=seen,
        changes=changes,
        diff=_difference(changes, revision.document, place),
        only_changed=only_changed,
        pane=pane,
        listed=shown & pane.elsewhere if pane else shown,
        some_verified=any(line.standing_at(one) == "pass" for line in lines for one in line.places),
        pane_broken=as_page and pane is None,
        piece_style=piece_style_address(),
        row_at={one: line for line in lines for one in line.places},
        followed=piece["status"] == "in_review" and is_noted(me) and not wrote(me, review),
        written=review["written"],
        history=review["history"],
        stops=stops,
        overridable={(f["rule"], f["where"]) for f in review["open"]["blocks"] if f["overridable"]},
        overrides=review["overrides"],
        lifted=_lifted(review),
        disputes=review["disputes"],
        vouched=_vouched(review["attestations"], current, revision.document),
        adapted_from=review["adapted_from"],
        least=_least_likely(carried, current),
        judged=_judge(current),
        mine=mine,
        stead=in_whose_stead(me, review, task) if mine else None,
        instead=instead(me, review),
        why_not=say(why_not(me, review)),
        signatures=review["signatures"],
        decisions=review["decisions"],
        manifest_hash=(review["manifest"] or {}).get("hash", ""),
        meaning=say("%(role)s: approval") % {"role": word("role", task["role"], language)} if task else "",
        values={**_NOTHING_TYPED, **(values or {})},
        refusal=refusal,
    )


def _lifted(review: Mapping[str, Any]) -> set[tuple[str, str]]:
    """(rule, place) of what two reviewers have overridden and what therefore blocks no more."""
    reasons = Counter((one["rule"], one["where"]) for one in review["overrides"])
    standing = {(f["rule"], f["where"]) for f in review["open"]["blocks"]}
    return {at for at, count in reasons.items() if count >= NAMED_REVIEWERS_TO_OVERRIDE} - standing


def _vouched(
    attestations: Sequence[Mapping[str, Any]], current: Row | None, document: Document
) -> list[Mapping[str, Any]]:
    """Who attested the current segment or an answer to it, exactly as it stands."""
    places = () if current is None else current.places
    prints = {one.id: fingerprint(one) for one in document.segments if one.id in places}
    return [one for one in attestations if prints.get(one["statement"]) == one["fingerprint"]]


def _position(carried: Sequence[Row], statement: str) -> int:
    return next((i for i, row in enumerate(carried) if statement in row.places), 0)


def _cited(document: Document, current: Row) -> Sequence[Citation]:
    """What carries the text; a question's answer is carried by what explains it."""
    if current.segment.kind != "question" or not current.segment.group:
        return current.segment.citations
    return [c for s in document.group(current.segment.group) for c in s.citations]


def _remarked(
    document: Document, under_way: Sequence[Mapping[str, Any]]
) -> Mapping[str, Sequence[tuple[str, bool]]]:
    """The texts in which somebody remarks on words, cut at these words: each run with whether it is remarked on."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for one in under_way:
        if one["words"] and one["words"]["start"] is not None:
            spans.setdefault(one["statement"], []).append((one["words"]["start"], one["words"]["end"]))
    return {s.id: marking.runs(s.text, spans[s.id]) for s in document.segments if s.id in spans}


def _quotes(
    connection: Connection, cited: Sequence[Citation], asked: Mapping[str, str], language: str
) -> list[QuoteView]:
    """Each quote on each of its pages. `asked` is what the address says: of which picture a closer look is wanted."""
    views: list[QuoteView] = []
    kept = {name: asked.get(name, "") for name in ("statement", "show", "task")}
    count = 0
    for citation in cited:
        file_format = reading_row(connection, citation.reading)["format"]
        pages = []
        for number in dict.fromkeys(span.page for span in citation.spans):
            count += 1
            suffix = "" if count == 1 else f"-{count}"
            shown = load_page(connection, citation.reading, number)
            spans = [(span.start, span.end) for span in citation.spans if span.page == number]
            picture = picture_of(citation.source, citation.title, file_format, shown, spans, language)
            if picture is not None:
                closer = asked.get("zoom", "") if asked.get("of", "1") == str(count) else ""
                wanted = int(closer) if closer.isdecimal() else 100
                picture = zoomed(picture, wanted, {**kept, "of": str(count)}, language, suffix)
            name = place_of_page(file_format, number, language)
            sheet = marking.blocks(shown, spans)
            pages.append(PageView(name, sheet, file_format != "pdf", picture, suffix))
        if pages:
            views.append(QuoteView(citation, pages))
    return views


def _hands(
    connection: Connection, me: Actor, review: Mapping[str, Any]
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """To whom the reader may hand each undecided task, by the task's id."""
    if not me.may(Permission.REASSIGN):
        return {}
    waiting = [t["id"] for t in review["tasks"] if t["status"] in UNDECIDED]
    return {task_id: candidates(connection, load_task(connection, task_id)) for task_id in waiting}


def _changed(changes: Changes | None, row: Row) -> bool:
    return changes is not None and any(place in changes.how for place in row.places)


def _unsettled(row: Row) -> bool:
    """Whether something stands against it still: what is unchanged may fail another market's rules."""
    grave = {"block", "needs_review"}
    found = {finding["severity"] for finding in row.unsettled}
    return bool(grave & found) or (row.verdict in grave and not row.attested)


def _ahead(carried: Sequence[Row], at: int, wanted: AbstractSet[str]) -> str:
    """The next text from here on that is wanted, round from the end to the beginning; not the current one."""
    ahead = [*carried[at + 1 :], *carried[:at]]
    return next((row.segment.id for row in ahead if not wanted.isdisjoint(row.places)), "")


def _difference(changes: Changes | None, document: Document, place: str) -> Sequence[tuple[str, str]]:
    """The current text's wording beside the one that was decided on before."""
    if changes is None or changes.how.get(place) != "changed":
        return ()
    return word_diff(changes.before(place) or "", document.segment(place).text)


def _judge(row: Row | None) -> Mapping[str, Any] | None:
    """How a judge ranked a reworded statement, if one did."""
    found = [f["evidence"].get("judge") for f in row.findings] if row else []
    # Not every note has votes or names a judge that did not answer.
    return next(({"votes": (), "unscored": None, **judge} for judge in found if judge), None)


def _least_likely(carried: Sequence[Row], current: Row | None) -> str:
    """The statement that the judge finds least likely to be carried by its quotes and that nobody has attested."""
    scored = [
        (judge["score"], row.segment.id)
        for row in carried
        if not row.attested and (judge := _judge(row)) and judge.get("score") is not None
    ]
    least = min(scored, default=(0.0, ""))[1]
    return "" if current is not None and least == current.segment.id else least


def _steps(review: Mapping[str, Any], language: str) -> list[tuple[bool, str]]:
    """What has to be settled before anyone can sign: (met, text)."""
    words = catalogue(language)
    still = review["open"]
    undecided, unattested, comments = (len(still[name]) for name in ("undecided", "unattested", "comments"))
    return [
        *_blocking(still["blocks"], language),
        (
            not undecided,
            words.gettext("Every check could decide")
            if not undecided
            else words.ngettext("%(n)s check could not decide", "%(n)s checks could not decide", undecided)
            % {"n": undecided},
        ),
        (
            not unattested,
            words.gettext("Every statement stands or is attested")
            if not unattested
            else words.ngettext(
                "%(n)s statement waits for a medical attestation",
                "%(n)s statements wait for a medical attestation",
                unattested,
            )
            % {"n": unattested},
        ),
        (
            not comments,
            words.gettext("No mandatory comment is open")
            if not comments
            else words.ngettext(
                "%(n)s mandatory comment is open", "%(n)s mandatory comments are open", comments
            )
            % {"n": comments},
        ),
    ]


def _blocking(blocks: Sequence[Mapping[str, Any]], language: str) -> list[tuple[bool, str]]:
    """Apart what two reviewers may override and what nobody may: each asks for another act."""
    words = catalogue(language)
    firm = sum(not found["overridable"] for found in blocks)
    movable = len(blocks) - firm
    steps = []
    if firm:
        told = words.ngettext(
            "%(n)s finding blocks that nobody may override: request changes, so that it is mended",
            "%(n)s findings block that nobody may override: request changes, so that they are mended",
            firm,
        )
        steps.append((False, told % {"n": firm}))
    if movable:
        told = words.ngettext(
            "%(n)s finding blocks: it is mended, or overridden by two reviewers",
            "%(n)s findings block: they are mended, or overridden by two reviewers",
            movable,
        )
        steps.append((False, told % {"n": movable}))
    return steps or [(True, words.gettext("No finding blocks"))]
