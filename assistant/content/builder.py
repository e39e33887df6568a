"""Builds a typed document: each kind of segment has its own way in, so a factual sentence cannot enter uncited."""

from collections import Counter
from dataclasses import dataclass, field

from guardrails.model import (
    Citation,
    Document,
    Language,
    PieceKind,
    Segment,
    SegmentKind,
    Wording,
)
from guardrails.verbatim import is_verbatim

_PREFIX: dict[SegmentKind, str] = {
    "statement": "s",
    "fragment": "f",
    "question": "q",
    "option": "o",
    "structure": "t",
    "token": "k",
}


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """A factual sentence whose every quote was found: what may enter a document."""

    role: str
    text: str
    citations: tuple[Citation, ...]
    heading: str = ""
    part: str = ""

    def wording(self, language: Language) -> Wording:
        """How the text stands to its quotes, as code sees it."""
        if is_verbatim(Segment("", "statement", self.role, self.text, language, citations=self.citations)):
            return "verbatim"
        translated = all(citation.quote_language != language for citation in self.citations)
        return "translated" if translated else "reworded"


@dataclass(slots=True)
class DocumentBuilder:
    """Collects segments in reading order and names each: the first statement is s1, the second s2."""

    kind: PieceKind
    language: Language
    _segments: list[Segment] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    def structure(self, role: str, text: str, group: str = "") -> None:
        """A title, heading, greeting or call to action: no facts."""
        self._add("structure", role, text, group)

    def token(self, role: str, name: str) -> None:
        """A place that the sending system fills: `recipient_name` becomes {{recipient_name}}."""
        self._add("token", role, "{{" + name + "}}", "")

    def fragment(self, role: str, text: str, fragment: str, group: str = "") -> None:
        """Approved reusable text, by its id and version."""
        self._add("fragment", role, text, group, fragment=fragment)

    def statement(self, cited: CitedStatement, role: str | None = None, group: str = "") -> None:
        """A factual sentence with its citations."""
        self._add(
            "statement",
            role or cited.role,
            cited.text,
            group,
            citations=cited.citations,
            wording=cited.wording(self.language),
        )

    def question(
        self, stem: str, options: tuple[str, ...], key: int, feedback: CitedStatement, group: str
    ) -> None:
        """A quiz question, its options with one key, and the statement that says why. It rests on that statement."""
        self._add("question", "question", stem, group, citations=feedback.citations)
        for number, option in enumerate(options):
            self._add("option", "key" if number == key else "distractor", option, group)
        self.statement(feedback, "feedback", group)

    def build(self, title: str) -> Document:
        """The document."""
        return Document(self.kind, self.language, title, tuple(self._segments))

    def _add(
        self,
        kind: SegmentKind,
        role: str,
        text: str,
        group: str,
        *,
        citations: tuple[Citation, ...] = (),
        wording: Wording | None = None,
        fragment: str | None = None,
    ) -> None:
        self._counts[kind] += 1
        identity = f"{_PREFIX[kind]}{self._counts[kind]}"
        self._segments.append(
            Segment(identity, kind, role, text, self.language, group, citations, wording, fragment)
        )
