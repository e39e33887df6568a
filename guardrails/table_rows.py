"""What a quoted table row says column by column, and which numbers of a statement rest on it.

A head carries a number only for its own column: the 1,207 over "142 (11.8%)" is no number of the arm beside it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guardrails.model import Citation, Language
from guardrails.numbers import Missing, Quantity, extract, missing
from guardrails.numbers.match import same_quantity
from guardrails.numbers.patterns import unit_name
from guardrails.overlap import contents
from ingestion.text import fold

_SHARES = re.compile(r"\b(?:n|no\.?|number|nombre)\b[^()]{0,16}\(\s*%\s*\)", re.IGNORECASE)
"""A head or label that says what stands in brackets: "Adverse event, n (%)"."""
_OTHER_FORM = re.compile(r"\b(?:mean|median|SD|SE|IQR|range|moyennes?|médianes?|écart|ET|étendue)\b")
"""What a row's own label says stands in brackets, whatever the table's first head says."""
_UNIT_OF_LABEL = re.compile(r"\(([^()\d]*)\)|,\s*([^,()\d]+)$")
"""“Weight (kg)”, “Dose, mg”: the “mg” of “Cardorelone 10 mg” is the dose's own."""
_BRACKETED = re.compile(r"\((\d+(?:[.,]\d+)?)\)")


@dataclass(frozen=True, slots=True)
class Column:
    """One cell of a quoted row with what stands over and before it."""

    label: str
    """The group and the row's own head: they speak of every cell of the row."""
    head: str
    value: str
    language: Language


def columns(citations: Iterable[Citation]) -> Iterator[Column]:
    """The cells of the rows that are quoted, where the table's reading is sure."""
    for citation in citations:
        for row in citation.header.words if citation.header else ():
            label, colon, cells = row.partition(": ")
            over = " ".join(span.text for span in citation.header.spans) if citation.header else ""
            for cell in (cells if colon else row).split("; "):
                head, _, value = cell.rpartition(" = ")
                shares = _SHARES.search(label) or (_SHARES.search(over) and not _OTHER_FORM.search(label))
                told = _BRACKETED.sub(r"(\1%)", value) if shares else value
                yield Column(label if colon else "", head, told, citation.quote_language)


def missing_from(text: str, language: Language, citations: Sequence[Citation]) -> list[Missing]:
    """The quantities of a statement that its quotes do not hold, and that no column of a quoted row carries."""
    lost = missing(text, language, [(c.quote, c.quote_language) for c in citations])
    cells = list(columns(citations)) if lost else []
    told = {q.value for q in extract(text, language)}
    tells = [cell for cell in cells if told & {q.value for q in _quantities(cell.value, cell.language)}]
    spoken = tells or [cell for cell in cells if (named := contents(cell.head)) and named <= contents(text)]
    return [one for one in lost if not any(_carries(c, one.quantity, head=c in spoken) for c in cells)]


def _carries(column: Column, quantity: Quantity, *, head: bool) -> bool:
    """Whether it stands in the column. `head`: the statement tells its value or, where it tells none, names its head."""
    label, over, value = (
        _quantities(part, column.language) for part in (column.label, column.head, column.value)
    )
    if any(same_quantity(quantity, other) for other in (*label, *(v for v in value if v.unit))):
        return True
    if (
        quantity.kind == "fraction" and quantity.upper is not None
    ):  # "142 of 1,207": the cell's part, its head's whole
        return _holds(value, quantity.value) and _holds(over, quantity.upper)
    units = [unit for pair in _UNIT_OF_LABEL.findall(column.label) for unit in pair if unit]
    over_it = f"{' '.join(units)} {column.head}"
    if quantity.unit and _unit_over(over_it, quantity.unit) and _holds(value, quantity.value, bare=True):
        return True
    return head and any(same_quantity(quantity, other) for other in over)


def _quantities(text: str, language: Language) -> Sequence[Quantity]:
    return extract(fold(text).text, language)


def _holds(quantities: Iterable[Quantity], value: object, *, bare: bool = False) -> bool:
    return any(q.value == value and q.upper is None and not (bare and q.unit) for q in quantities)


def _unit_over(head: str, unit: str) -> bool:
    """Whether the head gives the unit of the values below it: "Dose (mg)"."""
    words = head.replace("(", " ").replace(")", " ").replace(",", " ").split()
    return unit in {unit_name(word) for word in words}
