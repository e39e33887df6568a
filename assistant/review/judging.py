"""What a judge of meaning says of a document's reworded statements, asked before anything is stored. It decides nothing."""

from collections.abc import Mapping
from typing import Any

from guardrails.attestation import fingerprint
from guardrails.judge import Judgement, MeaningJudge
from guardrails.model import Document
from guardrails.verbatim import is_verbatim


def judged(judge: MeaningJudge, document: Document) -> dict[str, dict[str, Any]]:
    """A note on each statement that is not word for word its quote, by the fingerprint of its text and quotes.

    A statement that was not scored has a note too: which judge was asked, and why it did not answer.
    """
    notes: dict[str, dict[str, Any]] = {}
    for segment in document.segments:
        if segment.kind == "statement" and segment.citations and not is_verbatim(segment):
            quotes = [(c.quote, c.quote_language) for c in segment.citations]
            notes[fingerprint(segment)] = _note(judge.judge(segment.text, segment.language, quotes))
    return notes


def _note(said: Judgement) -> dict[str, Any]:
    note: dict[str, Any] = {"name": said.judge, "score": said.score, "why": said.why}
    votes = getattr(said, "votes", ())
    return {**note, "votes": list(votes)} if votes else note


def notes_of(provenance: Mapping[str, Any]) -> Mapping[str, Any]:
    """The notes that a revision carries; one of before there were any has none."""
    notes = provenance.get("judgements")
    return notes if isinstance(notes, Mapping) else {}
