"""What a judge of meaning says of a document's reworded statements, asked before anything is stored. It decides nothing."""

from collections.abc import Mapping
from typing import Any

from guardrails.attestation import fingerprint
from guardrails.judge import Judgement, MeaningJudge
from guardrails.model import Document
from guardrails.verbatim import is_verbatim


def judged(judge: MeaningJudge, document: Document) -> dict[str, dict[str, Any]]:
    """A note on each statement that is not word for word its quote, by the fingerprint of its text and quotes.

    A statement that was not scored has a note too: which judge was asked, and why it did not answer. One that cannot be
    asked at all is not asked about the others, so that a draft does not wait for each.
    """
    notes: dict[str, dict[str, Any]] = {}
    down: Judgement | None = None
    for segment in document.segments:
        if segment.kind == "statement" and segment.citations and not is_verbatim(segment):
            quotes = [(c.quote, c.quote_language) for c in segment.citations]
            said = down or judge.judge(segment.text, segment.language, quotes)
            notes[fingerprint(segment)] = _note(said, asked=down is None)
            down = said if said.down else None
    return notes


def _note(said: Judgement, *, asked: bool) -> dict[str, Any]:
    note: dict[str, Any] = {"name": said.judge, "score": said.score, "why": said.why}
    votes, usage = getattr(said, "votes", ()), getattr(said, "usage", {})
    note |= {"votes": list(votes)} if votes else {}
    return note | ({"usage": dict(usage)} if usage and asked else {})


def notes_of(provenance: Mapping[str, Any]) -> Mapping[str, Any]:
    """The notes that a revision carries; one of before there were any has none."""
    notes = provenance.get("judgements")
    return notes if isinstance(notes, Mapping) else {}
