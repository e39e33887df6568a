"""What stays in memory between two searches."""

from typing import Any, TypeVar

from assistant.retrieval.abbreviations import Lexicons
from assistant.retrieval.extent import Extents
from assistant.retrieval.nearness import EVERYTHING, Nearness, Wanted
from assistant.retrieval.vocabulary import Vocabularies

_Kept = TypeVar("_Kept")


class Memory:
    """What stays in memory between two searches: facts and vectors of readings, which never change."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self.extents = Extents()
        self.lexicons = Lexicons()
        self.vocabularies = Vocabularies()
        self._nearness: dict[str, Nearness] = {}
        self._others: dict[type[Any], Any] = {}

    def nearness(self, model: str, wanted: Wanted = EVERYTHING) -> Nearness:
        """The cosines of a model."""
        return self._nearness.setdefault(model, Nearness(model, wanted))

    def of(self, kind: type[_Kept]) -> _Kept:
        """What somebody else keeps of readings, who knows search: made at its first use."""
        found: _Kept = self._others.setdefault(kind, kind())
        return found
