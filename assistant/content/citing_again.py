"""Quotes of an earlier reading cited anew where today's reading has the same whole words: a writer's act, judged again."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from assistant.retrieval.evidence import all_evidence, citable_sources
from assistant.retrieval.places import placed
from guardrails.citations import cite, whole_units
from guardrails.model import Citation, Document, Evidence, Segment


def cited_anew(connection: Connection, document: Document, lineage: str) -> Document:
    """The document, of which this segment, or the question that it belongs to, cites what its sources are read as now.

    Only the same words as whole units count, under the same headings first. What is not found stays as it was cited.
    """
    one = document.segment(lineage)
    together = document.group(one.group) if one.group else ()
    concerned = together if any(each.kind == "question" for each in together) else (one,)
    cited = {citation.source for segment in concerned for citation in segment.citations}
    now = {owner.id: owner.reading_id for owner in citable_sources(connection, sorted(cited))}
    earlier = {
        citation.source
        for segment in concerned
        for citation in segment.citations
        if citation.reading != now.get(citation.source, citation.reading)
    }
    if not earlier:
        return document
    evidence = list(all_evidence(connection, sorted(earlier)))

    def anew(citation: Citation) -> Citation:
        if citation.reading == now.get(citation.source, citation.reading):
            return citation
        places = list(_places(citation, evidence))
        found = next((one for one in places if one.locator.section == citation.locator.section), None)
        found = found or next(iter(places), None)
        return citation if found is None else placed(connection, found)

    def moved(segment: Segment) -> Segment:
        return replace(segment, citations=tuple(anew(citation) for citation in segment.citations))

    return replace(document, segments=tuple(moved(s) if s in concerned else s for s in document.segments))


def _places(citation: Citation, evidence: list[Evidence]) -> Iterator[Citation]:
    for item in evidence:
        units = whole_units(citation.quote, item) if item.source == citation.source else ()
        if any(unit.kind != "heading" for unit in units):
            yield cite(item, units[0].start, units[-1].end)
