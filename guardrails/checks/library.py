"""The same piece against the library of approved claims: what contradicts one, the wording approved elsewhere, its safety text."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import cast

from guardrails.approved import contradiction
from guardrails.checks.each import each_segment
from guardrails.citations import bare
from guardrails.model import CheckContext, Document, Finding, Segment, Severity
from guardrails.near_copy import words
from guardrails.overlap import coverage
from guardrails.packs import Rule
from guardrails.product import ProductSheet

_ALIKE = 0.6
"""Share of equal words from which a statement tells the same claim in other words."""
_COVERED = 0.6
"""Share of the safety text's words of content that the piece must hold."""


@each_segment
def approved_wording(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """A statement contradicts no approved claim in number, direction or denial, nor says its contrary; one near a claim uses its wording and brings its safety text along.

    Where it is not sure that both speak of the same, a reviewer says so. The claims come as plain data in `context.extra["claims"]`: id, text, variants and safety_text, of the product,
    market, language and date of the piece.
    """
    claims = cast("Sequence[Mapping[str, object]]", context.extra.get("claims", ()))
    if segment.kind != "statement" or segment.language != context.language:
        return
    claim, same = _nearest(segment, claims)
    if not same and (contrary := list(_contrary(rule, segment, claims, context))):
        yield from contrary
        return
    if claim is None:
        return
    told = [s.text for s in document.segments if s.kind in {"statement", "fragment"}]
    if not same:
        yield rule.finding(segment.id, "wording", claim=claim["id"], approved=claim["text"])
    elif (safety := str(claim.get("safety_text") or "")) and not _covered(safety, told):
        yield rule.finding(segment.id, "safety_text", claim=claim["id"], approved=safety)


def _contrary(
    rule: Rule, segment: Segment, claims: Sequence[Mapping[str, object]], context: CheckContext
) -> Iterator[Finding]:
    """The claims that the statement tells otherwise: sure ones block, of the others a reviewer decides.

    One that agrees with an approved wording of the claim contradicts none of it. A source's own sentence is what its approved
    source says, and often tells a neighbour of the claim's result: it is only warned of, and where each holds most of the other.
    """
    names = ProductSheet(context.product, context.market).names()
    verbatim = segment.wording == "verbatim"
    for claim in claims:
        text, *variants = (str(claim["text"]), *cast("Sequence[str]", claim.get("variants", ())))
        if verbatim and not _much_alike(segment.text, text):  # asked first: it costs next to nothing
            continue
        first = contradiction(segment.text, segment.language, text, names)
        if first is None or not all(
            contradiction(segment.text, segment.language, variant, names) for variant in variants
        ):
            continue
        told: Severity = "block" if first.sure else "needs_review"
        unsure = "speaks_against" if first.held else "may_contradict"
        yield rule.finding(
            segment.id,
            "contradicts" if first.sure else unsure,
            "warn" if verbatim else told,
            claim=claim["id"],
            approved=claim["text"],
            words=first.words,
            held=first.held,
        )


def _much_alike(text: str, claim: str) -> bool:
    """Whether each holds most of the other's words of content."""
    shares = (coverage(one, [other], synonyms=True) for one, other in ((text, claim), (claim, text)))
    return all(share is not None and share >= _COVERED for share in shares)


def _nearest(
    segment: Segment, claims: Sequence[Mapping[str, object]]
) -> tuple[Mapping[str, object] | None, bool]:
    """The claim that the statement tells, and whether in an approved wording."""
    said = bare(segment.text)
    likeness = SequenceMatcher(None, (), words(segment.text), autojunk=False)
    best: tuple[float, Mapping[str, object] | None] = (_ALIKE, None)
    for claim in claims:
        for text in (str(claim["text"]), *cast("Sequence[str]", claim.get("variants", ()))):
            if bare(text) == said:
                return claim, True
            likeness.set_seq1(words(text))
            if likeness.real_quick_ratio() < best[0] or likeness.quick_ratio() < best[0]:
                continue  # neither is ever below the ratio itself
            if (ratio := likeness.ratio()) >= best[0]:
                best = ratio, claim
    return best[1], False


def _covered(safety: str, told: Sequence[str]) -> bool:
    found = coverage(safety, told)
    return found is None or found >= _COVERED
