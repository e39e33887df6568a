"""The vocabulary of checking: what is said, on what it rests, and whether it may stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ingestion.model import PageSpan, PassagePart, Rectangle

Language = Literal["fr", "en"]
SegmentKind = Literal["statement", "fragment", "question", "option", "structure", "token"]
Wording = Literal["verbatim", "reworded", "translated", "human"]
Stage = Literal["draft", "submit", "approve", "release", "send", "turn"]
Severity = Literal["block", "needs_review", "warn", "info"]
Verdict = Literal["pass", "block", "needs_review"]
PieceKind = Literal["key-moments", "quiz", "email", "brief", "text", "answer"]
Qualification = Literal["promotional", "reactive_medical", "internal"]


@dataclass(frozen=True, slots=True)
class SlideOfDeck:
    """The slide that a recording speaks to, and the deck's source."""

    source: str
    slide: int


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a document, as a person would say it: one of page, slide or start/end seconds, and the section."""

    page: int | None = None
    slide: int | None = None
    start: float | None = None
    end: float | None = None
    section: str = ""
    slide_of_deck: SlideOfDeck | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a source that may be used now, for this market, audience and purpose."""

    passage: str
    source: str
    reading: str
    title: str
    """The source's title."""
    source_kind: str
    """label, paper, deck, transcript, claims, guideline or opinion."""
    language: Language
    text: str
    heading: str
    section: tuple[str, ...]
    layer: str
    parts: tuple[PassagePart, ...]
    locator: Locator
    sentences: tuple["EvidenceSentence", ...] = ()
    page_quality: str = "good"
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EvidenceSentence:
    """A whole citable unit of the passage: the smallest thing that may be quoted."""

    text: str
    kind: str
    """sentence, bullet, row or heading."""
    start: int
    end: int
    """Half-open code-point offsets into the passage's text."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The passages next to one in the same section, slide or turn and of the same layer, nearest first."""

    before: tuple[Evidence, ...] = ()
    after: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage as text alone, for a check that looks through a whole source."""

    text: str
    heading: str = ""
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """One stretch of the quote: verbatim on its page."""

    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CitedReference:
    """A footnote that the slide gives for the quote, and the registered source that it names."""

    mark: str
    text: str
    source: str | None = None
    """None where no registered source is named: said in every citation (rule GR6)."""


@dataclass(frozen=True, slots=True)
class RowHeader:
    """What stands over a quoted table row. No part of the quote or its hash: the quote is the row itself."""

    spans: tuple[QuoteSpan, ...]
    """The heads of its columns, then the group above it: verbatim on their pages."""
    words: tuple[str, ...] = ()
    """Each row as "row: head = value". None where the table's reading is doubtful."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place and a verbatim quote. Offsets and rectangles are ours, never a model's."""

    passage: str
    source: str
    reading: str
    title: str
    quote: str
    quote_sha256: str
    """Of the folded quote, so that a better reader cannot void it."""
    quote_language: Language
    spans: tuple[QuoteSpan, ...]
    locator: Locator
    rectangles: tuple[tuple[int, Rectangle], ...] = ()
    """(page, rectangle) pairs."""
    doubtful: bool = False
    """The page's reading is doubtful: shown beside the quote."""
    references: tuple[CitedReference, ...] = ()
    """Of a slide: what it names as the origin of the quote."""
    header: RowHeader | None = None
    """Of a table row."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One unit of a piece's document. `id` is its lineage: it stays through revisions."""

    id: str
    kind: SegmentKind
    role: str
    """What it does in its document: title, subject, greeting, context, key_moment, indication, result, safety,
    question, key, distractor, feedback, call_to_action, mention, unsubscribe, footer, to_know, expected_question, avoid."""
    text: str
    language: Language
    group: str = ""
    """Segments that belong together: "q1" holds a question, its options and its feedback."""
    citations: tuple[Citation, ...] = ()
    wording: Wording | None = None
    """Of a statement; of any other text, "human" where a person wrote it."""
    fragment: str | None = None
    """Of a fragment: "id@version" of the approved text."""


@dataclass(frozen=True, slots=True)
class Document:
    """A typed document of segments, in reading order."""

    kind: PieceKind
    language: Language
    title: str
    segments: tuple[Segment, ...]

    def segment(self, lineage: str) -> Segment:
        """The segment with that lineage id. Raises KeyError."""
        for segment in self.segments:
            if segment.id == lineage:
                return segment
        raise KeyError(lineage)

    def group(self, name: str) -> tuple[Segment, ...]:
        """The segments of a group, in order."""
        return tuple(s for s in self.segments if s.group == name)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What a check may know of a cited source, on the context's date."""

    id: str
    title: str
    kind: str
    language: Language
    status: str
    """pending, approved, superseded, expired or withdrawn."""
    markets: frozenset[str]
    audiences: frozenset[str]
    uses: frozenset[str]
    expires_on: date | None
    reference: str = ""
    """Bibliographic reference, Vancouver form, if a person stated or confirmed it."""
    bibliography: Mapping[str, object] = field(default_factory=dict)
    """The reference's fields, once confirmed; of an opinion also "dated_on" and "benefits" (indication, smr, asmr)."""
    display_right: str = "in_house"
    """reference_only, in_house, page_picture or handout: what of it may be shown outside the company."""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """Everything a check may look at besides the document: plain data, no clock and no database."""

    today: date
    """The civil date in the market's time zone."""
    stage: Stage
    market: str
    language: Language
    audience: str
    qualification: Qualification
    product: Mapping[str, object]
    """The product sheet as JSON (brand, inn, indications, mentions …), with "status": active or frozen."""
    evidence: tuple[Evidence, ...] = ()
    """The passages that the citations name."""
    sources: Mapping[str, SourceFacts] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    visa: Mapping[str, object] | None = None
    """number, granted_on, expires_on, manifest_hash: of a French release."""
    manifest_hash: str | None = None
    attested: frozenset[str] = frozenset()
    """Lineages that a named medical reviewer attested, at this fingerprint."""
    channel: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
    beside: Mapping[str, Beside] = field(default_factory=dict)
    """What stands next to each passage of `evidence`, by its id, as far as it may be used."""
    wholes: Mapping[str, tuple[PassageText, ...]] = field(default_factory=dict)
    """All that each cited source says and that may be used, in the order of reading: for what a piece leaves out."""
    passages: Mapping[str, Evidence] = field(init=False, repr=False, compare=False)
    """The passages of `evidence` by their ids."""

    def __post_init__(self) -> None:
        """Checks look passages up segment by segment: the table is made once."""
        object.__setattr__(self, "passages", {item.passage: item for item in self.evidence})


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: which rule, where, how bad, the evidence, and what to do, in both languages."""

    rule: str
    severity: Severity
    where: str
    """A segment's lineage id, or "piece"."""
    messages: Mapping[str, str]
    """By language: "en" and "fr"."""
    evidence: Mapping[str, object]
    """What was seen and expected: plain JSON."""
    stage: Stage
    overridable: bool
    source: str = ""
    """The rule's own source, as the pack gives it."""

    def message(self, language: str) -> str:
        """In the user's language, English where there is no such text."""
        return self.messages.get(language) or self.messages["en"]


@dataclass(frozen=True, slots=True)
class Report:
    """All findings at a stage, the verdict on each segment, and which packs and rules judged."""

    findings: tuple[Finding, ...]
    verdicts: Mapping[str, Verdict]
    """Of every statement (and other segment that was judged), by lineage."""
    pack_version: str
    """sha256 over the packs in force."""
    rules: tuple[str, ...]
    """Ids of the rules that ran."""

    stage: Stage = "submit"
    """The stage that was asked about."""

    def blocks(self) -> tuple[Finding, ...]:
        """The findings that stop the piece at this stage; those of a later stage only announce themselves."""
        return tuple(f for f in self.findings if f.severity == "block" and holds_at(f.stage, self.stage))

    def unsettled(self) -> tuple[str, ...]:
        """The lineages that need a named medical reviewer before anything can be released."""
        return tuple(lineage for lineage, verdict in self.verdicts.items() if verdict == "needs_review")


STAGE_ORDER: tuple[Stage, ...] = ("draft", "submit", "approve", "release", "send")
"""The stages of a piece in order; `turn` (a chat answer) stands apart."""


def holds_at(rule_stage: Stage, stage: Stage) -> bool:
    """Whether what holds from `rule_stage` on holds at `stage`."""
    if "turn" in {rule_stage, stage}:
        return rule_stage == stage
    return STAGE_ORDER.index(rule_stage) <= STAGE_ORDER.index(stage)


def locate(quote_start: int, quote_end: int, parts: tuple[PassagePart, ...]) -> tuple[PageSpan, ...]:
    """Map offsets in a passage's text to spans on its pages.

    A part covers the passage's text from its `at` up to the next part's `at`; white space added between two
    parts belongs to no page and is left out.
    """
    spans: list[PageSpan] = []
    for part in parts:
        length = part.span.end - part.span.start
        start, end = max(quote_start, part.at), min(quote_end, part.at + length)
        if start < end:
            offset = part.span.start - part.at
            spans.append(PageSpan(part.span.page, start + offset, end + offset))
    return tuple(spans)
