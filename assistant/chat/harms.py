"""Rows of a table of harms that give the rate of what is asked: “nausea rate?”, “gynécomastie, fréquence ?”."""

import re
from collections.abc import Iterator, Sequence

from assistant.chat.expected import gives_a_rate, gives_a_share
from assistant.chat.needs import Need
from assistant.chat.readable import section_of_label
from assistant.chat.rows import pair_of_rows, rows_of
from assistant.chat.wording import flat
from assistant.engines.label_tables import CELLS
from assistant.engines.units import Unit
from assistant.store.words import stems
from guardrails.model import Evidence

_OF_HARMS = re.compile(
    r"\b(?:adverse|undesirable|side[- ]effects?|effets? (?:indesirables?|secondaires?)|evenements? indesirables?)\b"
)
_HEAD = re.compile(
    r"\b(?:class|classe|organ|organe|reactions?|events?|effects?|terms?|evenements?|effets?|indesirables?|soc|meddra)\b"
)
"""Words over the column of harms."""
_CLASS = re.compile(
    r"(?:very |tres |peu )?(?:common|uncommon|rare|frequente?s?|rares)|(?:frequency )?not known|(?:frequence )?(?:indeterminee|inconnue)"
)
_GENERAL = frozenset({"frequent", "adverse_reaction"})
"""Subjects of every question on harms, which the row need not say."""
_TELLS = 1.0
"""What a word weighs from which the row has to say it."""
_MOST = 3


def rows_with_the_rate(needs: Sequence[Need], evidence: Sequence[Evidence], first_order: int) -> list[Unit]:
    """One unit, under the heads of its columns, for each row of a table of harms whose own cell names what is asked.

    Every telling word of the question stands in that cell or in the heads: “major bleeding” is no row on bleeding, and an arm
    that no column has is not answered. The fewest words beside come first.
    """
    asked = [
        need
        for need in needs
        if not need.number
        and need.weight * need.telling >= _TELLS
        and not any(concept.name in _GENERAL for concept in need.concepts)
    ]
    found = {
        (item.passage, head, row): item
        for item in evidence
        if _of_harms(item)
        for head, row in rows_of(item)
        if _is_head(head) and _names(row, head, asked) and _gives(head, row)
    }
    fewest = sorted(found, key=lambda key: len(_label(key[2])))
    return [
        pair_of_rows(found[key], key[1], key[2], first_order + number)
        for number, key in enumerate(fewest[:_MOST])
    ]


def _of_harms(item: Evidence) -> bool:
    """Whether it is section 4.8 of a label, or a paper's table that says of itself that it tells harms."""
    if item.source_kind == "label":
        return section_of_label(item.section) == "4.8"
    return item.source_kind == "paper" and bool(_OF_HARMS.search(flat(f"{item.heading}\n{item.text}")))


def _is_head(first: str) -> bool:
    """Whether a passage's first row heads columns: where a table goes on from another page it may be “Headache | Very common”."""
    cells = [flat(cell).strip() for cell in first.strip("| ").split(CELLS)]
    classes = [cell for cell in cells if _CLASS.fullmatch(cell)]
    if first.startswith("|"):
        return classes == cells or not (classes or _holds_figures(cells))
    return bool(_HEAD.search(cells[0])) or not (classes or _holds_figures(cells))


def _holds_figures(cells: Sequence[str]) -> bool:
    return any(gives_a_share(cell) or re.fullmatch(r"[<>≥≤]?\d[\d.,]*", cell) for cell in cells)


def _names(row: str, head: str, asked: Sequence[Need]) -> bool:
    own = _label(row)
    held, above = _stems(own), _stems(head)
    met = [_met(need, held, own) for need in asked]
    return any(met) and all(there or _met(need, above, head) for there, need in zip(met, asked, strict=True))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem for language in ("en", "fr") for stem in stems(text, language))


def _met(need: Need, held: frozenset[str], text: str) -> bool:
    return need.met(held) > 0 or any(concept.said.search(flat(text)) for concept in need.concepts)


def _label(row: str) -> str:
    """The cells before the first figure."""
    return " ".join(_until_a_figure(row))


def _until_a_figure(row: str) -> Iterator[str]:
    for at, cell in enumerate(row.split(CELLS)):
        if at and re.search(r"\d", cell):
            return
        yield cell


def _gives(head: str, row: str) -> bool:
    """Whether the row has a share, a count with its share, or a class of frequency."""
    return gives_a_rate(f"{head}\n{row}") or ("%" in head and bool(re.search(r"\d", row)))
