"""What is asked of a search, what it saw and what a person is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.retrieval.collapse import Group
from assistant.retrieval.extent import Extent
from assistant.retrieval.hit import Hit
from assistant.retrieval.parts import Floats
from assistant.retrieval.protocols import WordRarity
from assistant.retrieval.surroundings import beside
from assistant.retrieval.words import WordScores
from guardrails.model import Evidence, Language


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and what it is to be used for."""

    text: str
    product_id: str
    market: str
    audience: str
    use: str | None
    """Any, where it is None."""
    language: str | None = None
    k: int = 8
    sources: tuple[str, ...] = ()
    """Only in these sources, where any is named."""
    may_leave: bool = False
    """Whether its words may be sent to somebody else's model: no doctor's question, no text under check."""


@dataclass(frozen=True, slots=True)
class Looked:
    """All that a search saw, for whoever decides whether it is enough."""

    evidence: tuple[Evidence, ...] = ()
    groups: tuple[Group, ...] = ()
    ranked: tuple[str, ...] = ()
    """The passages that were compared, best first; `groups` speak of their places."""
    words: WordScores | None = None
    extent: Extent | None = None
    parts: Mapping[str, Floats] = field(default_factory=dict)
    """Raw scores of the candidates, by part."""
    tier: str = "fast"
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Of the passages that were compared, their places in the extent."""
    widened: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Terms of the question, and how else the documents write them."""
    reranking: str | None = None
    """None where no model was asked for an order; empty where it gave one; else a code of why not."""
    rarity: WordRarity | None = None
    """Of words in writing at large; None where no model is installed that knows it."""
    expanded: bool = True
    """Whether what stands around the hits is looked at."""

    def beside(self) -> Mapping[str, float]:
        """Passages next to the hits in the same section, with what they count."""
        if self.extent is None or not self.expanded:
            return {}
        numbers = [self.numbers[item.passage] for item in self.evidence]
        return beside(self.extent, numbers, [item.scores.get("fused", 0.0) for item in self.evidence])


@dataclass(frozen=True, slots=True)
class Found:
    """What a person is told of a search."""

    hits: tuple[Hit, ...]
    tier: str
    """`better` where the better model's vectors of all that was searched are there, else `fast`."""
    language: Language | None
    """Of the question; None where it cannot be told."""
    widened: Mapping[str, tuple[str, ...]]
    reranking: str | None
    held_in: tuple[str, ...] | None = None
    """Where no source could be searched: the languages of those that may be used here. None where some were."""
