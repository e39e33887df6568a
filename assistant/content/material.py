"""What the builders of the four kinds are given: verified statements, and the facts of the house around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.content.builder import CitedStatement
from assistant.engines.protocol import ProposedQuestion
from guardrails.facts import facts
from guardrails.model import Language, PieceKind, Qualification
from prompts.library import Phrasebook, phrasebook

_MONTHS_FR = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class UsedSource:
    """A source that a piece may rest on, as its builder needs it."""

    id: str
    title: str
    kind: str
    approved_on: date | None
    display_right: str = "in_house"


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a builder may put into a document."""

    kind: PieceKind
    language: Language
    market: str
    qualification: Qualification
    product: str
    """As people call it: the brand, else the registered name."""
    sheet: Mapping[str, Any]
    topic: str | None
    today: date
    statements: Sequence[CitedStatement]
    questions: Sequence[tuple[ProposedQuestion, CitedStatement]]
    sources: Sequence[UsedSource]

    @property
    def book(self) -> Phrasebook:
        """The phrases of this kind and language."""
        return phrasebook(f"{self.kind}.{self.language}")

    def say(self, macro: str, **values: object) -> str:
        """A phrase, with the product and the topic at hand."""
        return self.book.phrase(macro, product=self.product, topic=self.topic, **values)

    def reference_of(self, macro: str) -> str:
        """Id and version of a phrase that stands as a fragment: "brief.en:avoid_1@1a2b3c4d"."""
        return f"{self.kind}.{self.language}:{macro}@{self.book.sha256[:8]}"

    def title_of(self, source: str) -> str:
        """The title of a used source."""
        return next((used.title for used in self.sources if used.id == source), source)

    def heading_of(self, source: str, *, dated: bool = True) -> str:
        """The source's title, to stand as structure; its kind and, if `dated`, approval where the title states facts."""
        used = next(used for used in self.sources if used.id == source)
        if self.is_plain(used.title):
            return used.title
        kinds = phrasebook(f"documents.{self.language}")
        date_ = written_date(used.approved_on, self.language) if dated and used.approved_on else None
        return kinds.phrase(used.kind, date=date_)

    def without_loaded_topic(self) -> "Material":
        """A topic that states a fact itself steers the search, and stands in no title."""
        return self if self.topic is None or self.is_plain(self.topic) else replace(self, topic=None)

    def is_plain(self, text: str) -> bool:
        """Whether the text states no fact that would have to cite (rule GR1)."""
        names = tuple(name for name in (self.product, *_values(self.sheet.get("inn"))) if name)
        return next(facts(text, self.language, names), None) is None

    @property
    def cited_sources(self) -> list[UsedSource]:
        """The used sources that a statement or question quotes, in the order of first quotation."""
        cited = dict.fromkeys(
            citation.source
            for statement in [*self.statements, *(feedback for _, feedback in self.questions)]
            for citation in statement.citations
        )
        return [used for name in cited for used in self.sources if used.id == name]


def _values(value: object) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        return tuple(str(text) for text in value.values())
    return (value,) if isinstance(value, str) else ()


def written_date(day: date, language: Language) -> str:
    """The date in words: "1er mars 2026", "1 March 2026"."""
    if language == "fr":
        number = "1er" if day.day == 1 else str(day.day)
        return f"{number} {_MONTHS_FR[day.month - 1]} {day.year}"
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
