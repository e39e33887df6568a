"""What a new version does to the statements that quote the older one: unchanged, moved, changed or gone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection

from assistant.corpus.diff import Diff
from assistant.corpus.diff.model import Change
from assistant.corpus.diff.quoted import changes_under
from assistant.corpus.diff.sections import place_of
from assistant.corpus.model import Source
from assistant.publishing.dependents import Dependent, dependents
from assistant.review.model import Revision
from assistant.review.pieces import load_revisions
from guardrails.attestation import fingerprint
from guardrails.model import Citation, Segment
from ingestion.model import Sentence
from ingestion.text import fold

Outcome = Literal["unchanged", "moved", "changed", "gone"]
_GRAVITY: tuple[Outcome, ...] = ("unchanged", "moved", "changed", "gone")
_OUTCOMES: dict[str, Outcome] = {
    "unchanged": "unchanged",
    "moved": "moved",
    "changed": "changed",
    "removed": "gone",
}


@dataclass(frozen=True, slots=True)
class Carried:
    """One quote of one statement, and what stands in the newer version for it."""

    segment: Segment
    citation: Citation
    outcome: Outcome
    kinds: tuple[str, ...]
    now: tuple[Sentence, ...]
    """The sentences of the newer version; none where it is gone."""

    def as_json(self) -> dict[str, Any]:
        """The record of a quote that is carried over, or of why it is not."""
        return {
            "lineage": self.segment.id,
            "fingerprint": fingerprint(self.segment),
            "text": self.segment.text,
            "quote": self.citation.quote,
            "quote_sha256": self.citation.quote_sha256,
            "outcome": self.outcome,
            "kinds": list(self.kinds),
            "old": {
                "source": self.citation.source,
                "spans": [[span.page, span.start, span.end] for span in self.citation.spans],
                "section": self.citation.locator.section,
            },
            "new": None
            if not self.now
            else {
                "text": " ".join(sentence.text for sentence in self.now),
                "spans": [[part.page, part.start, part.end] for s in self.now for part in s.parts],
                "section": " › ".join(self.now[0].section),
            },
        }


def support_of(revision: Revision, diff: Diff, old: Source, origins: Collection[str] = ()) -> list[Carried]:
    """What becomes of each quote that the revision takes from `old` (or from `origins`, versions before it)."""
    sources = {old.id, *origins}
    return [
        _carried(segment, cited, diff, old)
        for segment in revision.document.segments
        for cited in segment.citations
        if cited.source in sources
    ]


def gravest(outcomes: Iterable[Outcome]) -> Outcome:
    """The worst of several."""
    return max(outcomes, key=_GRAVITY.index, default="unchanged")


def _carried(segment: Segment, cited: Citation, diff: Diff, old: Source) -> Carried:
    changes = changes_under(cited, diff, old)
    if not changes:
        return Carried(segment, cited, "gone", (), ())
    outcome = gravest(_OUTCOMES[change.status] for change in changes)
    kinds = dict.fromkeys(kind for change in changes for kind in change.kinds)
    now = [diff.sentences[1][at] for change in changes for at in change.new]
    if outcome == "gone" and (others := _repeats(changes, diff)):
        return Carried(segment, cited, "moved", (), (*now, *others))
    return Carried(segment, cited, outcome, tuple(kinds), tuple(now))


def _repeats(changes: Sequence[Change], diff: Diff) -> list[Sentence]:
    """The same words under a section of the same name, where the newer version says once what was said twice."""
    found = []
    for change in changes:
        if change.status in {"unchanged", "moved"}:
            continue
        if change.kinds != ("repeated",):
            return []
        one = diff.sentences[0][change.old[0]]
        text, title = fold(one.text).text, place_of(one).title
        other = next((s for s in diff.new if fold(s.text).text == text and place_of(s).title == title), None)
        if other is None:
            return []
        found.append(other)
    return found


def affected_by_version(connection: Connection, old: Source, diff: Diff) -> list[dict[str, Any]]:
    """Every draft and piece that quotes `old`, with its statements, those whose support changed first, as JSON."""
    resting = [(one, _revisions(one)) for one in dependents(connection, [old.id])]
    revisions = load_revisions(connection, [each for _, ids in resting for each in ids])
    listed = []
    for dependent, ids in resting:
        published = dependent.publication
        for revision in (revisions[each] for each in ids):
            carried = support_of(revision, diff, old)
            of_it = published is not None and revision.id == published.revision_id
            listed.append(
                {
                    **dependent.as_json(),
                    "revision": revision.number,
                    "publication": published.id if published is not None and of_it else None,
                    "support": gravest(one.outcome for one in carried),
                    "statements": [one.as_json() for one in _gravest_first(carried)],
                }
            )
    return sorted(listed, key=lambda item: (-_GRAVITY.index(item["support"]), item["title"], item["piece"]))


def _revisions(dependent: Dependent) -> list[str]:
    """The one that is published, and the newest where it cites the source; each once."""
    published = dependent.publication.revision_id if dependent.publication else None
    newest = dependent.piece.revision_id if dependent.newest_cites else None
    return [one for one in dict.fromkeys((published, newest)) if one is not None]


def _gravest_first(carried: Sequence[Carried]) -> list[Carried]:
    return sorted(carried, key=lambda one: -_GRAVITY.index(one.outcome))
