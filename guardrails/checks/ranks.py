"""The rank of a result: a secondary, exploratory, post hoc or subgroup one is called so and told beside the primary one (FR27)."""

import re
from collections.abc import Iterator, Mapping

from guardrails.checks.above import position
from guardrails.checks.each import each_segment
from guardrails.citations import bare
from guardrails.endpoints import (
    Endpoints,
    beside_primary,
    called,
    compares,
    endpoints_of,
    gives_result,
    is_apart,
    main_study,
    names_primary,
    studies_in,
)
from guardrails.facts import claims
from guardrails.missed import benefit_beside_a_miss
from guardrails.model import (
    CheckContext,
    Citation,
    Document,
    Evidence,
    Finding,
    Language,
    PassageText,
    Segment,
)
from guardrails.numbers import extract
from guardrails.packs import Rule
from guardrails.risks import names_a_risk
from guardrails.surroundings import place_of, read_with

_DESIGN = re.compile(
    r"\b(?:comparative|comparing|to compare|comparati(?:f|ve)s?|comparant|comparer)\b", re.IGNORECASE
)
"""A study that compares has found nothing yet."""


@each_segment
def rank_of_result_said(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """A result that its source calls secondary, exploratory, post hoc or of a subgroup is called so in the piece, beside the primary one.

    The source calls it so in its title or headings, in what opens the sentence, in a sentence beside it that speaks of it,
    or where it says which endpoints are primary and which secondary. The primary result of the same source stands in
    the piece, before it; where the source says that its primary endpoint was not reached, a reviewer judges.
    """
    if segment.kind != "statement" or not segment.citations:
        return
    yield from _against_a_miss(rule, segment)
    at = position(segment, document)
    near = [s.text for s in document.segments[max(0, at - 1) : at + 2] if s.kind == "statement"]
    beside = " ".join([*near, _titles(document)])
    words = around(segment, context)
    by_words = _ranks(rule, words) if _states_result(segment) else {}
    defined = _defined_rank(segment, context)
    by_source = {**by_words, **_named(rule, defined)}
    for rank, entry in by_source.items():
        if not re.search(entry["pattern"], beside, re.IGNORECASE):
            yield rule.finding(segment.id, rank=entry["en"], rank_fr=entry["fr"], code=rank)
    own = {**_ranks(rule, segment.text), **_named(rule, defined)}
    held = {**own, **by_source}
    if held and is_a_result(segment, in_figures=bool(own)):
        yield from _primary_missing(rule, segment, at, next(iter(held.values())), document, context)


def _against_a_miss(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """An effect told in one breath with the primary endpoint that was not reached: "although it was missed, … improved".

    A risk told beside it is a warning, no proof of an effect.
    """
    if benefit_beside_a_miss(segment.text, segment.language):
        yield rule.finding(
            segment.id,
            "primary_missed",
            None,
            quote=segment.text,
            rank="of another endpoint",
            rank_fr="d'un autre critère",
        )


def ranks_in_source(segment: Segment, context: CheckContext) -> frozenset[str]:
    """The rank that the sources give the endpoint that a statement tells of: where they define it, or the one that a heading or
    a sentence beside the quotes calls it. Primary is only what is defined so: a heading may speak of several results.
    """
    defined = _defined_rank(segment, context)
    found = called(around(segment, context, titled=False))
    lower = found if len(found) == 1 else frozenset[str]()
    return (lower - {"primary"}) | ({defined} if defined else set())


def _primary_missing(
    rule: Rule,
    segment: Segment,
    at: int,
    rank: Mapping[str, str],
    document: Document,
    context: CheckContext,
) -> Iterator[Finding]:
    if names_primary(segment.text, segment.language):
        return
    known = [_endpoints(citation, context) for citation in segment.citations]
    said = {"rank": rank["en"], "rank_fr": rank["fr"]}
    if missed := next(
        (e.missed for e in known if e.missed and _of_its_study(segment, e.missed, context)), ""
    ):
        yield rule.finding(segment.id, "primary_missed", None, quote=missed, **said)
        return
    sources = {citation.source for citation in segment.citations}
    places = [n for n, s in enumerate(document.segments) if n != at and _tells_primary(s, sources, context)]
    if places:
        if min(places) > at:
            yield rule.finding(segment.id, "primary_later", "warn", **said)
        return
    results = [result for endpoints in known for result in endpoints.results if compares(result)]
    primary = [endpoint.words for endpoints in known for endpoint in endpoints.primary()]
    if results:
        yield rule.finding(segment.id, "no_primary", None, quote=results[0], **said)
    elif primary:
        yield rule.finding(segment.id, "no_primary_named", None, primary=primary[0], **said)
    else:
        yield rule.finding(segment.id, "no_primary_unseen", None, **said)


def _of_its_study(segment: Segment, text: str, context: CheckContext) -> bool:
    """Whether the text may speak of the study of the segment: each names one of the same name, or one of them none."""
    own = {*studies_in(f"{segment.text} {around(segment, context)}")}
    named = {*studies_in(text)}
    return not own or not named or not own.isdisjoint(named)


def _tells_primary(segment: Segment, sources: set[str], context: CheckContext) -> bool:
    """Whether it tells the primary result of one of the sources."""
    if segment.kind not in {"statement", "fragment"} and segment.role != "mention":
        return False
    of_another = segment.citations and sources.isdisjoint(c.source for c in segment.citations)
    if beside_primary(segment.text) or (of_another and not _of_the_same_study(segment, sources, context)):
        return False
    return names_primary(segment.text, segment.language) or any(
        _quotes_primary(citation, context) for citation in segment.citations
    )


def _of_the_same_study(segment: Segment, sources: set[str], context: CheckContext) -> bool:
    """Whether it tells, from another source, of the study that one of the sources names most often."""
    passages = [found.text for c in segment.citations if (found := context.passages.get(c.passage))]
    said = " ".join([segment.text, *passages])
    names = {main_study(context.wholes.get(source, ())) for source in sources} - {""}
    return any(re.search(rf"\b{re.escape(name)}\b", said) for name in names)


def _quotes_primary(citation: Citation, context: CheckContext) -> bool:
    """Whether the quote gives it: by name, in the endpoint's words, or as the source's own sentence."""
    quote, language = citation.quote, citation.quote_language
    if names_primary(quote, language):
        return True
    endpoints = _endpoints(citation, context)
    if any(bare(result) in bare(quote) for result in endpoints.results):
        return True
    return endpoints.rank_of(quote) == "primary" and gives_result(quote, language)


def is_a_result(segment: Segment, *, in_figures: bool) -> bool:
    """Whether it tells an effect, in words or by a comparison, or where `in_figures` by any figure.

    A risk needs no primary endpoint beside it. Where the rank is only that of a heading, a figure alone may be how many took part.
    """
    text, language = segment.text, segment.language
    if is_apart(text, language) or names_a_risk(text, language):
        return False
    claimed = next(claims(text, language), None) is not None
    compared = compares(text) and not (_DESIGN.search(text) and not _states_result(segment))
    return claimed or compared or (in_figures and _states_result(segment))


def _states_result(segment: Segment) -> bool:
    return any(q.is_fact() for q in extract(segment.text, segment.language))


def _ranks(rule: Rule, text: str) -> dict[str, Mapping[str, str]]:
    ranks: Mapping[str, Mapping[str, str]] = rule.params["ranks"]
    return {rank: e for rank, e in ranks.items() if re.search(e["pattern"], text, re.IGNORECASE)}


def _named(rule: Rule, rank: str | None) -> dict[str, Mapping[str, str]]:
    ranks: Mapping[str, Mapping[str, str]] = rule.params["ranks"]
    return {rank: ranks[rank]} if rank is not None and rank in ranks else {}


def _defined_rank(segment: Segment, context: CheckContext) -> str | None:
    """The rank of the endpoint of which the quotes give a result, where the source says of which rank it is."""
    for citation in segment.citations:
        if gives_result(citation.quote, citation.quote_language):
            rank = _endpoints(citation, context).rank_of(citation.quote)
            if rank is not None:
                return rank
    return None


def _endpoints(citation: Citation, context: CheckContext) -> Endpoints:
    language: Language = citation.quote_language
    return endpoints_of(whole_of(citation.source, context), language)


def whole_of(source: str, context: CheckContext) -> tuple[PassageText, ...]:
    """The text of a source in the order of reading; what is cited of it where the whole was not given."""
    return context.wholes.get(source) or tuple(
        PassageText(item.text, item.heading, item.section)
        for item in context.evidence
        if item.source == source
    )


def around(segment: Segment, context: CheckContext, *, titled: bool = True) -> str:
    """Title, headings and the sentences with which a quote is read: where a document says what rank its results have."""
    cited = [(c, found) for c in segment.citations if (found := context.passages.get(c.passage))]
    titles = [found.title for _, found in cited if titled]
    heads = [*titles, *(text for _, found in cited for text in (found.heading, *found.section))]
    return " ".join([*heads, *(text for c, found in cited for text in _read_with(c, found, context))])


def _read_with(citation: Citation, evidence: Evidence, context: CheckContext) -> Iterator[str]:
    place = place_of(citation.quote, [evidence], context.beside, [citation])
    return read_with(place) if place is not None and evidence.layer != "table" else iter(())


def _titles(document: Document) -> str:
    return " ".join(s.text for s in document.segments if s.kind == "structure")
