"""One statement judged against its quotes by the rules of grounding (GR1 to GR4, GR9, GR11, GR12) of the EU's pack, as a draft is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from guardrails.citations import cite
from guardrails.model import (
    Beside,
    CheckContext,
    Citation,
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
from ingestion.chunk import passages
from ingestion.model import PageSpan, Passage, PassagePart, Reading, Sentence

RULES = frozenset({"GR1", "GR2", "GR3", "GR4", "GR9", "GR11", "GR12"})
_SHEET = {"brand": "Velmora", "inn": {"en": "cardorelone", "fr": "cardorélone"}, "status": "active"}
_EVERY_USE = frozenset({"promotional", "reactive_medical", "internal"})


def judge(statement: str, language: Language, quotes: Sequence[str], quoted: Language) -> Verdict:
    """The verdict of the rules of grounding on a statement that cites `quotes`, all of one passage."""
    return verdict_of(findings_on(statement, language, quotes, quoted))


def findings_on(
    statement: str, language: Language, quotes: Sequence[str], quoted: Language
) -> tuple[Finding, ...]:
    """What the rules of grounding find on it."""
    source = _label(quoted)
    evidence = passage_of("p1", quotes, source)
    citations = tuple(cite(evidence, unit.start, unit.end) for unit in evidence.sentences)
    return _found(statement, language, evidence, citations, {})


def findings_in_place(sentence: str, passage: Evidence, near: Mapping[str, Beside]) -> tuple[Finding, ...]:
    """What they find on a sentence of a passage told alone, as a draft has it: with its place in its document."""
    unit = next(unit for unit in passage.sentences if unit.text == sentence)
    return _found(sentence, passage.language, passage, (cite(passage, unit.start, unit.end),), near)


def _found(
    statement: str,
    language: Language,
    evidence: Evidence,
    citations: tuple[Citation, ...],
    near: Mapping[str, Beside],
) -> tuple[Finding, ...]:
    source = replace(_label(evidence.language), id=evidence.source)
    segment = Segment("x1", "statement", "key_point", statement, language, citations=citations)
    context = CheckContext(
        date(2026, 1, 1), "submit", "EU", language, "hcp", "internal", _SHEET, (evidence,), {source.id: source},
        beside=near,
    )  # fmt: skip
    report = run_checks(Document("key-moments", language, "", (segment,)), context)
    return tuple(f for f in report.findings if f.where == "x1" and f.rule in RULES)


def _label(language: Language) -> SourceFacts:
    return SourceFacts(
        "s1",
        "",
        "label",
        language,
        "approved",
        frozenset({"EU"}),
        frozenset({"hcp"}),
        _EVERY_USE,
        date(2030, 1, 1),
    )


def evidence_from(reading: Reading, source: str) -> tuple[Evidence, ...]:
    """The passages of a reading as a label's evidence, in order, as the store would give them."""
    units = {sentence.ordinal: sentence for sentence in reading.sentences}
    language: Language = "fr" if reading.language == "fr" else "en"
    return tuple(
        _evidence(passage, [units[number] for number in passage.sentences], source, language)
        for passage in passages(reading)
    )


def _evidence(passage: Passage, sentences: Sequence[Sentence], source: str, language: Language) -> Evidence:
    placed: list[EvidenceSentence] = []
    at = 0
    for sentence in sentences:
        start = passage.text.find(sentence.text, at)
        at = start + len(sentence.text)
        placed.append(EvidenceSentence(sentence.text, sentence.kind, start, at))
    page = passage.parts[0].span.page
    return Evidence(
        f"{source}-{passage.ordinal}", source, "r1", "", "label", language, passage.text, passage.heading, passage.section,
        passage.layer, passage.parts, Locator(page=page), tuple(placed),
    )  # fmt: skip


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
