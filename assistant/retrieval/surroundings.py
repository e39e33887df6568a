"""What stands around a found passage and is needed to understand it, or to answer: verbatim, and never part of its quote.

Everything is of the same section of the same document, and of pages and layers that its approval covers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from assistant.retrieval.evidence import CitableSource, evidence_in
from assistant.retrieval.extent import Extent
from assistant.retrieval.words import WordScores
from assistant.store.schema import page
from assistant.store.tables import tables_from_json
from assistant.store.words import query_stems, stems
from guardrails.model import Evidence, EvidenceSentence
from ingestion.model import Table
from ingestion.tables import BAR

Role = Literal["lead_in", "table_head", "before", "after"]
REACH = 3
"""Passages that are gone back for the sentence that opens a list."""
MOST_SENTENCES = 2
"""Of each neighbour, for what of the question the passage lacks."""
TELLING = 0.1
"""A word of the question tells something where at most this share of the passages holds it."""
LONGEST = 900
"""Characters of one thing that stands around."""
BESIDE = 0.5
"""What a neighbour counts of the score of the passage that it stands beside."""
_POINTS_BACK = re.compile(
    r"^(?:it|its|this|these|those|such|they|them|their|he|she|however|therefore|moreover|also|thus|in (?:addition|contrast|these|this)"
    r"|the (?:latter|former|same)|of these|among these|ce|cet|cette|ces|cela|ceci|celui-ci|celle-ci|ceux-ci|celles-ci|ils?|elles?|leurs?"
    r"|toutefois|cependant|de plus|en outre|par ailleurs|ainsi|parmi (?:ces|eux|elles)|chez ces|dans (?:ce|cette|ces))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Around:
    """A stretch of text beside a passage, and where it stands."""

    role: Role
    text: str
    page: int
    passage: str = ""
    """Empty of a table's head, which is in no passage of its own."""


def beside(extent: Extent, numbers: Sequence[int], scores: Sequence[float]) -> dict[str, float]:
    """The passages next to found ones in the same section that were not found themselves, with what they count."""
    known = set(numbers)
    found: dict[str, float] = {}
    for number, score in zip(numbers, scores, strict=True):
        for other in (number - 1, number + 1):
            if other not in known and _same_section(extent, number, other):
                key = extent.passage(other)
                found[key] = max(found.get(key, 0.0), BESIDE * score)
    return found


def surroundings(
    connection: Connection,
    extent: Extent,
    numbers: Mapping[str, int],
    found: Sequence[Evidence],
    question: str,
    words: WordScores | None,
) -> dict[str, tuple[Around, ...]]:
    """Of each found passage, by its id, what it needs around it. `numbers` are the passages' places in the extent."""
    owners = {source.id: source for source in extent.sources}
    reach = {item.passage: _reach(extent, numbers[item.passage]) for item in found}
    wanted = list(dict.fromkeys(extent.passage(n) for near in reach.values() for n in near))
    neighbours = {
        (item.passage, item.source): item
        for item in (evidence_in(connection, wanted, extent.sources) if wanted else ())
    }
    telling = _telling(question, words, extent)
    heads = _table_heads(connection, found, owners)
    around: dict[str, tuple[Around, ...]] = {}
    for item in found:
        at = numbers[item.passage]
        near = {
            n: neighbours[key]
            for n in reach[item.passage]
            if (key := (extent.passage(n), item.source)) in neighbours
        }
        before = [near[n] for n in sorted(near, reverse=True) if n < at]
        after = near.get(at + 1)
        around[item.passage] = (
            *heads.get(item.passage, ()),
            *_opening(item, before),
            *_lacking(
                item, before[0] if before and before[0] is near.get(at - 1) else None, "before", telling
            ),
            *_following(item, after),
            *_lacking(item, after, "after", telling),
        )
    return {key: _once(value) for key, value in around.items() if value}


def _same_section(extent: Extent, one: int, other: int) -> bool:
    return (
        0 <= other < extent.size
        and bool(extent.allowed[other])
        and extent.sections[one] == extent.sections[other]
        and extent.place(one)[0] == extent.place(other)[0]
    )


def _reach(extent: Extent, number: int) -> list[int]:
    """The numbers of the passages before and after it that may be looked at, without a gap."""
    near: list[int] = []
    for other in range(number - 1, number - 1 - REACH, -1):
        if not _same_section(extent, number, other):
            break
        near.append(other)
    return [*near, number + 1] if _same_section(extent, number, number + 1) else near


def _opening(item: Evidence, before: Sequence[Evidence]) -> list[Around]:
    """The sentence that opens the list which the passage begins amid, or that its first sentence points back to."""
    if not item.sentences or not before or item.layer == "table":
        return []
    first = item.sentences[0]
    if first.kind == "bullet":
        for earlier in before:
            for sentence in reversed(earlier.sentences):
                if sentence.kind != "bullet":
                    opens = sentence.text.rstrip().endswith(":")
                    return [_around("lead_in", earlier, [sentence])] if opens else []
        return []
    if _POINTS_BACK.match(first.text) and before[0].sentences:
        return [_around("before", before[0], [before[0].sentences[-1]])]
    return []


def _following(item: Evidence, after: Evidence | None) -> list[Around]:
    """The list that the passage's last sentence opens, as far as it is in the next passage."""
    if after is None or not item.sentences or not item.sentences[-1].text.rstrip().endswith(":"):
        return []
    bullets: list[EvidenceSentence] = []
    for sentence in after.sentences:
        if sentence.kind != "bullet" or sum(len(b.text) for b in bullets) > LONGEST:
            break
        bullets.append(sentence)
    return [_around("after", after, bullets or [*after.sentences[:1]])] if after.sentences else []


def _telling(question: str, words: WordScores | None, extent: Extent) -> dict[frozenset[str], None]:
    """The question's words, each as its stems, that few passages hold and some do."""
    if words is None:
        return {}
    most = max(1.0, TELLING * extent.size)
    found: dict[frozenset[str], None] = {}
    for word in question.split():
        forms = frozenset(query_stems(word))
        count = max((words.found_in.get(form, 0) for form in forms), default=0)
        if 0 < count <= most:
            found[forms] = None
    return found


def _lacking(
    item: Evidence, other: Evidence | None, role: Role, telling: Mapping[frozenset[str], None]
) -> list[Around]:
    """The neighbour's sentences that hold what of the question the passage itself does not."""
    if other is None or item.layer == "table":
        return []
    own = frozenset(stems(f"{item.heading} {item.text}", item.language))
    missing = [forms for forms in telling if not forms & own]
    held = [s for s in other.sentences if any(forms & _stems(s, other) for forms in missing)]
    return [_around(role, other, [sentence]) for sentence in held[:MOST_SENTENCES]]


def _stems(sentence: EvidenceSentence, item: Evidence) -> frozenset[str]:
    return frozenset(stems(sentence.text, item.language))


def _around(role: Role, item: Evidence, sentences: Sequence[EvidenceSentence]) -> Around:
    start, end = sentences[0].start, sentences[-1].end
    number = next((p.span.page for p in reversed(item.parts) if p.at <= start), item.parts[0].span.page)
    return Around(role, item.text[start:end][:LONGEST], number, item.passage)


def _table_heads(
    connection: Connection, found: Sequence[Evidence], owners: Mapping[str, CitableSource]
) -> dict[str, tuple[Around, ...]]:
    """The caption and the heads of the columns, where the rows of a table stand in the passage without them."""
    tables = [item for item in found if item.layer == "table"]
    if not tables:
        return {}
    pages = {part.span.page for item in tables for part in item.parts}
    rows = connection.execute(
        select(page.c.reading_id, page.c.number, page.c.tables)
        .where(page.c.reading_id.in_({item.reading for item in tables}))
        .where(page.c.number.in_(pages))
    )
    known = {(row.reading_id, row.number): tables_from_json(row.tables) for row in rows}
    return {
        item.passage: heads
        for item in tables
        if (heads := tuple(_heads_of(item, known, owners[item.source].excluded_pages)))
    }


def _heads_of(
    item: Evidence, known: Mapping[tuple[str, int], tuple[Table, ...]], excluded: frozenset[int]
) -> list[Around]:
    heads: list[Around] = []
    for part in item.parts:
        span = part.span
        for table in known.get((item.reading, span.page), ()):
            if table.start < span.end and span.start < table.end:
                if any(place.page in excluded for head in table.heads for place in head.spans):
                    continue
                named = [" › ".join(head.texts) for head in table.heads]
                if any(text and text not in item.text for head in table.heads for text in head.texts):
                    said = "\n".join(filter(None, [table.caption, BAR.join(named)]))
                    heads.append(Around("table_head", said[:LONGEST], span.page))
    return heads


def _once(around: Sequence[Around]) -> tuple[Around, ...]:
    """Each text once, in the order of its first role."""
    kept: dict[str, Around] = {}
    for one in around:
        kept.setdefault(one.text, one)
    return tuple(kept.values())
