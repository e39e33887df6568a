"""All that may be quoted of the sources, read once for each state of the documents."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from assistant.chat.neighbours import (
    told_with,
    told_with_rank,
    with_the_sentence_before,
)
from assistant.chat.readable import Readable, readable
from assistant.chat.slips import LongWords, long_words
from assistant.chat.tables_of_studies import Captioned, captioned_tables
from assistant.engines.extractive import read_units
from assistant.engines.in_place import stands_in_its_place
from assistant.engines.units import Unit
from assistant.retrieval.evidence import CitableSource, LeftOut, citable_sources, evidence_in_full
from assistant.retrieval.extent import Kept
from guardrails.model import Beside, Evidence
from guardrails.surroundings import beside

_MOST_PASSAGES = 60_000
_TIES = re.compile(r"\b(?:acknowledge?ments?|remerciements?|fundings?|financement)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Documents:
    """The evidence of some sources, the passages by id, what stands beside each, all units, those of them that somebody can be told, and
    by its text what else is told with one of these.
    """

    evidence: tuple[Evidence, ...]
    passages: Mapping[str, Evidence]
    beside: Mapping[str, Beside]
    units: tuple[Unit, ...]
    told: tuple[Readable, ...]
    told_with: Mapping[str, tuple[Unit, ...]]
    tables: tuple[Captioned, ...]
    """Of studies, with their captions."""
    words: LongWords
    """What a slip of the keyboard may stand for."""


class Readings:
    """Reads documents and keeps what was read: a reading never changes, and an approval's limits are part of the key."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._kept: Kept[tuple[tuple[CitableSource, ...], tuple[str, ...]], Documents] = Kept(
            _MOST_PASSAGES, lambda documents: len(documents.evidence)
        )

    def of(
        self, connection: Connection, ids: Sequence[str], left_out: LeftOut, names: Sequence[str]
    ) -> Documents:
        """The documents of these sources, as far as they may be quoted, of the product with those names."""
        sources = tuple(citable_sources(connection, ids, left_out))
        key = (sources, tuple(names))
        return self._kept.find(key) or self._kept.put(key, _read(connection, sources, names))


def small_print_as_text(item: Evidence) -> Evidence:
    """A paper's own small print as its text: it says at its end, in smaller letters, who paid for it."""
    small = item.source_kind == "paper" and item.layer == "caption"
    return replace(item, layer="body") if small and _TIES.search(item.heading) else item


def _read(connection: Connection, sources: Sequence[CitableSource], names: Sequence[str]) -> Documents:
    evidence = tuple(evidence_in_full(connection, sources))
    passages = {item.passage: item for item in reversed(evidence)}
    near = beside(evidence)
    units = with_the_sentence_before(read_units([small_print_as_text(item) for item in evidence]), passages)
    whole = [unit for unit in units if stands_in_its_place(unit, passages, near)]
    told = readable(whole, names)
    quotable = [one.unit for one in told]
    together = {**told_with_rank(quotable), **told_with(quotable)}
    words = long_words(f"{item.heading}\n{item.text}" for item in evidence)
    tables = tuple(captioned_tables(evidence))
    return Documents(evidence, passages, near, tuple(units), told, together, tables, words)
