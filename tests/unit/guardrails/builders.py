"""Builders for the tests of the checks: a small approved label, statements that cite it, a context around them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from guardrails.citations import ProposedCitation, verify
from guardrails.model import (
    CheckContext,
    Citation,
    Document,
    Evidence,
    EvidenceSentence,
    Finding,
    Language,
    Locator,
    PieceKind,
    Segment,
    SegmentKind,
    SourceFacts,
)
from guardrails.packs import pack_of
from guardrails.runner import run
from ingestion.model import PageSpan, PassagePart

TODAY = date(2026, 11, 22)
INDICATION = "Velmora is indicated in adults for the treatment of chronic heart failure."
RESULT = (
    "The primary endpoint occurred in 282 (23.4 %) of 1,207 patients with cardorelone and in 356 (29.5 %) of 1,205 "
    "patients with placebo (HR 0.77; 95 % CI 0.66 to 0.90; p = 0.001)."
)
SAFETY = "The most common adverse reaction was hyperkalaemia (11.8 %)."
LABEL = (INDICATION, RESULT, SAFETY)

SHEET: Mapping[str, object] = {
    "brand": "Velmora",
    "inn": {"en": "cardorelone", "fr": "cardorélone"},
    "holder": "Laboratoires Aubrac",
    "cis": "69999991",
    "prescribing_class": {"FR": {"fr": "Liste I.", "en": "List I."}},
    "reimbursement": {"FR": {"fr": "Remboursé Séc. Soc. à 65 %, agréé collectivités."}},
    "public_page": {"FR": "https://example.org/medicament/69999991"},
    "indications": {"en": INDICATION, "fr": "Velmora est indiqué chez l’adulte."},
    "marketing_dates": {"FR": "2025-03-10"},
    "status": "active",
}


def evidence(
    *sentences: str, passage: str = "p1", source: str = "label", language: Language = "en", **changes: Any
) -> Evidence:
    """A passage of whole sentences, joined by spaces, that stands on page 3 from character 100 on."""
    text = " ".join(sentences)
    units, at = [], 0
    for sentence in sentences:
        units.append(EvidenceSentence(sentence, "sentence", at, at + len(sentence)))
        at += len(sentence) + 1
    made = Evidence(
        passage=passage,
        source=source,
        reading="r1",
        title="Velmora label",
        source_kind="label",
        language=language,
        text=text,
        heading="4.1 Therapeutic indications",
        section=("4.1 Therapeutic indications",),
        layer="body",
        parts=(PassagePart(0, PageSpan(3, 100, 100 + len(text))),),
        locator=Locator(page=3),
        sentences=tuple(units),
    )
    return replace(made, **changes)


def citation(quote: str, of: Evidence | None = None) -> Citation:
    """The verified citation of a quote that stands in the evidence."""
    given = of or evidence(quote)
    verified = verify(ProposedCitation(given.passage, quote), {given.passage: given})
    assert isinstance(verified, Citation), verified
    return verified


def segment(
    text: str, kind: SegmentKind = "structure", role: str = "title", lineage: str = "x1", **changes: Any
) -> Segment:
    """A segment; English unless said otherwise."""
    return replace(Segment(lineage, kind, role, text, "en"), **changes)


def statement(text: str, *quotes: str, of: Evidence | None = None, **changes: Any) -> Segment:
    """A statement that cites the quotes; each must stand whole in the evidence (or makes its own)."""
    cited = tuple(citation(quote, of) for quote in quotes)
    return segment(text, "statement", changes.pop("role", "result"), citations=cited, **changes)


def document(*segments: Segment, kind: PieceKind = "key-moments", language: Language = "en") -> Document:
    """A document of the segments."""
    return Document(kind, language, "Title", segments)


def facts(**changes: Any) -> SourceFacts:
    """An approved label for FR and EU."""
    everywhere = frozenset({"promotional", "reactive_medical", "internal"})
    made = SourceFacts(
        id="label",
        title="Velmora label",
        kind="label",
        language="en",
        status="approved",
        markets=frozenset({"FR", "EU", "US", "UK", "XX"}),
        audiences=frozenset({"hcp"}),
        uses=everywhere,
        expires_on=date(2027, 1, 31),
    )
    return replace(made, **changes)


def context(*passages: Evidence, source: SourceFacts | None = None, **changes: Any) -> CheckContext:
    """The context of a promotional piece for French professionals at submission."""
    known = source or facts()
    made = CheckContext(
        today=TODAY,
        stage="submit",
        market="FR",
        language="en",
        audience="hcp",
        qualification="promotional",
        product=SHEET,
        evidence=passages or (evidence(*LABEL),),
        sources={known.id: known},
    )
    return replace(made, **changes)


def found(rule: str, doc: Document, ctx: CheckContext | None = None) -> list[Finding]:
    """The findings of one rule on a document; the rule must run there."""
    given = ctx or context()
    pack_of(given.market).rule(rule)
    report = run(doc, given)
    assert rule in report.rules, f"{rule} does not run here"
    return [finding for finding in report.findings if finding.rule == rule]


def says(rule: str, doc: Document, ctx: CheckContext | None = None) -> list[str]:
    """The English messages of one rule."""
    return [finding.message("en") for finding in found(rule, doc, ctx)]
