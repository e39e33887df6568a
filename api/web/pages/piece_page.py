"""The piece as its writer sees it: each statement beside its source, the findings, and what can be done next."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request
from sqlalchemy import Connection
from starlette.responses import Response

from api.errors import status_of
from api.web.choices import MARKETS, options, options_with
from api.web.reading_order import by_gravity, counts, rows
from api.web.rendering import page
from api.web.unasked import unasked
from assistant.bootstrap import App
from assistant.content.editing import may_be_left_out
from assistant.content.trial import Trial
from assistant.content.view import piece_json as content_json
from assistant.errors import Conflict
from assistant.people.roles import Actor, Permission
from assistant.publishing.conditions.data import Condition, conditions_of
from assistant.publishing.conditions.standing import release_json
from assistant.publishing.rows import last_publication, live_publication, stops_of_piece
from assistant.publishing.serving import served
from assistant.review.adaptation import adaptations_json
from assistant.review.model import Piece, Revision
from assistant.review.pieces import load_piece, load_revision
from assistant.review.states import EDITABLE
from assistant.review.view import review_json
from assistant.review.word_diff import word_diff
from ingestion.errors import AncrageError

SUBMITTABLE = frozenset({"draft", "changes_requested"})
STOPPED = frozenset({"published", "suspended", "expired", "recalled", "superseded"})
"""States in which what was published may be served no more; in any other the next revision is under way."""
RECALLABLE = frozenset({"approved", "published", "suspended"})
_TYPED = ("qualification", "audience", "channel", "override_request", "market")
RELEASE_FIELDS = (
    "act",
    "record",
    "number",
    "requested_on",
    "outside_window",
    "granted_on",
    "expires_on",
    "reference",
    "refused_on",
    "reason",
    "signatory",
    "registration",
    "submitted_on",
)
"""Those of the forms of release conditions, shown again after a refusal."""


def piece_page(
    request: Request,
    app: App,
    me: Actor,
    piece_id: str,
    *,
    refusal: AncrageError | None = None,
    values: Mapping[str, str] | None = None,
    editing: str = "",
    typed: str = "",
    trial: Trial | None = None,
) -> Response:
    """The page. The caller has checked that pieces may be read."""
    review = review_json(app.db, me, piece_id)
    piece = review["piece"]
    with app.db.read() as connection:
        content = content_json(connection, piece_id, me.language, app.clock)
        revision = load_revision(connection, piece["revision_id"])
        live = live_publication(connection, piece_id)
        stopped = _why_it_stopped(connection, app, piece)
        stops = stops_of_piece(connection, piece_id)
        certificate = certificate_of(load_piece(connection, piece_id))
        adaptations = adaptations_json(connection, piece_id)
    findings = content["findings"] if piece["status"] in SUBMITTABLE else review["findings"]
    verdicts = {s["id"]: s["verdict"] for s in review["statements"]}
    status, document = piece["status"], revision.document
    editable = status in EDITABLE and me.may(Permission.EDIT)
    last: Mapping[str, Any] = next(iter(review["history"]["rounds"]), {"status": "", "decisions": ()})
    sent_back = status in {*SUBMITTABLE, "rejected"} and last["status"] in {"changes_requested", "rejected"}
    return page(
        request,
        "piece.html",
        status=status_of(refusal) if refusal else 200,
        piece=piece,
        lineages={s.id for s in document.segments},
        rows=rows(document, verdicts, findings),
        findings=by_gravity(findings),
        unasked=unasked(app, piece),
        counts=counts(findings),
        rejected=content["rejected"],
        comments=review["comments"],
        signatures=review["signatures"],
        publication=live.id if live else "",
        valid_until=live.expires_on if live else None,
        stopped=stopped,
        stops=stops,
        returned=_returned(piece, review["history"], stops),
        editable=editable,
        leavable=[s.id for s in document.segments if may_be_left_out(document, s)] if editable else (),
        voids=status not in SUBMITTABLE,
        can_submit=status in SUBMITTABLE and me.may(Permission.SUBMIT),
        recallable=status in RECALLABLE,
        adaptable=live is not None and live.status == "published" and me.may(Permission.DRAFT),
        adaptations=adaptations,
        adapted_from=review["adapted_from"],
        written=review["written"],
        history=review["history"],
        markets=options(request, "market", MARKETS),
        sent_back=[made for made in last["decisions"] if sent_back and made["outcome"] != "approved"],
        statement_address=lambda lineage: f"#{lineage}",
        qualifications=options(request, "qualification"),
        audiences=options(request, "audience"),
        channels=options_with(request, "channel", [piece["channel"], (values or {}).get("channel", "")]),
        values={**dict.fromkeys((*_TYPED, *RELEASE_FIELDS), ""), **(values or {})},
        release=release_json(app.db, me, piece_id),
        signatories=options(request, "signatory", certificate.signatories if certificate else ()),
        meaning=certificate.meaning.get(piece["language"], "") if certificate else "",
        editing=editing,
        typed=typed,
        trial=trial,
        theirs=_theirs(revision, editing, typed) if isinstance(refusal, Conflict) else (),
        refusal=refusal,
    )


def _returned(
    piece: Mapping[str, Any], history: Mapping[str, Any], stops: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """What brought the piece back to its writer since they last saved a text."""
    last = next((one for one in stops if not one["published"]), None)
    saved = max((one["at"] for one in history["revisions"]), default="")
    return last if last and piece["status"] in SUBMITTABLE and last["at"] > saved else None


def _why_it_stopped(connection: Connection, app: App, piece: Mapping[str, Any]) -> str:
    """Why what was published of it is served no more, as it was said in English; empty where it is, or was never."""
    last = last_publication(connection, piece["id"]) if piece["status"] in STOPPED else None
    return "" if last is None else served(connection, last.id, app.clock.now()).reason


def certificate_of(piece: Piece) -> Condition | None:
    """The certificate that the market asks for, if it does."""
    return next((one for one in conditions_of(piece) if one.form == "certificate"), None)


def _theirs(revision: Revision, editing: str, typed: str) -> Sequence[tuple[str, str]]:
    """From the text that somebody else saved to the one that was typed; nothing where they changed another segment."""
    text = next((s.text for s in revision.document.segments if s.id == editing), "")
    return word_diff(text, typed)
