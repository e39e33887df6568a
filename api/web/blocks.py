"""Tables of a home page, before they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; with a tone it is shown as a tag."""

    text: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a block: where it leads, and what it says."""

    address: str
    title: str
    cells: Sequence[Cell]
    under: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A table of the home page, and what to do where it is empty. All texts are in the reader's language."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Line]
    nothing: str
    what_to_do: str = ""
    address: str = ""
    action: str = ""
    everything: str = ""
    """Where all of it is, for whom more is waiting than is shown."""
