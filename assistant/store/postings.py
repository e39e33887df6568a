"""Where each stem stands: for every reading and stem one row with packed arrays, made once and never changed.

A search reads the rows of its own stems and nothing else, the same rows on both databases.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from assistant.store.schema import posting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_STEM = 64
_BATCH = 400
_MOST = 65_535


@dataclass(frozen=True, slots=True)
class Posting:
    """The passages of one reading that hold a stem, by ordinal, and how often in their text and in their heading."""

    reading_id: str
    stem: str
    ordinals: "NDArray[np.uint32]"
    in_text: "NDArray[np.uint16]"
    in_heading: "NDArray[np.uint16]"


def save_postings(connection: Connection, reading_id: str, passages: Sequence[tuple[int, str, str]]) -> None:
    """Write the postings of a reading's passages: (ordinal, stems of the text, stems of the heading)."""
    rows = list(_packed(reading_id, passages))
    for start in range(0, len(rows), _BATCH):
        connection.execute(insert(posting), rows[start : start + _BATCH])


def load_postings(
    connection: Connection, reading_ids: Sequence[str], stems: Sequence[str]
) -> Iterator[Posting]:
    """The postings of these stems in these readings."""
    import numpy as np

    wanted = [stem[:LONGEST_STEM] for stem in stems]
    for start in range(0, len(reading_ids), _BATCH):
        query = select(posting).where(
            posting.c.reading_id.in_(list(reading_ids[start : start + _BATCH])), posting.c.stem.in_(wanted)
        )
        for row in connection.execute(query):
            yield Posting(
                row.reading_id,
                row.stem,
                np.frombuffer(row.ordinals, dtype="<u4"),
                np.frombuffer(row.in_text, dtype="<u2"),
                np.frombuffer(row.in_heading, dtype="<u2"),
            )


def _packed(reading_id: str, passages: Sequence[tuple[int, str, str]]) -> Iterator[dict[str, Any]]:
    import numpy as np

    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for ordinal, text, heading in sorted(passages):
        in_text, in_heading = _counted(text), _counted(heading)
        for stem in in_text | in_heading:
            found[stem].append((ordinal, min(in_text[stem], _MOST), min(in_heading[stem], _MOST)))
    for stem, counts in sorted(found.items()):
        ordinals, in_texts, in_headings = zip(*counts, strict=True)
        yield {
            "reading_id": reading_id,
            "stem": stem,
            "ordinals": np.array(ordinals, dtype="<u4").tobytes(),
            "in_text": np.array(in_texts, dtype="<u2").tobytes(),
            "in_heading": np.array(in_headings, dtype="<u2").tobytes(),
        }


def _counted(stems: str) -> Counter[str]:
    return Counter(stem[:LONGEST_STEM] for stem in stems.split())
