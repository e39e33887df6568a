"""Quotes of an earlier reading cited anew where today's reading has the same whole words: a writer's act, judged again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from sqlalchemy import Connection

from assistant.retrieval.evidence import all_evidence, citable_sources
from assistant.retrieval.places import placed
from assistant.retrieval.same_place import Places, PlacesOf, load_places, same_place
from assistant.retrieval.still_read import joined
from guardrails.citations import cite, whole_units
from guardrails.model import Citation, Document, Evidence, Segment
from guardrails.verbatim import is_verbatim

_Cited = tuple[Citation, ...]
"""What cites one quote: one citation, or two where it runs over from a passage into the next."""


def cited_anew(connection: Connection, document: Document, lineage: str) -> Document:
    """The document, of which this segment, or the question that it belongs to, cites what its sources are read as now.

    Only the same words as whole units count: where they stood, else in the one other place where they stand. What is not
    found, or stands in several other places, stays as it was cited: nobody has said which is meant.
    """
    one = document.segment(lineage)
    together = document.group(one.group) if one.group else ()
    concerned = together if any(each.kind == "question" for each in together) else (one,)
    cited = [citation for segment in concerned for citation in segment.citations]
    owners = citable_sources(connection, sorted({citation.source for citation in cited}))
    now = {owner.id: owner.reading_id for owner in owners}
    earlier = [one for one in cited if one.reading != now.get(one.source, one.reading)]
    if not earlier:
        return document
    sources = sorted({one.source for one in earlier})
    evidence = {source: list(all_evidence(connection, [source])) for source in sources}
    readings = {one.reading for one in earlier} | {now[source] for source in sources}
    places = {reading: load_places(connection, reading) for reading in readings}

    def anew(citation: Citation) -> _Cited:
        if citation.reading == now.get(citation.source, citation.reading):
            return (citation,)
        found = _chosen(citation, list(_found(citation.quote, evidence[citation.source])), places)
        return tuple(placed(connection, each) for each in found) or (citation,)

    def moved(segment: Segment) -> Segment:
        cites = replace(segment, citations=tuple(new for one in segment.citations for new in anew(one)))
        # Sentences on both sides of a passage's end are no longer one quote's.
        return segment if is_verbatim(segment) and not is_verbatim(cites) else cites

    return replace(document, segments=tuple(moved(s) if s in concerned else s for s in document.segments))


def _chosen(citation: Citation, found: Sequence[_Cited], places: Mapping[str, PlacesOf]) -> _Cited:
    """Where it stood, to the titles above if they tell several apart, else the one other place; none where several are left."""
    there = places[citation.reading].of(citation.spans)
    standing = [(one, _places(one, places)) for one in found]
    fitting = (
        [one for one in standing if one[1] == there]
        or [one for one in standing if same_place(one[1], there)]
        or standing
    )
    if len({at for _, at in fitting}) != 1:
        return ()
    return min((one for one, _ in fitting), key=lambda one: _distance(one, citation))


def _places(cited: _Cited, places: Mapping[str, PlacesOf]) -> Places:
    return places[cited[0].reading].of(span for one in cited for span in one.spans)


def _distance(cited: _Cited, before: Citation) -> tuple[bool, int]:
    """Of several that stand in one place, the one that is read most as it was, then the nearest."""
    other = cited[0].locator.section != before.locator.section
    pages = [one.spans[0].page if one.spans else 0 for one in (cited[0], before)]
    return other, abs(pages[0] - pages[1])


def _found(quote: str, evidence: Sequence[Evidence]) -> Iterator[_Cited]:
    for item in evidence:
        if cited := _within(quote, item):
            yield (cite(item, *cited),)
    for one, other in pairwise(evidence):
        both = joined(one, other)
        shift = len(one.text) + 1
        if (cited := _within(quote, both)) and cited[0] < len(one.text) and cited[1] > shift:
            yield cite(one, cited[0], len(one.text)), cite(other, 0, cited[1] - shift)


def _within(quote: str, item: Evidence) -> tuple[int, int] | None:
    """Where its whole units say the quote."""
    units = whole_units(quote, item)
    if any(unit.kind != "heading" for unit in units):
        return units[0].start, units[-1].end
    return None
