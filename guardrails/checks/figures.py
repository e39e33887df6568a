"""Every number of a statement stands in its quotes, with the same unit and comparator (GR3).

In a statement told freely, a number of the quotes whose unit, sign or limit is left unsaid waits for a reviewer. One that is only
computed from theirs stands in no source, and blocks.
"""

from collections.abc import Iterator

from guardrails.checks.each import each_segment
from guardrails.checks.stems import GAP
from guardrails.checks.titles import without_cited_titles
from guardrails.in_short import in_short
from guardrails.model import CheckContext, Citation, Document, Finding, Language, Segment
from guardrails.near_copy import near_copy
from guardrails.nearness import told_freely
from guardrails.numbers import Missing
from guardrails.numbers.derived import derivation, sign_in_words, turned_limit
from guardrails.packs import Rule
from guardrails.spelling import respelled
from guardrails.table_rows import missing_from

_TOLD_LESS = frozenset({"loose", "otherwise"})


@each_segment
def quantities_stand(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """Numbers of statements, and of a quiz question and its key, against the quotes they rest on."""
    quotes = quotes_behind(segment, document)
    if not quotes:
        return
    # A question names its source, whose title may hold a date; a statement is judged by all its words.
    segment = in_short(respelled(segment))
    filled = _filled(segment, document)
    asks = segment.kind == "question" or filled != segment.text
    text = without_cited_titles(filled, document, context) if asks else filled
    for lost in missing_from(text, segment.language, quotes):
        yield _finding(rule, segment, lost, quotes)


def quotes_behind(segment: Segment, document: Document) -> tuple[Citation, ...]:
    """The citations a segment's facts rest on: its own, or, for a question and its key, those of its group."""
    if segment.kind == "statement" or segment.citations:
        return segment.citations
    if segment.kind == "question" or (segment.kind == "option" and segment.role == "key"):
        return tuple(c for s in document.group(segment.group) if segment.group for c in s.citations)
    return ()


def _filled(segment: Segment, document: Document) -> str:
    """A key without its unit is read in the gap of its question: "8" in "… during the first […] weeks"."""
    if segment.role != "key" or segment.kind != "option":
        return segment.text
    stems = (s.text for s in document.group(segment.group) if s.kind == "question" and GAP in s.text)
    stem = next(stems, "")
    before, gap, after = stem.partition(GAP)
    return f"{before}{segment.text}{after}" if gap else segment.text


def _finding(rule: Rule, segment: Segment, lost: Missing, quotes: tuple[Citation, ...]) -> Finding:
    statement = segment.kind == "statement"
    free = statement and told_freely(segment)  # asked only here: most texts lose no number
    seen = [near.text.strip() for near in lost.near]
    pairs = [(citation.quote, citation.quote_language) for citation in quotes]
    told = (segment.text, segment.language)
    how = derivation(lost.quantity, told, pairs) if statement else None
    if how in _TOLD_LESS and not free and not _turned(segment, lost, told, pairs):
        how = None
    waits = how in {*_TOLD_LESS, "gloss"}
    return rule.finding(
        segment.id,
        "loose" if waits else how or ("near" if seen else "found"),
        "needs_review" if waits else None,
        derived=how,
        quantity=lost.quantity.text.strip(),
        start=lost.quantity.start,
        end=lost.quantity.end,
        near=seen,
        quotes=[citation.quote for citation in quotes],
    )


def _turned(
    segment: Segment, lost: Missing, told: tuple[str, str], pairs: list[tuple[str, Language]]
) -> bool:
    """Whether a limit is told from its other side, or a fall by its size."""
    if turned_limit(lost.quantity, told, pairs):
        return True
    return near_copy(segment) is None and sign_in_words(lost.quantity, told, pairs)
