"""How a release condition stands, and what to do next, as sentences with numbered holes; pages put them into French."""

from collections.abc import Mapping
from datetime import date

SENTENCES: Mapping[str, str] = {
    "not_signed": "It holds at release, not before: the piece is reviewed and signed first.",
    "missing_open": "Deposit the request by {0}, the end of the window that is open, and record it.",
    "missing_closed": "The next window of deposit is open from {0} to {1}: deposit the request then, and record it.",
    "missing_unknown": "The windows of deposit of {0} visas in {1} are not recorded: enter them as {2} has published them.",
    "missing_permit": "Ask {0} for it, and record the request.",
    "requested": "{0} answers by {1}; without an answer it is accepted by silence from {2}. Record the answer.",
    "requested_open_end": "Record the answer of {0}.",
    "refused": "It was refused on {0}: change the piece, have it signed again, and deposit it again.",
    "ended": "It ended on {0}: a new one is needed before the piece is used again.",
    "other_version": "What is recorded is for another version ({0}…) and does not hold for this one: ask for it anew.",
    "granted": "In force until {0}. A reminder comes on {1}.",
    "tacit": "Accepted by silence; in force until {0}. A reminder comes on {1}.",
    "certified": "Signed; certify it again by {0} where it is still in use. A reminder comes on {1}.",
    "missing_certificate": "A doctor or pharmacist who did not draw it up certifies it in its final form.",
    "submitted": "Submitted. Register the first use when it happens.",
    "missing_submission": "Send it to {0} with the form, and record the submission.",
    "number_in_piece": "It stands in the piece.",
    "number_in_request": "It stands in the request.",
    "number_missing": "Give it with the request: {0}.",
}
"""By code."""


def said(code: str, *values: object) -> str:
    """The sentence with its values; days as 2026-01-31."""
    return SENTENCES[code].format(*(v.isoformat() if isinstance(v, date) else v for v in values))
