"""What a verbatim sentence leaves out of its surroundings, where that changes what it says (GR11)."""

from collections.abc import Iterator, Sequence

from guardrails.checks.above import heading_above, position
from guardrails.checks.each import each_segment
from guardrails.citations import bare
from guardrails.model import CheckContext, Document, Evidence, Finding, Segment
from guardrails.packs import Rule
from guardrails.surroundings import Lack, lacking, names_heading, place_of
from guardrails.verbatim import is_verbatim


@each_segment
def surroundings_told(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """A verbatim statement tells the lead-in, heading or neighbouring sentence that changes what it says, or a neighbour does."""
    if segment.kind != "statement" or not is_verbatim(segment):
        return
    passages = [found for c in segment.citations if (found := context.passages.get(c.passage))]
    if len(passages) < len(segment.citations) or any(item.layer == "table" for item in passages):
        return  # GR1 blocks what has no evidence; a row has the heads of its columns with it
    place = place_of(segment.text, passages, context.beside, segment.citations)
    if place is None and len(passages) == 1:
        place = place_of(segment.citations[0].quote, passages, context.beside, segment.citations)
    if place is None:
        yield rule.finding(segment.id, "apart", quotes=[c.quote for c in segment.citations])
        return
    at = position(segment, document)
    for lack in lacking(place):
        if not _told(lack, at, document, context, passages):
            yield _finding(rule, segment, lack)


def _finding(rule: Rule, segment: Segment, lack: Lack) -> Finding:
    variant = "points_back_unseen" if lack.variant == "points_back" and not lack.words else lack.variant
    return rule.finding(segment.id, variant, words=lack.words, begins=lack.begins)


def _told(
    lack: Lack, at: int, document: Document, context: CheckContext, passages: Sequence[Evidence]
) -> bool:
    """Whether the piece tells it where it is read together with the statement: the statement directly beside it, or the heading above.

    A chat's answer shows the section of the label under each statement.
    """
    if lack.variant == "heading":
        return context.stage == "turn" or names_heading(heading_above(at, document), lack.words)
    step = 1 if lack.where == "after" else -1
    wanted = bare(lack.words)
    sources = {item.source for item in passages}
    beside = at + step
    while wanted and 0 <= beside < len(document.segments):
        neighbour = document.segments[beside]
        of_the_same = any(c.source in sources for c in neighbour.citations)
        if neighbour.kind != "statement" or not of_the_same:
            return False
        if wanted in bare(neighbour.text):
            return True
        if lack.variant != "lead_in":  # the items of a list follow their lead-in one after the other
            return False
        beside += step
    return False
