"""Whether what was quoted of an earlier reading of a source still stands in what is read of it now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from assistant.corpus.loading import load_source
from assistant.retrieval.evidence import all_evidence, citable_sources, evidence_in, evidence_of
from assistant.retrieval.read_elsewhere import in_another_place
from assistant.store.schema import passage as passage_table
from assistant.store.schema import reading as reading_table
from assistant.store.schema import source as source_table
from guardrails.citations import bare, units_of, whole_units
from guardrails.model import Citation, Evidence, EvidenceSentence
from ingestion.text import find_quote, fold


@dataclass(frozen=True, slots=True)
class Cited:
    """The passages that a text cites, and its quotes that a newer reader does not find in their source, or elsewhere."""

    evidence: tuple[Evidence, ...]
    read_otherwise: frozenset[tuple[str, str]]
    """(passage, the quote's sha256) of each."""


def cited_evidence(connection: Connection, cited: Sequence[Citation]) -> Cited:
    """The passages that these citations name, of their sources, in the order of the citations.

    A source that was read again has other passages. What was cited before stays evidence as it was read then: a newer
    reader voids no quote that it finds too, and names those that it does not.
    """
    passages = list(dict.fromkeys(one.passage for one in cited))
    now = evidence_of(connection, passages, list(dict.fromkeys(one.source for one in cited)))
    known = {item.passage for item in now}
    earlier = [one for one in cited if one.passage not in known]
    if not earlier:
        return Cited(tuple(now), frozenset())
    before = _as_read_then(connection, earlier)
    read_before = {item.passage for item in before}
    order = {passage: at for at, passage in enumerate(passages)}
    evidence = sorted([*now, *before], key=lambda item: order[item.passage])
    known_then = [one for one in earlier if one.passage in read_before]
    otherwise = [*not_found_now(connection, known_then), *in_another_place(connection, known_then)]
    return Cited(tuple(evidence), frozenset((one.passage, one.quote_sha256) for one in otherwise))


def not_found_now(connection: Connection, cited: Sequence[Citation]) -> list[Citation]:
    """Of these citations, those that what may be cited of their source now carries nowhere as whole units.

    The beginning of a sentence that goes on now says something else.
    """
    quotes: dict[str, list[str]] = {}
    for one in cited:
        quotes.setdefault(one.source, []).append(one.quote)
    missing = {
        source: not_carried(list(all_evidence(connection, [source])), said) for source, said in quotes.items()
    }
    return [one for one in cited if one.quote in missing[one.source]]


def not_carried(evidence: Sequence[Evidence], quotes: Iterable[str]) -> set[str]:
    """Those of the quotes that no passage says in whole units, nor the end of one with the beginning of the next.

    Headings alone say nothing. `evidence` stands in the order of reading.
    """
    folded = [fold(item.text).text for item in evidence]
    return {quote for quote in set(quotes) if not _carried(quote, evidence, folded)}


def _carried(quote: str, evidence: Sequence[Evidence], folded: Sequence[str]) -> bool:
    """Plain search first, since it is fast."""
    wanted = bare(quote)
    for at, (item, text) in enumerate(zip(evidence, folded, strict=True)):
        if wanted in text and _says(whole_units(quote, item)):
            return True
        runs_over = at and wanted in f"{folded[at - 1]} {text}"
        if runs_over and _says(whole_units(quote, joined(evidence[at - 1], item))):
            return True
    return False


def _says(units: Sequence[EvidenceSentence]) -> bool:
    return any(unit.kind != "heading" for unit in units)


def joined(one: Evidence, other: Evidence) -> Evidence:
    """Two passages as one text, between them a space."""
    shift = len(one.text) + 1
    after = (replace(unit, start=unit.start + shift, end=unit.end + shift) for unit in units_of(other))
    return replace(one, text=f"{one.text} {other.text}", sentences=(*units_of(one), *after))


def _as_read_then(connection: Connection, cited: Sequence[Citation]) -> list[Evidence]:
    """The cited passages of earlier readings of the sources' own bytes, as far as the approval covers them."""
    readings = connection.execute(
        select(source_table.c.id, reading_table.c.id)
        .join(reading_table, reading_table.c.sha256 == source_table.c.sha256)
        .where(source_table.c.id.in_({one.source for one in cited}))
    )
    own = {(source, reading) for source, reading in readings}
    owners = {owner.id: owner for owner in citable_sources(connection, [one.source for one in cited])}
    then = {
        (one.source, one.reading): owners[one.source].in_reading(one.reading)
        for one in cited
        if (one.source, one.reading) in own
    }
    named = {(one.passage, one.source, one.reading) for one in cited}
    found = evidence_in(connection, [one.passage for one in cited], list(then.values())) if then else []
    return [item for item in found if (item.passage, item.source, item.reading) in named]


def citable_texts(connection: Connection, source_id: str) -> list[str]:
    """The texts of the source's passages in order, without the pages and notes that its approval leaves out."""
    found = load_source(connection, source_id)
    rows = connection.execute(
        select(passage_table.c.text, passage_table.c.layer, passage_table.c.parts)
        .where(passage_table.c.reading_id == found.reading_id)
        .order_by(passage_table.c.ordinal)
    )
    return [
        row.text
        for row in rows
        if row.layer not in found.layers_left_out
        and found.excluded_pages.isdisjoint(part[1] for part in row.parts)
    ]


def all_found(quotes: Sequence[str], passages: Sequence[str]) -> bool:
    """Whether each quote stands in a passage, or runs over from one passage into the next."""
    folded = [fold(passage).text for passage in passages]
    return all(_found(quote, passages, folded) for quote in quotes)


def _found(quote: str, passages: Sequence[str], folded: Sequence[str]) -> bool:
    """Plain search first, since it is fast; token boundaries are judged where it hits."""
    wanted = fold(quote).text.strip()
    for at, text in enumerate(folded):
        if wanted in text and find_quote(quote, passages[at]) is not None:
            return True
        if at and wanted in f"{folded[at - 1]} {text}":
            return find_quote(quote, f"{passages[at - 1]} {passages[at]}") is not None
    return False
