"""What an engine is: it is given evidence and proposes statements. What may stand is decided elsewhere, by code."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from guardrails.model import Evidence, Language, PieceKind

Role = Literal[
    "indication", "dose", "contraindication", "warning", "adverse_reaction", "interaction", "special_population",
    "design", "result", "conclusion", "key_point",
]  # fmt: skip
"""What a statement tells. The safety roles are SAFETY."""

SAFETY: frozenset[str] = frozenset({"contraindication", "warning", "adverse_reaction"})


@dataclass(frozen=True, slots=True)
class Task:
    """What is wanted, of which product, in which language."""

    kind: PieceKind
    language: Language
    names: tuple[str, ...]
    """The product's names: as registered, brand, INN."""
    topic: str | None = None
    focus: frozenset[str] = frozenset()
    """Passages that the topic's search found; empty without a topic."""
    otherwise: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For terms of the topic, in lower case and without accents, what documents of either language write for them."""
    left_out: frozenset[str] = frozenset()
    """Texts that a rule of the market stopped when they were proposed before: not to be proposed again."""
    promotional: bool = False
    """The piece promotes the product: it keeps within the label's indication."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage and the words that are claimed to stand in it."""

    passage: str
    text: str


@dataclass(frozen=True, slots=True)
class ProposedStatement:
    """A factual sentence and the quotes that are to carry it."""

    role: Role
    text: str
    quotes: tuple[Quote, ...]
    heading: str = ""
    """The section or slide title that it stands under in its source."""
    part: str = ""
    """Which part of a brief it is for: message, expected_question or safety."""


@dataclass(frozen=True, slots=True)
class ProposedQuestion:
    """A quiz question: one key among its options, and the statement that says why."""

    stem: str
    options: tuple[str, ...]
    key: int
    """The index of the right option."""
    feedback: ProposedStatement
    gapped: bool = True
    """The stem is the feedback's sentence with a gap in it; otherwise a question in its own words."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A proposed statement that may not stand, shown to the writer and kept in the provenance."""

    text: str
    rule: str
    reason: str
    """A code."""
    messages: Mapping[str, str]
    """By language: "en" and "fr"."""

    def as_json(self) -> dict[str, object]:
        """Plain JSON for the provenance."""
        return {"text": self.text, "rule": self.rule, "code": self.reason, "messages": dict(self.messages)}


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that an engine proposes for one piece, in reading order."""

    statements: tuple[ProposedStatement, ...] = ()
    questions: tuple[ProposedQuestion, ...] = ()
    provenance: Mapping[str, object] = field(default_factory=dict)
    """Model, prompt names and hashes, rounds: plain JSON."""
    rejected: tuple[Rejected, ...] = ()
    """What the engine itself set aside on the way, each with why: it is shown, never dropped."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal after the checks: what stands, and what does not, with why."""

    standing: Proposal
    rejected: tuple[Rejected, ...] = ()


def _unjudged(proposal: Proposal) -> Judged:
    return Judged(proposal)


def _silent(doing: str, tokens: int) -> None:
    del doing, tokens


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom an engine may ask while it writes."""

    judge: Callable[[Proposal], Judged] = _unjudged
    """The same verification and rules as any draft passes later."""
    says: Callable[[str, int], None] = _silent
    """Is told what the engine is doing, and how many tokens of an answer have come."""


NOBODY = Desk()


class Engine(Protocol):
    """Proposes; never decides."""

    @property
    def name(self) -> str:
        """As chosen on the command line: `extractive` or `openai`."""

    @property
    def model(self) -> str:
        """Which model, or which version of the rules of selection."""

    @property
    def rounds(self) -> int:
        """How often it may be asked for one piece, leaving out what a rule stopped the time before."""

    def propose(self, task: Task, evidence: Sequence[Evidence], desk: Desk = NOBODY) -> Proposal:
        """Propose the statements or questions of a piece from evidence that may be used, in document order."""
