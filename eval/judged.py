"""One statement judged against its quotes by the rules of grounding (GR1 to GR4, GR9) of the EU's pack, as a draft is."""

from collections.abc import Mapping, Sequence
from datetime import date

from guardrails.citations import cite
from guardrails.model import (
    CheckContext,
    Document,
    Evidence,
    EvidenceSentence,
    Finding,
    Language,
    Locator,
    Segment,
    SourceFacts,
    Verdict,
)
from guardrails.runner import run as run_checks
from ingestion.model import PageSpan, PassagePart

RULES = frozenset({"GR1", "GR2", "GR3", "GR4", "GR9"})
_SHEET = {"brand": "Velmora", "inn": {"en": "cardorelone", "fr": "cardorélone"}, "status": "active"}
_EVERY_USE = frozenset({"promotional", "reactive_medical", "internal"})


def judge(statement: str, language: Language, quotes: Sequence[str], quoted: Language) -> Verdict:
    """The verdict of the rules of grounding on a statement that cites `quotes`, all of one passage."""
    return verdict_of(findings_on(statement, language, quotes, quoted))


def findings_on(
    statement: str, language: Language, quotes: Sequence[str], quoted: Language
) -> tuple[Finding, ...]:
    """What the rules of grounding find on it."""
    source = SourceFacts(
        "s1",
        "",
        "label",
        quoted,
        "approved",
        frozenset({"EU"}),
        frozenset({"hcp"}),
        _EVERY_USE,
        date(2030, 1, 1),
    )
    evidence = passage_of("p1", quotes, source)
    citations = tuple(cite(evidence, unit.start, unit.end) for unit in evidence.sentences)
    segment = Segment("x1", "statement", "key_point", statement, language, citations=citations)
    context = CheckContext(
        date(2026, 1, 1), "submit", "EU", language, "hcp", "internal", _SHEET, (evidence,), {"s1": source}
    )
    report = run_checks(Document("key-moments", language, "", (segment,)), context)
    return tuple(f for f in report.findings if f.where == "x1" and f.rule in RULES)


def passage_of(name: str, quotes: Sequence[str], source: SourceFacts, heading: str = "") -> Evidence:
    """A passage of the source that is made of these quotes, each a sentence."""
    units, at = [], 0
    for quote in quotes:
        units.append(EvidenceSentence(quote, "sentence", at, at + len(quote)))
        at += len(quote) + 1
    text = " ".join(quotes)
    return Evidence(
        name, source.id, "r1", source.title, source.kind, source.language, text, heading, (heading,) if heading else (), "body",
        (PassagePart(0, PageSpan(1, 0, len(text))),), Locator(page=1), tuple(units),
    )  # fmt: skip


def verdict_of(findings: Sequence[Finding]) -> Verdict:
    """The verdict that these findings make."""
    severities = {f.severity for f in findings}
    return "block" if "block" in severities else "needs_review" if "needs_review" in severities else "pass"


def doubted(findings: Sequence[Finding]) -> bool:
    """Whether the machine itself doubts, beyond the duty that every reworded statement be attested.

    It does where it blocks, saw a difference of meaning that does not block, or the judge thinks it not carried.
    """
    for finding in findings:
        judged = finding.evidence.get("judge")
        score = judged.get("score") if isinstance(judged, Mapping) else None
        unlikely = score is not None and score < 0.5  # noqa: PLR2004  the even odds
        if finding.severity == "block" or finding.evidence.get("differences") or unlikely:
            return True
    return False
