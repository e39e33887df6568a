"""Whether a sentence and a row of a table say the same thing: a piece tells it once."""

import re
from collections.abc import Sequence

from assistant.engines.cues import FATAL, GRAVE
from assistant.engines.label_tables import CELLS
from assistant.engines.units import Unit
from assistant.store.words import stems

_NUMBER = re.compile(r"(?<!\w)(?<![A-Za-z][-‑])\d+(?:[.,·\u00a0\u202f]\d+)*")
_DENIES = re.compile(
    r"\b(?:not|no|never|non|pas|aucune?|contra-?indicated|contre-indiqu\w*|avoid\w*|évit\w*)\b", re.IGNORECASE
)
_QUALIFIES = re.compile(
    r"\b(?:serious|severe|fatal|only|if|when|unless|until|graves?|sévères?|mortel\w*|seulement|si|sauf|lorsqu\w*|jusqu\w*)\b",
    re.IGNORECASE,
)
"""What a sentence may say beside its figures that a row does not."""
_MOST_OF_IT = 0.6
"""Of a sentence's words that the row and what stands over it hold: the rest says how it was found, and no reason."""


def told_in_a_row(unit: Unit, table: Unit) -> bool:
    """Whether one row of the table tells the sentence: its matter, all of its figures, nearly all of its words, and what it denies."""
    if unit.kind == "row" or table.kind != "row" or unit.source != table.source:
        return False
    return any(_tells(row, over, unit) for over, row in _rows(table))


def told_in_sentences(table: Unit, units: Sequence[Unit]) -> bool:
    """Whether each row of the table is told by one of the sentences."""
    rows = list(_rows(table))
    own = [unit for unit in units if unit.kind != "row" and unit.source == table.source]
    return bool(rows) and all(any(_tells(row, over, unit) for unit in own) for over, row in rows)


def _rows(table: Unit) -> list[tuple[str, str]]:
    """Each row with what stands over it; the first line with cells is their heads."""
    lines = table.text.split("\n")
    first = next((at for at, line in enumerate(lines) if CELLS in line), len(lines))
    over = " ".join(lines[: first + 1])
    return [(over, line) for line in lines[first + 1 :] if CELLS in line]


def _tells(row: str, over: str, unit: Unit) -> bool:
    said = frozenset(stems(unit.text, unit.language))
    matter = frozenset(stems(row.split(CELLS, maxsplit=1)[0], unit.language))
    figures = _figures(unit.text)
    if not (matter and figures and matter <= said and figures <= _figures(f"{over} {row}")):
        return False
    if not figures & _figures(row) or (_DENIES.search(unit.text) and not _DENIES.search(row)):
        return False
    if any(p.search(unit.text) and not p.search(f"{over} {row}") for p in (FATAL, GRAVE, _QUALIFIES)):
        return False
    held = said & frozenset(stems(f"{over} {row}", unit.language))
    return len(held) >= _MOST_OF_IT * len(said)


def _figures(text: str) -> frozenset[str]:
    return frozenset(
        re.sub(r"[\u00a0\u202f]", "", number).replace(",", ".") for number in _NUMBER.findall(text)
    )
