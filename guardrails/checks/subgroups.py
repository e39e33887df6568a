"""A result of a subgroup: it carries weight only where the subgroup was planned before (FR28)."""

from collections.abc import Iterator

from guardrails.checks.each import each_segment
from guardrails.checks.lexicon import is_label_wording
from guardrails.checks.ranks import around, is_a_result, whole_of
from guardrails.endpoints import (
    gives_result,
    names_subgroup,
    plan_of_subgroups,
    plans,
)
from guardrails.model import CheckContext, Citation, Document, Finding, Segment
from guardrails.packs import Rule
from guardrails.parts import TookPart, tells_a_part, weighs_people, who_took_part


@each_segment
def subgroup_planned(rule: Rule, segment: Segment, _: Document, context: CheckContext) -> Iterator[Finding]:
    """A result of a subgroup stands where its source says that the subgroup was planned before the analysis.

    It is one of a subgroup where the statement, its quote, a heading or title over that or a sentence that it is read with
    says so, or where the statement or quote tells an effect in some of the patients that is larger there, or found afterwards; people whom the source's title or inclusion names are all that took part. First these are asked whether it was planned, then every sentence of the source that speaks of subgroups.
    """
    if segment.kind != "statement" or not segment.citations:
        return
    own = " ".join([segment.text, *(c.quote for c in segment.citations)])
    near = f"{own} {around(segment, context)}"
    of_a_part = not is_label_wording(segment, context) and _tells_a_part(segment, context)
    told = names_subgroup(near) and is_a_result(
        segment, in_figures=gives_result(segment.text, segment.language)
    )
    if not (told or of_a_part):
        return
    planned, unplanned = _plan(segment, context)
    plan = plans(near)
    if plan is False:
        yield rule.finding(segment.id, "unplanned")
    elif plan is None and not planned:
        if unplanned:
            yield rule.finding(segment.id, "unplanned_there", None, quote=unplanned)
        else:
            yield rule.finding(segment.id)


def _tells_a_part(segment: Segment, context: CheckContext) -> bool:
    """Whether the statement or a quote tells an effect in some of those who took part in the study of the quote."""
    if any(tells_a_part(c.quote, c.quote_language, _took_part(c, context)) for c in segment.citations):
        return True
    read = [c for c in segment.citations if c.quote_language == segment.language]
    translated = [c for c in segment.citations if c.quote_language != segment.language]
    if any(weighs_people(c.quote) for c in translated):
        return False
    known = [*(_took_part(c, context) for c in read), *(None for _ in translated)]
    return all(tells_a_part(segment.text, segment.language, who) for who in known)


def _took_part(citation: Citation, context: CheckContext) -> TookPart:
    found = context.passages.get(citation.passage)
    title = found.title if found is not None else ""
    return who_took_part(title, whole_of(citation.source, context), citation.quote_language)


def _plan(segment: Segment, context: CheckContext) -> tuple[str, str]:
    """The source's sentences that say that its subgroups were planned, and that they were not."""
    found = [
        plan_of_subgroups(whole_of(citation.source, context), citation.quote_language)
        for citation in segment.citations
    ]
    planned = next((sentence for sentence, _ in found if sentence), "")
    return planned, next((sentence for _, sentence in found if sentence), "")
